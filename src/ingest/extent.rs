//! How far the sheets of a workbook go, from their parts and before anything opens them: a few bytes
//! may say that a cell is repeated a million times.

use quick_xml::events::Event;

use super::decode::NotText;
use super::limits::{Extent, MOST_BYTES, too_many_bytes};

/// A tag of a part, without the prefix of its name.
struct Tag<'x> {
    name: &'x [u8],
    attributes: &'x [u8],
    is_end: bool,
    /// Begins and ends in one.
    is_empty: bool,
    /// Bytes of text before it.
    text: usize,
}

struct Tags<'x>(&'x [u8]);

impl<'x> Iterator for Tags<'x> {
    type Item = Tag<'x>;

    fn next(&mut self) -> Option<Tag<'x>> {
        let mut text = 0;
        loop {
            let begin = self.0.iter().position(|byte| *byte == b'<')?;
            text += begin;
            let rest = &self.0[begin + 1..];
            let special = [(&b"!--"[..], &b"-->"[..]), (b"![CDATA[", b"]]>"), (b"?", b"?>"), (b"!", b">")];
            if let Some((_, end)) = special.iter().find(|(begin, _)| rest.starts_with(begin)) {
                let ends = rest.windows(end.len()).position(|window| window == *end)? + end.len();
                text += ends;
                self.0 = &rest[ends..];
                continue;
            }
            let mut quote = None;
            let end = rest.iter().position(|byte| {
                match (quote, byte) {
                    (Some(mark), byte) if mark == *byte => quote = None,
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (None, b'>') => return true,
                    _ => {}
                }
                false
            })?;
            self.0 = &rest[end + 1..];
            let tag = &rest[..end];
            let (is_end, tag) = tag.strip_prefix(b"/").map_or((false, tag), |tag| (true, tag));
            let (is_empty, tag) = tag.strip_suffix(b"/").map_or((false, tag), |tag| (true, tag));
            let named = tag.iter().position(u8::is_ascii_whitespace).unwrap_or(tag.len());
            let (name, attributes) = tag.split_at(named);
            return Some(Tag { name: local(name), attributes, is_end, is_empty, text });
        }
    }
}

fn local(name: &[u8]) -> &[u8] {
    name.iter().position(|byte| *byte == b':').map_or(name, |at| &name[at + 1..])
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.attributes).ok()?;
        text.match_indices(wanted).find_map(|(at, _)| {
            let is_whole = text[..at].ends_with(|c: char| c == ':' || c.is_whitespace());
            let value = text[at + wanted.len()..].trim_start().strip_prefix('=')?.trim_start();
            let mark = value.chars().next().filter(|mark| is_whole && matches!(mark, '"' | '\''))?;
            value[1..].split(mark).next()
        })
    }

    /// A count; one that is not plain digits is beyond every limit.
    fn count(&self, wanted: &str) -> u64 {
        self.attribute(wanted).map_or(1, |text| text.trim().parse().unwrap_or(u64::MAX))
    }
}

/// The extent of a sheet of an `.xlsx` workbook: cells that are only formatted do not count.
pub(super) fn of_xlsx(part: &[u8]) -> Extent {
    let mut extent = Extent::default();
    let (mut row, mut column) = (0_u64, 0_u64);
    for tag in Tags(part).filter(|tag| !tag.is_end) {
        match tag.name {
            b"row" => {
                row = if tag.attribute("r").is_some() { tag.count("r") } else { row.saturating_add(1) };
                column = 0;
            }
            b"c" => {
                column = column.saturating_add(1);
                if let Some(place) = tag.attribute("r") {
                    (row, column) = place_of(place).unwrap_or((u64::MAX, u64::MAX));
                }
                if !tag.is_empty {
                    extent.rows = extent.rows.max(row);
                    extent.columns = extent.columns.max(column);
                }
            }
            _ => {}
        }
    }
    extent
}

