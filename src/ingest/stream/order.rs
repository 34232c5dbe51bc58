//! The blocks of a file on several threads. What they put aside is read in the order of the file, so
//! that messages do not depend on which thread was faster.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Consumer;
use super::blocks::{Block, Blocks, Trouble};
use super::lane::{Aside, Lane, Outcome, Plain};
use super::places::{Reference, packed};
use super::texts::hash;
use crate::ingest::forms::Reading;
use crate::progress::Watched;

/// A file between the threads that read it.
pub(super) struct Work<'p, 'a, C> {
    /// With a block that is read already.
    blocks: Mutex<(Blocks<'p>, Option<Block>)>,
    ordered: Mutex<Ordered<'a, C>>,
    /// First byte of the first block behind the header.
    begin: usize,
    folder: Watched<'p>,
}

impl<'p, 'a, C: Consumer> Work<'p, 'a, C> {
    pub fn of(
        (blocks, first): (Blocks<'p>, Block),
        ordered: Ordered<'a, C>,
        begin: usize,
        folder: Watched<'p>,
    ) -> Work<'p, 'a, C> {
        Work { blocks: Mutex::new((blocks, Some(first))), ordered: Mutex::new(ordered), begin, folder }
    }

    /// What there is when all threads have ended.
    pub fn done(self) -> (Blocks<'p>, Ordered<'a, C>) {
        let (blocks, _) = self.blocks.into_inner().unwrap_or_else(PoisonError::into_inner);
        (blocks, self.ordered.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads all blocks, each thread in a lane of its own.
    pub fn run<'l>(
        &self,
        threads: usize,
        lane: impl Fn() -> Lane<'l, C> + Sync,
    ) -> Result<Vec<Lane<'l, C>>, Trouble> {
        let one = || {
            let (mut lane, mut room) = (lane(), Vec::new());
            while let Some(block) = self.next(room)? {
                let plain = lane.plain.rows;
                let outcome = lane.read(&block.text, if block.index == 0 { self.begin } else { 0 });
                self.folder.done(block.bytes, lane.plain.rows - plain + outcome.aside.len() as u64);
                locked(&self.ordered).deliver(block.index, outcome);
                room = block.text;
            }
            Ok(lane)
        };
        if threads == 1 {
            return Ok(vec![one()?]);
        }
        std::thread::scope(|scope| {
            let lanes: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
            let joined = lanes.into_iter().map(|lane| lane.join());
            joined.map(|lane| lane.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
        })
    }

    fn next(&self, room: Vec<u8>) -> Result<Option<Block>, Trouble> {
        let (blocks, first) = &mut *locked(&self.blocks);
        first.take().map_or_else(|| blocks.next(room), |first| Ok(Some(first)))
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is done in the order of the file.
pub(super) struct Ordered<'a, C> {
    pub reading: Reading<'a>,
    pub counts: C,
    /// The number of the file.
    file: usize,
    /// The block whose turn it is, and the line on which it begins.
    next: usize,
    line: u64,
    /// Blocks that came too early.
    pending: BTreeMap<usize, Outcome>,
    pub references: Vec<Reference>,
    pub lines: Vec<u64>,
    pub shortest: Option<usize>,
    pub longest: usize,
}

impl<'a, C: Consumer> Ordered<'a, C> {
    /// Before the first block of the file with this number, whose rows begin on this line.
    pub fn of(reading: Reading<'a>, counts: C, file: usize, line: u64) -> Ordered<'a, C> {
        Ordered {
            reading,
            counts,
            file,
            next: 0,
            line,
            pending: BTreeMap::new(),
            references: Vec::new(),
            lines: Vec::new(),
            shortest: None,
            longest: 0,
        }
    }

    fn deliver(&mut self, block: usize, outcome: Outcome) {
        self.pending.insert(block, outcome);
        while let Some(outcome) = self.pending.remove(&self.next) {
            self.take(outcome);
        }
    }

    fn take(&mut self, outcome: Outcome) {
        let (file, block) = (self.file, self.next);
        self.lines.push(self.line);
        for Aside { line, row, record } in outcome.aside {
            self.shorter(record.len());
            self.longest = self.longest.max(record.len());
            self.reading.row(self.line + line, &record);
            for read in self.reading.out.forms.drain(..) {
                let form = read.form;
                self.counts.count(&form.groups, &form.codes);
                if !form.respondent.is_empty() {
                    self.references.push((hash(form.respondent.as_bytes()), packed(file, (block, row))));
                }
            }
        }
        let at = |(hash, row)| (hash, packed(file, (block, row)));
        self.references.extend(outcome.references.into_iter().map(at));
        self.line += outcome.lines;
        self.next += 1;
    }

    fn shorter(&mut self, cells: usize) {
        self.shortest = Some(self.shortest.map_or(cells, |shortest| shortest.min(cells)));
    }

    /// Books plain rows as those read with care are.
    pub fn book(&mut self, plain: Plain) {
        plain.shortest.into_iter().for_each(|cells| self.shorter(cells));
        let reading = &mut self.reading;
        let ledger = &mut reading.out.ledger;
        ledger.rows.read += plain.rows;
        ledger.cells.read += plain.cells.read;
        ledger.cells.scores += plain.cells.scores;
        ledger.cells.no_contact += plain.cells.no_contact;
        ledger.cells.blank += plain.cells.blank;
        ledger.cells.attributes += plain.cells.attributes;
        ledger.cells.ignored += plain.cells.ignored;
        for (word, cells) in plain.missing {
            *reading.missing.entry(word).or_default() += cells;
        }
        for (column, (answers, others)) in plain.unknown {
            reading.suspects.note(column, answers, others);
        }
    }
}
