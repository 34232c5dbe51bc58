//! Files that hold far more than a survey end in a clear error, before they take room.

use std::io::Write;

use rust_xlsxwriter::Workbook;

use crate::platforms::folder;
use crate::support::{Counted, rmsurvey};

/// What `check` says of a file that it refuses; `init` refuses it in the same words.
#[track_caller]
fn refused(name: &str, bytes: &[u8], expected: &str) {
    let input = folder(name, bytes, "", "");
    let said = Counted::by_forms(input.path()).found.to_string();
    assert!(said.contains(expected) && said.contains(name), "{said}");
    let (file, output) = (input.path().join(name), input.path().join("drafted.toml"));
    let arguments = ["init", "--output", output.to_str().unwrap(), file.to_str().unwrap()];
    rmsurvey(arguments).expect_code(1).expect_said(&[expected]);
}

/// A part of an archive: its name, and what writes it.
type Part<'p> = (&'p str, &'p dyn Fn(&mut dyn Write));

fn archive(parts: &[Part<'_>]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, write) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        write(&mut archive);
    }
    archive.finish().unwrap().into_inner()
}

/// 300 MB of spaces shrink to a few hundred kB.
fn spaces(to: &mut dyn Write) {
    let spaces = vec![b' '; 1 << 20];
    (0..300).for_each(|_| to.write_all(&spaces).unwrap());
}

#[test]
fn a_workbook_that_unpacks_to_far_more_than_a_survey() {
    for part in ["xl/worksheets/sheet1.xml", "xl/media/picture.bin"] {
        let bomb = archive(&[(part, &spaces)]);
        assert!(bomb.len() < 2_000_000);
        refused("a.xlsx", &bomb, "the file unpacks to more than 256 MB");
    }
    // An archive may say of itself that it is small.
    let mut bomb = archive(&[("content.xml", &spaces)]);
    let size = (300_u32 << 20).to_le_bytes();
    let places: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        bomb[at..at + 4].copy_from_slice(&[1, 0, 0, 0]);
    }
    let input = folder("a.ods", &bomb, "", "");
    let found = Counted::of(input.path()).found;
    assert!(found.has_errors(), "{found}");
}

#[test]
fn a_sheet_that_goes_down_to_the_last_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "ID").unwrap().write(1_048_575, 3, 1).unwrap();
    refused("a.xlsx", &book.save_to_buffer().unwrap(), "goes down to row 1,048,576; no more than 200,000");

    let row = |cells: &str| {
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cells}</table:table-row>")
    };
    let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"9000\"/>";
    let content = format!(
        "<office:document-content><table:table table:name=\"A\">{}</table:table></office:document-content>",
        row(cell)
    );
    let sheet = archive(&[("content.xml", &|to: &mut dyn Write| to.write_all(content.as_bytes()).unwrap())]);
    // 9.4 thousand million cells, in half a kilobyte.
    assert!(sheet.len() < 600);
    let input = folder("a.ods", &sheet, "", "");
    assert!(Counted::of(input.path()).found.has_errors());
}

/// A reader that looks for the end of a table, or of an annotation, finds none.
#[test]
fn a_sheet_that_is_cut_off() {
    let table = "<office:document-content><table:table table:name=\"A\">";
    let note =
        "<table:table-row><table:table-cell><office:annotation></table:table></office:document-content>";
    for content in [table.to_owned(), format!("{table}<table:row>"), format!("{table}{note}")] {
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        let cut = archive(&[
            ("mimetype", &|to: &mut dyn Write| to.write_all(kind.as_bytes()).unwrap()),
            ("META-INF/manifest.xml", &|to: &mut dyn Write| to.write_all(b"<manifest/>").unwrap()),
            ("content.xml", &|to: &mut dyn Write| to.write_all(content.as_bytes()).unwrap()),
        ]);
        refused("a.ods", &cut, "the workbook cannot be read: it is cut off");
    }
}

#[test]
fn a_hundred_thousand_columns() {
    let header = vec!["Q1"; 100_000].join(",");
    refused("a.csv", format!("{header}\n").as_bytes(), "has 100,000 columns; no more than 16,384");
    let cells: String = (0..100_000).map(|at| format!("<c r=\"{}1\"><v>1</v></c>", letters(at))).collect();
    let sheet = format!("<worksheet><sheetData><row r=\"1\">{cells}</row></sheetData></worksheet>");
    let wide = archive(&[("xl/worksheets/sheet1.xml", &|to: &mut dyn Write| {
        to.write_all(sheet.as_bytes()).unwrap();
    })]);
    refused("a.xlsx", &wide, "has 100,000 columns; no more than 16,384");
}

fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            return letters.iter().rev().collect();
        }
        column = column / 26 - 1;
    }
}

/// Ten gigabytes that take no room on the disk.
#[test]
fn a_file_of_ten_gigabytes() {
    let input = folder("a.csv", b"", "", "");
    std::fs::File::create(input.path().join("a.csv")).unwrap().set_len(10 << 30).unwrap();
    let said = Counted::by_forms(input.path()).found.to_string();
    assert!(said.contains("the file has more than 256 MB"), "{said}");
}

/// What a run does not take in as a whole, `tally` counts.
#[test]
fn the_tally_has_no_limit_of_rows() {
    let rows: String = (0..250_000).map(|row| format!("{row},North,1,2,3,4,0,\n")).collect();
    let header = "Reference,Area,Q1 Example Council,Q1 Finance,Q1 Safeguarding,Q2 Example Council,Q2 Finance,Q2 Safeguarding";
    let input = folder("a.csv", format!("{header}\n{rows}").as_bytes(), "\"Reference\"", "");
    let answer = rmsurvey(["tally", "--input", input.path().to_str().unwrap()]).expect_code(0);
    assert!(
        answer.out.contains("providers,finance,Q1,all,all,0,250000,0,0,0,0,500000,250000\n"),
        "{}",
        answer.out
    );
}
