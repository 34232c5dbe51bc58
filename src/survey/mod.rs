//! What was asked, of whom, and how answers are labelled.

mod audience;
mod benchmark;
mod cells;
mod check;
mod check_audience;
mod check_paper;
mod check_scale;
mod check_wave;
mod comparable;
mod definition;
#[cfg(test)]
mod definition_page;
mod fold;
mod model;
mod publication;
mod quoted;
mod report;
mod scale;
mod source;
mod style;
mod succession;
mod wave;
mod wording;

use crate::diagnostics::{Diagnostic, Diagnostics, Place};

pub use audience::{Audience, Breakdown, Combination, Sign};
pub use benchmark::{Benchmark, Renamed};
pub use cells::{Address, Item};
#[cfg(test)]
pub(crate) use check_wave::PLATFORMS;
pub use fold::fold;
pub(crate) use fold::{end_of_folded, start_of_folded};
pub use model::{
    Analysis, Area, Asked, Committee, DepartmentDefinition, InvalidAnswers, Names, Organisation,
    QuestionDefinition, ReliabilityBands, Survey,
};
pub use publication::Publication;
pub(crate) use quoted::quoted;
pub use report::{Report, SectionId};
pub use scale::{Answer, Scale};
pub use style::{LEAST_CONTRAST, Style};
pub use succession::Succession;
pub use wave::{AnswerFile, Mode, Wave};
pub use wording::Wording;

/// Name of the definition in the input folder.
pub const DEFINITION: &str = "survey.toml";

