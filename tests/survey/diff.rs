//! `diff`: what moved between two runs.

use crate::support::{Folder, rmsurvey, run, sample_input};

/// One provider answered late, and a department got another name.
#[test]
fn a_late_form_is_noted_and_warned_of() {
    let (input, outputs) = (Folder::sample(), Folder::empty());
    let [old, new] = ["old", "new"].map(|name| outputs.path().join(name));
    run(&sample_input(), &old).expect_code(0);
    input.edit("2017/providers.csv", |export| {
        let mut late = export.rows[1].clone();
        late[0] = "999999".to_owned();
        late[2] = String::new();
        export.rows.push(late);
    });
    input.replace("survey.toml", "label = \"Finance\"", "label = \"Money\"");
    run(input.path(), &new).expect_code(0);
    let arguments = [old.to_str().expect("UTF-8"), new.to_str().expect("UTF-8")];
    let note = rmsurvey(["diff", arguments[0], arguments[1]]).expect_code(0).out;
    for said in [
        "> **Do not publish both, nor this note.**",
        "> - 2017, Care providers: ",
        "- 2017/providers.csv: 77 rows, now 78 rows\n",
        "labels, departments, finance: Finance, now Money\n",
        "| 77, now 78 |\n",
    ] {
        assert!(note.contains(said), "{said:?} is not said in:\n{note}");
    }
    assert!(!note.contains("2016, Care providers"), "nothing of 2016 moved:\n{note}");
    assert!(!note.contains("2017, Council officers, "), "nothing of the officers moved:\n{note}");

    let none = rmsurvey(["diff", arguments[0], outputs.path().to_str().expect("UTF-8")]);
    none.expect_code(3).expect_said(&["is no output of rmsurvey"]);
}
