//! Marks that stand where a number cannot.

/// Why a place in a table or chart holds no number. A mark replaces a number, is explained above
/// the table, and never shares a cell with one ("Using symbols and shorthand in tables", GSS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Withheld to protect people.
    Withheld,
    /// The question was not put to this audience.
    NotApplicable,
    /// Asked, but nobody gave a score.
    NobodyScored,
    /// No such year, or no such figure that year.
    NotAvailable,
    /// Wording or labels changed: years are not comparable.
    Break,
}

impl Mark {
    /// The mark as printed.
    pub fn symbol(self) -> &'static str {
        match self {
            Mark::Withheld => "[c]",
            Mark::NotApplicable => "[z]",
            Mark::NobodyScored => "[w]",
            Mark::NotAvailable => "[x]",
            Mark::Break => "[b]",
        }
    }

    /// What the mark says, in words for councillors.
    pub fn meaning(self) -> &'static str {
        match self {
            Mark::Withheld => "not shown: too few answers to protect people",
            Mark::NotApplicable => "not applicable: the question was not put to this audience",
            Mark::NobodyScored => "asked, but nobody gave a score",
            Mark::NotAvailable => "not available",
            Mark::Break => "wording, scale or groups changed, so the years cannot be compared",
        }
    }
}