/// Reads and checks a definition.
///
/// # Errors
/// Every problem found, each with line and column.
pub fn read(bytes: &[u8]) -> Result<Survey, Diagnostics> {
    let text = match std::str::from_utf8(bytes) {
        // Notepad marks the beginning of UTF-8 files; that is no mistake of the analyst's.
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let mut found = Diagnostics::default();
            found.push(
                Diagnostic::error(
                    "encoding",
                    Place::line(DEFINITION, line),
                    "the definition is not saved as UTF-8",
                )
                .advice("in Notepad choose Save As and set Encoding to UTF-8"),
            );
            return Err(found);
        }
    };
    let source = source::Source { file: DEFINITION, text };
    check::survey(source, source.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../input/survey.toml");

    fn problems(text: &str) -> String {
        read(text.as_bytes()).map_or_else(|found| found.to_string(), |_| String::new())
    }

    #[test]
    fn the_sample_is_read_in_the_order_in_which_it_was_written() {
        let survey = read(SAMPLE.as_bytes()).unwrap();
        let audiences: Vec<&str> = survey.audiences.iter().map(|audience| audience.id.as_str()).collect();
        assert_eq!(audiences, ["providers", "officers"]);
        assert_eq!(survey.audiences[0].minimum_respondents, 5);
        assert_eq!(survey.audiences[1].minimum_respondents, 10);
        assert_eq!(survey.items(0, 0).len(), 88);
        assert_eq!(survey.items(0, 1).len(), 8);
    }

    #[test]
    fn a_byte_order_mark_is_no_mistake() {
        assert!(read(format!("\u{feff}{SAMPLE}").as_bytes()).is_ok());
    }

    #[test]
    fn every_unknown_key_is_listed_with_its_place_and_the_nearest_key() {
        let broken = SAMPLE
            .replace("synthetic = true", "synthetik = true")
            .replace("id = \"north\", label = \"North\"", "id = \"north\", label = \"North\", alias = \"N\"");
        let text = problems(&broken);
        assert!(text.contains("no key `synthetik`") && text.contains("nearest   synthetic"), "{text}");
        assert_eq!(text.matches("no key `alias`").count(), 2, "{text}");
        assert!(text.contains("survey.toml, line 6, column 1"), "{text}");
    }

    /// Reading all of them would take hours.
    #[test]
    fn a_hundred_unknown_keys_are_enough() {
        let keys: String = (0..20_000).map(|at| format!("k{at} = 1\n")).collect();
        assert_eq!(read(keys.as_bytes()).unwrap_err().iter().count(), 100);
    }

    #[test]
    fn an_area_may_have_one_name() {
        let named = |id: &str| SAMPLE.replace("id = \"trust-and-respect\"", &format!("id = \"{id}\""));
        let labelled = named("trust").replace("label = \"Trust and respect\"", "label = \"Trust\"");
        assert_eq!(problems(&labelled), "");
        assert!(problems(&named("coherent-engagement")).contains("stands here a second time"));
    }

    #[test]
    fn what_notepad_does_gets_a_helpful_word() {
        let curly = SAMPLE.replace("title = \"Relationship management survey\"", "title = “Survey”");
        assert!(problems(&curly).contains("curly quotation marks"), "{}", problems(&curly));
        let backslash = SAMPLE.replace("\"2016/population.csv\"", "\"2016\\population.csv\"");
        assert!(problems(&backslash).contains("forward slash"), "{}", problems(&backslash));
    }

    #[test]
    fn contradictions_are_all_listed() {
        let broken = SAMPLE
            .replace("id = \"Q2\"", "id = \"Q1\"")
            .replace("high = 4", "high = 40")
            .replace("officers = 10", "officer = 1")
            .replace("\"2016/officers.csv\"", "\"../officers.csv\"");
        let text = problems(&broken);
        for expected in [
            "\"Q1\" stands here a second time",
            "from 2 to 10",
            "no audience \"officer\"",
            "under the input folder",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    }

    #[test]
    fn a_question_has_one_level_per_score_or_none() {
        let survey = read(SAMPLE.as_bytes()).unwrap();
        assert_eq!(survey.questions[0].levels[1], "readily shared for a need");
        assert!(survey.questions[5].levels.is_empty());
        let three = problems(&SAMPLE.replace("  \"readily shared for a need\",\n", ""));
        assert!(three.contains("the question `Q1` has 3 levels, the scale 4 scores"), "{three}");
        let line = SAMPLE.lines().take_while(|line| !line.starts_with("levels")).count() + 1;
        assert!(three.contains(&format!("line {line}, column 10")) && three.contains('^'), "{three}");
        let empty = problems(&SAMPLE.replace("\"readily shared for a need\"", "\" \""));
        assert!(empty.contains("this level has no description"), "{empty}");
        // A scale that is itself a mistake is reported once, and not again by every question.
        let scale = problems(&SAMPLE.replace("high = 4", "high = 40"));
        assert!(!scale.contains("levels"), "{scale}");
    }

    #[test]
    fn bands_of_reliability_are_two_rising_numbers() {
        let with =
            |bands: &str| SAMPLE.replace("[disclosure]\n", &format!("[disclosure]\nreliability = {bands}\n"));
        let usual = read(SAMPLE.as_bytes()).unwrap().reliability;
        assert_eq!((usual.low_from, usual.ok_from), (30, 50));
        let own = read(with("[20, 100]").as_bytes()).unwrap().reliability;
        assert_eq!((own.low_from, own.ok_from), (20, 100));
        for wrong in ["[50, 30]", "[30, 30]", "[0, 30]", "[-1, 30]", "[30]", "[]", "[10, 30, 50]"] {
            let text = problems(&with(wrong));
            let place = SAMPLE.lines().take_while(|line| *line != "[disclosure]").count() + 2;
            assert!(
                text.contains("the bands of reliability are two rising whole numbers"),
                "{wrong}: {text}"
            );
            assert!(
                text.contains(&format!("line {place}, column 15")) && text.contains('^'),
                "{wrong}: {text}"
            );
            assert!(text.contains("reliability = [30, 50]"), "{wrong}: {text}");
        }
        for wrong in ["30", "[30.5, 50]", "\"low\""] {
            let text = problems(&with(wrong));
            assert!(text.contains("survey.toml, line") && text.contains('^'), "{wrong}: {text}");
        }
    }

    #[test]
    fn combined_groups_exist_once_and_get_a_name_of_their_own() {
        let with = |key: &str| {
            SAMPLE.replacen("label = \"Quadrant\"\n", &format!("label = \"Quadrant\"\n{key}\n"), 1)
        };
        let survey =
            read(with("combine = [[\"South\", \"west\"], [\"north\", \"mid\"]]").as_bytes()).unwrap();
        let combine = &survey.audiences[0].breakdowns[0].combine;
        let names: Vec<[&str; 2]> =
            combine.iter().map(|it| [it.names.id.as_str(), it.names.label.as_str()]).collect();
        assert_eq!(names, [["south-and-west", "South and West"], ["north-and-mid", "North and Mid"]]);
        for (key, said, column) in [
            ("combine = [[\"south\", \"wset\"]]", "there is no group \"wset\"", 22),
            (
                "combine = [[\"south\", \"west\"], [\"west\", \"mid\"]]",
                "\"west\" is combined a second time",
                32,
            ),
            ("combine = [[\"south\", \"South\"]]", "\"South\" is combined a second time", 22),
            ("combine = [[\"south\"]]", "two or more at a time, and not all", 12),
            ("combine = [[]]", "two or more at a time, and not all", 12),
            (
                "combine = [[\"north\", \"mid\", \"south\", \"west\", \"county-wide\"]]",
                "two or more at a time, and not all",
                12,
            ),
        ] {
            let text = problems(&with(key));
            let place = SAMPLE.lines().take_while(|line| *line != "label = \"Quadrant\"").count() + 2;
            assert!(text.contains(said) && text.contains('^'), "{key}: {text}");
            assert!(text.contains(&format!("line {place}, column {column}")), "{key}: {text}");
            assert_eq!(text.matches("error: ").count(), 1, "{key}: {text}");
        }
        let taken =
            with("combine = [[\"south\", \"west\"]]").replacen("\"County wide\"", "\"south AND west\"", 1);
        let text = problems(&taken);
        assert!(text.contains("combined, these groups are called \"South and West\""), "{text}");
    }

    #[test]
    fn the_change_to_plan_for_is_a_change_that_the_scale_has_room_for() {
        let with =
            |change: &str| SAMPLE.replace("notice-change = 0.25", &format!("notice-change = {change}"));
        assert_eq!(read(with("1").as_bytes()).unwrap().analysis.notice_change, 1.0);
        let without = SAMPLE.replace("notice-change = 0.25", "");
        assert_eq!(read(without.as_bytes()).unwrap().analysis.notice_change, 0.25);
        for wrong in ["0", "-0.25", "3.5", "nan", "inf"] {
            let text = problems(&with(wrong));
            assert!(text.contains("cannot be planned for") && text.contains('^'), "{wrong}: {text}");
        }
    }
}
