//! Any text before the parser of queries.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = annals::query::check_text(text);
});
