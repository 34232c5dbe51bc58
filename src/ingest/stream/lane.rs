//! One block of a file on one thread: plain rows are counted as they stand, all others are put aside.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord};

use super::cut::{line_ends, record_end, skip_line_ends};
use super::plan::{Column, Kind, Known, Plan, Step};
use super::texts::{Texts, hash};
use super::{Consumer, cell_end};
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
    items: Texts<Code>,
    /// Per column.
    known: Vec<Texts<Known>>,
    pub plain: Plain,
    pub counts: C,
    // The row that is read.
    codes: Vec<Code>,
    groups: Vec<Option<usize>>,
    missing: Vec<&'static str>,
    unknown: Vec<(usize, Known)>,
}

/// A plain row: the first byte behind it, its cells, and the hash of its reference.
type Row = (usize, usize, Option<u64>);

impl<'p, C: Consumer> Lane<'p, C> {
    pub fn new(plan: Option<&'p Plan<'p>>, delimiter: u8, counts: C) -> Lane<'p, C> {
        let (columns, items, breakdowns) =
            plan.map_or((0, 0, 0), |plan| (plan.columns, plan.items, plan.breakdowns));
        Lane {
            plan,
            delimiter,
            items: Texts::new(),
            known: vec![Texts::new(); columns],
            plain: Plain::default(),
            counts,
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
                Step::Items(items) => {
                    let mut items = items.as_slice();
                    while let Some((&item, behind)) = items.split_first() {
                        let known = self.bytes(items, &text[at..]);
                        if known > 0 {
                            at += 2 * known;
                            items = &items[known..];
                            continue;
                        }
                        items = behind;
                        if is_over {
                            return None;
                        }
                        let (cell, end) = cell_end(text, at, delimiter)?;
                        let meaning = self.items.meaning(cell, |text| plan.answer(text))?;
                        self.codes[item] = meaning.value;
                        self.missing.extend(meaning.missing);
                        is_over = text.get(end) != Some(&delimiter);
                        at = if is_over { end } else { end + 1 };
                    }
                }
                Step::Cell(column) => {
                    if is_over {
                        return None;
                    }
                    let (cell, end) = cell_end(text, at, delimiter)?;
                    match column.kind {
                        Kind::Reference => reference = Some(hash(plan.reference(cell)?)),
                        _ => self.cell(plan, *column, cell)?,
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

    /// Reads as many answers as begin the text one behind the other, each a single byte that is known,
    /// eight at most; how many.
    #[inline]
    fn bytes(&mut self, items: &[usize], text: &[u8]) -> usize {
        const EVERY: u128 = 0x0001_0001_0001_0001_0001_0001_0001_0001;
        let Some(cells) = text.first_chunk::<16>() else { return 0 };
        // Every other byte has to end a cell.
        let ends = u128::from_le_bytes(*cells) >> 8 & (EVERY * 0xFF);
        let wrong = ends ^ (EVERY * u128::from(self.delimiter));
        let cells = cells.as_chunks::<2>().0.iter().take(wrong.trailing_zeros() as usize / 16);
        let mut known = 0;
        for (item, [byte, _]) in items.iter().zip(cells) {
            let Some(code) = self.items.byte(*byte) else { break };
            self.codes[*item] = code;
            known += 1;
        }
        known
    }

    fn cell(&mut self, plan: &Plan<'_>, column: Column, cell: &[u8]) -> Option<()> {
        let position = column.position;
        let is_settled = || self.plain.unknown.get(&position).is_some_and(|(_, others)| *others);
        if column.is_skipped() || (column.kind == Kind::Unknown && is_settled()) {
            return Some(());
        }
        let meaning = self.known[position].meaning(cell, |text| plan.cell(column, text))?;
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
