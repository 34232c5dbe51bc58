//! A release beside the definition that it speaks of: what findings and publishers read.

use crate::disclose::{Policy, Release, ReleasedBenchmark, StandardisedKey, WeightingKey};
use crate::estimate::{
    By, Change, ContactChange, Estimate, Figure, Gap, GapKey, Standardised, Weighted, Weighting,
};
use crate::survey::{Audience, Survey};
use crate::tally::{Cell, Department, Group, Question};
use crate::words::{capital, counted, listed, within};

/// Decimals of a mean, as published.
pub const MEAN_DECIMALS: u32 = 2;

/// A release beside the definition that it speaks of.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub survey: &'a Survey,
    pub release: &'a Release,
    /// The waves of this run, earliest first.
    pub waves: &'a [usize],
}

impl<'a> View<'a> {
    /// Whether anyone may read what is made from it.
    pub fn is_public(&self) -> bool {
        self.release.policy == Policy::Public
    }

    /// A released figure; `None` when withheld or not there.
    pub fn figure(&self, cell: &Cell) -> Option<&'a Figure> {
        self.release.result(cell)?.figure.value()
    }

    /// The mean of a cell, if it is shown and there is one.
    pub fn mean(&self, cell: &Cell) -> Option<&'a Estimate> {
        self.figure(cell)?.mean.as_ref()
    }

    /// A released change; `None` when withheld or not there.
    pub fn change(&self, cell: &Cell, from_wave: usize) -> Option<&'a Change> {
        self.release.change(cell, from_wave)?.figure.value()
    }

    /// A released gap; `None` when withheld or not there.
    pub fn gap(&self, key: &GapKey) -> Option<&'a Gap> {
        self.release.gap(key)?.figure.value()
    }

    /// A released attempt to weight; `None` when withheld or not there.
    pub fn released_weighting(&self, key: &WeightingKey) -> Option<&'a Weighting> {
        self.release.weighting(key)?.figure.value()
    }

    /// An audience weighted to all that is known of everyone invited, where that may be shown and
    /// could be done.
    pub fn weighted(&self, wave: usize, audience: usize) -> Option<&'a Weighted> {
        self.released_weighting(&WeightingKey { wave, audience, by: By::Joint })?.outcome.as_ref().ok()
    }

    /// Released changes of weighted averages; `None` when withheld or not there.
    pub fn standardised(&self, key: &StandardisedKey) -> Option<&'a Standardised> {
        self.release.standardised(key)?.figure.value()
    }

    /// A released change of a share of "no contact"; `None` when withheld or not there.
    pub fn contact_change(&self, cell: &Cell, from_wave: usize) -> Option<&'a ContactChange> {
        self.release.contact_change(cell, from_wave)?.figure.value()
    }

    /// Other councils beside a figure of everyone; `None` where none of them has it.
    pub fn benchmark(&self, cell: &Cell) -> Option<&'a ReleasedBenchmark> {
        self.release.benchmark(cell)
    }

    /// A cell of everyone under an audience's headline department.
    pub fn headline(&self, wave: usize, audience: usize, question: Question) -> Cell {
        let department = self.survey.headline_department(audience);
        Cell { wave, audience, department, question, group: Group::Everyone }
    }

    /// The wave before the latest of this run, and the latest.
    pub fn latest_pair(&self) -> Option<(usize, usize)> {
        match self.waves {
            [.., before, last] => Some((*before, *last)),
            _ => None,
        }
    }

    /// The waves in which an audience has answers.
    pub fn waves_of(&self, audience: usize) -> Vec<usize> {
        let has = |wave: &&usize| self.survey.waves[**wave].has_answers(audience);
        self.waves.iter().filter(has).copied().collect()
    }

    /// Whether any group of a breakdown is shown in a wave: one with nothing to show is dropped whole.
    pub fn shows_breakdown(&self, wave: usize, audience: usize, breakdown: usize) -> bool {
        (0..self.audience(audience).breakdowns[breakdown].groups.len()).any(|group| {
            let group = Group::Of { breakdown, group };
            let cell = Cell { group, ..self.headline(wave, audience, Question::All) };
            self.mean(&cell).is_some()
        })
    }

    pub fn audience(&self, audience: usize) -> &'a Audience {
        &self.survey.audiences[audience]
    }

    pub fn wave_label(&self, wave: usize) -> &'a str {
        &self.survey.waves[wave].label
    }

    /// "2016 and 2017".
    pub fn period(&self, waves: &[usize]) -> String {
        listed(&waves.iter().map(|&wave| self.wave_label(wave)).collect::<Vec<_>>())
    }

    /// "Q1 Sharing information", or "All questions" for the pooled one.
    pub fn question_label(&self, question: Question) -> String {
        match question {
            Question::All => "All questions".to_owned(),
            Question::One(one) => {
                let definition = &self.survey.questions[one];
                if definition.short == definition.text {
                    return definition.short.clone();
                }
                let others = self.survey.questions.iter().filter(|other| other.short == definition.short);
                match is_number(&definition.id) || others.count() > 1 {
                    true => format!("{} {}", definition.id, definition.short),
                    false => definition.short.clone(),
                }
            }
        }
    }

    /// "Q1 How well do we share information?", or "All questions" for the pooled one.
    pub fn question_wording(&self, question: Question) -> String {
        match question {
            Question::All => self.question_label(question),
            Question::One(one) => {
                let definition = &self.survey.questions[one];
                match is_number(&definition.id) {
                    true => format!("{} {}", definition.id, definition.text),
                    false => definition.text.clone(),
                }
            }
        }
    }

    /// The questions in the order of the questionnaire, the pooled one last.
    pub fn questions(&self) -> Vec<Question> {
        (0..self.survey.questions.len()).map(Question::One).chain([Question::All]).collect()
    }

    /// The name of a department, or of the departments together.
    pub fn department_label(&self, department: Department) -> String {
        match department {
            Department::One(one) => self.survey.departments[one].names.label.clone(),
            Department::All => capital(&self.all_departments()),
            Department::Whole => match &self.survey.whole {
                Some(whole) => whole.label.clone(),
                None => capital(&self.whole()),
            },
        }
    }

    /// "all ten departments together"; without the number where it changed over the waves.
    pub fn all_departments(&self) -> String {
        let scored = |wave: &usize| self.departments_of(*wave);
        match self.waves.iter().map(scored).reduce(|one, other| if one == other { one } else { 0 }) {
            Some(0) | None => "all departments together".to_owned(),
            Some(1) => "the one department".to_owned(),
            Some(number) => format!("all {} departments together", counted(number)),
        }
    }

    /// How many departments were scored in a wave.
    pub fn departments_of(&self, wave: usize) -> usize {
        self.survey.departments.iter().filter(|department| department.asked.in_wave(wave)).count()
    }

    /// "the council as one organisation", by its short name; that alone where nothing else is scored.
    pub fn whole(&self) -> String {
        let short = &self.survey.organisation.short;
        match self.survey.departments.is_empty() {
            true => short.clone(),
            false => format!("{short} as one organisation"),
        }
    }

    /// What an audience's headline is about, within a sentence.
    pub fn headline_subject(&self, audience: usize) -> String {
        match self.survey.headline_department(audience) {
            Department::Whole => self.whole(),
            _ => self.all_departments(),
        }
    }

    pub fn group_label(&self, audience: usize, group: Group) -> String {
        let breakdowns = &self.survey.audiences[audience].breakdowns;
        match group {
            Group::Everyone => "Everyone".to_owned(),
            Group::Of { breakdown, group } => breakdowns[breakdown].groups[group].label.clone(),
            Group::NotStated { .. } => "Not stated".to_owned(),
        }
    }

    /// "25 care providers in 2016 and 77 in 2017".
    pub fn base_note(&self, audience: usize) -> String {
        let label = within(&self.audience(audience).label);
        let waves = self.waves_of(audience);
        let parts = waves.iter().enumerate().map(|(position, &wave)| {
            let label = if position == 0 { format!(" {label}") } else { String::new() };
            format!("{}{label} in {}", self.base(wave, audience), self.wave_label(wave))
        });
        listed(&parts.collect::<Vec<_>>())
    }

    /// How many of an audience answered in a wave, in words where that may not be said.
    pub fn base(&self, wave: usize, audience: usize) -> String {
        let figure = self.figure(&self.headline(wave, audience, Question::All));
        figure.map_or_else(|| "too few to show".to_owned(), |figure| figure.counts.respondents.to_string())
    }

    /// Where figures come from.
    pub fn source(&self) -> String {
        let survey = self.survey;
        let period = self.period(self.waves);
        let invented = if survey.synthetic { " (illustrative: invented answers)" } else { "" };
        format!("{}, {}, {period}{invented}", survey.title, survey.organisation.name)
    }

    /// Said on every page and picture.
    pub fn stamps(&self) -> Vec<String> {
        let draft = self.survey.draft.then(|| "DRAFT".to_owned());
        let synthetic = self.survey.synthetic.then(|| "Illustrative: invented answers".to_owned());
        let private = (self.release.policy == Policy::Private).then(|| "Not for publication".to_owned());
        draft.into_iter().chain(synthetic).chain(private).collect()
    }

    /// What averages over several questions are, for the notes of a table.
    pub fn pooled(&self) -> String {
        let left_out = match self.asks_contact() {
            true => "\"No contact\" and unanswered questions are left out.",
            false => "Unanswered questions are left out.",
        };
        format!("Averages pool all answers; they are not averages of averages. {left_out}")
    }

    /// Whether "no contact" could be answered in any of the years.
    pub fn asks_contact(&self) -> bool {
        self.waves.iter().any(|&wave| self.survey.scale_of(wave).no_contact.is_some())
    }

    /// "1 to 4", in a wave.
    pub fn scale(&self, wave: usize) -> String {
        format!("1 to {}", self.survey.scale_of(wave).top)
    }

    /// "1 to 4", or "1 to 5 in 2015 and 1 to 4 in 2016 and 2017".
    pub fn scales(&self, waves: &[usize]) -> String {
        let mut scales: Vec<(String, Vec<usize>)> = Vec::new();
        for &wave in waves {
            let scale = self.scale(wave);
            match scales.iter_mut().find(|(known, _)| *known == scale) {
                Some((_, on_it)) => on_it.push(wave),
                None => scales.push((scale, vec![wave])),
            }
        }
        match &scales[..] {
            [(scale, _)] => scale.clone(),
            several => {
                let each = several.iter().map(|(scale, on_it)| format!("{scale} in {}", self.period(on_it)));
                listed(&each.collect::<Vec<_>>())
            }
        }
    }

    /// Why figures of these waves that stand side by side cannot be compared; `None` where their scale
    /// is the same.
    pub fn scales_apart(&self, waves: &[usize]) -> Option<String> {
        let is_other = |wave: &usize| !self.survey.has_same_scale(waves[0], *wave);
        let contact = |wave: &usize| self.survey.scale_of(*wave).no_contact.is_some();
        let why = if waves.iter().all(|wave| self.scale(*wave) == self.scale(waves[0])) {
            let with: Vec<usize> = waves.iter().copied().filter(contact).collect();
            format!("\"No contact\" could be answered only in {}", self.period(&with))
        } else {
            format!("Scores ran from {}", self.scales(waves))
        };
        waves.iter().any(is_other).then(|| {
            format!("{why}: a break, so averages of these years stand side by side and are not compared.")
        })
    }
}

/// Whether an id numbers its question, and so says something to readers: `Q1`, not `trust`.
fn is_number(id: &str) -> bool {
    id.bytes().any(|letter| letter.is_ascii_digit())
}

/// Whether two ways of taking the same average differ by more than the standard error of the first;
/// `None` where that is not known.
pub fn disagree(plain: &Estimate, other: &Estimate) -> Option<bool> {
    Some((other.value - plain.value).abs() > plain.standard_error?)
}
