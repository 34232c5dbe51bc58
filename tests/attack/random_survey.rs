//! Small invented surveys, the same for the same seed: sparse groups, no contact, blanks, and two
//! waves in which some of the people are the same. Of some it is known who was invited.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rmsurvey::ingest::{Code, Form, Input, Population, Responses};
use rmsurvey::survey::{self, Answer, Survey};
use rmsurvey::tally::Group;

/// So many audiences have a list of who was invited.
const INVITED: f64 = 0.4;

/// A survey and the answers to it.
#[derive(Debug)]
pub struct RandomSurvey {
    pub survey: Survey,
    pub input: Input,
}

/// SplitMix64: the whole sequence follows from the seed.
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Both ends included.
    fn between(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// A position by weights.
    fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (position, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return position;
            }
        }
        weights.len() - 1
    }
}

/// Numbers of people who never answer begin here.
const UNHEARD: usize = 10_000;

/// One of the people: what group they are in, and how they tend to answer.
#[derive(Clone)]
struct Person {
    link: String,
    groups: Vec<Option<usize>>,
    /// Where their scores lie, from 0 to 1.
    tendency: f64,
}

/// How an audience is made up and answers.
struct Habits {
    breakdowns: Vec<Vec<f64>>,
    not_stated: f64,
    no_contact: Vec<f64>,
    blank: f64,
    spread: f64,
}

/// The survey of a seed: 3 to 200 respondents in the later wave.
///
/// # Errors
/// When the definition is refused, which is a mistake here.
pub fn random_survey(seed: u64) -> Result<RandomSurvey, String> {
    let mut random = Random(seed.wrapping_mul(0x2545_F491_4F6C_DD1D).wrapping_add(1));
    let questions = random.between(1, 4);
    let departments = if random.chance(0.6) { random.between(2, 4) } else { 0 };
    let second_audience = random.chance(0.4);
    let minimums = [random.between(3, 10), random.between(3, 10)];
    let audiences: Vec<Habits> =
        (0..1 + usize::from(second_audience)).map(|_| habits(&mut random, departments)).collect();
    let text = definition(questions, departments, &audiences, minimums);
    let survey = survey::read(text.as_bytes()).map_err(|found| format!("seed {seed}: {found}\n{text}"))?;

    // Who is invited is drawn apart: nobody answers otherwise for being on a list.
    let mut invitations = Random(seed.wrapping_mul(0x9FB2_1C65_1E98_DF25).wrapping_add(1));
    let mut input = Input { populations: vec![Population::default(); 2], ..Input::default() };
    let mut responses = Vec::new();
    for (audience, habits) in audiences.iter().enumerate() {
        let respondents = (3.0 * (200.0_f64 / 3.0).powf(random.share())).round() as usize;
        let people: Vec<Person> =
            (0..respondents * 2).map(|number| person(&mut random, habits, audience, number)).collect();
        let earlier = random.between(3.min(respondents), respondents);
        let overlap = random.share();
        let invitation = invitations.chance(INVITED).then(|| Invitation::new(&mut invitations));
        for wave in 0..2 {
            let size = if wave == 0 { earlier } else { respondents };
            let mut answered = BTreeSet::new();
            let forms = (0..size).map(|number| {
                let again = wave == 0 || random.chance(overlap) && number < earlier;
                let who = if again { number } else { respondents + number };
                answered.insert(who);
                form(&mut random, &survey, habits, &people[who], (wave, audience), number)
            });
            let mut forms: Vec<Form> = forms.collect();
            if let Some(invitation) = &invitation {
                let before = 0..if wave == 0 { 0 } else { earlier };
                let leavers = before.filter(|who| !answered.contains(who)).map(|who| &people[who]);
                let answered = answered.iter().map(|&who| &people[who]);
                let minimum = minimums[audience];
                let silent = invitation.silent(&mut invitations, leavers, (habits, audience, minimum));
                let list: Vec<&Person> = answered.chain(silent.iter().map(|one| one.as_ref())).collect();
                let (references, counts) = invitation.list(&mut invitations, habits, &list);
                input.populations[wave].add(audience, references, counts);
            }
            forms.sort();
            responses.push(Responses { wave, audience, items: survey.items(wave, audience), forms });
        }
    }
    responses.sort_by_key(|one| (one.wave, one.audience));
    input.responses = responses;
    Ok(RandomSurvey { survey, input })
}

/// How an audience is invited.
struct Invitation {
    /// The share of those who left who were invited all the same.
    again: f64,
    /// Whether few others were invited and did not answer.
    is_close: bool,
    has_groups: bool,
}

impl Invitation {
    fn new(random: &mut Random) -> Invitation {
        let again = if random.chance(0.4) { 1.0 } else { random.share() };
        Invitation { again, is_close: random.chance(0.6), has_groups: random.chance(0.5) }
    }

