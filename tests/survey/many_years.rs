//! Surveys of other shapes than the sample's, made here: many years, many groups, many questions, long
//! labels, a year without an audience, one answer only, figures that are not shown. The whole run goes
//! over each, and of every picture that it draws each text keeps clear of the edges and of all others.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::disclose::{Policy, decide, release_decided};
use rmsurvey::publish::Options;
use rmsurvey::publish::charts::draw;
use rmsurvey::publish::exhibits::exhibits;
use rmsurvey::view::View;
use rmsurvey::{estimate, ingest, tally};

use crate::support::Folder;

/// A survey to be made.
#[derive(Clone, Copy)]
struct Shape {
    name: &'static str,
    waves: usize,
    questions: usize,
    departments: usize,
    groups: usize,
    /// Forms per audience and wave.
    forms: usize,
    minimum: usize,
    /// Every label has 120 letters.
    is_wordy: bool,
    /// Every form gives one score throughout, half of them a 2 and half a 3: all averages are alike.
    is_equal: bool,
    /// The wave in which officers were not asked.
    without_officers: Option<usize>,
    /// Forms of the last group: too few to be shown.
    few: Option<usize>,
}

const PLAIN: Shape = Shape {
    name: "plain",
    waves: 2,
    questions: 3,
    departments: 2,
    groups: 3,
    forms: 36,
    minimum: 5,
    is_wordy: false,
    is_equal: false,
    without_officers: None,
    few: None,
};

const SHAPES: [Shape; 9] = [
    Shape { name: "three-years", waves: 3, questions: 8, ..PLAIN },
    Shape { name: "five-years", waves: 5, groups: 2, without_officers: Some(2), ..PLAIN },
    Shape { name: "ten-years", waves: 10, questions: 2, groups: 2, departments: 1, ..PLAIN },
    Shape { name: "twelve-groups", groups: 12, forms: 96, departments: 1, ..PLAIN },
    Shape { name: "twelve-questions", questions: 12, groups: 2, departments: 3, ..PLAIN },
    Shape { name: "long-labels", waves: 3, is_wordy: true, questions: 2, groups: 2, ..PLAIN },
    Shape { name: "all-equal", waves: 3, is_equal: true, ..PLAIN },
    Shape { name: "one-withheld", waves: 3, few: Some(2), groups: 4, ..PLAIN },
    Shape { name: "all-withheld", waves: 3, minimum: 1000, ..PLAIN },
];

/// The next of a row of numbers without pattern, the same in every run.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

impl Shape {
    fn label(&self, word: &str, number: usize) -> String {
        let label = format!("{word} {}", number + 1);
        if !self.is_wordy {
            return label;
        }
        let more = " of those who plan, commission and provide care and support with and for people who live at home in the county";
        format!("{label}{more}").chars().take(120).collect()
    }

    fn definition(&self) -> String {
        let mut text = format!(
            "format = 1\ntitle = \"Survey of {}\"\nsynthetic = true\n[organisation]\nname = \"County Council\"\nshort = \"CC\"\n\
             [scale]\nlow = 1\nhigh = 4\nno-contact = 0\nlow-label = \"low\"\nhigh-label = \"high\"\n[whole]\nlabel = \"CC as one organisation\"\n",
            self.name
        );
        for question in 0..self.questions {
            let label = self.label("Matter", question);
            let levels =
                "levels = [\"told\", \"consulted before key decisions\", \"involved\", \"decided together\"]";
            writeln!(
                text,
                "[[question]]\nid = \"Q{}\"\ntext = \"{label}?\"\nshort = \"{label}\"\n{levels}",
                question + 1
            )
            .unwrap();
        }
        for department in 0..self.departments {
            let label = self.label("Department", department);
            writeln!(text, "[[department]]\nid = \"d{department}\"\nlabel = \"{label}\"").unwrap();
        }
        for (id, label, departments) in
            [("providers", "Care providers", true), ("officers", "Council officers", false)]
        {
            let groups: Vec<String> = (0..self.groups)
                .map(|group| format!("{{ id = \"g{group}\", label = \"{}\" }}", self.label("Area", group)))
                .collect();
            writeln!(
                text,
                "[audience.{id}]\nlabel = \"{label}\"\nrespondent = [\"ID\"]\nlink = [\"Reference\"]\ndepartments = {departments}\n\
                 [[audience.{id}.breakdown]]\nid = \"area\"\nlabel = \"Area\"\ncolumns = [\"Area\"]\ngroups = [{}]",
                groups.join(", ")
            )
            .unwrap();
        }
        for wave in 0..self.waves {
            let files = self
                .asked(wave)
                .map(|id| format!("{id} = \"{wave}/{id}.csv\""))
                .collect::<Vec<_>>()
                .join(", ");
            writeln!(text, "[[wave]]\nlabel = \"{}\"\nfiles = {{ {files} }}", 2015 + wave).unwrap();
        }
        writeln!(
            text,
            "[disclosure]\nminimum-respondents = {{ providers = {0}, officers = {0} }}",
            self.minimum
        )
        .unwrap();
        text
    }

