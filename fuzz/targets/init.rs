//! Any bytes as an export of which a definition is drafted, and as one that an existing definition takes
//! up as a new wave.
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::{Desk, draft};

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DESK.write("2019.csv", bytes);
    draft(&DESK.folder, DESK.path("2019.csv"));
});
