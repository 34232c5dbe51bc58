//! What stood in the columns of a file, before anything was corrected or set aside: to be held
//! against the platform's own summary.

use csv::StringRecord;
use serde::Serialize;

use super::columns::{Columns, Role};
use super::excerpt::shown;
use crate::survey::{Audience, Survey};

/// Different texts of a column that are counted one by one.
const TEXTS: usize = 100;

/// One column of scores or groups, with how often each text stood in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ColumnRead {
    /// From 1.
    pub column: usize,
    pub header: String,
    /// Id of the question; none in a column of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Id of the department, or `whole`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Id of the breakdown; none in a column of scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breakdown: Option<String>,
    /// In the order of the texts, an empty cell first.
    pub values: Vec<TextRead>,
    /// Cells with still other texts, where there are very many.
    pub others: u64,
}

/// How often a text stood in a column, as the file has it but for space around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct TextRead {
    pub value: String,
    pub count: u64,
}

/// The columns of a file while they are counted.
#[derive(Debug)]
pub(super) struct AnswersRead(Vec<ColumnRead>);

impl AnswersRead {
    pub fn of(survey: &Survey, audience: &Audience, columns: &Columns) -> AnswersRead {
        let named = columns.roles.iter().enumerate().filter_map(|(position, role)| {
            let (question, department, breakdown) = match role {
                Role::Item(item) => {
                    let item = columns.items[*item];
                    let department = item.department.map_or("whole", |one| &survey.departments[one].names.id);
                    (Some(&survey.questions[item.question].id), Some(department), None)
                }
                Role::Breakdown(by) => (None, None, Some(&audience.breakdowns[*by].id)),
                _ => return None,
            };
            Some(ColumnRead {
                column: position + 1,
                header: columns.headers[position].clone(),
                question: question.cloned(),
                department: department.map(str::to_owned),
                breakdown: breakdown.cloned(),
                values: Vec::new(),
                others: 0,
            })
        });
        AnswersRead(named.collect())
    }

    /// Counts a row that fits the header.
    pub fn watch(&mut self, record: &StringRecord) {
        for column in &mut self.0 {
            let text = shown(record.get(column.column - 1).unwrap_or_default().trim());
            let known = column.values.iter().position(|one| one.value == text);
            match known {
                Some(position) => column.values[position].count += 1,
                None if column.values.len() < TEXTS => {
                    column.values.push(TextRead { value: text.into_owned(), count: 1 });
                }
                None => column.others += 1,
            }
        }
    }

    pub fn into_columns(mut self) -> Vec<ColumnRead> {
        self.0.iter_mut().for_each(|column| column.values.sort());
        self.0
    }
}
