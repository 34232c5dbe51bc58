//! A survey whose answers were added up elsewhere: the sums in `fixtures/sums` are what engines make of
//! the exports beside them, and everything that can be known from them is what the exports give.

use crate::support::{Folder, assert_reads, findings, repository, rmsurvey, run};

fn fixture() -> Folder {
    Folder::copy_of(&repository().join("tests/fixtures/sums"))
}

/// The same survey with sums in the place of its files.
fn summed() -> Folder {
    let folder = fixture();
    for wave in ["2016", "2017"] {
        let files =
            format!("files = {{ providers = \"{wave}/providers.csv\", officers = \"{wave}/officers.csv\" }}");
        folder.replace("survey.toml", &files, "sums = \"sums.csv\"");
        folder.remove(&format!("{wave}/providers.csv"));
        folder.remove(&format!("{wave}/officers.csv"));
    }
    folder
}

#[test]
fn figures_are_those_of_the_forms() {
    let [forms, sums] = [(fixture(), Folder::empty()), (summed(), Folder::empty())].map(|(input, output)| {
        run(input.path(), output.path()).expect_code(0);
        output
    });
    let same = ["tally", "results", "changes", "gaps"].map(|name| format!("private/{name}.csv"));
    for file in same.iter().map(String::as_str).chain(["publish/data/results.csv", "publish/data/gaps.csv"]) {
        assert!(forms.text(file).lines().count() > 20, "{file} says too little");
        assert_eq!(forms.text(file), sums.text(file), "{file}");
    }
    // Groups that are published as one, and a breakdown that is kept back.
    let results = sums.text("publish/data/results.csv");
    assert!(results.contains(",south-and-west,") && !results.contains(",role,"));
    // Who answered in both years is known, and not shown: of sums nobody can say whom it leaves out.
    let matched = |folder: &Folder, file: &str| {
        let text = folder.text(file);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let at = rows.headers().unwrap().iter().position(|name| name == "matched_change").unwrap();
        rows.records().filter(|row| !row.as_ref().unwrap()[at].is_empty()).count()
    };
    assert!(matched(&sums, "private/changes.csv") > 0);
    assert!(matched(&forms, "publish/data/changes.csv") > 0);
    assert_eq!(matched(&sums, "publish/data/changes.csv"), 0);
}

#[test]
fn what_needs_forms_is_missing_and_the_paper_says_so() {
    let (input, output) = (summed(), Folder::empty());
    run(input.path(), output.path()).expect_code(0);
    let report = output.text("publish/report.html");
    assert!(
        report.contains("What sums cannot say") && report.contains("were added up and not kept form by form")
    );
    assert!(output.text("private/quality.md").contains("sums of 79 forms, 711 answers"));
    let forms = Folder::empty();
    run(fixture().path(), forms.path()).expect_code(0);
    assert!(!forms.text("publish/report.html").contains("What sums cannot say"));
    let audit = rmsurvey(["audit", output.path().to_str().unwrap()]);
    audit.expect_code(0);
}

#[test]
fn check_and_explain_name_the_sums() {
    let input = summed();
    let path = input.path().to_str().unwrap();
    let checked = rmsurvey(["check", "--input", path]).expect_code(0).out;
    for line in [
        "  sums.csv (2017, Care providers, sums of answers that lie elsewhere)",
        "    rows      711 of the table of answers, all of them used",
        "    forms     79",
    ] {
        assert!(checked.contains(line), "{line} is not in\n{checked}");
    }
    let page = rmsurvey(["explain", "2017/providers", "--input", path]).expect_code(0).out;
    assert!(page.contains("sums.csv: sums of 79 forms, 711 answers"), "{page}");
}

/// What a run says of changed sums.
fn said(change: impl FnOnce(String) -> String) -> String {
    let (input, output) = (summed(), Folder::empty());
    input.write("sums.csv", change(input.text("sums.csv")));
    let answer = run(input.path(), output.path()).expect_code(1);
    findings(&answer).to_owned()
}

#[test]
fn a_tally_takes_them_too() {
    let tallied =
        |input: Folder| rmsurvey(["tally", "--input", input.path().to_str().unwrap()]).expect_code(0).out;
    let forms = tallied(fixture());
    assert!(forms.lines().count() > 200);
    assert_eq!(tallied(summed()), forms);
}

#[test]
fn a_year_that_the_sums_lack_is_missed() {
    let found = said(|sums| {
        let kept: Vec<&str> = sums.lines().filter(|line| line.split(',').nth(1) != Some("2016")).collect();
        kept.join("\n")
    });
    assert!(found.contains("the sums hold nothing of 2016"), "{found}");
}

