//! The workbook by the rules of "Releasing statistics in spreadsheets", part by part, and against
//! the tables' CSV files.

use std::collections::BTreeSet;

use rmsurvey::publish::mark::Mark;
use rmsurvey::publish::table::{Column, Table, Value};
use rmsurvey::publish::table_csv::{csv, safe_text};
use rmsurvey::publish::workbook::{Cover, Listed, workbook};
use roxmltree::Document;

use crate::support::{self, sample_output};
use crate::xlsx::{Book, Sheet, attribute, named};

const MARKS: [Mark; 5] =
    [Mark::Withheld, Mark::NotApplicable, Mark::NobodyScored, Mark::NotAvailable, Mark::Break];

fn sample_book() -> Book {
    Book::read(&sample_output()["publish/tables.xlsx"])
}

/// What holds for every workbook, whatever is in its tables.
pub fn assert_rules(book: &Book) {
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names[..2], ["Cover", "Contents"]);
    assert!(names[2..].iter().skip(1).all(|name| *name != "Notes"), "{names:?}");
    let folded: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), names.len(), "two worksheets with one name");
    for name in &names {
        assert!(name.len() <= 31 && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}");
    }
    assert_parts(book);
    for sheet in &book.sheets {
        assert_sheet(book, sheet);
    }
    let mut tables = BTreeSet::new();
    for table in book.sheets.iter().flat_map(|sheet| &sheet.tables) {
        assert!(tables.insert(table.name.to_lowercase()), "{} stands twice", table.name);
        let mut letters = table.name.chars();
        assert!(letters.next().is_some_and(|first| first.is_ascii_alphabetic()), "{}", table.name);
        assert!(letters.all(|c| c.is_ascii_alphanumeric() || c == '_') && table.name.len() <= 255);
    }
}

fn assert_parts(book: &Book) {
    for (name, xml) in &book.parts {
        assert!(!name.contains("vba") && !name.contains("externalLink"), "{name}");
        let document = Document::parse(xml).unwrap_or_else(|error| panic!("{name}: {error}"));
        for forbidden in ["f", "mergeCell", "pane", "autoFilter", "calculatedColumnFormula", "dataValidation"]
        {
            assert!(named(document.root(), forbidden).next().is_none(), "{name} has a {forbidden}");
        }
        for element in document.descendants() {
            assert_ne!(element.attribute("hidden"), Some("1"), "{name}");
            assert_ne!(element.attribute("zeroHeight"), Some("1"), "{name}");
            assert_ne!(element.attribute("state"), Some("hidden"), "{name}");
            assert_ne!(element.attribute("TargetMode"), Some("External"), "{name}");
        }
    }
    let styles = Document::parse(&book.parts["xl/styles.xml"]).expect("XML");
    for font in named(styles.root(), "fonts").next().expect("fonts").children() {
        let of = |name| attribute(named(font, name).next().expect("it has one"), "val");
        assert_eq!((of("name").as_str(), of("sz").as_str()), ("Arial", "12"));
    }
    let workbook = Document::parse(&book.parts["xl/workbook.xml"]).expect("XML");
    for view in named(workbook.root(), "workbookView") {
        assert!(matches!(view.attribute("activeTab"), None | Some("0")));
        assert!(matches!(view.attribute("firstSheet"), None | Some("0")));
    }
}

