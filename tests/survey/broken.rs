//! Broken input: exit code 1, a message that says where, what and how to mend it, and an old output
//! that nobody has touched.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{
    Answer, Export, Folder, assert_reads, files, findings, rmsurvey, run, sample_output, small,
};

/// Runs on broken input over an earlier output, which has to be there byte for byte afterwards.
#[track_caller]
fn refused(input: &Folder) -> Answer {
    let output = Folder::empty();
    for (name, bytes) in sample_output() {
        output.write(name, bytes);
    }
    let answer = run(input.path(), output.path()).expect_code(1);
    let now = files(output.path());
    assert!(now == *sample_output(), "the old output was touched");
    assert_eq!(answer.out, "");
    let said = answer.err.contains("Nothing was written;") && answer.err.contains("is as it was.");
    assert!(said, "{}", answer.err);
    answer
}

const PROVIDERS: &str = "2016/providers.csv";
const OFFICERS: &str = "2016/officers.csv";

/// The sample with another answer to Q2 of the first officer (line 2, column G) of 2016.
fn with_answer(text: &str) -> Folder {
    let folder = Folder::sample();
    folder.edit(OFFICERS, |export| export.rows[1][6] = text.to_owned());
    folder
}

/// The sample with one of its exports edited.
fn with(file: &str, edit: impl FnOnce(&mut Export)) -> Folder {
    let folder = Folder::sample();
    folder.edit(file, edit);
    folder
}

// --- files ---------------------------------------------------------------------------------------

#[test]
fn a_missing_file() {
    let folder = Folder::sample();
    folder.remove(PROVIDERS);
    folder.write("2016/provider.csv", "a misspelt name");
    refused(&folder).expect_said(&[
        "error: there is no such file",
        "where     2016/providers.csv",
        "nearest   provider.csv",
        "correct its name in survey.toml",
        "1 error",
    ]);
}

#[test]
fn an_input_folder_without_definition() {
    refused(&Folder::empty()).expect_said(&["there is no such file", "where     survey.toml"]);
}

#[test]
fn an_empty_file() {
    for bytes in ["", " \r\n\r\n"] {
        let folder = Folder::sample();
        folder.write(OFFICERS, bytes);
        refused(&folder).expect_said(&["error: the file is empty", OFFICERS, "export it again"]);
    }
}

#[test]
fn a_file_with_nothing_but_a_header() {
    let folder = with(OFFICERS, |export| export.rows.truncate(1));
    let said = ["the file has a header but no answers below it", OFFICERS, "export it again"];
    refused(&folder).expect_said(&said);
}

/// Bytes of a generator with a fixed start, so that a failure can be repeated.
#[test]
fn a_file_of_random_bytes() {
    let mut state = 2016_u32;
    let bytes = (0..4096).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let folder = Folder::sample();
    folder.write(OFFICERS, bytes.collect::<Vec<u8>>());
    refused(&folder).expect_said(&["the file is not readable text", OFFICERS, "export it again"]);
}

#[test]
fn a_spreadsheet_under_the_name_of_a_csv() {
    let folder = Folder::sample();
    folder.write(OFFICERS, b"PK\x03\x04 and what follows");
    refused(&folder).expect_said(&["a spreadsheet or an archive, not a CSV", "save it as \"CSV UTF-8"]);
}

// --- columns -------------------------------------------------------------------------------------

#[test]
fn an_unknown_column_that_looks_like_scores() {
    let folder =
        with(OFFICERS, |export| export.append("How well do providers and ECC share information?", |_| "3"));
    refused(&folder).expect_said(&[
        "the column looks like scores, and the definition does not know it",
        "2016/officers.csv, line 1, column N (14), \"How well do providers and ECC share information?\"",
        "nearest   How well do care providers and ECC share information?",
        "ignore = [\"How well do providers and ECC share information?\"]",
    ]);
}

#[test]
fn a_department_missing_altogether() {
    let folder = with(PROVIDERS, |export| export.keep(|header| !header.ends_with("[Finance]")));
    let answer = refused(&folder);
    assert_reads(
        findings(&answer),
        r#"
    error: no column is about Finance: all 8 questions are missing for it
      where     2016/providers.csv, line 1
      expected  Q1 How well do care providers and ECC share information? [Finance]
      to do     if Finance has another name in this file, add that name to its aliases; if it was not asked, list its waves

    1 error
    "#,
    );
}

