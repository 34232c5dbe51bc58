//! From the typed definition to the one that the program runs on, listing every problem.

use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::audience::Audience;
use super::check_scale::steps;
use super::definition::{CommitteeEntry, Definition, Texts, WaveEntry};
use super::fold;
use super::model::{
    Analysis, Asked, Committee, DepartmentDefinition, Names, Organisation, QuestionDefinition, Survey,
};
use super::source::Source;
use super::succession::Defined;
use crate::diagnostics::{Diagnostics, Place};
use crate::nearest::nearest;
use crate::words::plain_name;

/// Respondents that a figure needs where the definition does not say.
const DEFAULT_MINIMUM: u64 = 10;

/// Files are named after ids and waves, two ids and a wave at most, and no system takes a name of more
/// than 255 letters.
const LONGEST_NAME: usize = 60;

/// Group and department ids with a meaning of their own.
const RESERVED: [&str; 4] = ["all", "whole", "rest", "not-stated"];

pub(super) fn survey(source: Source<'_>, typed: Definition) -> Result<Survey, Diagnostics> {
    let mut check = Check { source, found: Diagnostics::default() };
    if *typed.format.get_ref() != 1 {
        check.error(typed.format.span(), "this version reads definitions of format 1", "format = 1");
    }
    let wave_labels: Vec<String> = typed.waves.iter().map(|wave| wave.label.get_ref().clone()).collect();
    let audience_ids: Vec<String> = typed.audiences.keys().map(|id| id.get_ref().clone()).collect();
    check.distinct("wave", typed.waves.iter().map(|wave| &wave.label));
    check.waves_have_names_of_their_own(&typed.waves);
    for (what, missing) in [
        ("[[question]]", typed.questions.is_empty()),
        ("[audience.<id>]", typed.audiences.is_empty()),
        ("[[wave]]", typed.waves.is_empty()),
    ] {
        if missing {
            check.error(0..0, &format!("the definition has no {what}"), &format!("at least one {what}"));
        }
    }

    let scale = check.scale(&typed.scale);
    let steps = steps(&typed.scale);
    let mut minimums = check.minimums(typed.disclosure.minimum_respondents, &audience_ids);
    check.distinct("question id", typed.questions.iter().map(|question| &question.id));
    check.distinct(
        "question text",
        typed.questions.iter().flat_map(|q| {
            std::iter::once(&q.text).chain(&q.aliases).chain(q.wordings.iter().map(|wording| &wording.text))
        }),
    );
    let questions = typed.questions.into_iter().map(|entry| QuestionDefinition {
        asked: check.asked(entry.waves, &wave_labels),
        id: check.id(&entry.id),
        short: entry.short.unwrap_or_else(|| entry.text.get_ref().clone()),
        text: entry.text.into_inner(),
        aliases: inner(entry.aliases),
        wordings: check.wordings(entry.wordings, &wave_labels),
        levels: check.levels(entry.levels, &entry.id, steps),
        element: entry.element,
    });
    let questions: Vec<QuestionDefinition> = questions.collect();

    check.distinct("department id", typed.departments.iter().map(|department| &department.id));
    let department_names = typed.departments.iter().flat_map(|d| std::iter::once(&d.label).chain(&d.aliases));
    let whole_names = typed.whole.iter().flat_map(|w| std::iter::once(&w.label).chain(&w.aliases));
    check.distinct("department name", whole_names.chain(department_names));
    let departments = typed.departments.into_iter().map(|entry| DepartmentDefinition {
        asked: check.asked(entry.waves, &wave_labels),
        names: Names {
            id: check.id(&entry.id),
            label: entry.label.into_inner(),
            aliases: inner(entry.aliases),
        },
    });
    let mut departments: Vec<DepartmentDefinition> = departments.collect();

    let areas = check.areas(typed.areas, &questions, &departments);

    let audiences = typed.audiences.into_iter().map(|(id, entry)| {
        let minimum_respondents = minimums.remove(id.get_ref()).unwrap_or(DEFAULT_MINIMUM);
        check.audience(&id, entry, minimum_respondents, &wave_labels)
    });
    let mut audiences: Vec<Audience> = audiences.collect();
    let defined = Defined { departments: &mut departments, audiences: &mut audiences, waves: &wave_labels };
    let successions = check.successions(typed.successions, defined);
    let waves = typed.waves.into_iter().map(|entry| check.wave(entry, &audience_ids)).collect();
    let benchmarks = check.benchmarks(typed.benchmarks, &audience_ids, &questions, &departments);
    let style = check.style(typed.style, &audiences);

    let survey = Survey {
        title: typed.title.into_inner(),
        organisation: Organisation {
            short: typed.organisation.short.unwrap_or_else(|| typed.organisation.name.clone()),
            name: typed.organisation.name,
            contact: typed.organisation.contact,
        },
        committee: check.committee(typed.committee),
        synthetic: typed.synthetic,
        draft: false,
        scale,
        questions,
        whole: typed.whole.map(|entry| Names {
            id: "whole".to_owned(),
            label: entry.label.into_inner(),
            aliases: inner(entry.aliases),
        }),
        departments,
        successions,
        audiences,
        waves,
        context: typed.context.map(|file| check.path(file.get_ref(), file.span())),
        benchmarks,
        ignore: typed.ignore.iter().map(|header| fold(header)).collect(),
        unanimity: typed.disclosure.unanimity.unwrap_or(true),
        reliability: check.reliability(typed.disclosure.reliability),
        areas,
        report: check.report(typed.report),
        style,
        analysis: Analysis {
            invalid_answers: typed.analysis.invalid_answers,
            finite_population_correction: typed.analysis.finite_population_correction.unwrap_or(true),
            notice_change: check.notice_change(typed.analysis.notice_change, steps),
        },
    };
    if check.found.has_errors() { Err(check.found) } else { Ok(survey) }
}

