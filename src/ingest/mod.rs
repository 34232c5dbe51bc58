//! From files to answers: every row accounted for, every problem located.

mod actions;
mod answers_read;
mod audience;
mod beside;
mod cells;
mod columns;
mod commentary;
mod contents;
mod context;
mod corrections;
mod cost;
mod councils;
mod decode;
mod duplicates;
mod excerpt;
mod extent;
mod files;
mod forms;
mod heading;
mod invited;
mod layout;
mod ledger;
mod limits;
mod misnamed;
mod missing;
mod parquet;
mod patterns;
mod personal;
mod platform;
mod platforms;
mod population;
mod published;
mod ragged;
mod records;
mod released;
mod replay;
mod responses;
mod row_labels;
mod same_things;
mod set_aside;
mod spreadsheet;
mod strangers;
mod stream;
mod sums;
mod sums_checked;
mod suspects;
mod suspicious;
mod themes;

use std::path::Path;

use rayon::prelude::*;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::progress::Watched;
use crate::survey::{DEFINITION, Publication, Survey};
use files::{bytes, is_large, size};

pub use actions::{ACTIONS, Action};
pub use answers_read::{ColumnRead, TextRead};
pub use columns::{Holds, SourceColumn};
pub use commentary::{About, COMMENTARY, Comment, Note, Words};
pub(crate) use contents::Contents;
pub use context::ContextRow;
pub use corrections::{CORRECTIONS, Correction};
pub use councils::OtherCouncil;
pub use files::{FileRead, sha256};
pub(crate) use files::{Unread, read_file};
pub(crate) use layout::{ColumnKind, Layout, number_of, without_number};
pub use ledger::{Cells, Ledger, Reject, Rows};
pub(crate) use patterns::stands_for;
pub(crate) use personal::may_name_people;
pub use population::Population;
pub use published::PublishedRow;
pub use released::{EarlierFigure, EarlierRelease, EarlierStatus, EarlierValue, RESULTS};
pub use replay::Corrected;
pub use responses::{Code, Form, Responses};
pub use same_things::{Matched, Same, SharedMean};
pub(crate) use set_aside::SetAside;
pub(crate) use spreadsheet::path_and_sheet;
#[cfg(test)]
pub(crate) use stream::stream_in_blocks;
pub use stream::{Consumer, stream};
pub use sums::{SumRow, SumRows};
pub use suspicious::{Pattern, Suspicious};
pub use themes::{Theme, ThemeRow, ThemeRows, Told};

/// Everything that the input folder holds, read and accounted for.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// One per audience and wave that has files, in the order of waves and audiences.
    pub responses: Vec<Responses>,
    /// In the place of responses, where sums were added up elsewhere.
    pub sums: Vec<SumRows>,
    /// One per wave.
    pub populations: Vec<Population>,
    /// One per wave with a file of coded themes.
    pub themes: Vec<ThemeRows>,
    /// Averages as a paper printed them, of any wave.
    pub published: Vec<PublishedRow>,
    /// What other councils shared.
    pub councils: Vec<OtherCouncil>,
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
    /// Adds what was read of an audience in a wave.
    fn add(&mut self, part: Input) {
        self.responses.extend(part.responses);
        self.files.extend(part.files);
        self.rejects.extend(part.rejects);
        self.rejects.sort();
        self.corrected.extend(part.corrected);
        self.proposed.extend(part.proposed);
        self.columns.extend(part.columns);
        self.ledgers.extend(part.ledgers);
        self.suspicious.extend(part.suspicious);
    }

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
            sums: self.sums.clone(),
            populations: populations.collect(),
            themes: self.themes.clone(),
            published: self.published.clone(),
            councils: self.councils.clone(),
            released: self.released.clone(),
            ..Input::default()
        }
    }
}

