//! A definition drafted from exports: it passes the check as it is, and counts what the files hold.

use crate::platforms::fixture;
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