#[test]
fn another_table_is_no_table_of_sums() {
    assert_reads(
        &said(|_| "a,b\n1,2\n".to_owned()),
        "error: this is no table of sums
      where     sums.csv, line 1
      found     a, b
      expected  part, wave, audience, compared, department, question, breakdown, group, against, sums
      to do     write the query with  rmsurvey sql  again, and run it

    1 error",
    );
}

#[test]
fn sums_of_another_definition_are_refused() {
    let (input, output) = (summed(), Folder::empty());
    input.replace("survey.toml", "waves = [\"2017\"]\n", "");
    let answer = run(input.path(), output.path()).expect_code(1);
    answer.expect_said(&[
        "Care providers, 2016: the sums are of 6 questions asked, the definition has 9",
        "Care providers, 2016: the sums are of 6 questions in common with 2017, the definition has 9",
        "write the query with  rmsurvey sql  again, and run it",
    ]);
}

#[test]
fn rows_that_mean_nothing_are_located() {
    let found = said(|sums| {
        let first = sums.lines().position(|line| line.starts_with("cell,2016,providers,")).unwrap();
        let mut lines: Vec<String> = sums.lines().map(str::to_owned).collect();
        lines[first] = lines[first].replacen("finance", "finanse", 1).replacen(",all,", ",finanse,", 1);
        lines[first + 1] = lines[first + 1].rsplit_once(' ').unwrap().0.to_owned();
        lines.join("\n")
    });
    assert!(found.contains("the sums name a"), "{found}");
    assert!(found.contains("nearest   finance"), "{found}");
    assert!(found.contains("these are not the numbers of such a row"), "{found}");
}

#[test]
fn what_went_wrong_in_the_table_of_answers_is_said() {
    let found =
        said(|sums| sums.replacen(",474 0 0 0", ",474 3 2 1", 1).replacen(",711 0 0 0", ",711 3 2 1", 1));
    for message in [
        "3 of 711 rows name a question or a department that they were not asked about",
        "2 of 711 rows hold a score that is not on the scale",
        "1 of 711 rows repeat a question of the same form",
    ] {
        assert!(found.contains(message), "{message} is not in\n{found}");
    }
}

#[test]
fn sums_that_do_not_add_up_are_refused() {
    let of_everyone = "cell,2017,providers,,all,all,all,all,,";
    let found = said(|sums| {
        let change = |line: &str| match line.strip_prefix(of_everyone) {
            Some(numbers) => {
                let (rest, last) = numbers.rsplit_once(' ').unwrap();
                format!("{of_everyone}{rest} {}", last.parse::<u64>().unwrap() + 1)
            }
            None => line.to_owned(),
        };
        sums.replace("\"\"", "").lines().map(change).collect::<Vec<_>>().join("\n")
    });
    assert!(found.contains("Care providers, 2017: the sums do not add up: all, all:"), "{found}");
}

#[test]
fn sums_that_no_answers_could_have_are_refused() {
    // One unit more than there are forms, and a sum of products beyond the sums of squares.
    let found = said(|sums| {
        let change = |line: &str| {
            let (address, numbers) = line.rsplit_once(',').unwrap();
            let mut numbers: Vec<String> = numbers.split(' ').map(str::to_owned).collect();
            if line.starts_with("cell,2017,officers,,whole,Q1,all,all,") {
                numbers[3] = "45".to_owned();
            } else if line.starts_with("cell,2017,officers,,whole,Q3,all,all,") {
                numbers[5] = "99999".to_owned();
            }
            format!("{address},{}", numbers.join(" "))
        };
        let (header, rows) = sums.split_once('\n').unwrap();
        let rows: Vec<String> = rows.replace("\"\"", "").lines().map(change).collect();
        format!("{header}\n{}\n", rows.join("\n"))
    });
    assert!(found.contains("Council officers, 2017: 2 rows hold sums that no answers could have"), "{found}");
}

#[test]
fn files_and_sums_are_two_ways() {
    let (input, output) = (fixture(), Folder::empty());
    input.replace("survey.toml", "label = \"2017\"\n", "label = \"2017\"\nsums = \"sums.csv\"\n");
    run(input.path(), output.path()).expect_code(1).expect_said(&[
        "this wave has files of answers and a file of sums",
        "one or the other: the sums are of all audiences",
    ]);
    let input = fixture();
    let files = "files = { providers = \"2017/providers.csv\", officers = \"2017/officers.csv\" }\n";
    input.replace("survey.toml", files, "");
    run(input.path(), output.path()).expect_code(1).expect_said(&["this wave has no files"]);
}

