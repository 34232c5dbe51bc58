//! kitagawa.csv.

use std::collections::HashMap;

use rmsurvey::estimate::{Mix, MixWave, Part, mix};

use super::survey::{Items, Survey, Waves};
use super::table::rows;
use super::tolerance::Check;

pub fn wave(survey: &Survey, items: &Items, breakdown: &str, groups: &mut Vec<String>) -> MixWave {
    let mut position = |name: &str| {
        let name = if name.is_empty() { "(not stated)" } else { name };
        groups.iter().position(|group| group == name).unwrap_or_else(|| {
            groups.push(name.to_owned());
            groups.len() - 1
        })
    };
    let mut respondents = Vec::new();
    for form in &survey.forms {
        let mut parts: Vec<Part> = Vec::new();
        for (question, department, score) in survey.answers(form, items) {
            let group = position(match breakdown {
                "department" => department,
                "question" => question,
                attribute => form.attribute(attribute),
            });
            match parts.iter_mut().find(|part| part.group == group) {
                Some(part) => (part.answers, part.sum) = (part.answers + 1, part.sum + u64::from(score)),
                None => parts.push(Part { group, answers: 1, sum: u64::from(score) }),
            }
        }
        respondents.push(parts);
    }
    MixWave { sample: survey.sample(), respondents }
}

#[test]
fn mixes() {
    let (waves, mut check) = (Waves::read(), Check::of("kitagawa.csv"));
    let mut known: HashMap<[String; 3], (Mix, Vec<String>)> = HashMap::new();
    for row in rows("expected/kitagawa.csv") {
        let address = ["question", "department", "breakdown"].map(|column| row.text(column).to_owned());
        let (mix, groups) = known.entry(address).or_insert_with(|| {
            let (items, mut groups) = (Items::of_row(&row), Vec::new());
            let from = wave(waves.providers(2025), &items, row.text("breakdown"), &mut groups);
            let to = wave(waves.providers(2026), &items, row.text("breakdown"), &mut groups);
            (mix(&from, &to, groups.len(), &waves.links()).expect("answers in both waves"), groups)
        });
        let group = groups.iter().position(|group| group == row.text("group"));
        let effects = group.map_or(mix.total, |at| mix.groups[at].expect("a group with answers"));
        assert_eq!(group.is_none(), row.text("group") == "(total)");
        for effect in [effects.within, effects.mix, effects.mix_centred] {
            assert!(effect.standard_error.is_some_and(|error| error.is_finite() && error >= 0.0));
        }
        check.row(
            &row,
            &[
                ("share_from", Some(effects.share_from)),
                ("share_to", Some(effects.share_to)),
                ("mean_from", effects.mean_from),
                ("mean_to", effects.mean_to),
                ("rate", Some(effects.within.value)),
                ("mix", Some(effects.mix.value)),
                ("mix_centred", Some(effects.mix_centred.value)),
                ("total", Some(effects.within.value + effects.mix.value)),
            ],
        );
    }
    check.finish(584);
}
