//! The invented survey, read the plainest way, and integer sums of any part of it.

use std::collections::HashMap;

use rmsurvey::estimate::{Estimate, InWave, Sample};
use rmsurvey::tally::{CrossMoments, LinkedMoments, Moments};

use super::table::{Row, rows};

pub const DEPARTMENTS: [&str; 10] = ["d01", "d02", "d03", "d04", "d05", "d06", "d07", "d08", "d09", "d10"];
pub const QUESTIONS: [&str; 8] = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8"];

/// One audience in one wave: every returned form, also those without an answer.
pub struct Survey {
    pub forms: Vec<Form>,
    pub frame: Option<u64>,
    items: Vec<Item>,
}

pub struct Form {
    pub id: String,
    attributes: HashMap<String, String>,
    /// One per item: 1 to 4 is valid, 0 is "no contact", `None` is blank.
    scores: Vec<Option<u8>>,
}

struct Item {
    question: String,
    department: String,
}

/// A selection of items, by the names that the reference files use.
#[derive(Clone)]
pub enum Items {
    One(String, String),
    /// The departments of a question without this one.
    Without(String, String),
}

impl Items {
    pub fn of(question: &str, department: &str) -> Items {
        Items::One(question.to_owned(), department.to_owned())
    }

    pub fn of_row(row: &Row) -> Items {
        Items::of(row.text("question"), row.text("department"))
    }

    fn hold(&self, item: &Item) -> bool {
        let question = |wanted: &str| wanted == "ALL" || wanted == item.question;
        match self {
            Items::One(wanted, department) => {
                question(wanted)
                    && match department.as_str() {
                        "pooled11" => true,
                        "pooled10" => item.department != "whole",
                        one => one == item.department,
                    }
            }
            Items::Without(wanted, department) => {
                question(wanted) && item.department != "whole" && item.department != *department
            }
        }
    }
}

/// A selection of forms.
#[derive(Clone)]
pub enum Who {
    Everyone,
    Group(String, String),
    /// The other stated groups of a breakdown.
    Rest(String, String),
}

impl Who {
    pub fn of(breakdown: &str, group: &str) -> Who {
        match breakdown {
            "overall" => Who::Everyone,
            _ => Who::Group(breakdown.to_owned(), group.to_owned()),
        }
    }

    pub fn of_row(row: &Row) -> Who {
        Who::of(row.text("breakdown"), row.text("group"))
    }

    fn hold(&self, form: &Form) -> bool {
        match self {
            Who::Everyone => true,
            Who::Group(breakdown, group) => form.attribute(breakdown) == group,
            Who::Rest(breakdown, group) => {
                !form.attribute(breakdown).is_empty() && form.attribute(breakdown) != group
            }
        }
    }
}

impl Form {
    /// The group of a breakdown; empty where it was left blank.
    pub fn attribute(&self, breakdown: &str) -> &str {
        self.attributes.get(breakdown).map_or("", String::as_str)
    }
}

impl Survey {
    pub fn read(file: &str, frame: Option<u64>) -> Survey {
        let rows = rows(&format!("data/{file}.csv"));
        let items = match file.split('_').next() {
            Some("providers") => QUESTIONS
                .iter()
                .flat_map(|question| {
                    let item = |department: &str| Item {
                        question: (*question).to_owned(),
                        department: department.to_owned(),
                    };
                    ["whole"].into_iter().chain(DEPARTMENTS).map(item).collect::<Vec<_>>()
                })
                .collect(),
            _ => {
                let asked = if file.starts_with("edge") { &QUESTIONS[..3] } else { &QUESTIONS[..] };
                let item = |question: &&str| Item {
                    question: (*question).to_owned(),
                    department: "council".to_owned(),
                };
                asked.iter().map(item).collect::<Vec<_>>()
            }
        };
        let forms = rows.iter().map(|row| Form::read(row, &items)).collect();
        Survey { forms, frame, items }
    }

    pub fn sample(&self) -> Sample {
        Sample::new(self.forms.len() as u64, self.frame).expect("a frame that holds its sample")
    }

    /// The valid answers of a form to some items.
    pub fn scores<'a>(&'a self, form: &'a Form, items: &'a Items) -> impl Iterator<Item = u8> + 'a {
        self.answers(form, items).map(|(_, _, score)| score)
    }

    /// The valid answers of a form to some items, with question and department.
    pub fn answers<'a>(
        &'a self,
        form: &'a Form,
        items: &'a Items,
    ) -> impl Iterator<Item = (&'a str, &'a str, u8)> + 'a {
        let valid = |(item, score): (&'a Item, &Option<u8>)| match score {
            Some(score @ 1..) => Some((item.question.as_str(), item.department.as_str(), *score)),
            _ => None,
        };
        self.items.iter().zip(&form.scores).filter(|(item, _)| items.hold(item)).filter_map(valid)
    }

    /// (k, y) of every form, (0, 0) outside the group.
    pub fn pairs(&self, items: &Items, who: &Who) -> Vec<(u64, u64)> {
        let pair = |form: &Form| {
            if who.hold(form) {
                self.scores(form, items).fold((0, 0), |(k, y), score| (k + 1, y + u64::from(score)))
            } else {
                (0, 0)
            }
        };
        self.forms.iter().map(pair).collect()
    }

    pub fn moments(&self, items: &Items, who: &Who) -> Moments {
        moments(&self.pairs(items, who))
    }

    pub fn in_wave(&self, items: &Items, who: &Who) -> InWave {
        InWave { moments: self.moments(items, who), sample: self.sample() }
    }

    /// k answers of which y are at least `cut`.
    pub fn at_least(&self, cut: u8, items: &Items, who: &Who) -> Moments {
        let mut moments = Moments::default();
        for form in self.forms.iter().filter(|form| who.hold(form)) {
            let count = |(k, y), score| (k + 1, y + u64::from(score >= cut));
            let (k, y) = self.scores(form, items).fold((0, 0), count);
            moments.add(k, y);
        }
        moments
    }
}

