//! Surveys of any size, with invented answers and the mess of real exports: labels in one year and
//! codes in the next, no contact in blocks, blanks, and some of the people in every year.
//!
//! The same size and seed give the same files on every computer and with any number of threads:
//! every row has random numbers of its own.

mod people;
mod rows;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::diagnostics::Diagnostics;
use crate::progress::Watched;
use crate::survey::{self, DEFINITION};
use people::People;
use rows::Rows;

/// What is asked of whom; the years follow.
const SURVEY: &str = include_str!("survey.toml");
/// The second audience, where there is one.
const OFFICERS: &str = include_str!("officers.toml");
const FIRST_YEAR: usize = 2016;
/// Rows that one thread makes at a time.
const CHUNK: usize = 4096;

/// How many forms each year has.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub providers: usize,
    /// None for a survey of providers alone.
    pub officers: usize,
    pub waves: usize,
    pub seed: u64,
}

/// Why there is no survey.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    #[error("the folder {} is not empty; name one that is new or empty", .0.display())]
    NotEmpty(PathBuf),
    #[error("a survey needs at least one provider and one wave")]
    Nobody,
    #[error("{} could not be written: {source}", .file.display())]
    Io { file: PathBuf, source: io::Error },
    #[error("the definition of the simulation has errors:\n{0}")]
    Definition(Diagnostics),
}

/// Writes a definition, and per year a folder with an export per audience and the numbers invited.
///
/// # Errors
/// When the folder holds something already or cannot be written to.
pub fn simulate<'o>(size: Size, output: impl Into<Watched<'o>>) -> Result<(), SimulateError> {
    let watched = output.into();
    let output = watched.path;
    if size.providers == 0 || size.waves == 0 {
        return Err(SimulateError::Nobody);
    }
    let failed = |file: &Path| {
        let file = file.to_owned();
        move |source| SimulateError::Io { file, source }
    };
    let is_taken = fs::read_dir(output).is_ok_and(|mut entries| entries.next().is_some());
    if is_taken || output.is_file() {
        return Err(SimulateError::NotEmpty(output.to_owned()));
    }
    let definition = definition(size);
    let survey = survey::read(definition.as_bytes()).map_err(SimulateError::Definition)?;
    watched.expect(size.providers.saturating_add(size.officers).saturating_mul(size.waves) as u64);
    for (wave, entry) in survey.waves.iter().enumerate() {
        let folder = output.join(&entry.label);
        fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let mut invited = String::from("audience,breakdown,group,count\n");
        for (audience, forms) in [size.providers, size.officers].into_iter().enumerate().filter(|it| it.1 > 0)
        {
            let people = People::new(&survey, audience, forms, size.seed);
            people.write_invited(&mut invited);
            let rows = Rows::new(&survey, (wave, audience), &people);
            let file = output.join(&entry.files[audience][0].file);
            write_rows(&rows, forms, (&file, watched)).map_err(failed(&file))?;
        }
        let file = folder.join("population.csv");
        fs::write(&file, invited).map_err(failed(&file))?;
    }
    let file = output.join(DEFINITION);
    watched.over();
    fs::write(&file, definition).map_err(failed(&file))
}

fn definition(size: Size) -> String {
    let mut text = String::from(SURVEY);
    let mut officers = "";
    if size.officers > 0 {
        text = format!("{text}\n{OFFICERS}");
        officers = ", officers = \"YEAR/officers.csv\"";
    }
    for year in FIRST_YEAR..FIRST_YEAR + size.waves {
        let wave = format!(
            "\n[[wave]]\nlabel = \"YEAR\"\nfieldwork = {{ from = YEAR-06-01, to = YEAR-06-30 }}\n\
             date-format = \"%Y-%m-%d\"\nfiles = {{ providers = \"YEAR/providers.csv\"{officers} }}\n\
             population = \"YEAR/population.csv\"\n"
        );
        text += &wave.replace("YEAR", &format!("{year:04}"));
    }
    text
}

