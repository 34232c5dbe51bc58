//! Tables: a marked header row that repeats, rows that stay whole, short tables on one page.

use super::paragraph::{Paragraph, text};
use super::widths::Fit;
use super::xml::Xml;
use crate::publish::paper::KeyFigure;
use crate::publish::table::Table;

/// A table of at most this many rows is kept on one page.
const LONGEST_WHOLE: usize = 20;

/// A table of a paper, as `fit` has measured it.
pub(super) fn table(xml: &mut Xml, table: &Table, fit: &Fit) {
    let [words, numbers] =
        if fit.small { ["TableTextSmall", "TableNumberSmall"] } else { ["TableText", "TableNumber"] };
    let style = |numeric: bool| if numeric { numbers } else { words };
    let header: Vec<Cell<'_>> =
        table.columns.iter().map(|column| (style(column.numeric), column.header.as_str())).collect();
    let rows = table.rows.iter().map(|row| {
        let columns = table.columns.iter().zip(row);
        columns.map(|(column, value)| (style(column.numeric), value.printed())).collect()
    });
    grid(xml, &table.title, &fit.widths, &header, rows.collect());
}

/// The large figures of the summary.
pub(super) fn key_figures(xml: &mut Xml, figures: &[KeyFigure]) {
    let header = [("TableText", "What"), ("TableText", "Figure"), ("TableText", "What it rests on")];
    let rows = figures.iter().map(|figure| {
        let large = if figure.figure.chars().count() > LONGEST_LARGE { "TableText" } else { "KeyFigure" };
        vec![
            ("TableText", figure.label.as_str()),
            (large, figure.figure.as_str()),
            ("TableText", figure.detail.as_str()),
        ]
    });
    grid(xml, "Key figures", &[4000, 2000, 3638], &header, rows.collect());
}

/// A longer key figure is words ("more than three times as many").
const LONGEST_LARGE: usize = 12;

/// A paragraph style and a text.
type Cell<'a> = (&'a str, &'a str);

fn grid(xml: &mut Xml, title: &str, widths: &[u32], header: &[Cell<'_>], rows: Vec<Vec<Cell<'_>>>) {
    let whole: u32 = widths.iter().sum();
    let is_kept = rows.len() <= LONGEST_WHOLE;
    let widths: Vec<String> = widths.iter().map(u32::to_string).collect();
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", "SurveyTable");
            xml.empty("w:tblW", &[("w:w", &whole.to_string()), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty(
                "w:tblLook",
                &[
                    ("w:val", "00A0"),
                    ("w:firstRow", "1"),
                    ("w:lastRow", "0"),
                    ("w:firstColumn", "1"),
                    ("w:lastColumn", "0"),
                    ("w:noHBand", "1"),
                    ("w:noVBand", "1"),
                ],
            );
            xml.value("w:tblCaption", title);
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", width)]))
        });
        row(xml, &widths, header, true, true);
        // The last row keeps to the words below the table.
        rows.iter().for_each(|cells| row(xml, &widths, cells, false, is_kept));
    });
}

fn row(xml: &mut Xml, widths: &[String], cells: &[Cell<'_>], is_header: bool, keep_next: bool) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if is_header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for ((style, words), width) in cells.iter().zip(widths) {
            xml.element("w:tc", &[], |xml| {
                xml.element("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]));
                Paragraph::of(style).keep_next(keep_next).write(xml, |xml| text(xml, words, &[]));
            });
        }
    });
}
