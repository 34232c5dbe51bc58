//! A strict reader of the report: whatever is not well-formed HTML as the templates mean it is a
//! failure, and so is a text that came through unescaped.

/// An element, with what is in it.
#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub inside: Vec<Inside>,
}

#[derive(Clone, Debug)]
pub enum Inside {
    Text(String),
    Element(Element),
}

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "br", "hr", "img", "input", "col"];
/// Elements whose text is no markup.
const RAW: [&str; 2] = ["style", "script"];

impl Element {
    /// Reads a page.
    #[track_caller]
    pub fn read(page: &str) -> Element {
        let rest = page.strip_prefix("<!DOCTYPE html>").unwrap_or(page);
        let mut open = vec![Element { name: "page".to_owned(), ..Element::default() }];
        let mut rest = rest;
        while let Some(start) = rest.find('<') {
            text(&mut open, &rest[..start]);
            rest = tag(&mut open, &rest[start..]);
        }
        text(&mut open, rest);
        assert_eq!(open.len(), 1, "<{}> has no end", open[open.len() - 1].name);
        open.remove(0)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All elements below, in order.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for inside in &self.inside {
            if let Inside::Element(element) = inside {
                found.push(element);
                found.extend(element.all());
            }
        }
        found
    }

    /// The elements of a name below.
    pub fn named(&self, name: &str) -> Vec<&Element> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// What a reader sees, with single spaces.
    pub fn text(&self) -> String {
        fn gather(element: &Element, into: &mut String) {
            for inside in &element.inside {
                match inside {
                    Inside::Text(text) => into.push_str(text),
                    Inside::Element(element) => gather(element, into),
                }
            }
        }
        let mut text = String::new();
        gather(self, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Takes one tag, and says what follows it.
#[track_caller]
fn tag<'t>(open: &mut Vec<Element>, from: &'t str) -> &'t str {
    if let Some(name) = from.strip_prefix("</") {
        let (name, rest) = name.split_once('>').expect("a tag ends");
        let done = open.pop().expect("an element to end");
        assert_eq!(done.name, name, "an element ends that was not begun");
        open.last_mut().expect("a page").inside.push(Inside::Element(done));
        return rest;
    }
    let mut rest = &from[1..];
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').expect("a name");
    assert!(end > 0, "no element begins with {:?}", from.chars().take(40).collect::<String>());
    let mut element = Element { name: rest[..end].to_owned(), ..Element::default() };
    rest = &rest[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            open.last_mut().expect("a page").inside.push(Inside::Element(element));
            return after;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return begun(open, element, after);
        }
        let end = rest.find(['=', '>', ' ', '\n']).expect("an attribute");
        let name = rest[..end].to_owned();
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:".contains(&byte)), "{name:?}");
        assert!(element.attribute(&name).is_none(), "{name} stands twice at <{}>", element.name);
        rest = &rest[end..];
        let value = match rest.strip_prefix("=\"") {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').expect("a value ends");
                rest = after;
                value
            }
            None => "",
        };
        element.attributes.push((name, unescaped(value)));
    }
}

fn begun<'t>(open: &mut Vec<Element>, mut element: Element, rest: &'t str) -> &'t str {
    let into = &mut open.last_mut().expect("a page").inside;
    if VOID.contains(&element.name.as_str()) {
        into.push(Inside::Element(element));
        return rest;
    }
    if RAW.contains(&element.name.as_str()) {
        let (text, rest) = rest.split_once(&format!("</{}>", element.name)).expect("an end");
        element.inside.push(Inside::Text(text.to_owned()));
        into.push(Inside::Element(element));
        return rest;
    }
    open.push(element);
    rest
}

#[track_caller]
fn text(open: &mut [Element], text: &str) {
    if !text.is_empty() {
        let text = unescaped(text);
        open.last_mut().expect("a page").inside.push(Inside::Text(text));
    }
}

/// Text with its escapes resolved; a bare ampersand is none.
#[track_caller]
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').unwrap_or_else(|| panic!("a bare ampersand: {text:?}"));
        plain.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = name.strip_prefix('#').and_then(|number| number.parse().ok());
                number.and_then(char::from_u32).unwrap_or_else(|| panic!("no escape: &{name};"))
            }
        });
        plain += rest;
    }
    plain
}