impl Form {
    fn read(row: &Row, items: &[Item]) -> Form {
        let score = |item: &Item| {
            let column = match item.department.as_str() {
                "council" => item.question.clone(),
                department => format!("{}_{department}", item.question),
            };
            row.number(&column).map(|score| score as u8)
        };
        let known = ["quadrant", "size", "service_type", "role", "ecc_share", "team", "group"];
        let attribute = |name: &&str| ((*name).to_owned(), row.text(name).to_owned());
        Form {
            id: row.text("respondent_id").to_owned(),
            attributes: known.iter().filter(|name| row.has(name)).map(attribute).collect(),
            scores: items.iter().map(score).collect(),
        }
    }
}

pub fn moments(pairs: &[(u64, u64)]) -> Moments {
    let mut moments = Moments::default();
    pairs.iter().for_each(|&(k, y)| moments.add(k, y));
    moments
}

pub fn cross(left: &[(u64, u64)], right: &[(u64, u64)]) -> CrossMoments {
    let mut cross = CrossMoments::default();
    left.iter().zip(right).for_each(|(&left, &right)| cross.add(left, right));
    cross
}

/// The survey of both years and audiences.
pub struct Waves {
    surveys: HashMap<(u16, &'static str), Survey>,
}

impl Waves {
    pub fn read() -> Waves {
        let margins = rows("data/population_margins.csv");
        let mut surveys = HashMap::new();
        for year in [2025, 2026] {
            for (audience, file) in [("provider", "providers"), ("officer", "officers")] {
                let frame = margins.iter().find(|row| {
                    row.year("year") == year
                        && row.text("audience") == audience
                        && row.text("variable") == "all"
                });
                let frame = frame.and_then(|row| row.number("count")).map(|count| count as u64);
                surveys.insert((year, audience), Survey::read(&format!("{file}_{year}"), frame));
            }
        }
        Waves { surveys }
    }

    pub fn get(&self, year: u16, audience: &str) -> &Survey {
        let found = self.surveys.iter().find(|((of, who), _)| *of == year && *who == audience);
        found.expect("a survey of that year and audience").1
    }

    pub fn providers(&self, year: u16) -> &Survey {
        self.get(year, "provider")
    }

    /// Positions of the same provider in both years.
    pub fn links(&self) -> Vec<(usize, usize)> {
        let (from, to) = (self.providers(2025), self.providers(2026));
        let position = |id: &str| to.forms.iter().position(|form| form.id == id);
        from.forms.iter().enumerate().filter_map(|(at, form)| Some((at, position(&form.id)?))).collect()
    }

    /// The linked sums over all cells, or only over those that a provider answered in both years.
    pub fn linked(&self, items: &Items, who: &Who, same_cells: bool) -> LinkedMoments {
        let (from, to) = (self.providers(2025), self.providers(2026));
        let (all_from, all_to) = (from.pairs(items, who), to.pairs(items, who));
        let mut linked = LinkedMoments::default();
        for (i, j) in self.links() {
            if all_from[i].0 == 0 || all_to[j].0 == 0 {
                continue;
            }
            if !same_cells {
                linked.add(all_from[i], all_to[j]);
                continue;
            }
            let (mut earlier, mut later) = ((0, 0), (0, 0));
            let cells = from.items.iter().zip(from.forms[i].scores.iter().zip(&to.forms[j].scores));
            for (_, scores) in cells.filter(|(item, _)| items.hold(item)) {
                if let (Some(one @ 1..), Some(other @ 1..)) = scores {
                    earlier = (earlier.0 + 1, earlier.1 + u64::from(*one));
                    later = (later.0 + 1, later.1 + u64::from(*other));
                }
            }
            linked.add(earlier, later);
        }
        linked
    }
}

/// Value, standard error, degrees of freedom and interval under the names of the reference files.
pub fn figures(estimate: Option<Estimate>) -> Vec<(&'static str, Option<f64>)> {
    vec![
        ("estimate", estimate.map(|it| it.value)),
        ("se", estimate.and_then(|it| it.standard_error)),
        ("df", estimate.and_then(|it| it.degrees_of_freedom)),
        ("ci_low", estimate.and_then(|it| it.interval).map(|it| it.lower)),
        ("ci_high", estimate.and_then(|it| it.interval).map(|it| it.upper)),
    ]
}
