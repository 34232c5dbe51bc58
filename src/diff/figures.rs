//! Published figures side by side: which moved, came, went, or say something else.

use std::collections::{BTreeMap, BTreeSet};

use super::names::described;
use super::output::{Output, Row};
use crate::ratio::{Ratio, round_decimal};
use crate::view::MEAN_DECIMALS;

/// One data file: what its rows are about and which of its columns is the figure.
#[derive(Debug)]
pub(super) struct Kind {
    pub file: &'static str,
    pub heading: &'static str,
    /// The columns of the address.
    pub keys: &'static [&'static str],
    pub value: &'static str,
    /// Columns of people behind it.
    pub bases: &'static [&'static str],
}

/// Every data file, in the order in which people ask.
pub(super) const KINDS: [Kind; 5] = [
    Kind {
        file: "results.csv",
        heading: "Averages",
        keys: &["wave", "audience", "department", "question", "breakdown", "group"],
        value: "mean",
        bases: &["respondents"],
    },
    Kind {
        file: "changes.csv",
        heading: "Changes between years",
        keys: &["from_wave", "audience", "department", "question", "breakdown", "group", "to_wave"],
        value: "change",
        bases: &[],
    },
    Kind {
        file: "gaps.csv",
        heading: "Gaps",
        keys: &["wave", "kind", "audience", "left", "department", "question", "breakdown", "right"],
        value: "gap",
        bases: &["left_respondents", "right_respondents"],
    },
    Kind {
        file: "mix.csv",
        heading: "Changes by the same kinds of people",
        keys: &["from_wave", "audience", "department", "question", "breakdown", "group", "to_wave"],
        value: "within_effect",
        bases: &[],
    },
    Kind {
        file: BENCHMARKS,
        heading: "Differences to other councils",
        keys: &["wave", "audience", "department", "question", "breakdown", "group"],
        value: "difference",
        bases: &["respondents"],
    },
];

/// The file that only those outputs have that were held against other councils.
pub(super) const BENCHMARKS: &str = "benchmarks.csv";

/// How important a figure is: the order of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Overall,
    Question,
    Department,
    Group,
}

impl Rank {
    pub const ALL: [Rank; 4] = [Rank::Overall, Rank::Question, Rank::Department, Rank::Group];

    fn of(row: &Row) -> Rank {
        let is_all = |column: &str| matches!(row.text(column), "" | "all");
        let is_pooled = is_all("department") || row.text("department") == "whole";
        if row.text("kind") == "groups" || !is_all("breakdown") {
            Rank::Group
        } else if row.text("kind") == "departments" && row.text("left") != "whole" || !is_pooled {
            Rank::Department
        } else if is_all("question") {
            Rank::Overall
        } else {
            Rank::Question
        }
    }

    pub fn heading(self) -> &'static str {
        match self {
            Rank::Overall => "Overall",
            Rank::Question => "By question",
            Rank::Department => "By department",
            Rank::Group => "By group",
        }
    }
}

/// A figure that both outputs show and that prints otherwise now.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moved {
    pub rank: Rank,
    pub what: String,
    pub before: String,
    pub now: String,
    /// In points, from the unrounded figures.
    pub by: f64,
    pub answered: String,
}

/// A sentence that can no longer be said, or that can be said now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reversed {
    pub rank: Rank,
    pub what: String,
    pub before: String,
    pub now: String,
}

/// What became of the figures of one data file.
#[derive(Debug)]
pub(super) struct Moves {
    pub kind: &'static Kind,
    /// Figures that both outputs show.
    pub shown_in_both: usize,
    /// The most important first, of these the largest.
    pub moved: Vec<Moved>,
    /// Figures that print the same and rest on other counts or have another likely range.
    pub beneath: usize,
    pub reversed: Vec<Reversed>,
    /// Shown before and withheld now, and the other way round.
    pub hidden: Vec<(Rank, String)>,
    pub uncovered: Vec<(Rank, String)>,
    /// Addresses that only one output has.
    pub come: Vec<(Rank, String)>,
    pub gone: Vec<(Rank, String)>,
}