/// The sample with questions of 2016 asked of providers in other words, without their numbers.
fn reworded(words: &[(&str, &str)]) -> Folder {
    with(PROVIDERS, |export| {
        for header in &mut export.rows[0] {
            for (asked, otherwise) in words {
                *header = header.replace(asked, otherwise);
            }
        }
    })
}

#[test]
fn a_question_in_other_words_without_its_number() {
    let otherwise = "Is information passed on in time?";
    let folder = reworded(&[("1. How well do care providers and ECC share information?", otherwise)]);
    let answer = refused(&folder).expect_said(&[
        "no column asks Q1: it is missing for all 11 that it is asked about",
        "expected  Q1 How well do care providers and ECC share information?",
        "11 columns look like scores, and the definition does not know what they ask",
        "found     Is information passed on in time?",
        "if this is Q1 in other words in 2016, write under Q1 in survey.toml:  aliases = [\"Is information passed on in time?\"]",
    ]);
    assert_eq!(findings(&answer).matches("error: ").count(), 2);

    let advised = format!("id = \"Q1\"\naliases = [\"{otherwise}\"]");
    folder.replace("survey.toml", "id = \"Q1\"", &advised);
    run(folder.path(), Folder::empty().path()).expect_code(0);
}

#[test]
fn two_questions_in_other_words_without_their_numbers() {
    let answer = refused(&reworded(&[
        ("1. How well do care providers and ECC share information?", "Is it said?"),
        ("2. How well do we trust each other?", "Is it meant?"),
    ]));
    let answer = answer.expect_said(&[
        "found     Is it said?",
        "found     Is it meant?",
        "expected  the wording of Q1, or of Q2",
    ]);
    assert_eq!(findings(&answer).matches("error: ").count(), 4);
}

#[test]
fn one_question_about_one_department_missing() {
    let gone = |header: &str| header.starts_with("3. ") && header.ends_with("[Finance]");
    let folder = with(PROVIDERS, |export| export.keep(|header| !gone(header)));
    refused(&folder).expect_said(&[
        "the column for Q3 about Finance is missing",
        "2016/providers.csv, line 1",
        "expected  Q3 How inclusive and involving are we when planning",
        "service users? [Finance]",
        "1 error",
    ]);
}

#[test]
fn a_department_under_a_name_that_nobody_declared() {
    let folder = Folder::sample();
    folder.edit(PROVIDERS, |export| {
        export.rows[0].iter_mut().for_each(|header| *header = header.replace("[Finance]", "[Finance team]"));
    });
    refused(&folder).expect_said(&[
        "8 columns ask about \"Finance team\", which the definition does not know",
        "2016/providers.csv, line 1, column P (16)",
        "if it is Finance, write there:  aliases = [\"Finance team\"]",
        "1 error",
    ]);
}

#[test]
fn a_question_in_other_words() {
    let files = [
        (PROVIDERS, "11 columns ask Q2"),
        ("2017/providers.csv", "11 columns ask Q2"),
        (OFFICERS, "a column asks Q2"),
    ];
    for (file, columns) in files {
        let folder = with(file, |export| {
            for header in &mut export.rows[0] {
                if let Some((_, department)) = header.split_once("trust each other?") {
                    *header = format!("Q2 How well do you believe each  other?{department}");
                }
            }
        });
        refused(&folder).expect_said(&[
            &format!("{columns} in words that the definition does not know"),
            &format!("{file}, line 1"),
            "found     How well do you believe each  other?",
            "expected  How well do we trust each other?",
            "write under Q2 in survey.toml:  aliases = [\"How well do you believe each  other?\"]",
            "1 error",
        ]);
        folder.replace(
            "survey.toml",
            "text = \"How well do we trust each other?\"",
            "text = \"How well do we trust each other?\"\naliases = [\"How well do you believe each other?\"]",
        );
        rmsurvey(["check", "--input", folder.path().to_str().unwrap()]).expect_code(0);
    }
}

