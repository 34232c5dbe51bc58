//! How cells look: Arial 12 throughout, titles and headers bold, text wrapped.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::colour::Colour;

/// Height of a row of one line of Arial 12, in pixels.
pub const ROW_HEIGHT: u32 = 20;
/// Width of a column that nothing was said about, in pixels: what goes with digits as wide as those
/// of Arial 12.
pub const COLUMN_WIDTH: u32 = 80;

/// More decimals than any figure of a survey is printed with.
const MOST_DECIMALS: usize = 15;

const FAINT_RULE: Color = Color::RGB(0xBF_BF_BF);

/// The formats of all worksheets.
pub struct Styles {
    /// What a cell has that was given nothing else.
    pub line: Format,
    /// "Heading 1".
    pub title: Format,
    title_quoted: Format,
    /// "Heading 2".
    pub heading: Format,
    pub paragraph: Format,
    pub link: Format,
    pub header: Format,
    pub number_header: Format,
    pub text: Format,
    /// Marks, and text in a column of numbers.
    pub mark: Format,
    /// By the decimals that they show.
    numbers: Vec<Format>,
}

impl Styles {
    /// Titles and the rules below headers have the accent of the house.
    pub fn new(accent: Colour) -> Styles {
        let Colour(red, green, blue) = accent;
        let accent = Color::RGB(u32::from_be_bytes([0, red, green, blue]));
        let line = Format::new().set_font_name("Arial").set_font_size(12);
        let paragraph = line.clone().set_text_wrap().set_align(FormatAlign::Top);
        let bold = paragraph.clone().set_bold();
        let title = bold.clone().set_font_color(accent);
        let header = line.clone().set_bold().set_text_wrap().set_align(FormatAlign::Bottom);
        let header = header.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(accent);
        let ruled = |format: &Format| {
            format.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(FAINT_RULE)
        };
        let right = |format: &Format| format.clone().set_align(FormatAlign::Right).set_indent(1);
        let text = ruled(&paragraph);
        let number = right(&ruled(&line)).set_align(FormatAlign::Top);
        Styles {
            title_quoted: title.clone().set_quote_prefix(),
            title,
            heading: bold.set_align(FormatAlign::Bottom),
            link: paragraph.clone().set_hyperlink(),
            number_header: right(&header),
            header,
            mark: right(&text),
            numbers: (0..=MOST_DECIMALS)
                .map(|decimals| number.clone().set_num_format(pattern(decimals)))
                .collect(),
            text,
            paragraph,
            line,
        }
    }

    /// The formats that are headings, in the order that [`parts`](super::parts) knows them by.
    pub fn headings(&self) -> [&Format; 3] {
        [&self.title, &self.title_quoted, &self.heading]
    }

    /// A number that shows so many decimals, [`MOST_DECIMALS`] at most.
    pub fn number(&self, decimals: usize) -> &Format {
        &self.numbers[decimals.min(MOST_DECIMALS)]
    }
}

/// How Excel is told to show so many decimals.
fn pattern(decimals: usize) -> String {
    if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) }
}
