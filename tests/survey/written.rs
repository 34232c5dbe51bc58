//! What a run wrote, for tests of one input and what comes of it.

use std::collections::BTreeMap;

use crate::support::{Answer, Folder, Table, files, rmsurvey, run};

/// What a run wrote, and what the attack on its public folder said, which found nothing.
pub struct Written {
    /// By name under the output folder.
    pub files: BTreeMap<String, Vec<u8>>,
    pub audited: Answer,
}

impl Written {
    #[track_caller]
    pub fn of(input: &Folder) -> Written {
        let output = Folder::empty();
        let path = output.path().join("output");
        let path = path.to_str().expect("UTF-8");
        run(input.path(), path.as_ref()).expect_code(0);
        let audited = rmsurvey(["audit", path]).expect_code(0);
        Written { files: files(path.as_ref()), audited }
    }

    #[track_caller]
    pub fn bytes(&self, name: &str) -> &[u8] {
        self.files.get(name).unwrap_or_else(|| panic!("no {name}"))
    }

    /// A text, without the mark that Excel wants before it.
    #[track_caller]
    pub fn text(&self, name: &str) -> &str {
        let text = std::str::from_utf8(self.bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        text.trim_start_matches('\u{feff}')
    }

    /// A data file, such as `publish/data/results.csv`.
    #[track_caller]
    pub fn data(&self, name: &str) -> Table {
        Table::of(self.bytes(name))
    }

    /// The one public table of a name, whatever its number.
    #[track_caller]
    pub fn table_file(&self, name: &str) -> &str {
        let end = format!("-{name}.csv");
        let found: Vec<&str> = self.ending(&end).filter(|path| path.starts_with("publish/tables/")).collect();
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0]
    }

    #[track_caller]
    pub fn table(&self, name: &str) -> Table {
        self.data(self.table_file(name))
    }

    #[track_caller]
    pub fn table_text(&self, name: &str) -> &str {
        self.text(self.table_file(name))
    }

    /// The files whose names end so.
    pub fn ending(&self, end: &str) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(move |name| name.ends_with(end))
    }
}
