//! Reads a document back for the tests.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};
use zip::ZipArchive;

/// The parts of a package by name.
#[derive(Debug)]
pub struct Package {
    pub parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub fn read(bytes: Vec<u8>) -> Package {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            let name = file.name().unwrap().into_owned();
            assert!(parts.insert(name, bytes).is_none(), "a name stands twice");
        }
        Package { parts }
    }

    pub fn text(&self, part: &str) -> &str {
        std::str::from_utf8(&self.parts[part]).unwrap()
    }
}

/// Elements of a name, wherever they stand.
pub fn named<'a, 'i>(tree: &'a Document<'i>, name: &'a str) -> impl Iterator<Item = Node<'a, 'i>> {
    tree.descendants().filter(move |node| node.tag_name().name() == name)
}

/// An attribute, whatever its namespace.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// An element among those directly in another.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// All that a reader sees of an element.
pub fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| node.tag_name().name() == "t");
    texts.filter_map(|node| node.text()).collect()
}

/// The style of a paragraph.
pub fn style<'a>(paragraph: Node<'a, '_>) -> &'a str {
    let style = child(paragraph, "pPr").and_then(|properties| child(properties, "pStyle"));
    style.and_then(|style| attribute(style, "val")).unwrap_or_default()
}
