//! The Word paper of the sample: what it prints is what the tables say.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};
use zip::ZipArchive;

use crate::support::{Folder, Table, files, rmsurvey, sample_input, sample_output};

pub fn document(docx: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(docx.to_vec())).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

pub fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

/// The tables of a document by their titles, header row first.
pub fn tables(text: &str) -> BTreeMap<String, Vec<Vec<String>>> {
    let tree = Document::parse(text).unwrap();
    let cells = |row| {
        let words = |cell| named(cell, "t").filter_map(|node| node.text()).collect::<String>();
        named(row, "tc").map(words).collect()
    };
    named(tree.root(), "tbl")
        .map(|table| {
            let title = named(table, "tblCaption").next().unwrap();
            let title = title.attributes().next().unwrap().value().to_owned();
            (title, named(table, "tr").map(cells).collect())
        })
        .collect()
}

/// A place as the csv file has it, where signs are those of numbers.
pub fn as_number(printed: &str) -> String {
    printed.replace('\u{2212}', "-").trim_start_matches('+').to_owned()
}

/// Compares every printed table with its csv file, and finds the worksheet of every other one named; how
/// many are printed.
fn compared(output: &BTreeMap<String, Vec<u8>>) -> usize {
    let text = document(&output["publish/report.docx"]);
    let mut printed = tables(&text);
    let mut found = 0;
    for (name, bytes) in output.iter().filter(|(name, _)| name.ends_with("-metadata.json")) {
        let described: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let rows = printed.remove(described["dc:title"].as_str().unwrap());
        let file = name.trim_start_matches("publish/").trim_end_matches("-metadata.json");
        let number: usize = file.trim_start_matches("tables/").split('-').next().unwrap().parse().unwrap();
        let place = format!("worksheet Table_{number} of tables.xlsx.");
        assert_ne!(rows.is_some(), text.contains(&place), "{file} is either printed or named");
        let Some(rows) = rows else { continue };
        let table = Table::of(&output[name.trim_end_matches("-metadata.json")]);
        assert_eq!(rows[0], table.header, "{name}");
        for (row, expected) in rows[1..].iter().zip(&table.rows) {
            let row: Vec<String> = row.iter().map(|place| as_number(place)).collect();
            assert_eq!(row, expected.iter().map(|place| as_number(place)).collect::<Vec<_>>(), "{name}");
        }
        assert_eq!(rows.len() - 1, table.rows.len(), "{name}");
        found += 1;
    }
    // The rest has no file: the key figures, what was read of each file, the trial of likely ranges.
    assert_eq!(printed.len(), 3, "{:?}", printed.keys());
    found
}

#[test]
fn tables_in_word_are_those_of_the_csv_files() {
    assert!(compared(sample_output()) > 30);
}

/// With pictures, each with words for those who cannot see it; every chart of the folder once, slides
/// none.
#[test]
fn pictures_in_word_are_those_of_the_charts_folder() {
    let output = Folder::empty();
    let [input, into] = [&sample_input(), output.path()].map(|path| path.to_str().unwrap().to_owned());
    rmsurvey(["run", "--input", &input, "--output", &into, "--wave", "2017"]).expect_code(0);
    let output = files(output.path());
    let is_chart = |name: &str| {
        name.starts_with("publish/charts/") && name.ends_with(".png") && !name.ends_with("-slide.png")
    };
    let mut charts: Vec<&Vec<u8>> =
        output.iter().filter(|(name, _)| is_chart(name)).map(|(_, png)| png).collect();
    let docx = &output["publish/report.docx"];
    let mut archive = ZipArchive::new(Cursor::new(docx.clone())).unwrap();
    let mut embedded: Vec<Vec<u8>> = (1..=charts.len())
        .map(|number| {
            let mut png = Vec::new();
            let name = format!("word/media/chart{number}.png");
            archive.by_name(&name).unwrap().read_to_end(&mut png).unwrap();
            png
        })
        .collect();
    charts.sort();
    embedded.sort();
    assert!(embedded.iter().eq(charts.iter().copied()), "the pictures are not the charts");
    let text = document(docx);
    let tree = Document::parse(&text).unwrap();
    let alternatives: Vec<&str> =
        named(tree.root(), "docPr").filter_map(|one| one.attribute("descr")).collect();
    assert_eq!(alternatives.len(), charts.len());
    assert!(charts.len() >= 10 && alternatives.iter().all(|words| words.contains("holds every figure")));
}
