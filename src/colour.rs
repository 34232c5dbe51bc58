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

    /// Whether two series may have these colours.
    pub fn can_be_told_from(self, other: Colour) -> bool {
        let (one, other) = (self.light(), other.light());
        let weakly = SEEN_WEAKLY.iter().all(|left| {
            let seen =
                |light: [f64; 3]| left.map(|row| row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
            distance(seen(one), seen(other)) >= LEAST_DISTANCE_SEEN_WEAKLY
        });
        weakly && distance(one, other) >= LEAST_DISTANCE
    }

    /// Six hexadecimal digits, as office documents write it.
    pub fn digits(self) -> String {
        format!("{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.light();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Red, green and blue as amounts of light, 0 to 1.
    fn light(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }
}

/// Below these two distances readers take one colour for the other: as most people see them, and as
/// those do who see red, green or blue weakly.
const LEAST_DISTANCE: f64 = 0.15;
const LEAST_DISTANCE_SEEN_WEAKLY: f64 = 0.05;

/// What is left of red, green and blue without one kind of cone (Machado, Oliveira and Fernandes 2009).
const SEEN_WEAKLY: [[[f64; 3]; 3]; 3] = [
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
];

/// Colour `index` of `count` series in a fixed order (Analysis Function guidance); two have a pair of
/// their own.
pub fn series(index: usize, count: usize) -> Colour {
    const MAIN: [Colour; 6] = [
        Colour(0x12, 0x43, 0x6D),
        Colour(0x28, 0xA1, 0x97),
        Colour(0x80, 0x16, 0x50),
        Colour(0xF4, 0x6A, 0x25),
        Colour(0x3D, 0x3D, 0x3D),
        Colour(0xA2, 0x85, 0xD1),
    ];
    let place = if count == 2 { index * 3 } else { index };
    MAIN[place % MAIN.len()]
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.digits())
    }
}

/// How far apart two colours look: the distance in Oklab (Ottosson 2020).
fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (oklab(one), oklab(other));
    one.iter().zip(other).map(|(left, right)| (left - right).powi(2)).sum::<f64>().sqrt()
}

fn oklab(light: [f64; 3]) -> [f64; 3] {
    let [red, green, blue] = light.map(|part| part.clamp(0.0, 1.0));
    let long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue).cbrt();
    let medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue).cbrt();
    let short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue).cbrt();
    [
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    ]
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
    fn colours_of_audiences_can_be_told_apart() {
        // Distances worked out with another implementation of Oklab and of the three simulations.
        for (one, other, told) in [
            ("#12436D", "#F46A25", true),  // 0.412; 0.281 at least
            ("#28A197", "#F46A25", true),  // 0.279; 0.140
            ("#12436D", "#801650", true),  // 0.193; 0.060
            ("#C2410C", "#F46A25", false), // 0.134
            ("#1D4F91", "#12436D", false), // 0.068
            ("#0B6623", "#8B4513", false), // 0.181, but 0.043 without green cones
        ] {
            let [one, other] = [one, other].map(|text| Colour::read(text).unwrap());
            assert_eq!(
                (one.can_be_told_from(other), other.can_be_told_from(one)),
                (told, told),
                "{one} {other}"
            );
        }
        assert_eq!(
            [series(0, 2), series(1, 2), series(1, 3)].map(Colour::digits),
            ["12436D", "F46A25", "28A197"]
        );
    }

    #[test]
    fn colours_are_six_hexadecimal_digits() {
        assert_eq!(Colour::read("#12436d").map(|colour| colour.to_string()), Some("#12436D".to_owned()));
        for wrong in ["12436D", "#12436", "#12436D0", "#+24+6D", "#12é36", "red", ""] {
            assert_eq!(Colour::read(wrong), None, "{wrong}");
        }
    }
}
