//! A list of who was invited, in place of their numbers.

use crate::support::{Folder, rmsurvey};
use crate::written::Written;

const QUADRANTS: [&str; 5] = ["North", "Mid", "South", "West", "County wide"];

/// The sample without numbers of providers for 2017; a list of `rows` has a quadrant for everyone.
fn with_list(list: &str) -> Folder {
    let folder = Folder::sample();
    let population = "files = { providers = \"2017/providers.csv\", officers = \"2017/officers.csv\" }\n";
    folder.replace(
        "survey.toml",
        population,
        &format!("{population}invited = {{ providers = \"2017/invited.csv\" }}\n"),
    );
    folder.write("2017/population.csv", "audience,breakdown,group,count\nofficers,all,all,50\n");
    folder.write("2017/invited.csv", list);
    folder
}

/// Reads everything, which `tally` does soonest.
fn read(folder: &Folder) -> crate::support::Answer {
    rmsurvey(["tally", "--input", folder.path().to_str().expect("UTF-8")])
}

/// The references of the forms run below ECC-1000; 900 references, 180 in each quadrant.
fn list() -> String {
    let row = |at: usize| format!("ECC-{at:04},{},Mrs Brown\n", QUADRANTS[at % 5]);
    "Provider reference,Quadrant,Contact\n".to_owned() + &(1..=900).map(row).collect::<String>()
}

#[test]
fn numbers_and_margins_are_counted_from_the_list() {
    let written = Written::of(&with_list(&list()));
    let table = written.table_text("responses-providers");
    // 77 forms of 900 invited: 8.6%.
    let everyone = table.lines().find(|line| line.starts_with("Everyone,Everyone")).expect("everyone");
    assert!(everyone.ends_with(",900,77,8.6"), "{everyone}");
    let north = table.lines().find(|line| line.starts_with("Quadrant,North")).expect("north");
    assert!(north.contains(",180,"), "{north}");
    for (name, bytes) in &written.files {
        assert!(!String::from_utf8_lossy(bytes).contains("Mrs Brown"), "a contact stands in {name}");
    }
}

fn references(wave: &str) -> Vec<String> {
    let file = Folder::sample().read(&format!("{wave}/providers.csv"));
    String::from_utf8_lossy(&file)
        .split([',', '\n'])
        .filter(|cell| cell.starts_with("ECC-"))
        .map(str::to_owned)
        .collect()
}

/// Who answered in 2016 and not in 2017.
fn left() -> Vec<String> {
    let again = references("2017");
    references("2016").into_iter().filter(|one| !again.contains(one)).collect()
}

/// The table of who answered again, with its description, of a run with a list.
fn again(list: &str) -> (String, String) {
    let written = Written::of(&with_list(list));
    let file = written.table_file("who-answered-again-providers");
    (written.text(file).to_owned(), written.text(&format!("{file}-metadata.json")).to_owned())
}

/// Of the 25 of 2016 five did not answer in 2017. Everyone on the list is one set of five; without two of
/// them on it, they are three and two, who are not told of.
#[test]
fn those_who_left_are_told_apart_by_whether_they_were_invited() {
    let left = left();
    assert_eq!(left.len(), 5, "{left:?}");
    let (all, _) = again(&list());
    assert!(all.contains("\n\"of these, invited in 2017 too\",5,0\n"), "{all}");
    assert!(all.contains("\n\"of these, not invited in 2017\",0,0\n"), "{all}");
    let without: String = list()
        .lines()
        .filter(|line| !left[..2].iter().any(|one| line.starts_with(one.as_str())))
        .fold(String::new(), |text, line| text + line + "\n");
    let (few, notes) = again(&without);
    assert!(!few.contains("of these"), "{few}");
    assert!(notes.contains("asked again is not shown"), "{notes}");
}

/// On a list of the 77 of 2017 and the five who left, those five are all who were silent. Two more who
/// never answered would be told by 84 - 77 - 5; six more are enough.
#[test]
fn those_who_left_do_not_tell_of_the_few_others_who_were_silent() {
    let mut known: Vec<String> = references("2017");
    known.extend(left());
    for (others, is_told) in [(0, true), (2, false), (6, true)] {
        let new = (0..others).map(|at| format!("NEW-{at}"));
        let list: String = known.iter().cloned().chain(new).map(|it| format!("{it}\n")).collect();
        let (table, notes) = again(&format!("Provider reference\n{list}"));
        assert_eq!(table.contains("\n\"of these, invited in 2017 too\",5,0\n"), is_told, "{others}: {table}");
        assert_eq!(notes.contains("asked again is not shown"), !is_told, "{others}: {notes}");
    }
}

#[test]
fn what_is_wrong_with_a_list_is_named() {
    let good = list();
    let broken = good.replacen("ECC-0002,South", "ECC-0001,Sauth", 1).replacen("ECC-0003,", ",", 1);
    let said = read(&with_list(&broken)).expect_code(1).err;
    for part in [
        "this reference is on the list twice\n  where     2017/invited.csv, line 3, column A (1)",
        "Quadrant has no group of this name\n  where     2017/invited.csv, line 3, column B (2)",
        "nearest   South",
        "somebody on the list has no reference\n  where     2017/invited.csv, line 4",
    ] {
        assert!(said.contains(part), "{part:?} is not said in:\n{said}");
    }
    let blank = read(&with_list(&good.replacen("ECC-0002,South", "ECC-0002,", 1))).expect_code(0).err;
    assert!(blank.contains("warning: 1 on the list have no Quadrant"), "{blank}");
    let said = read(&with_list("Provider reference\nECC-0001\n")).expect_code(1).err;
    assert!(said.contains("more Care providers answered than were invited"), "{said}");
    assert!(said.contains("references of forms are not on the list of those invited"), "{said}");
    assert!(read(&with_list("Name\nX\n")).expect_code(1).err.contains("no column of references"));
    let twice = with_list(&good);
    twice.write("2017/population.csv", "audience,breakdown,group,count\nproviders,all,all,914\n");
    assert!(read(&twice).expect_code(1).err.contains("counts Care providers as well"));
}
