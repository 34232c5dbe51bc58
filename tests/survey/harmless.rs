//! Whatever people write into labels and files stays text in everything that a run writes: no element, no
//! attribute, no formula, no heading, no file name comes of it, and no picture loses its shape.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::OnceLock;

use pulldown_cmark::{Event, Options, Parser, Tag};
use rmsurvey::publish::table_csv::safe_text;
use roxmltree::{Document, Node};
use serde_json::Value;

use crate::hostile::{Texts, define, survey, texts};
use crate::markup::Element;
use crate::support::{Folder, Table};
use crate::workbook::assert_rules;
use crate::written::Written;
use crate::xlsx::Book;

/// The same survey in plain words.
fn tame() -> &'static Written {
    static TAME: OnceLock<Written> = OnceLock::new();
    TAME.get_or_init(|| Written::of(&survey(None)))
}

/// How often each of some words stands somewhere.
type Census = BTreeMap<String, usize>;

fn census<T: Into<String>>(words: impl IntoIterator<Item = T>) -> Census {
    let mut census = Census::new();
    for word in words {
        *census.entry(word.into()).or_default() += 1;
    }
    census
}

/// Control characters, marks that turn the direction, and what XML forbids.
fn is_harmful(letter: char) -> bool {
    (letter.is_control() && !"\n\t\r".contains(letter))
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

fn assert_harmless(written: &Written, tame: &Written) {
    assert_names(written, tame);
    for name in ["publish/report.html", "private/report.html"] {
        assert_page(name, written, tame);
    }
    for name in written.ending(".svg") {
        let tree = Document::parse(written.text(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_drawing(name, &tree);
    }
    assert_papers(written, tame);
    for name in written.ending(".csv") {
        assert_table(name, written, tame);
    }
    for name in written.ending(".md") {
        assert_markdown(name, written, tame);
    }
    for name in written.ending(".json") {
        let read: Value =
            serde_json::from_slice(&written.files[name]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_texts(name, &read);
    }
    for (name, bytes) in &written.files {
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(!text.contains(is_harmful), "{name} holds what nobody can see");
        }
    }
    // The attacker has seen as much as of plain words. (A sentence is what begins with a hyphen, which a
    // label may do.)
    let [own, plain] = [written, tame].map(|one| {
        let tried = one.audited.out.lines().nth(1).expect("what was tried").split(", ");
        tried.filter(|part| !part.ends_with(" sentences")).collect::<Vec<_>>()
    });
    assert_eq!(own, plain, "{}", written.audited.out);
    let notes = |written: &Written| written.audited.out.matches("could be set beside").count();
    assert_eq!(notes(written), notes(tame), "{}\n---\n{}", written.audited.out, tame.audited.out);
}

/// Plain names of their own on every system, as many as there are of plain words.
fn assert_names(written: &Written, tame: &Written) {
    assert_eq!(written.files.len(), tame.files.len());
    let folded: BTreeSet<String> = written.files.keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), written.files.len(), "two names differ in case alone");
    for name in written.files.keys() {
        for part in name.split('/') {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
            assert!(is_plain && !part.starts_with('.') && (1..=200).contains(&part.len()), "{name}");
        }
    }
}

/// Elements of the page, those inside pictures apart: lines of a picture break where they must.
fn elements(page: &Element) -> (Vec<&Element>, Vec<&Element>) {
    let in_pictures: Vec<&Element> = page.named("svg").into_iter().flat_map(Element::all).collect();
    let places: BTreeSet<*const Element> = in_pictures.iter().map(|one| std::ptr::from_ref(*one)).collect();
    page.all().into_iter().partition(|one| !places.contains(&std::ptr::from_ref(*one)))
}

fn assert_page(name: &str, written: &Written, tame: &Written) {
    let [page, plain] = [written, tame].map(|one| Element::read(one.text(name)));
    let ((outside, inside), (of_plain, in_plain)) = (elements(&page), elements(&plain));
    // Scripts that read from the right are set apart, which is an element each, and the analyst may
    // stress words.
    let count = |all: &[&Element]| {
        census(all.iter().map(|one| one.name.as_str()).filter(|one| !["bdi", "strong", "em"].contains(one)))
    };
    assert_eq!(count(&outside), count(&of_plain), "{name}");
    let kinds = |all: &[&Element]| count(all).into_keys().collect::<BTreeSet<_>>();
    assert!(kinds(&inside).is_subset(&kinds(&in_plain)), "{name}: {:?}", kinds(&inside));
    let attributes = |all: &[&Element]| {
        let pairs = all
            .iter()
            .filter(|one| one.name != "bdi")
            .flat_map(|one| one.attributes.iter().map(|(own, _)| format!("{} {own}", one.name)));
        pairs.collect::<BTreeSet<_>>()
    };
    assert_eq!(attributes(&outside), attributes(&of_plain), "{name}");
    assert!(attributes(&inside).is_subset(&attributes(&in_plain)), "{name}");
    let all = page.all();
    let ids = census(all.iter().filter_map(|one| one.attribute("id")));
    assert!(ids.values().all(|count| *count == 1), "{name}: an id stands twice");
    for one in &all {
        for (attribute, value) in &one.attributes {
            assert!(!attribute.starts_with("on"), "{name}: {attribute}");
            let folder = name.split('/').next().expect("a folder");
            let is_known = match (attribute.as_str(), value.strip_prefix('#')) {
                ("href", Some(id)) => ids.contains_key(id),
                ("href", None) => written.files.contains_key(&format!("{folder}/{value}")),
                ("src" | "action" | "formaction" | "srcdoc", _) => false,
                _ => true,
            };
            assert!(is_known, "{name}: {attribute} leads to {value}");
        }
    }
}

/// A box around letters, in the units of the picture.
#[derive(Debug)]
struct TextBox {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// Letters lie inside the picture and none on others.
fn assert_drawing(name: &str, tree: &Document<'_>) {
    let root = tree.root_element();
    let view: Vec<f64> = root
        .attribute("viewBox")
        .expect("a view")
        .split(' ')
        .map(|one| one.parse().expect("a number"))
        .collect();
    let number = |node: Node<'_, '_>, of: &str| {
        node.attribute(of)
            .and_then(|value| value.trim_end_matches("em").parse::<f64>().ok())
            .unwrap_or_else(|| panic!("{name}: no {of}"))
    };
    let texts = tree.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    let boxes = texts.map(|node| {
        let size = number(node, "font-size");
        let baseline = number(node, "y") + number(node, "dy") * size;
        let left = number(node, "x");
        TextBox {
            left,
            right: left + number(node, "textLength"),
            // Capitals and what hangs below the line, with a hair's breadth of the rounding to whole units.
            top: baseline - 0.78 * size + 1.0,
            bottom: baseline + 0.22 * size - 1.0,
        }
    });
    let boxes: Vec<TextBox> = boxes.collect();
    assert!(boxes.len() > 5, "{name} says nothing");
    for (index, one) in boxes.iter().enumerate() {
        let is_inside =
            one.left >= 0.0 && one.top >= 0.0 && one.right <= view[2] + 1.0 && one.bottom <= view[3];
        assert!(is_inside, "{name}: {one:?} leaves {view:?}");
        for other in &boxes[index + 1..] {
            let apart = one.right <= other.left + 1.0
                || other.right <= one.left + 1.0
                || one.bottom <= other.top
                || other.bottom <= one.top;
            assert!(apart, "{name}: {one:?} meets {other:?}");
        }
    }
}

/// The parts of a package.
fn parts(package: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut parts = BTreeMap::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        parts.insert(part.name().expect("a name").into_owned(), bytes);
    }
    parts
}

/// Elements of papers of which there are as many whatever the words are.
const FIXED: [&str; 12] = [
    "tbl",
    "tr",
    "tc",
    "hyperlink",
    "fldSimple",
    "bookmarkStart",
    "row",
    "c",
    "v",
    "table",
    "tableColumn",
    "sheet",
];

fn assert_papers(written: &Written, tame: &Written) {
    for name in ["publish/report.docx", "publish/tables.xlsx"] {
        let [own, plain] = [written, tame].map(|one| parts(&one.files[name]));
        assert_eq!(own.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>(), "{name}");
        for (part, bytes) in own.iter().filter(|(part, _)| part.ends_with(".xml") || part.ends_with(".rels"))
        {
            let counts = [bytes, &plain[part]].map(|bytes| {
                let text = std::str::from_utf8(bytes).expect("UTF-8");
                let tree = Document::parse(text).unwrap_or_else(|error| panic!("{name}, {part}: {error}"));
                let elements = tree.descendants().filter(Node::is_element);
                let names: Vec<String> = elements.map(|one| one.tag_name().name().to_owned()).collect();
                let external =
                    tree.descendants().filter(|one| one.attribute("TargetMode") == Some("External"));
                assert_eq!(external.count(), 0, "{name}, {part}");
                census(names)
            });
            // Scripts that read from the right are runs of their own, and wide tables pages of their own.
            let [own, plain] = counts;
            for element in own.keys().filter(|name| !["rtl", "rPr"].contains(&name.as_str())) {
                assert!(plain.contains_key(element), "{name}, {part}: <{element}>");
            }
            for element in FIXED {
                assert_eq!(own.get(element), plain.get(element), "{name}, {part}: <{element}>");
            }
        }
    }
    assert_rules(&Book::read(&written.files["publish/tables.xlsx"]));
}

/// Rows and columns as of plain words, and no cell that a spreadsheet would run.
fn assert_table(name: &str, written: &Written, tame: &Written) {
    let table = Table::of(&written.files[name]);
    if let Some(plain) = tame.files.get(name) {
        let plain = Table::of(plain);
        assert_eq!((table.header.len(), table.rows.len()), (plain.header.len(), plain.rows.len()), "{name}");
    }
    for row in std::iter::once(&table.header).chain(&table.rows) {
        assert_eq!(row.len(), table.header.len(), "{name}");
        for cell in row {
            assert!(cell.parse::<f64>().is_ok() || safe_text(cell) == cell.as_str(), "{name}: {cell:?}");
        }
    }
}

/// Markdown, with every extension that a reader might have, is the same kinds of blocks as of plain words.
fn assert_markdown(name: &str, written: &Written, tame: &Written) {
    let kinds = |text: &str| {
        let kinds = Parser::new_ext(text, Options::all()).filter_map(|event| match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => Some("link".to_owned()),
            Event::Html(_) | Event::InlineHtml(_) => Some("html".to_owned()),
            Event::Start(tag) => Some(format!("{tag:?}")),
            Event::Text(_) | Event::SoftBreak | Event::End(_) => None,
            Event::Code(_) => Some("code".to_owned()),
            other => Some(format!("{other:?}")),
        });
        census(kinds)
    };
    let [own, plain] = [written, tame].map(|one| kinds(one.text(name)));
    assert!(!own.contains_key("link") && !own.contains_key("html"), "{name}: {own:?}");
    assert_eq!(own, plain, "{name}");
}

