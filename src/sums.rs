//! Sums of a survey that were added up where its answers lie, by the query that `sql` writes: the shape
//! of that table. `sql` names its rows and numbers, `ingest` reads them, `tally` takes them in place of
//! forms.
//!
//! Every row holds integers that are additive over respondents. Their names stand here, in the order in
//! which a row holds them.

/// The columns of the table.
pub const COLUMNS: [&str; 10] = [
    "part",
    "wave",
    "audience",
    "compared",
    "department",
    "question",
    "breakdown",
    "group",
    "against",
    "sums",
];

/// In place of a breakdown: rows per combination of groups, one of each breakdown.
pub const COMBINATIONS: &str = "*";

/// Between the groups of a combination.
pub const SEPARATOR: char = '/';

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Of an audience in a wave: what became of the rows of the table of answers.
    Account,
    /// Of an audience in a wave, as a whole or with what another one has in common with it: how many
    /// items were asked. By it a definition knows its own sums.
    Asked,
    /// Of a group: how many forms it has, and of how many units.
    Forms,
    /// Of a figure over the items of its wave, or over those in common with another one.
    Cell,
    /// Of a figure and a combination of groups: how many units are behind it.
    Combination,
    /// Of two departments, or of a department and all the others: sums over those who scored both.
    Pair,
    /// Of a figure in two waves: sums over those who are in both.
    Linked,
}

impl Part {
    pub const ALL: [Part; 7] =
        [Part::Account, Part::Asked, Part::Forms, Part::Cell, Part::Combination, Part::Pair, Part::Linked];

    /// As the table writes it.
    pub fn name(self) -> &'static str {
        match self {
            Part::Account => "account",
            Part::Asked => "asked",
            Part::Forms => "forms",
            Part::Cell => "cell",
            Part::Combination => "combination",
            Part::Pair => "pair",
            Part::Linked => "linked",
        }
    }

    /// The names of its numbers, but for how often each score was given, which stands behind those of a
    /// cell, from the lowest score up.
    ///
    /// `k` counts scores and `y` adds them up, per unit; `top` counts those in the upper half of the
    /// scale, `n` "no contact", and `c` scores and "no contact". Two letters are the sum of their product
    /// over units. Behind `from_` and `to_` stand the earlier and the later wave, behind `_of_contact`
    /// the same with `c` and `n` in place of `k` and `y`.
    pub const fn numbers(self) -> &'static [&'static str] {
        match self {
            Part::Account => &["rows", "unknown", "off_scale", "repeated"],
            Part::Asked => &["items"],
            Part::Forms => &["forms", "units", "links"],
            Part::Cell => &[
                "respondents",
                "contacts",
                "n",
                "units",
                "kk",
                "ky",
                "yy",
                "k_top",
                "top_top",
                "units_of_contact",
                "cc",
                "cn",
                "nn",
            ],
            Part::Combination => &["units"],
            Part::Pair => &["units", "k", "y", "kk", "ky", "yy", "both", "k_k", "k_y", "y_k", "y_y"],
            Part::Linked => &[
                "units",
                "from_k",
                "from_y",
                "from_kk",
                "from_ky",
                "from_yy",
                "to_k",
                "to_y",
                "to_kk",
                "to_ky",
                "to_yy",
                "k_k",
                "k_y",
                "y_k",
                "y_y",
                "units_of_contact",
                "from_c",
                "from_n",
                "from_cc",
                "from_cn",
                "from_nn",
                "to_c",
                "to_n",
                "to_cc",
                "to_cn",
                "to_nn",
                "c_c",
                "c_n",
                "n_c",
                "n_n",
            ],
        }
    }

    /// The part of a name.
    pub fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("../docs/sums.md");

    #[test]
    fn the_page_says_what_the_sums_are() {
        for part in Part::ALL {
            let start = format!("| `{}` | ", part.name());
            let row = PAGE.lines().find(|line| line.starts_with(&start)).unwrap();
            let named: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
            let mut last = 0;
            for name in part.numbers() {
                let at = named[last..].iter().position(|it| it == name);
                last += at.unwrap_or_else(|| panic!("{part:?}: {name} is not there, or not in its place"));
            }
        }
        assert!(COLUMNS.iter().all(|column| PAGE.contains(&format!("`{column}`"))));
    }
}
