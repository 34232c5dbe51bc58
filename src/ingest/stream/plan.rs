//! What a plain row of a file looks like: what each column holds, and what its texts mean. Whatever a
//! plan does not understand is no plain row, and is read with care.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::texts::Meaning;
use crate::ingest::cells::is_sound_date;
use crate::ingest::columns::{Columns, Role};
use crate::ingest::forms::Reading;
use crate::ingest::layout::Layout;
use crate::ingest::responses::Code;
use crate::ingest::set_aside::SetAside;
use crate::survey::{Answer, Survey};

/// The columns of a file from left to right.
#[derive(Debug)]
pub(super) enum Step {
    /// Columns beside each other that hold answers.
    Items(Items),
    Cell(Column),
}

/// The items that are answered in columns beside each other.
#[derive(Debug)]
pub(super) enum Items {
    /// One behind the other.
    Run(Range<usize>),
    Each(Vec<usize>),
}

/// A column that holds no answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Which of these columns it is.
    pub place: usize,
    pub position: usize,
    pub kind: Kind,
    /// Whether it has a say in whether the form counts.
    signs: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nobody reads it.
    Skipped,
    Reference,
    Group(usize),
    Date,
    /// Says something about the respondent that is not counted.
    Attribute,
    /// Nothing in the definition explains it.
    Unknown,
}

/// What a text in a column that holds no answers means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    Fine,
    Group(Option<usize>),
    /// In a column that nothing explains: nothing, an answer, something else.
    Nothing,
    Answer,
    Other,
}

/// Bytes that a reference may hold to stand as it is.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':' | b'/');
        byte += 1;
    }
    plain
};

/// What plain rows of a file hold.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    survey: &'a Survey,
    wave: usize,
    has_dates: bool,
    layout: &'a Layout,
    groups: Vec<BTreeMap<String, usize>>,
    set_aside: SetAside,
    /// Whose forms are corrected.
    corrected: BTreeSet<&'a [u8]>,
    pub steps: Vec<Step>,
    /// Columns, and cells that a row may have.
    pub columns: usize,
    pub most: usize,
    pub items: usize,
    pub breakdowns: usize,
    /// Cells of a row that say something about the respondent.
    pub attributes: u64,
}

impl<'a> Plan<'a> {
    /// The plan of a file; `None` where every row has to be read with care.
    pub fn of(reading: &Reading<'a>) -> Option<Plan<'a>> {
        let Reading { survey, wave, has_dates, columns, layout, set_aside, replay, reference, .. } = reading;
        let signs = set_aside.positions();
        let is_simple = |(position, role): (usize, &Role)| {
            !(matches!(role, Role::Item(_) | Role::Respondent) && signs.contains(&position))
        };
        let is_clear = is_each_once(columns)
            && columns.matched_items() == columns.items.len()
            && columns.roles.iter().enumerate().all(is_simple)
            && (replay.is_empty() || reference.is_some());
        if !is_clear {
            return None;
        }
        let (mut steps, mut place) = (Vec::new(), 0);
        for (position, role) in columns.roles.iter().enumerate() {
            let signs = signs.contains(&position);
            let kind = match *role {
                Role::Item(item) => {
                    match steps.last_mut() {
                        Some(Step::Items(items)) => items.push(item),
                        _ => steps.push(Step::Items(Items::Run(item..item + 1))),
                    }
                    continue;
                }
                Role::Respondent => Kind::Reference,
                Role::Breakdown(breakdown) => Kind::Group(breakdown),
                Role::Submitted => Kind::Date,
                Role::Link | Role::Sign if signs || !layout.platform.missing.is_empty() => Kind::Attribute,
                Role::Unknown => Kind::Unknown,
                Role::Link | Role::Sign | Role::Ignored => Kind::Skipped,
            };
            steps.push(Step::Cell(Column { place, position, kind, signs }));
            place += 1;
        }
        Some(Plan {
            survey,
            wave: *wave,
            has_dates: *has_dates,
            layout,
            groups: reading.groups.clone(),
            set_aside: set_aside.clone(),
            corrected: replay.respondents().map(str::as_bytes).collect(),
            steps,
            columns: columns.headers.len(),
            most: reading.most,
            items: columns.items.len(),
            breakdowns: reading.groups.len(),
            attributes: columns.attributes() as u64,
        })
    }

    /// What a text in a column of answers means.
    pub fn answer(&self, text: &str) -> Option<Meaning<Code>> {
        let (cell, missing) = self.layout.cell(text);
        self.survey
            .scale_of(self.wave)
            .read(&cell)
            .map(|answer| Meaning { value: Code::from(answer), missing })
    }

    /// What a text in another column means.
    pub fn cell(&self, column: Column, text: &str) -> Option<Meaning<Known>> {
        let Column { position, kind, signs, .. } = column;
        let (cell, missing) = match kind {
            Kind::Skipped => ("".into(), None),
            Kind::Unknown => (self.layout.cell(text).0, None),
            _ => self.layout.cell(text),
        };
        let cell = cell.trim();
        if signs && !self.set_aside.counts(position, cell) {
            return None;
        }
        let value = match kind {
            Kind::Skipped | Kind::Attribute => Known::Fine,
            Kind::Date if is_sound_date(&self.survey.waves[self.wave], self.has_dates, cell) => Known::Fine,
            Kind::Date | Kind::Reference => return None,
            Kind::Group(_) if cell.is_empty() => Known::Group(None),
            Kind::Group(breakdown) => {
                Known::Group(Some(*self.groups[breakdown].get(&crate::survey::fold(cell))?))
            }
            Kind::Unknown => match self.survey.scale_of(self.wave).read(cell) {
                Some(Answer::Blank) => Known::Nothing,
                Some(_) => Known::Answer,
                None => Known::Other,
            },
        };
        Some(Meaning { value, missing })
    }

    /// A reference that stands in its cell as it is, of a form that nobody corrects.
    pub fn reference<'c>(&self, cell: &'c [u8]) -> Option<&'c [u8]> {
        let cell = cell.trim_ascii();
        let is_word = |word: &&str| word.as_bytes().eq_ignore_ascii_case(cell);
        let is_plain = |byte: &u8| PLAIN[usize::from(*byte)];
        let is_as_it_is = !cell.is_empty()
            && cell.iter().all(is_plain)
            && !self.layout.platform.missing.iter().any(is_word)
            && !self.corrected.contains(cell);
        is_as_it_is.then_some(cell)
    }
}

impl Items {
    fn push(&mut self, item: usize) {
        match self {
            Items::Run(run) if run.end == item => run.end += 1,
            Items::Run(run) => *self = Items::Each(run.clone().chain([item]).collect()),
            Items::Each(items) => items.push(item),
        }
    }

    pub fn len(&self) -> usize {
        match self {
            Items::Run(run) => run.len(),
            Items::Each(items) => items.len(),
        }
    }

    /// The item that is answered in one of the columns.
    pub fn at(&self, column: usize) -> usize {
        match self {
            Items::Run(run) => run.start + column,
            Items::Each(items) => items[column],
        }
    }
}

impl Column {
    /// Whether what stands in it makes no difference.
    pub fn is_skipped(self) -> bool {
        self.kind == Kind::Skipped && !self.signs
    }
}

/// Of two columns with the same thing the definition knows only one; the other is an error.
fn is_each_once(columns: &Columns) -> bool {
    let roles = &columns.roles;
    let is_single = |role: &Role| !matches!(role, Role::Sign | Role::Ignored | Role::Unknown);
    roles.iter().enumerate().all(|(at, role)| !is_single(role) || !roles[..at].contains(role))
}
