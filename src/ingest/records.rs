//! The records of an export, each with the line on which it stands as an editor and a spreadsheet
//! count it.

use csv::{ReaderBuilder, StringRecord};

use super::decode::Decoded;

/// Every record of a decoded export with its line, the header first. Rows may be of any length: who
/// reads them says what fits.
pub(super) fn records<'t>(decoded: &'t Decoded<'_>) -> impl Iterator<Item = (u64, StringRecord)> + 't {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(decoded.delimiter.byte())
        .from_reader(decoded.text.as_bytes());
    let mut lines = Lines::of(&decoded.text);
    // Decoded text is valid and lies in memory, so that reading a record cannot fail.
    reader.into_records().map_while(Result::ok).map(move |record| (lines.line(&record), record))
}

/// Counts lines along a text, for records in the order of the text. The reader's own count sees
/// neither the second half of a Windows line end nor blank lines before a record.
#[derive(Debug)]
struct Lines<'t> {
    text: &'t [u8],
    /// Bytes up to here are counted.
    at: usize,
    line: u64,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        Lines { text: text.as_bytes(), at: 0, line: 1 }
    }

    /// The line of a record, from 1.
    fn line(&mut self, record: &StringRecord) -> u64 {
        let begins = record.position().map_or(0, |position| position.byte() as usize);
        while let Some(byte) = self.text.get(self.at) {
            let is_end = matches!(byte, b'\r' | b'\n');
            // A record begins at its first cell, behind the line ends that the reader skips.
            if self.at >= begins && !is_end {
                break;
            }
            let is_pair = *byte == b'\r' && self.text.get(self.at + 1) == Some(&b'\n');
            self.at += if is_pair { 2 } else { 1 };
            self.line += u64::from(is_end);
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<u64> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut lines = Lines::of(text);
        reader.records().map(|record| lines.line(&record.unwrap())).collect()
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        assert_eq!(lines("a,b\n1,2\n3,4\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\r\n1,2\r\n3,4\r\n"), [1, 2, 3]);
        assert_eq!(lines("a,b\r1,2\r3,4"), [1, 2, 3]);
        assert_eq!(lines("a,b\n\n\n1,2\r\n\r\n3,4\n"), [1, 4, 6]); // blank lines count
        assert_eq!(lines("a,\"b\r\nc\"\r\n1,2\r\n"), [1, 3]); // and so do those inside a cell
    }
}
