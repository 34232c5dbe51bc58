//! A text file in blocks of whole records, decoded and hashed as it is read, so that its size does not
//! matter.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16LE, WINDOWS_1252};
use sha2::{Digest, Sha256};

use super::cut::{last_cut, record_end, skip_line_ends};
use crate::ingest::decode::{Delimiter, NotText, delimiter, has_controls, is_archive, is_unmarked_utf_16};
use crate::ingest::files::{Unread, hexadecimal};
use crate::ingest::limits::MOST_BYTES;
use crate::ingest::parquet::{self, Text, is_parquet};
use crate::text::harmless;

/// Bytes that are read at a time.
pub(super) const BLOCK: u64 = 1 << 20;

/// Records at the top of a file that the first block holds in any case.
const HEAD: usize = 4;

/// Whole records of a file, as text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Number of the block, from 0.
    pub index: usize,
    pub text: Vec<u8>,
    /// Bytes of the file that were read for it.
    pub bytes: u64,
}

/// Why a file gives no more blocks.
#[derive(Debug)]
pub(super) enum Trouble {
    Unread(Unread),
    NotText(NotText),
    /// The file is not in UTF-8 after all: it has to be read again as what it is.
    NotUtf8,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Unread(Unread::Failed(error))
    }
}

impl From<NotText> for Trouble {
    fn from(not_text: NotText) -> Trouble {
        Trouble::NotText(not_text)
    }
}

/// Where bytes come from.
enum Source {
    Text(File),
    /// Made of the columns of a file whose hash is known already.
    Columns(Box<dyn Text>),
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Text(file) => file.read(into),
            Source::Columns(text) => text.read(into),
        }
    }
}

impl Source {
    fn open(path: &Path, hash: Option<&mut Sha256>) -> Result<Source, Trouble> {
        let mut file = File::open(path)?;
        if !is_parquet(&path.to_string_lossy()) {
            return Ok(Source::Text(file));
        }
        if let Some(hash) = hash {
            let mut bytes = vec![0; BLOCK as usize];
            loop {
                match file.read(&mut bytes)? {
                    0 => break,
                    read => hash.update(&bytes[..read]),
                }
            }
        }
        Ok(Source::Columns(parquet::open(file)?))
    }

    /// Whether what is read is what the file holds.
    fn is_text(&self) -> bool {
        matches!(self, Source::Text(_))
    }
}

/// A file while it is read.
pub(super) struct Blocks<'p> {
    path: &'p Path,
    before: (u64, Option<SystemTime>),
    source: Source,
    /// `None` where the file was hashed before.
    hash: Option<Sha256>,
    /// Bytes that are read at a time, those that were read, and those of blocks that were given.
    block: u64,
    size: u64,
    told: u64,
    pub encoding: &'static Encoding,
    /// For anything but UTF-8.
    decoder: Option<Decoder>,
    has_mark: bool,
    pub delimiter: Delimiter,
    /// Bytes that are read already and not decoded.
    ahead: Vec<u8>,
    /// Text behind the last block.
    rest: Vec<u8>,
    next: usize,
    is_over: bool,
    is_blank: bool,
    has_controls: bool,
}

impl<'p> Blocks<'p> {
    /// Opens a file; text without a mark is taken for UTF-8, unless `is_utf_8` says otherwise.
    pub fn open(path: &'p Path, block: u64, is_utf_8: bool) -> Result<Blocks<'p>, Trouble> {
        Blocks::hashing(path, block, is_utf_8, Some(Sha256::new()))
    }

    /// Opens a file for a second look, without hashing it again.
    pub fn open_again(path: &'p Path, block: u64, is_utf_8: bool) -> Result<Blocks<'p>, Trouble> {
        Blocks::hashing(path, block, is_utf_8, None)
    }

    fn hashing(
        path: &'p Path,
        block: u64,
        is_utf_8: bool,
        mut hash: Option<Sha256>,
    ) -> Result<Blocks<'p>, Trouble> {
        let before = state(path)?;
        let mut source = Source::open(path, hash.as_mut())?;
        let mut start = vec![0; block as usize];
        let read = fill(&mut source, &mut start)?;
        start.truncate(read);
        if is_archive(&start) {
            return Err(NotText::archive().into());
        }
        let (encoding, mark) = match Encoding::for_bom(&start) {
            Some(marked) => marked,
            None if is_unmarked_utf_16(&start, before.0) => (UTF_16LE, 0),
            None if is_utf_8 => (UTF_8, 0),
            None => (WINDOWS_1252, 0),
        };
        if let Some(hash) = hash.as_mut().filter(|_| source.is_text()) {
            hash.update(&start);
        }
        let size = start.len() as u64;
        start.drain(..mark);
        Ok(Blocks {
            path,
            before,
            source,
            hash,
            block,
            size,
            told: 0,
            encoding,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling()),
            has_mark: mark > 0,
            delimiter: Delimiter::Comma,
            ahead: start,
            rest: Vec::new(),
            next: 0,
            is_over: false,
            is_blank: true,
            has_controls: false,
        })
    }

