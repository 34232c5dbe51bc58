//! PNG from the very SVG, with the embedded fonts and nothing else.

use super::error::DrawError;
use super::fonts::{BOLD, REGULAR, SEMI_BOLD};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::{Arc, LazyLock};

/// Width of every PNG in pixels: sharp on a slide and in print.
pub const PNG_WIDTH: u32 = 2000;

/// No system fonts: the same picture on every machine.
static FACES: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut faces = fontdb::Database::new();
    for bytes in [REGULAR, SEMI_BOLD, BOLD] {
        faces.load_font_source(fontdb::Source::Binary(Arc::new(bytes)));
    }
    Arc::new(faces)
});

/// Draws a standalone SVG as a PNG exactly [`PNG_WIDTH`] pixels wide.
///
/// # Errors
/// If the text is no SVG, or one without a size.
pub fn png(svg: &str) -> Result<Vec<u8>, DrawError> {
    let failed = |reason: &dyn std::fmt::Display| DrawError::Raster { reason: reason.to_string() };
    let options =
        Options { font_family: "Source Sans 3".to_owned(), fontdb: Arc::clone(&FACES), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let size = tree.size();
    let scale = PNG_WIDTH as f32 / size.width();
    let height = (size.height() * scale).round() as u32;
    let mut pixels = Pixmap::new(PNG_WIDTH, height.max(1)).ok_or_else(|| failed(&"it is too high"))?;
    pixels.fill(Color::WHITE);
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error))
}
