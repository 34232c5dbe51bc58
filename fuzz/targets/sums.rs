//! Any bytes as a table of sums, from which everything is estimated and decided that a run publishes.
#![no_main]

use std::sync::LazyLock;

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::survey::Survey;
use rmsurvey::{disclose, estimate, ingest, tally};
use rmsurvey_fuzz::Desk;

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));
static SURVEY: LazyLock<Survey> = LazyLock::new(|| {
    rmsurvey::survey::read(include_bytes!("../survey/sums.toml")).expect("a definition without mistakes")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DESK.write("sums.csv", bytes);
    let (waves, mut found) = ([0, 1], Diagnostics::default());
    let input = ingest::read(&SURVEY, &DESK.folder, &waves, &mut found);
    found.to_string();
    if !found.has_errors() {
        let figures = estimate::estimate(&tally::count(&SURVEY, &waves, &input));
        disclose::release(&SURVEY, &figures, disclose::Policy::Public);
    }
});
