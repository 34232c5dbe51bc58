//! A definition drafted from exports: it passes the check as it is, and counts what the files hold.

use crate::platforms::{fixture, folder};
use crate::support::{Answer, At, Counted, Folder, rmsurvey, run, sample, small};

/// Drafts a definition in a folder from files in it.
#[track_caller]
fn init(folder: &Folder, files: &[&str]) -> Answer {
    let output = folder.path().join("survey.toml");
    let paths = files.iter().map(|file| folder.path().join(file).to_str().unwrap().to_owned());
    let arguments = ["init".to_owned(), "--output".to_owned(), output.to_str().unwrap().to_owned()];
    rmsurvey(arguments.into_iter().chain(paths))
}

#[track_caller]
fn check(folder: &Folder) -> Answer {
    rmsurvey(["check", "--input", folder.path().to_str().unwrap()])
}

const SAMPLE: [&str; 4] =
    ["2016/providers.csv", "2016/officers.csv", "2017/providers.csv", "2017/officers.csv"];

/// The sample's labels differ between its years; the draft takes them as the sample's definition does.
#[test]
fn the_exports_of_the_sample_give_a_definition_that_counts_them() {
    let folder = Folder::sample();
    // What people wrote to the sample's own definition goes with it.
    for file in ["survey.toml", "actions.csv", "commentary.md"] {
        folder.remove(file);
    }
    let said = init(&folder, &SAMPLE).expect_code(0);
    said.expect_said(&[
        "2016/providers.csv: plain file, 25 forms",
        "8 questions, 8 of them standard ones",
        "10 departments and the organisation as one",
    ]);
    let checked = check(&folder);
    assert_eq!(checked.code, 0, "{}\n{}", checked.out, folder.text("survey.toml"));
    let (drafted, defined) = (Counted::of(folder.path()), sample());
    for wave in ["2016", "2017"] {
        for question in crate::support::QUESTIONS.into_iter().chain(["all"]) {
            for department in ["all", "whole", "safeguarding", "procurement"] {
                let at = At::providers(wave).question(question).department(department);
                assert_eq!(drafted.counts(at), defined.counts(at), "{at:?}");
            }
            let at = At::officers(wave).question(question);
            assert_eq!(drafted.counts(at), defined.counts(at), "{at:?}");
        }
    }
    let groups = |counted: &Counted| -> Vec<Vec<usize>> {
        let of = |audience: &rmsurvey::survey::Audience| {
            audience.breakdowns.iter().map(|by| by.groups.len()).collect()
        };
        counted.survey.audiences.iter().map(of).collect()
    };
    assert_eq!(groups(&drafted), groups(defined));
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
}

/// The three forms of the fixtures in a plain file, drafted and counted.
fn plain_tally() -> String {
    let folder = Folder::empty();
    let text = String::from_utf8(fixture("plain-brackets.csv")).unwrap();
    folder.write("2017/providers.csv", text.replacen(",Area,", ",Which area do you work in?,", 1));
    init(&folder, &["2017/providers.csv"]).expect_code(0);
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    counted.csv
}