/// Row and column of `AB12`.
fn place_of(place: &str) -> Option<(u64, u64)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = place.bytes().take(letters).try_fold(0_u64, |sum, letter| {
        sum.checked_mul(26)?.checked_add(u64::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    Some((place[letters..].parse().ok()?, column?))
}

/// Whether everything in a part that begins also ends: of an `.ods` cut off within a sheet the reader would
/// look for the end for ever.
pub(super) fn is_whole(part: &[u8]) -> bool {
    let mut reader = quick_xml::Reader::from_reader(part);
    let (mut open, mut buffer) = (0_u64, Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(_)) => open += 1,
            // The reader refuses an end of what has not begun.
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Eof) => return open == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// The extent of every sheet of an `.ods` workbook, the repetitions of rows, cells and text counted.
pub(super) fn of_ods(part: &[u8]) -> Result<Vec<Extent>, NotText> {
    let mut extents = vec![Extent::default()];
    let (mut row, mut rows, mut column, mut last) = (0_u64, 1_u64, 0_u64, 0_u64);
    let mut cell: Option<(u64, u64)> = None;
    let mut bytes = 0_u64;
    for tag in Tags(part) {
        let extent = extents.len() - 1;
        if let Some((_, held)) = cell.as_mut() {
            let spaces = if tag.name == b"s" { tag.count("c") } else { 0 };
            *held = held.saturating_add(tag.text as u64).saturating_add(spaces);
        }
        match (tag.name, tag.is_end) {
            (b"table", false) => {
                extents.push(Extent::default());
                row = 0;
            }
            (b"table-row", false) => {
                (rows, column, last) = (tag.count("number-rows-repeated"), 0, 0);
            }
            (b"table-row", true) => {
                row = row.saturating_add(rows);
                if last > 0 {
                    let extent = &mut extents[extent];
                    *extent = Extent { rows: row, columns: extent.columns.max(last) };
                }
            }
            (b"table-cell" | b"covered-table-cell", false) => {
                let repeated = tag.count("number-columns-repeated");
                column = column.saturating_add(repeated);
                let is_filled = !tag.is_empty || tag.attribute("value-type").is_some();
                if is_filled {
                    last = column;
                }
                let written = if is_filled { tag.attributes.len() as u64 } else { 0 };
                bytes = bytes.saturating_add(written.saturating_mul(repeated).saturating_mul(rows));
                cell = (!tag.is_empty).then_some((repeated, 0));
            }
            (b"table-cell" | b"covered-table-cell", true) => {
                let (repeated, held) = cell.take().unwrap_or_default();
                bytes = bytes.saturating_add(held.saturating_mul(repeated).saturating_mul(rows));
            }
            _ => {}
        }
        if bytes > MOST_BYTES {
            return Err(too_many_bytes("unpacks to"));
        }
    }
    Ok(extents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_cell_that_holds_something_counts() {
        let sheet = br#"<?xml version="1.0"?><x:sheetData><!-- <c r="Z9"> --><x:row r="2" spans="1:3"><x:c r="A2"/>
            <x:c s="1" r="AB2" t="s"><x:v>1</x:v></x:c></x:row><row><c><v>2</v></c></row><row r="1048576"><c r="A1048576" s="2"/></row></x:sheetData>"#;
        assert_eq!(of_xlsx(sheet), Extent { rows: 3, columns: 28 });
        let far = br#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
        assert_eq!(of_xlsx(far), Extent { rows: 1_048_576, columns: 16_384 });
        assert!(of_xlsx(br#"<row r="&#49;"><c r="&#65;1"><v>1</v></c></row>"#).check().is_err());
    }

    #[test]
    fn a_part_is_whole_where_everything_ends_that_begins() {
        assert!(is_whole(b"<?xml version='1.0'?><a><b/><!-- <c> --><c d='>'>&amp;</c></a>\n"));
        for cut in ["<a>", "<a><b></a>", "<a></b></a>", "<a></a></a>", "<a><b", "<a><!-- </a>"] {
            assert!(!is_whole(cut.as_bytes()), "{cut}");
        }
    }

    #[test]
    fn repetitions_are_counted_where_they_repeat_something() {
        let sheets = |body: &str| of_ods(format!("<table:table>{body}</table:table>").as_bytes());
        let row = |repeated: &str, cells: &str| {
            format!("<table:table-row table:number-rows-repeated='{repeated}'>{cells}</table:table-row>")
        };
        let cell = "<table:table-cell office:value-type='float' office:value='1'/>";
        let empty = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let below = row("1", cell) + &row("1048575", empty);
        assert_eq!(sheets(&below).unwrap()[1], Extent { rows: 1, columns: 1 });
        let far = row("1048575", empty) + &row("1", &format!("{empty}{cell}"));
        assert_eq!(sheets(&far).unwrap()[1], Extent { rows: 1_048_576, columns: 16_385 });
        let long = format!(
            "<table:table-cell table:number-columns-repeated='16000'><text:p>{}</text:p></table:table-cell>",
            "x".repeat(20_000)
        );
        assert!(sheets(&row("1", &long)).is_err());
        let spaces = "<table:table-cell><text:p>a<text:s text:c='4000000000'/></text:p></table:table-cell>";
        assert!(sheets(&row("1", spaces)).is_err());
    }
}
