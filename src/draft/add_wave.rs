//! A new wave in a definition, or more files of one that is there.

use std::collections::BTreeSet;

use toml_edit::{DocumentMut, Item};

use super::add::Adding;
use super::edit::{push_to, tables};
use super::model;
use super::write_wave::write_wave;
use crate::diagnostics::Diagnostics;
use crate::ingest::stands_for;

impl Adding<'_> {
    pub(super) fn wave(&mut self, label: &str, wave: &model::Wave) -> Result<(), Diagnostics> {
        let known = self.survey.waves.iter().position(|it| it.label == label);
        for (stem, files) in &wave.files {
            let audience = self.audience(stem)?;
            let id = self.survey.audiences[audience].id.clone();
            let Some(at) = known else { continue };
            let there = &self.survey.waves[at].files[audience];
            let is_new = |file: &&String| !there.iter().any(|known| stands_for(&known.file, file));
            let names: Vec<&String> = files.iter().map(|(file, _)| file).filter(is_new).collect();
            let listed = tables(&mut self.document, "wave").and_then(|it| it.get_mut(at));
            let listed = listed.and_then(|it| it.get_mut("files")).and_then(Item::as_table_like_mut);
            let Some(listed) = listed else { continue };
            for name in names {
                push_to(listed, &id, name);
                self.notes.push(format!("{label}: {name} of {id}"));
            }
        }
        let Some(at) = known else { return self.push_wave(label, wave) };
        let formats = &self.survey.waves[at].date_formats;
        let new: BTreeSet<&str> = wave.dates.iter().filter_map(|dates| dates.format).collect();
        for format in
            new.into_iter().filter(|it| !formats.is_empty() && !formats.iter().any(|known| known == it))
        {
            let table = tables(&mut self.document, "wave").and_then(|it| it.get_mut(at));
            let Some(table) = table else { continue };
            push_to(table, "date-format", format);
            self.notes.push(format!("{label}: dates are written as {format} as well"));
        }
        Ok(())
    }

    fn push_wave(&mut self, label: &str, wave: &model::Wave) -> Result<(), Diagnostics> {
        // The same text as in a first draft, with the audiences of this definition.
        let mut renamed = model::Wave { files: indexmap::IndexMap::new(), ..wave.clone() };
        for (stem, files) in &wave.files {
            let id = self.survey.audiences[self.audience(stem)?].id.clone();
            renamed.files.entry(id).or_default().extend(files.iter().cloned());
        }
        let mut text = String::new();
        write_wave(&mut text, label, &renamed);
        let drafted: Result<DocumentMut, _> = text.parse();
        let table = drafted.ok().and_then(|mut it| tables(&mut it, "wave").and_then(|it| it.get(0).cloned()));
        if let (Some(mut table), Some(waves)) = (table, tables(&mut self.document, "wave")) {
            table.set_position(None);
            waves.push(table);
            self.notes.push(format!("a new wave, {label}"));
        }
        Ok(())
    }
}