/// Every fixture holds the same three forms, and no edit is needed but where the draft says so.
#[test]
fn every_platform_gives_a_definition_without_an_edit() {
    let plain = plain_tally();
    for (name, decide) in [
        ("smartsurvey.csv", false),
        ("surveymonkey.csv", false),
        ("surveymonkey-older.csv", false),
        ("qualtrics.csv", false),
        ("qualtrics-older.csv", false),
        ("microsoft-forms.csv", true),
        ("google-forms.csv", false),
        ("limesurvey.csv", false),
        ("limesurvey-text.csv", false),
        ("jisc.csv", true),
        ("jisc-wording.csv", false),
        ("snap.csv", false),
        ("plain-brackets.csv", false),
        ("plain-dash.csv", false),
        ("plain-short.csv", false),
        ("plain-lower.csv", false),
    ] {
        let folder = Folder::empty();
        folder.write("2017/providers.csv", fixture(name));
        let said = init(&folder, &["2017/providers.csv"]).expect_code(0);
        let text = folder.text("survey.toml");
        for told in [&said.err, &text] {
            let told = told.to_lowercase();
            assert!(!told.contains("marker@") && !told.contains("203.0.113"), "{name}: {told}");
        }
        if decide {
            let checked = check(&folder).expect_code(1);
            assert!(checked.out.contains("questions-by-order = true"), "{name}: {}", checked.out);
            folder.replace("survey.toml", "# DECIDE: questions-by-order", "questions-by-order");
        }
        let counted = Counted::of(folder.path());
        assert!(!counted.found.has_errors(), "{name}: {}\n{text}", counted.found);
        // The plain files among the fixtures call the area by a shorter name.
        let same = if name.starts_with("plain") {
            plain.replace("which-area-do-you-work-in", "area")
        } else {
            plain.clone()
        };
        assert_eq!(counted.csv, same, "{name}\n{text}");
        assert!(counted.input.ledgers.iter().all(rmsurvey::ingest::Ledger::balances), "{name}");
        let all = At::providers("2017");
        // 8 scores of departments, 21 in sum; 6 of the council, 15 in sum; as in `platforms`.
        let pooled = counted.counts(all);
        assert_eq!(
            (pooled.answers(), pooled.sum(), pooled.no_contact, pooled.blank),
            (8, 21, 2, 2),
            "{name}"
        );
        let whole = counted.counts(all.department("whole"));
        assert_eq!((whole.answers(), whole.sum()), (6, 15), "{name}");
        let one = counted.counts(all.department("finance").question("Q2"));
        assert_eq!((one.answers(), one.sum()), (2, 5), "{name}");
        let areas = &counted.survey.audiences[0].breakdowns;
        let labels: Vec<&str> = areas[0].groups.iter().map(|group| group.label.as_str()).collect();
        assert_eq!((areas.len(), &labels[..]), (1, &["North", "South"][..]), "{name}");
    }
}

/// Answers, rows and groups by the platform's codes: nothing is guessed. The line that is true and the
/// names are all that the analyst writes.
#[test]
fn answers_that_are_symbols_are_a_choice_of_lines() {
    let symbols = |text: &str| {
        let text =
            text.replace("0 - No contact", "0").replace("4 - High", "4").replace("\"North\"", "\"A1\"");
        let mut text = text.replace("\"South\"", "\"A2\"").replace("\"3\";\"en\"", "\"page\";\"en\"");
        // A1 is the lowest of four, A5 no contact.
        for (code, symbol) in [("0", "5"), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")] {
            text = text.replace(&format!(";\"{code}\""), &format!(";\"AO0{symbol}\""));
        }
        text
    };
    let plain = plain_tally();
    for name in ["limesurvey-codes.csv", "limesurvey.csv", "limesurvey-text.csv"] {
        let folder = Folder::empty();
        folder.write("2017/providers.csv", symbols(&String::from_utf8(fixture(name)).unwrap()));
        let said = init(&folder, &["2017/providers.csv"]).expect_code(0);
        said.expect_said(&[
            "answers are symbols, which the scale has to explain: AO01, AO02, AO03, AO04, AO05",
        ]);
        let checked = check(&folder).expect_code(1);
        assert!(checked.out.contains("the cell holds no answer that the scale knows"), "{}", checked.out);
        let undecided = "scale = { low = 1, high = 5 }   # DECIDE: no symbol is an answer yet\n";
        folder.replace("survey.toml", undecided, "");
        let line = "scale = { low = 1, high = 4, no-contact = 0, labels = { 0 = [\"AO05\"], 1 = [\"AO01\"], 2 = [\"AO02\"], 3 = [\"AO03\"], 4 = [\"AO04\"] } }";
        folder.replace("survey.toml", &format!("# {line}"), line);
        for (code, label) in [("A1", "North"), ("A2", "South")] {
            let group = |label: &str| format!("{{ id = \"{}\", label = \"{label}\" }}", code.to_lowercase());
            folder.replace("survey.toml", &group(code), &group(label));
        }
        if name == "limesurvey-codes.csv" {
            let text = folder.text("survey.toml");
            assert!(text.contains("# DECIDE: the export has codes for these, and no names"), "{text}");
            folder.replace("survey.toml", "\n[[department]]\nid = \"sq001\"\nlabel = \"SQ001\"\n", "");
            let whole = "[whole]\n# label = \"Our Council\"\n# aliases = [\"SQ001\"]\n";
            folder.replace("survey.toml", &format!("# {whole}"), &whole.replace("# ", ""));
            folder.replace("survey.toml", "label = \"SQ002\"", "label = \"Finance\"");
        }
        let counted = Counted::of(folder.path());
        assert!(!counted.found.has_errors(), "{name}: {}\n{}", counted.found, folder.text("survey.toml"));
        let mut csv = counted.csv;
        for (code, id) in [
            (",sq002,", ",finance,"),
            (",sq003,", ",safeguarding,"),
            (",a1,a1,", ",which-area-do-you-work-in,north,"),
            (",a1,a2,", ",which-area-do-you-work-in,south,"),
            (",which-area-do-you-work-in,a1,", ",which-area-do-you-work-in,north,"),
            (",which-area-do-you-work-in,a2,", ",which-area-do-you-work-in,south,"),
        ] {
            csv = csv.replace(code, id);
        }
        // The rows stand in the order of the ids.
        let sorted = |csv: &str| csv.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(sorted(&csv), sorted(&plain), "{name}");
    }
}

