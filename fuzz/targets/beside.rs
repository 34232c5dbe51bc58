//! Any bytes as one of the files beside the exports; the first byte says which.
#![no_main]

use std::sync::LazyLock;

use rmsurvey_fuzz::{Desk, FILES};

static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::with_answers("answers.csv"));

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let beside = &FILES[3..];
    let Some((first, bytes)) = bytes.split_first() else { return };
    let (name, whole) = beside[usize::from(*first) % beside.len()];
    DESK.write(name, bytes);
    DESK.read();
    DESK.write(name, whole);
});
