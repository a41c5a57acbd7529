//! Any bytes as an article: its names, times, quotations and events.
#![no_main]

use annals::document::{Format, Limits, discover, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let found = discover(&["-".into()], &Limits::default())
        .with_stdin(std::io::Cursor::new(data.to_vec()))
        .with_format(Some(Format::Article));
    for document in found.flatten().flat_map(|raw| read(&raw)) {
        let _ = annals::extract::check_promises(&document);
    }
});
