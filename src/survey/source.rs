//! The text of the definition: from a byte range to line, column and caret; from a parser's
//! refusal to something that an analyst can act on.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::definition::Definition;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Severity};
use crate::nearest::nearest;
use crate::text::harmless;

/// Unknown keys that are listed: for each the whole definition is read once more.
const MOST_UNKNOWN: usize = 100;

/// The definition's text and its name in messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    /// An error at a byte range of the text, with the line and a caret.
    pub fn error(&self, kind: &'static str, at: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let start = at.start.min(self.text.len());
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() as u64 + 1;
        let column = self.text[line_start..start].chars().count();
        let content = self.text[line_start..].lines().next().unwrap_or_default();
        let end = at.end.clamp(start, line_start + content.len().max(start - line_start));
        let width = self.text.get(start..end).map_or(1, |marked| marked.chars().count().max(1));
        let place = Place { line: Some(line), column: Some(column as u64 + 1), ..Place::file(self.file) };
        let excerpt = format!("{content}\n{}{}", " ".repeat(column), "^".repeat(width));
        Diagnostic::error(kind, place, message).excerpt(excerpt)
    }

    /// Reads the text into the typed definition, listing the unknown keys; other mistakes of form
    /// end the reading at the first, since what follows could not be trusted.
    pub fn parse(&self) -> Result<Definition, Diagnostics> {
        let mut found = Diagnostics::default();
        let mut document = match DeTable::parse(self.text) {
            Ok(document) => without_harm(document),
            Err(error) => {
                found.push(self.syntax(&error));
                return Err(found);
            }
        };
        loop {
            let error = match Definition::deserialize(Deserializer::from(document.clone())) {
                Ok(definition) if found.has_errors() => {
                    drop(definition);
                    return Err(found);
                }
                Ok(definition) => return Ok(definition),
                Err(error) => error,
            };
            let key = error.span().filter(|_| error.message().starts_with("unknown field"));
            match key {
                Some(span) if remove_key(document.get_mut(), &span) => {
                    found.push(self.unknown_key(&error, span));
                    if found.count(Severity::Error) == MOST_UNKNOWN {
                        return Err(found);
                    }
                }
                _ => {
                    found.push(self.form(&error));
                    return Err(found);
                }
            }
        }
    }

    fn unknown_key(&self, error: &toml::de::Error, span: Range<usize>) -> Diagnostic {
        let names: Vec<&str> = error.message().split('`').skip(1).step_by(2).collect();
        let (unknown, known) = names.split_first().map_or(("", &names[..]), |(first, rest)| (*first, rest));
        let expected = if known.is_empty() { "no key here".to_owned() } else { known.join(", ") };
        self.error("unknown-key", span, format!("there is no key `{unknown}` here"))
            .expected(expected)
            .nearest(nearest(unknown, known.iter().copied()))
            .advice("correct the spelling, or delete the line")
    }

    fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        let diagnostic =
            self.error("syntax", span, format!("the definition cannot be read: {}", plain(error)));
        let line = diagnostic.excerpt.as_deref().unwrap_or_default();
        if line.contains(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']) {
            diagnostic.advice("this line has curly quotation marks; use the straight ones: \"")
        } else if line.contains('\\') {
            diagnostic.advice("write paths with a forward slash: \"2016/providers.csv\"")
        } else {
            diagnostic.advice("every line is a [section], or key = \"text\", key = number, key = [list]; texts stand in straight quotation marks")
        }
    }

    fn form(&self, error: &toml::de::Error) -> Diagnostic {
        let span = error.span().unwrap_or(0..0);
        self.error("definition", span, format!("the definition is not as expected: {}", plain(error)))
            .advice("docs and the sample survey.toml show every key with its form")
    }
}

/// The document with every text as it may be shown.
fn without_harm(mut document: Spanned<DeTable<'_>>) -> Spanned<DeTable<'_>> {
    document.get_mut().iter_mut().for_each(|(_, value)| clean(value.get_mut()));
    document
}

fn clean(value: &mut DeValue<'_>) {
    match value {
        DeValue::String(text) => *text = harmless(std::mem::take(text)),
        DeValue::Array(values) => values.iter_mut().for_each(|value| clean(value.get_mut())),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| clean(value.get_mut())),
        _ => {}
    }
}

fn plain(error: &toml::de::Error) -> String {
    error.message().lines().next().unwrap_or_default().to_owned()
}

/// Removes the key that stands at `span`, wherever in the document it is.
fn remove_key(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let key = table.keys().find(|key| key.span() == *span).cloned();
    match key {
        Some(key) => table.remove(&key).is_some(),
        None => table.iter_mut().any(|(_, value)| remove_key_in_value(value.get_mut(), span)),
    }
}

fn remove_key_in_value(value: &mut DeValue<'_>, span: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => remove_key(table, span),
        DeValue::Array(values) => values.iter_mut().any(|value| remove_key_in_value(value.get_mut(), span)),
        _ => false,
    }
}
