//! Tables: a marked header row that repeats, rows that stay whole, short tables on one page.

use super::paragraph::Paragraph;
use super::widths::{CELL_MARGIN, Fit, GAP, stands_off};
use super::xml::Xml;
use crate::publish::paper::KeyFigure;
use crate::publish::table::{Column, Table};

/// A table of at most this many rows is kept on one page.
const LONGEST_WHOLE: usize = 20;
/// A longer key figure is words ("more than three times as many").
const LONGEST_LARGE: usize = 12;

/// A place of a table: how it is set, what it says, and whether it keeps off the place before it.
#[derive(Clone, Copy, Debug)]
struct Cell<'a> {
    style: &'a str,
    words: &'a str,
    stands_off: bool,
}

impl<'a> Cell<'a> {
    fn of(style: &'a str, words: &'a str) -> Cell<'a> {
        Cell { style, words, stands_off: false }
    }
}

/// A table of a paper, as `fit` has measured it.
pub(super) fn table(xml: &mut Xml, table: &Table, fit: &Fit) {
    let [left, right] =
        if fit.small { ["TableTextSmall", "TableNumberSmall"] } else { ["TableText", "TableNumber"] };
    let columns = || table.columns.iter().enumerate();
    let cell = |at: usize, column: &Column, words| {
        let style = if column.numeric { right } else { left };
        Cell { style, words, stands_off: stands_off(table, at) }
    };
    let header: Vec<Cell<'_>> =
        columns().map(|(at, column)| cell(at, column, column.header.as_str())).collect();
    let rows = table.rows.iter().map(|row| {
        let places = columns().zip(row);
        places.map(|((at, column), value)| cell(at, column, value.printed())).collect()
    });
    grid(xml, &table.title, &fit.widths, &header, &rows.collect::<Vec<_>>());
}

/// The large figures of the summary.
pub(super) fn key_figures(xml: &mut Xml, figures: &[KeyFigure]) {
    let header = ["What", "Figure", "What it rests on"].map(|words| Cell::of("KeyFigureText", words));
    let rows = figures.iter().map(|figure| {
        let is_large = figure.figure.chars().count() <= LONGEST_LARGE;
        vec![
            Cell::of("KeyFigureText", &figure.label),
            Cell::of(if is_large { "KeyFigure" } else { "KeyFigureText" }, &figure.figure),
            Cell::of("KeyFigureText", &figure.detail),
        ]
    });
    grid(xml, "Key figures", &[3800, 1500, 4338], &header, &rows.collect::<Vec<_>>());
}

fn grid(xml: &mut Xml, title: &str, widths: &[u32], header: &[Cell<'_>], rows: &[Vec<Cell<'_>>]) {
    let whole: u32 = widths.iter().sum();
    let is_kept = rows.len() <= LONGEST_WHOLE;
    let widths: Vec<String> = widths.iter().map(u32::to_string).collect();
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", "SurveyTable");
            xml.empty("w:tblW", &[("w:w", &whole.to_string()), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty("w:tblLook", &LOOK);
            xml.value("w:tblCaption", title);
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", width)]));
        });
        row(xml, &widths, header, true, true);
        // The last row keeps to the words below the table.
        rows.iter().for_each(|cells| row(xml, &widths, cells, false, is_kept));
    });
}

/// The first row and the first column are headers; there are no bands.
const LOOK: [(&str, &str); 7] = [
    ("w:val", "06A0"),
    ("w:firstRow", "1"),
    ("w:lastRow", "0"),
    ("w:firstColumn", "1"),
    ("w:lastColumn", "0"),
    ("w:noHBand", "1"),
    ("w:noVBand", "1"),
];

fn row(xml: &mut Xml, widths: &[String], cells: &[Cell<'_>], is_header: bool, keep_next: bool) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if is_header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for (cell, width) in cells.iter().zip(widths) {
            xml.element("w:tc", &[], |xml| {
                xml.element("w:tcPr", &[], |xml| {
                    xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
                    if cell.stands_off {
                        let left = (CELL_MARGIN + GAP).to_string();
                        let margin = [("w:w", left.as_str()), ("w:type", "dxa")];
                        xml.element("w:tcMar", &[], |xml| xml.empty("w:left", &margin));
                    }
                });
                let paragraph = Paragraph::of(cell.style).keep_next(keep_next);
                paragraph.text(xml, cell.words);
            });
        }
    });
}
