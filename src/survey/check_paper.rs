//! Checks of what the definition says about the paper: areas for improvement, sections, colours.

use std::collections::BTreeMap;

use toml::Spanned;

use super::audience::Audience;
use super::check::Check;
use super::definition::{AreaEntry, ReportEntry, StyleEntry};
use super::fold;
use super::model::{Area, DepartmentDefinition, Names, QuestionDefinition};
use super::report::{Report, SectionId};
use super::style::{LEAST_CONTRAST, LEAST_CONTRAST_OF_MARKS, Style};
use crate::colour::Colour;

impl Check<'_> {
    pub(super) fn areas(
        &mut self,
        typed: Vec<AreaEntry>,
        questions: &[QuestionDefinition],
        departments: &[DepartmentDefinition],
    ) -> Vec<Area> {
        // The label of an area may be its id.
        let differs = |area: &AreaEntry| fold(area.id.get_ref()) != fold(area.label.get_ref());
        let labels = typed.iter().filter(|area| differs(area)).map(|area| &area.label);
        self.distinct("area", typed.iter().map(|area| &area.id).chain(labels));
        let questions: Vec<String> = questions.iter().map(|question| question.id.clone()).collect();
        let departments: Vec<String> = departments.iter().map(|it| it.names.id.clone()).collect();
        let areas = typed.into_iter().map(|entry| {
            if entry.questions.is_empty() {
                let message = format!("the area `{}` names no question", entry.id.get_ref());
                self.error(entry.id.span(), &message, "questions = [\"Q2\"]: what speaks of the area");
            }
            Area {
                questions: self.positions("question", &entry.questions, &questions),
                departments: self.positions("department", &entry.departments, &departments),
                text: entry.text,
                names: Names { id: self.id(&entry.id), label: entry.label.into_inner(), aliases: Vec::new() },
            }
        });
        areas.collect()
    }

    /// Where each of some ids stands among those that there are, each once.
    fn positions(&mut self, what: &str, ids: &[Spanned<String>], known: &[String]) -> Vec<usize> {
        self.distinct(what, ids.iter());
        let positions = ids.iter().filter_map(|id| {
            let position = known.iter().position(|known| known == id.get_ref());
            if position.is_none() {
                self.unknown(what, id.get_ref(), id.span(), known);
            }
            position
        });
        positions.collect()
    }

    pub(super) fn report(&mut self, typed: ReportEntry) -> Report {
        let known: Vec<String> = SectionId::ALL.iter().map(|section| section.id().to_owned()).collect();
        let mut sections = SectionId::ALL.to_vec();
        if let Some(typed) = typed.sections {
            let at = typed.span();
            let typed = typed.into_inner();
            let positions = self.positions("section", &typed, &known);
            sections = positions.into_iter().map(|position| SectionId::ALL[position]).collect();
            if !sections.contains(&SectionId::Limits) {
                self.error(
                    at,
                    "a paper has to say what it cannot say",
                    "\"limits\" among the sections: it says what is not shown and why",
                );
            }
            // The annex comes last, in the order of the list.
            sections.sort_by_key(|section| section.is_annex());
        }
        let mut headings = BTreeMap::new();
        for (id, heading) in &typed.headings {
            match SectionId::of(id.get_ref()) {
                None => self.unknown("section", id.get_ref(), id.span(), &known),
                Some(_) if heading.get_ref().trim().is_empty() => {
                    self.error(heading.span(), "this heading has no words", "a few words, or no such line");
                }
                Some(section) => drop(headings.insert(section, heading.get_ref().clone())),
            }
        }
        Report { title: typed.title, sections, headings }
    }

    pub(super) fn style(&mut self, typed: StyleEntry, audiences: &[Audience]) -> Style {
        let standard = Style::default();
        let StyleEntry { accent, ground, stamp, audiences: own } = typed;
        let of_audiences = own.as_ref().map_or(&[][..], |own| own.get_ref());
        let style = Style {
            accent: self.colour(accent.as_ref(), standard.accent),
            ground: self.colour(ground.as_ref(), standard.ground),
            stamp: self.colour(stamp.as_ref(), standard.stamp),
            audiences: of_audiences.iter().map(|typed| self.colour(Some(typed), standard.accent)).collect(),
        };
        let white = Colour::WHITE;
        for (key, what, colours) in [
            (&accent, "the accent on white", [style.accent, white]),
            (&stamp, "white on the stamp", [style.stamp, white]),
            (&ground, "quiet text on the ground", [Style::QUIET_TEXT, style.ground]),
        ] {
            if let Some(typed) = key {
                self.contrast(typed, what, colours);
            }
        }
        // Whichever of the two was chosen, they meet on the page.
        if let Some(typed) = accent.as_ref().or(ground.as_ref()) {
            self.contrast(typed, "the accent on the ground", [style.accent, style.ground]);
        }
        if let Some(own) = own.as_ref().filter(|own| own.get_ref().len() != audiences.len()) {
            let message = format!("colours: {}, audiences: {}", own.get_ref().len(), audiences.len());
            self.error(own.span(), &message, "one colour per audience, in the order of the definition");
            return style;
        }
        let of_first = accent.as_ref().filter(|_| own.is_none());
        let chosen: Vec<Option<&Spanned<String>>> = (0..audiences.len())
            .map(|audience| of_audiences.get(audience).or_else(|| of_first.filter(|_| audience == 0)))
            .collect();
        self.of_audiences(&style, &chosen, audiences);
        style
    }

    /// What was chosen for an audience can be seen on white and told from the colours of all others.
    fn of_audiences(&mut self, style: &Style, chosen: &[Option<&Spanned<String>>], audiences: &[Audience]) {
        let colour = |audience| style.of_audience(audience, audiences.len());
        for (audience, typed) in chosen.iter().enumerate() {
            let Some(typed) = typed else { continue };
            let (mine, label) = (colour(audience), &audiences[audience].label);
            if mine.contrast(Colour::WHITE) < LEAST_CONTRAST_OF_MARKS {
                let message =
                    format!("the colour of \"{label}\" cannot be seen on white in the charts: {mine}");
                let expected = format!("a darker one: a contrast of {LEAST_CONTRAST_OF_MARKS} or more");
                self.error(typed.span(), &message, &expected);
            }
            // Of two chosen ones, the later is told.
            let others = (0..audiences.len())
                .filter(|&other| other < audience || (other > audience && chosen[other].is_none()));
            for other in others.filter(|&other| !mine.can_be_told_from(colour(other))) {
                let message = format!(
                    "the charts could not tell \"{label}\" ({mine}) from \"{}\" ({})",
                    audiences[other].label,
                    colour(other)
                );
                let expected =
                    "another colour, or one for every audience: audiences = [\"#12436D\", \"#F46A25\"]";
                self.error(typed.span(), &message, expected);
            }
        }
    }

    fn colour(&mut self, typed: Option<&Spanned<String>>, standard: Colour) -> Colour {
        let Some(typed) = typed else { return standard };
        Colour::read(typed.get_ref()).unwrap_or_else(|| {
            let message = format!("\"{}\" is no colour", typed.get_ref());
            self.error(typed.span(), &message, "six hexadecimal digits, for example \"#12436D\"");
            standard
        })
    }

    fn contrast(&mut self, typed: &Spanned<String>, what: &str, [one, other]: [Colour; 2]) {
        let ratio = one.contrast(other);
        if ratio < LEAST_CONTRAST {
            let message = format!(
                "{what} cannot be read: {one} on {other} has a contrast of {}",
                // Rounded down, so that 4.499 does not read as enough.
                (ratio * 100.0).floor() / 100.0
            );
            let expected =
                format!("a contrast of {LEAST_CONTRAST} or more; a darker accent or stamp, a lighter ground");
            self.error(typed.span(), &message, &expected);
        }
    }
}