/// Of a question in other words a column may be missing all the same.
#[test]
fn a_question_in_other_words_without_a_department() {
    let folder = with(PROVIDERS, |export| {
        export.keep(|header| header != "2. How well do we trust each other? [Finance]");
        for header in &mut export.rows[0] {
            if let Some((_, department)) = header.split_once("trust each other?") {
                *header = format!("Q2 How well do you believe each other?{department}");
            }
        }
    });
    refused(&folder).expect_said(&[
        "10 columns ask Q2 in words that the definition does not know",
        "the column for Q2 about Finance is missing",
        "2 errors",
    ]);
}

/// What stands before one department only is part of an unknown name.
#[test]
fn a_department_whose_name_ends_like_another() {
    let folder = Folder::sample();
    folder.edit(PROVIDERS, |export| {
        export.rows[0]
            .iter_mut()
            .for_each(|header| *header = header.replace("[Finance]", "[Adult Care - Finance]"));
    });
    refused(&folder)
        .expect_said(&["8 columns ask about \"Adult Care - Finance\", which the definition", "2 errors"]);
}

#[test]
fn a_column_about_the_respondent_missing() {
    let folder = with(OFFICERS, |export| export.keep(|header| header != "What is your grade?"));
    let said = ["there is no column for Grade", OFFICERS, "expected  What is your grade?, or Grade"];
    refused(&folder).expect_said(&said);
}

/// The second copy has another wording that means the same: it is the content that stands twice.
#[test]
fn the_same_column_twice() {
    for header in ["2. How well do we trust each other?", "Q2"] {
        let folder = with(OFFICERS, |export| export.append(header, |_| "1"));
        refused(&folder).expect_said(&[
            "two columns hold the same thing",
            &format!("2016/officers.csv, line 1, column N (14), \"{header}\""),
            "columns 7 and 14 both read as this",
            "delete one of them",
        ]);
    }
}

// --- answers -------------------------------------------------------------------------------------

#[test]
fn an_answer_in_another_language() {
    let answer = refused(&with_answer("4 - Hoch"));
    assert_reads(
        findings(&answer),
        r#"
    error: the cell holds no answer that the scale knows
      where     2016/officers.csv, line 2, column G (7), "2. How well do we trust each other?"
              | ...,1,4 - Hoch,1,3,...
              |       ^^^^^^^^
      found     "4 - Hoch"
      expected  a score from 1 to 4, 0 for no contact, or an empty cell if not answered
      nearest   4 - High
      to do     correct it in corrections.csv; if it is another word for an answer, add it to [scale.labels]

    notice: not on the scale: 1 of 9,589 answers, 0.01%
      where     survey.toml
      to do     save as corrections.csv beside survey.toml, with the right value between the two commas before the reason:
                file,respondent,column,old,new,reason,who,date
                2016/officers.csv,1,2. How well do we trust each other?,4 - Hoch,,not an answer on the scale,,
                to go on without them:  rmsurvey run --draft; or under [analysis], for good:  invalid-answers = "leave-out"

    1 error, 1 notice
    "#,
    );
}

#[test]
fn answers_that_are_not_on_the_scale() {
    let not_given = "";
    for (text, nearest) in [
        ("5", "nearest   4"),
        ("-1", "nearest   0"),
        ("2.5", "nearest   2 or 3"),
        ("three", not_given),
        ("Kein Kontakt", "nearest   0 - No contact"),
        ("4 - Low", "nearest   1 - Low"),
        ("1000000000000000000000", "nearest   4"),
        ("NaN", not_given),
        ("=1+1", not_given),
    ] {
        let answer = refused(&with_answer(text)).expect_said(&[
            "the cell holds no answer that the scale knows",
            "2016/officers.csv, line 2, column G (7), \"2. How well do we trust each other?\"",
            &format!("found     \"{text}\""),
            "expected  a score from 1 to 4, 0 for no contact, or an empty cell if not answered",
            nearest,
            "1 error",
        ]);
        assert!(!nearest.is_empty() || !answer.err.contains("nearest"), "{}", answer.err);
    }
}

