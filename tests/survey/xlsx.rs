//! A workbook, taken apart: what its parts say, with nothing of the program that wrote it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

/// The parts of a workbook as text, and its worksheets in order.
pub struct Book {
    pub parts: BTreeMap<String, String>,
    pub sheets: Vec<Sheet>,
}

/// A worksheet.
pub struct Sheet {
    pub name: String,
    /// By row and column, from 0.
    pub cells: BTreeMap<(usize, usize), Cell>,
    pub tables: Vec<ExcelTable>,
    /// The cell that a link is in, and where it leads.
    pub links: Vec<((usize, usize), String)>,
    pub xml: String,
}

#[derive(Clone, Debug)]
pub struct Cell {
    /// As a reader sees it.
    pub text: String,
    pub is_number: bool,
    pub is_quoted: bool,
    pub is_wrapped: bool,
    pub is_bold: bool,
    /// "Normal", "Heading 1".
    pub style: String,
}

/// One of Excel's own tables.
pub struct ExcelTable {
    pub name: String,
    /// Corners, by row and column from 0, header row included.
    pub first: (usize, usize),
    pub last: (usize, usize),
    pub columns: Vec<String>,
    pub xml: String,
}

struct Styles {
    cells: Vec<CellStyle>,
}

struct CellStyle {
    decimals: Option<usize>,
    is_quoted: bool,
    is_wrapped: bool,
    is_bold: bool,
    style: String,
}

impl Book {
    pub fn read(bytes: &[u8]) -> Book {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip archive");
        let mut parts = BTreeMap::new();
        for place in 0..archive.len() {
            let mut part = archive.by_index(place).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            parts.insert(part.name().expect("a name").into_owned(), text);
        }
        let styles = Styles::read(&parts["xl/styles.xml"]);
        let strings = strings(&parts["xl/sharedStrings.xml"]);
        let workbook = Document::parse(&parts["xl/workbook.xml"]).expect("XML");
        let names = named(workbook.root(), "sheet").map(|sheet| attribute(sheet, "name")).collect::<Vec<_>>();
        let sheets = (1..).zip(names).map(|(number, name)| {
            let xml = parts[&format!("xl/worksheets/sheet{number}.xml")].clone();
            let tables = tables(&parts, number);
            sheet(name, xml, tables, &strings, &styles)
        });
        Book { sheets: sheets.collect(), parts }
    }

    pub fn sheet(&self, name: &str) -> &Sheet {
        self.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no worksheet {name}"))
    }
}

impl Sheet {
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.cells.get(&(row, column)).map_or("", |cell| cell.text.as_str())
    }

    /// The first row below the used range.
    pub fn end(&self) -> usize {
        self.cells.keys().map(|(row, _)| row + 1).max().unwrap_or(0)
    }

    /// The rows of the table, header first.
    pub fn rows(&self) -> Vec<Vec<&Cell>> {
        let table = &self.tables[0];
        let row = |row: usize| (0..=table.last.1).map(|column| &self.cells[&(row, column)]).collect();
        (table.first.0..=table.last.0).map(row).collect()
    }
}

fn sheet(name: String, xml: String, tables: Vec<ExcelTable>, strings: &[String], styles: &Styles) -> Sheet {
    let document = Document::parse(&xml).expect("XML");
    let mut cells = BTreeMap::new();
    for cell in named(document.root(), "c") {
        let Some(value) = named(cell, "v").next() else { continue };
        let written = value.text().expect("a value");
        let style = &styles.cells[cell.attribute("s").unwrap_or("0").parse::<usize>().expect("a style")];
        let is_number = cell.attribute("t").is_none();
        let text = if is_number {
            let number: f64 = written.parse().expect("a number");
            style.decimals.map_or_else(|| written.to_owned(), |decimals| format!("{number:.decimals$}"))
        } else {
            assert_eq!(cell.attribute("t"), Some("s"), "{name}: a cell that is neither number nor text");
            strings[written.parse::<usize>().expect("a place")].clone()
        };
        let read = Cell {
            text,
            is_number,
            is_quoted: style.is_quoted,
            is_wrapped: style.is_wrapped,
            is_bold: style.is_bold,
            style: style.style.clone(),
        };
        assert!(cells.insert(place(&attribute(cell, "r")), read).is_none());
    }
    let links = named(document.root(), "hyperlink");
    let links = links.map(|link| (place(&attribute(link, "ref")), attribute(link, "location"))).collect();
    Sheet { name, cells, tables, links, xml }
}

fn tables(parts: &BTreeMap<String, String>, sheet: usize) -> Vec<ExcelTable> {
    let Some(relations) = parts.get(&format!("xl/worksheets/_rels/sheet{sheet}.xml.rels")) else {
        return Vec::new();
    };
    let relations = Document::parse(relations).expect("XML");
    let targets = named(relations.root(), "Relationship").map(|relation| attribute(relation, "Target"));
    let table = |target: String| {
        let xml = parts[&target.replace("..", "xl")].clone();
        let document = Document::parse(&xml).expect("XML");
        let root = document.root_element();
        let range = attribute(root, "ref");
        let (first, last) = range.split_once(':').expect("a range");
        ExcelTable {
            name: attribute(root, "displayName"),
            first: place(first),
            last: place(last),
            columns: named(root, "tableColumn").map(|column| attribute(column, "name")).collect(),
            xml: xml.clone(),
        }
    };
    targets.map(table).collect()
}

impl Styles {
    fn read(xml: &str) -> Styles {
        let document = Document::parse(xml).expect("XML");
        let root = document.root();
        let list = |name: &'static str| {
            named(root, name).next().expect("a list").children().filter(Node::is_element)
        };
        let formats: BTreeMap<String, String> = named(root, "numFmt")
            .map(|format| (attribute(format, "numFmtId"), attribute(format, "formatCode")))
            .collect();
        let bold: Vec<bool> = list("fonts").map(|font| named(font, "b").next().is_some()).collect();
        let names: BTreeMap<String, String> =
            list("cellStyles").map(|style| (attribute(style, "xfId"), attribute(style, "name"))).collect();
        let cells = list("cellXfs").map(|format| {
            let code = formats.get(&attribute(format, "numFmtId"));
            let alignment = named(format, "alignment").next();
            CellStyle {
                decimals: code.map(|code| code.split_once('.').map_or(0, |(_, zeros)| zeros.len())),
                is_quoted: format.attribute("quotePrefix") == Some("1"),
                is_wrapped: alignment.is_some_and(|it| it.attribute("wrapText") == Some("1")),
                is_bold: bold[attribute(format, "fontId").parse::<usize>().expect("a font")],
                style: names[&attribute(format, "xfId")].clone(),
            }
        });
        Styles { cells: cells.collect() }
    }
}

fn strings(xml: &str) -> Vec<String> {
    let document = Document::parse(xml).expect("XML");
    let text = |item: Node<'_, '_>| named(item, "t").filter_map(|text| text.text()).collect::<String>();
    named(document.root(), "si").map(|item| text(item).replace("_x005F_", "_")).collect()
}

/// The elements below a node that have a name.
pub fn named<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'input>> + 'a {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

pub fn attribute(node: Node<'_, '_>, name: &str) -> String {
    node.attribute(name).unwrap_or_else(|| panic!("no {name} at {node:?}")).to_owned()
}

/// "B3" is row 2, column 1.
fn place(address: &str) -> (usize, usize) {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    let row: usize =
        address.trim_start_matches(|letter: char| letter.is_ascii_uppercase()).parse().expect("a row");
    (row - 1, column - 1)
}
