//! Exports in the layouts of survey platforms, end to end. The files of `tests/fixtures` hold the
//! same three forms as each platform writes them; each was made by hand in the layout that the
//! platform describes:
//!
//! - SmartSurvey: the sample export of its help pages on exporting raw data (three header rows).
//! - SurveyMonkey: help.surveymonkey.com, "Exporting your survey results", original and condensed view.
//! - Qualtrics: qualtrics.com/support, "Understanding your data set": three header rows, the
//!   third with import ids; types of response (`Status`).
//! - Microsoft Forms: support.microsoft.com, "Check and share your form results" (workbook).
//! - Google Forms: support.google.com, "View and manage form responses", grid questions.
//! - LimeSurvey: limesurvey.org/manual, "Export responses": headings as code, text, or both.
//! - Jisc Online Surveys: onlinesurveys.jisc.ac.uk/help, "Export your survey data".
//! - Snap: snapsurveys.com/support, "Exporting data": tab-separated Unicode with labels.

use rmsurvey::tally::Counts;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

use crate::support::{At, Counted, Folder, files, repository, rmsurvey, run};

/// Two questions about a council and two of its departments, asked of providers in two areas.
pub fn definition(respondent: &str, wave: &str) -> String {
    format!(
        r#"format = 1
title = "Small survey"
synthetic = true
ignore = ["Anything else?"]

[organisation]
name = "Example Council"

[scale]
low = 1
high = 4
no-contact = 0

[scale.labels]
0 = ["No contact"]
4 = ["High"]

[[question]]
id = "Q1"
text = "How well do we share information?"

[[question]]
id = "Q2"
text = "How well do we meet each other's needs?"

[whole]
label = "Example Council"

[[department]]
id = "finance"
label = "Finance"

[[department]]
id = "safeguarding"
label = "Safeguarding"

[audience.providers]
label = "Care providers"
respondent = [{respondent}]
departments = true

[[audience.providers.breakdown]]
id = "area"
label = "Area"
columns = ["Which area do you work in?", "Area"]
groups = [{{ id = "north", label = "North" }}, {{ id = "south", label = "South" }}]

[[wave]]
label = "2017"
{wave}

[disclosure]
minimum-respondents = 2
"#
    )
}

/// A fixture, as it lies in the repository.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(repository().join("tests/fixtures").join(name)).unwrap()
}

/// An input folder with one file, beside a definition of it.
pub fn folder(name: &str, bytes: &[u8], respondent: &str, keys: &str) -> Folder {
    let folder = Folder::empty();
    folder.write(
        "survey.toml",
        definition(respondent, &format!("files = {{ providers = \"{name}\" }}\n{keys}")),
    );
    folder.write(name.split('#').next().unwrap(), bytes);
    folder
}

/// The three forms, department after department:
///
/// ```text
///        area    Q1 council finance safeguarding   Q2 council finance safeguarding
/// 101    North        3        2        0               4        1        2
/// 102    South        2      (none)     4               3        0        3
/// 103    North        1        3        2               2        4      (none)
/// ```
#[track_caller]
pub fn assert_three_forms(folder: &Folder) -> Counted {
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    let all = At::providers("2017");
    let cell = |at: At<'_>| {
        let counts: Counts = counted.counts(at);
        (counts.answers(), counts.sum(), counts.no_contact, counts.blank)
    };
    let one = |question, department| cell(all.question(question).department(department));
    assert_eq!(one("Q1", "whole"), (3, 6, 0, 0)); // 3 + 2 + 1
    assert_eq!(one("Q1", "finance"), (2, 5, 0, 1)); // 2 + 3
    assert_eq!(one("Q1", "safeguarding"), (2, 6, 1, 0)); // 4 + 2
    assert_eq!(one("Q2", "whole"), (3, 9, 0, 0)); // 4 + 3 + 2
    assert_eq!(one("Q2", "finance"), (2, 5, 1, 0)); // 1 + 4
    assert_eq!(one("Q2", "safeguarding"), (2, 5, 0, 1)); // 2 + 3
    assert_eq!(cell(all), (8, 21, 2, 2)); // departments only: 5 + 6 + 5 + 5
    assert_eq!(cell(all.group("area", "north")), (6, 14, 1, 1)); // 101: 2 + 1 + 2, 103: 3 + 2 + 4
    assert_eq!(cell(all.group("area", "south")), (2, 7, 1, 1)); // 102: 4 + 3
    for ledger in &counted.input.ledgers {
        assert!(ledger.balances(), "{ledger:?}");
    }
    counted
}

