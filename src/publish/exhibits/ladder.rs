//! Averages as positions between two described levels of partnership: never as a level that was
//! reached, and only for questions that have levels.

use super::departments::{in_order, latest_two};
use super::{Exhibited, Part, Words, chart};
use crate::estimate::{LadderSide, Position};
use crate::publish::chart::{Ladder, LadderRow, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Department, Question};
use crate::words::{LIKELY_RANGE, capital, listed, within};

/// Per audience every year, and where departments are scored each of them in the latest year.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let described = described(view);
    let audiences = 0..view.survey.audiences.len();
    let mut exhibits = Vec::new();
    for audience in audiences.filter(|_| !described.is_empty()) {
        // Levels describe the scores of the survey's own scale.
        let is_described = |wave: &usize| view.survey.waves[*wave].scale.is_none();
        let waves: Vec<usize> = view.waves_of(audience).into_iter().filter(is_described).collect();
        let Some(&latest) = waves.last() else { continue };
        exhibits.push(by_wave(view, audience, &waves, &described));
        if view.audience(audience).scores_departments {
            exhibits.push(by_department(view, audience, latest, &described));
        }
    }
    exhibits
}

/// The questions that have levels.
fn described(view: &View<'_>) -> Vec<usize> {
    let questions = view.survey.questions.iter().enumerate();
    questions.filter(|(_, question)| !question.levels.is_empty()).map(|(position, _)| position).collect()
}

fn by_wave(view: &View<'_>, audience: usize, waves: &[usize], described: &[usize]) -> Exhibited {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let columns = columns(view, waves, ["Question", "Year"]);
    let rows = described.iter().flat_map(|&question| {
        waves.iter().map(move |&wave| {
            let cell = view.headline(wave, audience, Question::One(question));
            row(
                view,
                [view.question_label(cell.question), view.wave_label(wave).to_owned()],
                &cell,
                Naming::Described,
            )
        })
    });
    let words = Words {
        name: format!("ladder-{}", definition.id),
        title: format!(
            "Where averages lie between described levels, {label}, {}, {}",
            view.headline_subject(audience),
            view.period(waves)
        ),
        base: view.base_note(audience),
        notes: notes(view, described),
    };
    let table = words.table(view, columns, rows.collect());
    let drawn = latest_two(waves);
    let rows = described.iter().map(|&question| ladder_row(view, audience, drawn, question));
    let picture = Picture::Ladder(Ladder {
        accent: view.accent(audience),
        years: drawn.iter().map(|&wave| view.wave_label(wave).to_owned()).collect(),
        rows: rows.collect(),
        base_heading: "Number who answered".to_owned(),
    });
    let headline = format!("Where scores of {label} lie between described levels");
    let subtitle = format!(
        "Average score and likely range of each question between levels of partnership, {label}, {}, {}. Respondents saw only a statement at either end. Answered by {}",
        view.headline_subject(audience),
        view.period(drawn),
        view.base_note(audience)
    );
    let chart = chart(view, &table, headline, subtitle, picture);
    Exhibited { part: Part::Ladder, table, chart: Some(chart) }
}

fn ladder_row(view: &View<'_>, audience: usize, waves: &[usize], question: usize) -> LadderRow {
    let definition = &view.survey.questions[question];
    let cells = waves.iter().map(|&wave| view.headline(wave, audience, Question::One(question)));
    LadderRow {
        label: view.question_label(Question::One(question)),
        note: definition.element.clone().unwrap_or_default(),
        levels: definition.levels.clone(),
        points: cells.clone().map(|cell| view.plotted_mean(&cell)).collect(),
        bases: cells.map(|cell| view.base_text(&cell)).collect(),
    }
}

fn by_department(view: &View<'_>, audience: usize, wave: usize, described: &[usize]) -> Exhibited {
    let definition = view.audience(audience);
    let (label, year) = (within(&definition.label), view.wave_label(wave));
    let columns = columns(view, &[wave], ["Question", "Department"]);
    let departments: Vec<Department> = in_order(view, audience, &[wave]);
    let rows = described.iter().flat_map(|&question| {
        departments.iter().map(move |&department| {
            let cell = Cell { department, ..view.headline(wave, audience, Question::One(question)) };
            row(
                view,
                [view.question_label(cell.question), view.department_label(department)],
                &cell,
                Naming::Numbered,
            )
        })
    });
    let mut notes = notes(view, described);
    notes.extend(described.iter().map(|&question| levels(view, question)));
    let words = Words {
        name: format!("ladder-departments-{}-{year}", definition.id),
        title: format!("Where averages of each department lie between described levels, {label}, {year}"),
        base: view.base_note(audience),
        notes,
    };
    Exhibited { part: Part::Ladder, table: words.table(view, columns, rows.collect()), chart: None }
}

fn columns(view: &View<'_>, waves: &[usize], first: [&str; 2]) -> Vec<Column> {
    let [question, of] = first;
    vec![
        Column::text(question),
        Column::text(of),
        Column::number(format!("Average (score {})", view.scales(waves))),
        Column::number("Likely range, lower end (score)"),
        Column::number("Likely range, upper end (score)"),
        Column::text("Where the average lies"),
        Column::text("How far the likely range reaches"),
        Column::number("Who answered (number)"),
    ]
}