/// Lines are counted as an editor counts them, whatever the line ends, with blank lines and with
/// line breaks inside cells.
#[test]
fn the_line_is_that_of_an_editor() {
    for (text, line) in [
        ("Reference,Area,Q1,Q2\n1,North,1,2\n2,North,5,3\n", 3),
        ("Reference,Area,Q1,Q2\r\n1,North,1,2\r\n2,North,5,3\r\n", 3),
        ("Reference,Area,Q1,Q2\r1,North,1,2\r2,North,5,3\r", 3),
        ("Reference,Area,Q1,Q2\r\n\r\n\r\n1,North,1,2\r\n2,North,5,3\r\n", 5),
        ("\"Reference\",\"Area\",\"Q1\",\"Q2\r\nHow well do we trust each other?\"\r\n2,North,5,3\r\n", 3),
    ] {
        let folder = small::folder();
        folder.write("2016.csv", text);
        let line = format!("2016.csv, line {line}, column C (3), \"Q1\"");
        refused(&folder).expect_said(&[&line, "found     \"5\""]);
    }
}

#[test]
fn an_unknown_group() {
    let folder = with(OFFICERS, |export| export.rows[1][4] = "Noth".to_owned());
    let answer = refused(&folder);
    assert_reads(
        findings(&answer),
        r#"
    error: Quadrant has no group of this name
      where     2016/officers.csv, line 2, column E (5), "Which quadrant do you cover?"
              | ...,Noth,1,1,...
              |     ^^^^
      found     "Noth"
      expected  North, Mid, South, West, County wide
      nearest   North
      to do     if it is North, write there:  aliases = ["Noth"]

    1 error
    "#,
    );
}

#[test]
fn rows_that_do_not_fit_the_header() {
    let folder = with(OFFICERS, |export| {
        export.rows[2].pop();
        export.rows[3].push("4".to_owned());
    });
    let answer = refused(&folder);
    assert_reads(
        findings(&answer),
        r#"
    error: the row does not fit the header
      where     2016/officers.csv, line 3
      found     12 cells
      expected  13 cells, as many as the header has
      to do     a comma or a line break inside an answer needs quotation marks around it; export the file again rather than mend it by hand

    error: the row does not fit the header
      where     2016/officers.csv, line 4
      found     14 cells
      expected  13 cells, as many as the header has
      to do     a comma or a line break inside an answer needs quotation marks around it; export the file again rather than mend it by hand

    2 errors
    "#,
    );
}

// --- the definition ------------------------------------------------------------------------------

#[test]
fn an_unknown_key() {
    let folder = Folder::sample();
    folder.replace("survey.toml", "synthetic = true ", "synthetick = true");
    let answer = refused(&folder);
    assert_reads(
        findings(&answer),
        r#"
    error: there is no key `synthetick` here
      where     survey.toml, line 6, column 1
              | synthetick = true                # the rows of this sample are invented; every page says so
              | ^^^^^^^^^^
      expected  format, title, synthetic, organisation, committee, scale, question, whole, department, succession, audience, wave, benchmark, area, report, style, ignore, context, disclosure, analysis
      nearest   synthetic
      to do     correct the spelling, or delete the line

    1 error
    "#,
    );
}

#[test]
fn broken_syntax() {
    for (from, to, said) in [
        ("\"Safeguarding\"", "\"Safeguarding", "line 137, column 22"),
        ("label = \"Safeguarding\"", "label = Safeguarding", "line 137, column 9"),
        ("label = \"Safeguarding\"", "label \"Safeguarding\"", "line 137, column 7"),
        ("label = \"Safeguarding\"", "label = “Safeguarding”", "curly quotation marks"),
        ("\"2016/population.csv\"", "\"2016\\population.csv\"", "forward slash"),
    ] {
        let folder = Folder::sample();
        folder.replace("survey.toml", from, to);
        refused(&folder).expect_said(&[
            "the definition cannot be read",
            "survey.toml, line",
            said,
            "^",
            "to do",
        ]);
    }
}

// --- several at once -----------------------------------------------------------------------------

