//! `disclosure.csv` and `disclosure.md`: what is not shown, by which rule, and what is left to a
//! reader who tries.

use std::fmt::Write;

use crate::disclose::{Decisions, Rule, Told};
use crate::publish::data::{ADDRESS, Datum, address, csv};
use crate::ratio::round_decimal;
use crate::survey::Survey;
use crate::view::MEAN_DECIMALS;
use crate::words::markdown;

/// One row per figure of the public addresses that is withheld: the rule, and between which means a
/// reader can place it.
///
/// # Errors
/// None where rows are as long as the header.
pub fn disclosure(survey: &Survey, decisions: &Decisions) -> csv::Result<Vec<u8>> {
    let mut header = ADDRESS.to_vec();
    header.extend(["rule", "lower", "upper"]);
    let rows = decisions.withheld().iter().map(|withheld| (address(survey, &withheld.cell), withheld));
    csv(&header, rows, |row, withheld| {
        row.extend([
            Datum::text(withheld.rule.id()),
            Datum::number(withheld.lower),
            Datum::number(withheld.upper),
        ]);
    })
}

/// One page for whoever signs off: what was tried, what is withheld, and the bounds left.
pub fn summary(survey: &Survey, decisions: &Decisions) -> String {
    let mut page = format!("# What is not shown, and why\n\n{}\n\n", markdown(&survey.title));
    let rule = |rule: Rule| decisions.count(rule);
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "| | figures |\n| --- | ---: |\n| shown | {} |\n| withheld: too few respondents | {} |\n| withheld: all answers the same, or all but one | {} |\n| withheld: was not shown when its year was published | {} |\n| withheld: would give another figure away | {} |\n",
        decisions.shown(),
        rule(Rule::Primary),
        rule(Rule::Unanimous),
        rule(Rule::Released),
        rule(Rule::Complementary),
    );
    let _ = writeln!(
        page,
        "\nCounted are the figures with at most two of department, question and group; crossings of all three are never published. {} of the changes shown stand without the part of those who answered in both years, because it rests on too few or would tell of the few who left or joined.",
        decisions.matched_left_out(),
    );
    page.push_str("\n## By audience\n\n| audience | year | minimum | too few | all alike | not shown before | would give away |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (audience, definition) in survey.audiences.iter().enumerate() {
        for (wave, of) in survey.waves.iter().enumerate() {
            let here = decisions.withheld().iter();
            let here: Vec<Rule> = here
                .filter(|one| (one.cell.wave, one.cell.audience) == (wave, audience))
                .map(|one| one.rule)
                .collect();
            let count = |rule: Rule| here.iter().filter(|one| **one == rule).count();
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {} | {} | {} |",
                markdown(&definition.label),
                markdown(&of.label),
                definition.minimum_respondents,
                count(Rule::Primary),
                count(Rule::Unanimous),
                count(Rule::Released),
                count(Rule::Complementary),
            );
        }
    }
    let spans = decisions.withheld().iter().map(|one| one.upper - one.lower);
    let narrowest = round_decimal(spans.reduce(f64::min).unwrap_or_default(), MEAN_DECIMALS);
    let _ = write!(
        page,
        "\n## What was tried on the figures that are shown\n\n\
         - **Subtraction.** Groups add up to everyone, departments to all departments, questions to all questions, and the items asked in two years to those of either. No withheld figure is a sum or difference of shown ones (exact elimination).\n\
         - **Few people together.** Where the withheld parts of a sum can be had by subtraction, they rest on at least the minimum of respondents together.\n\
         - **Bounds.** From all sums and counts, the average that a withheld figure could have is open by at least 0.5 points; the narrowest here is {narrowest} points. `disclosure.csv` holds both ends for each.\n\
         - **Sets of people.** No sum or difference of up to four groups, across breakdowns and among those who answered in both years, leaves fewer people than the minimum.\n\
         - **Rests.** \"The others together\" is not shown where it would tell of those who stated no group.\n\
         \nA group whose overall figure is withheld shows nothing, so that its number of forms stays unknown. In a group whose number of forms is shown, the number who answered a withheld question may be known; its scores are not.\n"
    );
    for (wave, of) in survey.waves.iter().enumerate() {
        let told = decisions.told(wave);
        if told != Told::default() {
            let _ = writeln!(
                page,
                "\n{}: what was published before stays as it was, so this does not hold of everything there. From what is already out {} figures that are not shown can be worked out, alone or a few together, and fewer people than the minimum are set apart {} times.",
                markdown(&of.label),
                told.figures,
                told.sets
            );
        }
    }
    page
}
