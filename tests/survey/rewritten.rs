//! The sample's four files, rewritten in every platform's layout, encoding and delimiter and as
//! workbooks, count to the same tally. So do small random surveys.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rmsurvey::ingest::Holds;

use crate::layouts::{Answers, DATES, Encoding, Form, IDS, Layout, encoded, ods, text, xlsx};
use crate::support::{Counted, Folder, Table, sample};

const FILES: [&str; 4] =
    ["2016/providers.csv", "2016/officers.csv", "2017/providers.csv", "2017/officers.csv"];

/// A file of the sample, by what it says.
fn answers(file: &str) -> Answers {
    let sample = sample();
    let columns: Vec<_> = sample.input.columns.iter().filter(|column| column.file == file).collect();
    let folder = Folder::sample();
    let bytes = folder.read(file);
    let (decoded, ..) = match std::str::from_utf8(&bytes) {
        Ok(_) => encoding_rs::UTF_8.decode(&bytes),
        Err(_) => encoding_rs::WINDOWS_1252.decode(&bytes),
    };
    let table = Table::of(decoded.as_bytes());
    let survey = &sample.survey;
    let one_of = |names: &[&str]| table.header.iter().position(|header| names.contains(&header.as_str()));
    let id = one_of(&["ID", "Respondent ID"]).unwrap();
    let date = one_of(&["Completion time", "Date submitted"]).unwrap();
    let link = one_of(&["Provider reference"]);
    let groups = columns.iter().filter(|column| matches!(column.holds, Holds::Breakdown(_)));
    let about: Vec<usize> = link.into_iter().chain(groups.map(|column| column.position)).collect();
    let mut items: BTreeMap<usize, BTreeMap<Option<usize>, usize>> = BTreeMap::new();
    for column in &columns {
        if let Holds::Item(item) = column.holds {
            items.entry(item.question).or_default().insert(item.department, column.position);
        }
    }
    let rows: Vec<Option<usize>> = items[&0].keys().copied().collect();
    let label = |department: &Option<usize>| match department {
        Some(department) => survey.departments[*department].names.label.clone(),
        None => survey.whole.as_ref().unwrap().label.clone(),
    };
    Answers {
        about: about.iter().map(|at| table.header[*at].clone()).collect(),
        questions: items.keys().map(|question| survey.questions[*question].text.clone()).collect(),
        rows: if rows.len() > 1 { rows.iter().map(label).collect() } else { Vec::new() },
        forms: table
            .rows
            .iter()
            .map(|row| Form {
                id: row[id].clone(),
                date: row[date].clone(),
                about: about.iter().map(|at| row[*at].clone()).collect(),
                codes: items.values().map(|by| by.values().map(|at| row[*at].clone()).collect()).collect(),
            })
            .collect(),
    }
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// The sample's definition for files with these names, in a layout.
fn folder(layout: Layout, extension: &str) -> Folder {
    let folder = Folder::sample();
    let mut definition = folder.text("survey.toml");
    definition = definition
        .replace("respondent = [\"ID\", \"Respondent ID\"]", &format!("respondent = [{}]", quoted(&IDS)))
        .replace(
            "submitted = [\"Completion time\", \"Date submitted\"]",
            &format!("submitted = [{}]", quoted(&DATES)),
        )
        .replace(".csv\", officers", &format!(".{extension}\", officers"))
        .replace("/officers.csv\" }", &format!("/officers.{extension}\" }}"))
        .replace("[[wave]]\n", &format!("[[wave]]\nplatform = \"{}\"\n", layout.id()));
    if layout.is_by_order() {
        definition = definition.replace("[[wave]]\n", "[[wave]]\nquestions-by-order = true\n");
    }
    folder.write("survey.toml", definition);
    folder
}

#[track_caller]
fn assert_same(folder: &Folder, layout: Layout, what: &str) {
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{layout:?} {what}: {}", counted.found);
    for ledger in &counted.input.ledgers {
        assert!(ledger.balances(), "{layout:?} {what}: {ledger:?}");
        assert_eq!(ledger.rows.tests + ledger.rows.unfinished, layout.extra_rows(), "{layout:?} {what}");
    }
    assert!(counted.csv == sample().csv, "{layout:?} {what}: another tally");
}

fn sample_answers() -> Vec<(&'static str, Answers)> {
    FILES.into_iter().map(|file| (file, answers(file))).collect()
}

#[test]
fn the_sample_in_every_layout_and_encoding() {
    let sample = sample_answers();
    for (number, layout) in Layout::ALL.into_iter().enumerate() {
        let folder = folder(layout, "csv");
        for (turn, encoding) in Encoding::ALL.into_iter().enumerate() {
            let delimiter = [',', ';', '\t'][(number + turn) % 3];
            let line_end = ["\n", "\r\n", "\r"][(number + turn * 2) % 3];
            for (file, answers) in &sample {
                let text = text(&layout.write(answers), delimiter, line_end, turn % 2 == 1);
                folder.write(file, encoded(&text, encoding));
            }
            assert_same(&folder, layout, &format!("{encoding:?} {delimiter:?} {line_end:?}"));
        }
    }
}

#[test]
fn the_sample_as_workbooks_in_every_layout() {
    let sample = sample_answers();
    for layout in Layout::ALL {
        // A sheet is a sheet: the other kind of workbook in one layout of each naming.
        let is_sampled = matches!(layout, Layout::SmartSurvey | Layout::Qualtrics | Layout::MicrosoftForms);
        let kinds = [("xlsx", xlsx as fn(&[Vec<String>]) -> Vec<u8>), ("ods", ods)];
        for (extension, write) in kinds.into_iter().filter(|(kind, _)| *kind == "xlsx" || is_sampled) {
            let folder = folder(layout, extension);
            for (file, answers) in &sample {
                folder.write(&file.replace("csv", extension), write(&layout.write(answers)));
            }
            FILES.iter().for_each(|file| folder.remove(file));
            assert_same(&folder, layout, extension);
        }
    }
}

/// Every platform is known by its file alone, but for Snap outside of its own encoding.
#[test]
fn no_layout_has_to_be_named() {
    let (file, answers) = (FILES[0], answers(FILES[0]));
    for layout in Layout::ALL {
        let folder = folder(layout, "csv");
        let platform = format!("platform = \"{}\"\n", layout.id());
        folder.write("survey.toml", folder.text("survey.toml").replace(&platform, ""));
        let text = text(&layout.write(&answers), '\t', "\n", false);
        folder.write(file, encoded(&text, Encoding::Utf16));
        let counted = Counted::of(folder.path());
        let ledger = &counted.input.ledgers[0];
        let known = ledger.platform.to_lowercase().replace([' ', '-'], "");
        assert!(known.starts_with(layout.id().replace('-', "").as_str()), "{layout:?}: {known}");
        assert_eq!(ledger.rows.used, answers.forms.len() as u64, "{layout:?}");
    }
}

const QUESTIONS: [&str; 5] = [
    "How well do we share?",
    "Do we listen to each other’s needs?",
    "Trust, and being “trusted”",
    "Say what you think; honestly?",
    "How clear are we – of our direction?",
];
/// Two labels end in a number, as the second copy of a label does. With "Area 12" beside "Area 1" a
/// header of Microsoft Forms could mean either, and is refused.
const DEPARTMENTS: [&str; 7] = [
    "Finance",
    "Children’s Services",
    "Roads, Parks & Bins",
    "Adult Care – North",
    "Area 1",
    "Area 20",
    "Policy/Strategy (new)",
];
const GROUPS: [&str; 4] = ["North", "South & East", "=none", "O’Hara ward"];

/// A survey with a definition of its own.
#[derive(Clone, Debug)]
struct Small {
    top: u8,
    has_no_contact: bool,
    has_whole: bool,
    answers: Answers,
}

impl Small {
    fn definition(&self, layout: Layout, file: &str) -> String {
        let Answers { about, questions, rows, .. } = &self.answers;
        let mut text = format!(
            "format = 1\ntitle = \"Small\"\nsynthetic = true\n[organisation]\nname = \"Us\"\n[scale]\nlow = 1\nhigh = {}\n",
            self.top
        );
        if self.has_no_contact {
            text.push_str("no-contact = 0\n[scale.labels]\n0 = [\"No contact\"]\n");
        }
        for (at, question) in questions.iter().enumerate() {
            text.push_str(&format!("[[question]]\nid = \"Q{}\"\ntext = '{question}'\n", at + 1));
        }
        for (at, row) in rows.iter().enumerate() {
            let what = if at == 0 && self.has_whole {
                "[whole]".to_owned()
            } else {
                format!("[[department]]\nid = \"d{at}\"")
            };
            text.push_str(&format!("{what}\nlabel = '{row}'\n"));
        }
        text.push_str(&format!(
            "[audience.people]\nlabel = \"People\"\nrespondent = [{}]\ndepartments = {}\n",
            quoted(&IDS),
            !rows.is_empty()
        ));
        for (at, header) in about.iter().enumerate() {
            let groups: String = GROUPS
                .iter()
                .enumerate()
                .map(|(group, label)| format!("{{ id = \"g{group}\", label = '{label}' }}, "))
                .collect();
            text.push_str(&format!(
                "[[audience.people.breakdown]]\nid = \"b{at}\"\nlabel = '{header}'\ncolumns = ['{header}']\ngroups = [{groups}]\n"
            ));
        }
        let order = if layout.is_by_order() && !rows.is_empty() { "questions-by-order = true\n" } else { "" };
        text.push_str(&format!(
            "[[wave]]\nlabel = \"2020\"\nplatform = \"{}\"\n{order}files = {{ people = \"{file}\" }}\n[disclosure]\nminimum-respondents = 2\n",
            layout.id()
        ));
        text
    }
}

fn small() -> impl Strategy<Value = Small> {
    let shape = (2_u8..=10, any::<bool>(), any::<bool>(), 1_usize..=5, 0_usize..=7, 0_usize..=2, 1_usize..=6);
    shape.prop_flat_map(|(top, has_no_contact, has_whole, questions, rows, about, forms)| {
        let lowest = if has_no_contact { -1_i16 } else { 0 };
        // Below the scale: a blank, and where the scale has it no contact.
        let code = (lowest..=i16::from(top)).prop_map(move |code| match code {
            -1 => "No contact".to_owned(),
            0 => String::new(),
            score => score.to_string(),
        });
        let codes = proptest::collection::vec(proptest::collection::vec(code, rows.max(1)), questions);
        let form = (codes, proptest::collection::vec(0..GROUPS.len(), about));
        (
            proptest::collection::vec(form, forms),
            proptest::sample::subsequence(DEPARTMENTS.to_vec(), rows),
            proptest::sample::subsequence(QUESTIONS.to_vec(), questions),
        )
            .prop_map(move |(forms, rows, questions)| {
                let texts = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<Vec<_>>();
                let forms = forms.into_iter().enumerate().map(|(at, (codes, groups))| Form {
                    id: format!("F{at}"),
                    date: "2020-01-01".to_owned(),
                    about: groups.into_iter().map(|group| GROUPS[group].to_owned()).collect(),
                    codes,
                });
                let headers = ["Where do you work, mostly?", "Your “home”"];
                // A definition without the whole needs a department.
                let has_whole = has_whole && rows.len() > 1;
                let answers = Answers {
                    about: texts(headers[..about].to_vec()),
                    questions: texts(questions),
                    rows: texts(rows),
                    forms: forms.collect(),
                };
                Small { top, has_no_contact, has_whole, answers }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any small survey counts alike as a plain file and in any layout, encoding and delimiter.
    #[test]
    fn random_surveys_in_every_layout(
        small in small(),
        layout in proptest::sample::select(Layout::ALL.to_vec()),
        encoding in proptest::sample::select(Encoding::ALL.to_vec()),
        delimiter in proptest::sample::select(vec![',', ';', '\t']),
        line_end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
        is_quoted in any::<bool>(),
    ) {
        let folder = Folder::empty();
        let plain = text(&Layout::Brackets.write(&small.answers), ',', "\n", false);
        folder.write("plain.csv", plain);
        folder.write("survey.toml", small.definition(Layout::Brackets, "plain.csv"));
        let expected = Counted::of(folder.path());
        prop_assert!(!expected.found.has_errors(), "{}", expected.found);

        let written = text(&layout.write(&small.answers), delimiter, line_end, is_quoted);
        folder.write("other.csv", encoded(&written, encoding));
        folder.write("survey.toml", small.definition(layout, "other.csv"));
        let counted = Counted::of(folder.path());
        prop_assert!(!counted.found.has_errors(), "{}", counted.found);
        prop_assert!(counted.input.ledgers.iter().all(rmsurvey::ingest::Ledger::balances));
        prop_assert_eq!(counted.csv, expected.csv);
    }
}
