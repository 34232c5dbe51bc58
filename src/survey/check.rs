//! From the typed definition to the one that the program runs on, listing every problem.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::definition::{
    AudienceEntry, CommitteeEntry, Definition, Minimum, ScaleEntry, SignEntry, Texts, WaveEntry,
};
use super::fold;
use super::model::{
    Analysis, AnswerFile, Asked, Audience, Breakdown, Combination, Committee, DepartmentDefinition, Mode,
    Names, Organisation, QuestionDefinition, ReliabilityBands, Sign, Survey, Wave,
};
use super::scale::Scale;
use super::source::Source;
use crate::diagnostics::{Diagnostics, nearest};
use crate::tally::MAX_SCORE;
use crate::words::plain_name;

/// Respondents that a figure needs where the definition does not say.
const DEFAULT_MINIMUM: u64 = 10;

/// The change in points to plan for where the definition does not say.
const DEFAULT_NOTICE_CHANGE: f64 = 0.25;

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
        typed.questions.iter().flat_map(|q| std::iter::once(&q.text).chain(&q.aliases)),
    );
    let questions = typed.questions.into_iter().map(|entry| QuestionDefinition {
        asked: check.asked(entry.waves, &wave_labels),
        id: check.id(&entry.id),
        short: entry.short.unwrap_or_else(|| entry.text.get_ref().clone()),
        text: entry.text.into_inner(),
        aliases: inner(entry.aliases),
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
    let departments: Vec<DepartmentDefinition> = departments.collect();

    let areas = check.areas(typed.areas, &questions, &departments);

    let audiences = typed.audiences.into_iter().map(|(id, entry)| {
        let minimum_respondents = minimums.remove(id.get_ref()).unwrap_or(DEFAULT_MINIMUM);
        check.audience(&id, entry, minimum_respondents, &wave_labels)
    });
    let audiences: Vec<Audience> = audiences.collect();
    let waves = typed.waves.into_iter().map(|entry| check.wave(entry, &audience_ids)).collect();
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
        audiences,
        waves,
        context: typed.context.map(|file| check.path(file.get_ref(), file.span())),
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

/// How many scores the scale has; `None` where that is itself a mistake, which is reported once.
fn steps(scale: &ScaleEntry) -> Option<usize> {
    usize::try_from(*scale.high.get_ref()).ok().filter(|high| (2..=MAX_SCORE).contains(high))
}

fn inner(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(Spanned::into_inner).collect()
}

pub(super) struct Check<'a> {
    source: Source<'a>,
    found: Diagnostics,
}

impl Check<'_> {
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

    fn asked(&mut self, waves: Option<Vec<Spanned<String>>>, labels: &[String]) -> Asked {
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

    fn scale(&mut self, typed: &ScaleEntry) -> Scale {
        if *typed.low.get_ref() != 1 {
            self.error(typed.low.span(), "a scale begins at 1", "low = 1");
        }
        let top = match u8::try_from(*typed.high.get_ref()) {
            Ok(top) if (2..=MAX_SCORE as u8).contains(&top) => top,
            _ => {
                self.error(typed.high.span(), "the top of a scale is from 2 to 10", "for example high = 4");
                2
            }
        };
        let no_contact = typed.no_contact.as_ref().and_then(|code| match u8::try_from(*code.get_ref()) {
            Ok(value) if value == 0 || (value > top && value < 100) => Some(value),
            _ => {
                self.error(
                    code.span(),
                    "the code for no contact cannot be a score",
                    "0, or a number above the scale",
                );
                None
            }
        });
        let mut labels: Vec<(u8, String)> = Vec::new();
        for (code, texts) in &typed.labels {
            let value = code.get_ref().parse::<u8>().ok();
            match value.filter(|value| (1..=top).contains(value) || no_contact == Some(*value)) {
                Some(value) => labels.extend(texts.iter().map(|text| (value, text.get_ref().clone()))),
                None => self.error(
                    code.span(),
                    "this label belongs to no answer of the scale",
                    "a score or the code for no contact",
                ),
            }
        }
        self.distinct("label", typed.labels.values().flatten());
        let end = |label: &Option<String>, or: &str| label.clone().unwrap_or_else(|| or.to_owned());
        Scale::new(top, [end(&typed.low_label, "low"), end(&typed.high_label, "high")], no_contact, labels)
    }

    /// One description per score, or none at all.
    fn levels(
        &mut self,
        typed: Option<Spanned<Vec<Spanned<String>>>>,
        question: &Spanned<String>,
        steps: Option<usize>,
    ) -> Vec<String> {
        let Some(typed) = typed else { return Vec::new() };
        let at = typed.span();
        let levels = typed.into_inner();
        if let Some(steps) = steps.filter(|steps| *steps != levels.len()) {
            let message = format!(
                "the question `{}` has {} levels, the scale {steps} scores",
                question.get_ref(),
                levels.len()
            );
            self.error(at, &message, &format!("{steps} descriptions, one per score, the lowest first"));
        }
        for level in levels.iter().filter(|level| level.get_ref().trim().is_empty()) {
            self.error(
                level.span(),
                "this level has no description",
                "a few words on what the score stands for",
            );
        }
        inner(levels)
    }

    /// A change that the scale has room for.
    fn notice_change(&mut self, typed: Option<Spanned<f64>>, steps: Option<usize>) -> f64 {
        let Some(typed) = typed else { return DEFAULT_NOTICE_CHANGE };
        let (change, widest) = (*typed.get_ref(), steps.map_or(f64::MAX, |steps| steps as f64 - 1.0));
        if !(change > 0.0 && change <= widest) {
            let message = format!("a change of {change} points cannot be planned for");
            self.error(
                typed.span(),
                &message,
                "points of the scale above 0, for example notice-change = 0.25",
            );
        }
        change
    }

    /// Two numbers, the second above the first.
    fn reliability(&mut self, typed: Option<Spanned<Vec<i64>>>) -> ReliabilityBands {
        let Some(typed) = typed else { return ReliabilityBands::default() };
        let bands = match typed.get_ref()[..] {
            [low, ok] if low < ok => u64::try_from(low).ok().zip(u64::try_from(ok).ok()),
            _ => None,
        };
        if let Some((low_from, ok_from)) = bands.filter(|(low, _)| *low > 0) {
            return ReliabilityBands { low_from, ok_from };
        }
        self.error(
            typed.span(),
            "the bands of reliability are two rising whole numbers",
            "reliability = [30, 50]: fewer than 30 answered is very low, fewer than 50 low",
        );
        ReliabilityBands::default()
    }

    fn minimums(&mut self, typed: Option<Spanned<Minimum>>, audiences: &[String]) -> BTreeMap<String, u64> {
        let Some(typed) = typed else { return BTreeMap::new() };
        let at = typed.span();
        let entries: Vec<(String, i64)> = match typed.into_inner() {
            Minimum::Everywhere(value) => audiences.iter().map(|id| (id.clone(), value)).collect(),
            Minimum::Each(entries) => entries.into_iter().collect(),
        };
        let mut minimums = BTreeMap::new();
        for (id, value) in entries {
            if !audiences.contains(&id) {
                self.unknown("audience", &id, at.clone(), audiences);
            }
            match u64::try_from(value) {
                Ok(minimum) if minimum >= 2 => drop(minimums.insert(id, minimum)),
                _ => self.error(at.clone(), "a minimum below 2 protects nobody", "2 or more; 10 is usual"),
            }
        }
        minimums
    }

    fn audience(
        &mut self,
        id: &Spanned<String>,
        entry: AudienceEntry,
        minimum: u64,
        waves: &[String],
    ) -> Audience {
        self.distinct("breakdown id", entry.breakdowns.iter().map(|breakdown| &breakdown.id));
        self.distinct("column", entry.breakdowns.iter().flat_map(|breakdown| &breakdown.columns));
        let breakdowns = entry.breakdowns.into_iter().map(|breakdown| {
            if breakdown.columns.is_empty() {
                let message = format!("the breakdown `{}` names no column", breakdown.id.get_ref());
                self.error(breakdown.id.span(), &message, "columns = [\"header in the export\"]");
            }
            self.distinct("group id", breakdown.groups.iter().map(|group| &group.id));
            let names =
                breakdown.groups.iter().flat_map(|group| std::iter::once(&group.label).chain(&group.aliases));
            self.distinct("group name", names);
            let groups = breakdown.groups.into_iter().map(|group| Names {
                id: self.id(&group.id),
                label: group.label.into_inner(),
                aliases: inner(group.aliases),
            });
            let groups: Vec<Names> = groups.collect();
            Breakdown {
                combine: self.combinations(breakdown.combine, &groups),
                combined: BTreeMap::new(),
                groups,
                asked: self.asked(breakdown.waves, waves),
                publish: breakdown.publish.unwrap_or(true),
                id: self.id(&breakdown.id),
                label: breakdown.label.into_inner(),
                columns: inner(breakdown.columns),
            }
        });
        Audience {
            breakdowns: breakdowns.collect(),
            id: self.id(id),
            label: entry.label.into_inner(),
            respondent: entry.respondent,
            link: entry.link,
            submitted: entry.submitted,
            finished: entry.finished.map(|sign| self.sign(sign, waves)),
            tests: entry.tests.map(|sign| {
                if sign.values.is_empty() {
                    let expected = "values = [\"Preview\", \"Test\"]";
                    self.error(sign.column.span(), "nothing says which value marks a test", expected);
                }
                self.sign(sign, waves)
            }),
            scores_departments: entry.departments,
            minimum_respondents: minimum,
        }
    }

    /// Lists of groups of a breakdown, each group in one at most, that go under a name of their own.
    fn combinations(
        &mut self,
        typed: Vec<Spanned<Vec<Spanned<String>>>>,
        groups: &[Names],
    ) -> Vec<Combination> {
        let known: Vec<String> = groups.iter().map(|group| group.id.clone()).collect();
        let mut taken = BTreeSet::new();
        let mut combinations: Vec<Combination> = Vec::new();
        for list in typed {
            let at = list.span();
            let mut members = BTreeSet::new();
            let (listed, errors) = (list.into_inner(), self.found.iter().count());
            for text in listed {
                match groups.iter().position(|group| group.means(text.get_ref())) {
                    None => self.unknown("group", text.get_ref(), text.span(), &known),
                    Some(group) if !taken.insert(group) => {
                        let message = format!("the group \"{}\" is combined a second time", text.get_ref());
                        self.error(text.span(), &message, "every group once");
                    }
                    Some(group) => drop(members.insert(group)),
                }
            }
            if self.found.iter().count() > errors {
                continue;
            }
            if members.len() < 2 || members.len() == groups.len() {
                self.error(
                    at,
                    "groups are combined two or more at a time, and not all of them",
                    "combine = [[\"south\", \"west\"]]; publish = false keeps a whole breakdown back",
                );
                continue;
            }
            let combination = Combination::of(groups, members);
            let Names { id, label, .. } = &combination.names;
            let clashes = |names: &Names| names.means(id) || names.means(label);
            if groups.iter().any(clashes) || combinations.iter().any(|other| clashes(&other.names)) {
                let message =
                    format!("combined, these groups are called \"{label}\" (`{id}`), as another is");
                self.error(at, &message, "another label or id for that group");
            }
            combinations.push(combination);
        }
        combinations
    }

    fn wave(&mut self, entry: WaveEntry, audiences: &[String]) -> Wave {
        let fieldwork = entry.fieldwork.and_then(|typed| {
            let dates =
                date(&typed.get_ref().from).zip(date(&typed.get_ref().to)).filter(|(from, to)| from <= to);
            if dates.is_none() {
                self.error(
                    typed.span(),
                    "the fieldwork needs two dates, the earlier first",
                    "{ from = 2016-06-01, to = 2016-07-31 }",
                );
            }
            dates
        });
        let mut files = vec![Vec::new(); audiences.len()];
        for (id, listed) in entry.files {
            match audiences.iter().position(|audience| audience == id.get_ref()) {
                Some(position) => {
                    let at = listed.span();
                    let listed = listed.into_inner().into_list();
                    let described = listed.into_iter().map(|entry| AnswerFile {
                        file: self.path(&entry.file, at.clone()),
                        mode: self.mode(entry.mode.as_deref(), at.clone()),
                    });
                    files[position].extend(described);
                }
                None => self.unknown("audience", id.get_ref(), id.span(), audiences),
            }
        }
        let mut invited = vec![None; audiences.len()];
        for (id, file) in entry.invited {
            match audiences.iter().position(|audience| audience == id.get_ref()) {
                Some(position) => invited[position] = Some(self.path(file.get_ref(), file.span())),
                None => self.unknown("audience", id.get_ref(), id.span(), audiences),
            }
        }
        Wave {
            invited,
            label: entry.label.into_inner(),
            fieldwork,
            date_format: entry.date_format.map(Spanned::into_inner),
            files,
            population: entry.population.map(|file| self.path(file.get_ref(), file.span())),
            published: entry.published.map(|file| self.path(file.get_ref(), file.span())),
            themes: entry.themes.map(|file| self.path(file.get_ref(), file.span())),
            released: entry
                .released
                .map(|folder| self.path(folder.get_ref(), folder.span()).trim_end_matches('/').to_owned()),
        }
    }

    /// How the forms of a file came in; online where nothing says otherwise.
    fn mode(&mut self, typed: Option<&str>, at: Range<usize>) -> Mode {
        let Some(typed) = typed else { return Mode::default() };
        let mode = Mode::ALL.into_iter().find(|mode| mode.id() == typed);
        if mode.is_none() {
            self.unknown("mode", typed, at, &Mode::ALL.map(|mode| mode.id().to_owned()));
        }
        mode.unwrap_or_default()
    }

    fn sign(&mut self, entry: SignEntry, waves: &[String]) -> Sign {
        let at = entry.column.span();
        let columns = entry.column.into_inner().into_list();
        if columns.is_empty() {
            self.error(at, "this names no column", "column = \"Status\"");
        }
        let values = entry.values.iter().map(|value| fold(value)).collect();
        Sign { columns, values, asked: self.asked(entry.waves, waves) }
    }

    /// A file under the input folder, with forward slashes whatever was typed.
    fn path(&mut self, typed: &str, at: Range<usize>) -> String {
        let path = typed.replace('\\', "/");
        let outside = path.starts_with('/') || path.contains(':') || path.split('/').any(|part| part == "..");
        if outside || path.is_empty() {
            let message = format!("\"{path}\" is not a file under the input folder");
            self.error(at, &message, "a path from the folder of survey.toml, such as \"2016/providers.csv\"");
        }
        path
    }
}

fn date(typed: &toml::value::Datetime) -> Option<Date> {
    let date = typed.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}
