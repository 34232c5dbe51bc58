//! The rules on the sample, on small cases worked by hand, and on random surveys.

mod random;
mod released;
mod sample;
mod small;
mod span_of_atoms;
mod statistics;

use super::*;
use crate::estimate::{Figures, estimate};
use crate::ingest::{Code, Form, Input, Responses};
use crate::survey::{Answer, Survey};
use crate::tally::{Cell, Department, Group, Question, count};

/// A definition with one audience, two waves, and breakdowns `b0`, `b1`, ... of so many groups.
fn definition(questions: usize, departments: usize, groups: &[usize], minimum: usize) -> Survey {
    let mut text = format!(
        "format = 1\ntitle = \"Test\"\n[organisation]\nname = \"Council\"\n[scale]\nlow = 1\nhigh = 4\nno-contact = 0\n[disclosure]\nminimum-respondents = {minimum}\n"
    );
    for question in 0..questions {
        text += &format!("[[question]]\nid = \"Q{question}\"\ntext = \"Question {question}?\"\n");
    }
    text += "[whole]\nlabel = \"Council as one\"\n";
    for department in 0..departments {
        text += &format!("[[department]]\nid = \"d{department}\"\nlabel = \"Department {department}\"\n");
    }
    text += &format!("[audience.people]\nlabel = \"People\"\ndepartments = {}\n", departments > 0);
    for (breakdown, groups) in groups.iter().enumerate() {
        text += &format!(
            "[[audience.people.breakdown]]\nid = \"b{breakdown}\"\nlabel = \"Breakdown {breakdown}\"\ncolumns = [\"b{breakdown}\"]\ngroups = [\n"
        );
        for group in 0..*groups {
            text += &format!("{{ id = \"g{group}\", label = \"Group {group}\" }},\n");
        }
        text += "]\n";
    }
    for wave in ["one", "two"] {
        text += &format!("[[wave]]\nlabel = \"{wave}\"\nfiles = {{ people = \"{wave}.csv\" }}\n");
    }
    crate::survey::read(text.as_bytes()).unwrap()
}

/// Someone who answered: groups, and per item 1 to 4, 0 for no contact, 9 for blank.
#[derive(Clone, Debug)]
struct Person {
    link: Option<usize>,
    groups: Vec<Option<usize>>,
    answers: Vec<u8>,
}

impl Person {
    /// All breakdowns stated, not linked.
    fn of(groups: &[usize], answers: &[u8]) -> Person {
        Person {
            link: None,
            groups: groups.iter().map(|group| Some(*group)).collect(),
            answers: answers.to_vec(),
        }
    }
}

/// What is known of the people of each wave.
fn figures(survey: &Survey, waves: &[Vec<Person>]) -> Figures {
    let responses = waves.iter().enumerate().map(|(wave, people)| Responses {
        wave,
        audience: 0,
        items: survey.items(wave, 0),
        forms: people.iter().map(form).collect(),
    });
    let input = Input { responses: responses.collect(), ..Input::default() };
    let waves: Vec<usize> = (0..waves.len()).collect();
    estimate(&count(survey, &waves, &input))
}

fn form(person: &Person) -> Form {
    let code = |answer: &u8| match answer {
        0 => Code::from(Answer::NoContact),
        9 => Code::from(Answer::Blank),
        score => Code::from(Answer::Score(*score)),
    };
    Form {
        respondent: String::new(),
        link: person.link.map(|link| link.to_string()),
        groups: person.groups.clone(),
        codes: person.answers.iter().map(code).collect(),
    }
}

fn cell(department: Department, question: Question, group: Group) -> Cell {
    Cell { wave: 0, audience: 0, department, question, group }
}

fn group(breakdown: usize, group: usize) -> Group {
    Group::Of { breakdown, group }
}
