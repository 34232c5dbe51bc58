//! Any bytes as `survey.toml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match rmsurvey::survey::read(bytes) {
        Ok(survey) => drop(survey.for_publication()),
        Err(found) => assert!(found.has_errors() && !found.to_string().is_empty()),
    }
});
