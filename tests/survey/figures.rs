//! What the data files say, as people have to read it: every figure by its address, rounded from its
//! exact value. And which figure a place of a published table is.

use std::collections::{BTreeMap, BTreeSet};

use rmsurvey::ratio::{Ratio, round_decimal};
use serde_json::Value;

use crate::support::Table;

/// A row of a data file by its columns.
type Row = BTreeMap<String, String>;

/// The data files and the labels of one folder of a run.
pub struct Figures {
    results: BTreeMap<Vec<String>, Row>,
    changes: BTreeMap<Vec<String>, Row>,
    gaps: BTreeMap<Vec<String>, Row>,
    /// Beside other councils; empty where there are none.
    beside: BTreeMap<Vec<String>, Row>,
    about: Value,
    pub waves: Vec<String>,
    /// What stands in tables of weightings and of splits of a change, which no data file has.
    pub of_mixes: BTreeSet<String>,
}

/// Where a figure stands: what `results.csv` calls an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub wave: String,
    pub audience: String,
    pub department: String,
    pub question: String,
    pub breakdown: String,
    pub group: String,
}

impl Address {
    /// "2017/providers/all/Q1/all/all".
    pub fn read(text: &str) -> Option<Address> {
        let parts: Vec<String> = text.split('/').map(str::to_owned).collect();
        let [wave, audience, department, question, breakdown, group] = <[String; 6]>::try_from(parts).ok()?;
        Some(Address { wave, audience, department, question, breakdown, group })
    }

    fn key(&self) -> Vec<String> {
        [&self.wave, &self.audience, &self.department, &self.question, &self.breakdown, &self.group]
            .map(Clone::clone)
            .to_vec()
    }
}

/// How a figure may be printed: one way, or two where the data file holds it rounded to a half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed(Vec<String>);

impl Printed {
    pub fn texts(self) -> Vec<String> {
        self.0
    }

    pub fn allows(&self, text: &str) -> bool {
        self.0.iter().any(|one| one == text)
    }

    fn exact(ratio: Option<Ratio>, decimals: u32) -> Option<Printed> {
        Some(Printed(vec![ratio?.rounded(decimals)]))
    }

    /// A figure that the data file gives with three decimals. One that ends in 5 there may have been
    /// below the half or above.
    fn of_thousandths(value: &str) -> Option<Printed> {
        let value: f64 = value.parse().ok()?;
        let below = round_decimal(value - 0.000_5_f64.copysign(value), 2);
        let mut printed = vec![round_decimal(value, 2)];
        let is_half = ((value * 1000.0).round() as i64).rem_euclid(10) == 5;
        if is_half && below != printed[0] {
            printed.push(below);
        }
        Some(Printed(printed))
    }

    fn of_value(value: &str) -> Option<Printed> {
        Some(Printed(vec![round_decimal(value.parse().ok()?, 2)]))
    }
}