/// How levels are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    /// "between level 2 'readily shared for a need' and level 3 'shared freely'".
    Described,
    /// "between levels 2 and 3": the notes describe them.
    Numbered,
}

fn row(view: &View<'_>, first: [String; 2], cell: &Cell, naming: Naming) -> Vec<Value> {
    let mark = || Value::Mark(view.mark(cell));
    let levels: &[String] = match cell.question {
        Question::One(question) => &view.survey.questions[question].levels,
        Question::All => &[],
    };
    let position = view.mean(cell).and_then(|mean| Position::of(mean, view.survey.scale_of(cell.wave).top));
    let [lower, upper] = view.range_values(cell);
    let mut row = first.map(Value::Text).to_vec();
    row.extend([view.mean_value(cell), lower, upper]);
    row.push(position.map_or_else(mark, |it| Value::Text(place(&it, levels, naming))));
    row.push(position.map_or_else(mark, |it| Value::Text(reach(&it))));
    row.push(view.base_value(cell));
    row
}

/// "between levels 2 and 3, nearer to level 2".
fn place(position: &Position, levels: &[String], naming: Naming) -> String {
    let (lower, upper) = (position.lower, position.lower + 1);
    let described = |number: u8| {
        let words = levels.get(usize::from(number) - 1).filter(|_| naming == Naming::Described);
        words.map(|words| format!("level {number} \u{2018}{words}\u{2019}"))
    };
    let between = match described(lower).zip(described(upper)) {
        Some((lower, upper)) => format!("between {lower} and {upper}"),
        None => format!("between levels {lower} and {upper}"),
    };
    let nearer = match position.nearer {
        LadderSide::AtLower => "at the lower end".to_owned(),
        LadderSide::NearerLower => format!("nearer to level {lower}"),
        LadderSide::Halfway => "halfway".to_owned(),
        LadderSide::NearerUpper => format!("nearer to level {upper}"),
        LadderSide::AtUpper => "at the upper end".to_owned(),
    };
    format!("{between}, {nearer}")
}

/// What the likely range leaves open about the place.
fn reach(position: &Position) -> String {
    let (lower, upper) = (position.lower, position.lower + 1);
    match (position.is_sure, position.reaches_below, position.reaches_above) {
        (None, ..) => "not known: too few answered".to_owned(),
        (_, true, true) => format!("below level {lower} and above level {upper}"),
        (_, true, false) => format!("below level {lower}"),
        (_, false, true) => format!("above level {upper}"),
        (Some(false), ..) => "past the middle".to_owned(),
        (Some(true), ..) => "not past the middle".to_owned(),
    }
}

fn notes(view: &View<'_>, described: &[usize]) -> Vec<String> {
    let elements = described.iter().filter_map(|&question| {
        let definition = &view.survey.questions[question];
        Some(format!("{} {}", definition.id, within(definition.element.as_deref()?)))
    });
    let elements = listed(&elements.collect::<Vec<_>>());
    let matching = if elements.is_empty() { String::new() } else { format!(" ({elements})") };
    let ends = &view.survey.scale;
    vec![
        format!(
            "Respondents saw only a statement at either end of each question, 1 ({}) and {} ({}). The levels between come from the description of partnership on which the questionnaire was based, so an average is a position between two of them and never a level that was reached.",
            ends.low_label, ends.top, ends.high_label
        ),
        format!(
            "{}{matching}.",
            capital(
                "that these questions ask about these elements of partnership is our reading of their wording"
            )
        ),
        "Questions without described levels, and averages over several questions, have no place here."
            .to_owned(),
        LIKELY_RANGE.to_owned(),
    ]
}

/// "Q2 Trust: 1 ...; 2 ...; 3 ...; 4 ...".
fn levels(view: &View<'_>, question: usize) -> String {
    let levels = view.survey.questions[question].levels.iter().zip(1..);
    let levels: Vec<String> =
        levels.map(|(words, number)| format!("{number} \u{2018}{words}\u{2019}")).collect();
    format!("Levels of {}: {}.", view.question_label(Question::One(question)), levels.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Estimate;

    fn words(sum: u64, answers: u64, naming: Naming) -> String {
        let levels = ["told", "consulted", "involved", "together"].map(str::to_owned);
        let mean = Estimate::exact(sum, answers, answers).unwrap();
        place(&Position::of(&mean, 4).unwrap(), &levels, naming)
    }

    /// By hand: 9/4 = 2.25, 8/4 = 2.00, 10/4 = 2.50, 16/4 = 4.00 on four levels.
    #[test]
    fn an_average_is_a_place_between_two_levels_and_never_a_level_reached() {
        assert_eq!(
            words(9, 4, Naming::Described),
            "between level 2 \u{2018}consulted\u{2019} and level 3 \u{2018}involved\u{2019}, nearer to level 2"
        );
        assert_eq!(words(8, 4, Naming::Numbered), "between levels 2 and 3, at the lower end");
        assert_eq!(words(10, 4, Naming::Numbered), "between levels 2 and 3, halfway");
        assert_eq!(words(16, 4, Naming::Numbered), "between levels 3 and 4, at the upper end");
        assert!(!words(8, 4, Naming::Described).contains("reached"));
    }
}
