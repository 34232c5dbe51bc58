//! Figures from elsewhere stand beside the survey, with their sources.

use crate::support::{Folder, rmsurvey};
use crate::written::Written;

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
    let written = Written::of(&folder);
    assert_eq!(
        written.table_text("figures-from-elsewhere"),
        "Measure,Year,Value,Where it was published\n\
         Beds in care homes,2017,16420,Market position statement 2017\n\
         Payments late by a month,2016,12.50,\"Audit committee, March 2017\"\n"
    );
    assert!(written.text("publish/report.html").contains(">Figures from elsewhere<"), "no section");
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
