//! What the tests share: the sample, figures by their ids, folders to edit, and the built binary.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::ingest::{self, Input, Ledger};
use rmsurvey::ratio::Ratio;
use rmsurvey::survey::{Address, Survey};
use rmsurvey::tally::{self, Counts};
use tempfile::TempDir;

/// The folder of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sample survey that comes with the program.
pub fn sample_input() -> PathBuf {
    repository().join("input")
}

/// A file of `tests/expected`.
pub fn expected(file: &str) -> String {
    fs::read_to_string(repository().join("tests/expected").join(file)).expect("an expected file")
}

/// An input folder as the library reads and counts it.
pub struct Counted {
    pub survey: Survey,
    pub input: Input,
    pub found: Diagnostics,
    cells: BTreeMap<Address, Counts>,
    /// `tally.csv` as a run writes it.
    pub csv: String,
}

/// The ids of a figure, to be narrowed down from an audience's headline.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    pub wave: &'a str,
    pub audience: &'a str,
    pub department: &'a str,
    pub question: &'a str,
    pub breakdown: &'a str,
    pub group: &'a str,
}

impl<'a> At<'a> {
    /// All departments and questions pooled, everyone.
    pub fn providers(wave: &'a str) -> At<'a> {
        let all = "all";
        At { wave, audience: "providers", department: all, question: all, breakdown: all, group: all }
    }

    /// The council as one organisation (all that officers score), all questions pooled, everyone.
    pub fn officers(wave: &'a str) -> At<'a> {
        At { audience: "officers", department: "whole", ..At::providers(wave) }
    }

    pub fn department(self, department: &'a str) -> At<'a> {
        At { department, ..self }
    }

    pub fn question(self, question: &'a str) -> At<'a> {
        At { question, ..self }
    }

    pub fn group(self, breakdown: &'a str, group: &'a str) -> At<'a> {
        At { breakdown, group, ..self }
    }

    fn address(self) -> Address {
        Address {
            wave: self.wave.to_owned(),
            audience: self.audience.to_owned(),
            department: self.department.to_owned(),
            question: self.question.to_owned(),
            breakdown: self.breakdown.to_owned(),
            group: self.group.to_owned(),
        }
    }
}

impl Counted {
    /// Reads and counts a folder whose definition is sound; the exports may have problems. What
    /// `rmsurvey tally` counts in one pass has to be the same.
    #[track_caller]
    pub fn of(folder: &Path) -> Counted {
        let counted = Counted::by_forms(folder);
        let Counted { survey, input, found, csv, .. } = &counted;
        let waves: Vec<usize> = (0..survey.waves.len()).collect();
        let mut said = Diagnostics::default();
        let (cells, streamed) = tally::count_files(survey, folder, &waves, &mut said);
        assert_eq!(said.to_string(), found.to_string());
        assert_eq!(said, *found);
        assert_eq!(rmsurvey::publish::tally_csv(survey, cells.iter()).expect("a tally"), *csv);
        assert_eq!((&streamed.rejects, &streamed.corrected), (&input.rejects, &input.corrected));
        assert_eq!((&streamed.proposed, &streamed.files), (&input.proposed, &input.files));
        let booked = |ledger: &Ledger| Ledger { answers: Vec::new(), ..ledger.clone() };
        let [one_pass, by_forms] = [&streamed, input].map(|input| input.ledgers.iter().map(booked));
        assert!(one_pass.eq(by_forms));
        counted
    }

    /// As the whole pipeline reads and counts it.
    pub fn by_forms(folder: &Path) -> Counted {
        let (survey, _) = ingest::definition(folder).expect("a sound definition");
        let waves: Vec<usize> = (0..survey.waves.len()).collect();
        let mut found = Diagnostics::default();
        let input = ingest::read(&survey, folder, &waves, &mut found);
        let counted = tally::count(&survey, &waves, &input);
        let cells = counted.tally.iter().map(|(cell, entry)| (survey.address(cell), entry.counts)).collect();
        let counts = counted.tally.iter().map(|(cell, entry)| (cell, &entry.counts));
        let csv = rmsurvey::publish::tally_csv(&survey, counts).expect("a tally");
        Counted { survey, input, found, cells, csv }
    }

    pub fn counts(&self, at: At<'_>) -> Counts {
        *self.cells.get(&at.address()).unwrap_or_else(|| panic!("no cell {at:?}"))
    }

    /// The mean as the exact ratio of the sum of scores to their number.
    pub fn mean(&self, at: At<'_>) -> Ratio {
        let counts = self.counts(at);
        Ratio::new(counts.sum(), counts.answers()).unwrap_or_else(|| panic!("no scores at {at:?}"))
    }
}

/// The sample, read and counted once.
pub fn sample() -> &'static Counted {
    static SAMPLE: OnceLock<Counted> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let counted = Counted::of(&sample_input());
        assert!(!counted.found.has_errors(), "{}", counted.found);
        counted
    })
}