    fn asked(&self, wave: usize) -> impl Iterator<Item = &'static str> {
        let all = self.without_officers != Some(wave);
        ["providers", "officers"].into_iter().filter(move |id| all || *id == "providers")
    }

    fn export(&self, wave: usize, audience: &str) -> String {
        let has_departments = audience == "providers";
        let mut seed = (wave * 7 + audience.len()) as u64 + 1;
        let mut header = vec!["ID".to_owned(), "Reference".to_owned(), "Area".to_owned()];
        for question in 0..self.questions {
            let asked = format!("Q{} {}?", question + 1, self.label("Matter", question));
            if has_departments {
                header.push(format!("{asked} - CC as one organisation"));
                header.extend(
                    (0..self.departments).map(|one| format!("{asked} - {}", self.label("Department", one))),
                );
            } else {
                header.push(asked);
            }
        }
        let quoted = |cells: &[String]| {
            cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n"
        };
        let mut text = quoted(&header);
        for form in 0..self.forms {
            let group = match self.few {
                Some(few) if form < few => self.groups - 1,
                Some(_) => form % (self.groups - 1),
                None => form % self.groups,
            };
            let mut row = vec![format!("{wave}-{form}"), format!("R{form}"), self.label("Area", group)];
            let liking = next(&mut seed) % 2 + (wave as u64 * 3 + group as u64) % 2;
            row.resize_with(header.len(), || {
                let answer = match next(&mut seed) % 8 {
                    0 if has_departments => 0,
                    some => (1 + liking + some % 2).min(4),
                };
                if self.is_equal { (2 + form % 2).to_string() } else { answer.to_string() }
            });
            text += &quoted(&row);
        }
        text
    }

    fn input(&self) -> Folder {
        let folder = Folder::empty();
        folder.write("survey.toml", self.definition());
        for wave in 0..self.waves {
            self.asked(wave).for_each(|id| folder.write(&format!("{wave}/{id}.csv"), self.export(wave, id)));
        }
        folder
    }
}

/// Every text of every chart keeps clear of the edges and of all other texts; how many charts there are.
fn drawn(shape: &Shape, input: &Path) -> usize {
    let (survey, _) = ingest::definition(input).expect(shape.name);
    let waves: Vec<usize> = (0..survey.waves.len()).collect();
    let mut found = Diagnostics::default();
    let input = ingest::read(&survey, input, &waves, &mut found);
    assert!(!found.has_errors(), "{}: {found:?}", shape.name);
    let figures = estimate::estimate(&tally::count(&survey, &waves, &input));
    let decisions = Arc::new(decide(&survey, &figures));
    let release = release_decided(&survey, &figures, &decisions, Policy::Public);
    let view = View { survey: &survey, release: &release, waves: &waves };
    let charts: Vec<_> = exhibits(&view, &[]).into_iter().filter_map(|exhibited| exhibited.chart).collect();
    for chart in &charts {
        let drawn = draw(chart).unwrap();
        let name = format!("{} of {}", chart.name, shape.name);
        for (index, text) in drawn.text_boxes().iter().enumerate() {
            assert!(text.area.left >= 0.0 && text.area.right <= 960.0, "{name}: {text:?} leaves the canvas");
            for other in &drawn.text_boxes()[index + 1..] {
                assert!(!text.area.intersects(&other.area), "{name}: {text:?} meets {other:?}");
            }
        }
        let words = chart.headline.split_whitespace().count();
        assert!(words <= 10 || shape.is_wordy, "{name}: {words} words in \"{}\"", chart.headline);
    }
    charts.len()
}

#[test]
fn surveys_of_every_shape_run_and_nothing_overlaps() {
    // To look at them: a folder that gets each output, pictures included.
    let kept = std::env::var_os("RMSURVEY_SHAPES");
    std::thread::scope(|scope| {
        for shape in &SHAPES {
            let kept = kept.as_deref().map(Path::new);
            scope.spawn(move || {
                let input = shape.input();
                let output = Folder::empty();
                let into = kept.map_or_else(|| output.path().to_owned(), |kept| kept.join(shape.name));
                let options = Options {
                    output: &into,
                    waves: &[],
                    pictures: kept.is_some(),
                    draft: false,
                    ends: false,
                };
                rmsurvey::run(input.path(), &options)
                    .unwrap_or_else(|error| panic!("{}: {error:?}", shape.name));
                let charts = drawn(shape, input.path());
                let is_empty = shape.minimum > shape.forms;
                // Where nothing is shown there is nothing to see.
                assert_eq!((charts > 8, charts == 0), (!is_empty, is_empty), "{}: {charts}", shape.name);
                let read = |name: &str| std::fs::read_to_string(into.join(name)).unwrap();
                assert!(!read("publish/findings.md").contains("NaN"), "{}", shape.name);
            });
        }
    });
}
