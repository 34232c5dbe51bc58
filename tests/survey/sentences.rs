//! The figures inside sentences: which figure each number is, by the address behind the sentence and the
//! words around the number.

use std::collections::BTreeMap;

use crate::figures::{Address, Figures, What};
use crate::support::sample;

/// A finding as `findings.md` has it: what it says, and the addresses behind it.
#[derive(Debug)]
pub struct Sentence {
    pub text: String,
    pub addresses: Vec<Address>,
}

/// The findings of a page.
pub fn sentences(page: &str) -> Vec<Sentence> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("- "));
    lines
        .map(|line| {
            let quoted: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
            let said: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
            let addresses = quoted.iter().filter_map(|one| Address::read(one)).collect();
            Sentence { text: plain(said.trim()), addresses }
        })
        .collect()
}

/// Markdown without its escapes.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_escape = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        if !is_escape {
            plain.push(letter);
        } else if let Some(escaped) = letters.next() {
            plain.push(escaped);
        }
    }
    plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A number of two decimals in a text, with its sign, and where it stands.
#[derive(Debug)]
pub struct Number<'t> {
    pub before: &'t str,
    /// With a plain sign, as in tables.
    pub text: String,
    pub is_signed: bool,
    pub after: &'t str,
}

/// The numbers of two decimals.
pub fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for point in (1..bytes.len()).filter(|at| bytes[*at] == b'.') {
        if !(digit(point - 1) && digit(point + 1) && digit(point + 2)) || digit(point + 3) {
            continue;
        }
        let start = (0..point).rev().take_while(|at| digit(*at)).last().expect("a digit");
        let sign = text[..start].chars().next_back().filter(|sign| ['+', '\u{2212}'].contains(sign));
        let begin = start - sign.map_or(0, char::len_utf8);
        let minus = if sign == Some('\u{2212}') { "-" } else { "" };
        let number = format!("{minus}{}", &text[start..point + 3]);
        found.push(Number {
            before: &text[..begin],
            text: number,
            is_signed: sign.is_some(),
            after: &text[point + 3..],
        });
    }
    found
}

/// Holds every number of a sentence to the figure that it is: how many there were of each kind.
#[track_caller]
pub fn assert_figures(figures: &Figures, sentence: &Sentence, kinds: &mut BTreeMap<&'static str, usize>) {
    let text = &sentence.text;
    let Some(at) = sentence.addresses.first() else {
        assert!(numbers(text).is_empty(), "a figure without an address: {text}");
        return;
    };
    for number in numbers(text) {
        let (kind, allowed) = reading(figures, text, at, &number)
            .unwrap_or_else(|| panic!("nobody knows which figure {} is, of {at:?}: {text}", number.text));
        assert!(allowed.contains(&number.text), "{} for {allowed:?} ({kind}) of {at:?}: {text}", number.text);
        *kinds.entry(kind).or_default() += 1;
    }
}