/// The sample's questions in the order of the questionnaire.
pub const QUESTIONS: [&str; 8] = ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"];

/// Keys by falling mean.
pub struct Ranking<'k>(Vec<(Ratio, &'k str)>);

impl<'k> Ranking<'k> {
    pub fn of(keys: &[&'k str], mean: impl Fn(&'k str) -> Ratio) -> Ranking<'k> {
        let mut ranked: Vec<(Ratio, &str)> = keys.iter().map(|key| (mean(key), *key)).collect();
        ranked.sort_by(|a, b| b.0.partial_cmp(&a.0).expect("comparable"));
        Ranking(ranked)
    }

    /// The keys in places `from..to` (from 0), as a set; in what order they stand does not matter.
    /// A mean that ties with one outside would make the answer arbitrary and is refused.
    #[track_caller]
    pub fn places(&self, from: usize, to: usize) -> BTreeSet<&'k str> {
        for cut in [from, to].into_iter().filter(|cut| (1..self.0.len()).contains(cut)) {
            let [above, below] = [&self.0[cut - 1], &self.0[cut]];
            assert!(above.0 > below.0, "{} and {} tie at {}", above.1, below.1, above.0.rounded(3));
        }
        self.0[from..to].iter().map(|(_, key)| *key).collect()
    }

    #[track_caller]
    pub fn highest(&self, count: usize) -> BTreeSet<&'k str> {
        self.places(0, count)
    }

    #[track_caller]
    pub fn lowest(&self, count: usize) -> BTreeSet<&'k str> {
        self.places(self.0.len() - count, self.0.len())
    }

    /// All keys, no two of which may tie.
    #[track_caller]
    pub fn order(&self) -> Vec<&'k str> {
        (0..self.0.len()).flat_map(|place| self.places(place, place + 1)).collect()
    }
}

/// A folder of a test's own; gone when the test ends.
pub struct Folder(TempDir);

impl Folder {
    pub fn empty() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A copy of a folder, to be edited.
    pub fn copy_of(original: &Path) -> Folder {
        let copy = Folder::empty();
        for (name, bytes) in files(original) {
            copy.write(&name, &bytes);
        }
        copy
    }

    /// A copy of the sample input.
    pub fn sample() -> Folder {
        Folder::copy_of(&sample_input())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect("a file to remove");
    }

    /// Edits an export, which stays in its encoding.
    pub fn edit(&self, name: &str, edit: impl FnOnce(&mut Export)) {
        let mut export = Export::of(&self.read(name));
        edit(&mut export);
        self.write(name, export.bytes());
    }

    /// Replaces a text that must be there, once.
    pub fn replace(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{name} has no {from:?}");
        self.write(name, text.replacen(from, to, 1));
    }
}

/// An export as rows of cells, the header first, to be edited and put back in the encoding and with
/// the line ends that it had.
#[derive(Clone, Debug)]
pub struct Export {
    pub rows: Vec<Vec<String>>,
    encoding: &'static encoding_rs::Encoding,
    has_mark: bool,
    line_end: &'static str,
}

impl Export {
    fn of(bytes: &[u8]) -> Export {
        let has_mark = bytes.starts_with("\u{feff}".as_bytes());
        let is_utf_8 = std::str::from_utf8(bytes).is_ok();
        let encoding = if is_utf_8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
        let (text, ..) = encoding.decode(bytes);
        let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let Table { header, rows } = Table::of(text.as_bytes());
        Export { rows: std::iter::once(header).chain(rows).collect(), encoding, has_mark, line_end }
    }

    fn bytes(&self) -> Vec<u8> {
        let quoted = |cell: &String| {
            let needs = cell.contains([',', '"', '\n', '\r']);
            if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
        };
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + self.line_end;
        let mark = if self.has_mark { "\u{feff}" } else { "" };
        let text = mark.to_owned() + &self.rows.iter().map(line).collect::<String>();
        self.encoding.encode(&text).0.into_owned()
    }

    /// Only the columns whose header is wanted.
    pub fn keep(&mut self, is_wanted: impl Fn(&str) -> bool) {
        let wanted: Vec<bool> = self.rows[0].iter().map(|header| is_wanted(header)).collect();
        assert!(wanted.contains(&false), "nothing to leave out");
        for row in &mut self.rows {
            let mut position = 0;
            row.retain(|_| {
                position += 1;
                wanted[position - 1]
            });
        }
    }

