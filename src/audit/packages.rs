//! Workbooks and Word papers: packages of XML parts.
//!
//! Their tables are those of `tables/` once more, so a table of the same title must say the same in
//! every place, to the last digit; whatever else is written in a package is read as sentences.
//! Pictures in it are read as those of `charts/` are.

use std::io::{Cursor, Read};

use super::files::{BinaryFile, TextFile};
use super::finding::Report;
use super::markup::{attribute, elements, plain, text_of};
use super::tables::Table;

/// What is in a package, as the other attacks read it.
#[derive(Debug, Default)]
pub struct Opened {
    pub tables: Vec<Table>,
    /// Paragraphs, one a line, and charts.
    pub pages: Vec<TextFile>,
    pub pictures: Vec<BinaryFile>,
}

/// Parts that hold no words of their own.
const WORDLESS: [&str; 10] = [
    ".rels",
    "[Content_Types].xml",
    "/theme1.xml",
    "/styles.xml",
    "/settings.xml",
    "/fontTable.xml",
    "/webSettings.xml",
    "/numbering.xml",
    ".ttf",
    ".odttf",
];

/// Opens a package. What cannot be read of it is noted.
pub fn open(package: &BinaryFile, tables: &[Table], report: &mut Report) -> Opened {
    let mut opened = Opened::default();
    let Ok(mut parts) = zip::ZipArchive::new(Cursor::new(&package.bytes)) else {
        report.notes.push(format!("{}: cannot be opened", package.name));
        return opened;
    };
    let names: Vec<String> = parts.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut texts: Vec<TextFile> = Vec::new();
    for name in names.iter().filter(|name| !name.ends_with('/')) {
        let mut bytes = Vec::new();
        let is_read = parts.by_name(name).is_ok_and(|mut part| part.read_to_end(&mut bytes).is_ok());
        let place = format!("{}: {name}", package.name);
        match name.rsplit('.').next().unwrap_or_default() {
            _ if !is_read => report.notes.push(format!("{place} cannot be opened")),
            _ if WORDLESS.iter().any(|ending| name.ends_with(ending)) => {}
            "png" => opened.pictures.push(BinaryFile { name: place, bytes }),
            "svg" => opened.pages.push(TextFile { name: place, text: lossy(&bytes) }),
            "xml" => texts.push(TextFile { name: name.clone(), text: lossy(&bytes) }),
            _ => report.notes.push(format!("{place} is of a kind that no attack reads")),
        }
    }
    texts.sort_by(|left, right| left.name.cmp(&right.name));
    let shared = texts.iter().find(|part| part.name == "xl/sharedStrings.xml");
    let shared: Vec<String> = shared
        .map(|part| elements(&part.text, "si").map(text_of).map(|text| without_codes(&text)).collect())
        .unwrap_or_default();
    for part in &texts {
        let file = format!("{}: {}", package.name, part.name);
        let mut lines = Vec::new();
        if part.name.starts_with("xl/worksheets/sheet") {
            let rows = sheet(&part.text, &shared);
            match table_of(&file, &rows, tables) {
                Some(table) => opened.tables.push(table),
                None => lines.extend(rows.iter().map(|row| row.join(" "))),
            }
        } else if part.name == "word/document.xml" {
            for (before, rows) in document(&part.text) {
                let all = before.iter().cloned().map(|line| vec![line]).chain(rows.iter().cloned());
                match table_of(&file, &all.collect::<Vec<_>>(), tables) {
                    Some(table) => opened.tables.push(table),
                    None => lines.extend(rows.iter().map(|row| row.join(" "))),
                }
                lines.extend(before);
            }
        } else {
            lines.extend(words(&part.text));
        }
        lines.retain(|line| !line.is_empty());
        opened.pages.push(TextFile { name: format!("{file}.txt"), text: lines.join("\n") });
        let described = elements(&part.text, "wp:docPr").chain(elements(&part.text, "xdr:cNvPr"));
        let described: Vec<&str> = described.filter_map(|element| attribute(element, "descr")).collect();
        opened.pages.push(TextFile { name: format!("{file}.txt"), text: described.join("\n") });
    }
    report.count("parts of papers", names.len());
    opened
}

