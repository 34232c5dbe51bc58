//! The exact counts: those of an independent program, and what counts as what.

use crate::support::{At, Counted, Folder, expected, rmsurvey, sample, sample_input};

/// `tests/expected/tally.csv` was counted from the same exports by a program that shares no code
/// with this one.
#[test]
fn the_tally_is_the_independent_one_row_for_row() {
    let (expected, found) = (expected("tally.csv"), &sample().csv);
    for (line, (expected, found)) in (1..).zip(expected.lines().zip(found.lines())) {
        assert_eq!(found, expected, "line {line}");
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn the_command_prints_the_tally_or_writes_it() {
    let input = sample_input();
    let input = input.to_str().unwrap();
    let answer = rmsurvey(["tally", "--input", input]).expect_code(0);
    assert_eq!(answer.out, sample().csv);
    assert_eq!(answer.err, "");

    let folder = Folder::empty();
    let file = folder.path().join("tally.csv");
    let answer = rmsurvey(["tally", "--input", input, "--output", file.to_str().unwrap()]).expect_code(0);
    assert_eq!(answer.out, "");
    assert_eq!(folder.text("tally.csv"), sample().csv);
}

/// The first answers of the first officer of 2016, all to Q1-Q3: as the sample has them.
const FIRST_OFFICER: &str = "Head of service,North,1,1,1,";

/// The sample with the first officer's answer to Q2 replaced by other text.
fn with_answer(text: &str) -> Folder {
    let folder = Folder::sample();
    folder.replace("2016/officers.csv", FIRST_OFFICER, &format!("Head of service,North,1,{text},1,"));
    folder.replace("survey.toml", "invalid-answers = \"stop\"", "invalid-answers = \"leave-out\"");
    folder
}

/// The 40 officers gave Q2 17 times 1 and no other answer than a score, and their scores add up to
/// 72 (`tests/expected/tally.csv`); one of the 1s becomes something else.
#[test]
fn no_contact_blank_and_an_unknown_label_are_three_things() {
    let before = sample().counts(At::officers("2016").question("Q2"));
    assert_eq!((before.scores[0], before.answers(), before.sum()), (17, 40, 72));
    for (text, no_contact, blank, left_out) in
        [("0", 1, 0, 0), ("0 - No contact", 1, 0, 0), ("", 0, 1, 0), ("  ", 0, 1, 0), ("N/A", 0, 0, 1)]
    {
        let folder = with_answer(text);
        let counted = Counted::of(folder.path());
        let everywhere = [
            At::officers("2016").question("Q2"),
            At::officers("2016"),
            At::officers("2016").question("Q2").group("quadrant", "north"),
            At::officers("2016").group("grade", "head-of-service"),
        ];
        for at in everywhere {
            let (now, before) = (counted.counts(at), sample().counts(at));
            assert_eq!(now.scores[0], before.scores[0] - 1, "{text:?} {at:?}");
            assert_eq!(now.answers(), before.answers() - 1, "{text:?} {at:?}");
            assert_eq!(now.sum(), before.sum() - 1, "{text:?} {at:?}");
            assert_eq!(now.no_contact, before.no_contact + no_contact, "{text:?} {at:?}");
            assert_eq!(now.blank, before.blank + blank, "{text:?} {at:?}");
        }
        // Who scored other questions still counts there; Q2 has one respondent less.
        let respondents = |at| counted.counts(at).respondents;
        assert_eq!(respondents(everywhere[0]), 39, "{text:?}");
        assert_eq!(respondents(everywhere[1]), 40, "{text:?}");
        // "No contact" is an answer of somebody in touch with the form, a blank is none.
        assert_eq!(counted.counts(everywhere[0]).contacts, 39 + no_contact, "{text:?}");

        let ledger = &counted.input.ledgers[1];
        let cells = ledger.cells;
        assert_eq!(ledger.file, "2016/officers.csv");
        assert_eq!(
            (cells.scores, cells.no_contact, cells.blank, cells.left_out),
            (319, no_contact, blank, left_out)
        );
    }
}

/// A file cut into two, by hand of the analyst, gives the tally of the whole; and each half
/// counted alone adds up to it, row by row and column by column.
#[test]
fn tallies_of_two_halves_add_up_to_the_whole() {
    let whole = Folder::sample();
    let text = whole.text("2016/providers.csv");
    let lines: Vec<&str> = text.lines().collect();
    let part = |rows: &[&str]| format!("{}\r\n{}\r\n", lines[0], rows.join("\r\n"));
    let (first, second) = (part(&lines[1..8]), part(&lines[8..]));

    let both = Folder::sample();
    both.write("2016/part 1.csv", &first);
    both.write("2016/part 2.csv", &second);
    let listed = "providers = [\"2016/part 1.csv\", \"2016/part 2.csv\"]";
    both.replace("survey.toml", "providers = \"2016/providers.csv\"", listed);
    assert_eq!(Counted::of(both.path()).csv, sample().csv);

    let halves = [first, second].map(|half| {
        let folder = Folder::sample();
        folder.write("2016/providers.csv", half);
        numbers(&Counted::of(folder.path()).csv)
    });
    for (row, (address, whole)) in numbers(&sample().csv).into_iter().enumerate() {
        let of_2016_providers = address.starts_with("2016,providers,");
        let [one, other] = [&halves[0][row], &halves[1][row]];
        assert_eq!((&one.0, &other.0), (&address, &address));
        let sums: Vec<u64> = one.1.iter().zip(&other.1).map(|(a, b)| a + b).collect();
        let expected = if of_2016_providers { whole } else { whole.iter().map(|count| count * 2).collect() };
        assert_eq!(sums, expected, "{address}");
    }
}

/// Address and counts of every row of a tally.
fn numbers(csv: &str) -> Vec<(String, Vec<u64>)> {
    let rows = csv.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[..6].join(","), cells[6..].iter().map(|count| count.parse().unwrap()).collect())
    });
    rows.collect()
}
