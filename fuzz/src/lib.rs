//! What the fuzz targets share: a small survey in a folder, of which a target replaces a file and
//! reads everything.

use std::fs;
use std::path::{Path, PathBuf};

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::ingest::{self, Input};
use rmsurvey::survey::Survey;
use rmsurvey::tally;

const DEFINITION: &str = include_str!("../survey/survey.toml");
const ANSWERS: &[u8] = include_bytes!("../../tests/fixtures/plain-short.csv");
const OTHER_COUNCIL: &[u8] = include_bytes!("../seeds/beside-council");

/// Everything that lies beside the definition, without a mistake in it.
pub const FILES: [(&str, &[u8]); 11] = [
    ("answers.csv", ANSWERS),
    ("paper.csv", b"Reference,Area,Q1 Example Council,Q1 Finance,Q1 Safeguarding,Q2 Example Council,Q2 Finance,Q2 Safeguarding\n103,North,1,3,2,2,4,1\n104,,2,2,2,2,2,2\n"),
    ("later.csv", ANSWERS),
    ("invited.csv", b"Reference,Area\n101,North\n102,South\n103,North\n104,South\n105,South\n"),
    ("published.csv", b"audience,department,question,breakdown,group,mean,respondents,reason\nproviders,whole,,,,2.16,3,Averaged\nproviders,finance,Q1,,,2.4,,\nproviders,all,all,area,north,2,2,\n"),
    ("themes.csv", b"audience,respondent,theme,comment\nproviders,p1,Pay,too late\nproviders,p2,pay,\n"),
    ("context.csv", b"measure,year,value,source\nPeople supported,2017,12 345,Returns\n"),
    ("population.csv", b"audience,breakdown,group,count\nproviders,all,all,14\nproviders,area,north,8\nproviders,area,south,6\n"),
    ("actions.csv", b"area,recommendation,status,owner,date,note\ntrust,Meet,Done,Somebody,2017-12-31,\n"),
    ("commentary.md", b"# summary\n\nWords, **bold**.\n\n# 2017/providers/whole/Q1/all/all\n\n- a\n- b\n"),
    ("other-council.json", OTHER_COUNCIL),
];

/// The survey in a folder of this process.
pub struct Desk {
    pub folder: PathBuf,
    survey: Survey,
}

impl Desk {
    /// The survey with the given file of answers in place of `answers.csv`.
    pub fn with_answers(name: &str) -> Desk {
        let folder = std::env::temp_dir().join(format!("rmsurvey-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let definition = DEFINITION.replace("\"answers.csv\"", &format!("\"{name}\""));
        let survey = rmsurvey::survey::read(definition.as_bytes()).expect("a definition without mistakes");
        let desk = Desk { folder, survey };
        for (name, bytes) in FILES {
            desk.write(name, bytes);
        }
        desk
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.join(name), bytes).expect("a file");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Reads everything; what was read is used or listed, whatever was wrong with it.
    pub fn read(&self) -> (Input, Diagnostics) {
        let mut found = Diagnostics::default();
        let waves = [0, 1];
        let input = ingest::read(&self.survey, &self.folder, &waves, &mut found);
        for ledger in &input.ledgers {
            assert!(ledger.balances(), "what was read is not what was used and listed: {ledger:?}");
        }
        let used: u64 = input.ledgers.iter().map(|ledger| ledger.rows.used).sum();
        let forms: usize = input.responses.iter().map(|responses| responses.forms.len()).sum();
        assert_eq!(used, forms as u64, "rows used and forms");
        found.to_string();
        if !found.has_errors() {
            tally::count(&self.survey, &waves, &input);
        }
        (input, found)
    }
}

/// The parts of a workbook, packed as they are.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        archive.start_file(*name, stored).expect("a part");
        std::io::Write::write_all(&mut archive, bytes).expect("a part");
    }
    archive.finish().expect("an archive").into_inner()
}

/// An export that a definition takes up as a new wave: whatever is wrong with the export, the definition
/// is as sound as it was, and has every line that it had.
pub fn add(folder: &Path, export: PathBuf) {
    let added = match rmsurvey::draft::add(folder, DEFINITION.as_bytes(), &[export]) {
        Ok(added) => added,
        Err(found) => {
            let is_broken = found.iter().any(|it| it.place.file == rmsurvey::survey::DEFINITION);
            assert!(!is_broken, "the addition is a mistake in the definition: {found}");
            return;
        }
    };
    rmsurvey::survey::read(added.text.as_bytes()).expect("a definition without mistakes");
    let mut lines = added.text.lines();
    for line in DEFINITION.lines() {
        // A list may have got longer, and one text become a list: its beginning is as it was.
        let stem = line.trim_end_matches([']', '}', ',', ' ']);
        let listed = stem.replacen("= \"", "= [\"", 1);
        let is_there = lines.any(|now| now.starts_with(stem) || now.starts_with(&listed));
        assert!(is_there, "{line}\n{}", added.text);
    }
}

/// A draft from an export must at least be TOML; and what it asks for in notes is not a mistake of form.
pub fn draft(folder: &Path, export: PathBuf) {
    let Ok(drafted) = rmsurvey::draft::draft(folder, &[export]) else { return };
    if let Err(found) = rmsurvey::survey::read(drafted.text.as_bytes()) {
        let is_form = found.iter().any(|it| ["syntax", "definition", "unknown-key"].contains(&it.kind));
        assert!(!is_form, "{found}\n{}", drafted.text);
    }
}
