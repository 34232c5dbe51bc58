//! How many forms came back, out of how many invited.

/// The forms returned by one audience in one wave, and the frame they came from.
///
/// Every form counts, also one without a single answer: filtering before counting changes both the
/// sampling fraction and the variance. The frame is kept as "those who did not return a form", so a
/// frame smaller than its sample cannot be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    forms: u64,
    not_returned: Option<u64>,
}

impl Sample {
    /// `forms` returned out of `frame` invited; a frame of `None` is unknown.
    ///
    /// `None` when more forms came back than were invited: that is a fault of the input for whoever
    /// reads it to report, and no correction can be made from it.
    ///
    /// ```
    /// use rmsurvey::estimate::Sample;
    /// let officers = Sample::new(44, Some(52)).unwrap();
    /// // By hand: 1 - 44/52 = 8/52
    /// assert_eq!(officers.finite_population_correction(), 8.0 / 52.0);
    /// assert_eq!(Sample::new(44, Some(40)), None);
    /// ```
    pub fn new(forms: u64, frame: Option<u64>) -> Option<Sample> {
        match frame {
            None => Some(Sample::without_frame(forms)),
            Some(frame) => Some(Sample { forms, not_returned: Some(frame.checked_sub(forms)?) }),
        }
    }

    /// `forms` returned, with the frame unknown or switched off ("officers in general", not "these
    /// officers this year"): no finite population correction.
    pub fn without_frame(forms: u64) -> Sample {
        Sample { forms, not_returned: None }
    }

    /// n, every form returned.
    pub fn forms(self) -> u64 {
        self.forms
    }

    /// N, everyone invited; `None` when unknown.
    pub fn frame(self) -> Option<u64> {
        self.not_returned.map(|missing| self.forms + missing)
    }

    /// 1 - n/N; 1 when the frame is unknown, 0 for a census.
    ///
    /// It corrects for drawing from a finite population, not for non-response: everybody was
    /// invited, and every interval still assumes that who answers is unrelated to the score.
    pub fn finite_population_correction(self) -> f64 {
        match (self.not_returned, self.frame()) {
            (Some(_), Some(0)) | (None, _) | (_, None) => 1.0,
            (Some(missing), Some(frame)) => missing as f64 / frame as f64,
        }
    }

    /// Everyone invited returned a form.
    pub fn is_census(self) -> bool {
        self.forms > 0 && self.not_returned == Some(0)
    }

    /// N/n, how many of the invited one form stands for; 1 when the frame is unknown or nobody
    /// returned a form.
    pub fn weight(self) -> f64 {
        match self.frame() {
            Some(frame) if self.forms > 0 => frame as f64 / self.forms as f64,
            _ => 1.0,
        }
    }

    /// The larger of two frames; `None` unless both are known.
    pub(super) fn larger_frame(self, other: Sample) -> Option<u64> {
        Some(self.frame()?.max(other.frame()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correction_needs_a_frame() {
        assert_eq!(Sample::without_frame(44).finite_population_correction(), 1.0);
        assert_eq!(Sample::new(5, Some(5)).map(Sample::finite_population_correction), Some(0.0));
        assert_eq!(Sample::new(0, Some(0)).map(Sample::finite_population_correction), Some(1.0));
        assert_eq!(Sample::new(0, Some(40)).map(Sample::weight), Some(1.0));
    }

    /// By hand: the correction shrinks the error of 44 officers out of 52 to sqrt(8/52) = 0.392 of it.
    #[test]
    fn officers_are_nearly_a_census() {
        let correction = Sample::new(44, Some(52)).map(Sample::finite_population_correction);
        assert!((correction.unwrap().sqrt() - 0.392_232_270_276_368_1).abs() < 1e-15);
        assert!(!Sample::new(44, Some(52)).unwrap().is_census());
    }
}
