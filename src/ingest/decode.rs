//! From the bytes of an export to text: byte-order mark, UTF-16, UTF-8, otherwise Windows-1252.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16LE, WINDOWS_1252};

use crate::text::harmless;

/// Text with what it was decoded from.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    pub delimiter: Delimiter,
}

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    pub fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Delimiter::Comma => "comma",
            Delimiter::Semicolon => "semicolon",
            Delimiter::Tab => "tab",
        }
    }
}

/// Why bytes are not an export, in words for the analyst: what is wrong and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotText {
    pub message: String,
    pub advice: String,
}

impl NotText {
    fn new(message: &str, advice: &str) -> NotText {
        NotText { message: message.to_owned(), advice: advice.to_owned() }
    }

    pub(super) fn archive() -> NotText {
        NotText::new(
            "the file is a spreadsheet or an archive, not a CSV",
            "open it in Excel and save it as \"CSV UTF-8 (comma delimited)\"",
        )
    }

    pub(super) fn unreadable() -> NotText {
        NotText::new(
            "the file is not readable text",
            "export it again from the survey platform as CSV; it may have been damaged on its way",
        )
    }

    pub(super) fn empty() -> NotText {
        NotText::new(
            "the file is empty",
            "export it again; a file without answers is not listed in survey.toml at all",
        )
    }
}

/// Decodes an export. Bytes that are neither valid nor plausible text are an error, not a guess; what
/// nobody can see in a text is not of it.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    if is_archive(bytes) {
        return Err(NotText::archive());
    }
    let (encoding, body) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if is_unmarked_utf_16(bytes, bytes.len() as u64) => (UTF_16LE, bytes),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1252, bytes),
    };
    let (text, malformed) = encoding.decode_without_bom_handling(body);
    if malformed || has_controls(&text) {
        return Err(NotText::unreadable());
    }
    if text.trim().is_empty() {
        return Err(NotText::empty());
    }
    let text = harmless(text);
    let delimiter = delimiter(&text);
    Ok(Decoded { text, encoding: encoding.name(), delimiter })
}

pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Whether a text holds signs that none of readable text does.
pub(super) fn has_controls(text: &str) -> bool {
    text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Mostly plain letters, each followed by a zero byte: UTF-16 as Windows writes it, without its mark.
/// `size` is that of the file, of which `bytes` are the first.
pub(super) fn is_unmarked_utf_16(bytes: &[u8], size: u64) -> bool {
    let pairs = bytes[..bytes.len().min(400)].chunks_exact(2);
    let (all, plain) = (pairs.len(), pairs.filter(|pair| pair[0] != 0 && pair[1] == 0).count());
    size.is_multiple_of(2) && all >= 8 && plain * 10 >= all * 9
}

/// The candidate that stands most often outside quotation marks in the first record.
pub(super) fn delimiter(text: &str) -> Delimiter {
    let mut counts = [(0_usize, Delimiter::Comma), (0, Delimiter::Semicolon), (0, Delimiter::Tab)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            other if !quoted => {
                counts.iter_mut().filter(|(_, d)| d.byte() == other).for_each(|(count, _)| *count += 1);
            }
            _ => {}
        }
    }
    // Of equals the first counts: a comma.
    let best = counts.iter().rev().max_by_key(|(count, _)| *count);
    best.map_or(Delimiter::Comma, |(_, delimiter)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_exports_are_told_apart() {
        let units = || "\u{feff}a\tb’".encode_utf16();
        let utf_16: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
        let turned: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
        for (bytes, encoding, text) in [
            ("\u{feff}a,b’".as_bytes(), "UTF-8", "a,b’"),
            ("a,b’".as_bytes(), "UTF-8", "a,b’"),
            (&b"a,b\x92"[..], "windows-1252", "a,b’"), // 0x92 is the curly apostrophe there
            (&utf_16, "UTF-16LE", "a\tb’"),
            (&turned, "UTF-16BE", "a\tb’"),
        ] {
            let decoded = decode(bytes).unwrap();
            assert_eq!((decoded.encoding, &*decoded.text), (encoding, text));
        }
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for bytes in [&b"PK\x03\x04rest"[..], b"a\x00b", b"\x81\x8d\xff\x02", b"", b" \r\n"] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn delimiters_inside_quotation_marks_do_not_count() {
        assert_eq!(decode(b"\"a, b, c\";d\n1;2").unwrap().delimiter, Delimiter::Semicolon);
        assert_eq!(decode(b"one column").unwrap().delimiter, Delimiter::Comma);
    }
}
