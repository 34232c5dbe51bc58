//! Comma separated files, as rows that know their columns.

use std::fmt;
use std::path::Path;
use std::rc::Rc;

pub struct Row {
    header: Rc<csv::StringRecord>,
    cells: csv::StringRecord,
}

/// The rows of a file in this folder.
pub fn rows(file: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    let mut reader = csv::Reader::from_path(&path).expect("a reference file");
    let header = Rc::new(reader.headers().expect("a header").clone());
    let row = |cells: Result<_, csv::Error>| Row { header: header.clone(), cells: cells.expect("a row") };
    reader.records().map(row).collect()
}

impl Row {
    /// The text of a column; empty where the file has no such column.
    pub fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// The number in a column that must exist; `None` where it is empty.
    pub fn number(&self, column: &str) -> Option<f64> {
        assert!(self.header.iter().any(|name| name == column), "no column {column}");
        let text = self.text(column);
        (!text.is_empty()).then(|| text.parse().expect("a number"))
    }

    pub fn year(&self, column: &str) -> u16 {
        self.text(column).parse().expect("a year")
    }

    pub fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address: Vec<_> = self.cells.iter().take(9).collect();
        write!(formatter, "{}", address.join(","))
    }
}
