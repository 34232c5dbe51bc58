//! Who a respondent is never gets out: not in messages, drafts, outputs or manifests, and not where a
//! file is broken. Every layout of `layouts` holds names, addresses and places of its respondents.

use std::io::Read;

use crate::layouts::{Answers, Encoding, Form, Layout, PERSON, encoded, text, xlsx};
use crate::platforms::{definition, fixture, folder};
use crate::support::{Answer, Counted, Folder, files, rmsurvey, run};

fn answers() -> Answers {
    let form = |at: usize| Form {
        id: format!("F{at}"),
        date: format!("0{}/12/2017 09:05", at + 1),
        about: vec![["North", "South"][at % 2].to_owned()],
        codes: (0..2).map(|q| (0..3).map(|row| ((at + q + row) % 4 + 1).to_string()).collect()).collect(),
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Answers {
        about: texts(&["Which area do you work in?"]),
        questions: texts(&["How well do we share information?", "How well do we meet each other's needs?"]),
        rows: texts(&["Example Council", "Finance", "Safeguarding"]),
        forms: (0..6).map(form).collect(),
    }
}

#[track_caller]
fn assert_nobody(text: &str, what: &str) {
    let lower = text.to_lowercase();
    for marker in PERSON.into_iter().chain(["Shiftedperson"]) {
        assert!(!lower.contains(&marker.to_lowercase()), "{marker} in {what}:\n{text}");
    }
}

fn assert_nobody_in_answer(answer: &Answer, what: &str) {
    assert_nobody(&answer.out, what);
    assert_nobody(&answer.err, what);
}

/// Every file below a folder, with the parts of those that are archives.
fn assert_nobody_in(folder: &Folder, what: &str) {
    for (name, bytes) in files(folder.path()) {
        let what = format!("{what}: {name}");
        assert_nobody(&String::from_utf8_lossy(&bytes), &what);
        if !bytes.starts_with(b"PK") {
            continue;
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
        for at in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(at).unwrap().read_to_end(&mut part).unwrap();
            assert_nobody(&String::from_utf8_lossy(&part), &what);
        }
    }
}

/// As the platform writes it: Snap is known by its encoding.
fn written(layout: Layout, rows: &[Vec<String>]) -> (String, Encoding) {
    match layout {
        Layout::Snap => (text(rows, '\t', "\n", false), Encoding::Utf16),
        _ => (text(rows, ',', "\n", false), Encoding::Utf8),
    }
}

fn on(folder: &Folder, arguments: &[&str]) -> Answer {
    rmsurvey(arguments.iter().copied().chain(["--input", folder.path().to_str().unwrap()]))
}

/// A file in a layout, drafted; what the draft leaves open is decided.
fn drafted(layout: Layout, bytes: &[u8], name: &str) -> Folder {
    let folder = Folder::empty();
    folder.write(name, bytes);
    let [output, file] = ["survey.toml", name].map(|it| folder.path().join(it).to_str().unwrap().to_owned());
    let said = rmsurvey(["init", "--output", &output, &file]);
    assert_eq!(said.code, 0, "{layout:?}: {}", said.err);
    assert_nobody_in_answer(&said, &format!("{layout:?}: init"));
    assert_nobody(&folder.text("survey.toml"), &format!("{layout:?}: the draft"));
    if layout.is_by_order() {
        folder.replace("survey.toml", "# DECIDE: questions-by-order", "questions-by-order");
    }
    folder
}

#[test]
fn nobody_is_named_by_init_check_and_run() {
    for layout in Layout::ALL {
        let rows = layout.write(&answers());
        assert!(rows.iter().flatten().any(|cell| cell == PERSON[1]), "{layout:?} has no marker");
        let (text, encoding) = written(layout, &rows);
        let folder = drafted(layout, &encoded(&text, encoding), "2017/providers.csv");
        for arguments in [&["check"][..], &["check", "--format", "json"], &["tally"]] {
            let said = on(&folder, arguments).expect_code(0);
            assert_nobody_in_answer(&said, &format!("{layout:?}: {arguments:?}"));
        }
        // One run for every platform.
        let is_variant = matches!(
            layout,
            Layout::QualtricsOlder
                | Layout::LimeSurveyText
                | Layout::JiscLabels
                | Layout::Dash
                | Layout::Short
                | Layout::Lower
        );
        if is_variant {
            continue;
        }
        let output = Folder::empty();
        let said = run(folder.path(), output.path()).expect_code(0);
        assert_nobody_in_answer(&said, &format!("{layout:?}: run"));
        assert_nobody_in(&output, &format!("{layout:?}: run"));
        assert_eq!(output.text("private/tally.csv"), Counted::of(folder.path()).csv);
    }
}

/// Rows in which something is wrong, so that it is said of them: cells fallen apart at an unquoted
/// comma, one missing, no answer, an unknown group, a quotation mark that never ends.
#[test]
fn nobody_is_named_where_a_file_is_broken() {
    for layout in Layout::ALL {
        let rows = layout.write(&answers());
        let first = rows.len() - 6 - layout.extra_rows() as usize;
        let personal = rows[first].iter().position(|cell| PERSON.contains(&cell.as_str())).unwrap();
        let scores = rows[0].len() - 3;
        let group = rows[first].iter().position(|cell| cell.starts_with("North")).unwrap();
        let (text, encoding) = written(layout, &rows);
        let folder = drafted(layout, &encoded(&text, encoding), "2017/providers.csv");
        let mut broken = rows.clone();
        broken[first].insert(personal, "Shiftedperson".to_owned());
        broken[first + 1].remove(personal);
        broken[first + 2][scores] = "nonsense".to_owned();
        broken[first + 3][group] = "Elsewhere".to_owned();
        let say = |text: &str, what: &str| {
            folder.write("2017/providers.csv", encoded(text, encoding));
            let what = format!("{layout:?}: {what}");
            for arguments in [&["check"][..], &["check", "--format", "json"]] {
                assert_nobody_in_answer(&on(&folder, arguments).expect_code(1), &what);
            }
            let counted = Counted::of(folder.path());
            assert!(counted.input.ledgers.iter().all(rmsurvey::ingest::Ledger::balances), "{what}");
            counted.found.to_string()
        };
        let said = say(&written(layout, &broken).0, "broken rows");
        let expected = ["the row does not fit the header", "\"nonsense\"", "\"Elsewhere\""];
        assert!(expected.iter().all(|part| said.contains(part)), "{layout:?}: {said}");
        // A score that swallows the rest of the file.
        let mut cells = rows.clone();
        cells[first][scores] = "<<".to_owned();
        let swallowing = written(layout, &cells).0.replace("<<", "\"3");
        say(&swallowing, "a quotation mark that never ends");
    }
}

/// What stands in the columns of a form that slipped, without a cell too many, is not shown either if
/// it is an address or goes over several lines.
#[test]
fn addresses_in_columns_of_answers_are_not_shown() {
    let text = String::from_utf8(fixture("plain-short.csv")).unwrap();
    let slipped = text
        .replace("101,North,3", "101,marker@example.org,\"Marker\n Person\"")
        .replace("102,South,2", "102,South,marker@example.org");
    let input = folder("a.csv", slipped.as_bytes(), "\"Reference\"", "");
    for arguments in [&["check"][..], &["check", "--format", "json"]] {
        let said = on(&input, arguments).expect_code(1);
        assert_nobody_in_answer(&said, "slipped");
        assert!(said.out.contains("not shown: 18 letters"), "{}", said.out);
    }
    let found = Counted::of(input.path()).found.to_string();
    assert!(found.contains("not shown: 14 letters"), "{found}");
    // Left out, they are listed without what they hold.
    input.write(
        "survey.toml",
        definition("\"Reference\"", "files = { providers = \"a.csv\" }")
            + "\n[analysis]\ninvalid-answers = \"leave-out\"\n",
    );
    input.write("a.csv", slipped.replace("101,marker@example.org", "101,North"));
    let output = Folder::empty();
    assert_nobody_in_answer(&run(input.path(), output.path()).expect_code(0), "left out");
    assert_nobody_in(&output, "left out");
    assert!(output.text("private/rejects.csv").contains("not shown: 14 letters"));
}

/// An address or a name that stands where a group, a reference or a sign of the form should.
#[test]
fn addresses_in_other_columns_are_not_shown() {
    let text = String::from_utf8(fixture("plain-short.csv")).unwrap();
    // Near enough to a group for advice on it.
    let group = folder("a.csv", text.replace("101,North", "101,North@m").as_bytes(), "\"Reference\"", "");
    let said = on(&group, &["check"]).expect_code(1);
    assert!(
        said.out.contains("not shown: 7 letters") && said.out.contains("nearest   North"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("North@m"), "{}", said.out);

    // A column that says whether a form counts.
    let signed =
        text.replacen("Area", "Area,Finished", 1).replace("101,North", "101,North,marker@example.org");
    let signed = signed.replace("102,South", "102,South,yes").replace("103,North", "103,North,yes");
    let input = folder("a.csv", signed.as_bytes(), "\"Reference\"", "");
    input.replace(
        "survey.toml",
        "departments = true",
        "departments = true\nfinished = { column = \"Finished\", values = [\"yes\"] }",
    );
    let output = Folder::empty();
    assert_nobody_in_answer(&run(input.path(), output.path()).expect_code(0), "a sign");
    assert_nobody_in(&output, "a sign");
    let rejects = output.text("private/rejects.csv");
    assert!(rejects.contains("not finished: Finished is") && rejects.contains("not shown: 18"), "{rejects}");

    // Coded themes that slipped.
    let themes = folder("a.csv", text.as_bytes(), "\"Reference\"", "themes = \"themes.csv\"");
    themes.write("themes.csv", "audience,respondent,theme\nmarker@example.org,providers,pay\n");
    let said = on(&themes, &["check"]).expect_code(1);
    assert_nobody_in_answer(&said, "themes");
    assert!(said.out.contains("not shown: 18 letters"), "{}", said.out);
}

/// A list of those invited holds who they are: neither a row that fell apart at a comma, nor one with
/// a cell too few, nor an address where a reference or a group should stand is shown.
#[test]
fn nobody_on_a_list_of_those_invited_is_named() {
    let say = |list: &str| {
        let input = folder("a.csv", &fixture("plain-short.csv"), "\"Reference\"", "");
        input.replace(
            "survey.toml",
            "files = { providers = \"a.csv\" }",
            "files = { providers = \"a.csv\" }\ninvited = { providers = \"invited.csv\" }",
        );
        input.replace("survey.toml", "departments = true", "departments = true\nlink = [\"Reference\"]");
        input.write("invited.csv", list);
        let said = on(&input, &["check"]);
        assert_nobody_in_answer(&said, list);
        said
    };
    let good = "Reference,Contact,Area,Town\n101,A,North,B\n102,A,South,B\n103,A,North,B\n104,A,South,B\n";
    say(good).expect_code(0);
    for (row, said) in [
        ("104,Shiftedperson, Shiftedperson,South,B", "the row does not fit the header"),
        ("104,A,Shiftedperson", "the row does not fit the header"),
        ("104,A,marker@example.org,B", "not shown: 18 letters"),
        ("marker@example.org,A,South,B\nmarker@example.org,A,South,B", "is on the list twice"),
    ] {
        let found = say(&good.replace("104,A,South,B", row)).expect_code(1);
        assert!(found.out.contains(said), "{row}: {}", found.out);
    }
    let headless = say("marker@example.org,Shiftedperson,South\n").expect_code(1);
    assert!(headless.out.contains("no column of references"), "{}", headless.out);
    // A form that is not on the list, known by an address.
    let input = folder(
        "a.csv",
        String::from_utf8(fixture("plain-short.csv"))
            .unwrap()
            .replace("101,", "marker@example.org,")
            .as_bytes(),
        "\"Other\"",
        "invited = { providers = \"invited.csv\" }",
    );
    input.replace("survey.toml", "respondent = [\"Other\"]", "link = [\"Reference\"]");
    input.write("invited.csv", good.replace("101,", "marker@example.net,"));
    let said = on(&input, &["check"]).expect_code(0);
    assert_nobody_in_answer(&said, "a stranger");
    assert!(said.out.contains("1 references of forms are not on the list"), "{}", said.out);
}

#[test]
fn nobody_is_named_in_a_workbook() {
    let folder = drafted(
        Layout::MicrosoftForms,
        &xlsx(&Layout::MicrosoftForms.write(&answers())),
        "2017/providers.xlsx",
    );
    let output = Folder::empty();
    assert_nobody_in_answer(&run(folder.path(), output.path()).expect_code(0), "workbook");
    assert_nobody_in(&output, "workbook");
    let plain = drafted(
        Layout::Brackets,
        written(Layout::Brackets, &Layout::Brackets.write(&answers())).0.as_bytes(),
        "2017/providers.csv",
    );
    assert_eq!(output.text("private/tally.csv"), Counted::of(plain.path()).csv);
}
