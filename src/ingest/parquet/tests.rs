#![allow(clippy::unwrap_used)] // Clippy does not see that helpers of a test are tests.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;

use super::*;
use crate::diagnostics::Diagnostics;
use crate::ingest::{self, Input, Ledger};
use crate::simulate::{Size, simulate};
use crate::survey::DEFINITION;
use crate::tally::{Cell, Counts, count, count_files};

/// A column of a file that a test writes; `None` is a value that is not there.
enum Column {
    Text(Vec<Option<String>>),
    Int32(Vec<Option<i32>>),
    Int64(Vec<Option<i64>>),
    Double(Vec<Option<f64>>),
}

fn texts(texts: &[Option<&str>]) -> Column {
    Column::Text(texts.iter().map(|text| text.map(str::to_owned)).collect())
}

impl Column {
    fn physical(&self) -> Physical {
        match self {
            Column::Text(_) => Physical::BYTE_ARRAY,
            Column::Int32(_) => Physical::INT32,
            Column::Int64(_) => Physical::INT64,
            Column::Double(_) => Physical::DOUBLE,
        }
    }
}

/// Values that are there, and for each whether it is.
fn split<T: Clone>(values: &[Option<T>]) -> (Vec<T>, Vec<i16>) {
    (values.iter().flatten().cloned().collect(), values.iter().map(|it| i16::from(it.is_some())).collect())
}

