//! What `check` says of the files of other councils: what of the two surveys is the same and compared,
//! and what is not; in words and as JSON.

use std::fmt::Write;

use rmsurvey::ingest::{Input, Matched, OtherCouncil};
use rmsurvey::survey::Survey;
use serde_json::{Value, json};

/// Every file in words; nothing where there is none.
pub(super) fn text(survey: &Survey, input: &Input) -> String {
    if input.councils.is_empty() {
        return String::new();
    }
    let short = &survey.organisation.short;
    let mut text = format!("Other councils, and what of their surveys is compared with {short}'s:\n");
    for council in &input.councils {
        let OtherCouncil { file, name, wave, same, figures } = council;
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {file}: {name}, {wave}; {} averages compared", figures.len());
        for (what, matched) in [
            ("audiences", &same.audiences),
            ("questions", &same.questions),
            ("departments", &same.departments),
        ] {
            let _ = writeln!(text, "    {what:<11} {}", said(matched));
        }
        if !same.all_questions {
            let _ =
                writeln!(text, "    averages over all questions are not compared, as they are over others");
        }
    }
    text
}

/// "Q1, Q2 as Q3; only there: Q9; only here: Q4".
fn said(matched: &Matched) -> String {
    let pair = |(theirs, ours): &(String, String)| {
        if theirs == ours { ours.clone() } else { format!("{theirs} as {ours}") }
    };
    let pairs: Vec<String> = matched.pairs.iter().map(pair).collect();
    let mut said = if pairs.is_empty() { "none".to_owned() } else { pairs.join(", ") };
    for (where_to, ids) in [("there", &matched.theirs_alone), ("here", &matched.ours_alone)] {
        if !ids.is_empty() {
            said.push_str(&format!("; only {where_to}: {}", ids.join(", ")));
        }
    }
    said
}

/// The same for programs.
pub(super) fn json(input: &Input) -> Vec<Value> {
    let council = |council: &OtherCouncil| {
        let OtherCouncil { file, name, wave, same, figures } = council;
        json!({ "file": file, "name": name, "wave": wave, "compared": figures.len(), "same": same })
    };
    input.councils.iter().map(council).collect()
}
