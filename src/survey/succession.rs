//! What became of departments and groups from one wave to the next: merged, or split.

use std::collections::BTreeSet;

use toml::Spanned;

use super::audience::Audience;
use super::check::Check;
use super::definition::SuccessionEntry;
use super::model::{Asked, DepartmentDefinition, Names};
use super::quoted;
use crate::words::listed;

/// From a wave on some departments, or groups of a breakdown, are gone and others stand in their
/// place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// The first wave of the new ones.
    pub wave: usize,
    /// Ids of those that are gone from that wave on.
    pub from: BTreeSet<String>,
    /// Ids of those that did not exist before it.
    pub to: BTreeSet<String>,
}

impl Succession {
    /// Whether it stands between two waves, whichever of them comes first.
    pub fn lies_between(&self, one: usize, other: usize) -> bool {
        one.min(other) < self.wave && self.wave <= one.max(other)
    }

    /// Whether something exists in a wave, as far as this succession goes.
    pub fn keeps(&self, id: &str, wave: usize) -> bool {
        if wave < self.wave { !self.to.contains(id) } else { !self.from.contains(id) }
    }

    /// Whether several things, taken as one, are no longer the same people or the same department
    /// after it: some of what is exchanged is among them, and not all of it.
    pub fn divides<'i>(&self, members: impl Iterator<Item = &'i str>) -> bool {
        let members: BTreeSet<&str> = members.collect();
        let mut exchanged = self.from.iter().chain(&self.to).map(|id| members.contains(id.as_str()));
        let first = exchanged.next().unwrap_or_default();
        exchanged.any(|is_member| is_member != first)
    }
}

/// What departments and groups there are to succeed each other.
pub(super) struct Defined<'a> {
    pub departments: &'a mut [DepartmentDefinition],
    pub audiences: &'a mut [Audience],
    pub waves: &'a [String],
}

