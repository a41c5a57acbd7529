//! Any text as prose with times.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = annals::extract::extract_timexes(text, annals::Span::new(0, text.len()), Some(jiff::civil::date(2018, 1, 9)));
});
