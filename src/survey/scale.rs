//! The scale of answers, and how exports write them.

use std::collections::BTreeMap;

use super::fold;

/// One answer as an export wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A score from 1 to the top of the scale.
    Score(u8),
    /// Asked, and answered with "no contact".
    NoContact,
    /// Not answered.
    Blank,
}

/// Scores from 1 to `top`, perhaps a code for "no contact", and the labels of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    pub top: u8,
    pub low_label: String,
    pub high_label: String,
    /// The code for "no contact", where the survey has one.
    pub no_contact: Option<u8>,
    /// Folded labels of every answer.
    labels: BTreeMap<String, Answer>,
    /// One accepted spelling per answer, for messages.
    examples: Vec<String>,
}

impl Scale {
    /// A scale from 1 to `top`; `labels` holds code and label as typed.
    pub fn new(
        top: u8,
        ends: [String; 2],
        no_contact: Option<u8>,
        labels: impl IntoIterator<Item = (u8, String)>,
    ) -> Scale {
        let [low_label, high_label] = ends;
        let mut scale = Scale {
            top,
            low_label,
            high_label,
            no_contact,
            labels: BTreeMap::new(),
            examples: no_contact.into_iter().chain(1..=top).map(|code| code.to_string()).collect(),
        };
        for (code, label) in labels {
            if let Some(answer) = scale.of_code(code) {
                scale.examples.push(format!("{code} - {label}"));
                scale.labels.insert(fold(&label), answer);
            }
        }
        scale
    }

    /// Whether scores mean the same as on another scale. Words that exports write do not matter, and
    /// nor does the code of "no contact"; whether there was such an answer does.
    pub fn measures_as(&self, other: &Scale) -> bool {
        self.top == other.top && self.no_contact.is_some() == other.no_contact.is_some()
    }

    /// The lowest score in the upper half of the scale: 3 of 4. The middle of an odd scale is not in it.
    pub fn top_cut(&self) -> u8 {
        self.top.div_ceil(2) + 1
    }

    fn of_code(&self, code: u8) -> Option<Answer> {
        match code {
            code if self.no_contact == Some(code) => Some(Answer::NoContact),
            code if (1..=self.top).contains(&code) => Some(Answer::Score(code)),
            _ => None,
        }
    }

    /// Reads a code (`3`), a code with its label (`4 - High`, `4 (high)`), or a label that the
    /// definition maps. `None` for anything else: nothing is guessed.
    pub fn read(&self, text: &str) -> Option<Answer> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Answer::Blank);
        }
        if let Some(code) = plain_code(text) {
            return self.of_code(code);
        }
        let folded = fold(text);
        if folded.is_empty() {
            return Some(Answer::Blank);
        }
        if let Some(answer) = self.labels.get(&folded) {
            return Some(*answer);
        }
        let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
        let (code, rest) = folded.split_at(digits);
        let answer = self.of_code(plain_code(code)?)?;
        let label = rest.trim_matches(|c: char| c.is_whitespace() || "-:.()=[]".contains(c));
        (label.is_empty() && !rest.contains('.') || self.labels.get(label) == Some(&answer)).then_some(answer)
    }

    /// What the scale accepts, for messages.
    pub fn accepted(&self) -> String {
        let scores = format!("a score from 1 to {}", self.top);
        match self.no_contact {
            Some(code) => format!("{scores}, {code} for no contact, or an empty cell if not answered"),
            None => format!("{scores}, or an empty cell if not answered"),
        }
    }

    /// The accepted spelling nearest to a text.
    pub fn nearest(&self, text: &str) -> Option<String> {
        if let Some(number) = text.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
            let lowest = if self.no_contact == Some(0) { 0.0 } else { 1.0 };
            let inside = number.clamp(lowest, f64::from(self.top));
            let (below, above) = (inside.floor(), inside.ceil());
            // Between two scores nobody knows which was meant.
            return Some(if below < above { format!("{below} or {above}") } else { format!("{below}") });
        }
        let examples = self.examples.iter().map(String::as_str);
        crate::nearest::nearest(text, examples).map(str::to_owned)
    }
}

/// One or two digits, without a leading zero.
fn plain_code(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        [tens @ b'1'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale() -> Scale {
        let labels = [(0, "No contact"), (0, "N/A - no contact"), (1, "Low"), (4, "High")];
        let labels = labels.map(|(code, label)| (code, label.to_owned()));
        Scale::new(4, ["low".to_owned(), "high".to_owned()], Some(0), labels)
    }

    #[test]
    fn codes_labels_and_both_are_read() {
        for (text, answer) in [
            ("3", Answer::Score(3)),
            (" 2 ", Answer::Score(2)),
            ("4 - High", Answer::Score(4)),
            ("4 (high)", Answer::Score(4)),
            ("4 – HIGH", Answer::Score(4)),
            ("Low", Answer::Score(1)),
            ("0", Answer::NoContact),
            ("0 - No contact", Answer::NoContact),
            ("N/A – No contact", Answer::NoContact),
            ("no\u{a0}contact", Answer::NoContact),
            ("", Answer::Blank),
            ("  ", Answer::Blank),
        ] {
            assert_eq!(scale().read(text), Some(answer), "{text:?}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in ["5", "2.5", "2.", "three", "4 - Low", "4 - Hoch", "-1", "03", "03x", "N/A", "10", "4 4"]
        {
            assert_eq!(scale().read(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_nearest_answer_is_named() {
        assert_eq!(scale().nearest("5").as_deref(), Some("4"));
        assert_eq!(scale().nearest("2.5").as_deref(), Some("2 or 3"));
        assert_eq!(scale().nearest("4 - Hihg").as_deref(), Some("4 - High"));
        assert_eq!(scale().nearest("teapot"), None);
    }
}
