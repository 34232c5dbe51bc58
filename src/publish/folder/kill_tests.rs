//! A run killed at any moment leaves the old output whole, and the next start puts the rest right.
//!
//! These tests start this very test program again as a child, which builds one output after the
//! other, and end it at chosen points and at many random moments.

use std::fs;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::place::{Place, exists};
use super::{Command, Manifest, Method, Staging, differences};

const OUTPUT: &str = "FOLDER_TEST_OUTPUT";
const METHOD: &str = "FOLDER_TEST_METHOD";
const DIES_AT: &str = "FOLDER_DIES_AT";
const FILES: usize = 5;

/// Every point at which a run may be ended, in the order in which it passes them.
const POINTS: [&str; 10] = [
    "started",
    "file written",
    "before the manifest",
    "complete",
    "before the first rename",
    "between two renames",
    "exchanged",
    "old output compared",
    "partly deleted",
    "tidied",
];

/// Builds one output in which every file says the same text.
fn build(output: &Path, method: Method, text: &str) {
    let staging = Staging::start_with(output, method).expect("started");
    for number in 0..FILES {
        let bytes = format!("{text} {number}\n").repeat(200);
        staging.write(&format!("publish/tables/{number}.csv"), bytes.as_bytes()).expect("written");
    }
    // What stays the same is one file with that of the old output until that is gone.
    staging.write("publish/same.txt", b"the same").expect("written");
    let command = Command { name: text.to_owned(), waves: Vec::new(), draft: false };
    staging.finish(command, Vec::new()).expect("finished");
}

/// What the output says; fails unless the output is complete.
fn complete(output: &Path) -> String {
    let manifest = Manifest::read(output).expect("readable").expect("there is a manifest");
    assert_eq!(manifest.outputs.len(), FILES + 2, "every file, the same one and README.md");
    let found = differences(output, Some(&manifest)).expect("readable");
    assert!(found.is_empty(), "{found:?}");
    manifest.command.name
}

/// Not a test of its own: what the child does.
#[test]
fn child() {
    let Some(output) = std::env::var_os(OUTPUT) else { return };
    let method = match std::env::var(METHOD).as_deref() {
        Ok("two") => Method::TwoRenames,
        _ => Method::Best,
    };
    // More than anyone waits for, and yet an end, should the parent be gone.
    for round in 0..300 {
        build(Path::new(&output), method, &format!("child {round}"));
    }
}

fn start_child(output: &Path, method: Method, dies_at: Option<&str>) -> Child {
    let mut process = Process::new(std::env::current_exe().expect("this program"));
    let this = module_path!().split_once("::").expect("the crate's name comes first").1;
    process.args(["--exact", &format!("{this}::child"), "--nocapture"]);
    process.env(OUTPUT, output).env(METHOD, if method == Method::TwoRenames { "two" } else { "best" });
    process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(point) = dies_at {
        process.env(DIES_AT, point);
    }
    process.spawn().expect("the child starts")
}

/// Nothing of ours lies beside the output but the lock.
fn is_tidy(place: &Place) -> bool {
    let names = fs::read_dir(place.parent()).expect("readable");
    names.count() == 2 && exists(&place.output) && exists(&place.lock)
}

#[test]
fn ended_at_every_point() {
    for method in [Method::Best, Method::TwoRenames] {
        for point in POINTS {
            if method == Method::Best && point.contains("rename") {
                // Only passed where folders cannot be exchanged at once; the other round covers it.
                continue;
            }
            let folder = tempfile::tempdir().expect("a temporary folder");
            let place = Place::of(&folder.path().join("output")).expect("a place");
            build(&place.output, method, "old");
            let ended = start_child(&place.output, method, Some(point)).wait();
            assert_eq!(ended.expect("ended").code(), Some(9), "{point}");
            let between = point == "between two renames";
            let exchanged = POINTS.iter().position(|name| *name == point) >= Some(6);
            if !between {
                assert_eq!(complete(&place.output), if exchanged { "child 0" } else { "old" }, "{point}");
            }
            assert_eq!(is_tidy(&place), point == "tidied", "{point}");

            // The next start tidies up, whether or not it comes to an end.
            drop(Staging::start_with(&place.output, method).expect("the next start succeeds"));
            assert_eq!(complete(&place.output), if exchanged { "child 0" } else { "old" }, "{point}");
            assert!(is_tidy(&place), "{point}");
            build(&place.output, method, "next");
            assert_eq!(complete(&place.output), "next");
            assert!(is_tidy(&place), "{point}");
        }
    }
}

/// A small generator, so that a failure can be repeated (Marsaglia, "Xorshift RNGs", 2003).
fn next_random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn killed_at_random(method: Method, seed: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = Place::of(&folder.path().join("output")).expect("a place");
    let begun = Instant::now();
    build(&place.output, method, "old");
    // From here the time to live follows the machine: shorter after a child that came to exchange
    // its output, longer after one that did not, so that about half of them do.
    let mut longest = begun.elapsed().as_micros() as u64 * 2 + 1;
    let mut state = seed;
    let mut exchanged = 0;
    for _ in 0..30 {
        // Other words than those of any child, so that it shows whether the child came to exchange.
        build(&place.output, method, "old");
        let mut child = start_child(&place.output, method, None);
        while !exists(&place.staging) && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_micros(100));
        }
        thread::sleep(Duration::from_micros(next_random(&mut state) % longest));
        child.kill().expect("killed");
        child.wait().expect("ended");
        if exists(&place.output) {
            complete(&place.output);
        } else {
            assert_eq!(method, Method::TwoRenames, "an exchange at once leaves no gap");
        }
        drop(Staging::start_with(&place.output, method).expect("the next start succeeds"));
        assert!(is_tidy(&place));
        if complete(&place.output) == "old" {
            longest += longest / 4;
        } else {
            exchanged += 1;
            longest -= longest / 5;
        }
    }
    assert!(exchanged >= 3, "children must have come to exchange their output: {exchanged}");
}

#[test]
fn killed_at_random_with_an_exchange_at_once() {
    killed_at_random(Method::Best, 0x5eed_0001);
}

#[test]
fn killed_at_random_with_two_renames() {
    killed_at_random(Method::TwoRenames, 0x5eed_0002);
}