fn assert_texts(name: &str, value: &Value) {
    match value {
        Value::String(text) => assert!(!text.contains(is_harmful), "{name}: {text:?}"),
        Value::Array(list) => list.iter().for_each(|one| assert_texts(name, one)),
        Value::Object(object) => object.iter().for_each(|(key, one)| {
            assert!(!key.contains(is_harmful), "{name}: {key:?}");
            assert_texts(name, one);
        }),
        _ => {}
    }
}

/// Beginning with another text each time, so that none keeps to some of the places.
fn mixed(from: usize) -> Vec<String> {
    let mut texts = texts();
    texts.rotate_left(from);
    texts
}

#[test]
fn hostile_texts_stay_texts() {
    for from in [0, 14] {
        assert_harmless(&Written::of(&survey(Some(mixed(from)))), tame());
    }
}

/// The longest labels everywhere at once.
#[test]
fn long_texts_keep_every_picture_in_shape() {
    let long = vec!["word ".repeat(60), "x".repeat(300)];
    assert_harmless(&Written::of(&survey(Some(long))), tame());
}

/// The sample, with every text of its definition. Its years have other names then, by which the
/// commentary speaks of a figure.
#[test]
fn the_sample_in_hostile_words_is_harmless() {
    let plain = Folder::sample();
    plain.replace("commentary.md", "# 2016/officers/whole/Q2/all/all", "# limits");
    let hostile = Folder::copy_of(plain.path());
    define(&hostile, &mut Texts::new(mixed(5)));
    assert_harmless(&Written::of(&hostile), &Written::of(&plain));
}
