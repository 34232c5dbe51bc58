//! Files counted in one pass give what their forms give: every count, message and booking, whatever
//! the size of the blocks and the number of threads.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::{Counter, cells};
use crate::diagnostics::Diagnostics;
use crate::ingest::{self, Input, stream_in_blocks};
use crate::random::Random;
use crate::simulate::{Size, simulate};
use crate::survey::{DEFINITION, Survey};
use crate::tally::{Cell, Counts, count};

const FILE: &str = "2016/providers.csv";

type All = (Vec<(Cell, Counts)>, Input, Diagnostics);

fn survey(folder: &Path) -> (Survey, Vec<usize>) {
    let (survey, _) = ingest::definition(folder).unwrap();
    let waves = (0..survey.waves.len()).collect();
    (survey, waves)
}

/// What the forms give.
fn by_forms(folder: &Path) -> All {
    let (survey, waves) = survey(folder);
    let mut found = Diagnostics::default();
    let mut input = ingest::read(&survey, folder, &waves, &mut found);
    let counts = count(&survey, &waves, &input);
    let counts = counts.tally.iter().map(|(cell, entry)| (*cell, entry.counts)).collect();
    input.responses.clear();
    input.suspicious.clear();
    input.ledgers.iter_mut().for_each(|ledger| ledger.answers.clear());
    (counts, input, found)
}

fn in_blocks(folder: &Path, block: u64, threads: usize) -> All {
    let (survey, waves) = survey(folder);
    let mut found = Diagnostics::default();
    let counter = |wave, audience| Counter::of(&survey, wave, audience);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (input, counters) =
        pool.install(|| stream_in_blocks(&survey, (folder.into(), block), &waves, &mut found, counter));
    (cells(&survey, &waves, counters).into_iter().collect(), input, found)
}

#[track_caller]
fn assert_same(streamed: &All, forms: &All, what: &str) {
    assert_eq!(streamed.2.to_string(), forms.2.to_string(), "{what}");
    assert_eq!(streamed.2, forms.2, "{what}");
    assert_eq!(streamed.1.ledgers, forms.1.ledgers, "{what}");
    assert_eq!(streamed.1.rejects, forms.1.rejects, "{what}");
    assert_eq!(streamed.1.corrected, forms.1.corrected, "{what}");
    assert_eq!(streamed.1.proposed, forms.1.proposed, "{what}");
    assert_eq!(streamed.1.files, forms.1.files, "{what}");
    let differs = streamed.0.iter().zip(&forms.0).find(|(a, b)| a != b);
    assert_eq!(differs, None, "{what}");
    assert_eq!(streamed.0.len(), forms.0.len(), "{what}");
}

fn simulated(providers: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    simulate(Size { providers, officers: 0, waves: 1, seed: 3 }, folder.path()).unwrap();
    folder
}

/// What is wrong with an export.
struct Mess {
    random: Random,
    /// Of 1000 cells or rows, how many.
    often: usize,
}

impl Mess {
    fn one_of<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.random.below(of.len())]
    }

    fn happens(&mut self) -> bool {
        self.random.below(1000) < self.often
    }

    fn cell(&mut self, cell: &str, column: usize) -> String {
        if !self.happens() {
            return cell.to_owned();
        }
        let odd = match column {
            0 => &["", "100003", " 100005 ", "\"100007\"", "X\u{2019}1", "a b"][..],
            1 => &["", "2016-07-31", "soon", "\"2016-06-03\"", " 2016-06-04"],
            3..=8 => &["", " ", "North", "Nowhere", "\"North\"", "NORTH", "\u{a3}"],
            _ => &[
                "",
                " ",
                "5",
                "9",
                "10",
                "4 - High",
                "\"2\"",
                "no contact",
                "n/a",
                "\"a\"\"b\"",
                "\"1\n\"",
                "3\"",
                " 3 ",
                "\u{a0}",
            ],
        };
        self.one_of(odd).to_owned()
    }

    fn row(&mut self, line: &str, comment: &str) -> String {
        let cells: Vec<String> =
            line.split(',').enumerate().map(|(column, cell)| self.cell(cell, column)).collect();
        let row = cells.join(",") + comment;
        if !self.happens() {
            return row;
        }
        match self.random.below(6) {
            0 => String::new(),
            1 => ",".repeat(cells.len()),
            2 => row + ",surplus",
            3 => cells[..5].join(","),
            4 => format!("{row}\n{row}"),
            _ => " ".to_owned(),
        }
    }
}

