//! PNG from the very SVG, with the embedded fonts and nothing else.

use super::error::DrawError;
use super::fonts::{BOLD, REGULAR, SEMI_BOLD};
use super::indexed::indexed;
use resvg::tiny_skia::{Color, PixmapMut, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::cell::RefCell;
use std::sync::{Arc, LazyLock};

/// Width of a chart's PNG in pixels: sharp on a page and in print.
pub const PNG_WIDTH: u32 = 2000;
/// Width of a slide in pixels: it is 1080 high.
pub const SLIDE_WIDTH: u32 = 1920;

/// No system fonts: the same picture on every machine.
static FACES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    for bytes in [REGULAR, SEMI_BOLD, BOLD] {
        faces.load_font_data(without_substitutions(bytes));
    }
    Arc::new(faces)
});

/// A face without its ligatures, small capitals and the like: no text asks for one, and to read the
/// hundred of them for every text takes longer than to place its letters.
fn without_substitutions(face: &[u8]) -> Vec<u8> {
    // The directory of tables: twelve bytes, then sixteen a table, which begin with its name.
    const DIRECTORY: usize = 12;
    let mut face = face.to_vec();
    let tables = face.get(4..6).map_or(0, |count| usize::from(count[0]) << 8 | usize::from(count[1]));
    for record in face.get_mut(DIRECTORY..).unwrap_or_default().chunks_exact_mut(16).take(tables) {
        if record.starts_with(b"GSUB") {
            // A name that nobody looks for, in the order of names as well.
            record[..4].copy_from_slice(b"GSU_");
        }
    }
    face
}

/// Draws a standalone SVG as a PNG exactly `width` pixels wide.
///
/// # Errors
/// If the text is no SVG, or one without a size.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, DrawError> {
    let tree = parsed(svg)?;
    let size = tree.size();
    let scale = width as f32 / size.width();
    let height = ((size.height() * scale).round() as u32).max(1);
    let (palette, bytes) = PIXELS.with_borrow_mut(|pixels| {
        pixels.resize(width as usize * height as usize * 4, 0);
        let mut pixmap =
            PixmapMut::from_bytes(pixels, width, height).ok_or_else(|| failed(&"it is too high"))?;
        pixmap.fill(Color::WHITE);
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap);
        Ok(indexed(pixels))
    })?;
    encode([width, height], palette, &bytes)
}

thread_local! {
    /// Ten million bytes a picture, used for one after the other.
    static PIXELS: RefCell<Vec<u8>> = RefCell::default();
}

fn failed(reason: &dyn std::fmt::Display) -> DrawError {
    DrawError::Raster { reason: reason.to_string() }
}

fn parsed(svg: &str) -> Result<Tree, DrawError> {
    let options =
        Options { font_family: "Source Sans 3".to_owned(), fontdb: Arc::clone(&FACES), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error| failed(&error))
}

/// One byte a pixel: charts are flat colours with soft edges.
fn encode([width, height]: [u32; 2], palette: Vec<u8>, bytes: &[u8]) -> Result<Vec<u8>, DrawError> {
    let mut png = Vec::with_capacity(bytes.len() / 16);
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    // Runs of one colour need no filter, and no long search either: twice the effort saves a quarter of
    // the bytes, filters save none.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer.write_image_data(bytes).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ttf_parser::{Face, Tag};

    #[test]
    fn a_face_loses_its_substitutions_and_nothing_else() {
        for bytes in [REGULAR, SEMI_BOLD, BOLD] {
            let plain = without_substitutions(bytes);
            let [before, after] = [bytes, &plain].map(|bytes| Face::parse(bytes, 0).unwrap());
            let tables = |face: &Face<'_>| face.raw_face().table_records.len();
            assert_eq!(tables(&before), tables(&after));
            for record in before.raw_face().table_records {
                let there = after.raw_face().table(record.tag);
                assert_eq!(there.is_some(), record.tag != Tag::from_bytes(b"GSUB"), "{}", record.tag);
            }
        }
    }
}
