//! Any bytes as an export of which a definition is drafted, and as one that an existing definition takes
//! up as a new wave.
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::{Desk, add, draft};

/// Named after the audience of the definition and a year that it does not have.
const EXPORT: &str = "providers 2019.csv";

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DESK.write(EXPORT, bytes);
    draft(&DESK.folder, DESK.path(EXPORT));
    add(&DESK.folder, DESK.path(EXPORT));
});
