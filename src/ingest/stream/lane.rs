//! One block of a file on one thread: plain rows are counted as they stand, all others are put aside.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

use super::Consumer;
use super::cut::{line_ends, record_end, skip_line_ends};
use super::digits::{Digits, EIGHT};
use super::ends::Ends;
use super::plan::{Column, Items, Kind, Known, Plan, Step};
use super::texts::{Texts, hash};
use crate::ingest::ledger::Cells;
use crate::ingest::responses::Code;
use crate::survey::Answer;

/// A row that is to be read with care.
#[derive(Debug)]
pub(super) struct Aside {
    /// Line ends between where the block begins and where the row does.
    pub line: u64,
    /// Position among the rows of the block.
    pub row: u64,
    pub record: StringRecord,
}

/// What a block holds beside what was counted.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub lines: u64,
    pub aside: Vec<Aside>,
    /// Per plain row with a reference: its hash and the row's position.
    pub references: Vec<(u64, u64)>,
}

/// The account of plain rows.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub rows: u64,
    pub cells: Cells,
    /// Cells that hold the platform's word for a missing answer.
    pub missing: BTreeMap<&'static str, u64>,
    /// Columns that nothing explains: whether they hold answers, and anything else.
    pub unknown: BTreeMap<usize, (bool, bool)>,
    /// Cells of the shortest row.
    pub shortest: Option<usize>,
}

/// A thread's reading of plain rows.
pub(super) struct Lane<'p, C> {
    plan: Option<&'p Plan<'p>>,
    delimiter: u8,
    ends: Ends,
    digits: Option<Digits>,
    items: Texts<Code>,
    /// Per column that holds no answers.
    known: Vec<Texts<Known>>,
    pub plain: Plain,
    pub counts: C,
    // The row that is read.
    /// Answers of a run of columns: the first byte of each cell, where that is all that has to be known,
    /// and those that had to be read.
    cells: Vec<[u8; 2]>,
    others: Vec<(usize, Code)>,
    codes: Vec<Code>,
    groups: Vec<Option<usize>>,
    missing: Vec<&'static str>,
    unknown: Vec<(usize, Known)>,
}

/// A plain row: the first byte behind it, its cells, and the hash of its reference.
type Row = (usize, usize, Option<u64>);

