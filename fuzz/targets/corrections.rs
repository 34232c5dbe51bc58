//! Any bytes as `corrections.csv`.
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::Desk;

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DESK.write("corrections.csv", bytes);
    DESK.read();
});