/// A fixture is read, by the platform of that label, and gives the three forms.
#[track_caller]
fn assert_reads(name: &str, respondent: &str, keys: &str, platform: &str) -> Counted {
    let counted = assert_three_forms(&folder(name, &fixture(name), respondent, keys));
    assert_eq!(counted.input.ledgers[0].platform, platform);
    counted
}

fn reasons(counted: &Counted) -> Vec<(u64, &str)> {
    counted.input.rejects.iter().map(|one| (one.line, one.reason.as_str())).collect()
}

#[test]
fn smartsurvey() {
    let counted = assert_reads("smartsurvey.csv", "\"UserID\"", "", "SmartSurvey");
    assert_eq!(reasons(&counted), [(7, "not finished: Ended is \"\"")]); // lines 1 to 3 are the header
    let said = counted.found.to_string();
    assert!(said.contains("1 cell says \"-\", which SmartSurvey writes where there is no answer"), "{said}");
    assert!(said.contains("1 cell says \".\""), "{said}");
}

#[test]
fn surveymonkey_with_and_without_custom_data() {
    for name in ["surveymonkey.csv", "surveymonkey-older.csv"] {
        assert_reads(name, "\"Respondent ID\"", "", "SurveyMonkey");
    }
}

#[test]
fn qualtrics_with_three_header_rows_and_with_two() {
    for (name, first) in [("qualtrics.csv", 4), ("qualtrics-older.csv", 3)] {
        let counted = assert_reads(name, "\"ResponseId\"", "", "Qualtrics");
        let [preview, test, unfinished] = &reasons(&counted)[..] else { panic!("{name}") };
        assert_eq!((preview.0, test.0, unfinished.0), (first, first + 4, first + 5));
        assert!(preview.1.ends_with("is \"Survey Preview\"") && preview.1.starts_with("a test or preview: "));
        assert!(test.1.ends_with("is \"Survey Test\"") && test.1.starts_with("a test or preview: "));
        assert!(unfinished.1.starts_with("not finished: ") && unfinished.1.ends_with("is \"False\""));
        let rows = counted.input.ledgers[0].rows;
        assert_eq!((rows.read, rows.used, rows.tests, rows.unfinished), (6, 3, 2, 1));
        let said = counted.found.to_string();
        assert!(said.contains("2 forms are tests or previews"), "{said}");
    }
}

#[test]
fn microsoft_forms_needs_the_order_in_the_definition() {
    let name = "microsoft-forms.csv";
    assert_reads(name, "\"ID\"", "questions-by-order = true", "Microsoft Forms");
    let undeclared = Counted::of(folder(name, &fixture(name), "\"ID\"", "").path());
    let said = undeclared.found.to_string();
    assert!(said.contains("carry a department and no question"), "{said}");
    assert!(said.contains("questions-by-order = true"), "{said}");
    assert_eq!(undeclared.found.count(rmsurvey::diagnostics::Severity::Error), 1, "{said}");
}

/// A column taken away, or moved to the other question, leaves an order that says nothing.
#[test]
fn an_order_that_does_not_say_which_question_is_an_error() {
    let text = String::from_utf8(fixture("microsoft-forms.csv")).unwrap();
    for broken in [
        text.replace("Safeguarding2", "Remarks"),
        text.replace(
            "Finance,Safeguarding,Example Council2,Finance2",
            "Finance2,Safeguarding,Example Council2,Finance",
        ),
    ] {
        let read =
            Counted::of(folder("a.csv", broken.as_bytes(), "\"ID\"", "questions-by-order = true").path());
        let said = read.found.to_string();
        assert!(said.contains("their order does not say which"), "{said}");
    }
}

#[test]
fn google_forms() {
    assert_reads("google-forms.csv", "", "", "Google Forms");
}

#[test]
fn limesurvey_with_each_kind_of_heading() {
    for (name, respondent) in
        [("limesurvey.csv", "\"id\", \"Response ID\""), ("limesurvey-text.csv", "\"Response ID\"")]
    {
        let counted = assert_reads(name, respondent, "", "LimeSurvey");
        let [(5, reason)] = reasons(&counted)[..] else { panic!("{name}") };
        assert!(reason.starts_with("not finished: ") && reason.ends_with("is \"\""), "{reason}");
        let ledger = &counted.input.ledgers[0];
        assert_eq!((ledger.encoding.as_str(), ledger.delimiter.as_str()), ("UTF-8", "semicolon"));
    }
    // Codes say nothing of departments and areas but by an alias.
    let name = "limesurvey-codes.csv";
    let folder = folder(name, &fixture(name), "\"id\"", "");
    folder.replace("survey.toml", "ignore = [", "ignore = [\"C1\", ");
    folder.replace("survey.toml", "\"Area\"]", "\"Area\", \"A1\"]");
    for (label, code) in [("Example Council", "SQ001"), ("Finance", "SQ002"), ("Safeguarding", "SQ003")] {
        let line = format!("label = \"{label}\"\n");
        folder.replace("survey.toml", &line, &format!("{line}aliases = [\"{code}\"]\n"));
    }
    assert_three_forms(&folder);
}

