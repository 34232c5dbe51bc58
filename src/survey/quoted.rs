//! Texts as the definition writes them, for lines that an analyst may paste and for drafts.

/// A text between straight quotation marks, on one line; control characters, which no text has, are
/// left out.
pub(crate) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            other if other.is_control() => {}
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for text in
            ["North", "", "the \"north\"", "C:\\new\\tab", "two\r\nlines\tand a tab", "'it’s' 👨\u{200d}👩 #"]
        {
            let line = format!("label = [{}, \"b\"]", quoted(text));
            let read: toml::Table = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(read["label"][0].as_str(), Some(text));
            assert!(!line.contains(['\n', '\r']), "{line}");
        }
        assert_eq!(quoted("a\u{7}\u{7f}b"), "\"ab\"");
    }
}
