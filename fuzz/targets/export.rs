//! Any bytes as an export: decoding, platform, headers, rows, the account of them.
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::Desk;

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    DESK.write("answers.csv", bytes);
    DESK.read();
});