fn assert_sheet(book: &Book, sheet: &Sheet) {
    let name = &sheet.name;
    let document = Document::parse(&sheet.xml).expect("XML");
    let view = named(document.root(), "sheetView").next().expect("a view");
    assert_eq!(view.attribute("tabSelected").is_some(), name == "Cover", "{name}");
    for selection in named(view, "selection") {
        assert!(matches!(selection.attribute("activeCell"), None | Some("A1")), "{name}");
    }
    let title = &sheet.cells[&(0, 0)];
    assert!(title.is_bold && title.is_wrapped && title.style == "Heading 1", "{name}: {title:?}");
    for ((row, column), cell) in &sheet.cells {
        assert!(!cell.text.is_empty() && cell.text.encode_utf16().count() <= 32_767, "{name}");
        assert!(cell.is_wrapped || cell.is_number, "{name}: {cell:?}");
        assert_eq!(cell.style == "Heading 1", (*row, *column) == (0, 0), "{name}: {cell:?}");
        let would_run = !cell.is_number && safe_text(&cell.text) != cell.text;
        assert_eq!(cell.is_quoted, would_run, "{name}: {cell:?}");
    }
    for row in 0..sheet.end() {
        assert!(sheet.cells.contains_key(&(row, 0)), "{name}: row {row} is blank in column A");
    }
    for (_, location) in &sheet.links {
        let to = location.strip_suffix("!A1").expect("the beginning of a worksheet").trim_matches('\'');
        assert!(book.sheets.iter().any(|sheet| sheet.name == to), "{name}: a link to {location}");
    }
    if name == "Cover" {
        assert!(sheet.tables.is_empty());
    } else {
        assert_table(sheet);
    }
    let setup = named(document.root(), "pageSetup").next().expect("a page");
    assert_eq!(
        (setup.attribute("orientation"), setup.attribute("paperSize")),
        (Some("landscape"), Some("9"))
    );
}

fn assert_table(sheet: &Sheet) {
    let name = &sheet.name;
    assert_eq!(sheet.text(1, 0), "This worksheet contains one table.", "{name}");
    assert_eq!(sheet.tables.len(), 1, "{name}");
    let table = &sheet.tables[0];
    assert_eq!((table.first.1, table.last.0 + 1), (0, sheet.end()), "{name}");
    assert!(table.xml.contains("<tableStyleInfo show"), "{name} has a style: {}", table.xml);
    let widest = sheet.cells.keys().map(|(_, column)| *column).max();
    assert_eq!(widest, Some(table.last.1), "{name}");
    let rows = sheet.rows(); // panics at an empty place
    let headers: Vec<&str> = rows[0].iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(headers, table.columns, "{name}");
    let different: BTreeSet<String> = headers.iter().map(|header| header.to_lowercase()).collect();
    assert_eq!(different.len(), headers.len(), "{name}: {headers:?}");
    for header in &rows[0] {
        assert!(header.is_bold && header.text.encode_utf16().count() <= 255, "{name}: {header:?}");
    }
    let above = |text: &str| (0..table.first.0).any(|row| sheet.text(row, 0).contains(text));
    for cell in rows[1..].iter().flatten() {
        assert!(!cell.is_bold && !cell.text.contains("[note "), "{name}: {cell:?}");
        if let Some(mark) = MARKS.iter().find(|mark| mark.symbol() == cell.text) {
            assert!(above(&format!("{} means {}", mark.symbol(), mark.meaning())), "{name}: {}", cell.text);
        }
    }
}

#[test]
fn the_sample_keeps_every_rule() {
    assert_rules(&sample_book());
}

#[test]
fn properties_say_whose_it_is_and_in_which_language() {
    let book = sample_book();
    let properties = Document::parse(&book.parts["docProps/core.xml"]).expect("XML");
    let says =
        |name: &str| named(properties.root(), name).next().and_then(|node| node.text().map(str::to_owned));
    assert_eq!(says("title").as_deref(), Some("Relationship management survey, 2016 and 2017: tables"));
    assert_eq!(says("creator").as_deref(), Some("Essex County Council"));
    assert_eq!(says("language").as_deref(), Some("en-GB"));
}

#[test]
fn the_cover_says_what_this_is_and_by_which_rules() {
    let book = sample_book();
    let cover = book.sheet("Cover");
    let lines: Vec<&str> = (0..cover.end()).map(|row| cover.text(row, 0)).collect();
    let under = |heading: &str| {
        let place = lines.iter().position(|line| *line == heading).unwrap_or_else(|| panic!("no {heading}"));
        assert_eq!(cover.cells[&(place, 0)].style, "Heading 2");
        lines[place + 1]
    };
    assert_eq!(lines[1], "Illustrative: invented answers");
    assert_eq!(under("Period"), "2016 and 2017");
    assert_eq!(under("Organisation"), "Essex County Council (ECC)");
    assert!(under("Source").starts_with("Relationship management survey, Essex County Council"));
    // 25 / 914 = 2.735 %
    assert_eq!(under("Response rates"), "Care providers in 2016: 25 of 914 invited returned a form (2.7%).");
    assert!(under("What is not shown").contains("fewer than 5 care providers and 10 council officers"));
    assert!(under("Rounding").contains("half up"));
}

