//! What the writer of workbooks cannot say, put into the parts that it wrote: the language of the
//! file, and that titles are headings.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::WorkbookError;

const PROPERTIES: &str = "docProps/core.xml";
const STYLES: &str = "xl/styles.xml";

/// What the formats that were registered first are, by name and by Excel's number for it, in the
/// order of [`Styles::headings`](super::styles::Styles::headings).
const HEADINGS: [(&str, u8); 3] = [("Heading 1", 16), ("Heading 1", 16), ("Heading 2", 17)];

/// The workbook with its language and heading styles; every other part as it was.
pub fn finished(book: &[u8]) -> Result<Vec<u8>, WorkbookError> {
    let mut parts = ZipArchive::new(Cursor::new(book))?;
    let mut packed = ZipWriter::new(Cursor::new(Vec::with_capacity(book.len())));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for place in 0..parts.len() {
        let name = parts.by_index_raw(place)?.name()?.into_owned();
        let changed = match name.as_str() {
            PROPERTIES => {
                with_language(&text(&mut parts, place)?).ok_or(WorkbookError::Part { part: PROPERTIES })?
            }
            STYLES => with_headings(&text(&mut parts, place)?).ok_or(WorkbookError::Part { part: STYLES })?,
            _ => {
                packed.raw_copy_file(parts.by_index_raw(place)?)?;
                continue;
            }
        };
        packed.start_file(name, options)?;
        packed.write_all(changed.as_bytes())?;
    }
    Ok(packed.finish()?.into_inner())
}

fn text(parts: &mut ZipArchive<Cursor<&[u8]>>, place: usize) -> Result<String, WorkbookError> {
    let mut text = String::new();
    parts.by_index(place)?.read_to_string(&mut text)?;
    Ok(text)
}

fn with_language(properties: &str) -> Option<String> {
    let (before, after) = properties.split_once("</cp:coreProperties>")?;
    Some(format!("{before}<dc:language>en-GB</dc:language></cp:coreProperties>{after}"))
}

/// Gives the first formats after the default one the cell styles of headings.
fn with_headings(styles: &str) -> Option<String> {
    let (before, rest) = styles.split_once("<cellXfs ")?;
    let (formats, after) = rest.split_once("</cellXfs>")?;
    let mut formats: Vec<String> = formats.split("<xf ").map(ToOwned::to_owned).collect();

    let (head, rest) = before.split_once("<cellStyleXfs count=\"")?;
    let (count, bodies) = rest.split_once("\">")?;
    let bodies = bodies.strip_suffix("</cellStyleXfs>")?;
    let first: usize = count.parse().ok()?;
    let mut named: Vec<(&str, u8, String)> = Vec::new();
    for ((name, number), format) in HEADINGS.into_iter().zip(formats.iter_mut().skip(2)) {
        let font = attribute(format, "fontId")?;
        let style = named.iter().position(|(other, ..)| *other == name).unwrap_or(named.len());
        if style == named.len() {
            named.push((name, number, font.to_owned()));
        }
        *format = format.replacen("xfId=\"0\"", &format!("xfId=\"{}\"", first + style), 1);
    }
    let bodies: String = std::iter::once(bodies.to_owned())
        .chain(named.iter().map(|(.., font)| {
            format!("<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"0\" applyFill=\"0\" applyBorder=\"0\" applyAlignment=\"0\" applyProtection=\"0\"/>")
        }))
        .collect();

    let (middle, rest) = after.split_once("<cellStyles count=\"")?;
    let (styles_count, rest) = rest.split_once("\">")?;
    let styles_count = styles_count.parse::<usize>().ok()? + named.len();
    let names: String = (first..)
        .zip(&named)
        .map(|(id, (name, number, _))| {
            format!("<cellStyle name=\"{name}\" xfId=\"{id}\" builtinId=\"{number}\"/>")
        })
        .collect();
    Some(format!(
        "{head}<cellStyleXfs count=\"{}\">{bodies}</cellStyleXfs><cellXfs {}</cellXfs>{middle}<cellStyles count=\"{styles_count}\">{names}{rest}",
        first + named.len(),
        formats.join("<xf "),
    ))
}

fn attribute<'x>(element: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = element.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0)
}