type Reading = (&'static str, Vec<String>);

fn reading(figures: &Figures, text: &str, at: &Address, number: &Number<'_>) -> Option<Reading> {
    let Number { before, after, text: printed, is_signed } = number;
    let of = |kind, what, at: &Address| Some((kind, figures.printed(what, at)?.texts()));
    let is_of_both = text.contains("their own average");
    if before.ends_with("a change of ") || before.ends_with("less than ") {
        return Some(("definition", vec![format!("{:.2}", sample().survey.analysis.notice_change)]));
    }
    if after.starts_with(", the middle of the scale") {
        return Some(("definition", vec!["2.50".to_owned()]));
    }
    // What a weighting gives, or a split of a change, is in tables of its own.
    let is_elsewhere =
        [("would have changed by ", ""), ("accounts for between ", ""), ("average in ", "; as answered")]
            .iter()
            .any(|(start, end)| {
                before.contains(start)
                    && !before.contains("instead of")
                    && !before.contains("as answered it")
                    && after.starts_with(end)
            });
    if is_elsewhere {
        return Some((
            "of other tables",
            figures.of_mixes.iter().filter(|one| *one == printed).cloned().collect(),
        ));
    }
    if let Some(reading) = beside_others(figures, text, at, number) {
        return reading;
    }
    if let Some(before) = before.strip_suffix("(likely range ") {
        let what = if is_of_both { What::Change("matched_ci_low", false) } else { What::Lower };
        assert!(!before.is_empty());
        return of("likely ranges", what, at);
    }
    if before.contains("(likely range ") && before.ends_with(" to ") && after.starts_with(')') {
        let what = if is_of_both { What::Change("matched_ci_high", false) } else { What::Upper };
        return of("likely ranges", what, at);
    }
    if *is_signed {
        return signed(figures, text, at, number);
    }
    if let Some(wave) = figures.waves.iter().find(|wave| after.starts_with(&format!(" in {wave}"))) {
        return of("averages", What::Mean, &Address { wave: wave.clone(), ..at.clone() });
    }
    if before.ends_with("lay between ") || (before.contains("lay between ") && before.ends_with(" and ")) {
        let [lowest, highest] = figures.ends_of_questions(at)?;
        return Some(("averages", vec![if before.ends_with("lay between ") { lowest } else { highest }]));
    }
    if before.ends_with(" was ") || before.ends_with("as answered it is ") {
        return of("averages", What::Mean, at);
    }
    labelled(figures, at, before.strip_suffix(" (")?, after)
}

/// A sentence on other councils: their average, between what it lies, and the difference to it.
fn beside_others(
    figures: &Figures,
    text: &str,
    at: &Address,
    number: &Number<'_>,
) -> Option<Option<Reading>> {
    if !text.contains("other council") {
        return None;
    }
    let of = |what, at: &Address| Some(("other councils", figures.printed(what, at)?.texts()));
    let before = number.before;
    let reading = if number.is_signed || number.after.starts_with(" points)") {
        let mut at = at.clone();
        let label = before.strip_suffix(" (")?;
        if let Some((question, _)) = figures.question_ending(label) {
            at.question = question;
        } else if let Some((department, _)) = figures.department_ending(label) {
            at.department = department;
        }
        of(What::Beside("difference"), &at)
    } else if before.ends_with("averages lay between ") {
        of(What::Beside("others_lowest"), at)
    } else if before.contains("averages lay between ") {
        of(What::Beside("others_highest"), at)
    } else if before.ends_with(" was ") {
        of(What::Mean, at)
    } else {
        of(What::Beside("others_mean"), at)
    };
    Some(reading)
}

/// "Q1 Sharing information (1.91)": whatever the label names, of the rest of the address, or of the
/// audience or the group that the sentence has come to.
fn labelled(figures: &Figures, at: &Address, before: &str, after: &str) -> Option<Reading> {
    let mut at = at.clone();
    let mean = |at: &Address| Some(("averages", figures.mean(at)?.texts()));
    // "... (2.19) lowest and council officers scored Q2 Trust (2.05) lowest"
    let scored = |label: &str| before.to_lowercase().rfind(&format!("{} scored ", label.to_lowercase()));
    let said = figures.audiences().into_iter().filter_map(|one| Some((scored(one.1)?, one)));
    if let Some((_, (id, _, headline))) =
        said.max_by_key(|(place, _)| *place).filter(|(_, one)| one.0 != at.audience)
    {
        (at.audience, at.department) = (id.to_owned(), headline.to_owned());
    }
    // "Medium (2.19) by size; ...", of a breakdown that the address may not name.
    if let Some((_, by)) = after.split_once(") by ").filter(|(before, _)| before.is_empty()) {
        let end = by.find([';', '.']).unwrap_or(by.len());
        let (breakdown, group, _) = figures.group_ending(&at.audience, &by[..end], before)?;
        return mean(&Address { breakdown, group, ..at });
    }
    // "The lowest questions of each. North: Q3 ... (2.54), then Q2. Mid: Q3 ... (1.99)"
    if before.contains("questions of each. ") {
        let (lead, _) = before.rsplit_once(": ")?;
        let (_, group, _) = figures.group_ending(&at.audience, &at.breakdown, lead)?;
        at.group = group;
    }
    let question = figures.question_ending(before);
    let group = figures.group_ending(&at.audience, &at.breakdown, before);
    let department = figures.department_ending(before);
    let [of_question, of_group, of_department] =
        [question.as_ref().map(|it| it.1), group.as_ref().map(|it| it.2), department.as_ref().map(|it| it.1)];
    // The longest label is meant: a question may end with the name of a group.
    let longest = of_question.max(of_group).max(of_department)?;
    match (question, group, department) {
        (Some((question, length)), ..) if length == longest => at.question = question,
        (_, Some((_, group, length)), _) if length == longest => at.group = group,
        (_, _, Some((department, _))) => at.department = department,
        _ => return None,
    }
    mean(&at)
}

/// Differences: gaps between audiences or two groups, and changes.
fn signed(figures: &Figures, text: &str, at: &Address, number: &Number<'_>) -> Option<Reading> {
    let before = number.before;
    let change = |column| Some(("differences", figures.printed(What::Change(column, true), at)?.texts()));
    if before.ends_with("their own average changed by ") {
        return change("matched_change");
    }
    let is_of_change = ["instead of ", "("].iter().any(|end| before.ends_with(end))
        && ["rose from", "fell from", "changed from", "change from", "would have changed", "moved from"]
            .iter()
            .any(|word| text.contains(word));
    if is_of_change {
        return change("change");
    }
    let audiences = figures.audiences();
    let label = before.strip_suffix(" (")?;
    let exact = if let Some((question, _)) = figures.question_ending(label) {
        let sides = audiences.iter().map(|(id, _, headline)| Address {
            audience: (*id).to_owned(),
            department: (*headline).to_owned(),
            question: question.clone(),
            ..at.clone()
        });
        let sides: Vec<Address> = sides.collect();
        figures.exact(&sides[0])?.minus(figures.exact(&sides[1])?)
    } else {
        // "higher scores than Residential (2.40, 43 answered) (+0.11 points)"
        let (other, _) = label.rsplit_once(" (")?;
        let (_, group, _) = figures.group_ending(&at.audience, &at.breakdown, other)?;
        figures.exact(at)?.minus(figures.exact(&Address { group, ..at.clone() })?)
    };
    Some(("differences", vec![exact?.rounded(2)]))
}
