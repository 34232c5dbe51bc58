//! From files to answers: every row accounted for, every problem located.

mod actions;
mod answers_read;
mod columns;
mod commentary;
mod context;
mod corrections;
mod decode;
mod duplicates;
mod forms;
mod heading;
mod invited;
mod ledger;
mod missing;
mod population;
mod published;
mod records;
mod released;
mod replay;
mod responses;
mod set_aside;
mod strangers;
mod suspects;
mod suspicious;
mod themes;

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest_within};
use crate::ratio::Ratio;
use crate::survey::{DEFINITION, InvalidAnswers, Publication, Survey};
use crate::tally::Group;
use crate::words::thousands;
use duplicates::Superseded;

pub use actions::{ACTIONS, Action};
pub use answers_read::{ColumnRead, TextRead};
pub use columns::{Holds, SourceColumn};
pub use commentary::{About, COMMENTARY, Comment, Note, Words};
pub use context::ContextRow;
pub use corrections::{CORRECTIONS, Correction};
pub use ledger::{Cells, Ledger, Reject, Rows};
pub use population::Population;
pub use published::PublishedRow;
pub use released::{EarlierFigure, EarlierRelease, EarlierStatus, EarlierValue, RESULTS};
pub use replay::Corrected;
pub use responses::{Code, Form, Responses};
pub use suspicious::{Pattern, Suspicious};
pub use themes::{Theme, ThemeRow, ThemeRows, Told};

/// Everything that the input folder holds, read and accounted for.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// One per audience and wave that has files, in the order of waves and audiences.
    pub responses: Vec<Responses>,
    /// One per wave.
    pub populations: Vec<Population>,
    /// One per wave with a file of coded themes.
    pub themes: Vec<ThemeRows>,
    /// Averages as a paper printed them, of any wave.
    pub published: Vec<PublishedRow>,
    /// Figures from elsewhere.
    pub context: Vec<ContextRow>,
    /// One per wave of which something is already out.
    pub released: Vec<EarlierRelease>,
    pub ledgers: Vec<Ledger>,
    /// Every column that figures come from, by file.
    pub columns: Vec<SourceColumn>,
    pub rejects: Vec<Reject>,
    /// What `corrections.csv` changed, in the order of the files and then of the list.
    pub corrected: Vec<Corrected>,
    /// Corrections of answers that are not on the scale, still without the new value.
    pub proposed: Vec<Correction>,
    /// Forms worth a second look; they count all the same.
    pub suspicious: Vec<Suspicious>,
    /// Recommendations and where they stand, by area.
    pub actions: Vec<Action>,
    /// The analyst's own words.
    pub commentary: Vec<Comment>,
    /// Every file read, for the manifest.
    pub files: Vec<FileRead>,
}

impl Input {
    /// The answers and the numbers invited by the groups that are published; nothing of the files.
    pub fn for_publication(&self, survey: &Survey, publication: &Publication) -> Input {
        let responses = self.responses.iter().map(|one| {
            let recoded =
                |form: &Form| Form { groups: publication.groups(one.audience, &form.groups), ..form.clone() };
            let mut forms: Vec<Form> = one.forms.iter().map(recoded).collect();
            forms.sort();
            Responses { forms, items: one.items.clone(), ..*one }
        });
        let populations = self.populations.iter().map(|one| one.for_publication(survey, publication));
        Input {
            responses: responses.collect(),
            populations: populations.collect(),
            themes: self.themes.clone(),
            published: self.published.clone(),
            released: self.released.clone(),
            ..Input::default()
        }
    }
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// Name under the input folder, with forward slashes.
    pub name: String,
    pub sha256: String,
    /// Rows below the header; `None` for files that are not tables.
    pub rows: Option<u64>,
}

/// Reads the definition of an input folder.
///
/// # Errors
/// Every problem found, each with its place.
pub fn definition(folder: &Path) -> Result<(Survey, FileRead), Diagnostics> {
    let bytes = bytes(folder, DEFINITION).map_err(|problem| {
        let mut found = Diagnostics::default();
        let searched = format!("{} in the folder {}", problem.message, folder.display());
        let advice = "name the folder that holds it:  --input FOLDER";
        found.push(Diagnostic { message: searched, ..problem.advice(advice) });
        found
    })?;
    let survey = crate::survey::read(&bytes)?;
    Ok((survey, FileRead { name: DEFINITION.to_owned(), sha256: sha256(&bytes), rows: None }))
}

