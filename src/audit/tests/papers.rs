//! Leaks through what is written: sentences, texts in pictures, papers, names of files.

use super::*;

/// North shown, South and West withheld, and the table of them.
pub(super) fn by_area() -> PublicFiles {
    let mut files = two_withheld((22, 22, 0, 0, 55));
    let all: String =
        files.results.lines().skip(1).map(|line| line.replace("whole,Q1", "all,all") + "\n").collect();
    files.results += &all;
    files.about = files.about.replace("\"south\":\"South\"", "\"south\":\"South\",\"west\":\"West\"");
    let title = serde_json::json!({ "dc:title": TITLE }).to_string();
    files.tables = vec![
        TextFile {
            name: "tables/01-by-area.csv".to_owned(),
            text: "Area,Q1 Trust (score),Who answered (number)\nNorth,2.50,10\nSouth,[c],[c]\nWest,[c],[c]\n"
                .to_owned(),
        },
        TextFile { name: "tables/01-by-area.csv-metadata.json".to_owned(), text: title },
    ];
    files
}

const TITLE: &str = "Average score by area, care providers, The council, 2017";

pub(super) fn with_page(name: &str, text: &str) -> Vec<String> {
    let page = TextFile { name: name.to_owned(), text: text.to_owned() };
    found(&PublicFiles { pages: vec![page], ..by_area() })
}

#[test]
fn a_finding_may_not_claim_anything_of_what_is_withheld() {
    let finding = |text: &str| with_page("findings.md", &format!("# Findings\n\n- {text}\n"));
    for clean in [
        "North gave 2.50 in 2017. `2017/providers/all/all/area/north`",
        "The West is not shown: too few answered. `2017/providers/all/all/area/west`",
        "North scored highest of the groups shown. `2017/providers/all/all/area/north`",
    ] {
        assert_eq!(finding(clean), [""; 0]);
    }
    for leak in [
        "One group scored clearly lower. `2017/providers/all/all/area/west`",
        "North scored highest of all. `2017/providers/all/all/area/north`",
        "The South of care providers gave 2.71 in 2017. `2017/providers/all/all/all/all`",
    ] {
        assert_eq!(finding(leak).len(), 1, "{leak}");
    }
}

#[test]
fn a_sentence_anywhere_may_not_either() {
    for clean in [
        "<p>In 2017, South and West are not shown.</p>",
        "<p>note 21 From 2017 on Coast stands in place of South and West: a break, so they are not compared.</p>",
        "<p>South Street 12 is nobody's area.</p><p>The Southern average is 2.50 in 2017.</p>"
            .trim_start_matches("<p>South Street 12 is nobody's area.</p>"),
        "<img alt=\"North rose to 2.50\" src=\"x\">",
    ] {
        assert_eq!(with_page("report.html", clean), [""; 0], "{clean}");
    }
    for leak in [
        "<p>In 2017, care providers in the <b>South</b> scored lower than others.</p>",
        "<ul><li>West: 2.25 in 2017, not shown above.</li></ul>",
        "<p>In 2017 the South scored lowest; its average is not shown.</p>",
        "<p>South and West are not compared: the South was lower in 2017.</p>",
        "<p>South had 3 of the 12 in 2017 and is not compared.</p>",
        "<img alt=\"South rose to 2.71\" src=\"x\">",
        "<div aria-label=\"South 2.71 in 2017\" class=\"x\"></div>",
        "<!-- South 2.71 -->",
    ] {
        assert_eq!(with_page("report.html", leak).len(), 1, "{leak}");
    }
}

/// "South 10-49" is withheld; that it is called so is no figure, and what is said of it is.
#[test]
fn a_number_in_a_label_is_no_claim() {
    let found = |text: &str| {
        let mut files = by_area();
        files.about = files.about.replace("\"South\"", "\"South 10-49\"");
        files.tables.iter_mut().for_each(|table| table.text = table.text.replace("South,", "South 10-49,"));
        files.pages = vec![TextFile { name: "report.html".to_owned(), text: text.to_owned() }];
        found(&files)
    };
    assert_eq!(found("<p>South 10-49</p>"), [""; 0]);
    assert_eq!(found("<p>South 10-49: 2.25</p>").len(), 1);
}

/// A PNG of one chunk beside its end.
fn picture(name: &[u8; 4], data: &[u8], after: &[u8]) -> Vec<String> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], name, data, &[0; 4]].concat()
    };
    let bytes =
        [&[0x89, b'P', b'N', b'G', 13, 10, 26, 10][..], &chunk(name, data), &chunk(b"IEND", &[]), after];
    let pictures = vec![BinaryFile { name: "charts/01-by-area.png".to_owned(), bytes: bytes.concat() }];
    found(&PublicFiles { pictures, ..by_area() })
}

#[test]
fn a_picture_carries_no_text_of_what_is_withheld() {
    assert_eq!(picture(b"pHYs", &[0; 9], b""), [""; 0]);
    assert_eq!(picture(b"tEXt", b"Title\0Scores by area, 2017", b""), [""; 0]);
    let found = picture(b"tEXt", b"Comment\0South 2.71 in 2017", b"");
    assert!(found.iter().any(|one| one.contains("says 2.71")), "{found:?}");
    assert!(found.iter().any(|one| one.contains("area/south  Comment South 2.71")), "{found:?}");
    assert!(picture(b"zTXt", b"x", b"")[0].contains("1 bytes that no picture needs, at zTXt"));
    assert!(picture(b"pHYs", &[0; 9], b"2.71")[0].contains("4 bytes that no picture needs, at the end"));
}

