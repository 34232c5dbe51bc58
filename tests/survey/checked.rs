//! What `check` says of files that can be read: the ledger, every answer as it stands there, and
//! forms worth a second look; in words and as JSON.

use serde_json::{Value, json};

use crate::support::{Folder, rmsurvey, small};

/// Personal columns beside the answers, a correction, and forms of every odd kind.
fn folder() -> Folder {
    let folder = small::folder();
    folder.replace(
        "survey.toml",
        "respondent = [\"Reference\"]",
        "respondent = [\"Reference\"]\nsubmitted = [\"Sent\"]",
    );
    folder.replace("survey.toml", "format = 1", "format = 1\nignore = [\"Email\"]");
    let fieldwork =
        "label = \"2016\"\ndate-format = \"%d/%m/%Y\"\nfieldwork = { from = 2016-06-01, to = 2016-06-30 }\n";
    folder.replace("survey.toml", "label = \"2016\"\n", fieldwork);
    folder.write(
        "2016.csv",
        "Reference,Email,Sent,Area,Q1,Q2\n\
         1,marker-1@example.org,01/06/2016,North,3,3\n\
         2,marker-2@example.org,02/06/2016,North,0,0\n\
         3,marker-3@example.org,03/07/2016,South,1,2\n\
         4,marker-4@example.org,04/06/2016,South,1,4 - Hihg\n\
         5,marker-5@example.org,05/06/2016,South,,\n\
         6,marker-6@example.org,06/06/2016,South,1,2\n",
    );
    folder.write("2017.csv", "Reference,Sent,Area,Q1,Q2\n1,x,North,2,1\n2,x,North,3,4\n");
    folder.write(
        "corrections.csv",
        "file,respondent,column,old,new,reason,who,date\n2016.csv,4,Q2,4 - Hihg,4,typing error,A. Clerk,2016-07-01\n",
    );
    folder
}

fn check(folder: &Folder, format: &str, code: i32) -> String {
    let answer = rmsurvey(["check", "--input", folder.path().to_str().unwrap(), "--format", format]);
    assert!(!answer.err.contains("marker-"), "{}", answer.err);
    let out = answer.expect_code(code).out;
    assert!(!out.contains("marker-"), "{out}");
    out
}

fn document(folder: &Folder, code: i32) -> Value {
    serde_json::from_str(&check(folder, "json", code)).expect("JSON")
}

#[test]
fn the_text_says_everything() {
    let text = check(&folder(), "text", 0);
    for said in [
        "  2016.csv (2016, Care providers, online; plain file, UTF-8, comma)\n",
        "    rows      6 read: 6 used, 0 second forms, 0 tests, 0 not finished, 0 not used\n",
        "8 scores, 2 no contact, 2 blank, 0 left out, ", // one of the scores as corrected
        "; 1 corrected\n",
    ] {
        assert!(text.contains(said), "{said:?} in {text}");
    }
    let answers = "  2016.csv\n    D   Area: \"North\" 2, \"South\" 4\n    E   Q1: (empty) 1, \"0\" 1, \"1\" 3, \"3\" 1\n    F   Q2: (empty) 1, \"0\" 1, \"2\" 2, \"3\" 1, \"4 - Hihg\" 1\n";
    assert!(text.contains(answers), "{text}");
    let suspicious = "Forms worth a second look (all of them count):\n  \
        the same score everywhere: 1\n    2016.csv, line 2 (respondent 1)\n  \
        only no contact: 1\n    2016.csv, line 3 (respondent 2)\n  \
        no answer at all: 1\n    2016.csv, line 6 (respondent 5)\n  \
        every answer as in another form: 2\n    2016.csv, line 4 (respondent 3)\n    2016.csv, line 7 (respondent 6)\n  \
        dated outside the fieldwork period: 1\n    2016.csv, line 4 (respondent 3)\n";
    assert!(text.contains(suspicious), "{text}");
    // What is wrong stands last, where a screen still shows it.
    assert!(text.find("warning: the form is dated outside").unwrap() > text.find(suspicious).unwrap());
}

#[test]
fn the_json_says_the_same() {
    let document = document(&folder(), 0);
    assert_eq!(document["format"], 1);
    assert_eq!(document["errors"], 0);
    let file = &document["files"][0];
    assert_eq!(
        [&file["file"], &file["wave"], &file["audience"], &file["mode"]],
        [&json!("2016.csv"), &json!("2016"), &json!("providers"), &json!("online")]
    );
    assert_eq!(
        file["rows"],
        json!({ "read": 6, "used": 6, "duplicates": 0, "rejected": 0, "tests": 0, "unfinished": 0 })
    );
    assert_eq!(file["corrected"], 1);
    assert_eq!(file["balances"], true);
    assert_eq!(
        file["answers"][1],
        json!({
            "column": 5, "header": "Q1", "question": "Q1", "department": "whole", "others": 0,
            "values": [
                { "value": "", "count": 1 },
                { "value": "0", "count": 1 },
                { "value": "1", "count": 3 },
                { "value": "3", "count": 1 },
            ],
        })
    );
    assert_eq!(
        document["corrected"],
        json!([{
            "line": 5, "file": "2016.csv", "respondent": "4", "column": "Q2", "old": "4 - Hihg", "new": "4",
            "reason": "typing error", "who": "A. Clerk", "date": "2016-07-01",
        }])
    );
    assert_eq!(
        document["suspicious"][4],
        json!({ "pattern": "identical", "file": "2016.csv", "line": 7, "respondent": "6" })
    );
    assert_eq!(document["suspicious"].as_array().unwrap().len(), 6);
}

/// Every key of every diagnostic is described, and what a program pastes is there.
#[test]
fn a_diagnostic_for_programs() {
    let folder = folder();
    folder.remove("corrections.csv");
    let document = document(&folder, 1);
    assert_eq!(
        document["diagnostics"][0],
        json!({
            "severity": "error",
            "kind": "answer",
            "place": { "file": "2016.csv", "line": 5, "column": 6, "header": "Q2" },
            "message": "the cell holds no answer that the scale knows",
            "found": "\"4 - Hihg\"",
            "value": "4 - Hihg",
            "expected": "a score from 1 to 4, 0 for no contact, or an empty cell if not answered",
            "nearest": "4 - High",
            "advice": "correct it in corrections.csv; if it is another word for an answer, add it to [scale.labels]",
            "excerpt": "...,1,4 - Hihg\n      ^^^^^^^^",
        })
    );
    assert_eq!(document["corrections-to-make"][0]["old"], "4 - Hihg");
    assert_eq!(document["corrections-to-make"][0]["new"], "");
}

/// The page describes every key that the document has, and no other.
#[test]
fn the_page_describes_every_key() {
    fn keys(value: &Value, found: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| {
                found.insert(key.clone());
                keys(value, found);
            }),
            Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }
    let mut found = std::collections::BTreeSet::new();
    let folder = folder();
    keys(&document(&folder, 0), &mut found);
    folder.remove("corrections.csv");
    keys(&document(&folder, 1), &mut found);
    keys(&document(&crate::years::changed(), 0), &mut found);
    keys(&document(&crate::councils::quick(), 0), &mut found);
    let page = std::fs::read_to_string(crate::support::repository().join("docs/check-json.md")).unwrap();
    let described: std::collections::BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .collect();
    assert_eq!(described, found);
}
