//! How many named each theme.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::{Theme, ThemeRow, ThemeRows, Told};
use crate::survey::fold;

/// The themes of one audience in one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Themes {
    pub wave: usize,
    pub audience: usize,
    /// How many people named each; labels as people read them.
    pub named: BTreeMap<String, u64>,
    /// How many named any. `None` where only mentions were counted.
    pub people: Option<u64>,
}

impl Themes {
    /// What shares are of: those who named any, or all mentions.
    pub fn base(&self) -> u64 {
        self.people.unwrap_or_else(|| self.named.values().sum())
    }
}

/// Counts coded themes, one entry per wave and audience that named any.
pub(super) fn themes(coded: &[ThemeRows]) -> Vec<Themes> {
    let mut all = Vec::new();
    for of in coded {
        let audiences: BTreeSet<usize> = of.rows.iter().map(|row| row.audience).collect();
        for audience in audiences {
            let rows: Vec<&ThemeRow> = of.rows.iter().filter(|row| row.audience == audience).collect();
            all.push(of_audience(of.wave, audience, &rows));
        }
    }
    all
}

fn of_audience(wave: usize, audience: usize, rows: &[&ThemeRow]) -> Themes {
    // However a theme is written, it is one; of several writings the first in the alphabet stands.
    let mut labels: BTreeMap<String, &str> = BTreeMap::new();
    let mut people: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut times: BTreeMap<String, u64> = BTreeMap::new();
    let mut any = None;
    for row in rows {
        match (&row.theme, &row.told) {
            (Theme::Any, Told::Times(count)) => any = Some(*count),
            (Theme::Any, Told::By(_)) => {}
            (Theme::Named(theme), told) => {
                let key = fold(theme);
                let label = labels.entry(key.clone()).or_insert(theme);
                *label = (*label).min(theme);
                match told {
                    Told::By(respondent) => {
                        people.entry(key).or_default().insert(respondent);
                    }
                    Told::Times(count) => *times.entry(key).or_default() += count,
                }
            }
        }
    }
    let everyone: BTreeSet<&str> = people.values().flatten().copied().collect();
    let named = labels.iter().map(|(key, label)| {
        let respondents = people.get(key).map_or(0, |who| who.len() as u64);
        ((*label).to_owned(), respondents + times.get(key).copied().unwrap_or_default())
    });
    let named = named.collect();
    let people = if everyone.is_empty() { any } else { Some(everyone.len() as u64) };
    Themes { wave, audience, named, people }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(theme: &str, told: Told) -> ThemeRow {
        ThemeRow { audience: 0, theme: Theme::Named(theme.to_owned()), told }
    }

    /// Ann names pay twice, in two writings; Bo pay and trust. Two people, pay two, trust one.
    #[test]
    fn people_count_once_however_they_write() {
        let by = |who: &str| Told::By(who.to_owned());
        let rows =
            vec![row("Pay", by("Ann")), row("pay ", by("Ann")), row("Pay", by("Bo")), row("Trust", by("Bo"))];
        let counted = themes(&[ThemeRows { wave: 1, rows }]);
        let named = BTreeMap::from([("Pay".to_owned(), 2), ("Trust".to_owned(), 1)]);
        assert_eq!(counted, [Themes { wave: 1, audience: 0, named, people: Some(2) }]);
    }

    #[test]
    fn counts_are_of_mentions_unless_they_say_of_how_many_people() {
        let mut rows = vec![row("Pay", Told::Times(20)), row("Trust", Told::Times(30))];
        assert_eq!(themes(&[ThemeRows { wave: 0, rows: rows.clone() }])[0].base(), 50);
        rows.push(ThemeRow { audience: 0, theme: Theme::Any, told: Told::Times(40) });
        let of = &themes(&[ThemeRows { wave: 0, rows }])[0];
        assert_eq!((of.people, of.base()), (Some(40), 40));
    }
}
