//! What platforms, spreadsheets and people do to an export, one trap at a time; each time the same three
//! forms are read as from the fixture that nobody touched.

use crate::platforms::{assert_three_forms, fixture, folder};
use crate::support::{Folder, rmsurvey};

fn text(name: &str) -> String {
    String::from_utf8(fixture(name)).unwrap()
}

/// A text with more at the end of its header line, and of each line below.
fn ended(text: &str, header: &str, row: &str) -> String {
    let more = |(at, line): (usize, &str)| line.to_owned() + if at == 0 { header } else { row } + "\n";
    text.lines().enumerate().map(more).collect()
}

/// Curly quotation marks, dashes, capitals, doubled and no-break spaces, and line ends in a header.
#[test]
fn wordings_as_somebody_pasted_them() {
    let pasted = text("plain-dash.csv")
        .replace("each other's", "each other’s")
        .replace("? - Finance", "? – FINANCE")
        .replace("Q1 How well", "Q1\u{a0}How  Well")
        .replace(
            "Q2 How well do we meet each other’s needs? - Safeguarding",
            "\"Q2 How well do we meet\r\neach other’s needs?\n- Safeguarding\"",
        );
    assert!(pasted.contains("meet\r\neach") && pasted.contains("Q1\u{a0}How  Well do we"));
    assert_three_forms(&folder("a.csv", pasted.as_bytes(), "\"Reference\"", ""));
}

/// Columns without a header and without answers, in all rows or below the header alone; and one header
/// twice that nothing is read from.
#[test]
fn empty_columns_at_the_end_and_a_header_twice() {
    let plain = text("plain-short.csv");
    for (header, row) in
        [(",,", ",,"), ("", ","), (", ,\u{a0}", ",,"), (",Anything else?,Anything else?,", ",one,,")]
    {
        assert_three_forms(&folder("a.csv", ended(&plain, header, row).as_bytes(), "\"Reference\"", ""));
    }
}

/// The third row of SmartSurvey's header names a column within a row, where there is one.
#[test]
fn smartsurvey_with_a_third_row_that_says_something() {
    let more = [",Q4. Anything else?,", ",Q4.1. Comments,Q4.2. Comments", ",Open-Ended Response,By phone"];
    let lines = text("smartsurvey.csv");
    let lines = lines.lines().enumerate().map(|(at, line)| line.to_owned() + more.get(at).unwrap_or(&",,"));
    let written = lines.collect::<Vec<_>>().join("\n");
    let counted = assert_three_forms(&folder("a.csv", written.as_bytes(), "\"UserID\"", ""));
    let said = counted.found.to_string();
    let columns = "\"Q4. Anything else? [Comments]\", \"Q4. Anything else? [Comments - By phone]\"";
    assert!(said.contains(columns), "{said}");
}

/// Qualtrics writes kinds of response and yes and no as numbers where an export asks for values.
#[test]
fn qualtrics_with_numbers_for_its_own_words() {
    let written = text("qualtrics.csv")
        .replace(",Survey Preview,", ",1,")
        .replace(",Survey Test,", ",2,")
        .replace(",IP Address,", ",0,")
        .replace(",300,True,", ",300,1,")
        .replace(",300,False,", ",300,0,");
    let counted = assert_three_forms(&folder("a.csv", written.as_bytes(), "\"ResponseId\"", ""));
    let rows = counted.input.ledgers[0].rows;
    assert_eq!((rows.used, rows.tests, rows.unfinished), (3, 2, 1));
}

/// Of the three kinds of missing answer the fixture has two.
#[test]
fn snap_with_an_answer_in_error() {
    let text = encoding_rs::UTF_16LE.decode(&fixture("snap.csv")).0.replace("Not Asked", "Error");
    let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let counted = assert_three_forms(&folder("a.csv", &bytes, "\"ID\"", ""));
    let said = counted.found.to_string();
    assert!(said.contains("1 cell says \"error\"") && said.contains("1 cell says \"no reply\""), "{said}");
}

/// Microsoft Forms writes dates as the account's country does. Where both ways read all of them, the
/// draft leaves it to the analyst; one date that only one way reads decides.
#[test]
fn microsoft_forms_with_dates_of_another_country() {
    let drafted = |text: &str| {
        let folder = Folder::empty();
        folder.write("2017/providers.csv", text);
        let [output, file] = ["survey.toml", "2017/providers.csv"]
            .map(|it| folder.path().join(it).to_str().unwrap().to_owned());
        rmsurvey(["init", "--output", &output, &file]).expect_code(0);
        folder.text("survey.toml")
    };
    let both = drafted(&text("microsoft-forms.csv"));
    let undecided =
        "date-format = \"%d/%m/%y %H:%M:%S\"   # DECIDE: or \"%m/%d/%y %H:%M:%S\"? Both read every date";
    assert!(both.contains(undecided), "{both}");
    let one = drafted(&text("microsoft-forms.csv").replacen("12/1/17 9:05", "12/13/17 9:05", 1));
    assert!(one.contains("date-format = \"%m/%d/%y %H:%M:%S\"   # how"), "{one}");
    assert!(one.contains("fieldwork = { from = 2017-12-01, to = 2017-12-13 }"), "{one}");
}
