//! Whether the public is given the figure, and if not, by which rule and whom that protects.

use std::fmt::Write;

use super::Behind;
use crate::disclose::{Rule, Status, Withheld};
use crate::findings::address;
use crate::ratio::round_decimal;
use crate::tally::{Cell, Department, Group};
use crate::view::{MEAN_DECIMALS, View};
use crate::words::within;

/// Figures that would be given away that are named before they are only counted.
const NAMED: usize = 8;

/// The decision, and the lines that say so.
pub(super) struct Decision {
    pub is_shown: bool,
    pub text: String,
}

pub(super) fn decision(behind: &Behind<'_>) -> Decision {
    let hidden = |text: String| Decision { is_shown: false, text: format!("  No. {text}\n") };
    if behind.is_too_deep() {
        return hidden(
            "It is about one department, one question and one group at once; crossings of all three are never published.".to_owned(),
        );
    }
    let Some(public) = behind.publication.cell(&behind.cell) else {
        return hidden(
            "Its group is kept back by the definition (`publish = false`), or is published only as a part of a larger one (`combine`).".to_owned(),
        );
    };
    match behind.decisions.cell(&public) {
        Status::Ok => Decision {
            is_shown: true,
            text: "  Yes. The average, its likely range and the number who answered are published.\n  \
                   This page says more than that: do not hand it out as it is.\n"
                .to_owned(),
        },
        Status::NobodyScored => {
            Decision { is_shown: true, text: "  Yes, as a figure that nobody scored.\n".to_owned() }
        }
        Status::NotAsked => hidden("It was not asked of them in that year.".to_owned()),
        Status::NoWave => hidden("There are no answers of them in that year.".to_owned()),
        Status::Break => hidden("It cannot be compared.".to_owned()),
        Status::Withheld => Decision { is_shown: false, text: withheld(behind, &public) },
    }
}

fn withheld(behind: &Behind<'_>, public: &Cell) -> String {
    let found = behind.decisions.withheld().iter().find(|one| one.cell == *public);
    let Some(Withheld { rule, lower, upper, .. }) = found else {
        return "  No. Too few answered.\n".to_owned();
    };
    let audience = behind.view.audience(public.audience);
    let (who, minimum) = (within(&audience.label), audience.minimum_respondents);
    let answered = behind.counts().respondents;
    let why = match rule {
        Rule::Primary => {
            format!("Rule `primary`: it rests on {answered} {who}, and the minimum is {minimum}.")
        }
        Rule::Unanimous => format!(
            "Rule `unanimous`: all answers are the same, or all but one, so the average would tell what each of the {answered} said."
        ),
        Rule::Released => {
            "Rule `released`: it was not shown when its year was published, and what is out stays as it was."
                .to_owned()
        }
        Rule::Complementary => "Rule `complementary`: it would give other figures away.".to_owned(),
    };
    let mut text = format!("  No. {why}\n");
    if *rule == Rule::Complementary {
        given_away(behind, public, &mut text);
    }
    let ends = [lower, upper].map(|end| round_decimal(*end, MEAN_DECIMALS));
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "  From everything that is published a reader can place the average between {} and {}, no closer.",
        ends[0], ends[1]
    );
    text
}

/// The figures beside it in a sum that are withheld for their own sake.
fn given_away(behind: &Behind<'_>, public: &Cell, text: &mut String) {
    let survey = &behind.publication.survey;
    let view = View { survey, ..behind.view };
    let mut named = Vec::new();
    for one in behind.decisions.withheld() {
        if one.rule != Rule::Complementary && one.cell != *public && adds_up_with(public, &one.cell) {
            named.push(one);
        }
    }
    if named.is_empty() {
        text.push_str(
            "  With other breakdowns, or with another year, it would set apart fewer people than the minimum, or let the average of such a group be worked out.\n",
        );
        return;
    }
    text.push_str(
        "  Beside it and the figures that are shown, these could be worked out, alone or together:\n",
    );
    // Writing to a string cannot fail.
    for one in named.iter().take(NAMED) {
        let entry = behind.counted.tally.get(&one.cell).filter(|_| !behind.publication.differs());
        let answered =
            entry.map_or_else(String::new, |entry| format!(", {} answered", entry.counts.respondents));
        let _ = writeln!(text, "    {} (rule `{}`{answered})", address(&view, &one.cell), one.rule.id());
    }
    if named.len() > NAMED {
        let _ = writeln!(text, "    and {} more", named.len() - NAMED);
    }
}

/// Whether two figures stand in one sum: they differ in one of group, department and question, and
/// there as parts of one whole, or as a part and the whole.
fn adds_up_with(one: &Cell, other: &Cell) -> bool {
    if (one.wave, one.audience) != (other.wave, other.audience) {
        return false;
    }
    let is_whole = |department: Department| department == Department::Whole;
    let groups = match (one.group, other.group) {
        (Group::Everyone, _) | (_, Group::Everyone) => true,
        (left, right) => left.breakdown() == right.breakdown(),
    };
    let departments =
        one.department == other.department || !is_whole(one.department) && !is_whole(other.department);
    let differs =
        [one.group != other.group, one.department != other.department, one.question != other.question];
    groups && departments && differs.into_iter().filter(|it| *it).count() == 1
}