    /// The next block, in the memory of one that nobody needs any more; `None` at the end of a file that is
    /// readable as a whole.
    pub fn next(&mut self, room: Vec<u8>) -> Result<Option<Block>, Trouble> {
        if self.is_over {
            return Ok(None);
        }
        let mut text = room;
        let mut known = self.rest.len();
        text.resize(text.len().max(known), 0);
        text[..known].copy_from_slice(&self.rest);
        let mut has_quotes = self.rest.contains(&b'"');
        loop {
            let is_end = self.read(&mut text, known)?;
            has_quotes |= self.inspect(&mut text, known, is_end)?;
            known = text.len();
            if self.next == 0 {
                // Up to where the text is inspected it is valid.
                self.delimiter = delimiter(std::str::from_utf8(&text).unwrap_or_default());
            }
            if is_end {
                self.close()?;
                return Ok(Some(self.block(text)));
            }
            let delimiter = self.delimiter.byte();
            let cut = last_cut(&text, delimiter, has_quotes);
            if text.len() as u64 > MOST_BYTES && cut == 0 {
                let message = format!("a row of the file has more than {} MB", MOST_BYTES >> 20);
                let advice = "a quotation mark that ends a cell may be missing; export the answers again";
                return Err(NotText { message, advice: advice.to_owned() }.into());
            }
            if cut > 0 && (self.next > 0 || has_head(&text[..cut], delimiter)) {
                self.rest.clear();
                self.rest.extend_from_slice(&text[cut..]);
                text.truncate(cut);
                return Ok(Some(self.block(text)));
            }
        }
    }

    /// Whether there are no more blocks.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Bytes of the file.
    pub fn size(&self) -> u64 {
        self.before.0
    }

    /// SHA-256 of the whole file, in hexadecimal; of nothing at a second look.
    pub fn sha256(self) -> String {
        self.hash.map(|hash| hexadecimal(&hash.finalize())).unwrap_or_default()
    }

    fn block(&mut self, text: Vec<u8>) -> Block {
        self.next += 1;
        let read = match &self.source {
            Source::Text(_) => self.size,
            Source::Columns(text) => text.done(),
        };
        let bytes = read - self.told;
        self.told = read;
        Block { index: self.next - 1, text, bytes }
    }

    /// Puts text that nobody has looked at yet in the place of all behind what is `known`; whether it is
    /// the last.
    fn read(&mut self, text: &mut Vec<u8>, known: usize) -> Result<bool, Trouble> {
        let is_first = self.next == 0 && known == 0 && !self.ahead.is_empty();
        let Blocks { source, decoder, ahead, hash, size, block, .. } = self;
        let mut known = known;
        if decoder.is_some() || !ahead.is_empty() {
            text.truncate(known);
        }
        if decoder.is_none() && !ahead.is_empty() {
            text.append(ahead);
            known = text.len();
        }
        let is_end = if is_first {
            *size < *block
        } else {
            let raw = if decoder.is_some() { ahead } else { &mut *text };
            let known = if decoder.is_some() { raw.len() } else { known };
            raw.resize(known + *block as usize, 0);
            let read = fill(source, &mut raw[known..])?;
            raw.truncate(known + read);
            if let Some(hash) = hash.as_mut().filter(|_| source.is_text()) {
                hash.update(&raw[known..]);
            }
            *size += read as u64;
            (read as u64) < *block
        };
        if let Some(decoder) = &mut self.decoder {
            let ahead = &mut self.ahead;
            let room = decoder.max_utf8_buffer_length(ahead.len()).unwrap_or(ahead.len() * 3);
            let mut decoded = String::with_capacity(room);
            let (_, _, is_malformed) = decoder.decode_to_string(ahead, &mut decoded, is_end);
            ahead.clear();
            if is_malformed {
                return Err(NotText::unreadable().into());
            }
            text.extend_from_slice(decoded.as_bytes());
        }
        Ok(is_end)
    }