#[test]
fn contents_list_every_table_once_and_link_to_it() {
    let book = sample_book();
    let contents = book.sheet("Contents");
    let rows = contents.rows();
    let listed: Vec<&str> = rows[1..].iter().map(|row| row[0].text.as_str()).collect();
    let sheets: Vec<&str> = book.sheets[2..].iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(listed, sheets);
    let header = contents.tables[0].first.0;
    for (place, name) in (header + 1..).zip(&listed) {
        assert!(contents.links.contains(&((place, 0), format!("'{name}'!A1"))), "{name}");
        let title = contents.text(place, 1);
        assert!(*name == "Notes" || book.sheet(name).text(0, 0).starts_with(title), "{name}: {title}");
    }
}

#[test]
fn notes_stand_once_and_titles_refer_to_them() {
    let book = sample_book();
    let notes = book.sheet("Notes").rows();
    let texts: BTreeSet<&str> = notes[1..].iter().map(|row| row[1].text.as_str()).collect();
    assert_eq!(texts.len(), notes.len() - 1, "a note stands twice");
    let note = |number: &str| {
        let row = notes[1..].iter().find(|row| row[0].text == format!("note {number}"));
        row.unwrap_or_else(|| panic!("no note {number}"))[1].text.as_str()
    };
    for (sheet, (file, _)) in book.sheets[3..].iter().zip(table_files()) {
        let described = &sample_output()[&format!("{file}-metadata.json")];
        let described: serde_json::Value = serde_json::from_slice(described).expect("JSON");
        let lines = described["dc:description"].as_str().expect("a text").lines();
        let own: BTreeSet<&str> = lines.filter_map(|line| line.strip_prefix("Note: ")).collect();
        let markers = sheet.text(0, 0).split("[note ").skip(1);
        let referred: BTreeSet<&str> =
            markers.map(|rest| note(rest.split_once(']').expect("it ends").0)).collect();
        assert_eq!(referred, own, "{file}");
    }
}

/// The tables' CSV files in order.
fn table_files() -> impl Iterator<Item = (&'static String, &'static Vec<u8>)> {
    let is_table = |name: &str| name.starts_with("publish/tables/") && name.ends_with(".csv");
    sample_output().iter().filter(move |(name, _)| is_table(name))
}

#[test]
fn every_cell_reads_as_in_the_csv_file() {
    let book = sample_book();
    let files: Vec<_> = table_files().collect();
    assert_eq!(book.sheets.len(), files.len() + 3, "cover, contents, notes and the tables");
    let mut numbers = 0;
    for (number, (file, bytes)) in (1..).zip(files) {
        assert!(file.starts_with(&format!("publish/tables/{number:02}-")), "{file}");
        numbers += assert_same_cells(book.sheet(&format!("Table_{number}")), bytes, file);
    }
    assert!(numbers > 2000, "only {numbers} numbers");
}

/// Compares a worksheet's table with a CSV file, and says how many numbers there are.
fn assert_same_cells(sheet: &Sheet, bytes: &[u8], file: &str) -> usize {
    let file_says = support::Table::of(bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte-order mark"));
    let rows = sheet.rows();
    let mut numbers = 0;
    assert_eq!(rows.len(), file_says.rows.len() + 1, "{file}");
    let expected = std::iter::once(&file_says.header).chain(&file_says.rows);
    for (row, expected) in rows.iter().zip(expected) {
        let read: Vec<String> = row
            .iter()
            .map(|cell| if cell.is_number { cell.text.clone() } else { safe_text(&cell.text).into_owned() })
            .collect();
        assert_eq!(&read, expected, "{file}");
        numbers += row.iter().filter(|cell| cell.is_number).count();
    }
    for column in 0..rows[0].len() {
        let cells = || rows[1..].iter().map(|row| row[column]);
        // A column of years is one of labels.
        let are_labels = cells().all(|cell| !cell.is_number) && rows[0][column].text == "Year";
        let are_numbers = cells().all(|cell| cell.is_number == cell.text.parse::<f64>().is_ok());
        assert!(are_labels || are_numbers, "{file}: {}", rows[0][column].text);
    }
    numbers
}

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "\u{202e}reversed \u{200f}marks",
    "🦀 crabs & \"quotes\" 'too'",
    "+44 20",
    "@SUM(A1)",
    "\ttab",
    "two\nlines",
    "_x0041_ ]]> &amp;",
];

