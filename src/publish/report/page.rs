//! A strict reader of the page for the tests: every element is closed, every attribute quoted.

/// The start tags of a page in order.
#[derive(Debug)]
pub struct Page {
    pub tags: Vec<Tag>,
}

/// A start tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The level, if the tag is a heading.
    pub fn heading(&self) -> Option<u32> {
        self.name.strip_prefix('h').and_then(|level| level.parse().ok())
    }
}

impl Page {
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags.iter().filter(move |tag| tag.name == name)
    }

    /// Reads the page, and panics where it is not well formed.
    pub fn read(html: &str) -> Page {
        let mut rest = html.strip_prefix("<!DOCTYPE html>").expect("starts with the document type");
        let mut tags = Vec::new();
        let mut open: Vec<String> = Vec::new();
        while let Some(start) = rest.find('<') {
            rest = &rest[start + 1..];
            let end = end_of_tag(rest);
            let inside = &rest[..end];
            rest = &rest[end + 1..];
            if let Some(name) = inside.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "closed out of order");
                continue;
            }
            let tag = tag(inside.trim_end_matches('/'));
            if matches!(tag.name.as_str(), "style" | "script") {
                rest = &rest[rest.find(&format!("</{}", tag.name)).expect("it ends")..];
            }
            if !inside.ends_with('/') && !matches!(tag.name.as_str(), "meta" | "br" | "hr" | "wbr") {
                open.push(tag.name.clone());
            }
            tags.push(tag);
        }
        assert!(open.is_empty(), "never closed: {open:?}");
        Page { tags }
    }
}

/// Where the tag ends, signs within quotation marks left aside.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|letter| {
        quoted ^= letter == '"';
        letter == '>' && !quoted
    });
    end.expect("a tag ends")
}

fn tag(inside: &str) -> Tag {
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric()), "not the name of an element: {name}");
    let mut attributes = Vec::new();
    while let Some((attribute, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("a value is quoted");
        attributes.push((attribute.trim().to_owned(), value.to_owned()));
        rest = after;
    }
    assert!(rest.trim().is_empty(), "an attribute without a quoted value: {rest}");
    Tag { name: name.to_owned(), attributes }
}