/// A staff survey: no departments, five steps in words, one question of them all about trust.
#[test]
fn a_scale_in_words_becomes_codes() {
    let folder = Folder::empty();
    let answers =
        ["Agree", "Strongly agree", "Disagree", "Neither agree nor disagree", "N/A", "Strongly disagree"];
    let mut text = "Staff ID,Team,I am heard,I trust my manager,Remarks\n".to_owned();
    for (at, answer) in answers.iter().enumerate() {
        let team = ["Parks", "Roads"][at % 2];
        text.push_str(&format!("{at},{team},{answer},{},remark {at}\n", answers[(at + 1) % 6]));
    }
    folder.write("staff 2024.csv", text);
    init(&folder, &["staff 2024.csv"]).expect_code(0);
    let checked = check(&folder);
    assert_eq!(checked.code, 0, "{}\n{}", checked.out, folder.text("survey.toml"));
    let counted = Counted::of(folder.path());
    assert_eq!((counted.survey.scale.top, counted.survey.scale.no_contact), (5, Some(0)));
    let at = At {
        wave: "2024",
        audience: "staff",
        department: "whole",
        question: "Q1",
        breakdown: "all",
        group: "all",
    };
    let counts = counted.counts(at);
    // Agree 4, strongly agree 5, disagree 2, neither 3, strongly disagree 1.
    assert_eq!((counts.answers(), counts.sum(), counts.no_contact), (5, 15, 1));
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
}

#[test]
fn an_export_without_scores_or_from_elsewhere_is_refused() {
    let folder = Folder::empty();
    folder.write("a.csv", "Name of team,Remarks\nParks,good\nRoads,bad\n");
    init(&folder, &["a.csv"]).expect_code(1).expect_said(&["no column holds scores", "codes from 1 on"]);
    let other = small::folder();
    let output = folder.path().join("survey.toml");
    let export = other.path().join("2016.csv");
    rmsurvey(["init", export.to_str().unwrap(), "--output", output.to_str().unwrap()])
        .expect_code(1)
        .expect_said(&["does not lie beside the definition"]);
}

/// Names that stand under a word which looks like that of a place are no groups; yes and no are.
#[test]
fn people_are_no_groups() {
    let folder = Folder::empty();
    let mut text = "ID,Team,Contact officer,Service manager,Are you a manager?,Q1,Q2\n".to_owned();
    for at in 0..8 {
        let [team, officer] = [["Parks", "Roads"][at % 2], ["Ann Marker", "Bob Marker"][at / 4]];
        text.push_str(&format!(
            "{at},{team},{officer},Cid Marker {},{},3,4\n",
            at / 2,
            ["Yes", "No"][at / 5]
        ));
    }
    folder.write("staff 2024.csv", text);
    let said = init(&folder, &["staff 2024.csv"]).expect_code(0);
    said.expect_said(&["staff: groups by Team; Are you a manager?"]);
    let text = folder.text("survey.toml");
    assert!(!text.contains("Marker"), "{text}");
    assert!(text.contains("ignore = [\"Contact officer\", \"Service manager\"]"), "{text}");
}