    /// One more column at the end.
    pub fn append(&mut self, header: &str, cell: impl Fn(usize) -> &'static str) {
        for (position, row) in self.rows.iter_mut().enumerate() {
            row.push(if position == 0 { header.to_owned() } else { cell(position).to_owned() });
        }
    }
}

/// Every file below a folder, by its name under it with forward slashes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), into);
            } else {
                into.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, "", &mut found);
    found
}

/// What the binary answered.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Answer {
        assert_eq!(self.code, code, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    /// Every part has to stand in what was said on standard error.
    #[track_caller]
    pub fn expect_said(self, parts: &[&str]) -> Answer {
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is not said in:\n{}", self.err);
        }
        self
    }
}

/// Runs the built binary.
pub fn rmsurvey<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Answer {
    let run = Command::new(env!("CARGO_BIN_EXE_rmsurvey")).args(arguments).output();
    let Output { status, stdout, stderr } = run.expect("the binary runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Answer { code: status.code().expect("an exit code"), out: text(stdout), err: text(stderr) }
}

/// Runs the whole pipeline without pictures.
pub fn run(input: &Path, output: &Path) -> Answer {
    let [input, output] = [input, output].map(|path| path.to_str().expect("UTF-8"));
    rmsurvey(["run", "--input", input, "--output", output, "--no-png"])
}

/// What was said about the input, without what follows it.
pub fn findings(answer: &Answer) -> &str {
    answer.err.split("\nNothing was written").next().unwrap_or_default()
}

/// Holds a message to what stands in the test, indented as the test is.
#[track_caller]
pub fn assert_reads(found: &str, expected: &str) {
    let lines = expected.lines().map(|line| line.strip_prefix("    ").unwrap_or(line));
    let expected = lines.collect::<Vec<_>>().join("\n");
    assert_eq!(found.trim(), expected.trim(), "\n--- found\n{found}");
}

/// What one run of the sample wrote, shared by the tests that only read it.
pub fn sample_output() -> &'static BTreeMap<String, Vec<u8>> {
    static OUTPUT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    OUTPUT.get_or_init(|| {
        let output = Folder::empty();
        run(&sample_input(), output.path()).expect_code(0);
        files(output.path())
    })
}

/// A csv file with one header row.
#[derive(Clone, Debug)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn of(bytes: &[u8]) -> Table {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
        let mut rows: Vec<Vec<String>> = reader.records().map(|row| cells(row.expect("a row"))).collect();
        Table { header: rows.remove(0), rows }
    }

    /// The position of a column that must be there.
    #[track_caller]
    pub fn column(&self, name: &str) -> usize {
        let position = self.header.iter().position(|header| header == name);
        position.unwrap_or_else(|| panic!("no column {name:?} among {:?}", self.header))
    }
}

/// A data file of the sample run, such as `publish/data/results.csv`.
pub fn data(name: &str) -> Table {
    Table::of(sample_output().get(name).unwrap_or_else(|| panic!("no {name}")))
}

/// A published table of the sample run by its name, whatever its number.
pub fn table(name: &str) -> Table {
    let is_it = |path: &str| path.starts_with("publish/tables/") && path.ends_with(&format!("-{name}.csv"));
    let found: Vec<&String> = sample_output().keys().filter(|path| is_it(path)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    data(found[0])
}

/// A survey of two questions to one audience, for cases that the sample would make slow or unclear.
pub mod small {
    use super::Folder;

    const DEFINITION: &str = r#"format = 1
title = "Small survey"
synthetic = true

[organisation]
name = "Example Council"

[scale]
low = 1
high = 4
no-contact = 0

[scale.labels]
0 = ["No contact"]
4 = ["High"]

[[question]]
id = "Q1"
text = "How well do we share information?"

[[question]]
id = "Q2"
text = "How well do we trust each other?"

[audience.providers]
label = "Care providers"
respondent = ["Reference"]

[[audience.providers.breakdown]]
id = "area"
label = "Area"
columns = ["Area"]
groups = [{ id = "north", label = "North" }, { id = "south", label = "South" }]

[[wave]]
label = "2016"
files = { providers = "2016.csv" }

[[wave]]
label = "2017"
files = { providers = "2017.csv" }

[disclosure]
minimum-respondents = 2

[analysis]
invalid-answers = "stop"
"#;

    /// Three forms in 2016 and four in 2017.
    pub fn folder() -> Folder {
        let folder = Folder::empty();
        folder.write("survey.toml", DEFINITION);
        folder.write("2016.csv", "Reference,Area,Q1,Q2\n1,North,1,2\n2,North,2,3\n3,South,3,0\n");
        folder.write("2017.csv", "Reference,Area,Q1,Q2\n1,North,2,2\n2,North,3,4\n3,South,3,\n4,South,4,4\n");
        folder
    }
}
