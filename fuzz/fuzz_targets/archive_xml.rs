//! Any bytes as archive-xml.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let _ = annals::document::check_promises(data, Some(annals::document::Format::ArchiveXml));
});