/// Reads the files of the given waves. Problems go to `found`; with errors among them the input is
/// incomplete and must not be used.
pub fn read(survey: &Survey, folder: &Path, waves: &[usize], found: &mut Diagnostics) -> Input {
    let mut input =
        Input { populations: vec![Population::default(); survey.waves.len()], ..Input::default() };
    let corrections = corrections::read_corrections(survey, folder, found);
    for &wave in waves {
        for audience in 0..survey.audiences.len() {
            read_audience(survey, folder, (wave, audience), &corrections.list, &mut input, found);
        }
        read_invited(survey, folder, wave, &mut input, found);
        for audience in 0..survey.audiences.len() {
            read_list(survey, folder, (wave, audience), &mut input, found);
        }
        more_than_invited(survey, wave, &input, found);
        read_coded(survey, folder, wave, &mut input, found);
        read_published(survey, folder, wave, &mut input, found);
    }
    input.files.extend(corrections.read);
    read_context(survey, folder, &mut input, found);
    released::read_released(survey, folder, waves, &mut input, found);
    read_words(survey, folder, &mut input, found);
    say_cost(survey, folder, &input, found);
    found.sort();
    input
}

/// Lines for `corrections.csv` that are printed before they are only counted.
const PASTED: usize = 100;

/// What answers that are not on the scale amount to, and the lines that would mend them.
fn say_cost(survey: &Survey, folder: &Path, input: &Input, found: &mut Diagnostics) {
    let left_out: u64 = input.ledgers.iter().map(|ledger| ledger.cells.left_out).sum();
    if left_out == 0 || survey.analysis.invalid_answers == InvalidAnswers::LeaveOut {
        return;
    }
    let cells = input.ledgers.iter().map(|ledger| ledger.cells);
    let answers: u64 = cells.map(|cells| cells.scores + cells.no_contact + cells.left_out).sum();
    let percent = Ratio::new(left_out * 100, answers).map_or_else(String::new, |it| it.rounded(2));
    let (left_out, answers) = (thousands(left_out), thousands(answers));
    let message = format!("not on the scale: {left_out} of {answers} answers, {percent}%");
    let mut lines: Vec<String> = input.proposed.iter().take(PASTED).map(Correction::pasted).collect();
    let place = if folder.join(CORRECTIONS).exists() {
        format!("paste into {CORRECTIONS}")
    } else {
        lines.insert(0, Correction::header());
        format!("save as {CORRECTIONS} beside {DEFINITION}")
    };
    if input.proposed.len() > PASTED {
        lines.push(format!("... and {} more, once these are done", input.proposed.len() - PASTED));
    }
    found.push(Diagnostic::notice("answers", Place::file(DEFINITION), message).advice(format!(
        "{place}, with the right value between the two commas before the reason:\n{}\nto go on without them:  rmsurvey run --draft; or under [analysis], for good:  invalid-answers = \"leave-out\"",
        lines.join("\n")
    )));
}

fn read_audience(
    survey: &Survey,
    folder: &Path,
    (wave, audience): (usize, usize),
    corrections: &[Correction],
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let files = &survey.waves[wave].files[audience];
    if files.is_empty() {
        let message =
            format!("{} has no file of {}", survey.waves[wave].label, survey.audiences[audience].label);
        found.push(
            Diagnostic::notice("no-file", Place::file(DEFINITION), message)
                .advice("the report says so; comparisons with them are left out"),
        );
        return;
    }
    let first = input.ledgers.len();
    let mut forms = Vec::new();
    for answers in files {
        let file = &answers.file;
        let Some(bytes) = bytes(folder, file).map_err(|problem| found.push(*problem)).ok() else { continue };
        let decoded = match decode::decode(&bytes) {
            Ok(decoded) => decoded,
            Err(not_text) => {
                found.push(
                    Diagnostic::error("unreadable", Place::file(file), not_text.message)
                        .advice(not_text.advice),
                );
                continue;
            }
        };
        let mut read = forms::read_forms(survey, (wave, audience), answers, &decoded, corrections, found);
        read.ledger.sha256 = sha256(&bytes);
        input.files.push(FileRead {
            name: file.clone(),
            sha256: read.ledger.sha256.clone(),
            rows: Some(read.ledger.rows.read),
        });
        forms.extend(read.forms);
        input.rejects.extend(read.rejects);
        input.corrected.extend(read.corrected);
        input.proposed.extend(read.proposed);
        input.columns.extend(read.columns);
        input.ledgers.push(read.ledger);
    }
    let (kept, superseded) = duplicates::resolve(forms);
    let ledgers = &mut input.ledgers[first..];
    for duplicate in superseded {
        input.rejects.push(list_duplicate(duplicate, ledgers, found));
    }
    for ledger in ledgers {
        ledger.rows.used = ledger.rows.read - ledger.rows.not_used();
    }
    input.rejects.sort();
    input.suspicious.extend(suspicious::suspicious(survey, (wave, audience), &kept));
    let mut forms: Vec<Form> = kept.into_iter().map(|read| read.form).collect();
    forms.sort();
    input.responses.push(Responses { wave, audience, items: survey.items(wave, audience), forms });
}