pub(super) fn inner(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(Spanned::into_inner).collect()
}

pub(super) struct Check<'a> {
    source: Source<'a>,
    pub(super) found: Diagnostics,
}

impl Check<'_> {
    /// Where a text of the definition stands.
    pub(super) fn place(&self, at: Range<usize>) -> Place {
        self.source.error("definition", at, "").place
    }

    pub(super) fn error(&mut self, at: Range<usize>, message: &str, expected: &str) {
        self.found.push(self.source.error("definition", at, message).expected(expected));
    }

    fn committee(&mut self, typed: CommitteeEntry) -> Committee {
        let day = typed.date.and_then(|typed| {
            let day = date(typed.get_ref());
            if day.is_none() {
                self.error(typed.span(), "the committee meets on a day", "2018-03-15");
            }
            day
        });
        Committee {
            name: typed.name,
            date: day,
            report_number: typed.report_number,
            enquiries_to: typed.enquiries_to,
            purpose: typed.purpose,
            recommendations: typed.recommendations.map(Texts::into_list).unwrap_or_default(),
        }
    }

    /// An id: what files carry and addresses name.
    pub(super) fn id(&mut self, id: &Spanned<String>) -> String {
        let text = id.get_ref();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if text.is_empty() || text.len() > LONGEST_NAME || !text.chars().all(plain) {
            self.error(
                id.span(),
                &format!("`{text}` cannot be an id"),
                &format!("letters a to z, digits and hyphens only, {LONGEST_NAME} at most"),
            );
        } else if RESERVED.contains(&text.as_str()) {
            self.error(id.span(), &format!("the id `{text}` has a meaning of its own"), "another id");
        }
        text.clone()
    }

    /// Texts by which something is found have to differ.
    pub(super) fn distinct<'t>(&mut self, what: &str, texts: impl Iterator<Item = &'t Spanned<String>>) {
        let mut seen = BTreeSet::new();
        for text in texts {
            if !seen.insert(fold(text.get_ref())) {
                let message = format!("the {what} \"{}\" stands here a second time", text.get_ref());
                self.error(text.span(), &message, &format!("every {what} once"));
            }
        }
    }

    /// Files are named after waves, with letters and digits only.
    fn waves_have_names_of_their_own(&mut self, waves: &[WaveEntry]) {
        for (position, wave) in waves.iter().enumerate() {
            let name = plain_name(wave.label.get_ref());
            let taken = waves[..position].iter().any(|other| plain_name(other.label.get_ref()) == name);
            if taken || name.is_empty() {
                let message =
                    format!("the label \"{}\" leaves no file name of its own", wave.label.get_ref());
                self.error(wave.label.span(), &message, "letters or digits that no other wave's label has");
            } else if name.len() > LONGEST_NAME {
                let message = "files cannot be named after this wave: its label is too long";
                let expected = format!("a year or a few words, {LONGEST_NAME} letters and digits at most");
                self.error(wave.label.span(), message, &expected);
            }
        }
    }

    pub(super) fn asked(&mut self, waves: Option<Vec<Spanned<String>>>, labels: &[String]) -> Asked {
        let Some(waves) = waves else { return Asked::Always };
        let positions = waves.iter().filter_map(|wave| {
            let position = labels.iter().position(|label| label == wave.get_ref());
            if position.is_none() {
                self.unknown("wave", wave.get_ref(), wave.span(), labels);
            }
            position
        });
        Asked::In(positions.collect())
    }

    pub(super) fn unknown(&mut self, what: &str, text: &str, at: Range<usize>, known: &[String]) {
        let message = format!("there is no {what} \"{text}\" in this definition");
        let diagnostic = self.source.error("definition", at, message);
        let nearest = nearest(text, known.iter().map(String::as_str));
        self.found.push(diagnostic.expected(known.join(", ")).nearest(nearest));
    }

    /// A file under the input folder, with forward slashes whatever was typed.
    pub(super) fn path(&mut self, typed: &str, at: Range<usize>) -> String {
        let path = typed.replace('\\', "/");
        let outside = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
        if outside || path.is_empty() {
            let message = format!("\"{path}\" is not a file under the input folder");
            self.error(at, &message, "a path from the folder of survey.toml, such as \"2016/providers.csv\"");
        }
        path
    }
}

pub(super) fn date(typed: &toml::value::Datetime) -> Option<Date> {
    let date = typed.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}