/// Rewrites a simulated survey with another code for "no contact" or a longer scale, and with answers in
/// columns from right to left.
fn varied(folder: &Path, random: &mut Random) {
    let definition = fs::read_to_string(folder.join(DEFINITION)).unwrap();
    let scale = random.below(3);
    let (definition, no_contact) = match scale {
        0 => (definition, "0"),
        1 => (definition.replace("no-contact = 0", "no-contact = 9").replace("0 = [\"No", "9 = [\"No"), "9"),
        _ => (definition.replace("high = 4", "high = 10").replace("4 = [\"High", "10 = [\"High"), "0"),
    };
    fs::write(folder.join(DEFINITION), definition).unwrap();
    let is_turned = random.below(3) == 0;
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        let answers = &mut cells[9..];
        answers.iter_mut().filter(|cell| **cell == "0").for_each(|cell| *cell = no_contact);
        if is_turned {
            answers.reverse();
        }
        cells.join(",") + "\n"
    };
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    fs::write(folder.join(FILE), text.lines().map(line).collect::<String>()).unwrap();
}

/// Rewrites the export of a simulated survey with everything that goes wrong in one.
fn messed(folder: &Path, seed: u64) {
    let mut mess = Mess { random: Random::seeded(seed), often: 0 };
    varied(folder, &mut mess.random);
    mess.often = [0, 2, 10, 60][mess.random.below(4)];
    let text = fs::read_to_string(folder.join(FILE)).unwrap();
    let mut lines = text.lines();
    let comments = [
        &["", ""][..],
        &[",Comment", ",\"fine, all of it\"", ",", ",no", ",4"],
        &[",Comment", ",3", ",", ",4"],
        &[",", ","],
        &["", ","],
    ];
    let comments = comments[mess.random.below(5)];
    let mut rows = vec![lines.next().unwrap().to_owned() + comments[0]];
    for line in lines {
        let comment = mess.one_of(&comments[1..]);
        rows.push(mess.row(line, comment));
    }
    let end = mess.one_of(&["\n", "\r\n", "\r", "\n\n"]);
    let mut text = rows.join(end);
    if mess.random.below(2) == 0 {
        text.push_str(end);
    }
    let bytes = match mess.random.below(4) {
        0 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        1 => format!("\u{feff}{text}").into_bytes(),
        2 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        _ => text.clone().into_bytes(),
    };
    fs::write(folder.join(FILE), bytes).unwrap();
    let definition = fs::read_to_string(folder.join(DEFINITION)).unwrap();
    let leaves_out = mess.random.below(2) == 0;
    if leaves_out {
        let definition =
            definition.replace("[disclosure]", "[analysis]\ninvalid-answers = \"leave-out\"\n[disclosure]");
        fs::write(folder.join(DEFINITION), definition).unwrap();
    }
    if mess.random.below(4) == 0 {
        let header = rows[0].split(',').nth(12).unwrap();
        let respondent = mess.one_of(&["100004", "100009", "nobody"]);
        let old =
            text.lines().find(|line| line.starts_with(respondent)).and_then(|line| line.split(',').nth(12));
        let list = format!(
            "file,respondent,column,old,new,reason,who,date\n{FILE},{respondent},{header},{},2,checked,A,2016-08-01\n",
            old.unwrap_or("3")
        );
        fs::write(folder.join("corrections.csv"), list).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn files_counted_in_one_pass_give_what_their_forms_give(seed: u64, block in 40_u64..20_000, threads in 1_usize..4) {
        let folder = simulated(60);
        messed(folder.path(), seed);
        let forms = by_forms(folder.path());
        assert_same(&in_blocks(folder.path(), block, threads), &forms, &format!("{block} bytes, {threads} threads"));
    }
}

/// Cut into 3 and into 100 files, in another order, a survey has the same counts.
#[test]
fn the_cut_into_files_makes_no_difference() {
    let folder = simulated(300);
    let whole = in_blocks(folder.path(), 1 << 20, 1);
    let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().rev().collect();
    let definition = fs::read_to_string(folder.path().join(DEFINITION)).unwrap();
    for parts in [3, 100] {
        let mut names = Vec::new();
        for (part, rows) in rows.chunks(rows.len().div_ceil(parts)).enumerate() {
            let name = format!("2016/part-{part}.csv");
            fs::write(folder.path().join(&name), format!("{header}\n{}\n", rows.join("\n"))).unwrap();
            names.push(format!("\"{name}\""));
        }
        let list = format!("providers = [{}]", names.join(", "));
        let definition = definition.replace(&format!("providers = \"{FILE}\""), &list);
        fs::write(folder.path().join(DEFINITION), definition).unwrap();
        let cut = in_blocks(folder.path(), 1 << 20, 2);
        assert_eq!(cut.2, Diagnostics::default());
        assert_eq!(cut.1.ledgers.len(), parts);
        assert!(cut.0 == whole.0);
    }
}

/// Forms of one respondent in several files are found where they stand, and the later one counts.
#[test]
fn respondents_with_forms_in_several_files_count_once() {
    let folder = simulated(90);
    let text = fs::read_to_string(folder.path().join(FILE)).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    // Somebody of the first file has another form in the second and the third, somebody of the second in the third.
    let again = |from: usize, other: usize| {
        let (respondent, _) = rows[from].split_once(',').unwrap();
        format!("{respondent},2016-06-30,{}", rows[other].splitn(3, ',').last().unwrap())
    };
    let files = [
        rows[..30].join("\n"),
        format!("{}\n{}", rows[30..60].join("\n"), again(7, 8)),
        format!("{}\n{}\n{}", again(7, 9), again(45, 46), rows[60..].join("\n")),
    ];
    let mut names = Vec::new();
    for (number, rows) in files.iter().enumerate() {
        let name = format!("2016/part-{number}.csv");
        fs::write(folder.path().join(&name), format!("{header}\n{rows}\n")).unwrap();
        names.push(format!("\"{name}\""));
    }
    let definition = fs::read_to_string(folder.path().join(DEFINITION)).unwrap();
    let list = format!("providers = [{}]", names.join(", "));
    let definition = definition.replace(&format!("providers = \"{FILE}\""), &list);
    fs::write(folder.path().join(DEFINITION), definition).unwrap();
    let forms = by_forms(folder.path());
    assert_eq!(forms.1.rejects.len(), 3, "forms that give way");
    for (block, threads) in [(1 << 20, 1), (500, 2)] {
        assert_same(
            &in_blocks(folder.path(), block, threads),
            &forms,
            &format!("{block} bytes, {threads} threads"),
        );
    }
}

/// More forms of one class than a small number counts, and more classes than there is room for.
#[test]
fn full_classes_roll_up() {
    let folder = simulated(2000);
    let path = folder.path().join(FILE);
    let text = fs::read_to_string(&path).unwrap();
    let alike: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(row, line)| {
            let cells: Vec<&str> = line.split(',').collect();
            if row == 0 { line.to_owned() } else { format!("{row},,P,,,,,,,{}", cells[9..].join(",")) }
        })
        .collect();
    fs::write(&path, alike.join("\n")).unwrap();
    assert_same(&in_blocks(folder.path(), 50_000, 2), &by_forms(folder.path()), "one class");
}