/// Books a superseded form as a duplicate instead of as used, and says so.
fn list_duplicate(duplicate: Superseded, ledgers: &mut [Ledger], found: &mut Diagnostics) -> Reject {
    let Superseded { read, kept: (kept_file, kept_line, kept_mode) } = duplicate;
    if let Some(ledger) = ledgers.iter_mut().find(|ledger| ledger.file == read.file) {
        ledger.rows.duplicates += 1;
        ledger.unbook(&read.form, read.cells);
    }
    let respondent = &read.form.respondent;
    let message = if read.mode == kept_mode {
        "the same respondent sent more than one form"
    } else {
        "the same respondent sent a form on paper and one online"
    };
    found.push(
        Diagnostic::warning("duplicate", Place::line(&read.file, read.line), message)
            .found(format!("respondent {respondent}"))
            .advice(format!("the latest complete form counts: {kept_file}, line {kept_line}; this one is listed in private/rejects.csv")),
    );
    Reject {
        file: read.file,
        line: read.line,
        column: String::new(),
        value: respondent.clone(),
        reason: format!("another form of the same respondent counts: {kept_file}, line {kept_line}"),
    }
}

fn read_invited(survey: &Survey, folder: &Path, wave: usize, input: &mut Input, found: &mut Diagnostics) {
    let Some(file) = &survey.waves[wave].population else { return };
    let Some(bytes) = bytes(folder, file).map_err(|problem| found.push(*problem)).ok() else { return };
    let decoded = match decode::decode(&bytes) {
        Ok(decoded) => decoded,
        Err(not_text) => {
            found.push(
                Diagnostic::error("unreadable", Place::file(file), not_text.message).advice(not_text.advice),
            );
            return;
        }
    };
    let population = population::read_population(survey, file, &decoded, found);
    let rows = decoded.text.lines().skip(1).filter(|line| !line.trim().is_empty()).count() as u64;
    input.files.push(FileRead { name: file.clone(), sha256: sha256(&bytes), rows: Some(rows) });
    input.populations[wave] = population;
}

/// Counts the numbers invited from a list, in place of those of a population file.
fn read_list(
    survey: &Survey,
    folder: &Path,
    (wave, audience): (usize, usize),
    input: &mut Input,
    found: &mut Diagnostics,
) {
    let Some(file) = &survey.waves[wave].invited[audience] else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let list = invited::read_list(survey, (wave, audience), file, decoded, found);
        let of_wave = |it: &&Responses| (it.wave, it.audience) == (wave, audience);
        if let Some(responses) = input.responses.iter().find(of_wave) {
            list.strangers(file, &responses.forms, found);
        }
        let label = &survey.audiences[audience].label;
        if !input.populations[wave].add(audience, &list.counts) {
            let message = format!("the population file counts {label} as well, who are on this list");
            found.push(
                Diagnostic::error("invited", Place::file(file), message)
                    .advice("delete their rows from the population file: the list says the same, and more"),
            );
        }
        list.rows as usize
    });
}