impl Check<'_> {
    /// Gives every department and every breakdown what became of it. Returns the successions of
    /// departments.
    pub(super) fn successions(
        &mut self,
        typed: Vec<SuccessionEntry>,
        mut of: Defined<'_>,
    ) -> Vec<Succession> {
        let mut departments = Vec::new();
        for entry in typed {
            match (&entry.audience, &entry.breakdown) {
                (None, None) => departments.extend(self.of_departments(&entry, &mut of)),
                (Some(audience), Some(breakdown)) => {
                    self.of_groups(&entry, audience, breakdown, &mut of);
                }
                (Some(alone), None) | (None, Some(alone)) => self.error(
                    alone.span(),
                    "groups are named by audience and breakdown",
                    "audience and breakdown for groups, neither of them for departments",
                ),
            }
        }
        departments
    }

    fn of_departments(&mut self, entry: &SuccessionEntry, of: &mut Defined<'_>) -> Option<Succession> {
        let names: Vec<Names> = of.departments.iter().map(|one| one.names.clone()).collect();
        let succession = self.succession(entry, "department", &names, of.waves)?;
        for department in of.departments.iter_mut() {
            let id = department.names.id.clone();
            let exists = |wave: &usize| succession.keeps(&id, *wave);
            if let Asked::In(typed) = &department.asked
                && let Some(wave) = typed.iter().copied().find(|wave| !exists(wave))
            {
                let at =
                    entry.from.iter().chain(&entry.to).find(|text| department.names.means(text.get_ref()));
                let message =
                    format!("`waves` of the department `{id}` and this succession contradict each other");
                let wave = &of.waves[wave];
                let expected = format!(
                    "no \"{wave}\" in the `waves` of `{id}`; without that key it has those that are left to it"
                );
                self.error(at.map_or(0..0, Spanned::span), &message, &expected);
                return None;
            }
            let asked: BTreeSet<usize> =
                (0..of.waves.len()).filter(|wave| department.asked.in_wave(*wave) && exists(wave)).collect();
            if succession.from.contains(&id) || succession.to.contains(&id) {
                department.asked = Asked::In(asked);
            }
        }
        Some(succession)
    }

    fn of_groups(
        &mut self,
        entry: &SuccessionEntry,
        audience: &Spanned<String>,
        breakdown: &Spanned<String>,
        of: &mut Defined<'_>,
    ) {
        let known: Vec<String> = of.audiences.iter().map(|one| one.id.clone()).collect();
        let Some(who) = of.audiences.iter_mut().find(|one| one.id == *audience.get_ref()) else {
            return self.unknown("audience", audience.get_ref(), audience.span(), &known);
        };
        let known: Vec<String> = who.breakdowns.iter().map(|one| one.id.clone()).collect();
        let Some(by) = who.breakdowns.iter_mut().find(|one| one.id == *breakdown.get_ref()) else {
            return self.unknown("breakdown", breakdown.get_ref(), breakdown.span(), &known);
        };
        let Some(succession) = self.succession(entry, "group", &by.groups, of.waves) else { return };
        // One group before or after it, published as one over all years, has a name already.
        let alone = [&succession.to, &succession.from].into_iter().find(|side| side.len() == 1);
        let names = alone.and_then(|side| by.groups.iter().find(|group| side.contains(&group.id)));
        for combination in &mut by.combine {
            let ids: BTreeSet<&String> =
                combination.groups.iter().map(|group| &by.groups[*group].id).collect();
            if let Some(names) = names
                && ids == succession.from.union(&succession.to).collect()
            {
                combination.names = names.clone();
            }
        }
        by.successions.push(succession);
    }

    fn succession(
        &mut self,
        entry: &SuccessionEntry,
        what: &str,
        names: &[Names],
        waves: &[String],
    ) -> Option<Succession> {
        let errors = self.found.iter().count();
        let wave = waves.iter().position(|label| label == entry.wave.get_ref());
        match wave {
            None => self.unknown("wave", entry.wave.get_ref(), entry.wave.span(), waves),
            Some(0) => self.error(
                entry.wave.span(),
                "nothing comes before the first wave",
                "the first wave in which the new ones were asked about",
            ),
            Some(_) => {}
        }
        let from = self.members(&entry.from, what, names);
        let to = self.members(&entry.to, what, names);
        if let Some(both) =
            entry.to.iter().find(|text| to.contains(text.get_ref()) && from.contains(text.get_ref()))
        {
            let message = format!("the {what} `{}` is gone and new at once", both.get_ref());
            let expected = format!(
                "a {what} that goes on has no part in a succession; one that changes what it covers is another {what}, with an id of its own"
            );
            self.error(both.span(), &message, &expected);
        }
        for (side, list) in [("from", &entry.from), ("to", &entry.to)] {
            if list.is_empty() {
                let message = format!("a succession needs at least one {what} on each side");
                let expected = format!("ids under `{side}`; a {what} that only came or went has `waves`");
                self.error(entry.wave.span(), &message, &expected);
            }
        }
        if let ([old], [new]) = (&entry.from[..], &entry.to[..])
            && self.found.iter().count() == errors
        {
            self.rename(what, old, new, names);
        }
        (self.found.iter().count() == errors).then(|| Succession { wave: wave.unwrap_or_default(), from, to })
    }

    /// One for one is another name of the same thing, and the same thing can be compared.
    fn rename(&mut self, what: &str, old: &Spanned<String>, new: &Spanned<String>, names: &[Names]) {
        let labels = |text: &Spanned<String>| -> Vec<String> {
            let of = names.iter().find(|names| names.id == *text.get_ref());
            of.map(|names| names.aliases.iter().chain([&names.label]).map(|it| quoted(it)).collect())
                .unwrap_or_default()
        };
        let message =
            format!("`{}` for `{}` is a rename, and a rename is an alias", new.get_ref(), old.get_ref());
        let expected = format!(
            "no succession and one {what}, `{}`, with the old name beside the new:  aliases = [{}]",
            new.get_ref(),
            labels(old).join(", ")
        );
        self.error(new.span(), &message, &expected);
    }

    /// Ids, as they are; labels are not asked for, since they change.
    fn members(&mut self, typed: &[Spanned<String>], what: &str, names: &[Names]) -> BTreeSet<String> {
        let known: Vec<String> = names.iter().map(|names| names.id.clone()).collect();
        let mut ids = BTreeSet::new();
        for text in typed {
            if !known.contains(text.get_ref()) {
                self.unknown(what, text.get_ref(), text.span(), &known);
            } else if !ids.insert(text.get_ref().clone()) {
                let message = format!("the {what} `{}` stands here a second time", text.get_ref());
                self.error(text.span(), &message, &format!("every {what} once"));
            }
        }
        ids
    }
}