#[test]
fn jisc_with_wording_and_with_labels_only() {
    let id = "\"Unique Response Number\"";
    assert_reads("jisc-wording.csv", id, "", "Jisc Online Surveys");
    assert_reads("jisc.csv", id, "questions-by-order = true", "Jisc Online Surveys");
}

#[test]
fn snap() {
    let counted = assert_reads("snap.csv", "\"ID\"", "", "Snap");
    assert_eq!(counted.input.ledgers[0].encoding, "UTF-16LE");
    let said = counted.found.to_string();
    assert!(
        said.contains("1 cell says \"no reply\"") && said.contains("1 cell says \"not asked\""),
        "{said}"
    );
}

#[test]
fn a_snap_file_without_its_byte_order_mark() {
    let bytes = fixture("snap.csv");
    assert_three_forms(&folder("a.csv", &bytes[2..], "\"ID\"", ""));
}

/// Somebody took the row of wordings away: the first form is no header. Three forms and, of
/// Qualtrics, two previews or tests and an unfinished form.
#[test]
fn a_form_is_not_taken_for_a_second_header_row() {
    let text = encoding_rs::UTF_16LE.decode(&fixture("snap.csv")).0.into_owned();
    let lines: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line).collect();
    let text = lines.join("\n");
    let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = Counted::of(folder("a.csv", &bytes, "\"ID\"", "").path());
    assert_eq!(read.input.ledgers[0].rows.read, 3);
    let text = String::from_utf8(fixture("qualtrics.csv")).unwrap();
    let without: Vec<&str> =
        text.lines().enumerate().filter(|(at, _)| !(1..3).contains(at)).map(|(_, line)| line).collect();
    let read = Counted::of(folder("a.csv", without.join("\n").as_bytes(), "\"ResponseId\"", "").path());
    assert_eq!(read.input.ledgers[0].rows.read, 6);
}

#[test]
fn plain_files_in_four_ways_of_writing_a_header() {
    for name in ["plain-brackets.csv", "plain-dash.csv", "plain-short.csv", "plain-lower.csv"] {
        assert_reads(name, "\"Reference\"", "", "plain file");
    }
}

#[test]
fn a_header_of_two_platforms_is_an_error_that_names_both() {
    let text = String::from_utf8(fixture("google-forms.csv")).unwrap();
    let both = text.replace("Email Address,", "Unique Response Number,");
    let ambiguous = folder("a.csv", both.as_bytes(), "", "");
    let said = Counted::of(ambiguous.path()).found.to_string();
    assert!(said.contains("fits several survey platforms"), "{said}");
    assert!(said.contains("Google Forms, Jisc Online Surveys"), "{said}");
    assert!(said.contains("platform = \"google-forms\""), "{said}");
    let decided = folder("a.csv", both.as_bytes(), "", "platform = \"google-forms\"");
    assert_eq!(assert_three_forms(&decided).input.ledgers[0].platform, "Google Forms");
}

#[test]
fn an_unknown_platform_is_an_error_with_the_nearest() {
    let folder = folder("a.csv", b"", "", "platform = \"qualtrix\"");
    let input = folder.path().to_str().unwrap();
    let said = rmsurvey(["check", "--input", input]).expect_code(1);
    assert!(
        said.out.contains("no platform \"qualtrix\"") && said.out.contains("nearest   qualtrics"),
        "{}",
        said.out
    );
}

/// Names, e-mail and IP addresses of the fixtures all hold a marker.
#[test]
fn who_a_respondent_is_never_gets_out() {
    for (name, id, keys) in [
        ("smartsurvey.csv", "\"UserID\"", ""),
        ("surveymonkey.csv", "\"Respondent ID\"", ""),
        ("qualtrics.csv", "\"ResponseId\"", ""),
        ("microsoft-forms.csv", "\"ID\"", "questions-by-order = true"),
        ("google-forms.csv", "", ""),
        ("limesurvey.csv", "\"id\"", ""),
    ] {
        let input = folder(name, &fixture(name), id, keys);
        let output = Folder::empty();
        let said = run(input.path(), output.path()).expect_code(0);
        for (file, bytes) in files(output.path()) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(!text.contains("marker@") && !text.contains("203.0.113.9"), "{name}: {file}");
            assert!(!text.contains("marker person"), "{name}: {file}");
        }
        assert!(!said.err.to_lowercase().contains("marker@"), "{}", said.err);
    }
    let input = folder("smartsurvey.csv", &fixture("smartsurvey.csv"), "\"Email\"", "");
    let said = Counted::of(input.path()).found.to_string();
    assert!(said.contains("uses a column with names or addresses of people"), "{said}");
    assert!(!said.contains("marker@"), "{said}");
}

