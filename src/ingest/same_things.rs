//! What another council's survey and this one have in common: audiences, departments and questions by
//! what the definition says, by id, or by label; never by their place.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::councils::KIND;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::share::SharedSurvey;
use crate::survey::{Benchmark, Renamed, Survey, fold};
use crate::tally::{Department, Question};

/// An average of another council.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SharedMean {
    pub respondents: u64,
    pub mean: f64,
    pub standard_error: Option<f64>,
    pub degrees_of_freedom: Option<u64>,
}

/// Averages by audience, department and question of this survey.
pub type Figures = BTreeMap<(usize, Department, Question), SharedMean>;

/// What of two surveys is the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Same {
    pub audiences: Matched,
    pub questions: Matched,
    pub departments: Matched,
    /// Whether both asked the same questions, so that averages over all of them can be compared.
    pub all_questions: bool,
}

/// What was found on both sides, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Matched {
    /// Their id and ours.
    pub pairs: Vec<(String, String)>,
    /// What they have and we do not: their ids.
    pub theirs_alone: Vec<String>,
    /// What we have and they do not: our ids.
    pub ours_alone: Vec<String>,
}

/// Something that both surveys may have: an id and the texts that stand for it.
struct Thing {
    id: String,
    texts: Vec<String>,
}

impl Thing {
    fn means(&self, other: &Thing) -> bool {
        self.texts.iter().any(|one| other.texts.iter().any(|text| fold(one) == fold(text)))
    }
}

/// Finds what is the same, and every figure of it.
pub(super) fn same(
    survey: &Survey,
    wave: usize,
    benchmark: &Benchmark,
    shared: &SharedSurvey,
    found: &mut Diagnostics,
) -> (Same, Figures) {
    let thing = |id: &str, texts: Vec<&str>| Thing {
        id: id.to_owned(),
        texts: texts.into_iter().map(str::to_owned).collect(),
    };
    let of = |what, map| Matching { what, file: &benchmark.file, map };
    let ours = survey.audiences.iter().enumerate();
    let ours = ours.filter(|(audience, _)| !survey.waves[wave].files[*audience].is_empty());
    let ours: Vec<_> = ours.map(|(at, it)| (at, thing(&it.id, vec![&it.label]))).collect();
    let theirs: Vec<Thing> = shared.audiences.iter().map(|it| thing(&it.id, vec![&it.label])).collect();
    let (audiences, matched_audiences) = of("audience", &benchmark.audiences).pairs(&theirs, &ours, found);

    let ours = survey.questions.iter().enumerate().filter(|(_, it)| it.asked.in_wave(wave));
    let ours: Vec<_> = ours.map(|(at, it)| (at, thing(&it.id, it.texts_in(wave).collect()))).collect();
    let theirs: Vec<Thing> = shared.questions.iter().map(|it| thing(&it.id, vec![&it.text])).collect();
    let (questions, matched_questions) = of("question", &benchmark.questions).pairs(&theirs, &ours, found);

    let ours = survey.departments.iter().enumerate().filter(|(_, it)| it.asked.in_wave(wave));
    let ours: Vec<_> = ours
        .map(|(at, it)| {
            let texts = it.names.all().filter(|text| *text != it.names.id).collect();
            (at, thing(&it.names.id, texts))
        })
        .collect();
    let theirs: Vec<Thing> = shared.departments.iter().map(|it| thing(&it.id, vec![&it.label])).collect();
    let (departments, matched_departments) =
        of("department", &benchmark.departments).pairs(&theirs, &ours, found);

    let all_questions = matched_questions.theirs_alone.is_empty() && matched_questions.ours_alone.is_empty();
    let figures = shared.figures.iter().filter_map(|figure| {
        let audience = *audiences.get(figure.audience.as_str())?;
        let department = match figure.department.as_str() {
            "all" => Department::All,
            "whole" => Department::Whole,
            one => Department::One(*departments.get(one)?),
        };
        let question = match figure.question.as_str() {
            "all" => all_questions.then_some(Question::All)?,
            one => Question::One(*questions.get(one)?),
        };
        let mean = SharedMean {
            respondents: figure.respondents,
            mean: figure.mean,
            standard_error: figure.se,
            degrees_of_freedom: figure.df,
        };
        Some(((audience, department, question), mean))
    });
    let figures: Figures = figures.collect();
    let same = Same {
        audiences: matched_audiences,
        questions: matched_questions,
        departments: matched_departments,
        all_questions,
    };
    if figures.is_empty() {
        found.push(
            Diagnostic::warning(KIND, Place::file(&benchmark.file), "nothing of this file can be compared")
                .advice("say under its [[benchmark]] which of its ids are which of yours"),
        );
    } else if !all_questions {
        let message =
            "the two surveys do not ask the same questions, so averages over all questions are not compared";
        let Matched { theirs_alone, ours_alone, .. } = &same.questions;
        found.push(Diagnostic::notice(KIND, Place::file(&benchmark.file), message).found(format!(
            "only there: {}; only here: {}",
            or_none(theirs_alone),
            or_none(ours_alone)
        )));
    }
    (same, figures)
}

