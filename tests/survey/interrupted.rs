//! A command that is ended in its middle, as by Ctrl-C, leaves what was there as it was.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Folder, files, rmsurvey, small};

/// Runs a command, and ends it after this time.
fn ended_after(arguments: &[&str], time: Duration) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rmsurvey"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary starts");
    std::thread::sleep(time);
    child.kill().expect("ended");
    child.wait().expect("ended");
}

/// Files below a folder that a command writes into, without those that begin with a dot: what is
/// not yet an output.
fn outputs(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    files(folder.path()).into_iter().filter(|(name, _)| !name.starts_with('.')).collect()
}

/// A command that writes `result` of the folder it is given holds there what it wrote before, or what
/// it writes now, and nothing between, whenever it is ended.
fn assert_whole(input: &Folder, command: &str, result: &str, change: impl FnOnce()) {
    let [place, other] = [Folder::empty(), Folder::empty()];
    let input = input.path().to_str().expect("UTF-8");
    let [into, beside] =
        [&place, &other].map(|it| it.path().join(result).to_str().expect("UTF-8").to_owned());
    let arguments = |output| [command, "--input", input, "--output", output];
    rmsurvey(arguments(&into)).expect_code(0);
    let old = outputs(&place);
    change();
    let started = Instant::now();
    rmsurvey(arguments(&beside)).expect_code(0);
    let (takes, new) = (started.elapsed(), outputs(&other));
    assert_ne!(old, new);
    let mut as_it_was = 0;
    for part in 1..=10 {
        ended_after(&arguments(&into), takes * part / 11);
        let found = outputs(&place);
        assert!(found == old || found == new, "neither the old nor the new after {part} parts of 11");
        as_it_was += u32::from(found == old);
    }
    assert!(as_it_was > 1, "it was never ended before it was done");
    rmsurvey(arguments(&into)).expect_code(0);
    assert_eq!(outputs(&place), new);
}

#[test]
fn a_run() {
    let input = small::folder();
    assert_whole(&input, "run", "output", || input.replace("2017.csv", "2,North,3,4", "2,North,3,3"));
}

#[test]
fn a_tally() {
    let input = small::folder();
    let rows: String = (5..200_000).map(|row| format!("{row},South,1,4\n")).collect();
    let text = input.text("2017.csv") + &rows;
    input.write("2017.csv", text);
    assert_whole(&input, "tally", "tally.csv", || input.replace("2017.csv", "2,North,3,4", "2,North,3,3"));
}
