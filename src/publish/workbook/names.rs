//! What worksheets and tables are called.
//!
//! Worksheets are `Table_1`, `Table_2` and so on: short, without spaces, which screen readers and
//! links stumble over, and saying what a bare number does not. The number is the one in front of the
//! table's CSV file. Excel's tables have names that can be told apart: `table_1_responses_providers`.

pub const COVER: &str = "Cover";
pub const CONTENTS: &str = "Contents";
pub const NOTES: &str = "Notes";

/// Excel allows 255; nobody reads that many.
const LONGEST: usize = 100;

/// The worksheet of a table.
pub fn sheet(number: usize) -> String {
    format!("Table_{number}")
}

/// The name of a table in a workbook: its number makes it unique, and keeps it from reading like
/// the address of a cell.
pub fn table(number: usize, name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut full = format!("table_{number}");
    for word in words {
        full.push('_');
        full.push_str(word);
    }
    full.truncate(LONGEST); // ASCII throughout
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_names_that_excel_takes() {
        assert_eq!(table(1, "responses-providers"), "table_1_responses_providers");
        assert_eq!(table(2, "=Ünï \"x\""), "table_2_n_x");
        assert_eq!(table(3, ""), "table_3");
        assert_eq!(table(4, &"long".repeat(100)).len(), 100);
    }
}
