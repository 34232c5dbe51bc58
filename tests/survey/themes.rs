//! Coded themes, from the file to the paper.

use crate::support::{Folder, rmsurvey};
use crate::written::Written;

/// The sample with a file of themes for 2017.
fn with_themes(themes: &str) -> Folder {
    let folder = Folder::sample();
    let population = "population = \"2017/population.csv\"\n";
    folder.replace("survey.toml", population, &format!("{population}themes = \"2017/themes.csv\"\n"));
    folder.write("2017/themes.csv", themes);
    folder
}

fn repeated(audience: &str, theme: &str, from: usize, to: usize) -> String {
    (from..to).map(|who| format!("{audience},p{who},{theme},SECRETCOMMENT {who}\n")).collect()
}

/// 40 providers: 30 name "Quicker <payment>", 12 of these and 3 more "=Named contact", 7 others "Trust";
/// two name "My own manager Jo". Officers named counts only: 20, 15, 4 and 3 of 42 mentions.
/// Officers (minimum 10): 20 and 15 are enough and so are the 22 and 27 others, but the two withheld are
/// 7 together, fewer than 10, so that the smaller of those shown goes as well.
/// Providers (minimum 5): "Trust" and the rest are enough; one withheld alone would follow from the total
/// if nobody named two, so "Trust" goes as well.
#[test]
fn both_sides_stand_beside_each_other() {
    let providers = repeated("Care providers", "Quicker <payment>", 0, 30)
        + &repeated("providers", "=Named contact", 18, 33)
        + &repeated("providers", "Trust", 33, 40)
        + &repeated("providers", "My own manager Jo", 38, 40);
    let folder = with_themes(&format!("audience,respondent,theme,comment\n{providers}"));
    let written = Written::of(&folder);
    assert_eq!(
        written.table_text("themes-2017"),
        "Theme,Care providers (number),Care providers (%)\n\
         Quicker <payment>,30,75\n\
         '=Named contact,15,38\n\
         Other themes,[c],[c]\n"
    );
    let report = written.text("publish/report.html");
    assert!(report.contains(">What people would like to see<"), "no section");
    assert!(report.contains("Quicker &#60;payment&#62;"), "not escaped");
    assert!(!report.contains("<payment>"), "not escaped");
    for (name, bytes) in &written.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("SECRETCOMMENT"), "a comment stands in {name}");
        let is_named = text.contains("manager Jo") || text.contains("Trust,7");
        assert!(!(is_named && name.starts_with("publish")), "a withheld theme stands in {name}");
    }
    assert!(written.text("private/report.html").contains("My own manager Jo"));
}

#[test]
fn counts_are_shares_of_all_mentions() {
    let folder = with_themes(
        "audience,theme,count\n\
         officers,Clear direction,20\nofficers,Fewer meetings,15\nofficers,Pay,4\nofficers,Time,3\n\
         providers,Clear direction,30\nproviders,Pay,25\n",
    );
    let written = Written::of(&folder);
    // 30/55 = 54.55, 25/55 = 45.45, 20/42 = 47.62.
    assert_eq!(
        written.table_text("themes-2017"),
        "Theme,Care providers (number),Care providers (%),Council officers (number),Council officers (%)\n\
         Clear direction,30,55,20,48\n\
         Pay,25,45,[c],[c]\n\
         Other themes,[c],[c],[c],[c]\n"
    );
}

#[test]
fn what_cannot_be_counted_is_named_with_its_place() {
    let said = |themes: &str| {
        let folder = with_themes(themes);
        rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1).out
    };
    let long = "When I rang the office about Mrs Brown nobody could tell me what had been agreed";
    let answer = said(&format!(
        "audience,respondent,theme\nprovidrs,1,Pay\nproviders,,Pay\nproviders,2,\nproviders,3,all\nproviders,4,{long}\n"
    ));
    for part in [
        "survey.toml has no audience of this name\n  where     2017/themes.csv, line 2, column A (1), \"audience\"",
        "nearest   providers",
        "the row does not say which respondent named the theme\n  where     2017/themes.csv, line 3",
        "the row names no theme\n  where     2017/themes.csv, line 4",
        "`all` is no theme where respondents are listed\n  where     2017/themes.csv, line 5",
        "this is longer than the 60 characters of a theme\n  where     2017/themes.csv, line 6",
    ] {
        assert!(answer.contains(part), "{part:?} is not said in:\n{answer}");
    }
    assert!(!answer.contains("Mrs Brown"), "{answer}");
    let answer = said(
        "audience,theme,count\nproviders,all,10\nproviders,Pay,12\nproviders,pay,1\nproviders,Trust,few\n",
    );
    for part in [
        "more Care providers named one theme than named any",
        "this theme is counted a second time",
        "the count of a theme cannot be read",
    ] {
        assert!(answer.contains(part), "{part:?} is not said in:\n{answer}");
    }
    assert!(said("who,what\n1,2\n").contains("the file of themes lacks a column"));
}
