//! How far a figure can be relied on, from the number who answered.

/// Bands for readers, apart from disclosure: fewer than 30 answered, 30 to 49, 50 and more (the
/// practice of the Civil Service People Survey).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reliability {
    Ok,
    Low,
    VeryLow,
}

/// From how many respondents on a figure is no longer in the lowest band.
pub const LOW_FROM: u64 = 30;

/// From how many respondents on a figure is plain.
pub const OK_FROM: u64 = 50;

impl Reliability {
    /// The band of a figure with so many respondents.
    pub fn of(respondents: u64) -> Reliability {
        match respondents {
            0..LOW_FROM => Reliability::VeryLow,
            LOW_FROM..OK_FROM => Reliability::Low,
            _ => Reliability::Ok,
        }
    }

    /// As the data files write it.
    pub fn id(self) -> &'static str {
        match self {
            Reliability::Ok => "ok",
            Reliability::Low => "low",
            Reliability::VeryLow => "very-low",
        }
    }

    /// As people read it.
    pub fn words(self) -> &'static str {
        match self {
            Reliability::Ok => "",
            Reliability::Low => "fewer than 50 answered: treat with caution",
            Reliability::VeryLow => "fewer than 30 answered: treat with caution",
        }
    }
}
