//! Averages as a paper printed them, beside today's or alone.

use crate::support::{Folder, rmsurvey};
use crate::written::Written;

/// Figures 7 and 8 of the review: eight questions and the overall average of either side.
#[test]
fn what_the_review_of_2016_printed_comes_out_again() {
    let written = Written::of(&Folder::sample());
    for side in ["providers", "officers"] {
        let table = written.table_text(&format!("as-published-{side}-2016"));
        let same = table.lines().skip(1).filter(|line| line.ends_with(",yes,it does not"));
        assert_eq!((same.count(), table.lines().count()), (9, 10), "{table}");
    }
}

/// Officers in 2016, as published: 689 over 320 answers is 2.15; the mean of the printed means would be
/// 2.16. Q1 is 96 over 40, 2.40, printed 2.4 here with one decimal. Two providers of the South stay
/// withheld though somebody once printed them.
#[test]
fn what_was_published_stands_beside_what_is_counted() {
    let folder = Folder::sample();
    folder.write(
        "2016/published.csv",
        "audience,department,question,breakdown,group,mean,respondents,reason\n\
         officers,whole,,,,2.16,40,The printed averages were averaged\n\
         officers,whole,Q1,,,2.4,,\n\
         officers,whole,Q2,,,1.9,,\n\
         providers,all,Q1,quadrant,south,1.82,2,\n",
    );
    let written = Written::of(&folder);
    assert_eq!(
        written.table_text("as-published-officers-2016"),
        "Department,Question,Group,As published (score 1 to 4),Now (score 1 to 4),The same,Why it differs\n\
         ECC as one organisation,All questions,Everyone,2.16,2.15,no,The printed averages were averaged\n\
         ECC as one organisation,Q1 Sharing information,Everyone,2.4,2.4,yes,it does not\n\
         ECC as one organisation,Q2 Trust,Everyone,1.9,1.8,no,not explained\n"
    );
    let providers = written.table_text("as-published-providers-2016");
    assert!(providers.ends_with("Quadrant: South,[c],[c],not compared,not compared\n"), "{providers}");
}

/// 25 providers answered in 2016: 9 small, 10 medium, 6 large. Five more or fewer, or none, may be known;
/// 21 of everyone would tell what four more did. 12 of medium size are two more, and so that they do not
/// follow from everyone and the others, the fewest of these go with them.
#[test]
fn an_average_of_few_more_or_fewer_is_not_shown_beside_todays() {
    let folder = Folder::sample();
    let providers = |people: [u32; 4]| -> Vec<String> {
        let groups = ["all,all", "size,small", "size,medium", "size,large"];
        let row = |(group, people)| format!("providers,all,all,{group},2.15,{people}\n");
        let header = "audience,department,question,breakdown,group,mean,respondents\n".to_owned();
        folder.write("2016/published.csv", header + &groups.iter().zip(people).map(row).collect::<String>());
        let written = Written::of(&folder);
        let table = written.table_text("as-published-providers-2016");
        let shown = table.lines().skip(1).filter_map(|line| line.split_once("All questions,"));
        shown.map(|(_, row)| row.trim_end_matches(",no,not explained").to_owned()).collect()
    };
    let shown =
        ["Everyone,2.15,2.23", "Size: Small,2.15,2.54", "Size: Medium,2.15,1.93", "Size: Large,2.15,2.29"];
    assert_eq!(providers([30, 4, 10, 6]), shown);
    let withheld = |row: &str| row.replace(",2.15,", ",[c],") + ",not compared,not compared";
    let [everyone, small, medium, large] = shown;
    assert_eq!(
        providers([21, 9, 12, 6]),
        [withheld(everyone), small.to_owned(), withheld(medium), withheld(large)]
    );
}

/// Four large ones are under the minimum of five. From everyone's 31 and the others they would follow, so
/// of small (9) and medium (18) the smaller go with them.
#[test]
fn a_year_of_averages_alone_is_shown_and_not_tested() {
    let folder = Folder::sample();
    folder.replace(
        "survey.toml",
        "[[wave]]\nlabel = \"2016\"",
        "[[wave]]\nlabel = \"2015\"\nfiles = {}\npublished = \"2015.csv\"\n\n[[wave]]\nlabel = \"2016\"",
    );
    folder.write(
        "2015.csv",
        "audience,department,question,breakdown,group,mean,respondents\n\
         providers,all,all,all,all,2.10,31\nproviders,all,Q1,all,all,1.95,\nproviders,all,all,size,small,2.2,9\n\
         providers,all,all,size,medium,2.0,18\nproviders,all,all,size,large,2.4,4\n",
    );
    assert_eq!(
        Written::of(&folder).table_text("only-averages-providers-2015"),
        "Department,Question,Group,As published (score 1 to 4),Number who answered (as published),Has it changed since?\n\
         All ten departments together,All questions,Everyone,2.10,31,not tested: only averages were kept\n\
         All ten departments together,Q1 Sharing information,Everyone,1.95,[x],not tested: only averages were kept\n\
         All ten departments together,All questions,Size: Small,[c],[c],not tested: only averages were kept\n\
         All ten departments together,All questions,Size: Medium,2.0,18,not tested: only averages were kept\n\
         All ten departments together,All questions,Size: Large,[c],[c],not tested: only averages were kept\n"
    );
}

#[test]
fn what_cannot_have_been_published_is_named() {
    let folder = Folder::sample();
    folder.write(
        "2016/published.csv",
        "audience,department,question,breakdown,group,mean\n\
         officers,finance,,,,2.1\nofficers,whole,,,,5.1\nofficers,whole,,,,2.15\nofficers,whole,all,all,all,2.15\n",
    );
    let said = rmsurvey(["check", "--input", folder.path().to_str().expect("UTF-8")]).expect_code(1).out;
    for part in [
        "survey.toml has no department of this id\n  where     2016/published.csv, line 2",
        "this is no average of the scale\n  where     2016/published.csv, line 3",
        "this average stands here a second time\n  where     2016/published.csv, line 5",
    ] {
        assert!(said.contains(part), "{part:?} is not said in:\n{said}");
    }
}