/// What a place of a table holds of its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Mean,
    Lower,
    Upper,
    Respondents,
    Answers,
    NoContact,
    /// A column of `changes.csv`, and whether it is there in full precision.
    Change(&'static str, bool),
    /// A column of `gaps.csv`.
    Gap(&'static str, bool),
    /// A column of `benchmarks.csv`.
    Beside(&'static str),
}

impl Figures {
    pub fn of(files: &BTreeMap<String, Vec<u8>>) -> Figures {
        let rows = |name: &str, address: &[&str]| {
            let table = Table::of(&files[&format!("publish/data/{name}.csv")]);
            let row = |cells: &Vec<String>| -> Row {
                table.header.iter().cloned().zip(cells.iter().cloned()).collect()
            };
            let key = |row: &Row| address.iter().map(|column| row[*column].clone()).collect();
            table.rows.iter().map(row).map(|row| (key(&row), row)).collect()
        };
        let of_cells = ["wave", "audience", "department", "question", "breakdown", "group"];
        let has_others = files.contains_key("publish/data/benchmarks.csv");
        let beside = if has_others { rows("benchmarks", &of_cells) } else { BTreeMap::new() };
        let about: Value = serde_json::from_slice(&files["publish/about.json"]).expect("JSON");
        let waves = about["waves"].as_array().expect("waves").iter();
        let waves = waves.map(|wave| wave.as_str().expect("a label").to_owned()).collect();
        Figures {
            results: rows("results", &["wave", "audience", "department", "question", "breakdown", "group"]),
            changes: rows(
                "changes",
                &["audience", "department", "question", "breakdown", "group", "from_wave", "to_wave"],
            ),
            gaps: rows(
                "gaps",
                &["wave", "kind", "audience", "department", "question", "breakdown", "left", "right"],
            ),
            beside,
            about,
            waves,
            of_mixes: of_mixes(files),
        }
    }

    /// A mean from its exact sum.
    fn mean_of(row: &Row) -> Option<Ratio> {
        let (mean, answers): (f64, i64) = (row["mean"].parse().ok()?, row["answers"].parse().ok()?);
        Ratio::new((mean * answers as f64).round() as i64, answers)
    }

    pub fn exact(&self, at: &Address) -> Option<Ratio> {
        Figures::mean_of(self.results.get(&at.key())?)
    }

    pub fn mean(&self, at: &Address) -> Option<Printed> {
        Printed::exact(self.exact(at), 2)
    }

    /// What people have to read there; `None` where the data files give no such figure.
    pub fn printed(&self, what: What, at: &Address) -> Option<Printed> {
        let row = || self.results.get(&at.key());
        match what {
            What::Mean => self.mean(at),
            What::Lower => Printed::of_thousandths(&row()?["ci_low"]),
            What::Upper => Printed::of_thousandths(&row()?["ci_high"]),
            What::Respondents => {
                Some(Printed(vec![row()?["respondents"].clone()])).filter(|it| !it.allows(""))
            }
            What::Answers => Some(Printed(vec![row()?["answers"].clone()])).filter(|it| !it.allows("")),
            What::NoContact => {
                let count = |name: &str| row()?[name].parse::<i64>().ok();
                let (without, scores) = (count("no_contact")?, count("answers")?);
                Printed::exact(Ratio::new(without * 100, without + scores), 0)
            }
            What::Change(column, in_full) => self.change(at, column, in_full),
            What::Beside(column) => self.beside(at, column),
            What::Gap(..) => None,
        }
    }

    /// The change up to the year of an address from the year before.
    fn change(&self, at: &Address, column: &str, in_full: bool) -> Option<Printed> {
        let before = self.waves.iter().position(|wave| *wave == at.wave)?.checked_sub(1)?;
        let before = Address { wave: self.waves[before].clone(), ..at.clone() };
        let mut key = at.key().split_off(1);
        key.extend([before.wave.clone(), at.wave.clone()]);
        let row = self.changes.get(&key)?;
        if column == "change" && !row[column].is_empty() {
            return Printed::exact(self.exact(at)?.minus(self.exact(&before)?), 2);
        }
        if column == "matched_respondents" {
            return Some(Printed(vec![row[column].clone()])).filter(|it| !it.allows(""));
        }
        if in_full { Printed::of_value(&row[column]) } else { Printed::of_thousandths(&row[column]) }
    }

    fn beside(&self, at: &Address, column: &str) -> Option<Printed> {
        let text = &self.beside.get(&at.key())?[column];
        match column {
            "councils" | "others_respondents" => Some(Printed(vec![text.clone()])),
            "ci_low" | "ci_high" => Printed::of_thousandths(text),
            _ => Printed::of_value(text),
        }
    }

    /// A gap by its key in `gaps.csv`; the difference of the two means where both are in `results.csv`.
    pub fn gap(&self, key: &[String], sides: Option<(&Address, &Address)>, column: &str) -> Option<Printed> {
        let row = self.gaps.get(key)?;
        match column {
            "gap" => {}
            "right_mean" => return Printed::of_value(&row[column]),
            "right_respondents" => {
                return Some(Printed(vec![row[column].clone()])).filter(|it| !it.allows(""));
            }
            _ => return Printed::of_thousandths(&row[column]),
        }
        let exact = sides.map(|(left, right)| self.exact(left)?.minus(self.exact(right)?));
        if row[column].is_empty() {
            None
        } else {
            exact.map_or_else(|| Printed::of_value(&row[column]), |it| Printed::exact(it, 2))
        }
    }

    /// All means of an address's questions, rounded; lowest and highest.
    pub fn ends_of_questions(&self, at: &Address) -> Option<[String; 2]> {
        let questions = self.about["questions"].as_array()?.iter();
        let exact = questions
            .filter_map(|id| self.exact(&Address { question: id.as_str()?.to_owned(), ..at.clone() }));
        let mut exact: Vec<Ratio> = exact.collect();
        exact.sort_by(|a, b| a.partial_cmp(b).expect("comparable"));
        Some([exact.first()?.rounded(2), exact.last()?.rounded(2)])
    }

    // --- labels ------------------------------------------------------------------------------------

    /// Ids and labels of a part of `about.json`.
    fn labels(&self, part: &str) -> Vec<(&str, &str)> {
        let all = self.about["labels"][part].as_object().expect("labels").iter();
        let mut pairs = Vec::new();
        for (id, label) in all {
            match label {
                Value::Array(several) => {
                    pairs.extend(several.iter().filter_map(|one| Some((id.as_str(), one.as_str()?))));
                }
                one => pairs.extend(one.as_str().map(|one| (id.as_str(), one))),
            }
        }
        pairs
    }

    fn id(pairs: &[(&str, &str)], label: &str) -> Option<String> {
        pairs.iter().find(|(_, own)| *own == label).map(|(id, _)| (*id).to_owned())
    }

    /// Pairs whose label ends a text: the longest.
    fn ending<'a>(pairs: Vec<(&'a str, &'a str)>, text: &str) -> Option<(&'a str, usize)> {
        let ends = pairs.into_iter().filter(|(_, label)| {
            let before = text.to_lowercase();
            before
                .strip_suffix(&label.to_lowercase())
                .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
        });
        ends.map(|(id, label)| (id, label.len())).max_by_key(|(_, length)| *length)
    }

    pub fn question_ending(&self, text: &str) -> Option<(String, usize)> {
        Figures::ending(self.labels("questions"), text).map(|(id, length)| (id.to_owned(), length))
    }

    pub fn department_ending(&self, text: &str) -> Option<(String, usize)> {
        Figures::ending(self.labels("departments"), text).map(|(id, length)| (id.to_owned(), length))
    }

    /// The group whose label ends a text, of a breakdown by its id or label.
    pub fn group_ending(
        &self,
        audience: &str,
        breakdown: &str,
        text: &str,
    ) -> Option<(String, String, usize)> {
        let breakdowns = self.about["labels"]["breakdowns"][audience].as_object()?;
        let (id, found) = breakdowns.iter().find(|(id, one)| {
            *id == breakdown || one["label"].as_str().is_some_and(|own| own.eq_ignore_ascii_case(breakdown))
        })?;
        let groups = found["groups"].as_object()?.iter();
        let groups = groups.filter_map(|(id, label)| Some((id.as_str(), label.as_str()?))).collect();
        Figures::ending(groups, text).map(|(group, length)| (id.clone(), group.to_owned(), length))
    }

    /// Audiences: id, label, and the department of its headline.
    pub fn audiences(&self) -> Vec<(&str, &str, &str)> {
        let all = self.about["audiences"].as_array().expect("audiences").iter();
        all.map(|one| {
            let headline = if one["scores-departments"] == true { "all" } else { "whole" };
            (one["id"].as_str().expect("an id"), one["label"].as_str().expect("a label"), headline)
        })
        .collect()
    }

    // --- places of tables --------------------------------------------------------------------------

    /// What a place of a table is to hold, by the words of its title, its column and its row. `None`
    /// for a place that no data file has a figure for.
    pub fn place(
        &self,
        title: &str,
        header: &[String],
        row: &[String],
        column: usize,
    ) -> Option<(What, Printed)> {
        let lower = title.to_lowercase();
        let text = |heading: &str| header.iter().position(|one| one == heading).map(|at| row[at].as_str());
        let mut heading = header[column].as_str();
        let mut wave = text("Year").map(str::to_owned);
        for label in &self.waves {
            if let Some(rest) = heading.strip_prefix(&format!("{label} ")) {
                (wave, heading) = (Some(label.clone()), rest);
            }
        }
        let audiences = self.audiences();
        let own = |label: &str| {
            text("Audience").map_or_else(|| lower.contains(&label.to_lowercase()), |own| own == label)
        };
        let mut own: Vec<_> = audiences.iter().filter(|(_, label, _)| own(label)).copied().collect();
        if let Some(one) = audiences.iter().find(|(_, label, _)| heading.starts_with(&format!("{label} "))) {
            own = vec![*one];
            heading = heading.strip_prefix(one.1).unwrap_or(heading).trim_start();
        }
        let titled = self.waves.iter().filter(|wave| title.contains(wave.as_str())).max();
        let of_all = self.waves.iter().filter(|wave| title.contains(wave.as_str())).count();
        let (what, question) = self.role(heading)?;
        let is_of_change = matches!(what, What::Change(..));
        if wave.is_none() && of_all > 1 && !is_of_change {
            return None;
        }
        let (audience, _, headline) = *own.first()?;
        let mut at = Address {
            wave: wave.or_else(|| titled.cloned())?,
            audience: audience.to_owned(),
            department: headline.to_owned(),
            question: question.unwrap_or_else(|| "all".to_owned()),
            breakdown: "all".to_owned(),
            group: "all".to_owned(),
        };
        for (id, label) in self.labels("departments") {
            if lower.contains(&format!(", {}", label.to_lowercase())) {
                at.department = id.to_owned();
            }
        }
        if let Some(label) = text("Department").or_else(|| text("What was scored")) {
            at.department = Figures::id(&self.labels("departments"), label)?;
        }
        if let Some(label) = text("Question") {
            at.question = Figures::id(&self.labels("questions"), label)?;
        }
        let by = text("Group")
            .map(|group| (row[0].as_str(), group))
            .or_else(|| self.is_breakdown(&header[0]).then(|| (header[0].as_str(), row[0].as_str())));
        if let Some((breakdown, group)) = by.filter(|(_, group)| *group != "Everyone") {
            let (breakdown, group, length) = self.group_ending(audience, breakdown, group)?;
            assert_eq!(length, by.map_or(0, |(_, group)| group.len()));
            (at.breakdown, at.group) = (breakdown, group);
        }
        let printed = match what {
            What::Gap(gap, _) => self.gap_of_row(&at, &own, text("Against"), gap),
            other => self.printed(other, &at),
        };
        Some((what, printed?))
    }

    fn is_breakdown(&self, heading: &str) -> bool {
        let all = self.about["labels"]["breakdowns"].as_object().expect("audiences").values();
        all.flat_map(|one| one.as_object().expect("breakdowns").values()).any(|one| one["label"] == heading)
    }

    /// What a column holds, and of which question where it says.
    fn role(&self, heading: &str) -> Option<(What, Option<String>)> {
        let what = match heading.to_lowercase().as_str() {
            "average (score 1 to 4)"
            | "average as answered (score 1 to 4)"
            | "(score 1 to 4)"
            | "now (score 1 to 4)" => What::Mean,
            "likely range, lower end (score)"
            | "likely range for those invited this year, lower end (score)" => What::Lower,
            "likely range, upper end (score)"
            | "likely range for those invited this year, upper end (score)" => What::Upper,
            "council average (score 1 to 4)" => What::Mean,
            "who answered (number)" | "the group who answered (number)" | "council who answered (number)" => {
                What::Respondents
            }
            "scores given (number)" => What::Answers,
            "no contact (%)" | "no contact (% of scores and no contact)" => What::NoContact,
            "change (points)" | "change among everyone (points)" | "change as answered (points)" => {
                What::Change("change", true)
            }
            "likely range of the change, lower end (points)"
            | "likely range with the overlap known, lower end (points)" => What::Change("ci_low", false),
            "likely range of the change, upper end (points)"
            | "likely range with the overlap known, upper end (points)" => What::Change("ci_high", false),
            "smallest change that could have been noticed (points)" => {
                What::Change("detectable_change", false)
            }
            "change among those who answered in both years (points)" => What::Change("matched_change", true),
            "likely range among those who answered in both years, lower end (points)" => {
                What::Change("matched_ci_low", false)
            }
            "likely range among those who answered in both years, upper end (points)" => {
                What::Change("matched_ci_high", false)
            }
            "answered in both years (number)" => What::Change("matched_respondents", false),
            "other councils (number)" => What::Beside("councils"),
            "other councils, people who answered (number)" => What::Beside("others_respondents"),
            "other councils, average (score 1 to 4)" => What::Beside("others_mean"),
            "other councils, lowest (score 1 to 4)" => What::Beside("others_lowest"),
            "other councils, median (score 1 to 4)" => What::Beside("others_median"),
            "other councils, highest (score 1 to 4)" => What::Beside("others_highest"),
            "difference (points)" => What::Beside("difference"),
            "likely range of the difference, lower end (points)" => What::Beside("ci_low"),
            "likely range of the difference, upper end (points)" => What::Beside("ci_high"),
            "gap (points)" => What::Gap("gap", true),
            "average of the other groups (score 1 to 4)" => What::Gap("right_mean", true),
            "the other groups who answered (number)" => What::Gap("right_respondents", false),
            "likely range of the gap, lower end (points)" => What::Gap("ci_low", false),
            "likely range of the gap, upper end (points)" => What::Gap("ci_high", false),
            "smallest gap that could have been noticed (points)" => What::Gap("detectable_gap", false),
            _ => {
                let unit = heading.strip_suffix(" (score)").map(|label| (What::Mean, label));
                let unit = unit.or_else(|| {
                    heading.strip_suffix(" (% no contact)").map(|label| (What::NoContact, label))
                });
                let (what, label) = unit?;
                return Some((what, Some(Figures::id(&self.labels("questions"), label)?)));
            }
        };
        Some((what, None))
    }

    /// Of audiences side by side, of a group against the others, of two departments.
    fn gap_of_row(
        &self,
        at: &Address,
        own: &[(&str, &str, &str)],
        against: Option<&str>,
        column: &str,
    ) -> Option<Printed> {
        let key = |parts: [&str; 8]| parts.map(str::to_owned).to_vec();
        let Address { wave, audience, department, question, breakdown, group } = at;
        if let Some(other) = against {
            let other =
                Address { department: Figures::id(&self.labels("departments"), other)?, ..at.clone() };
            // The file has every pair once, in the order of the questionnaire or by id.
            let there =
                key([wave, "departments", audience, "", question, breakdown, department, &other.department]);
            if self.gaps.contains_key(&there) {
                return self.gap(&there, Some((at, &other)), column);
            }
            return None;
        }
        if breakdown != "all" {
            return self.gap(
                &key([wave, "groups", audience, department, question, breakdown, group, "rest"]),
                None,
                column,
            );
        }
        let [(left, _, of_left), (right, _, of_right)] = own else { return None };
        let left = Address { audience: (*left).to_owned(), department: (*of_left).to_owned(), ..at.clone() };
        let right =
            Address { audience: (*right).to_owned(), department: (*of_right).to_owned(), ..at.clone() };
        let there =
            key([wave, "audiences", "", &left.department, question, "all", &left.audience, &right.audience]);
        self.gap(&there, Some((&left, &right)), column)
    }
}

fn of_mixes(files: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let is_of_mixes = |name: &str| {
        name.ends_with(".csv")
            && ["-weighted-", "-change-and-who-answered-"].iter().any(|part| name.contains(part))
    };
    let found = files.iter().filter(|(name, _)| is_of_mixes(name));
    found.flat_map(|(_, bytes)| Table::of(bytes).rows.into_iter().flatten()).collect()
}
