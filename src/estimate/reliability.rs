//! How far a figure can be relied on, from the number who answered.

use crate::survey::ReliabilityBands;

/// A band for readers, apart from disclosure; the definition says where the bands begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reliability {
    Ok,
    Low,
    VeryLow,
}

impl Reliability {
    /// The band of a figure with so many respondents.
    pub fn of(respondents: u64, bands: ReliabilityBands) -> Reliability {
        if respondents < bands.low_from {
            Reliability::VeryLow
        } else if respondents < bands.ok_from {
            Reliability::Low
        } else {
            Reliability::Ok
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
    pub fn words(self, bands: ReliabilityBands) -> String {
        let fewer_than = match self {
            Reliability::Ok => return String::new(),
            Reliability::Low => bands.ok_from,
            Reliability::VeryLow => bands.low_from,
        };
        format!("fewer than {fewer_than} answered: treat with caution")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_begins_with_its_number() {
        let bands = ReliabilityBands { low_from: 20, ok_from: 25 };
        let of = |respondents| Reliability::of(respondents, bands).id();
        assert_eq!([19, 20, 24, 25].map(of), ["very-low", "low", "low", "ok"]);
        let words = |respondents| Reliability::of(respondents, bands).words(bands);
        assert_eq!(words(19), "fewer than 20 answered: treat with caution");
        assert_eq!(words(24), "fewer than 25 answered: treat with caution");
        assert_eq!(words(25), "");
    }
}
