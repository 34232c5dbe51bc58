//! The people of whom samples are drawn, with every answer they would give: nothing of it describes
//! a real provider, officer or council.

use rmsurvey::tally::Answered;
use statrs::function::erf::erfc;

use rmsurvey::random::Random;

pub const PROVIDERS: usize = 914;
pub const DEPARTMENTS: usize = 10;
pub const OFFICERS: usize = 52;
const QUESTIONS: usize = 8;

/// Shares of the providers in four groups, largest first.
pub const GROUPS: [f64; 4] = [0.4, 0.3, 0.2, 0.1];
/// Providers differ by this much, in points before they are rounded to a score.
const MOOD: f64 = 0.55;
/// How much of a provider's mood of the earlier wave is still there in the later one (a correlation).
const LASTING: f64 = 0.8;
/// Change of everybody between the waves.
const RISE: f64 = 0.18;
/// What moves a single answer.
const NOISE: f64 = 0.75;

/// Everyone who is invited.
#[derive(Clone, Debug)]
pub struct Population {
    pub providers: Vec<Provider>,
    /// Number of answers and their sum, per officer: eight questions, one score each.
    pub officers: Vec<Answered>,
    /// How much higher or lower officers score each question.
    questions: [f64; QUESTIONS],
    /// The department that fewest providers have contact with, and the one that most have.
    pub least_known: usize,
    pub best_known: usize,
}

/// A provider in both waves.
#[derive(Clone, Debug)]
pub struct Provider {
    pub group: usize,
    pub earlier: Form,
    pub later: Form,
}

/// The form that a provider returns in one wave if asked: one question about each department.
#[derive(Clone, Debug)]
pub struct Form {
    /// What the score of each department is drawn around; `None` where there is no answer.
    tendencies: [Option<f64>; DEPARTMENTS],
    scores: [Option<u64>; DEPARTMENTS],
    /// Number of answers and their sum, all departments together.
    pub overall: Answered,
    /// The sum that would be expected if the same answers were given again and again.
    pub expected: f64,
}

impl Population {
    pub fn new(random: &mut Random) -> Population {
        let effects: [f64; DEPARTMENTS] = std::array::from_fn(|_| random.normal(0.3));
        let contact: [f64; DEPARTMENTS] = std::array::from_fn(|_| 0.35 + 0.55 * random.uniform());
        let mut departments: Vec<usize> = (0..DEPARTMENTS).collect();
        departments.sort_by(|&a, &b| contact[a].total_cmp(&contact[b]));
        let providers = (0..PROVIDERS).map(|_| Provider::new(&effects, &contact, random)).collect();
        let questions: [f64; QUESTIONS] = std::array::from_fn(|_| 0.6 * random.normal(0.25));
        let officers = (0..OFFICERS).map(|_| officer(&questions, random)).collect();
        let (least_known, best_known) = (departments[0], departments[DEPARTMENTS - 1]);
        Population { providers, officers, questions, least_known, best_known }
    }

    /// Officers of the same kind as those on the frame, whom next year might bring.
    pub fn other_officers(&self, number: usize, random: &mut Random) -> Vec<Answered> {
        (0..number).map(|_| officer(&self.questions, random)).collect()
    }
}

impl Provider {
    fn new(effects: &[f64; DEPARTMENTS], contact: &[f64; DEPARTMENTS], random: &mut Random) -> Provider {
        let group = group(random.uniform());
        let mood = random.normal(MOOD);
        let before = LASTING * mood + (1.0 - LASTING * LASTING).sqrt() * random.normal(MOOD);
        let mut form = |level: f64| {
            // In contact with the department, and not left blank.
            let tendency = |department: usize| {
                let answers = random.chance(contact[department]) && random.chance(0.9);
                answers.then_some(level + effects[department])
            };
            let tendencies = std::array::from_fn(tendency);
            Form::new(tendencies, random)
        };
        Provider { group, earlier: form(2.75 - RISE + before), later: form(2.75 + mood) }
    }
}

impl Form {
    fn new(tendencies: [Option<f64>; DEPARTMENTS], random: &mut Random) -> Form {
        let scores = tendencies.map(|tendency| tendency.map(|tendency| score(tendency, random)));
        let expected = tendencies.iter().flatten().map(|&tendency| expected_score(tendency)).sum();
        Form { tendencies, scores, overall: answered(&scores), expected }
    }

    /// Number of answers about one department (0 or 1) and their sum.
    pub fn about(&self, department: usize) -> Answered {
        answered(&self.scores[department..=department])
    }

    /// Every score that was given.
    pub fn scores(&self) -> impl Iterator<Item = u64> {
        self.scores.iter().copied().flatten()
    }

    /// Number and sum of the answers if the same provider scored the same departments once more.
    pub fn once_more(&self, random: &mut Random) -> Answered {
        answered(&self.tendencies.map(|tendency| tendency.map(|tendency| score(tendency, random))))
    }
}

fn officer(questions: &[f64; QUESTIONS], random: &mut Random) -> Answered {
    let level = 3.05 + random.normal(0.4);
    let scores = questions.map(|effect| random.chance(0.92).then(|| score(level + effect, random)));
    answered(&scores)
}

fn answered(scores: &[Option<u64>]) -> Answered {
    scores.iter().flatten().fold((0, 0), |(number, sum), score| (number + 1, sum + score))
}

fn group(position: f64) -> usize {
    let mut end = 0.0;
    let ends = GROUPS.map(|share| {
        end += share;
        end
    });
    ends.iter().position(|&end| position < end).unwrap_or(GROUPS.len() - 1)
}

/// A score from 1 to 4 around a tendency.
fn score(tendency: f64, random: &mut Random) -> u64 {
    (tendency + random.normal(NOISE)).round().clamp(1.0, 4.0) as u64
}

/// What [`score`] gives on average: 1, and 1 more for each of the thresholds 2, 3 and 4 that is reached.
fn expected_score(tendency: f64) -> f64 {
    let reached = |threshold: f64| 0.5 * erfc((threshold - 0.5 - tendency) / (NOISE * 2_f64.sqrt()));
    1.0 + [2.0, 3.0, 4.0].map(reached).iter().sum::<f64>()
}
