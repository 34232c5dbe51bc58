//! Which themes may be shown, with how many named them.
//!
//! A theme is shown if at least the minimum named it, and at least the minimum of those who named any
//! did not. What is withheld must not follow from the total: beside it another is withheld, and
//! together they hold at least the minimum, and so do all who are left when those shown are taken off.
//! Where themes overlap nobody can subtract; the rule holds as if somebody could.

use std::collections::BTreeSet;

use super::readership::Readership;
use super::{Policy, Shown, Status};
use crate::estimate::Figures;
use crate::survey::Survey;
use crate::tally::{Cell, Group, Question, Themes};

/// The themes of one audience in one wave, as a readership is given them.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedThemes {
    pub wave: usize,
    pub audience: usize,
    /// How many named any, or how many mentions there are.
    pub base: Shown<u64>,
    /// Whether the base is people; otherwise it is mentions.
    pub is_of_people: bool,
    /// Themes that the readership may know, most often named first. Which others there are is not
    /// told: what one person wants may be all that its label says.
    pub named: Vec<(String, u64)>,
    /// Whether there are others.
    pub has_others: bool,
}

pub(super) fn released(by: &Readership<'_>, figures: &Figures) -> Vec<ReleasedThemes> {
    let release = |themes: &Themes| {
        let minimum = by.survey.audiences[themes.audience].minimum_respondents;
        let is_withheld = by.decisions.cell(&headline(by.survey, themes)) == Status::Withheld;
        let base = themes.base();
        let shown = if by.policy == Policy::Private {
            themes.named.keys().map(String::as_str).collect()
        } else if is_withheld || base < minimum {
            BTreeSet::new()
        } else {
            shown(themes, minimum)
        };
        let named = themes.named.iter().filter(|(theme, _)| shown.contains(theme.as_str()));
        let mut named: Vec<(String, u64)> = named.map(|(theme, count)| (theme.clone(), *count)).collect();
        named.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        ReleasedThemes {
            wave: themes.wave,
            audience: themes.audience,
            base: if named.is_empty() { Shown::withheld() } else { Shown::released(base) },
            is_of_people: themes.people.is_some(),
            has_others: named.len() < themes.named.len(),
            named,
        }
    };
    figures.themes.iter().map(release).collect()
}

fn headline(survey: &Survey, themes: &Themes) -> Cell {
    let Themes { wave, audience, .. } = *themes;
    let department = survey.headline_department(audience);
    Cell { wave, audience, department, question: Question::All, group: Group::Everyone }
}

fn shown(themes: &Themes, minimum: u64) -> BTreeSet<&str> {
    let base = themes.base();
    let safe = |count: u64| count >= minimum && base.saturating_sub(count) >= minimum;
    // The most often named first, so that what has to follow is taken from the end.
    let mut order: Vec<(&str, u64)> =
        themes.named.iter().map(|(theme, count)| (theme.as_str(), *count)).collect();
    order.sort_by(|one, other| (other.1, one.0).cmp(&(one.1, other.0)));
    let (mut shown, mut hidden): (Vec<_>, Vec<_>) = order.into_iter().partition(|(_, count)| safe(*count));
    loop {
        let sum = |list: &[(&str, u64)]| list.iter().map(|(_, count)| count).sum::<u64>();
        let left = base.saturating_sub(sum(&shown));
        let is_open = hidden.is_empty()
            || hidden.len() >= 2 && sum(&hidden) >= minimum && !(1..minimum).contains(&left);
        match if is_open { None } else { shown.pop() } {
            Some(next) => hidden.push(next),
            None => return shown.into_iter().map(|(theme, _)| theme).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes(people: Option<u64>, named: &[(&str, u64)]) -> Themes {
        let named = named.iter().map(|(theme, count)| ((*theme).to_owned(), *count)).collect();
        Themes { wave: 0, audience: 0, named, people }
    }

    fn shown_of(people: Option<u64>, named: &[(&str, u64)]) -> Vec<String> {
        shown(&themes(people, named), 5).into_iter().map(str::to_owned).collect()
    }

    /// 83 wishes of a workshop: 40 + 30 + 6 + 4 + 3. The last two are 7 together, but alone neither.
    #[test]
    fn few_mentions_are_withheld_together() {
        let wishes = [("a", 40), ("b", 30), ("c", 6), ("d", 4), ("e", 3)];
        assert_eq!(shown_of(None, &wishes), ["a", "b", "c"]);
    }

    /// 40 + 30 + 9 + 4: the total 83 less those shown is the one withheld, so the next smallest goes too.
    #[test]
    fn one_alone_would_follow_from_the_total() {
        assert_eq!(shown_of(None, &[("a", 40), ("b", 30), ("c", 9), ("d", 4)]), ["a", "b"]);
        // Two, but 3 together.
        assert_eq!(shown_of(None, &[("a", 40), ("b", 30), ("c", 9), ("d", 2), ("e", 1)]), ["a", "b"]);
        assert_eq!(shown_of(None, &[("a", 40), ("b", 30), ("c", 9)]), ["a", "b", "c"]);
    }

    /// 20 people, 17 of whom named a: the 3 who did not would be told. So c goes too, as a alone would
    /// follow from the total.
    #[test]
    fn few_who_did_not_name_it_are_few_as_well() {
        assert_eq!(shown_of(Some(20), &[("a", 17), ("b", 8), ("c", 7)]), ["b"]);
        assert_eq!(shown_of(Some(20), &[("a", 20)]), Vec::<String>::new());
    }

    /// 12 and 5 of 20 leave 3 who named neither, if nobody named both.
    #[test]
    fn those_left_over_are_not_few() {
        assert_eq!(shown_of(Some(20), &[("a", 12), ("b", 5), ("c", 4), ("d", 4)]), ["a"]);
    }
}