/// What is there and cannot be read is no empty place for a draft.
#[test]
fn a_definition_that_cannot_be_read_is_left_as_it_is() {
    let folder = Folder::empty();
    folder.write("2017/providers.csv", fixture("plain-brackets.csv"));
    init(&folder, &["2017/providers.csv"]).expect_code(0);
    let text = folder.text("survey.toml").replacen("Our Council", "Conseil général", 1);
    let utf_16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ansi = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    for bytes in [ansi, utf_16] {
        folder.write("survey.toml", &bytes);
        init(&folder, &["2017/providers.csv"])
            .expect_code(1)
            .expect_said(&["the definition is not saved as UTF-8", "set Encoding to UTF-8"]);
        assert_eq!(folder.read("survey.toml"), bytes);
    }
    folder.remove("survey.toml");
    std::fs::create_dir(folder.path().join("survey.toml")).unwrap();
    init(&folder, &["2017/providers.csv"]).expect_code(1).expect_said(&["the file cannot be read"]);
}

/// A third year of the sample: providers only, two labels changed, one department and one breakdown
/// gone, a department new.
#[test]
fn a_new_wave_is_added_and_no_line_is_lost() {
    let folder = Folder::sample();
    folder.write("2018/providers.csv", folder.read("2017/providers.csv"));
    folder.edit("2018/providers.csv", |export| {
        export.keep(|header| !header.ends_with("Community Agents") && header != "Your role");
        for header in &mut export.rows[0] {
            *header = header
                .replace("- Contract Management", "- Contract Managment")
                .replace("- Finance", "- Parks");
        }
        let size = export.rows[0].iter().position(|header| header.starts_with("Size")).unwrap();
        for row in &mut export.rows[1..] {
            row[1] = row[1].replace("/2017", "/2018");
            if row[size].starts_with("Small") {
                row[size] = "Small (1 to 9 staff)".to_owned();
            }
        }
    });
    let before = folder.text("survey.toml");
    init(&folder, &["2018/providers.csv"]).expect_code(0).expect_said(&[
        "a new wave, 2018",
        "\"Contract Managment\" is taken as Contract Management; sure?",
        "a new department, \"Parks\"",
        "the department Community Agents is not in 2018",
        "the department Finance is not in 2018",
        "the breakdown Role is not in 2018",
        "Size: \"Small (1 to 9 staff)\" is taken as Small; sure?",
    ]);
    let after = folder.text("survey.toml");
    let mut lines = after.lines();
    for line in before.lines() {
        // A list may have got longer; its beginning is as it was.
        let stem = line.trim_end_matches([']', '}', ',', ' ']);
        assert!(lines.any(|now| now.starts_with(stem)), "{line}\n{after}");
    }
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}\n{after}", counted.found);
    let [old, new] =
        ["2017", "2018"].map(|wave| counted.counts(At::providers(wave).department("contract-management")));
    assert_eq!(old, new);
    let finance = counted.counts(At::providers("2017").department("finance"));
    assert_eq!(counted.counts(At::providers("2018").department("parks")), finance);

    let again = init(&folder, &["2018/providers.csv"]).expect_code(0);
    again.expect_said(&["nothing to add"]);
    assert_eq!(folder.text("survey.toml"), after);

    folder.replace("survey.toml", "\"2018/providers.csv\"", "\"2018/prov*.csv\"");
    let by_pattern = folder.text("survey.toml");
    init(&folder, &["2018/providers.csv"]).expect_code(0).expect_said(&["nothing to add"]);
    assert_eq!(folder.text("survey.toml"), by_pattern);
}

