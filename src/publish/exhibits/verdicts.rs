//! Headlines that say what a picture shows: counts of clear verdicts, never of sizes.

use crate::estimate::Verdict;
use crate::words::{counted, listed};

/// Of a headline.
const MOST_WORDS: usize = 10;

/// How many were tested, rose (or are higher) and fell (or are lower), of how many rows.
struct Clear {
    rows: usize,
    tested: usize,
    up: usize,
    down: usize,
}

impl Clear {
    /// Of rows, `None` for one whose verdict is not shown.
    fn of(verdicts: impl Iterator<Item = Option<Verdict>>) -> Clear {
        let mut clear = Clear { rows: 0, tested: 0, up: 0, down: 0 };
        for verdict in verdicts {
            clear.rows += 1;
            match verdict {
                Some(Verdict::Higher) => clear.up += 1,
                Some(Verdict::Lower) => clear.down += 1,
                Some(Verdict::NotClear) => {}
                Some(Verdict::NotTested(_)) | None => continue,
            }
            clear.tested += 1;
        }
        clear
    }

    /// "eight questions", or "six questions tested" where some are not.
    fn all(&self, row: &str) -> String {
        let plural = if self.tested == 1 { "" } else { "s" };
        let tested = if self.tested == self.rows { "" } else { " tested" };
        format!("{} {row}{plural}{tested}", counted(self.tested))
    }
}

/// "Care providers scored one of eight questions clearly higher"; nothing where nothing could be tested.
pub(super) fn changed(
    label: &str,
    row: &str,
    verdicts: impl Iterator<Item = Option<Verdict>>,
) -> Option<String> {
    let clear = Clear::of(verdicts);
    let (up, down, all) = (counted(clear.up), counted(clear.down), clear.all(row));
    match (clear.tested, clear.up, clear.down) {
        (0, ..) => None,
        (1, 0, 0) => Some(format!("{label}: no clear change on {all}")),
        (_, 0, 0) => Some(format!("{label}: no clear change in any of {all}")),
        (_, _, 0) => Some(format!("{label} scored {up} of {all} clearly higher")),
        (_, 0, _) => Some(format!("{label} scored {down} of {all} clearly lower")),
        _ => Some(format!("{label}: of {all}, {up} rose, {down} fell")),
    }
}

/// "Clear gaps on three of eight questions"; nothing where nothing could be tested.
pub(super) fn apart(verdicts: impl Iterator<Item = Option<Verdict>>) -> Option<String> {
    let clear = Clear::of(verdicts);
    let all = clear.all("question");
    match (clear.tested, clear.up + clear.down) {
        (0, _) => None,
        (_, 0) => Some(format!("No clear gap on {all}")),
        (_, 1) => Some(format!("A clear gap on one of {all}")),
        (_, gaps) => Some(format!("Clear gaps on {} of {all}", counted(gaps))),
    }
}

/// "Clearly below other councils on two of eight questions"; nothing where nothing could be tested.
pub(super) fn beside_others(row: &str, verdicts: impl Iterator<Item = Option<Verdict>>) -> Option<String> {
    let clear = Clear::of(verdicts);
    let (up, down, all) = (counted(clear.up), counted(clear.down), clear.all(row));
    match (clear.tested, clear.up, clear.down) {
        (0, ..) => None,
        (_, 0, 0) => Some(format!("No clear gap to other councils on {all}")),
        (_, _, 0) => Some(format!("Clearly above other councils on {up} of {all}")),
        (_, 0, _) => Some(format!("Clearly below other councils on {down} of {all}")),
        _ => Some(format!("Of {all}, {up} clearly above others, {down} below")),
    }
}