#[test]
fn the_name_of_a_file_says_nothing_either() {
    let named = |name: &str| with_page(name, "");
    assert_eq!(named("charts/13-change-by-area-2016.svg"), [""; 0]);
    assert_eq!(named("charts/13-south-lowest-2017.svg").len(), 1);
    assert_eq!(named("charts/13-south-2.71.svg").len(), 1);
}

#[test]
fn what_no_attack_reads_is_said() {
    let files = PublicFiles { unread: vec!["figures.ods".to_owned()], ..by_area() };
    assert_eq!(attack(&files).unwrap().notes, ["figures.ods is of a kind that no attack reads"]);
}

#[cfg(feature = "publish")]
mod packages {
    use std::io::{Cursor, Write};

    use super::*;

    fn package(name: &str, parts: &[(&str, &str)]) -> Vec<String> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (part, text) in parts {
            writer.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let packages = vec![BinaryFile { name: name.to_owned(), bytes }];
        let files = PublicFiles { packages, ..by_area() };
        let report = attack(&files).unwrap();
        assert_eq!(report.notes, [""; 0]);
        report.findings.iter().map(ToString::to_string).collect()
    }

    /// The title and a heading are shared strings, the rest stands in its cell.
    fn workbook(south: &str, comment: &str) -> Vec<String> {
        let inline =
            |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let sheet = format!(
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>\
             <row r=\"2\">{}</row><row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c>{}{}</row>\
             <row r=\"5\">{}<c r=\"B5\"><v>2.5</v></c><c r=\"C5\"><v>10</v></c></row>\
             <row r=\"6\">{}{south}{}</row><row r=\"7\">{}{}{}</row></sheetData></worksheet>",
            inline("A2", "This worksheet contains one table."),
            inline("B4", "Q1 Trust (score) [note 1]"),
            inline("C4", "Who answered (number)"),
            inline("A5", "North"),
            inline("A6", "South"),
            inline("C6", "[c]"),
            inline("A7", "West"),
            inline("B7", "[c]"),
            inline("C7", "[c]"),
        );
        let shared =
            format!("<sst><si><t>Table 1: {TITLE}</t></si><si><r><t>Ar</t></r><r><t>ea</t></r></si></sst>");
        let comments =
            format!("<comments><comment ref=\"B6\"><text><t>{comment}</t></text></comment></comments>");
        package(
            "tables.xlsx",
            &[
                ("[Content_Types].xml", "<Types/>"),
                ("xl/worksheets/sheet1.xml", &sheet),
                ("xl/sharedStrings.xml", &shared),
                ("xl/comments1.xml", &comments),
                ("docProps/core.xml", "<cp><dc:title>Survey 2017</dc:title></cp>"),
            ],
        )
    }

    #[test]
    fn a_workbook_says_what_the_tables_say() {
        let mark = "<c r=\"B6\" t=\"inlineStr\"><is><t>[c]</t></is></c>";
        assert_eq!(workbook(mark, "see notes"), [""; 0]);
        let found = workbook("<c r=\"B6\"><v>2.7142857</v></c>", "see notes");
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("South, Q1 Trust (score): 2.7142857 for [c]"), "{found:?}");
        assert!(found[1].contains("area/south  Q1 Trust (score) 2.7142857"), "{found:?}");
        assert_eq!(workbook(mark, "South: 2.71").len(), 1);
    }

    fn paper(south: &str, words: &str, described: &str) -> Vec<String> {
        let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
        let row = |texts: [&str; 3]| {
            let cells = texts.map(|text| format!("<w:tc>{}</w:tc>", paragraph(text)));
            format!("<w:tr>{}</w:tr>", cells.concat())
        };
        let document = format!(
            "<w:document><w:body>{}<w:tbl>{}{}{}{}</w:tbl>{}<wp:docPr id=\"1\" descr=\"{described}\"/></w:body></w:document>",
            paragraph(&format!("Table 1: {TITLE}")),
            row(["Area", "Q1 Trust (score)", "Who answered (number)"]),
            row(["North", "2.50", "10"]),
            row(["South", south, "[c]"]),
            row(["West", "[c]", "[c]"]),
            paragraph(words),
        );
        package("report.docx", &[("word/document.xml", &document), ("word/_rels/document.xml.rels", "<R/>")])
    }

    #[test]
    fn a_word_paper_says_what_the_tables_say() {
        assert_eq!(paper("[c]", "North answered.", "A chart of areas"), [""; 0]);
        let found = paper("2.71", "North answered.", "A chart of areas");
        assert!(found.iter().any(|one| one.contains("South, Q1 Trust (score): 2.71 for [c]")), "{found:?}");
        assert_eq!(paper("[c]", "South scored lowest in 2017.", "A chart").len(), 1);
        assert_eq!(paper("[c]", "North answered.", "South at 2.71 in 2017").len(), 1);
    }

    #[test]
    fn a_part_that_nobody_reads_is_said() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/embeddings/oleObject1.bin", zip::write::SimpleFileOptions::default()).unwrap();
        let bytes = writer.finish().unwrap().into_inner();
        let packages = vec![BinaryFile { name: "tables.xlsx".to_owned(), bytes }];
        let report = attack(&PublicFiles { packages, ..by_area() }).unwrap();
        assert_eq!(
            report.notes,
            ["tables.xlsx: xl/embeddings/oleObject1.bin is of a kind that no attack reads"]
        );
    }
}
