//! The sample's answers as one long table, a row per form and item, as `rmsurvey sql` wants them: what a
//! programme of many councils would have in a lake.
//!
//!     cargo run --example answers -- INPUT > answers.csv

use std::io::{self, BufWriter};
use std::path::PathBuf;

use anyhow::{Context, ensure};
use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::ingest;
use rmsurvey::survey::Answer;

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "input".to_owned()));
    let (survey, _) = ingest::definition(&folder).map_err(|found| anyhow::anyhow!("{found}"))?;
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let mut found = Diagnostics::default();
    let input = ingest::read(&survey, folder.as_path(), &waves, &mut found);
    ensure!(!found.has_errors(), "{found}");
    let audiences = &survey.audiences;
    let mut breakdowns: Vec<&str> =
        audiences.iter().flat_map(|it| it.breakdowns.iter().map(|by| by.id.as_str())).collect();
    breakdowns.sort_unstable();
    breakdowns.dedup();
    let mut table = csv::Writer::from_writer(BufWriter::new(io::stdout().lock()));
    let columns = ["wave", "audience", "respondent", "link", "department", "question", "score"];
    table.write_record(columns.iter().copied().chain(breakdowns.iter().copied()))?;
    for responses in &input.responses {
        let audience = &audiences[responses.audience];
        for (number, form) in responses.forms.iter().enumerate() {
            // A form without an id still needs one.
            let respondent =
                if form.respondent.is_empty() { format!("form {number}") } else { form.respondent.clone() };
            let groups = breakdowns.iter().map(|id| {
                let breakdown = audience.breakdowns.iter().position(|by| by.id == *id)?;
                let group = form.groups.get(breakdown).copied().flatten()?;
                Some(audience.breakdowns[breakdown].groups[group].id.as_str())
            });
            let groups: Vec<&str> = groups.map(Option::unwrap_or_default).collect();
            for (item, code) in responses.items.iter().zip(&form.codes) {
                let score = match code.answer().context("an answer was left out")? {
                    Answer::Score(score) => score.to_string(),
                    Answer::NoContact => "0".to_owned(),
                    Answer::Blank => String::new(),
                };
                let department = item.department.map_or("whole", |one| &survey.departments[one].names.id);
                let own = [
                    &survey.waves[responses.wave].label,
                    &audience.id,
                    &respondent,
                    form.link.as_deref().unwrap_or_default(),
                    department,
                    &survey.questions[item.question].id,
                    &score,
                ];
                table.write_record(own.into_iter().chain(groups.iter().copied()))?;
            }
        }
    }
    table.flush()?;
    Ok(())
}
