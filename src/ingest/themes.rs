//! Themes that people named in comments or workshops, as somebody coded them: one row per respondent
//! and theme, or counts only. The comments themselves are never read.

use super::decode::Decoded;
use super::excerpt::shown;
use super::records::records;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::nearest::nearest;
use crate::survey::{Survey, fold};

/// The coded themes of one wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeRows {
    pub wave: usize,
    pub rows: Vec<ThemeRow>,
}

/// One row of a coded file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ThemeRow {
    pub audience: usize,
    pub theme: Theme,
    pub told: Told,
}

/// What was named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Anything at all, as a row of counts may say.
    Any,
    Named(String),
}

/// Who named it, or how many did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    By(String),
    Times(u64),
}

/// A theme is a label; what is longer is somebody's words.
const LONGEST: usize = 60;

const KIND: &str = "themes";

/// Reads `audience,respondent,theme` or `audience,theme,count`. Other columns are not looked at.
pub(super) fn read_themes(
    survey: &Survey,
    wave: usize,
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> ThemeRows {
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let at = |name: &str| header.iter().position(|cell| fold(cell) == name);
    let (Some(audience), Some(theme), Some((is_count, by))) = (
        at("audience"),
        at("theme"),
        at("respondent").map(|by| (false, by)).or(at("count").map(|by| (true, by))),
    ) else {
        found.push(
            Diagnostic::error(KIND, Place::line(file, 1), "the file of themes lacks a column")
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(
                    "audience, respondent, theme; or, where only counts are known, audience, theme, count",
                ),
        );
        return ThemeRows { wave, rows: Vec::new() };
    };
    let mut rows: Vec<ThemeRow> = Vec::new();
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        let row = Row { file, line, cells: record.iter().map(str::trim).collect() };
        let who = row.audience(survey, audience).map_err(|problem| found.push(*problem)).ok();
        let what = row.theme(theme, is_count).map_err(|problem| found.push(*problem)).ok();
        let told = row.told(by, is_count).map_err(|problem| found.push(*problem)).ok();
        let (Some(audience), Some(named), Some(told)) = (who, what, told) else { continue };
        let is_same = |other: &ThemeRow| other.audience == audience && is_same_theme(&other.theme, &named);
        if is_count && rows.iter().any(is_same) {
            found.push(
                Diagnostic::error(KIND, row.place(theme, "theme"), "this theme is counted a second time")
                    .advice("put its counts together in one row"),
            );
        }
        rows.push(ThemeRow { audience, theme: named, told });
    }
    // Nothing may depend on the order of rows.
    rows.sort();
    let themes = ThemeRows { wave, rows };
    check_totals(survey, file, &themes, found);
    themes
}

/// Whether two texts mean the same theme.
fn is_same_theme(one: &Theme, other: &Theme) -> bool {
    match (one, other) {
        (Theme::Named(one), Theme::Named(other)) => fold(one) == fold(other),
        (one, other) => one == other,
    }
}

struct Row<'r> {
    file: &'r str,
    line: u64,
    cells: Vec<&'r str>,
}

impl Row<'_> {
    fn cell(&self, at: usize) -> &str {
        self.cells.get(at).copied().unwrap_or_default()
    }

    fn place(&self, at: usize, header: &str) -> Place {
        Place::cell(self.file, self.line, at, header)
    }

    fn audience(&self, survey: &Survey, at: usize) -> Result<usize, Box<Diagnostic>> {
        let text = self.cell(at);
        let means = |name: &str| fold(name) == fold(text);
        survey.audiences.iter().position(|it| means(&it.id) || means(&it.label)).ok_or_else(|| {
            let ids: Vec<&str> = survey.audiences.iter().map(|it| it.id.as_str()).collect();
            let message = "survey.toml has no audience of this name";
            Box::new(
                Diagnostic::error(KIND, self.place(at, "audience"), message)
                    .found(format!("\"{}\"", shown(text)))
                    .expected(ids.join(", "))
                    .nearest(nearest(text, ids)),
            )
        })
    }

    fn theme(&self, at: usize, is_count: bool) -> Result<Theme, Box<Diagnostic>> {
        let text = self.cell(at);
        let problem = |message: &str, advice: &str| {
            Box::new(Diagnostic::error(KIND, self.place(at, "theme"), message).advice(advice))
        };
        match text {
            "" => Err(problem("the row names no theme", "name it, or delete the row")),
            _ if fold(text) == "all" && is_count => Ok(Theme::Any),
            _ if fold(text) == "all" => Err(problem(
                "`all` is no theme where respondents are listed",
                "delete the row: who named any theme is counted from the others",
            )),
            // The text itself may be what somebody said, so it is not shown here either.
            long if long.chars().count() > LONGEST => Err(problem(
                &format!("this is longer than the {LONGEST} characters of a theme"),
                "write the short label that it was coded as; comments stay out of this file",
            )),
            theme => Ok(Theme::Named(theme.to_owned())),
        }
    }

    fn told(&self, at: usize, is_count: bool) -> Result<Told, Box<Diagnostic>> {
        let text = self.cell(at);
        if is_count {
            return text.parse().map(Told::Times).map_err(|_| {
                Box::new(
                    Diagnostic::error(KIND, self.place(at, "count"), "the count of a theme cannot be read")
                        .found(format!("\"{text}\""))
                        .expected("a whole number, without separators"),
                )
            });
        }
        if text.is_empty() {
            let message = "the row does not say which respondent named the theme";
            let advice = "where that is not known, give counts instead: audience, theme, count";
            return Err(Box::new(
                Diagnostic::error(KIND, self.place(at, "respondent"), message).advice(advice),
            ));
        }
        Ok(Told::By(text.to_owned()))
    }
}

/// Nobody can have named one theme who named none.
fn check_totals(survey: &Survey, file: &str, themes: &ThemeRows, found: &mut Diagnostics) {
    for row in &themes.rows {
        let (Theme::Any, Told::Times(any)) = (&row.theme, &row.told) else { continue };
        for other in themes.rows.iter().filter(|other| other.audience == row.audience) {
            if let Told::Times(times) = other.told
                && times > *any
            {
                let label = &survey.audiences[row.audience].label;
                found.push(
                    Diagnostic::error(
                        KIND,
                        Place::file(file),
                        format!("more {label} named one theme than named any"),
                    )
                    .found(format!("{times}, and {any} in the row `all`"))
                    .expected("in the row `all` the number who named at least one theme"),
                );
            }
        }
    }
}
