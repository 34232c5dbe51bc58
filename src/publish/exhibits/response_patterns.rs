//! Annex: how forms were filled in, as a measure of the data's quality.

use super::{Exhibited, Part, Words};
use crate::disclose::{ReleasedPatterns, Shown};
use crate::publish::mark::Mark;
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::ratio::Ratio;
use crate::tally::Question;

/// Two tables for all audiences and waves: counts of forms, and blanks by question.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let patterns = view.release.patterns();
    if patterns.is_empty() {
        return Vec::new();
    }
    let period = view.period(view.waves);
    let audiences = (0..view.survey.audiences.len()).filter(|&one| !view.waves_of(one).is_empty());
    let base = audiences.map(|audience| view.base_note(audience)).collect::<Vec<_>>().join("; ");
    let who = || vec![Column::text("Audience"), Column::text("Year")];

    let mut columns = who();
    columns.extend(
        ["Forms", "Same score everywhere", "Only no contact", "No answer at all", "Answers of another form"]
            .into_iter()
            .filter(|header| view.asks_contact() || *header != "Only no contact")
            .map(|header| Column::number(format!("{header} (number)"))),
    );
    let words = Words {
        name: "response-patterns".to_owned(),
        title: format!("Forms by the pattern of their answers, {period}"),
        base: base.clone(),
        notes: vec![
            "The same score everywhere, and answers identical to those of another form, are counted only where at least half of all that was asked was scored. Such forms stay in all figures: with few questions they can be honest.".to_owned(),
            "A number of forms is shown where it is nobody's, or large enough to protect people.".to_owned(),
        ],
    };
    let rows = patterns.iter().map(|one| {
        let contact = view.asks_contact().then_some(&one.only_no_contact);
        let counts = [&one.forms, &one.straight_lined].into_iter().chain(contact);
        let mut row = named(view, one);
        row.extend(counts.chain([&one.no_answer, &one.identical]).map(|count| shown(count, u64::to_string)));
        row
    });
    let forms = words.table(view, columns, rows.collect());

    let mut columns = who();
    let questions = || (0..view.survey.questions.len()).map(Question::One);
    columns.extend(
        questions()
            .map(|question| Column::number(format!("{} (% left empty)", view.question_label(question)))),
    );
    let words = Words {
        name: "blanks-by-question".to_owned(),
        title: format!("Answers left empty by question, {period}"),
        base,
        notes: vec![
            "Percentage of the places for an answer to the question, over all forms and all that was scored."
                .to_owned(),
        ],
    };
    let rows = patterns.iter().map(|one| {
        let mut row = named(view, one);
        row.extend((0..view.survey.questions.len()).map(|question| blank(one, question)));
        row
    });
    let blanks = words.table(view, columns, rows.collect());
    [forms, blanks].map(|table| Exhibited { part: Part::Quality, table, chart: None }).to_vec()
}

fn named(view: &View<'_>, one: &ReleasedPatterns) -> Vec<Value> {
    let audience = view.audience(one.audience).label.clone();
    vec![Value::Text(audience), Value::Text(view.wave_label(one.wave).to_owned())]
}

fn shown<T>(value: &Shown<T>, text: impl Fn(&T) -> String) -> Value {
    value.value().map_or(Value::Mark(Mark::Withheld), |value| Value::Number(text(value)))
}

fn blank(one: &ReleasedPatterns, question: usize) -> Value {
    let Some(of_question) = one.blanks.get(&question) else { return Value::Mark(Mark::NotApplicable) };
    let Some(blanks) = of_question.value() else { return Value::Mark(Mark::Withheld) };
    match Ratio::new(blanks.blank * 100, blanks.cells) {
        Some(percent) => Value::Number(percent.rounded(0)),
        None => Value::Mark(Mark::NotApplicable),
    }
}
