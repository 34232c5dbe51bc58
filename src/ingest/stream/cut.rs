//! Where records end, as the reader of records sees it: a line end inside quotation marks ends none,
//! and quotation marks that do not open a cell are letters like others.

/// The first byte behind a record that begins at `at`: a line end, or the end of the text.
pub(super) fn record_end(text: &[u8], mut at: usize, delimiter: u8) -> usize {
    let mut opens = true;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' if opens => match quoted_end(text, at + 1) {
                Some(behind) => {
                    at = behind;
                    opens = false;
                    continue;
                }
                None => return text.len(),
            },
            b'\r' | b'\n' => return at,
            other => opens = *other == delimiter,
        }
        at += 1;
    }
    at
}

/// The first byte behind the quotation marks that end a cell; doubled ones do not.
fn quoted_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += text.get(at..)?.iter().position(|byte| *byte == b'"')? + 1;
        if text.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// Behind the last line end that ends a record; 0 where there is none. Text behind a carriage return
/// at the very end is not known yet, so that one does not count. Text that `has_quotes` is looked at from
/// its beginning.
pub(super) fn last_cut(text: &[u8], delimiter: u8, has_quotes: bool) -> usize {
    if !has_quotes {
        let behind = |at: usize| at + 1;
        let single = || text[..text.len().saturating_sub(1)].iter().rposition(|byte| *byte == b'\r');
        return text.iter().rposition(|byte| *byte == b'\n').or_else(single).map_or(0, behind);
    }
    let (mut at, mut cut) = (0, 0);
    loop {
        at = skip_line_ends(text, at).0;
        let end = record_end(text, at, delimiter);
        match text.get(end) {
            None => return cut,
            Some(b'\n') => cut = end + 1,
            Some(_) => match text.get(end + 1) {
                None => return cut,
                Some(next) => cut = end + 1 + usize::from(*next == b'\n'),
            },
        }
        at = cut;
    }
}

/// Behind the line ends that begin at `at`, and how many lines they end.
pub(super) fn skip_line_ends(text: &[u8], mut at: usize) -> (usize, u64) {
    let mut lines = 0;
    while let Some(byte @ (b'\r' | b'\n')) = text.get(at) {
        at += if *byte == b'\r' && text.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
        lines += 1;
    }
    (at, lines)
}

/// Lines that end in a text.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    let is_end = |at: usize| match text[at] {
        b'\n' => at == 0 || text[at - 1] != b'\r',
        byte => byte == b'\r',
    };
    (0..text.len()).filter(|at| is_end(*at)).count() as u64
}

#[cfg(test)]
mod tests {
    use csv::ReaderBuilder;
    use proptest::prelude::*;

    use super::*;

    fn own(text: &[u8]) -> Vec<(u64, Vec<String>)> {
        let (mut at, mut line, mut records) = (0, 1, Vec::new());
        loop {
            let (start, lines) = skip_line_ends(text, at);
            line += lines;
            if start == text.len() {
                return records;
            }
            at = record_end(text, start, b',');
            let mut reader =
                ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&text[start..at]);
            let record = reader.records().next().unwrap().unwrap();
            records.push((line, record.iter().map(str::to_owned).collect()));
            line += line_ends(&text[start..at]);
        }
    }

    proptest! {
        #[test]
        fn records_end_where_the_reader_of_records_ends_them(text in "[a,\"\r\n ]{0,40}") {
            let decoded = crate::ingest::decode::Decoded {
                text: text.as_str().into(),
                encoding: "UTF-8",
                delimiter: crate::ingest::decode::Delimiter::Comma,
            };
            let read = crate::ingest::records::records(&decoded);
            let read: Vec<_> = read.map(|(line, it)| (line, it.iter().map(str::to_owned).collect())).collect();
            prop_assert_eq!(own(text.as_bytes()), read);
        }

        /// What is cut off can be read on its own.
        #[test]
        fn a_cut_parts_no_record(text in "[a,\"\r\n ]{0,40}") {
            let bytes = text.as_bytes();
            let (head, tail) = bytes.split_at(last_cut(bytes, b',', text.contains('"')));
            let only = |records: Vec<(u64, Vec<String>)>| records.into_iter().map(|it| it.1).collect::<Vec<_>>();
            let parts = [only(own(head)), only(own(tail))].concat();
            prop_assert_eq!(parts, only(own(bytes)));
            prop_assert_eq!(line_ends(head) + line_ends(tail), line_ends(bytes));
        }
    }
}