#[test]
fn one_year_of_sums_stands_beside_one_of_forms() {
    let (input, output) = (fixture(), Folder::empty());
    let files = "files = { providers = \"2016/providers.csv\", officers = \"2016/officers.csv\" }";
    input.replace("survey.toml", files, "sums = \"sums.csv\"");
    run(input.path(), output.path()).expect_code(0);
    let forms = Folder::empty();
    run(fixture().path(), forms.path()).expect_code(0);
    assert_eq!(output.text("private/results.csv"), forms.text("private/results.csv"));
    // Nobody can be found again: the change is that of strangers.
    let changes = output.text("private/changes.csv");
    assert!(changes.contains(",independent,") && !changes.contains(",overlap,"));
}

#[test]
fn the_query_names_the_table_and_is_the_same_every_time() {
    let input = fixture();
    let path = input.path().to_str().unwrap();
    let query = |dialect: &str, table: &str| {
        rmsurvey(["sql", "--dialect", dialect, "--table", table, "--input", path]).expect_code(0).out
    };
    let duckdb = query("duckdb", "lake.answers");
    assert!(duckdb.contains("from lake.answers r") && duckdb.contains("\"service-type\""));
    assert_eq!(duckdb, query("duckdb", "lake.answers"));
    assert!(query("spark", "lake.answers").contains("`service-type`"));
    rmsurvey(["sql", "--dialect", "oracle", "--input", path]).expect_code(2);
}

/// Two questions about one organisation, and more forms than are kept.
#[test]
fn so_many_forms_are_added_up() {
    let (input, output) = (Folder::empty(), Folder::empty());
    input.write(
        "survey.toml",
        "format = 1\ntitle = \"Many\"\n[organisation]\nname = \"C\"\n[scale]\nlow = 1\nhigh = 4\n\
         low-label = \"low\"\nhigh-label = \"high\"\n[[question]]\nid = \"Q1\"\ntext = \"Trust?\"\n\
         [[question]]\nid = \"Q2\"\ntext = \"Share?\"\n[audience.staff]\nlabel = \"Staff\"\nrespondent = [\"Ref\"]\n\
         [[audience.staff.breakdown]]\nid = \"site\"\nlabel = \"Site\"\ncolumns = [\"Site\"]\n\
         groups = [{ id = \"hill\", label = \"Hill\" }, { id = \"quay\", label = \"Quay\" }]\n\
         [[wave]]\nlabel = \"2017\"\nfiles = { staff = \"staff.csv\" }\n",
    );
    let mut rows = String::from("Ref,Site,Trust?,Share?\n");
    for who in 0..100_001_u32 {
        let site = if who % 4 == 0 { "Quay" } else { "Hill" };
        rows += &format!("{who},{site},{},{}\n", who % 4 + 1, who % 3 + 1);
    }
    input.write("staff.csv", rows);
    run(input.path(), output.path())
        .expect_code(0)
        .expect_said(&["Staff: so many forms are added up and not kept", "staff.csv"]);
    // By hand: who % 4 + 1 over 0..=100_000 is 25_000 times 1 + 2 + 3 + 4, and 1 more; who % 3 + 1 is
    // 33_333 times 1 + 2 + 3, and 1 + 2 more.
    let results = output.text("publish/data/results.csv");
    let row = results.lines().find(|line| line.starts_with("2017,staff,whole,Q1,all,all,")).unwrap();
    let mean = f64::from(25_000 * 10 + 1) / 100_001.0;
    assert!(row.starts_with(&format!("2017,staff,whole,Q1,all,all,100001,100001,0,0,{mean},")), "{row}");
    let row = results.lines().find(|line| line.starts_with("2017,staff,whole,Q2,all,all,")).unwrap();
    let mean = f64::from(33_333 * 6 + 3) / 100_001.0;
    assert!(row.starts_with(&format!("2017,staff,whole,Q2,all,all,100001,100001,0,0,{mean},")), "{row}");
    // At the quay all gave 1 to the first question: the analyst sees it, nobody else.
    let private = output.text("private/results.csv");
    assert!(private.contains("2017,staff,whole,Q1,site,quay,25001,25001,0,0,1.0,"));
    let row = results.lines().find(|line| line.starts_with("2017,staff,whole,Q1,site,quay,")).unwrap();
    assert!(row.ends_with(",withheld,"), "{row}");
    let report = output.text("publish/report.html");
    assert!(report.contains("What sums cannot say"));
    let path = input.path().to_str().unwrap();
    let page = rmsurvey(["explain", "2017/staff", "--input", path]).expect_code(0).out;
    assert!(page.contains("100001 forms were added up; so many are not kept one by one."), "{page}");
}