fn cover(text: &str) -> Cover {
    Cover {
        title: text.to_owned(),
        organisation: text.to_owned(),
        accent: rmsurvey::colour::Colour(0x12, 0x43, 0x6D),
        stamps: vec![text.to_owned()],
        sections: vec![("Source".to_owned(), vec![text.to_owned()])],
    }
}

fn hostile_table(name: &str, text: &str) -> Table {
    let value = |text: &str| Value::Text(text.to_owned());
    Table {
        name: name.to_owned(),
        title: text.to_owned(),
        base: text.to_owned(),
        source: text.to_owned(),
        notes: vec![text.to_owned()],
        columns: vec![Column::text(text), Column::number(format!("{text} (number)")), Column::text("x")],
        rows: vec![
            vec![value(text), Value::Number("\u{2212}0.50".to_owned()), value(&text.repeat(3))],
            vec![value("plain"), Value::Mark(Mark::Withheld), Value::Mark(Mark::NotAvailable)],
        ],
    }
}

#[test]
fn hostile_texts_do_no_harm() {
    let long = "long ".repeat(60);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let tables = [hostile_table("same", text), hostile_table("same", text), hostile_table(text, text)];
        let listed = tables.each_ref().map(|table| Listed { section: text, table });
        let book = Book::read(&workbook(&cover(text), &listed).expect("written"));
        assert_rules(&book);
        let sheet = book.sheet("Table_3");
        // Marks that would turn the letters round are left out.
        let text = text.replace(['\u{202e}', '\u{200f}'], "");
        assert_eq!(sheet.text(0, 0), format!("{text} [note 1]"), "{text}");
        let rows = sheet.rows();
        assert_eq!(
            (rows[1][0].text.as_str(), rows[1][2].text.as_str()),
            (text.as_str(), text.repeat(3).as_str())
        );
        assert!(rows[1][1].is_number && rows[1][1].text == "-0.50");
        assert!(!rows[2][1].is_number && rows[2][1].text == "[c]");
    }
}

#[test]
fn limits_of_excel_are_kept() {
    let mut table = hostile_table("limits", "plain");
    let letters = "long".repeat(100);
    table.columns = [letters.clone() + "1", letters + "2", "Change".to_owned(), "change".to_owned()]
        .map(Column::text)
        .into();
    let endless = Value::Text("🦀".repeat(20_000));
    table.rows = vec![vec![
        endless,
        Value::Number("1".to_owned()),
        Value::Number("<0.001".to_owned()),
        Value::Mark(Mark::Break),
    ]];
    let book =
        Book::read(&workbook(&cover("plain"), &[Listed { section: "s", table: &table }]).expect("written"));
    assert_rules(&book);
    let rows = book.sheet("Table_1").rows();
    assert!(rows[0][0].text.ends_with('…') && rows[1][0].text.ends_with('…'));
    assert!(rows[1][1].is_number && !rows[1][2].is_number);
}

#[test]
fn a_table_without_rows_or_notes_is_a_table_still() {
    let mut table = hostile_table("empty", "plain");
    table.rows.clear();
    table.notes.clear();
    let book =
        Book::read(&workbook(&cover("plain"), &[Listed { section: "s", table: &table }]).expect("written"));
    assert_rules(&book);
    assert!(book.sheets.iter().all(|sheet| sheet.name != "Notes"));
    assert_eq!(book.sheet("Table_1").text(0, 0), "plain");
    assert!(book.sheet("Table_1").rows()[1].iter().all(|cell| cell.text == "[x]"));
}

#[test]
fn a_table_with_holes_is_refused() {
    let mut table = hostile_table("ragged", "plain");
    table.rows[0].pop();
    assert!(csv(&table).is_err());
    assert!(workbook(&cover("plain"), &[Listed { section: "s", table: &table }]).is_err());
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let table = hostile_table("same", "plain");
    let write = || workbook(&cover("plain"), &[Listed { section: "s", table: &table }]).expect("written");
    assert!(write() == write());
}