/// Reads the definition of an input folder; files that it names by a pattern are those that are there.
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
    let mut survey = crate::survey::read(&bytes)?;
    patterns::expand(&mut survey, folder);
    Ok((survey, FileRead { name: DEFINITION.to_owned(), sha256: sha256(&bytes), rows: None }))
}

/// Reads the files of the given waves. Problems go to `found`; with errors among them the input is
/// incomplete and must not be used.
pub fn read<'f>(
    survey: &Survey,
    folder: impl Into<Watched<'f>>,
    waves: &[usize],
    found: &mut Diagnostics,
) -> Input {
    read_with(survey, folder.into(), waves, found, |_| false, |_, _, _, _| {})
}

/// Reads the files of the given waves, as [`read`] does; but what an audience answered in a wave is only
/// counted, by a consumer that `counter` makes, where its files are too large for every form to be kept.
pub fn read_any<'f, C: Consumer>(
    survey: &Survey,
    folder: impl Into<Watched<'f>>,
    waves: &[usize],
    found: &mut Diagnostics,
    counter: impl Fn(usize, usize) -> C + Sync,
) -> (Input, Vec<C>) {
    let (folder, mut counted) = (folder.into(), Vec::new());
    let is_large = |at| is_large(survey, folder.path, at);
    let input = read_with(survey, folder, waves, found, is_large, |at, corrections, input, found| {
        counted.push(stream::count_large(survey, folder, at, corrections, &counter, input, found));
    });
    (input, counted)
}

/// Reads everything: what each audience answered in each wave beside all others, but what `is_streamed`
/// one after the other by `stream`, which has use for all cores.
fn read_with(
    survey: &Survey,
    watched: Watched<'_>,
    waves: &[usize],
    found: &mut Diagnostics,
    is_streamed: impl Fn((usize, usize)) -> bool + Sync,
    mut stream: impl FnMut((usize, usize), &[Correction], &mut Input, &mut Diagnostics),
) -> Input {
    let mut input =
        Input { populations: vec![Population::default(); survey.waves.len()], ..Input::default() };
    let folder = watched.path;
    let files = waves.iter().flat_map(|wave| survey.waves[*wave].files.iter().flatten());
    watched.expect(files.map(|answers| size(folder, &answers.file)).sum());
    let corrections = corrections::read_corrections(survey, folder, found);
    sums::read_sums(survey, folder, waves, &mut input, found);
    let audiences =
        |wave: usize| (0..survey.audiences.len()).filter(move |_| survey.waves[wave].sums.is_none());
    let places: Vec<(usize, usize)> =
        waves.iter().flat_map(|&wave| audiences(wave).map(move |audience| (wave, audience))).collect();
    let read = places.into_par_iter().map(|at| {
        let read =
            (!is_streamed(at)).then(|| audience::read_audience(survey, watched, at, &corrections.list));
        (at, read)
    });
    let mut read = read.collect::<Vec<_>>().into_iter().peekable();
    for &wave in waves {
        while let Some((at, read)) = read.next_if(|((of, _), _)| *of == wave) {
            match read {
                Some((part, told)) => {
                    input.add(part);
                    found.extend(told);
                }
                None => stream(at, &corrections.list, &mut input, found),
            }
        }
        beside::read_invited(survey, folder, wave, &mut input, found);
        for audience in 0..survey.audiences.len() {
            beside::read_list(survey, folder, (wave, audience), &mut input, found);
        }
        beside::more_than_invited(survey, wave, &input, found);
        beside::read_coded(survey, folder, wave, &mut input, found);
        beside::read_published(survey, folder, wave, &mut input, found);
    }
    input.files.extend(corrections.read);
    beside::read_context(survey, folder, &mut input, found);
    if let Some(latest) = waves.last() {
        councils::read_councils(survey, folder, *latest, &mut input, found);
    }
    released::read_released(survey, folder, waves, &mut input, found);
    beside::read_words(survey, folder, &mut input, found);
    cost::say_cost(survey, folder, &input, found);
    found.sort();
    watched.over();
    input
}
