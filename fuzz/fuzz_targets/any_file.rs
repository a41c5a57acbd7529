//! Any bytes as whatever they are taken for: containers, packed files, every format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = annals::document::check_promises(data, None);
});