/// "North and South".
pub(super) fn labels_of(ids: &BTreeSet<String>, names: &[Names]) -> String {
    let labels: Vec<&str> =
        names.iter().filter(|names| ids.contains(&names.id)).map(|names| names.label.as_str()).collect();
    listed(&labels)
}

#[cfg(test)]
mod tests {
    use crate::survey::{Survey, read};
    use crate::tally::{Cell, Department, Group, Question};

    /// Three years of one audience with departments and areas, and what is appended.
    fn definition(appended: &str) -> String {
        let waves: String = ["2016", "2017", "2018"]
            .map(|year| format!("[[wave]]\nlabel = \"{year}\"\nfiles = {{ providers = \"{year}.csv\" }}\n"))
            .concat();
        let departments: String = ["care", "money", "finance", "payments"]
            .map(|id| format!("[[department]]\nid = \"{id}\"\nlabel = \"The {id}\"\n"))
            .concat();
        format!(
            "format = 1\ntitle = \"Small\"\n[organisation]\nname = \"Council\"\n[scale]\nlow = 1\nhigh = 4\n\
             [[question]]\nid = \"Q1\"\ntext = \"Trust?\"\n[[question]]\nid = \"Q2\"\ntext = \"Share?\"\n\
             {departments}[audience.providers]\nlabel = \"Providers\"\ndepartments = true\n\
             [[audience.providers.breakdown]]\nid = \"area\"\nlabel = \"Area\"\ncolumns = [\"Area\"]\n\
             groups = [{{ id = \"n\", label = \"N\" }}, {{ id = \"s\", label = \"S\" }}, {{ id = \"w\", label = \"W\" }}, {{ id = \"c\", label = \"C\" }}]\n\
             {waves}{appended}"
        )
    }

    fn survey(appended: &str) -> Survey {
        read(definition(appended).as_bytes()).unwrap()
    }