impl<'p, C: Consumer> Lane<'p, C> {
    pub fn new(plan: Option<&'p Plan<'p>>, delimiter: u8, counts: C) -> Lane<'p, C> {
        let (items, breakdowns) = plan.map_or((0, 0), |plan| (plan.items, plan.breakdowns));
        let cells = plan.iter().flat_map(|plan| &plan.steps).filter(|step| matches!(step, Step::Cell(_)));
        Lane {
            plan,
            delimiter,
            ends: Ends::of(delimiter),
            digits: plan.map(|plan| Digits::of(plan, delimiter)),
            items: Texts::new(),
            known: cells.map(|_| Texts::new()).collect(),
            plain: Plain::default(),
            counts,
            cells: vec![[0; 2]; items + EIGHT / 2],
            others: Vec::new(),
            codes: vec![Code::from(Answer::Blank); items],
            groups: vec![None; breakdowns],
            missing: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Reads the rows of a block from byte `from` on.
    pub fn read(&mut self, text: &[u8], from: usize) -> Outcome {
        let mut out = Outcome::default();
        let mut aside = PutAside::default();
        self.ends = Ends::of(self.delimiter);
        let mut at = from;
        for row in 0.. {
            let (start, lines) = skip_line_ends(text, at);
            out.lines += lines;
            if start == text.len() {
                break;
            }
            if let Some((end, cells, reference)) = self.plan.and_then(|plan| self.row(plan, text, start)) {
                self.book(cells);
                out.references.extend(reference.map(|reference| (reference, row)));
                at = end;
            } else {
                at = record_end(text, start, self.delimiter);
                aside.put(&text[start..at], out.lines, row);
                out.lines += line_ends(&text[start..at]);
            }
        }
        out.aside = aside.records(self.delimiter);
        out
    }

    /// Reads a row up to its end, if it is plain.
    fn row(&mut self, plan: &Plan<'_>, text: &[u8], start: usize) -> Option<Row> {
        let delimiter = self.delimiter;
        let (mut at, mut reference, mut is_over) = (start, None, false);
        self.missing.clear();
        self.unknown.clear();
        for step in &plan.steps {
            match step {
                Step::Items(items) => (at, is_over) = self.answers(plan, items, text, (at, is_over))?,
                Step::Cell(column) => {
                    if is_over {
                        return None;
                    }
                    let (cell, end) = cell_end(text, at, &mut self.ends)?;
                    match column.kind {
                        Kind::Reference => reference = Some(hash(plan.reference(&text[cell])?)),
                        _ => self.cell(plan, *column, text, cell)?,
                    }
                    is_over = text.get(end) != Some(&delimiter);
                    at = if is_over { end } else { end + 1 };
                }
            }
        }
        let mut cells = plan.columns;
        while !is_over {
            // Beyond the header there may be empty cells only.
            cells += 1;
            match text.get(at) {
                Some(byte) if *byte == delimiter => at += 1,
                None | Some(b'\r' | b'\n') => is_over = true,
                Some(_) => return None,
            }
        }
        let says_something = reference.is_some()
            || self.groups.iter().any(Option::is_some)
            || self.codes.iter().any(|code| code.answer() != Some(Answer::Blank));
        (cells <= plan.most && says_something).then_some((at, cells, reference))
    }

    /// Reads answers in columns beside each other; where they end, and whether the row does.
    #[inline]
    fn answers(
        &mut self,
        plan: &Plan<'_>,
        items: &Items,
        text: &[u8],
        (mut at, mut is_over): (usize, bool),
    ) -> Option<(usize, bool)> {
        let Lane { delimiter, ends, digits: Some(digits), items: texts, cells, others, .. } = self else {
            return None;
        };
        others.clear();
        let (mut known, all) = (0, items.len());
        while known < all {
            if is_over {
                return None;
            }
            if let Some(eight) = text[at..].first_chunk::<EIGHT>() {
                cells[known..known + EIGHT / 2].as_flattened_mut().copy_from_slice(eight);
                let wrong = digits.wrong(eight);
                if known + EIGHT / 2 <= all && wrong == [0; EIGHT] {
                    // Where to go on does not depend on what was found, so it need not be waited for.
                    known += EIGHT / 2;
                    at += EIGHT;
                    continue;
                }
                let right = u128::from_le_bytes(wrong).trailing_zeros() as usize / 16;
                let right = right.min(all - known);
                known += right;
                at += 2 * right;
                if known == all {
                    continue;
                }
            }
            match text[at..] {
                [byte, ..] if digits.is_blank(byte) => {
                    cells[known][0] = byte;
                    at += 1;
                }
                [byte, b'\r' | b'\n', ..] if digits.is_answer(byte) => {
                    cells[known][0] = byte;
                    (at, is_over) = (at + 1, true);
                }
                _ => {
                    let (cell, end) = cell_end(text, at, ends)?;
                    let meaning = texts.meaning(text, cell, |text| plan.answer(text))?;
                    others.push((known, meaning.value));
                    self.missing.extend(meaning.missing);
                    is_over = text.get(end) != Some(delimiter);
                    at = if is_over { end } else { end + 1 };
                }
            }
            known += 1;
        }
        let read = cells.iter().map(|[byte, _]| digits.code(*byte));
        match items {
            Items::Run(run) => {
                self.codes[run.clone()].iter_mut().zip(read).for_each(|(code, read)| *code = read);
            }
            Items::Each(items) => items.iter().zip(read).for_each(|(item, read)| self.codes[*item] = read),
        }
        for (column, code) in others {
            self.codes[items.at(*column)] = *code;
        }
        Some((at, is_over))
    }

    #[inline]
    fn cell(&mut self, plan: &Plan<'_>, column: Column, text: &[u8], cell: Range<usize>) -> Option<()> {
        let position = column.position;
        let is_settled = || self.plain.unknown.get(&position).is_some_and(|(_, others)| *others);
        if column.is_skipped() || (column.kind == Kind::Unknown && is_settled()) {
            return Some(());
        }
        let meaning = self.known[column.place].meaning(text, cell, |text| plan.cell(column, text))?;
        self.missing.extend(meaning.missing);
        match (column.kind, meaning.value) {
            (Kind::Group(breakdown), Known::Group(group)) => self.groups[breakdown] = group,
            (Kind::Unknown, known) => self.unknown.push((position, known)),
            _ => {}
        }
        Some(())
    }

    /// Counts the row that was read.
    fn book(&mut self, cells: usize) {
        let (no_contact, blank) =
            (count(&self.codes, Answer::NoContact.into()), count(&self.codes, Answer::Blank.into()));
        let items = self.codes.len() as u64;
        let attributes = self.plan.map_or(0, |plan| plan.attributes);
        let booked = &mut self.plain.cells;
        booked.read += cells as u64;
        booked.scores += items - no_contact - blank;
        booked.no_contact += no_contact;
        booked.blank += blank;
        booked.attributes += attributes;
        booked.ignored += cells as u64 - items - attributes;
        self.plain.rows += 1;
        self.plain.shortest = Some(self.plain.shortest.map_or(cells, |shortest| shortest.min(cells)));
        for word in self.missing.drain(..) {
            *self.plain.missing.entry(word).or_default() += 1;
        }
        for (position, known) in self.unknown.drain(..) {
            let (answers, others) = self.plain.unknown.entry(position).or_default();
            *answers |= known == Known::Answer;
            *others |= known == Known::Other;
        }
        self.counts.count(&self.groups, &self.codes);
    }
}

/// Where a cell without its quotation marks stands, and the first byte behind it. `None` where only the
/// reader of records can tell.
#[inline]
fn cell_end(text: &[u8], at: usize, ends: &mut Ends) -> Option<(Range<usize>, usize)> {
    if text.get(at) == Some(&b'"') {
        let length = text[at + 1..].iter().position(|byte| matches!(byte, b'"' | b'\r' | b'\n'))?;
        let end = at + 1 + length;
        let is_whole = text[end] == b'"' && ends.next(text, end + 1) == end + 1;
        return is_whole.then_some((at + 1..end, end + 1));
    }
    let end = ends.next(text, at);
    Some((at..end, end))
}

/// How many codes are this one.
fn count(codes: &[Code], code: Code) -> u64 {
    // A byte holds the count of a part, so that many are compared at a time.
    let part = |codes: &[Code]| codes.iter().map(|it| u8::from(*it == code)).sum::<u8>();
    codes.chunks(128).map(|codes| u64::from(part(codes))).sum()
}

/// Rows as they were found, one behind the other.
#[derive(Debug, Default)]
pub(super) struct PutAside {
    text: Vec<u8>,
    rows: Vec<(u64, u64)>,
}

impl PutAside {
    pub fn put(&mut self, row: &[u8], line: u64, position: u64) {
        if !self.rows.is_empty() {
            self.text.push(b'\n');
        }
        self.text.extend_from_slice(row);
        self.rows.push((line, position));
    }

    pub fn records(self, delimiter: u8) -> Vec<Aside> {
        if self.rows.is_empty() {
            // Making a reader takes a while.
            return Vec::new();
        }
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(self.text.as_slice());
        // The text is valid and lies in memory, so that reading a record cannot fail.
        let records = reader.into_records().map_while(Result::ok);
        let aside = |((line, row), record)| Aside { line, row, record };
        self.rows.into_iter().zip(records).map(aside).collect()
    }
}
