//! PNG from the very SVG, with the embedded fonts and nothing else.

use super::error::DrawError;
use super::fonts::{BOLD, REGULAR, SEMI_BOLD};
use super::indexed::indexed;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// Width of a chart's PNG in pixels: sharp on a page and in print.
pub const PNG_WIDTH: u32 = 2000;
/// Width of a slide in pixels: it is 1080 high.
pub const SLIDE_WIDTH: u32 = 1920;

/// No system fonts: the same picture on every machine.
static FACES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    for bytes in [REGULAR, SEMI_BOLD, BOLD] {
        faces.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
    }
    Arc::new(faces)
});

/// Draws a standalone SVG as a PNG exactly `width` pixels wide.
///
/// # Errors
/// If the text is no SVG, or one without a size.
pub fn png(svg: &str, width: u32) -> Result<Vec<u8>, DrawError> {
    let pixels = pixels(svg, width)?;
    encode(&pixels)
}

fn failed(reason: &dyn std::fmt::Display) -> DrawError {
    DrawError::Raster { reason: reason.to_string() }
}

fn pixels(svg: &str, width: u32) -> Result<Pixmap, DrawError> {
    let options =
        Options { font_family: "Source Sans 3".to_owned(), fontdb: Arc::clone(&FACES), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let size = tree.size();
    let scale = width as f32 / size.width();
    let height = (size.height() * scale).round() as u32;
    let mut pixels = Pixmap::new(width, height.max(1)).ok_or_else(|| failed(&"it is too high"))?;
    pixels.fill(Color::WHITE);
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    Ok(pixels)
}

/// One byte a pixel: charts are flat colours with soft edges.
fn encode(pixels: &Pixmap) -> Result<Vec<u8>, DrawError> {
    let (palette, bytes) = indexed(pixels.data());
    let mut png = Vec::with_capacity(bytes.len() / 16);
    let mut encoder = png::Encoder::new(&mut png, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    // Runs of one colour need no filter, and no long search either: twice the effort saves a quarter of
    // the bytes, filters save none.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer.write_image_data(&bytes).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(png)
}