/// The answers of a fixture in a workbook, numbers as numbers, with a sheet before them.
fn workbook(name: &str) -> Vec<u8> {
    let text = String::from_utf8(fixture(name)).unwrap();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "not the answers").unwrap();
    let sheet = book.add_worksheet().set_name("Sheet 2").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    for (row, line) in text.lines().enumerate() {
        for (column, cell) in line.split(',').enumerate() {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) if cell.is_empty() => continue,
                Err(_) if cell.starts_with("12/1/17") => {
                    let at = ExcelDateTime::from_ymd(2017, 12, 1).unwrap().and_hms(13, 56, 0).unwrap();
                    sheet.write_with_format(row, column, &at, &date).unwrap()
                }
                Err(_) => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_is_read_as_its_csv_is() {
    let keys = "questions-by-order = true\nfieldwork = { from = 2017-12-01, to = 2017-12-01 }\ndate-format = \"%d/%m/%Y\"";
    let folder = folder("forms.xlsx#sheet 2", &workbook("microsoft-forms.csv"), "\"ID\"", keys);
    folder.replace(
        "survey.toml",
        "departments = true",
        "departments = true\nsubmitted = [\"Completion time\"]",
    );
    let counted = assert_three_forms(&folder);
    // Cells with dates are dates, whatever way of writing the definition names.
    assert!(!counted.found.to_string().contains("date"), "{}", counted.found);
    let ledger = &counted.input.ledgers[0];
    assert_eq!((ledger.encoding.as_str(), ledger.delimiter.as_str()), ("spreadsheet", "sheet \"Sheet 2\""));
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
}

/// Marks that nobody sees are no part of a cell, a header or the name of a sheet, as in a CSV.
#[test]
fn what_cannot_be_seen_in_a_workbook_goes() {
    let text = String::from_utf8(fixture("plain-short.csv")).unwrap();
    let text = text
        .replace("North", "No\u{200e}rth")
        .replace("Q2 Finance", "Q2 \u{202e}Finance")
        .replace(",4,3", ",4\u{2069},3");
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let [xlsx, ods] = [crate::layouts::xlsx(&rows), crate::layouts::ods(&rows)];
    for (name, bytes) in [("a.csv", text.as_bytes()), ("a.xlsx", &xlsx), ("a.ods", &ods)] {
        assert_three_forms(&folder(name, bytes, "\"Reference\"", ""));
    }
    let mut book = Workbook::new();
    book.add_worksheet().set_name("She\u{202e}et").unwrap().write(0, 0, "ID").unwrap();
    let folder = folder("a.xlsx#B", &book.save_to_buffer().unwrap(), "\"ID\"", "");
    let said = Counted::of(folder.path()).found.to_string();
    assert!(said.contains("after a #: \"Sheet\""), "{said}");
}

#[test]
fn mistakes_in_a_workbook_stand_in_rows_and_columns_of_its_sheet() {
    let text = "ID,Which area do you work in?,Q1 Example Council,Q1 Finance,Q1 Safeguarding,Q2 Example Council,Q2 Finance,Q2 Safeguarding\n";
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, cell) in text.trim().split(',').enumerate() {
        sheet.write(0, column as u16, cell).unwrap();
        sheet.write(13, column as u16, 7).unwrap(); // row 14; those between are blank and are no rows
    }
    let folder = folder("a.xlsx", &book.save_to_buffer().unwrap(), "\"ID\"", "");
    let said = Counted::of(folder.path()).found.to_string();
    assert!(said.contains("a.xlsx, row 14, column C (3), \"Q1 Example Council\""), "{said}");
    folder.replace("survey.toml", "a.xlsx", "a.xlsx#Answers");
    let said = Counted::of(folder.path()).found.to_string();
    assert!(said.contains("no sheet \"Answers\"") && said.contains("\"Sheet1\""), "{said}");
    folder.write("a.xlsx", b"PK\x03\x04 and what follows");
    let said = Counted::of(folder.path()).found.to_string();
    assert!(said.contains("the workbook cannot be read"), "{said}");
}

#[test]
fn an_open_document_sheet_is_read_as_its_csv_is() {
    let text = String::from_utf8(fixture("plain-short.csv")).unwrap();
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    assert_three_forms(&folder("a.ods", &crate::layouts::ods(&rows), "\"Reference\"", ""));
}