impl Moves {
    pub fn between(kind: &'static Kind, old: &Output, new: &Output) -> Moves {
        let mut moves = Moves {
            kind,
            shown_in_both: 0,
            moved: Vec::new(),
            beneath: 0,
            reversed: Vec::new(),
            hidden: Vec::new(),
            uncovered: Vec::new(),
            come: Vec::new(),
            gone: Vec::new(),
        };
        let (before, now) = (by_address(kind, old), by_address(kind, new));
        let addresses: BTreeSet<&Vec<&str>> = before.keys().chain(now.keys()).collect();
        for address in addresses {
            match (before.get(address), now.get(address)) {
                (Some(before), Some(now)) => moves.pair(new, before, now),
                (Some(before), None) => {
                    moves.gone.push((Rank::of(before), described(&old.about, before, kind.keys)));
                }
                (None, Some(now)) => {
                    moves.come.push((Rank::of(now), described(&new.about, now, kind.keys)));
                }
                (None, None) => {}
            }
        }
        moves.sort();
        moves
    }

    fn pair(&mut self, new: &Output, before: &Row, now: &Row) {
        let kind = self.kind;
        let name = || (Rank::of(now), described(&new.about, now, kind.keys));
        match (before.text("status"), now.text("status")) {
            ("ok", "ok") => {}
            (_, "withheld") if before.text("status") != "withheld" => return self.hidden.push(name()),
            ("withheld", _) if now.text("status") != "withheld" => return self.uncovered.push(name()),
            _ => return,
        }
        self.shown_in_both += 1;
        let (rank, what) = name();
        let (said, says) = (before.text("verdict"), now.text("verdict"));
        if said != says {
            let [said, says] = [said, says].map(|verdict| verdict.replace('-', " "));
            self.reversed.push(Reversed { rank, what: what.clone(), before: said, now: says });
        }
        let (old, new) = (printed(kind, before), printed(kind, now));
        if old != new {
            let by =
                now.number(kind.value).unwrap_or_default() - before.number(kind.value).unwrap_or_default();
            let answered = answered(kind, before, now);
            self.moved.push(Moved { rank, what, before: old, now: new, by, answered });
        } else if is_other_beneath(before, now) {
            self.beneath += 1;
        }
    }

    fn sort(&mut self) {
        self.moved.sort_by(|a, b| {
            let size = |moved: &Moved| (moved.by.abs() * 1e9).round() as u64;
            (a.rank, size(b), &a.what).cmp(&(b.rank, size(a), &b.what))
        });
        self.reversed.sort();
        for list in [&mut self.hidden, &mut self.uncovered, &mut self.come, &mut self.gone] {
            list.sort();
        }
    }
}

fn by_address<'o>(kind: &Kind, output: &'o Output) -> BTreeMap<Vec<&'o str>, &'o Row> {
    let address = |row: &'o Row| kind.keys.iter().map(|key| row.text(key)).collect::<Vec<&str>>();
    output.rows(kind.file).iter().map(|row| (address(row), row)).collect()
}

/// A figure as people read it. A mean is rounded from its exact sum, which the data file implies.
fn printed(kind: &Kind, row: &Row) -> String {
    let Some(value) = row.number(kind.value) else { return "none".to_owned() };
    let exact = row.count("answers").filter(|_| kind.value == "mean").and_then(|answers| {
        let sum = (value * answers as f64).round();
        Ratio::new(sum as i64, answers)
    });
    exact.map_or_else(|| round_decimal(value, MEAN_DECIMALS), |exact| exact.rounded(MEAN_DECIMALS))
}

fn answered(kind: &Kind, before: &Row, now: &Row) -> String {
    let bases = |row: &Row| kind.bases.iter().map(|base| row.text(base)).collect::<Vec<_>>().join(" and ");
    match (bases(before), bases(now)) {
        (old, new) if old == new => new,
        (old, new) => format!("{old}, now {new}"),
    }
}

fn is_other_beneath(before: &Row, now: &Row) -> bool {
    const BENEATH: [&str; 8] = [
        "respondents",
        "answers",
        "no_contact",
        "blank",
        "ci_low",
        "ci_high",
        "left_respondents",
        "right_respondents",
    ];
    BENEATH.iter().any(|column| before.text(column) != now.text(column))
}