/// What other parts say: paragraphs, texts and comments, or else every element by itself.
fn words(xml: &str) -> Vec<String> {
    let names = ["w:p", "si", "comment", "definedName"];
    let found: Vec<String> = names.into_iter().flat_map(|name| elements(xml, name).map(text_of)).collect();
    if !found.is_empty() {
        return found;
    }
    xml.split("</").map(|element| plain(element.rsplit_once('>').map_or("", |(_, text)| text))).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A workbook writes `_x005F_` before what would read as the code of a letter.
fn without_codes(text: &str) -> String {
    text.replace("_x005F_", "_")
}

/// The rows of a worksheet, each from column A.
fn sheet(xml: &str, shared: &[String]) -> Vec<Vec<String>> {
    let row = |row: &str| {
        let mut places: Vec<String> = Vec::new();
        for cell in elements(row, "c") {
            let value = elements(cell, "v").next().map(text_of).unwrap_or_default();
            let text = match attribute(cell, "t") {
                Some("s") => value.parse().ok().and_then(|at: usize| shared.get(at).cloned()),
                Some("inlineStr") => elements(cell, "is").next().map(text_of),
                _ => Some(value),
            };
            let column = attribute(cell, "r").map_or(places.len(), column);
            places.resize(places.len().max(column + 1), String::new());
            places[column] = text.unwrap_or_default();
        }
        places
    };
    elements(xml, "row").map(row).collect()
}

/// "C12" is 2.
fn column(reference: &str) -> usize {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    letters.fold(0, |number, letter| number * 26 + usize::from(letter - b'A') + 1).saturating_sub(1)
}

/// The tables of a paper, each with the paragraphs since the one before; what follows the last one
/// comes with no rows.
fn document(xml: &str) -> Vec<(Vec<String>, Vec<Vec<String>>)> {
    let paragraphs = |text: &str| elements(text, "w:p").map(text_of).collect::<Vec<String>>();
    let mut found = Vec::new();
    let mut rest = xml;
    for table in elements(xml, "w:tbl") {
        let (before, after) = rest.split_once(table).unwrap_or((rest, ""));
        let rows = elements(table, "w:tr");
        let rows = rows.map(|row| elements(row, "w:tc").map(|cell| paragraphs(cell).join(" ")).collect());
        found.push((paragraphs(before), rows.collect()));
        rest = after;
    }
    found.push((paragraphs(rest), Vec::new()));
    found
}

/// The table of a sheet: its title stands above the header, which is that of the CSV table.
fn table_of(file: &str, rows: &[Vec<String>], tables: &[Table]) -> Option<Table> {
    let is_headed = |own: &&Table| {
        let of_title = |row: &Vec<String>| row.iter().any(|text| bare(text).ends_with(&own.title));
        !own.title.is_empty() && rows.iter().take_while(|row| !is_header(row, own)).any(of_title)
    };
    let own = tables.iter().filter(is_headed).max_by_key(|own| own.title.len())?;
    let at = rows.iter().position(|row| is_header(row, own))?;
    Some(Table {
        file: file.to_owned(),
        name: own.name.clone(),
        title: own.title.clone(),
        header: own.header.clone(),
        rows: rows[at + 1..].iter().filter(|row| row.iter().any(|text| !text.is_empty())).cloned().collect(),
    })
}

fn is_header(row: &[String], own: &Table) -> bool {
    let is_same = |(text, heading): (&String, &String)| {
        // A workbook cuts what is longer than its headers may be.
        let begins = |text: &str| text.split_once('…').is_some_and(|(begun, _)| heading.starts_with(begun));
        bare(text) == *heading || begins(&bare(text))
    };
    row.len() >= own.header.len() && row.iter().zip(&own.header).all(is_same)
}

/// Without the markers of notes.
fn bare(text: &str) -> String {
    let start = text.find(" [note").unwrap_or(text.len());
    text[..start].trim().to_owned()
}
