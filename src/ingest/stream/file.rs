//! One file of text: its header, its rows block by block, and a second look at some of them.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use super::Consumer;
use super::blocks::{Block, Blocks, Trouble};
use super::cut::{line_ends, record_end, skip_line_ends};
use super::lane::{Aside, Lane, PutAside};
use super::order::{Ordered, Work};
use super::places::{Reference, RowAt};
use super::plan::Plan;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::ingest::columns::{Columns, columns};
use crate::ingest::contents::Contents;
use crate::ingest::corrections::Correction;
use crate::ingest::decode::{Decoded, Delimiter, NotText};
use crate::ingest::duplicates::Read;
use crate::ingest::files::{Unread, unreadable};
use crate::ingest::forms::{FileForms, Reading, platform};
use crate::ingest::layout::Layout;
use crate::ingest::limits::Extent;
use crate::ingest::parquet::{COLUMNS, PARQUET, is_parquet};
use crate::ingest::records::records;
use crate::progress::Watched;
use crate::survey::{AnswerFile, Survey};

/// Rows that belong to a header at most.
const HEAD: usize = 3;

/// Everything that reading a file starts from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'a> {
    pub survey: &'a Survey,
    pub folder: Watched<'a>,
    pub wave: usize,
    pub audience: usize,
    pub answers: &'a AnswerFile,
    /// Which file of the audience it is, of those that could be read.
    pub number: usize,
    pub corrections: &'a [Correction],
    /// Bytes that are read at a time.
    pub block: u64,
}

/// What a file gave.
pub(super) struct FileCounted<C> {
    pub counts: C,
    /// One per form with a reference.
    pub references: Vec<Reference>,
    pub out: FileForms,
    pub again: Again,
}

/// What a second look at a file needs.
#[derive(Debug)]
pub(super) struct Again {
    head: Head,
    assumed: Assumed,
    most: usize,
    /// Line on which each block begins.
    lines: Vec<u64>,
}

/// What can only be known at the end of a file is assumed at its beginning.
#[derive(Clone, Copy, Debug)]
struct Assumed {
    is_utf_8: bool,
    /// Cells of the shortest row.
    shortest: Option<usize>,
    /// Every row is read with care.
    with_care: bool,
}

/// The header of a file.
#[derive(Debug)]
struct Head {
    contents: Contents,
    layout: Layout,
    columns: Columns,
    /// First byte behind the header.
    end: usize,
}

/// Why an attempt at a file came to nothing.
enum Failed {
    /// What was assumed was wrong.
    Assumed(Assumed),
    Said(Box<Diagnostic>),
}

/// Counts one file.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn count<C: Consumer>(
    task: Task<'_>,
    counter: &(impl Fn() -> C + Sync),
    found: &mut Diagnostics,
) -> Result<FileCounted<C>, Box<Diagnostic>> {
    let mut assumed = Assumed { is_utf_8: true, shortest: None, with_care: false };
    let before = task.folder.mark();
    loop {
        let mut own = Diagnostics::default();
        match attempt(task, assumed, counter, &mut own) {
            Ok(counted) => {
                found.extend(own);
                return Ok(counted);
            }
            Err(Failed::Assumed(other)) => {
                task.folder.back_to(before);
                assumed = other;
            }
            Err(Failed::Said(diagnostic)) => return Err(diagnostic),
        }
    }
}

fn attempt<C: Consumer>(
    task: Task<'_>,
    assumed: Assumed,
    counter: &(impl Fn() -> C + Sync),
    found: &mut Diagnostics,
) -> Result<FileCounted<C>, Failed> {
    let Task { survey, folder, wave, audience, answers, corrections, .. } = task;
    let failed = |trouble| task.failed(trouble, assumed);
    let path = folder.path.join(&answers.file);
    let mut blocks = Blocks::open(&path, task.block, assumed.is_utf_8).map_err(failed)?;
    let first = blocks.next(Vec::new()).map_err(failed)?.unwrap_or_default();
    let head = match Head::of(task, &blocks, &first, found) {
        Ok(head) => head,
        Err(problem) => {
            // Of a file that is not readable as a whole nothing else is said.
            while blocks.next(Vec::new()).map_err(failed)?.is_some() {}
            return Err(Failed::Said(problem));
        }
    };
    let shape = (&head.contents, &head.columns, &head.layout);
    let mut reading = Reading::of(survey, (wave, audience), answers, shape, corrections, found);
    let delimiter = blocks.delimiter.byte();
    let headers = head.columns.headers.len();
    let begin = head.end;
    let shortest = assumed.shortest.unwrap_or_else(|| shortest(&first.text[begin..], delimiter, headers));
    reading.most = headers.max(shortest);
    let plan = if assumed.with_care { None } else { Plan::of(&reading) };
    let most = reading.most;
    let ordered = Ordered::of(reading, counter(), task.number, 1 + line_ends(&first.text[..begin]));
    let threads = if blocks.is_over() { 1 } else { rayon::current_num_threads() };
    let work = Work::of((blocks, first), ordered, begin, folder);
    let lane = || Lane::new(plan.as_ref(), delimiter, counter());
    let lanes = work.run(threads, lane).map_err(failed)?;
    let (blocks, mut ordered) = work.done();
    for lane in lanes {
        ordered.book(lane.plain);
        ordered.counts.add(lane.counts);
    }
    let Ordered { reading, counts, references, lines, shortest, longest, .. } = ordered;
    Extent { rows: 1, columns: headers.max(longest) as u64 }.check().map_err(|it| failed(it.into()))?;
    let shortest = shortest.unwrap_or_default();
    if headers.max(shortest) != most {
        return Err(Failed::Assumed(Assumed { shortest: Some(shortest), ..assumed }));
    }
    if reading.replay.is_waiting() && !assumed.with_care {
        // What is said of it names the nearest of all references.
        return Err(Failed::Assumed(Assumed { with_care: true, ..assumed }));
    }
    let mut out = reading.finish();
    out.ledger.sha256 = blocks.sha256();
    out.ledger.answers.clear();
    let again = Again { head, assumed, most, lines };
    Ok(FileCounted { counts, references, out, again })
}