/// Departments and groups that differ only by a remark get an id each, and what two new years call by
/// two names is known by both.
#[test]
fn new_names_have_ids_of_their_own_and_every_name_is_kept() {
    let file = |finance: &str, south: &str, others: [&str; 2]| {
        let [north, west] = others;
        let mut text = format!("Reference,Area,Q1 Example Council,Q1 {finance},Q1 {north},Q1 {west}\n");
        let areas = ["North", south, "Mid (East)", "Mid (West)"];
        (0..8).for_each(|at| text.push_str(&format!("{at},{},1,2,3,4\n", areas[at % 4])));
        text
    };
    let folder = folder("answers.csv", &fixture("plain-short.csv"), "\"Reference\"", "");
    let care = ["Care (North)", "Care (South)"];
    folder.write("2018/providers.csv", file("Finance", "South", care));
    folder.write("2019/providers.csv", file("Finance (and money)", "South (and coast)", care));
    init(&folder, &["2018/providers.csv", "2019/providers.csv"]).expect_code(0).expect_said(&[
        "a new department, \"Care (North)\"",
        "a new department, \"Care (South)\"",
        "Area: a new group, \"Mid (East)\"",
        "Area: a new group, \"Mid (West)\"",
        "\"Finance (and money)\" is taken as Finance; sure?",
        "Area: \"South (and coast)\" is taken as South; sure?",
    ]);
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}\n{}", counted.found, folder.text("survey.toml"));
    let departments: Vec<&str> = counted.survey.departments.iter().map(|it| it.names.id.as_str()).collect();
    assert_eq!(departments, ["finance", "safeguarding", "care", "care-2"]);
    let groups = &counted.survey.audiences[0].breakdowns[0].groups;
    let groups: Vec<&str> = groups.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(groups, ["north", "south", "mid", "mid-2"]);
    let counts = |wave| counted.counts(At::providers(wave).department("finance").group("area", "south"));
    assert_eq!((counts("2018").answers(), counts("2018")), (2, counts("2019")));
}

/// Where somebody works and where they worked before: alike, with the same groups, and two things in
/// a draft, in its second year and in a definition that has one of them.
#[test]
fn two_columns_of_one_file_are_two_breakdowns() {
    let file = |areas: [&str; 2]| {
        let rows = (0..8).map(|at| {
            let [one, other] = [["North", "South"][at % 2], ["North", "South"][at / 4]];
            format!("{at},{one},{other},1,2\n")
        });
        format!("Reference,{},{},Q1,Q2\n{}", areas[0], areas[1], rows.collect::<String>())
    };
    let columns = |folder: &Folder| -> Vec<Vec<String>> {
        let counted = Counted::of(folder.path());
        assert!(!counted.found.has_errors(), "{}\n{}", counted.found, folder.text("survey.toml"));
        counted.survey.audiences[0].breakdowns.iter().map(|by| by.columns.clone()).collect()
    };
    let folder = Folder::empty();
    folder.write("2018/providers.csv", file(["Area", "Area (previous)"]));
    folder.write("2019/providers.csv", file(["Area (previous)", "Area"]));
    init(&folder, &["2018/providers.csv", "2019/providers.csv"]).expect_code(0);
    assert_eq!(columns(&folder), [["Area"], ["Area (previous)"]]);

    let folder = small::folder();
    folder.write("2018/providers.csv", file(["Area (previous)", "Area"]));
    init(&folder, &["2018/providers.csv"])
        .expect_code(0)
        .expect_said(&["\"Area (previous)\" looks like a breakdown that the definition does not have"]);
    folder.replace("survey.toml", "title =", "ignore = [\"Area (previous)\"]\ntitle =");
    assert_eq!(columns(&folder), [["Area"]]);
}

