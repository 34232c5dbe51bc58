//! The waves of a definition: their dates and files.

use std::ops::Range;

use toml::Spanned;

use super::check::{Check, date};
use super::definition::{Texts, WaveEntry};
use super::wave::{AnswerFile, Mode, Wave};

/// Survey platforms by their ids.
pub(crate) const PLATFORMS: [&str; 9] = [
    "smartsurvey",
    "surveymonkey",
    "qualtrics",
    "microsoft-forms",
    "google-forms",
    "limesurvey",
    "jisc",
    "snap",
    "plain",
];

impl Check<'_> {
    pub(super) fn wave(&mut self, entry: WaveEntry, audiences: &[String]) -> Wave {
        let fieldwork = entry.fieldwork.and_then(|typed| {
            let dates =
                date(&typed.get_ref().from).zip(date(&typed.get_ref().to)).filter(|(from, to)| from <= to);
            if dates.is_none() {
                self.error(
                    typed.span(),
                    "the fieldwork needs two dates, the earlier first",
                    "{ from = 2016-06-01, to = 2016-07-31 }",
                );
            }
            dates
        });
        match (&entry.files, &entry.sums) {
            (None, None) => self.error(
                entry.label.span(),
                "this wave has no files",
                "files = { NAME = \"a file of answers\" } with the name of an audience, or sums = \"a file of sums\"",
            ),
            (Some(files), Some(_)) if !files.get_ref().is_empty() => self.error(
                files.span(),
                "this wave has files of answers and a file of sums",
                "one or the other: the sums are of all audiences",
            ),
            _ => {}
        }
        let mut files = vec![Vec::new(); audiences.len()];
        for (id, listed) in entry.files.map(Spanned::into_inner).unwrap_or_default() {
            match audiences.iter().position(|audience| audience == id.get_ref()) {
                Some(position) => {
                    let at = listed.span();
                    let listed = listed.into_inner().into_list();
                    let described = listed.into_iter().map(|entry| AnswerFile {
                        file: self.path(&entry.file, at.clone()),
                        mode: self.mode(entry.mode.as_deref(), at.clone()),
                    });
                    files[position].extend(described);
                }
                None => self.unknown("audience", id.get_ref(), id.span(), audiences),
            }
        }
        let mut invited = vec![None; audiences.len()];
        for (id, file) in entry.invited {
            match audiences.iter().position(|audience| audience == id.get_ref()) {
                Some(position) => invited[position] = Some(self.path(file.get_ref(), file.span())),
                None => self.unknown("audience", id.get_ref(), id.span(), audiences),
            }
        }
        Wave {
            invited,
            label: entry.label.into_inner(),
            scale: entry.scale.as_ref().map(|scale| self.scale(scale)),
            fieldwork,
            date_formats: entry.date_format.map(Texts::into_list).unwrap_or_default(),
            platform: entry.platform.map(|id| self.platform(&id)),
            sums: entry.sums.map(|file| self.path(file.get_ref(), file.span())),
            questions_by_order: entry.questions_by_order,
            files,
            population: entry.population.map(|file| self.path(file.get_ref(), file.span())),
            published: entry.published.map(|file| self.path(file.get_ref(), file.span())),
            themes: entry.themes.map(|file| self.path(file.get_ref(), file.span())),
            released: entry
                .released
                .map(|folder| self.path(folder.get_ref(), folder.span()).trim_end_matches('/').to_owned()),
        }
    }

    /// How the forms of a file came in; online where nothing says otherwise.
    fn mode(&mut self, typed: Option<&str>, at: Range<usize>) -> Mode {
        let Some(typed) = typed else { return Mode::default() };
        let mode = Mode::ALL.into_iter().find(|mode| mode.id() == typed);
        if mode.is_none() {
            self.unknown("mode", typed, at, &Mode::ALL.map(|mode| mode.id().to_owned()));
        }
        mode.unwrap_or_default()
    }

    /// A survey platform whose layout is known.
    fn platform(&mut self, id: &Spanned<String>) -> String {
        let known: Vec<String> = PLATFORMS.iter().map(|id| (*id).to_owned()).collect();
        if !PLATFORMS.contains(&id.get_ref().as_str()) {
            self.unknown("platform", id.get_ref(), id.span(), &known);
        }
        id.get_ref().clone()
    }
}