fn or_none(ids: &[String]) -> String {
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

/// One kind of thing.
struct Matching<'a> {
    what: &'static str,
    file: &'a str,
    map: &'a [Renamed],
}

impl Matching<'_> {
    /// Their ids with our positions, each of either at most once.
    fn pairs(
        &self,
        theirs: &[Thing],
        ours: &[(usize, Thing)],
        found: &mut Diagnostics,
    ) -> (BTreeMap<String, usize>, Matched) {
        self.unknown(theirs, found);
        let mapped = |id: &str| self.map.iter().find(|renamed| renamed.theirs == id);
        let mut pairs: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for thing in theirs {
            if let Some(position) = mapped(&thing.id).and_then(|renamed| renamed.ours)
                && ours.iter().any(|(at, _)| *at == position)
            {
                pairs.insert(thing.id.clone(), position);
                taken.insert(position);
            }
        }
        let open = |thing: &&Thing| mapped(&thing.id).is_none();
        for thing in theirs.iter().filter(open) {
            let Some((position, own)) = ours.iter().find(|(_, own)| own.id == thing.id) else { continue };
            // Ids are often mere numbers: what is asked in the same words is the same.
            let is_another = !own.means(thing) && ours.iter().any(|(_, other)| other.means(thing));
            if taken.contains(position) || is_another {
                continue;
            }
            if !own.means(thing) {
                self.worded_otherwise(thing, own, found);
            }
            pairs.insert(thing.id.clone(), *position);
            taken.insert(*position);
        }
        for thing in theirs.iter().filter(open) {
            let own = ours.iter().find(|(at, own)| !taken.contains(at) && own.means(thing));
            if let Some((position, _)) = own.filter(|_| !pairs.contains_key(&thing.id)) {
                pairs.insert(thing.id.clone(), *position);
                taken.insert(*position);
            }
        }
        let id = |position: usize| {
            ours.iter().find(|(at, _)| *at == position).map_or_else(String::new, |(_, own)| own.id.clone())
        };
        let in_order = theirs.iter().filter_map(|it| Some((it.id.clone(), id(*pairs.get(&it.id)?))));
        let alone = theirs.iter().filter(|it| !pairs.contains_key(&it.id)).map(|it| it.id.clone());
        let ours_alone = ours.iter().filter(|(at, _)| !taken.contains(at)).map(|(_, it)| it.id.clone());
        let matched = Matched {
            pairs: in_order.collect(),
            theirs_alone: alone.collect(),
            ours_alone: ours_alone.collect(),
        };
        (pairs, matched)
    }

    /// Ids of the definition that the file does not have.
    fn unknown(&self, theirs: &[Thing], found: &mut Diagnostics) {
        let known: Vec<&str> = theirs.iter().map(|thing| thing.id.as_str()).collect();
        for renamed in self.map.iter().filter(|renamed| !known.contains(&renamed.theirs.as_str())) {
            let message = format!("{} has no {} \"{}\"", self.file, self.what, renamed.theirs);
            found.push(
                Diagnostic::error(KIND, renamed.place.clone(), message)
                    .expected(known.join(", "))
                    .nearest(nearest(&renamed.theirs, known.iter().copied()))
                    .advice("their id stands at the left, yours at the right"),
            );
        }
    }

    fn worded_otherwise(&self, theirs: &Thing, ours: &Thing, found: &mut Diagnostics) {
        let Matching { what, file, .. } = self;
        let first = |thing: &Thing| thing.texts.first().cloned().unwrap_or_default();
        let id = &theirs.id;
        found.push(
            Diagnostic::warning(
                KIND,
                Place::file(*file),
                format!("the {what} `{id}` is called otherwise here, and is compared because its id is the same"),
            )
            .found(format!("there \"{}\", here \"{}\"", first(theirs), first(ours)))
            .advice(format!(
                "if they are not the same, say under its [[benchmark]]  {what}s = {{ \"{id}\" = \"\" }}; if they are, {what}s = {{ \"{id}\" = \"{id}\" }}"
            )),
        );
    }
}
