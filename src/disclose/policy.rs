//! Who will read it, and what that means for what is shown.

/// The two readerships of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Anyone: figures that could give a respondent away are withheld.
    Public,
    /// The analyst only: nothing is withheld, and every page says "Not for publication".
    Private,
}
