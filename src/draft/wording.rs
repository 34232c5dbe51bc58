//! What the header of a score column says: a question, perhaps a department; and which of the
//! standard questions it is.

use super::export::Column;
use super::scale::symbol;
use crate::ingest::{number_of, without_number};
use crate::nearest::{likeness_of_folded, nearest_within};
use crate::survey::{QuestionDefinition, end_of_folded, fold};

/// The definition that comes with the program: its questions are the standard ones.
const STANDARD: &str = include_str!("../../input/survey.toml");

/// The standard questions.
pub(super) fn standard() -> Vec<QuestionDefinition> {
    crate::survey::read(STANDARD.as_bytes()).map(|survey| survey.questions).unwrap_or_default()
}

/// How sure it is that a wording is a standard question, from 0 to 1.
pub(super) fn likeness(wording: &str, question: &QuestionDefinition) -> f64 {
    likeness_of_folded(0.0, &fold(wording), &fold(&question.text)).unwrap_or_default()
}

/// A header taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub question: Asked,
    pub row: Option<String>,
}

/// What a header says of its question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Asked {
    /// Its wording.
    Wording(String),
    /// Its id alone: `Q1`.
    Id(String),
    /// Nothing: the header is a label, which may belong to a question by its order.
    Label(String),
}

/// Takes the header of a score column apart.
pub(super) fn parts(column: &Column, standard: &[QuestionDefinition]) -> Parts {
    let header = column.shown();
    let parts = of_header(header, standard);
    // Where the wording is a row's alone, the code above it has the question's number.
    if let (Asked::Label(label), Some(coded)) =
        (&parts.question, column.names.get(1).filter(|_| column.asked > 1))
        && let Some((id, _)) = coded.split_once(" [")
    {
        return Parts { question: Asked::Id(id.to_owned()), row: Some(label.clone()) };
    }
    parts
}

fn of_header(header: &str, standard: &[QuestionDefinition]) -> Parts {
    let text = without_number(header.trim());
    let wording = |question: &str, rest: &str| Parts {
        question: Asked::Wording(question.trim().to_owned()),
        row: Some(row(rest)).filter(|row| !row.is_empty()),
    };
    let is_id = header.starts_with(['q', 'Q']) && number_of(header).is_some_and(|number| number.len() < 10);
    if let Some(end) = standard.iter().filter_map(|question| end_of(text, &question.text)).max() {
        return wording(&text[..end], &text[end..]);
    }
    if let Some(end) = text.find('?') {
        return wording(&text[..=end], &text[end + 1..]);
    }
    if let Some(open) = text.rfind(" [").filter(|_| text.ends_with(']')) {
        return wording(&text[..open], &text[open..]);
    }
    // Codes of the question and of its row, and no words: `G01Q02[SQ001]`.
    let coded = header.strip_suffix(']').and_then(|it| it.split_once('['));
    if let Some((id, row)) = coded.filter(|(id, row)| !is_id && symbol(row).is_some() && is_code(id)) {
        return Parts { question: Asked::Id(id.to_owned()), row: Some(row.to_owned()) };
    }
    if is_id {
        let id = format!("Q{}", number_of(header).unwrap_or_default());
        return Parts { question: Asked::Id(id), row: Some(row(text)).filter(|row| !row.is_empty()) };
    }
    Parts { question: Asked::Label(text.to_owned()), row: None }
}

/// Letters and digits, as ids have.
fn is_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() < 20
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Where a wording ends within a text that begins with it.
fn end_of(text: &str, wording: &str) -> Option<usize> {
    end_of_folded(text, &fold(wording))
}

/// A row's label without what parts it from the question.
fn row(rest: &str) -> String {
    let plain = rest.trim().trim_start_matches([' ', '-', '–', '—', ':', '_']).trim();
    let inner = [('[', ']'), ('(', ')')]
        .iter()
        .find_map(|(open, close)| plain.strip_prefix(*open)?.strip_suffix(*close))
        .unwrap_or(plain);
    inner.replace('_', " ").trim().to_owned()
}

/// Whether two labels mean the same, as far as a draft may take them to: equal, one with a remark
/// in brackets, the same numbers, or a slip of the pen.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let digits = |text: &str| {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
        numbers.map(str::to_owned).collect::<Vec<_>>()
    };
    let (mine, theirs) = (digits(&one), digits(&other));
    // A team with its department before it, and without.
    let plain = |text: &str| text.split(" (").next().unwrap_or_default().to_owned();
    let tail = |long: &str, short: &str| {
        long.strip_suffix(plain(short).as_str()).is_some_and(|it| it.ends_with(" - "))
    };
    let remark =
        |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(" ("));
    one == other
        || remark(&one, &other)
        || remark(&other, &one)
        || tail(&one, &other)
        || tail(&other, &one)
        || (mine.len() > 1 && mine == theirs)
        || (mine == theirs && nearest_within(0.85, &one, [other.as_str()]).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_taken_apart() {
        let standard = standard();
        assert_eq!(standard.len(), 8);
        let wording = |question: &str, row: Option<&str>| Parts {
            question: Asked::Wording(question.to_owned()),
            row: row.map(str::to_owned),
        };
        let trust = "How well do we trust each other?";
        for (header, expected) in [
            ("2. How well do we trust each other? [Finance]", wording(trust, Some("Finance"))),
            ("Q2 How well do we trust each other? - A – B", wording(trust, Some("A – B"))),
            ("How open are we?", wording("How open are we?", None)),
            ("Rate us [Finance]", wording("Rate us", Some("Finance"))),
            (
                "q1_adult_care",
                Parts { question: Asked::Id("Q1".to_owned()), row: Some("adult care".to_owned()) },
            ),
            (
                "G01Q02[SQ001]",
                Parts { question: Asked::Id("G01Q02".to_owned()), row: Some("SQ001".to_owned()) },
            ),
            ("Q2[SQ001]", Parts { question: Asked::Id("Q2".to_owned()), row: Some("SQ001".to_owned()) }),
            ("4.d. Finance", Parts { question: Asked::Label("Finance".to_owned()), row: None }),
        ] {
            assert_eq!(of_header(header, &standard), expected, "{header}");
        }
    }

    #[test]
    fn labels_of_two_years_are_the_same_by_remark_by_numbers_or_by_a_slip() {
        assert!(alike("Procurement", "Procurement (aka Category Management)"));
        assert!(alike("0-25%", "0 to 25%"));
        assert!(alike("Quality Improvment", "quality improvement"));
        assert!(alike("Adult Care - Placement Team", "Placement Team (PT)"));
        assert!(!alike("North", "South") && !alike("Band 1", "Band 2"));
    }
}
