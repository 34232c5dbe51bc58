//! XML whose elements always close and whose texts always stay texts.

use crate::text::is_harmful;

/// A part of the package while it is written.
#[derive(Debug)]
pub(super) struct Xml {
    text: String,
}

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// A part that begins with the declaration of XML.
    pub fn part() -> Xml {
        Xml { text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned() }
    }

    /// An element with what stands in it.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, content: impl FnOnce(&mut Xml)) {
        self.begin(name, attributes);
        self.text.push('>');
        content(self);
        for piece in ["</", name, ">"] {
            self.text.push_str(piece);
        }
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.text.push_str("/>");
    }

    /// An element whose one attribute is `w:val`, as most of a style are.
    pub fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text, escaped; white space of any kind is a space.
    pub fn text(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !is_harmful(*letter)) {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\n' | '\t' => self.text.push(' '),
                other => self.text.push(other),
            }
        }
    }

    fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            for piece in [" ", attribute, "=\""] {
                self.text.push_str(piece);
            }
            self.text(value);
            self.text.push('"');
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}
