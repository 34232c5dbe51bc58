//! What single cells of a form say: an answer, a reference, a group, a date.

use csv::StringRecord;
use jiff::civil::{DateTime, Time};
use jiff::fmt::strtime;

use super::corrections::Correction;
use super::excerpt::{excerpt, shown};
use super::forms::Reading;
use super::responses::Code;
use crate::diagnostics::{Diagnostic, Place};
use crate::nearest::nearest;
use crate::survey::{Answer, InvalidAnswers, Wave, fold, quoted};

impl Reading<'_> {
    fn place(&self, line: u64, column: usize) -> Place {
        Place::cell(self.file, line, column, self.columns.headers[column].as_str())
    }

    pub fn answer(&mut self, line: u64, record: &StringRecord, column: usize) -> Code {
        let cell = record[column].trim();
        let cells = &mut self.out.ledger.cells;
        match self.survey.scale_of(self.wave).read(cell) {
            Some(answer) => {
                match answer {
                    Answer::Score(_) => cells.scores += 1,
                    Answer::NoContact => cells.no_contact += 1,
                    Answer::Blank => cells.blank += 1,
                }
                Code::from(answer)
            }
            None => {
                cells.left_out += 1;
                self.not_an_answer(line, record, column);
                Code::LEFT_OUT
            }
        }
    }

    fn not_an_answer(&mut self, line: u64, record: &StringRecord, column: usize) {
        let cell = record[column].trim();
        let message = "the cell holds no answer that the scale knows";
        let place = self.place(line, column);
        let header = self.columns.headers[column].clone();
        let diagnostic = match self.survey.analysis.invalid_answers {
            InvalidAnswers::Stop => {
                let reference = self.reference(line, record);
                if shown(cell) == cell {
                    self.out.proposed.push(Correction::proposed(self.file, &reference, &header, cell));
                }
                Diagnostic::error("answer", place, message).advice(
                    "correct it in corrections.csv; if it is another word for an answer, add it to [scale.labels]",
                )
            }
            InvalidAnswers::LeaveOut => {
                self.reject(line, &header, &shown(cell), "not an answer on the scale; left out");
                Diagnostic::warning("answer", place, format!("{message}; it is left out"))
            }
        };
        let scale = self.survey.scale_of(self.wave);
        self.found.push(
            diagnostic
                .value(&shown(cell))
                .excerpt(excerpt(self.columns, record, column))
                .expected(scale.accepted())
                .nearest(scale.nearest(cell)),
        );
    }

    pub fn respondent(&mut self, line: u64, column: usize, cell: &str) -> String {
        if cell.is_empty() {
            let place = self.place(line, column);
            self.found.push(
                Diagnostic::error("respondent", place, "the form has no reference, so that a second copy could not be found")
                    .expected("a number or text that no other form has")
                    .advice("give the form a reference in the export; if no form has one, delete `respondent` from the audience"),
            );
        }
        cell.to_owned()
    }

    pub fn group(
        &mut self,
        (line, record): (u64, &StringRecord),
        column: usize,
        breakdown: usize,
    ) -> Option<usize> {
        let cell = record[column].trim();
        if cell.is_empty() {
            return None;
        }
        let group = self.groups[breakdown].get(&fold(cell)).copied();
        if group.is_none() {
            let definition = &self.survey.audiences[self.audience].breakdowns[breakdown];
            let in_wave = || definition.groups_in(self.wave);
            let labels: Vec<&str> = in_wave().map(|group| group.label.as_str()).collect();
            let names = in_wave().flat_map(|group| group.all());
            let near = nearest(cell, names);
            let gone = definition.not_in_wave(cell, self.wave, &self.survey.waves);
            let meant = near.and_then(|near| in_wave().find(|group| group.means(near)));
            let advice = match (gone, meant) {
                (Some(why), _) => format!("{why}; correct the cell, or the [[succession]]"),
                (None, Some(group)) if shown(cell) == cell => {
                    format!("if it is {}, write there:  aliases = [{}]", group.label, quoted(cell))
                }
                (None, Some(_)) => "correct the cell: what stands there is no name of a group".to_owned(),
                (None, None) => format!("add the group to the breakdown `{}` in survey.toml", definition.id),
            };
            let place = self.place(line, column);
            self.found.push(
                Diagnostic::error("group", place, format!("{} has no group of this name", definition.label))
                    .value(&shown(cell))
                    .excerpt(excerpt(self.columns, record, column))
                    .expected(labels.join(", "))
                    .nearest(near)
                    .advice(advice),
            );
        }
        group
    }

    pub fn date(&mut self, line: u64, column: usize, cell: &str) -> Option<DateTime> {
        let wave = &self.survey.waves[self.wave];
        let typed = typed(cell, self.has_dates);
        if cell.is_empty() || (wave.date_formats.is_empty() && typed.is_none()) {
            return None;
        }
        let read = typed.or_else(|| written(wave, cell));
        let outside = read.is_some_and(|at| is_outside(wave, at));
        let (kind, message, expected) = match read {
            None => (
                "date",
                "the date of the form cannot be read",
                format!("a date written as {}", wave.date_formats.join(" or ")),
            ),
            Some(_) if outside => {
                let period = wave.fieldwork.map_or(String::new(), |(from, to)| format!("{from} to {to}"));
                ("fieldwork", "the form is dated outside the fieldwork period", period)
            }
            Some(_) => return read,
        };
        let place = self.place(line, column);
        self.found.push(
            Diagnostic::warning(kind, place, message)
                .value(&shown(cell))
                .expected(expected)
                .advice("nothing, if the form belongs to this wave: it counts. Otherwise take it out of the file, or correct `date-format` and `fieldwork` in survey.toml"),
        );
        read
    }
}

/// Whether there is nothing to say of the date of a form.
pub(super) fn is_sound_date(wave: &Wave, has_dates: bool, cell: &str) -> bool {
    let typed = typed(cell, has_dates);
    let is_sound = |at| !is_outside(wave, at);
    cell.is_empty()
        || (wave.date_formats.is_empty() && typed.is_none())
        || typed.or_else(|| written(wave, cell)).is_some_and(is_sound)
}

/// A date that the file holds as one.
fn typed(cell: &str, has_dates: bool) -> Option<DateTime> {
    Some(cell).filter(|_| has_dates).and_then(|cell| cell.parse().ok())
}

/// The date of a form as text says it.
fn written(wave: &Wave, cell: &str) -> Option<DateTime> {
    wave.date_formats.iter().find_map(|format| {
        let parts = strtime::parse(format, cell).ok()?;
        let day = || parts.to_date().ok().map(|date| date.to_datetime(Time::midnight()));
        parts.to_datetime().ok().or_else(day)
    })
}

fn is_outside(wave: &Wave, at: DateTime) -> bool {
    wave.fieldwork.is_some_and(|(from, to)| at.date() < from || at.date() > to)
}
