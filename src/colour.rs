//! Colours and the contrast between them (WCAG 2.2).

use std::fmt;

/// A colour as red, green and blue. Prints as a page writes it: `#12436D`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    pub const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);

    /// `#12436D`, in either case.
    pub fn read(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then_some(())?;
        Some(Colour(part(0)?, part(2)?, part(4)?))
    }

    /// Contrast ratio with another colour, 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_agrees_with_the_standard() {
        // WCAG 2.2: black on white is 21, and #767676 is the lightest grey that reaches 4.5.
        assert!((Colour(0, 0, 0).contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        assert!(Colour(0x76, 0x76, 0x76).contrast(Colour::WHITE) >= 4.5);
        assert!(Colour(0x77, 0x77, 0x77).contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(Colour::read("#12436d").map(|colour| colour.to_string()), Some("#12436D".to_owned()));
        for wrong in ["12436D", "#12436", "#12436D0", "#+24+6D", "#12é36", "red", ""] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }
}
