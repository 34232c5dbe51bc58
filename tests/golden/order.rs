//! The order of rows in an export changes nothing, not even the last bit.

use rmsurvey::estimate::{alpha, cliffs_delta, mix, weighted_mean};

use super::mix::wave;
use super::survey::{Items, QUESTIONS, Survey, Waves, Who};
use super::weights::Weighted;

fn turned(year: u16) -> (Waves, Survey) {
    let waves = Waves::read();
    let frame = waves.providers(year).frame;
    let mut survey = Survey::read(&format!("providers_{year}"), frame);
    survey.forms.reverse();
    (waves, survey)
}

#[test]
fn weighted_means_do_not_depend_on_it() {
    let (waves, turned) = turned(2026);
    let breakdowns = ["quadrant", "size", "service_type"];
    let of = |survey: &Survey| {
        let weighted = Weighted::new(survey, 2026, &breakdowns);
        weighted_mean(&weighted.weights, &weighted.domain(&Items::of("ALL", "pooled10"), &Who::Everyone))
    };
    assert!(of(&turned).is_some());
    assert_eq!(of(waves.providers(2026)), of(&turned));
}

#[test]
fn mixes_do_not_depend_on_it() {
    let (waves, turned) = turned(2026);
    let (from, items) = (waves.providers(2025), Items::of("ALL", "pooled10"));
    let mut groups = Vec::new();
    let earlier = wave(from, &items, "service_type", &mut groups);
    let mut of = |survey: &Survey| {
        let later = wave(survey, &items, "service_type", &mut groups);
        let position = |id: &str| survey.forms.iter().position(|form| form.id == id);
        let link = |(at, id): (usize, &str)| Some((at, position(id)?));
        let links: Vec<_> =
            from.forms.iter().map(|form| form.id.as_str()).enumerate().filter_map(link).collect();
        mix(&earlier, &later, 5, &links).expect("answers in both waves")
    };
    assert_eq!(of(waves.providers(2026)), of(&turned));
}

#[test]
fn ranks_and_alpha_do_not_depend_on_it() {
    let (waves, turned) = turned(2025);
    let delta = |survey: &Survey| {
        let side = |group: &str| survey.pairs(&Items::of("q1", "pooled10"), &Who::of("quadrant", group));
        cliffs_delta(&side("Mid"), &side("South"))
    };
    assert_eq!(delta(waves.providers(2025)), delta(&turned));
    let of = |survey: &Survey| {
        let mut matrix = vec![Vec::new(); survey.forms.len()];
        for question in QUESTIONS {
            let pairs = survey.pairs(&Items::of(question, "pooled10"), &Who::Everyone);
            let mean = |(k, y): (u64, u64)| (k > 0).then(|| y as f64 / k as f64);
            matrix.iter_mut().zip(pairs).for_each(|(row, pair)| row.push(mean(pair)));
        }
        alpha(QUESTIONS.len(), &matrix)
    };
    assert_eq!(of(waves.providers(2025)), of(&turned));
}