    /// Looks at the text behind `known`: whether it is valid, readable and harmless; and whether it has
    /// quotation marks.
    fn inspect(&mut self, text: &mut Vec<u8>, known: usize, is_end: bool) -> Result<bool, Trouble> {
        if let Some(has_quotes) = quotes_of_plain(&text[known..]) {
            self.is_blank = self.is_blank && text[known..].trim_ascii().is_empty();
            return Ok(has_quotes);
        }
        let is_control = |byte: &u8| byte.is_ascii_control() && !b"\t\n\r".contains(byte);
        if text[known..].iter().any(is_control) {
            // So it is in every encoding, and however long the file.
            return Err(NotText::unreadable().into());
        }
        let cleaned = match std::str::from_utf8(&text[known..]) {
            Ok(new) => self.cleaned(new),
            Err(error) if error.error_len().is_none() && !is_end => {
                self.ahead = text.split_off(known + error.valid_up_to());
                let new = std::str::from_utf8(&text[known..]).unwrap_or_default();
                self.cleaned(new)
            }
            Err(_) if self.has_mark => return Err(NotText::unreadable().into()),
            Err(_) => return Err(Trouble::NotUtf8),
        };
        if let Some(cleaned) = cleaned {
            text.truncate(known);
            text.extend_from_slice(cleaned.as_bytes());
        }
        Ok(text[known..].contains(&b'"'))
    }

    /// The text without what has no place in any, where that is another.
    fn cleaned(&mut self, new: &str) -> Option<String> {
        self.has_controls = self.has_controls || has_controls(new);
        self.is_blank = self.is_blank && new.trim().is_empty();
        match harmless(Cow::Borrowed(new)) {
            Cow::Borrowed(_) => None,
            Cow::Owned(cleaned) => Some(cleaned),
        }
    }

    /// What can only be said of the whole file.
    fn close(&mut self) -> Result<(), Trouble> {
        self.is_over = true;
        let is_whole = !self.source.is_text() || self.size == self.before.0;
        if state(self.path)? != self.before || !is_whole {
            return Err(Trouble::Unread(Unread::Changed));
        }
        if self.has_controls {
            return Err(NotText::unreadable().into());
        }
        if self.is_blank { Err(NotText::empty().into()) } else { Ok(()) }
    }
}

fn state(path: &Path) -> io::Result<(u64, Option<SystemTime>)> {
    let metadata = fs::metadata(path)?;
    Ok((metadata.len(), metadata.modified().ok()))
}

/// Whether a text has quotation marks, if it holds letters and line ends of ASCII and nothing else.
fn quotes_of_plain(text: &[u8]) -> Option<bool> {
    let is_odd = |byte: u8| !matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    let mut has_quotes = false;
    for part in text.chunks(4096) {
        // Without a way out of these loops they take many bytes at a time.
        if part.iter().fold(false, |odd, byte| odd | is_odd(*byte)) {
            return None;
        }
        has_quotes |= part.iter().fold(false, |quotes, byte| quotes | (*byte == b'"'));
    }
    Some(has_quotes)
}

/// Reads until nothing is left to read or to fill.
fn fill(source: &mut Source, into: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < into.len() {
        match source.read(&mut into[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Whether the records of a header are among these, whatever platform wrote it.
fn has_head(text: &[u8], delimiter: u8) -> bool {
    let mut at = 0;
    for _ in 0..HEAD {
        at = skip_line_ends(text, at).0;
        if at == text.len() {
            return false;
        }
        at = record_end(text, at, delimiter);
    }
    true
}
