//! Which groups' scores clearly changed between the last two years.

use super::{Finding, Topic};
use crate::estimate::Verdict;
use crate::tally::{Cell, Group, Question};
use crate::view::View;
use crate::words::{counted, listed, none_of, within};

/// One per breakdown with a group whose change is tested and shown.
pub(super) fn finding(view: &View<'_>, audience: usize, breakdown: usize) -> Option<Finding> {
    let (from, to) = view.latest_pair()?;
    let everyone = view.headline(to, audience, Question::All);
    let by = &view.audience(audience).breakdowns[breakdown];
    let verdicts = (0..by.groups.len()).filter_map(|group| {
        let cell = Cell { group: Group::Of { breakdown, group }, ..everyone };
        Some((view.group_label(audience, cell.group), view.change(&cell, from)?.comparison.verdict))
    });
    let verdicts: Vec<(String, Verdict)> = verdicts.collect();
    let with = |wanted: Verdict| -> Vec<&str> {
        verdicts.iter().filter(|it| it.1 == wanted).map(|it| it.0.as_str()).collect()
    };
    let (rose, fell, unclear) = (with(Verdict::Higher), with(Verdict::Lower), with(Verdict::NotClear));
    let tested = rose.len() + fell.len() + unclear.len();
    let mut says = Vec::new();
    if !rose.is_empty() {
        says.push(format!("scores clearly rose in {}", listed(&rose)));
    }
    if !fell.is_empty() {
        says.push(format!("scores clearly fell in {}", listed(&fell)));
    }
    match unclear.len() {
        _ if tested == 0 => return None,
        0 => {}
        1 if tested == 1 => {
            says.push(format!("the survey cannot tell whether the scores of {} changed", unclear[0]));
        }
        all if all == tested => {
            says.push(format!(
                "for {} tested can the survey tell whether its scores changed",
                none_of(all, "groups")
            ));
        }
        1 => says.push(format!("for {} the survey cannot tell", unclear[0])),
        some => says.push(format!("for the other {} tested the survey cannot tell", counted(some))),
    }
    if verdicts.len() > tested {
        says.push("too few answered, or too much alike, to test the others".to_owned());
    }
    let text = format!(
        "{} by {}, from {} to {}: {}.",
        view.audience(audience).label,
        within(&by.label),
        view.wave_label(from),
        view.wave_label(to),
        says.join("; ")
    );
    Some(Finding::new(view, Topic::Groups, &everyone, text).detail_unless(false))
}
