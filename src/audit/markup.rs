//! The few things that are needed of HTML, SVG and the XML of office papers.

/// What stands between one text and another, each in turn, the first text included.
pub fn blocks<'t>(text: &'t str, from: &'t str, to: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(from)?;
        let block = &rest[start..];
        let end = block.find(to).unwrap_or(block.len());
        rest = &block[end..];
        Some(&block[..end])
    })
}

/// Elements of a name with what is in them, tags included; `<row` is no `<rowBreaks`.
pub fn elements<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(&format!("<{name}"))?;
            let element = &rest[start..];
            let after = &element[name.len() + 1..];
            if !after.starts_with([' ', '>', '/', '\n', '\t', '\r']) {
                rest = after;
                continue;
            }
            let tag = element.find('>').map_or(element.len(), |end| end + 1);
            let end = if element[..tag].ends_with("/>") {
                tag
            } else {
                let closing = format!("</{name}>");
                element.find(&closing).map_or(element.len(), |end| end + closing.len())
            };
            rest = &element[end..];
            return Some(&element[..end]);
        }
    })
}

/// An attribute of the first tag of a piece of markup.
pub fn attribute<'t>(element: &'t str, name: &str) -> Option<&'t str> {
    let tag = element.split('>').next()?;
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// What a reader sees of a piece of markup.
pub fn text_of(markup: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in markup.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            other if !is_tag => text.push(other),
            _ => {}
        }
    }
    plain(&text)
}

/// Text without escapes, with single spaces.
pub fn plain(text: &str) -> String {
    const ESCAPES: [(&str, char); 10] = [
        ("quot;", '"'),
        ("#34;", '"'),
        ("#39;", '\''),
        ("apos;", '\''),
        ("lt;", '<'),
        ("#60;", '<'),
        ("gt;", '>'),
        ("#62;", '>'),
        ("#38;", '&'),
        ("amp;", '&'),
    ];
    // From the left, so that what comes of one escape is not read as the beginning of another.
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let read = ESCAPES.iter().find_map(|(name, letter)| Some((letter, part.strip_prefix(name)?)));
        let (letter, rest) = read.unwrap_or((&'&', part));
        plain.push(*letter);
        plain.push_str(rest);
    }
    spaced(&plain)
}

/// Text with single spaces.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cell of a CSV file as other places have it: without the apostrophe that keeps a spreadsheet from
/// running it.
pub fn cell(text: &str) -> String {
    let runs = |kept: &&str| {
        let first = kept.trim_start_matches([' ', '\u{a0}']);
        first.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    };
    spaced(text.strip_prefix('\'').filter(runs).unwrap_or(text))
}

/// Markdown as it reads: a backslash before a sign is none.
pub fn without_backslashes(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => plain.extend(letters.next()),
            _ => plain.push(letter),
        }
    }
    plain
}

/// The numbers of a text, as they are written: "2.45", "32". A word with a digit, as "Q1", is none.
pub fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '.');
    let words = words.map(|word| word.trim_matches('.'));
    words.filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_read_as_far_as_needed() {
        let text = "<rows/><row r=\"1\"><c>a</c></row><row r=\"2\"/><row>b &amp; c</row>";
        let rows: Vec<String> = elements(text, "row").map(text_of).collect();
        assert_eq!(rows, ["a", "", "b & c"]);
        assert_eq!(plain("&amp;lt; &#38;amp; a & b &x;"), "&lt; &amp; a & b &x;");
        assert_eq!(
            ["'=1  +1", "'\ta", "'quoted' b", "' a", "-0.49"].map(cell),
            ["=1 +1", "a", "'quoted' b", "' a", "-0.49"]
        );
        assert_eq!(without_backslashes("a\\_b \\\\ c:\\d"), "a_b \\ c:\\d");
        assert_eq!(attribute("<row r=\"1\" s=\"2\">x", "s"), Some("2"));
        assert_eq!(numbers("Q1 rose by 0.25, to 32% (2.45).").collect::<Vec<_>>(), ["0.25", "32", "2.45"]);
    }
}