/// "Care providers by quadrant: North clearly higher, West clearly lower", of those compared with the
/// rest; how many clearly differ where the names are long, and nothing where nothing could be tested.
pub(super) fn against_rest(
    (label, by): (&str, Option<&str>),
    row: &str,
    verdicts: &[(String, Option<Verdict>)],
) -> Option<String> {
    let about = by.map_or_else(|| label.to_owned(), |by| format!("{label} by {by}"));
    let clear = Clear::of(verdicts.iter().map(|(_, verdict)| *verdict));
    let all = clear.all(row);
    let named = |wanted: Verdict| {
        let those = verdicts.iter().filter(|(_, verdict)| *verdict == Some(wanted));
        listed(&those.map(|(label, _)| label.clone()).collect::<Vec<_>>())
    };
    let (up, down) = (named(Verdict::Higher), named(Verdict::Lower));
    let said = match (clear.tested, clear.up, clear.down) {
        (0, ..) => return None,
        (_, 0, 0) => return Some(format!("{about}: no {row} clearly differs")),
        (_, _, 0) => format!("{about}: {up} clearly higher"),
        (_, 0, _) => format!("{about}: {down} clearly lower"),
        _ => format!("{about}: {up} clearly higher, {down} clearly lower"),
    };
    if said.split_whitespace().count() <= MOST_WORDS {
        return Some(said);
    }
    let verb = if clear.up + clear.down == 1 { "differs" } else { "differ" };
    let counts = format!("{} of {all} clearly {verb}", counted(clear.up + clear.down));
    let said = format!("{about}: {counts}");
    // The subtitle says by what.
    let has_room = said.split_whitespace().count() <= MOST_WORDS;
    Some(if has_room { said } else { format!("{label}: {counts}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::NotTested;

    const UP: Option<Verdict> = Some(Verdict::Higher);
    const DOWN: Option<Verdict> = Some(Verdict::Lower);
    const UNCLEAR: Option<Verdict> = Some(Verdict::NotClear);
    const UNTESTED: Option<Verdict> = Some(Verdict::NotTested(NotTested::SmallBase));

    fn change(verdicts: &[Option<Verdict>]) -> Option<String> {
        changed("Providers", "question", verdicts.iter().copied())
    }

    #[test]
    fn headlines_count_clear_verdicts_among_what_was_tested() {
        let said = |verdicts: &[_]| change(verdicts).unwrap();
        assert_eq!(said(&[UP, UNCLEAR, UNCLEAR]), "Providers scored one of three questions clearly higher");
        assert_eq!(said(&[DOWN, UNCLEAR]), "Providers scored one of two questions clearly lower");
        assert_eq!(said(&[UP, DOWN, UNTESTED]), "Providers: of two questions tested, one rose, one fell");
        assert_eq!(said(&[UNCLEAR, None]), "Providers: no clear change on one question tested");
        assert_eq!(said(&[UNCLEAR, UNCLEAR]), "Providers: no clear change in any of two questions");
        assert_eq!(change(&[UNTESTED, None]), None);
        let gaps = |verdicts: &[Option<Verdict>]| apart(verdicts.iter().copied());
        assert_eq!(gaps(&[UP, DOWN, UNCLEAR]).unwrap(), "Clear gaps on two of three questions");
        assert_eq!(gaps(&[UP, UNCLEAR]).unwrap(), "A clear gap on one of two questions");
        assert_eq!(gaps(&[UNCLEAR]).unwrap(), "No clear gap on one question");
        assert_eq!(gaps(&[UNTESTED]), None);
        let beside = |verdicts: &[Option<Verdict>]| beside_others("question", verdicts.iter().copied());
        assert_eq!(
            beside(&[DOWN, DOWN, None]).unwrap(),
            "Clearly below other councils on two of two questions tested"
        );
        assert_eq!(beside(&[UP, UNCLEAR]).unwrap(), "Clearly above other councils on one of two questions");
        assert_eq!(
            beside(&[UP, DOWN, UNTESTED]).unwrap(),
            "Of two questions tested, one clearly above others, one below"
        );
        assert_eq!(beside(&[UNCLEAR]).unwrap(), "No clear gap to other councils on one question");
        assert_eq!(beside(&[UNTESTED, None]), None);
    }

    #[test]
    fn those_that_differ_from_the_rest_are_named_if_there_is_room() {
        let said = |of: &[(&str, Option<Verdict>)]| {
            let of: Vec<_> = of.iter().map(|(label, verdict)| ((*label).to_owned(), *verdict)).collect();
            against_rest(("Providers", Some("area")), "group", &of)
        };
        assert_eq!(
            said(&[("North", UP), ("West", DOWN), ("Mid", UNCLEAR)]).unwrap(),
            "Providers by area: North clearly higher, West clearly lower"
        );
        assert_eq!(said(&[("North", UP), ("Mid", None)]).unwrap(), "Providers by area: North clearly higher");
        assert_eq!(
            said(&[("North", UNCLEAR), ("Mid", UNCLEAR)]).unwrap(),
            "Providers by area: no group clearly differs"
        );
        let long = "North and those who work beyond it";
        assert_eq!(
            said(&[(long, DOWN), ("Mid", UNCLEAR), ("South", UNTESTED)]).unwrap(),
            "Providers by area: one of two groups tested clearly differs"
        );
        let far = "how far away from the nearest hospital they are";
        let of = [("North".to_owned(), UP), ("Mid".to_owned(), DOWN)];
        assert_eq!(
            against_rest(("Providers", Some(far)), "group", &of).unwrap(),
            "Providers: two of two groups clearly differ"
        );
        assert_eq!(said(&[("North", UNTESTED), ("Mid", None)]), None);
    }
}