#[test]
fn every_error_of_every_file_is_listed_at_once() {
    let folder = with_answer("5");
    folder.edit(PROVIDERS, |export| {
        export.rows[4][3] = "Norfolk".to_owned();
        export.rows[6].pop();
    });
    folder.remove("2017/officers.csv");
    folder.replace("2017/population.csv", "providers,size,Large,174", "providers,size,Largest,many");
    let answer = refused(&folder).expect_said(&[
        "where     2016/officers.csv, line 2, column G (7)",
        "where     2016/providers.csv, line 5, column D (4)",
        "where     2016/providers.csv, line 7",
        "where     2017/officers.csv\n",
        "where     2017/population.csv, line 12, column C (3)",
        "5 errors",
    ]);
    assert_eq!(answer.err.matches("error: ").count(), 5, "{}", answer.err);
}

/// `check` says the same on standard output and in JSON.
#[test]
fn check_lists_what_a_run_would_refuse() {
    let folder = with_answer("5");
    let input = folder.path().to_str().unwrap();
    let text = rmsurvey(["check", "--input", input]).expect_code(1);
    assert!(text.out.contains("2016/officers.csv, line 2, column G (7)"), "{}", text.out);
    let json = rmsurvey(["check", "--input", input, "--format", "json"]).expect_code(1);
    let document: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!(document["diagnostics"][0]["place"]["line"], 2);
    assert_eq!(document["diagnostics"][0]["place"]["column"], 7);
    assert_eq!(document["diagnostics"][0]["found"], "\"5\"");
    let tally = rmsurvey(["tally", "--input", input]).expect_code(1);
    assert_eq!(tally.out, "");
}

// --- what is no error ----------------------------------------------------------------------------

/// What a run wrote, by name.
fn written(input: &Folder) -> (Answer, BTreeMap<String, Vec<u8>>) {
    let output = Folder::empty();
    let answer = run(input.path(), output.path()).expect_code(0);
    let written = files(output.path());
    (answer, written)
}

fn text<'w>(written: &'w BTreeMap<String, Vec<u8>>, name: &str) -> &'w str {
    std::str::from_utf8(written.get(name).expect("a file")).expect("UTF-8")
}

#[test]
fn leaving_out_is_listed_counted_and_said() {
    let folder = small::folder();
    folder.replace("survey.toml", "invalid-answers = \"stop\"", "invalid-answers = \"leave-out\"");
    folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,5\n2,North,2,three\n3,South,3,0\n");
    let (answer, written) = written(&folder);
    answer.expect_said(&[
        "warning: ",
        "it is left out",
        "2016.csv, line 2, column D (4), \"Q2\"",
        "2 warnings",
    ]);
    assert_eq!(
        text(&written, "private/rejects.csv"),
        "file,line,column,value,reason\n\
         2016.csv,2,Q2,5,not an answer on the scale; left out\n\
         2016.csv,3,Q2,three,not an answer on the scale; left out\n"
    );
    // 12 cells: 3 scores and 1 "no contact" among 6 answers, 2 left out, 6 about the respondent.
    let quality = text(&written, "private/quality.md");
    assert!(quality.contains("| 2016.csv | 12 | 3 | 1 | 0 | 2 | 6 | 0 | 0 |"), "{quality}");
    // 6 answers in 2016 and 7 in 2017, whose eighth is blank.
    let said = "2 of 13 answers were not on the scale and were left out";
    assert!(text(&written, "publish/report.html").contains(said));
    // Nobody but the three whose forms have it otherwise: Q2 has no score in 2016.
    assert!(
        text(&written, "private/tally.csv").contains("2016,providers,whole,Q2,all,all,0,0,0,0,1,0,0,0\n")
    );
}