/// Chunks are made on all cores and written in order.
fn write_rows(rows: &Rows<'_>, forms: usize, (file, watched): (&Path, Watched<'_>)) -> io::Result<()> {
    let mut out = BufWriter::new(File::create_new(file)?);
    out.write_all(rows.header().as_bytes())?;
    let starts: Vec<usize> = (0..forms).step_by(CHUNK).collect();
    for starts in starts.chunks(4 * rayon::current_num_threads()) {
        let chunks: Vec<Vec<u8>> = starts
            .par_iter()
            .map(|&start| {
                let mut chunk = Vec::with_capacity(CHUNK * 256);
                for row in start..forms.min(start + CHUNK) {
                    rows.write(row, &mut chunk);
                }
                chunk
            })
            .collect();
        for chunk in chunks {
            out.write_all(&chunk)?;
        }
        let written = starts.last().map_or(0, |last| forms.min(last + CHUNK) - starts[0]) as u64;
        watched.done(written, written);
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;
    use crate::ingest::Code;
    use crate::survey::{Answer, Survey};

    fn simulated(size: Size) -> (tempfile::TempDir, Survey, ingest::Input) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        simulate(size, folder.path()).expect("written");
        let (survey, _) = ingest::definition(folder.path()).expect("a good definition");
        let mut found = Diagnostics::default();
        let waves: Vec<usize> = (0..survey.waves.len()).collect();
        let input = ingest::read(&survey, folder.path(), &waves, &mut found);
        assert!(!found.has_errors(), "{found}");
        (folder, survey, input)
    }

    #[test]
    fn what_is_simulated_reads_without_errors_and_has_its_mess() {
        let size = Size { providers: 300, officers: 40, waves: 2, seed: 1 };
        let (folder, survey, input) = simulated(size);
        let forms: Vec<usize> = input.responses.iter().map(|one| one.forms.len()).collect();
        assert_eq!(forms, [300, 40, 300, 40]);
        assert_eq!(survey.items(0, 0).len(), 88);
        let text = |file: &str| fs::read_to_string(folder.path().join(file)).expect("read");
        assert!(text("2016/providers.csv").contains("4 - High"), "labels in the first year");
        assert!(!text("2017/providers.csv").contains("4 - High"), "codes in the latest");
        let items = survey.items(1, 0);
        let untouched = input.responses[2].forms.iter().filter(|form| {
            let mut codes = items.iter().zip(&form.codes).filter(|(item, _)| item.department == Some(0));
            codes.all(|(_, code)| *code == Code::from(Answer::NoContact))
        });
        assert!(untouched.count() > 30, "no contact in blocks");
        let answers = |code: Code| {
            let forms = input.responses[2].forms.iter();
            forms.flat_map(|form| &form.codes).filter(|it| **it == code).count()
        };
        // Three in 256 of 300 times 88.
        assert!((200..450).contains(&answers(Code::from(Answer::Blank))), "blanks");
        let links = |wave: usize| -> std::collections::BTreeSet<String> {
            let forms = input.responses.iter().filter(|one| one.wave == wave).flat_map(|one| &one.forms);
            forms.filter_map(|form| form.link.clone()).collect()
        };
        assert!((150..300).contains(&links(0).intersection(&links(1)).count()), "some in both years");
        assert!(
            input.populations.iter().all(|one| one.invited(0, crate::tally::Group::Everyone) == Some(480))
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_on_one_thread_and_another_seed_others() {
        let size = Size { providers: 9000, officers: 0, waves: 1, seed: 1 };
        let bytes = |size: Size| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            simulate(size, folder.path()).expect("written");
            fs::read(folder.path().join("2016/providers.csv")).expect("read")
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
        assert!(bytes(size) == pool.install(|| bytes(size)));
        assert!(bytes(size) != bytes(Size { seed: 2, ..size }));
    }

    #[test]
    fn a_folder_that_holds_something_is_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("thesis.docx"), "years").expect("written");
        let size = Size { providers: 1, officers: 0, waves: 1, seed: 1 };
        assert!(matches!(simulate(size, folder.path()), Err(SimulateError::NotEmpty(_))));
        assert_eq!(fs::read_dir(folder.path()).expect("read").count(), 1);
    }
}