/// More forms than invitations: one of the two is wrong.
fn more_than_invited(survey: &Survey, wave: usize, input: &Input, found: &mut Diagnostics) {
    let population = &input.populations[wave];
    let list = |audience: usize| survey.waves[wave].invited[audience].as_ref();
    let Some(file) = survey.waves[wave].population.as_ref().or((0..survey.audiences.len()).find_map(list))
    else {
        return;
    };
    for responses in input.responses.iter().filter(|responses| responses.wave == wave) {
        let forms = responses.forms.len() as u64;
        if let Some(invited) = population.invited(responses.audience, Group::Everyone)
            && invited < forms
        {
            let label = &survey.audiences[responses.audience].label;
            found.push(
                Diagnostic::error(
                    "population",
                    Place::file(list(responses.audience).unwrap_or(file)),
                    format!("more {label} answered than were invited"),
                )
                .found(format!("{forms} forms, {invited} invited"))
                .advice("correct the number invited, or look for forms that do not belong to this wave"),
            );
        }
    }
}

/// What people wrote beside the answers, where they did: the list of actions and the commentary.
fn read_words(survey: &Survey, folder: &Path, input: &mut Input, found: &mut Diagnostics) {
    for name in [ACTIONS, COMMENTARY] {
        if !folder.join(name).exists() {
            continue;
        }
        let Some(bytes) = bytes(folder, name).map_err(|problem| found.push(*problem)).ok() else { continue };
        let mut rows = None;
        match decode::decode(&bytes) {
            Ok(decoded) if name == ACTIONS => {
                input.actions = actions::read_actions(survey, &decoded, found);
                rows = Some(input.actions.len() as u64);
            }
            Ok(decoded) => input.commentary = commentary::read_commentary(survey, &decoded.text, found),
            Err(not_text) => found.push(
                Diagnostic::error("unreadable", Place::file(name), not_text.message)
                    .advice("save it again as text in UTF-8, or take it away"),
            ),
        }
        input.files.push(FileRead { name: name.to_owned(), sha256: sha256(&bytes), rows });
    }
}

fn read_coded(survey: &Survey, folder: &Path, wave: usize, input: &mut Input, found: &mut Diagnostics) {
    let Some(file) = &survey.waves[wave].themes else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let themes = themes::read_themes(survey, wave, file, decoded, found);
        let rows = themes.rows.len();
        input.themes.push(themes);
        rows
    });
}

fn read_published(survey: &Survey, folder: &Path, wave: usize, input: &mut Input, found: &mut Diagnostics) {
    let Some(file) = &survey.waves[wave].published else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        let rows = published::read_published(survey, wave, file, decoded, found);
        let count = rows.len();
        input.published.extend(rows);
        count
    });
}

fn read_context(survey: &Survey, folder: &Path, input: &mut Input, found: &mut Diagnostics) {
    let Some(file) = &survey.context else { return };
    read_beside(folder, file, input, found, |input, decoded, found| {
        input.context = context::read_context(file, decoded, found);
        input.context.len()
    });
}

/// Reads a file that stands beside the exports; `read` says how many rows it holds.
fn read_beside(
    folder: &Path,
    file: &str,
    input: &mut Input,
    found: &mut Diagnostics,
    read: impl FnOnce(&mut Input, &decode::Decoded<'_>, &mut Diagnostics) -> usize,
) {
    let Some(bytes) = bytes(folder, file).map_err(|problem| found.push(*problem)).ok() else { return };
    match decode::decode(&bytes) {
        Ok(decoded) => {
            let rows = read(input, &decoded, found) as u64;
            input.files.push(FileRead { name: file.to_owned(), sha256: sha256(&bytes), rows: Some(rows) });
        }
        Err(not_text) => found.push(
            Diagnostic::error("unreadable", Place::file(file), not_text.message).advice(not_text.advice),
        ),
    }
}

/// The bytes of a file under the input folder, or why they cannot be had.
fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    fs::read(folder.join(name)).map_err(|error| Box::new(unreadable(folder, name, &error)))
}

fn unreadable(folder: &Path, name: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        let path = folder.join(name);
        let siblings: Vec<String> = path
            .parent()
            .and_then(|parent| fs::read_dir(parent).ok())
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let wanted = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Diagnostic::error("no-file", Place::file(name), "there is no such file")
            .nearest(nearest_within(0.8, &wanted, siblings.iter().map(String::as_str)))
            .advice("put the file there, or correct its name in survey.toml")
    } else {
        Diagnostic::error("no-file", Place::file(name), format!("the file cannot be read: {error}"))
            .advice("if it is open in another program, close it and run again")
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