/// Reference 1 sent three forms: the latest is not complete, so the later of the complete ones counts.
#[test]
fn of_several_forms_the_latest_complete_one_counts() {
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "respondent = [\"Reference\"]",
        "respondent = [\"Reference\"]\nsubmitted = [\"Sent\"]",
    );
    folder.replace("survey.toml", "label = \"2016\"\n", "label = \"2016\"\ndate-format = \"%d/%m/%Y\"\n");
    folder.write(
        "2016.csv",
        "Reference,Sent,Area,Q1,Q2\n\
         1,02/06/2016,North,4,4\n\
         1,01/06/2016,North,1,1\n\
         1,03/06/2016,North,2,\n\
         2,01/06/2016,North,3,0\n",
    );
    folder.write("2017.csv", "Reference,Sent,Area,Q1,Q2\n1,x,North,2,2\n2,x,North,3,4\n");
    let (answer, written) = written(&folder);
    answer.expect_said(&[
        "warning: the same respondent sent more than one form",
        "where     2016.csv, line 3",
        "where     2016.csv, line 4",
        "the latest complete form counts: 2016.csv, line 2",
        "2 warnings",
    ]);
    assert_eq!(
        text(&written, "private/rejects.csv"),
        "file,line,column,value,reason\n\
         2016.csv,3,,1,\"another form of the same respondent counts: 2016.csv, line 2\"\n\
         2016.csv,4,,1,\"another form of the same respondent counts: 2016.csv, line 2\"\n"
    );
    // The 4s of line 2 and the 3 of respondent 2; the 1s and the 2 count nowhere.
    assert!(
        text(&written, "private/tally.csv").contains("2016,providers,whole,all,all,all,0,0,1,2,1,0,11,2\n")
    );
    assert!(
        text(&written, "private/quality.md")
            .contains("| 2016.csv | online, UTF-8, comma | 4 | 2 | 2 | 0 | 0 | 0 | yes |")
    );
}

#[test]
fn a_wave_without_officers_is_allowed_and_said() {
    let folder = Folder::sample();
    folder.replace("survey.toml", ", officers = \"2016/officers.csv\"", "");
    let (answer, written) = written(&folder);
    answer.expect_said(&["notice: 2016 has no file of Council officers", "survey.toml"]);
    let said = "There are no answers of council officers for 2016";
    assert!(text(&written, "publish/report.html").contains(said));
    let results = text(&written, "publish/data/results.csv");
    let row =
        results.lines().find(|line| line.starts_with("2016,officers,whole,all,all,all,")).expect("a row");
    assert!(row.ends_with(",no-wave,"), "{row}");
}

// --- the command line ----------------------------------------------------------------------------

#[test]
fn wrong_usage_is_exit_code_2() {
    for arguments in [
        &["runn"][..],
        &["run", "--wave"],
        &["run", "--colour", "red"],
        &["check", "--format", "xml"],
        &["tally", "--no-png"],
    ] {
        let answer = rmsurvey(arguments).expect_code(2);
        assert!(answer.err.contains("--help") && answer.out.is_empty(), "{}", answer.err);
    }
}

#[test]
fn an_unknown_wave_names_those_there_are() {
    let input = Folder::sample();
    let output = Folder::empty();
    let [from, to] = [input.path(), output.path()].map(|path: &Path| path.to_str().unwrap());
    let answer = rmsurvey(["run", "--input", from, "--output", to, "--wave", "2071"]).expect_code(1);
    answer.expect_said(&["there is no wave \"2071\"", "expected  2016, 2017", "nearest   2017"]);
    assert!(files(output.path()).is_empty());
}

#[test]
fn somebody_elses_folder_is_exit_code_3() {
    let output = Folder::empty();
    output.write("letters/to the director.docx", "not ours");
    let before = files(output.path());
    let input = small::folder();
    run(input.path(), output.path())
        .expect_code(3)
        .expect_said(&["was left alone, because it holds files that rmsurvey did not write", "--output"]);
    assert_eq!(files(output.path()), before);
}

/// The line that a message offers, pasted as it is, with the quotation marks of the export in it.
#[test]
fn a_line_to_paste_is_one_that_a_definition_takes() {
    let folder = small::folder();
    folder.replace("2016.csv", "1,North", "1,\"\"\"North\"\"\"");
    let said = run(folder.path(), Folder::empty().path()).expect_code(1).err;
    let aliases = said.split("write there:  ").nth(1).expect("a line to paste").lines().next().unwrap();
    assert_eq!(aliases, "aliases = [\"\\\"North\\\"\"]");
    folder.replace("survey.toml", "label = \"North\"", &format!("label = \"North\", {aliases}"));
    let counted = crate::support::Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
}