/// Two columns that the definition takes for one breakdown, in one file and in two of one audience: every
/// group and header is added once, and the file with both is for the analyst to decide on.
#[test]
fn what_two_columns_bring_is_added_once() {
    let folder = folder("answers.csv", &fixture("plain-short.csv"), "\"Reference\"", "");
    let file = |header: &str| {
        let rows =
            (0..8).map(|at| format!("{at},{},{},1,2\n", ["East", "North"][at % 2], ["East", "Mid"][at / 4]));
        format!("Response,{header},Q1,Q2\n{}", rows.collect::<String>())
    };
    folder.write("2018/providers.csv", file("Area,Which area do you work in?"));
    folder.write("2019/providers.csv", file("Area,Size"));
    folder.write("2019/providers-late.csv", file("Area,Size"));
    let files = ["2018/providers.csv", "2019/providers.csv", "2019/providers-late.csv"];
    init(&folder, &files).expect_code(0).expect_said(&["Area: a new group, \"East\""]);
    let counted = Counted::of(folder.path());
    let groups = &counted.survey.audiences[0].breakdowns[0].groups;
    let groups: Vec<&str> = groups.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(groups, ["north", "south", "east", "mid"]);
    assert_eq!(counted.survey.audiences[0].respondent, ["Reference", "Response"]);
    assert!(counted.found.to_string().contains("two columns hold the same thing"), "{}", counted.found);
}

/// A year of one platform on top of a year of another, and a batch on paper that the analyst listed by
/// hand: lines are added, and none is lost.
#[test]
fn another_platform_and_paper_are_added() {
    let folder = Folder::empty();
    folder.write("2017/providers.csv", fixture("qualtrics.csv"));
    init(&folder, &["2017/providers.csv"]).expect_code(0).expect_said(&[
        "Qualtrics, 3 forms; 3 tests, previews or unfinished forms do not count",
        "never read: IP-Adresse, Nachname",
    ]);
    folder.write("2017/paper.csv", fixture("plain-brackets.csv"));
    folder.replace(
        "survey.toml",
        "providers = \"2017/providers.csv\"",
        "providers = [\"2017/providers.csv\", { file = \"2017/paper.csv\", mode = \"paper\" }]",
    );
    folder.replace(
        "survey.toml",
        "respondent = [\"ResponseId\"]",
        "respondent = [\"ResponseId\", \"Reference\"]",
    );
    folder.replace(
        "survey.toml",
        "columns = [\"Which area do you work in?\"]",
        "columns = [\"Which area do you work in?\", \"Area\"]",
    );
    let before = folder.text("survey.toml");
    let said = init(&folder, &["2017/providers.csv"]).expect_code(0);
    said.expect_said(&["nothing to add"]);
    assert_eq!(folder.text("survey.toml"), before);

    folder.write("2017/providers-late.csv", fixture("smartsurvey.csv"));
    folder.write("2018/providers.csv", fixture("limesurvey.csv"));
    init(&folder, &["2017/providers-late.csv", "2018/providers.csv"])
        .expect_code(0)
        .expect_said(&["2017: 2017/providers-late.csv of providers", "a new wave, 2018"]);
    let after = folder.text("survey.toml");
    let mut lines = after.lines();
    for line in before.lines() {
        // A list may have got longer; its beginning is as it was.
        let stem = line.split("   #").next().unwrap().trim_end_matches([']', '}', ',', ' ']);
        let listed = stem.replacen("= \"", "= [\"", 1);
        assert!(lines.any(|now| now.starts_with(stem) || now.starts_with(&listed)), "{line}\n{after}");
    }
    assert!(
        after.contains("{ file = \"2017/paper.csv\", mode = \"paper\" }, \"2017/providers-late.csv\"]"),
        "{after}"
    );
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}\n{after}", counted.found);
    // Every date is read, in the way of either platform.
    assert!(
        after.contains("date-format = [\"%Y-%m-%d %H:%M:%S\", \"%d/%m/%Y %H:%M:%S\"]   # how"),
        "{after}"
    );
    assert!(!counted.found.to_string().contains("date of the form cannot be read"), "{}", counted.found);
    let used: Vec<u64> = counted.input.ledgers.iter().map(|ledger| ledger.rows.used).collect();
    // Form 101 of SmartSurvey and the paper's 101 have one reference, so that one of the two counts; likewise 102 and 103.
    assert_eq!(used, [3, 0, 3, 3]);
    let [old, new] = ["2017", "2018"].map(|wave| counted.counts(At::providers(wave)));
    assert_eq!((old.sum(), new.sum()), (42, 21));
}
