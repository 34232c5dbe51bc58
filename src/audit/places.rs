//! The places of published tables, set beside the data files: a figure for a withheld cell may not
//! stand in one.
//!
//! Every place of a table rests on one cell per year and audience that its title, its column and
//! its row name. Where one of them is withheld, only a mark may stand there. The same reader takes
//! the CSV tables and those of the report.

use super::about::About;
use super::councils::is_of_others;
use super::finding::{Finding, Method, Report};
use super::stated::Withheld;
use super::tables::Table;
use super::world::Address;

/// Looks at every place of some tables.
pub fn look_at(tables: &[Table], about: &About, withheld: &Withheld, report: &mut Report) {
    for table in tables {
        report.count("places of tables", table.rows.iter().map(Vec::len).sum());
        if table.header.first().is_some_and(|heading| heading == COMPARED) {
            continue;
        }
        let reader = Reader { about, table };
        let mut is_strange = false;
        for row in &table.rows {
            let Some(narrowed) = reader.row(row) else {
                is_strange = true;
                continue;
            };
            for (column, text) in table.header.iter().zip(row).skip(1) {
                // What others made public is held against the data file elsewhere.
                if is_harmless(column, text) || is_of_others(column) {
                    continue;
                }
                let addresses = reader.addresses(&narrowed, column);
                is_strange |= addresses.is_empty();
                if let Some(address) = withheld.first(&addresses) {
                    report.findings.push(Finding {
                        method: Method::Shown,
                        address: address.clone(),
                        value: format!("{column} {text}"),
                        from: format!("{}, row {}", table.file, row.first().map_or("", String::as_str)),
                    });
                }
            }
        }
        if is_strange {
            report.notes.push(format!("{}: not every row could be set beside the data files", table.file));
        }
    }
}

/// Tests over several groups leave out those that are withheld, and so rest on no one cell.
const COMPARED: &str = "Compared";

/// Columns that say what a row is about.
const HEADINGS: [&str; 20] = [
    "Area for improvement",
    "What the survey says",
    "Where its recommendations stand",
    "Recommendation",
    "Where it stands",
    "Owner",
    "Date",
    "Note",
    "Question",
    "Department",
    "Against",
    "Breakdown",
    "Group",
    "Year",
    "Audience",
    "What was scored",
    "People told apart by",
    "Weighted by",
    "Who",
    "Could it be done",
];

/// Marks, what was public before anyone answered, and words without a result.
fn is_harmless(column: &str, text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || (text.starts_with('[') && text.ends_with(']'))
        || column.to_lowercase().contains("invited")
        || HEADINGS.contains(&column)
        || ["not compared", "not tested"].contains(&text)
}

/// What the words of one table mean.
pub(super) struct Reader<'a> {
    pub about: &'a About,
    pub table: &'a Table,
}

/// What a row is about, where it narrows something down.
#[derive(Default)]
pub(super) struct Narrowed {
    audience: Option<String>,
    wave: Option<String>,
    /// One, or two that are compared.
    departments: Vec<String>,
    question: Option<String>,
    group: Option<(String, String)>,
    /// The text that the first column of a table of groups holds.
    label: String,
}

