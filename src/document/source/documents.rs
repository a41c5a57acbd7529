//! The documents of one file or member: what its format is, where one ends and the next begins.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use serde_json::Value;

use super::json_lines::JsonLines;
use super::packed::Packing;
use super::{Found, Limits, RawDocument, Settings, file, sniff};
use crate::document::format::extension;
use crate::document::{Format, Refusal, RefusalKind, charset, current_events, feed};

/// What a file holds.
pub(super) enum Opened<R> {
    /// Documents, or a refusal, in memory.
    Whole(Vec<Found>),
    /// Documents still to be read line by line.
    Lines(JsonLines<R>),
}

impl<R> Opened<R> {
    /// Nothing but a refusal.
    fn refused(refusal: Refusal) -> Self {
        Self::Whole(vec![Err(refusal)])
    }
}

/// Bytes read to tell a format.
pub(super) const SNIFFED_BYTES: u64 = 8192;

/// A stream whose first bytes have been looked at.
pub(super) type Whole<R> = BufReader<io::Chain<Cursor<Vec<u8>>, R>>;

/// Reads the first bytes of a stream.
pub(super) fn head(reader: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(SNIFFED_BYTES).read_to_end(&mut head)?;
    Ok(head)
}

/// Reads what a file or member that is no container holds; `shown` is its path for people, `name`
/// the one that tells its format.
pub(super) fn read<R: Read>(
    mut reader: R,
    shown: &str,
    name: &str,
    settings: &Settings,
) -> Opened<Whole<R>> {
    let head = match head(&mut reader) {
        Ok(head) => head,
        Err(error) => return Opened::refused(file::refuse_io(Path::new(shown), shown, &error)),
    };
    if let Some(packing) = Packing::of(&head) {
        let reason = format!("is {} inside a container or packed file", packing.name());
        let hint = "unpack the outer one, and read what is in it";
        return Opened::refused(Refusal::new(shown, RefusalKind::Nested, &reason, hint));
    }
    let format = match format(&head, shown, name, settings) {
        Ok(format) => format,
        Err(refusal) => return Opened::refused(refusal),
    };
    let whole = BufReader::new(Cursor::new(head).chain(reader));
    if format == Format::JsonLines && extension(name) != "json" {
        return Opened::Lines(JsonLines::new(whole, shown, &settings.limits));
    }
    let decoded =
        read_limited(whole, shown, &settings.limits).and_then(|bytes| decode(bytes, shown, format));
    match decoded {
        Err(refusal) => Opened::refused(refusal),
        Ok(raw) => split(raw, shown, settings),
    }
}

/// The format asked for, else the one that name and first bytes tell.
fn format(head: &[u8], shown: &str, name: &str, settings: &Settings) -> Result<Format, Refusal> {
    if let Some(refusal) = sniff::refuse_binary(shown, head) {
        return Err(refusal);
    }
    let text = sniff::is_utf16(head).then(|| charset::decode(head.to_vec()).text);
    let head = text.as_deref().map_or(head, str::as_bytes);
    let detected = settings.format.or_else(|| Format::detect(name, head));
    detected.ok_or_else(|| {
        let hint = "name its format with --input-format; annals formats lists them";
        let reason = "is an XML document of no known format";
        Refusal::new(shown, RefusalKind::Binary, reason, hint)
    })
}

/// Reads all bytes, up to the limit.
fn read_limited(reader: impl BufRead, name: &str, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let read = reader
        .take(limits.max_file_bytes.saturating_add(1))
        .read_to_end(&mut bytes);
    read.map_err(|error| file::refuse_io(Path::new(name), name, &error))?;
    if bytes.len() as u64 > limits.max_file_bytes {
        let reason = format!(
            "is larger than the limit of {} bytes",
            limits.max_file_bytes
        );
        let hint = "split it, or write it as JSON lines, which are read one by one";
        return Err(Refusal::new(name, RefusalKind::TooLarge, &reason, hint));
    }
    Ok(bytes)
}

/// Decodes the whole of a file into one document, before it is split.
fn decode(bytes: Vec<u8>, name: &str, format: Format) -> Result<RawDocument, Refusal> {
    // The mark of UTF-16 is no damage: some editors save everything so.
    let (content, charset) = if format.is_always_utf8() && !sniff::is_utf16(&bytes) {
        (sniff::text(name, bytes)?, None)
    } else {
        let decoded = charset::decode(bytes);
        sniff::refuse_blank(name, &decoded.text)?;
        if decoded.charset.is_some() {
            sniff::refuse_noise(name, &decoded.text)?;
        }
        (decoded.text, decoded.charset)
    };
    Ok(RawDocument {
        path: name.to_owned(),
        part: None,
        format,
        charset: charset.map(str::to_owned),
        content,
    })
}

/// Splits a file into its documents, where its format can hold several.
fn split<R: Read>(raw: RawDocument, shown: &str, settings: &Settings) -> Opened<Whole<R>> {
    match raw.format {
        Format::JsonLines => split_json(raw, shown, settings),
        Format::Feed => match feed::split(&raw.content) {
            Ok(entries) => Opened::Whole(numbered(&raw, entries)),
            Err(error) => Opened::refused(Refusal::of_read(&raw, &error)),
        },
        Format::CurrentEvents => {
            let days = current_events::days(&raw.content);
            match days.len() {
                1 => Opened::Whole(vec![Ok(raw)]),
                _ => {
                    let days = days.into_iter().map(str::to_owned).collect();
                    Opened::Whole(numbered(&raw, days))
                }
            }
        }
        _ => Opened::Whole(vec![Ok(raw)]),
    }
}

/// Parts of a file as documents of its format, numbered from 1.
fn numbered(raw: &RawDocument, contents: Vec<String>) -> Vec<Found> {
    let parts = contents.into_iter().enumerate();
    parts
        .map(|(index, content)| {
            Ok(RawDocument {
                path: raw.path.clone(),
                part: Some(index + 1),
                format: raw.format,
                charset: raw.charset.clone(),
                content,
            })
        })
        .collect()
}

/// Documents of a JSON array, which is held in memory as a whole.
const MAX_ARRAY: usize = 100_000;

/// A `.json` file: one document, an array of them, or JSON lines under a shorter name.
fn split_json<R: Read>(raw: RawDocument, shown: &str, settings: &Settings) -> Opened<Whole<R>> {
    match serde_json::from_str(raw.content.trim_start_matches('\u{feff}')) {
        Ok(Value::Array(documents)) if documents.len() > MAX_ARRAY => {
            let reason = format!("is an array of more than {MAX_ARRAY} documents");
            let hint = "write it as JSON lines, for example with jq -c '.[]'";
            Opened::refused(Refusal::new(shown, RefusalKind::TooLarge, &reason, hint))
        }
        Ok(Value::Array(documents)) => {
            let contents = documents.iter().map(Value::to_string).collect();
            Opened::Whole(numbered(&raw, contents))
        }
        Ok(_) => Opened::Whole(vec![Ok(raw)]),
        Err(_) => {
            let lines = JsonLines::new(Cursor::new(raw.content), shown, &settings.limits);
            Opened::Whole(lines.collect())
        }
    }
}
