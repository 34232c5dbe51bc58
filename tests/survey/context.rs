//! Figures from elsewhere stand beside the survey, with their sources.

use crate::support::{Folder, files, rmsurvey, run};

fn with_context(context: &str) -> Folder {
    let folder = Folder::sample();
    folder.replace("survey.toml", "synthetic = true", "context = \"context.csv\"\nsynthetic = true");
    folder.write("context.csv", context);
    folder
}

#[test]
fn they_are_one_table_as_they_were_given() {
    let folder = with_context(
        "measure,year,value,source\n\
         Beds in care homes,2017,16420,Market position statement 2017\n\
         Payments late by a month,2016,12.50,\"Audit committee, March 2017\"\n",
    );
    let output = Folder::empty();
    run(folder.path(), &output.path().join("o")).expect_code(0);
    let written = files(&output.path().join("o/publish"));
    let name = written.keys().find(|name| name.ends_with("-figures-from-elsewhere.csv")).expect("a table");
    assert_eq!(
        String::from_utf8_lossy(&written[name]).trim_start_matches('\u{feff}'),
        "Measure,Year,Value,Where it was published\n\
         Beds in care homes,2017,16420,Market position statement 2017\n\
         Payments late by a month,2016,12.50,\"Audit committee, March 2017\"\n"
    );
    let report = String::from_utf8_lossy(&written["report.html"]).into_owned();
    assert!(report.contains(">Figures from elsewhere<"), "no section");
    rmsurvey(["audit", output.path().join("o").to_str().expect("UTF-8")]).expect_code(0);
}

#[test]
fn a_figure_without_a_source_is_an_error() {
    let check = |context: &str| {
        let folder = with_context(context);
        rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1).out
    };
    let said = check("measure,year,value,source\nBeds,2017,16420,\n");
    assert!(
        said.contains("has no source\n  where     context.csv, line 2, column D (4), \"source\""),
        "{said}"
    );
    assert!(check("measure,value\nBeds,3\n").contains("lacks a column"));
}
