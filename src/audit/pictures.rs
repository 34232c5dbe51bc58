//! Pictures: the text that a PNG carries beside what it shows.

use super::files::BinaryFile;
use super::finding::{Finding, Method, Report};
use super::world::Address;

/// Chunks that say how the picture looks and nothing else.
const LOOKS: [&[u8]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"tRNS",
    b"iCCP", b"cICP",
];

/// The plain texts of a picture, one a line. What cannot be read as text does not belong there.
pub fn texts(picture: &BinaryFile, report: &mut Report) -> String {
    let mut texts = Vec::new();
    report.count("pictures", 1);
    let mut rest = picture.bytes.get(8..).unwrap_or_default();
    while let Some((chunk, after)) = chunk(rest) {
        let (name, data) = chunk;
        rest = after;
        if name == b"tEXt" || (name == b"iTXt" && !is_packed(data)) {
            let text: String = String::from_utf8_lossy(data).replace('\0', " ");
            texts.push(text.replace('\n', " "));
        } else if !LOOKS.contains(&name) {
            report.findings.push(hidden(picture, &String::from_utf8_lossy(name), data.len()));
        }
        if name == b"IEND" && !rest.is_empty() {
            report.findings.push(hidden(picture, "the end", rest.len()));
            break;
        }
    }
    texts.join("\n")
}

/// Name and data of a chunk.
type Chunk<'b> = (&'b [u8], &'b [u8]);

/// The first chunk, and what follows: length, name, data and checksum.
fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, rest) = bytes.split_at_checked(4)?;
    let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
    let (name, rest) = rest.split_at_checked(4)?;
    let (data, rest) = rest.split_at_checked(length)?;
    Some(((name, data), rest.get(4..)?))
}

/// An international text says after its keyword whether it is compressed.
fn is_packed(data: &[u8]) -> bool {
    let keyword = data.iter().position(|byte| *byte == 0).unwrap_or(0);
    data.get(keyword + 1) != Some(&0)
}

fn hidden(picture: &BinaryFile, chunk: &str, bytes: usize) -> Finding {
    Finding {
        method: Method::Shown,
        address: Address::default(),
        value: format!("{bytes} bytes that no picture needs, at {chunk}"),
        from: picture.name.clone(),
    }
}
