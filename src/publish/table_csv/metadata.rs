//! What a table is, beside its CSV, as the W3C's "CSV on the Web" writes it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{TableError, check, safe_text};
use crate::publish::table::{Column, Table, Value};

/// What follows the name of a CSV in the name of its metadata: `01-scores.csv-metadata.json`.
pub const METADATA: &str = "-metadata.json";

/// "Metadata Vocabulary for Tabular Data", W3C Recommendation, 17 December 2015.
#[derive(Serialize)]
struct Metadata<'a> {
    #[serde(rename = "@context")]
    context: (&'static str, Language),
    url: &'a str,
    #[serde(rename = "dc:title")]
    title: &'a str,
    #[serde(rename = "dc:description")]
    description: String,
    #[serde(rename = "dc:source")]
    source: &'a str,
    dialect: Dialect,
    #[serde(rename = "tableSchema")]
    schema: Schema,
}

#[derive(Serialize)]
struct Language {
    #[serde(rename = "@language")]
    language: &'static str,
}

#[derive(Serialize)]
struct Dialect {
    encoding: &'static str,
    #[serde(rename = "lineTerminators")]
    line_terminators: [&'static str; 1],
    header: bool,
}

#[derive(Serialize)]
struct Schema {
    columns: Vec<Described>,
}

#[derive(Serialize)]
struct Described {
    name: String,
    titles: String,
    datatype: &'static str,
    /// What stands where a value is missing; explained in the description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    null: Vec<&'static str>,
}

/// The metadata of a table whose CSV has the file name `csv_name`, as indented JSON: title,
/// description with base, source, notes and what the marks mean, and every column with its type.
///
/// # Errors
/// When the table breaks the rules that [`csv`](super::csv) holds it to.
pub fn metadata(table: &Table, csv_name: &str) -> Result<Vec<u8>, TableError> {
    check(table)?;
    let mut names = BTreeSet::new();
    let columns = table.columns.iter().enumerate();
    let columns = columns.map(|(place, column)| described(table, place, column, &mut names)).collect();
    let metadata = Metadata {
        context: ("http://www.w3.org/ns/csvw", Language { language: "en-GB" }),
        url: csv_name,
        title: &table.title,
        description: description(table),
        source: &table.source,
        dialect: Dialect { encoding: "utf-8", line_terminators: ["\n"], header: true },
        schema: Schema { columns },
    };
    let mut text = serde_json::to_vec_pretty(&metadata)
        .map_err(|source| TableError::Metadata { table: table.name.clone(), source })?;
    text.push(b'\n');
    Ok(text)
}

fn description(table: &Table) -> String {
    let mut lines = vec![format!("Who answered: {}", table.base), format!("Source: {}", table.source)];
    lines.extend(table.notes.iter().map(|note| format!("Note: {note}")));
    lines.extend(table.marks().iter().map(|mark| format!("{} means {}", mark.symbol(), mark.meaning())));
    lines.join("\n")
}

fn described(table: &Table, place: usize, column: &Column, names: &mut BTreeSet<String>) -> Described {
    let values = || table.rows.iter().filter_map(|row| row.get(place));
    let marks: BTreeSet<&'static str> = values()
        .filter_map(|value| if let Value::Mark(mark) = value { Some(mark.symbol()) } else { None })
        .collect();
    Described {
        name: name(&column.header, place, names),
        titles: safe_text(&column.header).into_owned(),
        datatype: if column.numeric { datatype(values()) } else { "string" },
        null: marks.into_iter().collect(),
    }
}

/// The narrowest type that holds every value but marks. "<0.001" makes a column one of text.
fn datatype<'a>(values: impl Iterator<Item = &'a Value>) -> &'static str {
    let mut numbers = 0;
    let mut whole = true;
    for value in values {
        let text = match value {
            Value::Mark(_) => continue,
            Value::Text(text) | Value::Number(text) => {
                // As the file writes it, where a true minus sign is a plain one.
                text.strip_prefix(['+', '-', '\u{2212}']).unwrap_or(text)
            }
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        whole &= match text.split_once('.') {
            None if digits(text) => true,
            Some((before, after)) if digits(before) && digits(after) => false,
            _ => return "string",
        };
        numbers += 1;
    }
    if whole && numbers > 0 { "integer" } else { "decimal" }
}

/// A name that a program can use for a column: `Change (points)` becomes `change_points`.
fn name(header: &str, place: usize, taken: &mut BTreeSet<String>) -> String {
    let lower = header.to_ascii_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut name = if words.is_empty() { "column".to_owned() } else { words.join("_") };
    if !taken.insert(name.clone()) {
        // Headers differ, so a name with its place in it is free unless a header reads like it.
        name = format!("{name}_{}", place + 1);
        while !taken.insert(name.clone()) {
            name.push('_');
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::tests::table;
    use super::*;

    #[test]
    fn says_what_the_table_is() {
        let expected = r#"{
  "@context": [
    "http://www.w3.org/ns/csvw",
    {
      "@language": "en-GB"
    }
  ],
  "url": "01-change.csv",
  "dc:title": "Change in mean score by department, 2016 to 2017",
  "dc:description": "Who answered: 25 care providers\nSource: Relationship survey 2016 and 2017\nNote: Departments in the order of the questionnaire.\n[c] means not shown: too few answers to protect people\n[x] means not available",
  "dc:source": "Relationship survey 2016 and 2017",
  "dialect": {
    "encoding": "utf-8",
    "lineTerminators": [
      "\n"
    ],
    "header": true
  },
  "tableSchema": {
    "columns": [
      {
        "name": "department",
        "titles": "Department",
        "datatype": "string"
      },
      {
        "name": "number_who_answered",
        "titles": "Number who answered",
        "datatype": "integer",
        "null": [
          "[c]"
        ]
      },
      {
        "name": "change_points",
        "titles": "Change (points)",
        "datatype": "decimal",
        "null": [
          "[c]"
        ]
      },
      {
        "name": "p",
        "titles": "p",
        "datatype": "string",
        "null": [
          "[x]"
        ]
      }
    ]
  }
}
"#;
        let text = metadata(&table(), "01-change.csv").expect("written");
        assert_eq!(String::from_utf8(text).expect("UTF-8"), expected);
    }

    #[test]
    fn types_are_as_narrow_as_the_values_allow() {
        let of = |texts: &[&str]| {
            let values: Vec<Value> = texts.iter().map(|text| Value::Number((*text).to_owned())).collect();
            datatype(values.iter())
        };
        assert_eq!(of(&["1", "-2", "+3", "−4"]), "integer");
        assert_eq!(of(&["1", "2.50"]), "decimal");
        assert_eq!(of(&[]), "decimal");
        for odd in ["<0.001", "1,234", "12%", "1.", ".5", "1.2.3", "-", "n"] {
            assert_eq!(of(&["1", odd]), "string", "{odd}");
        }
    }

    #[test]
    fn column_names_are_unique() {
        let mut taken = BTreeSet::new();
        let headers = ["Change (points)", "Change, points", "%", "£", "Change points 2"];
        let names: Vec<String> =
            headers.iter().enumerate().map(|(place, header)| name(header, place, &mut taken)).collect();
        assert_eq!(names, ["change_points", "change_points_2", "column", "column_4", "change_points_2_5"]);
    }
}