impl Task<'_> {
    fn failed(self, trouble: Trouble, assumed: Assumed) -> Failed {
        let file = &self.answers.file;
        Failed::Said(Box::new(match trouble {
            Trouble::NotUtf8 => return Failed::Assumed(Assumed { is_utf_8: false, ..assumed }),
            Trouble::Unread(Unread::Failed(error)) if error.kind() != ErrorKind::Interrupted => {
                unreadable(self.folder.path, file, &error)
            }
            Trouble::Unread(other) => other.diagnostic(file),
            Trouble::NotText(NotText { message, advice }) => {
                Diagnostic::error("unreadable", Place::file(file), message).advice(advice)
            }
        }))
    }
}

impl Head {
    fn of(
        task: Task<'_>,
        blocks: &Blocks<'_>,
        first: &Block,
        found: &mut Diagnostics,
    ) -> Result<Head, Box<Diagnostic>> {
        let Task { survey, wave, audience, answers, .. } = task;
        let (encoding, delimiter) = (blocks.encoding.name(), blocks.delimiter);
        let is_typed = is_parquet(&answers.file);
        let text = String::from_utf8_lossy(&first.text);
        let top = Decoded { text, encoding, delimiter };
        let contents = Contents {
            encoding: if is_typed { PARQUET } else { encoding },
            delimiter: if is_typed { COLUMNS } else { delimiter.name() }.to_owned(),
            rows: records(&top).take(HEAD).collect(),
            has_dates: is_typed,
            is_tabbed_utf_16: encoding.starts_with("UTF-16") && delimiter == Delimiter::Tab,
        };
        let platform = platform(survey, wave, answers.mode);
        let (layout, below) = Layout::open(&answers.file, &contents, platform)?;
        let mut end = 0;
        for _ in below.len()..contents.rows.len() {
            end = record_end(&first.text, skip_line_ends(&first.text, end).0, delimiter.byte());
        }
        let columns = columns(survey, (wave, audience), &answers.file, &layout, found);
        Ok(Head { contents, layout, columns, end })
    }
}

/// Cells of the shortest of some rows, or of the first that has as few as `enough`.
fn shortest(text: &[u8], delimiter: u8, enough: usize) -> usize {
    let (mut at, mut shortest) = (0, None);
    loop {
        let start = skip_line_ends(text, at).0;
        if start == text.len() || shortest.is_some_and(|cells| cells <= enough) {
            return shortest.unwrap_or_default();
        }
        at = record_end(text, start, delimiter);
        let mut aside = PutAside::default();
        aside.put(&text[start..at], 0, 0);
        let cells = aside.records(delimiter).iter().map(|it| it.record.len()).min();
        shortest = shortest.into_iter().chain(cells).min();
    }
}

impl Again {
    /// Some rows of the file once more, as forms.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub fn forms(&self, task: Task<'_>, wanted: &BTreeSet<RowAt>) -> Result<Vec<Read>, Box<Diagnostic>> {
        let Task { survey, folder, wave, audience, answers, corrections, .. } = task;
        let failed = |trouble| match task.failed(trouble, self.assumed) {
            Failed::Said(diagnostic) => diagnostic,
            Failed::Assumed(_) => Box::new(Unread::Changed.diagnostic(&answers.file)),
        };
        let Head { contents, columns, layout, end } = &self.head;
        // All of it was said at the first look.
        let mut said = Diagnostics::default();
        let shape = (contents, columns, layout);
        let mut reading = Reading::of(survey, (wave, audience), answers, shape, corrections, &mut said);
        reading.most = self.most;
        let path = folder.path.join(&answers.file);
        let mut blocks = Blocks::open_again(&path, task.block, self.assumed.is_utf_8).map_err(failed)?;
        folder.expect(blocks.size());
        while let Some(Block { index, text, bytes }) = blocks.next(Vec::new()).map_err(failed)? {
            folder.done(bytes, 0);
            let rows: BTreeSet<u64> = wanted.range((index, 0)..(index + 1, 0)).map(|(_, row)| *row).collect();
            let Some(first) = self.lines.get(index).filter(|_| !rows.is_empty()) else { continue };
            let (mut at, mut line) = (if index == 0 { *end } else { 0 }, *first);
            let mut aside = PutAside::default();
            for row in 0..=rows.last().copied().unwrap_or_default() {
                let (start, lines) = skip_line_ends(&text, at);
                line += lines;
                at = record_end(&text, start, blocks.delimiter.byte());
                if rows.contains(&row) {
                    aside.put(&text[start..at], line, row);
                }
                line += line_ends(&text[start..at]);
            }
            for Aside { line, record, .. } in aside.records(blocks.delimiter.byte()) {
                reading.row(line, &record);
            }
        }
        Ok(reading.finish().forms)
    }
}
