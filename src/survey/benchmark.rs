//! Files that other councils shared, and which of their ids are which of ours.

use indexmap::IndexMap;
use toml::Spanned;

use super::check::Check;
use super::definition::BenchmarkEntry;
use super::model::{DepartmentDefinition, QuestionDefinition};
use crate::diagnostics::Place;

/// A file that another council shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benchmark {
    /// Name under the input folder.
    pub file: String,
    /// What the council is called here, where that is not as its file has it.
    pub name: Option<String>,
    pub audiences: Vec<Renamed>,
    pub questions: Vec<Renamed>,
    pub departments: Vec<Renamed>,
}

/// An id of theirs, and what it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    pub theirs: String,
    /// A position in the definition; `None` for what is not to be compared.
    pub ours: Option<usize>,
    /// Where the definition says so.
    pub place: Place,
}

impl Check<'_> {
    pub(super) fn benchmarks(
        &mut self,
        typed: Vec<BenchmarkEntry>,
        audiences: &[String],
        questions: &[QuestionDefinition],
        departments: &[DepartmentDefinition],
    ) -> Vec<Benchmark> {
        self.distinct("benchmark file", typed.iter().map(|entry| &entry.file));
        self.distinct("benchmark name", typed.iter().filter_map(|entry| entry.name.as_ref()));
        let questions: Vec<String> = questions.iter().map(|question| question.id.clone()).collect();
        let departments: Vec<String> = departments.iter().map(|it| it.names.id.clone()).collect();
        let benchmarks = typed.into_iter().map(|entry| Benchmark {
            file: self.path(entry.file.get_ref(), entry.file.span()),
            audiences: self.renamed("audience", entry.audiences, audiences),
            questions: self.renamed("question", entry.questions, &questions),
            departments: self.renamed("department", entry.departments, &departments),
            name: entry.name.map(|name| {
                if name.get_ref().trim().is_empty() {
                    self.error(name.span(), "this council has no name", "its name, or no such line");
                }
                name.into_inner()
            }),
        });
        benchmarks.collect()
    }

    /// Their ids with ours; an empty one says that there is none.
    fn renamed(
        &mut self,
        what: &str,
        typed: IndexMap<Spanned<String>, Spanned<String>>,
        known: &[String],
    ) -> Vec<Renamed> {
        self.distinct(what, typed.values().filter(|ours| !ours.get_ref().is_empty()));
        let renamed = typed.into_iter().map(|(theirs, ours)| {
            let position = known.iter().position(|known| known == ours.get_ref());
            if position.is_none() && !ours.get_ref().is_empty() {
                self.unknown(what, ours.get_ref(), ours.span(), known);
            }
            Renamed { place: self.place(theirs.span()), theirs: theirs.into_inner(), ours: position }
        });
        renamed.collect()
    }
}