    /// Those who were invited and did not answer: some who left, and others whom nobody has heard of.
    fn silent<'p>(
        &self,
        random: &mut Random,
        leavers: impl Iterator<Item = &'p Person>,
        (habits, audience, minimum): (&Habits, usize, usize),
    ) -> Vec<Cow<'p, Person>> {
        let mut silent: Vec<Cow<'p, Person>> =
            leavers.filter(|_| random.chance(self.again)).map(Cow::Borrowed).collect();
        let others = random.between(0, if self.is_close { 2 * minimum } else { 300 });
        let unheard = (0..others).map(|number| person(random, habits, audience, UNHEARD + number));
        silent.extend(unheard.map(Cow::Owned));
        silent
    }

    /// References and numbers. A list knows the groups of those who do not state them.
    fn list(
        &self,
        random: &mut Random,
        habits: &Habits,
        invited: &[&Person],
    ) -> (BTreeSet<String>, BTreeMap<Group, u64>) {
        let mut counts = BTreeMap::from([(Group::Everyone, invited.len() as u64)]);
        for (breakdown, weights) in habits.breakdowns.iter().enumerate().filter(|_| self.has_groups) {
            for one in invited {
                let group = one.groups[breakdown].unwrap_or_else(|| random.pick(weights));
                *counts.entry(Group::Of { breakdown, group }).or_default() += 1;
            }
        }
        (invited.iter().map(|one| one.link.clone()).collect(), counts)
    }
}

fn habits(random: &mut Random, departments: usize) -> Habits {
    let breakdowns = (0..random.between(1, 3))
        .map(|_| {
            let sparse = random.between(1, 3) as i32;
            (0..random.between(2, 5)).map(|_| random.share().powi(sparse) + 0.02).collect()
        })
        .collect();
    Habits {
        breakdowns,
        not_stated: if random.chance(0.5) { random.share() * 0.15 } else { 0.0 },
        no_contact: (0..=departments)
            .map(|_| if random.chance(0.6) { random.share() * 0.6 } else { 0.0 })
            .collect(),
        blank: if random.chance(0.5) { random.share() * 0.1 } else { 0.0 },
        spread: 0.2 + random.share(),
    }
}

fn person(random: &mut Random, habits: &Habits, audience: usize, number: usize) -> Person {
    let groups = habits
        .breakdowns
        .iter()
        .map(|weights| (!random.chance(habits.not_stated)).then(|| random.pick(weights)))
        .collect();
    Person { link: format!("{audience}-{number}"), groups, tendency: random.share() }
}

fn form(
    random: &mut Random,
    survey: &Survey,
    habits: &Habits,
    person: &Person,
    (wave, audience): (usize, usize),
    number: usize,
) -> Form {
    let codes = survey.items(wave, audience).into_iter().map(|item| {
        let no_contact = item.department.map_or(0.0, |one| habits.no_contact[one]);
        let answer = if random.chance(no_contact) {
            Answer::NoContact
        } else if random.chance(habits.blank) {
            Answer::Blank
        } else {
            let place = person.tendency + (random.share() - 0.5) * habits.spread;
            Answer::Score(1 + (place.clamp(0.0, 0.999) * 4.0) as u8)
        };
        Code::from(answer)
    });
    Form {
        respondent: number.to_string(),
        link: Some(person.link.clone()),
        groups: person.groups.clone(),
        codes: codes.collect(),
    }
}

/// A `survey.toml` of the given size.
fn definition(questions: usize, departments: usize, audiences: &[Habits], minimums: [usize; 2]) -> String {
    let mut text = String::from(
        "format = 1\ntitle = \"Random\"\nsynthetic = true\n[organisation]\nname = \"Council\"\nshort = \"C\"\n\
         [scale]\nlow = 1\nhigh = 4\nno-contact = 0\n[whole]\nlabel = \"Council as one\"\n",
    );
    for question in 1..=questions {
        text += &format!("[[question]]\nid = \"Q{question}\"\ntext = \"Question number {question}?\"\n");
    }
    for department in 1..=departments {
        text += &format!("[[department]]\nid = \"d{department}\"\nlabel = \"Department {department}\"\n");
    }
    for (audience, habits) in audiences.iter().enumerate() {
        let scores = audience == 0 && departments > 0;
        text += &format!(
            "[audience.a{audience}]\nlabel = \"Audience {audience}\"\nrespondent = [\"ID\"]\nlink = [\"Reference\"]\ndepartments = {scores}\n"
        );
        for (breakdown, groups) in habits.breakdowns.iter().enumerate() {
            text += &format!(
                "[[audience.a{audience}.breakdown]]\nid = \"b{breakdown}\"\nlabel = \"Breakdown {breakdown}\"\ncolumns = [\"B{breakdown}\"]\ngroups = ["
            );
            for group in 0..groups.len() {
                text += &format!("{{ id = \"g{group}\", label = \"Group {breakdown}{group}\" }}, ");
            }
            text += "]\n";
        }
    }
    for wave in [2016, 2017] {
        let files: Vec<String> = (0..audiences.len())
            .map(|audience| format!("a{audience} = \"{wave}/a{audience}.csv\""))
            .collect();
        text += &format!("[[wave]]\nlabel = \"{wave}\"\nfiles = {{ {} }}\n", files.join(", "));
    }
    let minimums: Vec<String> =
        (0..audiences.len()).map(|one| format!("a{one} = {}", minimums[one])).collect();
    text + &format!("[disclosure]\nminimum-respondents = {{ {} }}\n", minimums.join(", "))
}
