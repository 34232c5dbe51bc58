//! Every row and cell is accounted for, whatever the files hold.

use proptest::prelude::*;
use rmsurvey::ingest::Ledger;

use crate::support::{Counted, Folder, sample, small};

/// Rows and columns of the four exports of the sample.
#[test]
fn every_file_of_the_sample_balances() {
    let ledgers = &sample().input.ledgers;
    let seen: Vec<(&str, u64, u64, u64)> =
        ledgers.iter().map(|one| (one.file.as_str(), one.rows.read, one.rows.used, one.cells.read)).collect();
    let expected = [
        ("2016/providers.csv", 25, 25, 25 * 96), // 8 columns about the provider, 8 questions x 11 columns
        ("2016/officers.csv", 40, 40, 40 * 13),  // 5 columns about the officer, 8 questions
        ("2017/providers.csv", 77, 77, 77 * 96),
        ("2017/officers.csv", 44, 44, 44 * 13),
    ];
    assert_eq!(seen, expected);
    for ledger in ledgers {
        assert!(ledger.balances(), "{ledger:?}");
        assert_eq!(ledger.columns, ledger.score_columns + ledger.attribute_columns, "{ledger:?}");
    }
}

/// Five columns are about the form, its answers and remarks; of seven rows under them, one is
/// blank, one the first form of a respondent who sent two, and one cell says "maybe".
#[test]
fn a_file_with_everything_at_once_balances() {
    let folder = small::folder();
    folder.replace("survey.toml", "invalid-answers = \"stop\"", "invalid-answers = \"leave-out\"");
    folder.write(
        "2016.csv",
        "Reference,Area,Q1,Q2,Remarks,\n\
         1,North,1,2,fine,\n\
         2,North,2,maybe,,\n\
         3,South,3,0,\"good, mostly\",\n\
         ,,,,,\n\
         4,South,4,,,\n\
         3,South,4,4,again,\n\
         5,,1,1,,\n",
    );
    let counted = Counted::of(folder.path());
    assert!(!counted.found.has_errors(), "{}", counted.found);
    let Ledger { rows, cells, columns, score_columns, attribute_columns, .. } =
        counted.input.ledgers[0].clone();
    assert!(counted.input.ledgers[0].balances());
    assert_eq!((rows.read, rows.used, rows.duplicates, rows.rejected), (7, 5, 1, 1));
    assert_eq!((columns, score_columns, attribute_columns), (6, 2, 2));
    // 7 rows of 6 cells. Two rows are not used: 12 cells. Of the 5 used, 2 columns each are about
    // the respondent and 2 not needed: 10 and 10. Their 10 answers: 8 scores, none "no contact"
    // (that form was the superseded one), 1 blank, 1 left out.
    assert_eq!(cells.read, 42);
    assert_eq!((cells.unused, cells.attributes, cells.ignored), (12, 10, 10));
    assert_eq!((cells.scores, cells.no_contact, cells.blank, cells.left_out), (8, 0, 1, 1));
    let listed: Vec<(u64, &str, &str)> =
        counted.input.rejects.iter().map(|one| (one.line, one.column.as_str(), one.value.as_str())).collect();
    assert_eq!(listed, [(3, "Q2", "maybe"), (4, "", "3"), (5, "", "")]);
}

/// One row of a random export: what stands in its cells, and whether a cell is missing or doubled.
fn row() -> impl Strategy<Value = String> {
    let reference = prop_oneof!["[1-6]", Just(String::new())];
    let area = prop_oneof![Just("North"), Just("south "), Just(""), Just("Elsewhere")];
    let answer =
        || prop_oneof![Just("0"), Just("1"), Just("4"), Just("4 - High"), Just(""), Just("5"), Just("x;y")];
    let remark = prop_oneof![Just(""), Just("2"), Just("\"a, b\""), Just("\"two\nlines\"")];
    let shape = prop_oneof![6 => Just(0_usize), 1 => Just(1), 1 => Just(2), 1 => Just(3)];
    (reference, area, answer(), answer(), remark, shape).prop_map(
        |(reference, area, one, two, remark, shape)| {
            match shape {
                0 => format!("{reference},{area},{one},{two},{remark}"),
                1 => format!("{reference},{area},{one}"), // cells missing
                2 => format!("{reference},{area},{one},{two},{remark},,"), // trailing empty cells
                _ => ",,,,".to_owned(),
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_export_balances(rows in prop::collection::vec(row(), 0..12), leave_out: bool, crlf: bool) {
        let folder: Folder = small::folder();
        if leave_out {
            folder.replace("survey.toml", "invalid-answers = \"stop\"", "invalid-answers = \"leave-out\"");
        }
        let end = if crlf { "\r\n" } else { "\n" };
        let lines = std::iter::once("Reference,Area,Q1,Q2,Remarks".to_owned()).chain(rows.iter().cloned());
        folder.write("2016.csv", lines.map(|line| line + end).collect::<String>());
        let counted = Counted::of(folder.path());
        let ledger = &counted.input.ledgers[0];
        prop_assert!(ledger.balances(), "{ledger:?}");
        prop_assert_eq!(ledger.rows.read, rows.len() as u64);
        // What is used stands in the forms, and what is not stands in the list of rejects.
        let forms = counted.input.responses[0].forms.len() as u64;
        prop_assert_eq!(ledger.rows.used, forms);
        let whole_rows = counted.input.rejects.iter().filter(|one| one.column.is_empty() && one.file == "2016.csv");
        prop_assert_eq!(whole_rows.count() as u64, ledger.rows.duplicates + ledger.rows.rejected);
        // Where the run stops at what is not on the scale, it says so; nothing of it is counted.
        let not_on_scale = counted.found.iter().filter(|one| one.kind == "answer").count() as u64;
        prop_assert!(not_on_scale >= ledger.cells.left_out);
        prop_assert_eq!(ledger.cells.scores + ledger.cells.no_contact + ledger.cells.blank + ledger.cells.left_out, 2 * forms);
    }
}

/// Two forms of one respondent in a file that lacks a column, and in one that has a column twice: both
/// are errors, and the account holds all the same.
#[test]
fn a_file_with_wrong_columns_and_a_form_sent_twice_balances() {
    for header in ["Reference,Area,Q1,Q1", "Reference,Area,Q1,Remarks", "Reference,Q1,Q2,"] {
        let folder = small::folder();
        folder.write("2016.csv", format!("{header}\n1,North,1,2\n1,North,2,2\n2,North,3,4\n"));
        let counted = Counted::of(folder.path());
        assert!(counted.found.has_errors());
        let ledger = &counted.input.ledgers[0];
        assert!(ledger.balances(), "{header}: {ledger:?}");
        assert_eq!((ledger.rows.used, ledger.rows.duplicates, ledger.cells.unused), (2, 1, 4), "{header}");
    }
}
