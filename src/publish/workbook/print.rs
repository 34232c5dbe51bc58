//! A worksheet on paper: A4 landscape, one page wide.

use rust_xlsxwriter::Worksheet;

use super::cover::Cover;

const A4: u8 = 9;
/// Of header and footer.
const FONT: &str = "&\"Arial,Regular\"&12";

/// Pages for a worksheet, with its name, the stamps and the page number below.
pub fn pages(worksheet: &mut Worksheet, cover: &Cover) {
    let stamps = cover.stamps.join(", ").replace('&', "&&");
    worksheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.5, 0.75, 0.3, 0.3)
        .set_footer(format!("&L{FONT}&A&C{FONT} {stamps}&R{FONT}Page &P of &N"));
}