    #[track_caller]
    fn refused(text: &str, said: &[&str]) {
        let found = read(text.as_bytes()).map_or_else(|found| found.to_string(), |_| String::new());
        for part in said.iter().chain(&["survey.toml, line", "^"]) {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert_eq!(found.matches("error: ").count(), 1, "{found}");
    }

    const SPLIT: &str =
        "[[succession]]\nwave = \"2017\"\nfrom = [\"money\"]\nto = [\"finance\", \"payments\"]\n";
    const GROUPS: &str = "[[succession]]\nwave = \"2018\"\naudience = \"providers\"\nbreakdown = \"area\"\n";

    fn cell(wave: usize, department: Department, group: Group) -> Cell {
        Cell { wave, audience: 0, department, question: Question::All, group }
    }

    #[test]
    fn what_is_gone_is_not_asked_any_more_and_what_is_new_was_not_before() {
        let survey = survey(SPLIT);
        let asked = |wave| -> Vec<&str> {
            let there = survey.departments.iter().filter(|it| it.asked.in_wave(wave));
            there.map(|it| it.names.id.as_str()).collect()
        };
        assert_eq!(asked(0), ["care", "money"]);
        assert_eq!([asked(1), asked(2)], [["care", "finance", "payments"]; 2]);
        let broken = |wave, from, department| {
            let compared = survey.compared_items(0, from, wave);
            survey.is_broken(&cell(wave, department, Group::Everyone), from, &compared)
        };
        for gone_or_new in 1..=3 {
            assert!(broken(1, 0, Department::One(gone_or_new)) && broken(2, 0, Department::One(gone_or_new)));
            // After it nothing is a break any more.
            assert!(!broken(2, 1, Department::One(gone_or_new)));
        }
        // The others, and all of them over what both years have.
        assert!(!broken(1, 0, Department::One(0)) && !broken(1, 0, Department::All));
        assert_eq!(survey.compared_items(0, 0, 1).len(), 2);
        assert_eq!(survey.compared_items(0, 1, 2).len(), 6);
    }

    #[test]
    fn groups_that_are_taken_as_one_over_all_years_are_not_divided() {
        let merged = format!("{GROUPS}from = [\"n\", \"s\"]\nto = [\"c\"]\n");
        let group = |group| Group::Of { breakdown: 0, group };
        let apart = survey(&merged);
        let by = &apart.audiences[0].breakdowns[0];
        assert_eq!((0..4).map(|it| by.has_group(it, 1)).collect::<Vec<_>>(), [true, true, true, false]);
        assert_eq!((0..4).map(|it| by.has_group(it, 2)).collect::<Vec<_>>(), [false, false, true, true]);
        let compared = apart.compared_items(0, 1, 2);
        let broken = (0..4).map(|it| apart.is_broken(&cell(2, Department::All, group(it)), 1, &compared));
        assert_eq!(broken.collect::<Vec<_>>(), [true, true, false, true]);
        assert!(!apart.is_broken(&cell(2, Department::All, Group::Everyone), 1, &compared));
        assert!(by.is_same(0, 1) && !by.is_same(1, 2));

        let one = |combined: &str| {
            let key = format!("columns = [\"Area\"]\ncombine = [[{combined}]]");
            let text = definition(&merged).replace("columns = [\"Area\"]", &key);
            read(text.as_bytes()).unwrap().for_publication().survey
        };
        let all = one("\"n\", \"s\", \"c\"");
        let by = &all.audiences[0].breakdowns[0];
        assert_eq!(by.groups.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["c", "w"]);
        assert!(by.is_same(1, 2) && by.has_group(0, 0) && by.has_group(0, 2));
        // With somebody else among them, or without one of them, they are not the same people.
        let some = one("\"n\", \"s\"");
        assert!(!some.audiences[0].breakdowns[0].is_same(1, 2));
        let more = one("\"s\", \"w\"");
        assert!(more.audiences[0].breakdowns[0].is_divided(1, 1, 2));
    }

    #[test]
    fn a_rename_is_an_alias() {
        refused(
            &definition("[[succession]]\nwave = \"2017\"\nfrom = [\"money\"]\nto = [\"finance\"]\n"),
            &["`finance` for `money` is a rename", "aliases = [\"The money\"]"],
        );
    }

    #[test]
    fn waves_that_contradict_a_succession_are_located() {
        let text = definition(SPLIT).replacen(
            "id = \"money\"\n",
            "id = \"money\"\nwaves = [\"2016\", \"2017\"]\n",
            1,
        );
        let line = text.lines().position(|line| line.starts_with("from")).unwrap() + 1;
        refused(
            &text,
            &[
                "`waves` of the department `money` and this succession contradict",
                &format!("line {line}, column 9"),
            ],
        );
        // What agrees is no contradiction.
        let agrees =
            definition(SPLIT).replacen("id = \"money\"\n", "id = \"money\"\nwaves = [\"2016\"]\n", 1);
        assert!(read(agrees.as_bytes()).is_ok());
    }

    #[test]
    fn mistakes_in_a_succession_are_located() {
        for (entry, said) in [
            (
                "wave = \"2016\"\nfrom = [\"money\"]\nto = [\"finance\", \"payments\"]",
                "nothing comes before the first wave",
            ),
            (
                "wave = \"2019\"\nfrom = [\"money\"]\nto = [\"finance\", \"payments\"]",
                "there is no wave \"2019\"",
            ),
            (
                "wave = \"2017\"\nfrom = [\"mony\"]\nto = [\"finance\", \"payments\"]",
                "there is no department \"mony\"",
            ),
            (
                "wave = \"2017\"\nfrom = [\"money\"]\nto = [\"money\", \"payments\"]",
                "is gone and new at once",
            ),
            (
                "wave = \"2017\"\nfrom = [\"money\", \"money\"]\nto = [\"payments\"]",
                "stands here a second time",
            ),
            ("wave = \"2017\"\nfrom = [\"money\"]\nto = []", "at least one department on each side"),
            (
                "wave = \"2017\"\naudience = \"providers\"\nfrom = [\"n\", \"s\"]\nto = [\"c\"]",
                "by audience and breakdown",
            ),
            (
                "wave = \"2017\"\naudience = \"staff\"\nbreakdown = \"area\"\nfrom = [\"n\", \"s\"]\nto = [\"c\"]",
                "no audience \"staff\"",
            ),
            (
                "wave = \"2017\"\naudience = \"providers\"\nbreakdown = \"size\"\nfrom = [\"n\", \"s\"]\nto = [\"c\"]",
                "no breakdown \"size\"",
            ),
            (
                "wave = \"2017\"\naudience = \"providers\"\nbreakdown = \"area\"\nfrom = [\"n\", \"x\"]\nto = [\"c\"]",
                "no group \"x\"",
            ),
        ] {
            refused(&definition(&format!("[[succession]]\n{entry}\n")), &[said]);
        }
    }

    #[test]
    fn wordings_end_with_a_wave_that_is_not_the_last() {
        let with = |wordings: &str| {
            definition("").replacen(
                "text = \"Trust?\"",
                &format!("text = \"Trust?\"\nwordings = [{wordings}]"),
                1,
            )
        };
        for (wordings, said) in [
            ("{ until = \"2015\", text = \"T?\" }", "there is no wave \"2015\""),
            ("{ until = \"2018\", text = \"T?\" }", "the wording of today"),
            (
                "{ until = \"2016\", text = \"T?\" }, { until = \"2016\", text = \"U?\" }",
                "two wordings were used until 2016",
            ),
            ("{ until = \"2016\", text = \"Share?\" }", "\"Share?\" stands here a second time"),
        ] {
            refused(&with(wordings), &[said]);
        }
        let two = with(
            "{ until = \"2017\", text = \"U?\", comparable = true }, { until = \"2016\", text = \"T?\" }",
        );
        let survey = read(two.as_bytes()).unwrap();
        let question = &survey.questions[0];
        assert_eq!([0, 1, 2].map(|wave| question.text_in(wave)), ["T?", "U?", "Trust?"]);
        let same = [(0, 1), (1, 2), (0, 2), (2, 0)].map(|(one, other)| question.asks_the_same(one, other));
        assert_eq!(same, [false, true, false, false]);
    }

    #[test]
    fn a_scale_of_a_wave_is_checked_as_the_other_one() {
        let with = |scale: &str| {
            definition("").replacen("label = \"2017\"\n", &format!("label = \"2017\"\nscale = {scale}\n"), 1)
        };
        refused(&with("{ low = 0, high = 5 }"), &["a scale begins at 1"]);
        refused(&with("{ low = 1, high = 11 }"), &["from 2 to 10"]);
        let survey = read(with("{ low = 1, high = 5, no-contact = 0 }").as_bytes()).unwrap();
        assert_eq!([0, 1, 2].map(|wave| survey.scale_of(wave).top), [4, 5, 4]);
        assert_eq!(survey.most_scores(), 5);
        assert!(survey.compared_items(0, 0, 1).is_empty() && survey.compared_items(0, 0, 2).len() == 8);
        // The same scores with other words for them are the same scale; a way out is not.
        let same = read(with("{ low = 1, high = 4, low-label = \"never\" }").as_bytes()).unwrap();
        assert!(same.has_same_scale(0, 1));
        assert!(
            !read(with("{ low = 1, high = 4, no-contact = 0 }").as_bytes()).unwrap().has_same_scale(0, 1)
        );
    }
}
