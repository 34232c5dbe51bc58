//! The rows of an export.

use super::people::{People, Person, TENDENCIES};
use crate::random::Random;
use crate::survey::{Item, Survey};

/// What an answer looks like in an export, "no contact" first.
const CODES: [&str; 5] = ["0", "1", "2", "3", "4"];
const LABELLED: [&str; 5] = ["0 - No contact", "1 - Low", "2", "3", "4 - High"];
/// Steps of how high a question and a department are scored, and a respondent scores.
const LEVELS: usize = 4 + 4 + TENDENCIES - 2;
/// Of 256 cells, how many are blank.
const BLANK: u8 = 3;

/// One export: which columns it has, and what stands in them.
pub(super) struct Rows<'s> {
    survey: &'s Survey,
    people: &'s People<'s>,
    wave: usize,
    audience: usize,
    items: Vec<Item>,
    answers: [&'static str; 5],
    /// Per level, the score that each byte stands for.
    scores: Vec<[u8; 256]>,
}

impl<'s> Rows<'s> {
    pub fn new(survey: &'s Survey, (wave, audience): (usize, usize), people: &'s People<'s>) -> Rows<'s> {
        let is_labelled = wave + 1 < survey.waves.len() && wave.is_multiple_of(2);
        Rows {
            survey,
            people,
            wave,
            audience,
            items: survey.items(wave, audience),
            answers: if is_labelled { LABELLED } else { CODES },
            scores: (0..LEVELS).map(scores).collect(),
        }
    }

    pub fn header(&self) -> String {
        let audience = &self.survey.audiences[self.audience];
        let mut headers = vec!["Respondent ID".to_owned(), "Date submitted".to_owned()];
        headers.extend(audience.link.first().cloned());
        headers.extend(audience.breakdowns.iter().map(|breakdown| breakdown.columns[0].clone()));
        headers.extend(self.items.iter().map(|item| {
            let question = &self.survey.questions[item.question];
            let department = match item.department {
                Some(department) => Some(&self.survey.departments[department].names),
                None if audience.scores_departments => self.survey.whole.as_ref(),
                None => None,
            };
            let department = department.map(|names| format!(" - {}", names.label)).unwrap_or_default();
            format!("{} {}{department}", question.id, question.text)
        }));
        headers.join(",") + "\n"
    }

    /// Adds one form.
    pub fn write(&self, row: usize, out: &mut Vec<u8>) {
        let who = self.people.who(self.wave, row);
        let Person { groups, tendency } = self.people.person(who);
        let own = (row as u64).wrapping_mul(0xA24B_AED4_963E_E407).rotate_left(self.wave as u32 + 1);
        let mut random = Random::seeded(self.people.seed ^ own);
        let audience = &self.survey.audiences[self.audience];
        let year = &self.survey.waves[self.wave].label;
        let start = format!("{},{year}-06-{:02}", 100_000 + row, 1 + random.below(30));
        out.extend_from_slice(start.as_bytes());
        if !audience.link.is_empty() {
            out.extend_from_slice(format!(",P-{who}").as_bytes());
        }
        for (breakdown, group) in audience.breakdowns.iter().zip(groups) {
            out.push(b',');
            if let Some(group) = group {
                // The name that exports use: the last alias where there is one.
                let name = breakdown.groups[group].all().last().unwrap_or_default();
                out.extend_from_slice(name.as_bytes());
            }
        }
        let met = random.bits();
        let mut bytes = [0; 8];
        for (position, item) in self.items.iter().enumerate() {
            if position % 4 == 0 {
                bytes = random.bits().to_le_bytes();
            }
            let [score, blank] = [bytes[position % 4 * 2], bytes[position % 4 * 2 + 1]];
            out.push(b',');
            if blank < BLANK {
                continue;
            }
            let department = item.department.map_or(0, |department| department + 1);
            // A department in four was not dealt with, a respondent either was in touch or was not.
            let is_met = item.department.is_none() || met >> (2 * department % 64) & 3 != 0;
            let level = item.question % 4 + department % 4 + tendency;
            let answer = if is_met { self.scores[level.min(LEVELS - 1)][usize::from(score)] } else { 0 };
            out.extend_from_slice(self.answers[usize::from(answer)].as_bytes());
        }
        out.push(b'\n');
    }
}

/// Scores spread around a middle that rises with the level, as a table of 256 equally likely bytes.
fn scores(level: usize) -> [u8; 256] {
    let middle = 1.8 + 1.6 * level as f64 / (LEVELS - 1) as f64;
    let weight = |score: u8| (-(f64::from(score) - middle).powi(2) / 1.4).exp();
    let all: f64 = (1..=4).map(weight).sum();
    std::array::from_fn(|byte| {
        let mut left = (byte as f64 + 0.5) / 256.0 * all;
        for score in 1..4 {
            left -= weight(score);
            if left < 0.0 {
                return score;
            }
        }
        4
    })
}