/// Writes a file of the same rows in each of some groups.
fn written(columns: &[(String, ConvertedType, Column)], compression: Compression, groups: usize) -> Vec<u8> {
    let fields = columns.iter().map(|(name, converted, column)| {
        let field = Type::primitive_type_builder(name, column.physical());
        let field = field.with_repetition(Repetition::OPTIONAL).with_converted_type(*converted);
        Arc::new(field.build().unwrap())
    });
    let schema = Type::group_type_builder("answers").with_fields(fields.collect()).build().unwrap();
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).unwrap();
    for _ in 0..groups {
        let mut group = writer.next_row_group().unwrap();
        for (_, _, column) in columns {
            let mut into = group.next_column().unwrap().unwrap();
            match (into.untyped(), column) {
                (ColumnWriter::ByteArrayColumnWriter(into), Column::Text(values)) => {
                    let (values, levels) = split(values);
                    let values: Vec<ByteArray> =
                        values.iter().map(|it| ByteArray::from(it.as_str())).collect();
                    into.write_batch(&values, Some(&levels), None).unwrap();
                }
                (ColumnWriter::Int32ColumnWriter(into), Column::Int32(values)) => {
                    let (values, levels) = split(values);
                    into.write_batch(&values, Some(&levels), None).unwrap();
                }
                (ColumnWriter::Int64ColumnWriter(into), Column::Int64(values)) => {
                    let (values, levels) = split(values);
                    into.write_batch(&values, Some(&levels), None).unwrap();
                }
                (ColumnWriter::DoubleColumnWriter(into), Column::Double(values)) => {
                    let (values, levels) = split(values);
                    into.write_batch(&values, Some(&levels), None).unwrap();
                }
                _ => panic!("another type than that of the schema"),
            }
            into.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.into_inner().unwrap()
}

/// Three forms: texts, whole numbers, numbers that blanks made fractions of, dates.
fn forms(groups: usize, compression: Compression) -> Vec<u8> {
    use ConvertedType::{DATE, NONE, TIME_MILLIS, TIMESTAMP_MILLIS, UINT_32, UTF8};
    let columns = [
        ("Reference", UTF8, texts(&[Some("1"), Some("2"), None])),
        ("Submitted", DATE, Column::Int32(vec![Some(16_967), None, Some(-1)])),
        ("Sent", TIMESTAMP_MILLIS, Column::Int64(vec![Some(1_465_948_800_500), Some(-1), None])),
        ("Area", UTF8, texts(&[Some("North"), Some("South"), Some("")])),
        ("Q1", NONE, Column::Int32(vec![Some(4), Some(0), None])),
        ("Q2", NONE, Column::Double(vec![Some(3.0), Some(f64::NAN), Some(2.5)])),
        ("Comment", UTF8, texts(&[Some("fine, all of \"it\"\r\nthank you"), None, Some("=1")])),
        ("Took", TIME_MILLIS, Column::Int32(vec![Some(100), None, None])),
        ("Members", UINT_32, Column::Int32(vec![Some(-1), None, Some(7)])),
    ];
    written(
        &columns.map(|(name, converted, column)| (name.to_owned(), converted, column)),
        compression,
        groups,
    )
}

const ROWS: &str = "1,2016-06-15,2016-06-15T00:00:00.5,North,4,3,\"fine, all of \"\"it\"\"  thank you\",(neither a text nor a number),4294967295
2,,1969-12-31T23:59:59.999,South,0,,,,
,1969-12-31,,,,2.5,=1,,7
";

#[test]
fn cells_are_the_text_that_an_export_has() {
    let header =
        "\"Reference\",\"Submitted\",\"Sent\",\"Area\",\"Q1\",\"Q2\",\"Comment\",\"Took\",\"Members\"\n";
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for compression in [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        zstd,
        Compression::GZIP(Default::default()),
        Compression::LZ4_RAW,
    ] {
        for groups in [0, 1, 3] {
            let text = String::from_utf8(whole(&forms(groups, compression)).unwrap()).unwrap();
            assert_eq!(text, header.to_owned() + &ROWS.repeat(groups));
        }
    }
}

#[test]
fn a_file_that_is_none_is_refused() {
    for bytes in [&b""[..], b"PAR1", b"a,b\n1,2\n", &forms(1, Compression::SNAPPY)[..200]] {
        let refused = whole(bytes).unwrap_err();
        assert!(refused.message.starts_with("the Parquet file cannot be read"), "{}", refused.message);
    }
}

/// A list has no place in a cell, and shifts none of the others.
#[test]
fn a_list_is_no_cell() {
    let schema =
        "required group Ticks (LIST) { repeated group list { required int32 element; } } required int32 Q1;";
    let schema = Arc::new(parse_message_type(&format!("message answers {{ {schema} }}")).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (values, levels) in [(&[1, 2, 3][..], Some((&[1, 1, 1][..], &[0, 1, 0][..]))), (&[4, 3], None)] {
        let mut into = group.next_column().unwrap().unwrap();
        let ColumnWriter::Int32ColumnWriter(column) = into.untyped() else { panic!("whole numbers") };
        column.write_batch(values, levels.map(|it| it.0), levels.map(|it| it.1)).unwrap();
        into.close().unwrap();
    }
    group.close().unwrap();
    let text = String::from_utf8(whole(&writer.into_inner().unwrap()).unwrap()).unwrap();
    let none = "(neither a text nor a number)";
    assert_eq!(text, format!("\"Ticks.list.element\",\"Q1\"\n{none},4\n{none},3\n"));
}

type Account = (Vec<(Cell, Counts)>, Vec<Ledger>, String);

/// What is counted and booked, without what kind of file it was.
fn account(cells: Vec<(Cell, Counts)>, input: Input, found: &Diagnostics) -> Account {
    let plain = |ledger: Ledger| Ledger {
        file: String::new(),
        encoding: String::new(),
        delimiter: String::new(),
        sha256: String::new(),
        answers: Vec::new(),
        ..ledger
    };
    (
        cells,
        input.ledgers.into_iter().map(plain).collect(),
        found.to_string().replace(".parquet", ".csv").replace("csv, row", "csv, line"),
    )
}

/// As `run` reads it, and as `tally` does.
fn accounts(folder: &Path) -> [Account; 2] {
    let (survey, _) = ingest::definition(folder).unwrap();
    let mut found = Diagnostics::default();
    let input = ingest::read(&survey, folder, &[0], &mut found);
    let counted = count(&survey, &[0], &input);
    let cells = counted.tally.iter().map(|(cell, entry)| (*cell, entry.counts)).collect();
    let mut said = Diagnostics::default();
    let (streamed, booked) = count_files(&survey, folder, &[0], &mut said);
    assert_eq!(input.files, booked.files);
    [account(cells, input, &found), account(streamed.into_iter().collect(), booked, &said)]
}

/// A survey as CSV and as Parquet, with a second form, a row of nobody and an answer off the scale.
#[test]
fn the_same_answers_give_the_same_counts_and_the_same_account() {
    let folder = tempfile::tempdir().unwrap();
    simulate(Size { providers: 4500, officers: 0, waves: 1, seed: 4 }, folder.path()).unwrap();
    let file = folder.path().join("2016/providers.csv");
    let mut text = fs::read_to_string(&file).unwrap();
    let again = text.lines().nth(7).unwrap().to_owned();
    let width = again.split(',').count();
    text += &format!("{again}\n{}\n", vec![""; width].join(","));
    let off = text.lines().nth(20).unwrap().to_owned();
    text = text.replace(&off, &format!("{},9", off.rsplit_once(',').unwrap().0));
    fs::write(&file, &text).unwrap();
    let definition = fs::read_to_string(folder.path().join(DEFINITION)).unwrap();
    let definition =
        definition.replace("[disclosure]", "[analysis]\ninvalid-answers = \"leave-out\"\n[disclosure]");
    fs::write(folder.path().join(DEFINITION), &definition).unwrap();
    let [run, tally] = accounts(folder.path());
    assert_eq!(run, tally);
    assert_eq!((run.1[0].rows.read, run.1[0].rows.duplicates), (4502, 1));
    assert!(run.1[0].cells.left_out == 1 && run.2.contains("line 21"), "{}", run.2);

    let mut rows = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let rows: Vec<Vec<String>> = rows.collect();
    let columns = header.into_iter().enumerate().map(|(at, name)| {
        let cells = rows.iter().map(|row| Some(row[at].clone()).filter(|cell| !cell.is_empty()));
        let is_answer = name.starts_with('Q');
        if is_answer {
            let answers = cells.map(|cell| cell.map(|cell| cell.parse().unwrap()));
            (name, ConvertedType::NONE, Column::Int32(answers.collect()))
        } else {
            (name, ConvertedType::UTF8, Column::Text(cells.collect()))
        }
    });
    let bytes = written(&columns.collect::<Vec<_>>(), Compression::SNAPPY, 1);
    assert!(bytes.len() < text.len() / 4);
    fs::write(folder.path().join("2016/providers.parquet"), bytes).unwrap();
    let definition = definition.replace("providers.csv", "providers.parquet");
    fs::write(folder.path().join(DEFINITION), definition).unwrap();
    for (kind, account) in ["run", "tally"].into_iter().zip(accounts(folder.path())) {
        assert!(account.0 == run.0, "{kind}");
        assert_eq!(account.1, run.1, "{kind}");
        assert_eq!(account.2, run.2, "{kind}");
    }
}