impl Reader<'_> {
    /// The audiences that a column is about: those whose label begins it, or else those of the title.
    fn audiences(&self, column: &str) -> Vec<&str> {
        let title = self.table.title.to_lowercase();
        let in_column = self.about.audiences.iter().filter(|one| column.starts_with(&one.label));
        let own: Vec<&str> = in_column.map(|one| one.id.as_str()).collect();
        if own.len() == 1 && !column.ends_with("compared") {
            return own;
        }
        let in_title = self.about.audiences.iter().filter(|one| title.contains(&one.label.to_lowercase()));
        let in_title: Vec<&str> = in_title.map(|one| one.id.as_str()).collect();
        if in_title.is_empty() {
            return self.about.audiences.iter().map(|one| one.id.as_str()).collect();
        }
        in_title
    }

    fn waves(&self, column: &str) -> Vec<&str> {
        let begins = |wave: &&String| column.starts_with(&format!("{wave} "));
        if let Some(wave) = self.about.waves.iter().find(begins) {
            return vec![wave];
        }
        let title = &self.table.title;
        let in_title = self.about.waves.iter().filter(|wave| title.contains(wave.as_str()));
        let in_title: Vec<&str> = in_title.map(String::as_str).collect();
        if in_title.is_empty() { self.about.waves.iter().map(String::as_str).collect() } else { in_title }
    }

    /// The question that a text names. Units in brackets at its end do not count.
    fn question(&self, text: &str) -> Option<String> {
        let bare = text.rfind(" (").map_or(text, |end| &text[..end]);
        let means = |labels: &Vec<String>| labels.iter().any(|label| label == text || label == bare);
        self.about.labels.questions.iter().find(|(_, labels)| means(labels)).map(|(id, _)| id.clone())
    }

    fn department(&self, text: &str) -> Option<String> {
        let departments = &self.about.labels.departments;
        departments.iter().find(|(_, label)| *label == text).map(|(id, _)| id.clone())
    }

    /// What a row's texts under the headings say; `None` where they are no known words.
    pub fn row(&self, row: &[String]) -> Option<Narrowed> {
        let mut narrowed = Narrowed::default();
        let first = self.table.header.first()?;
        narrowed.label.clone_from(row.first()?);
        let is_breakdown =
            |label: &str| self.about.labels.breakdowns.values().flatten().any(|(_, one)| one.label == label);
        if !HEADINGS.contains(&first.as_str()) && !is_breakdown(first) {
            return None;
        }
        for (heading, text) in self.table.header.iter().zip(row) {
            match heading.as_str() {
                "Question" => narrowed.question = Some(self.question(text)?),
                "Department" | "Against" | "What was scored" => {
                    narrowed.departments.push(self.department(text)?);
                }
                "Year" => narrowed.wave = Some(self.about.waves.iter().find(|wave| *wave == text)?.clone()),
                "Audience" => {
                    let audience = self.about.audiences.iter().find(|one| one.label == *text)?;
                    narrowed.audience = Some(audience.id.clone());
                }
                "Group" => narrowed.group = self.group(&narrowed.label, text)?,
                _ => {}
            }
        }
        if is_breakdown(first) {
            narrowed.group = self.group(first, &narrowed.label)?;
        }
        Some(narrowed)
    }

    /// Breakdown and group by their labels; nothing for everyone, and `None` for unknown words.
    fn group(&self, breakdown: &str, group: &str) -> Option<Option<(String, String)>> {
        if group == "Everyone" || group.starts_with("Groups not shown") {
            return Some(None);
        }
        for audience in self.audiences("") {
            let Some(known) = self.about.labels.breakdowns.get(audience) else { continue };
            for (id, labels) in known.iter().filter(|(_, labels)| labels.label == breakdown) {
                if let Some((group, _)) = labels.groups.iter().find(|(_, label)| *label == group) {
                    return Some(Some((id.clone(), group.clone())));
                }
            }
        }
        None
    }

    pub fn addresses(&self, narrowed: &Narrowed, column: &str) -> Vec<Address> {
        let question =
            narrowed.question.clone().or_else(|| self.question(column)).unwrap_or_else(|| "all".to_owned());
        let (breakdown, group) =
            narrowed.group.clone().unwrap_or_else(|| ("all".to_owned(), "all".to_owned()));
        let whole = self.about.labels.departments.get("whole");
        let is_whole = whole.is_some_and(|label| self.table.title.contains(label.as_str()));
        let waves = narrowed.wave.as_deref().map_or_else(|| self.waves(column), |wave| vec![wave]);
        let audiences = narrowed.audience.as_deref().map_or_else(|| self.audiences(column), |one| vec![one]);
        let mut addresses = Vec::new();
        for wave in waves {
            for &audience in &audiences {
                let scores =
                    self.about.audiences.iter().any(|one| one.id == audience && one.scores_departments);
                let headline = if scores && !is_whole { "all" } else { "whole" };
                let departments = match &narrowed.departments[..] {
                    [] => vec![headline.to_owned()],
                    some => some.to_vec(),
                };
                addresses.extend(departments.into_iter().map(|department| Address {
                    wave: wave.to_owned(),
                    audience: audience.to_owned(),
                    department,
                    question: question.clone(),
                    breakdown: breakdown.clone(),
                    group: group.clone(),
                }));
            }
        }
        addresses
    }
}
