//! What a withheld figure is made of, each between a least and a greatest value, and how these bound
//! one another: within a figure, along a line, and with the forms of a group.

use super::lines::Line;
use super::sheet::{Entry, MOST_SCORES, Sheet};

/// Far above any count, and far from overflow when added up.
pub(super) const UNBOUNDED: i64 = 1 << 40;

/// Least and greatest value.
pub(super) type Interval = (i64, i64);

pub(super) const ANSWERS: usize = 0;
pub(super) const ABOVE: usize = 1;
pub(super) const BELOW: usize = 2;
pub(super) const NO_CONTACT: usize = 3;
pub(super) const BLANK: usize = 4;
pub(super) const UPPER: usize = 5;
pub(super) const LOWER: usize = 6;
/// These add up along every line; people do along groups only.
pub(super) const ADDITIVE: usize = 7;
pub(super) const PEOPLE: usize = 7;
/// How often each score was given, from the lowest; known of single questions, and added up along
/// groups.
pub(super) const GIVEN: usize = 8;
pub(super) const QUANTITIES: usize = GIVEN + MOST_SCORES;

/// What is known of one figure, quantity by quantity.
pub(super) type Known = [Interval; QUANTITIES];

/// Nothing is known of a figure that is withheld, before others tell of it.
pub(super) const NOTHING: Known = [(0, UNBOUNDED); QUANTITIES];

/// What is known of a figure where it is shown.
pub(super) fn shown(entry: &Entry) -> Known {
    let (held, exactly) = (&entry.held, |value: i64| (value, value));
    let blank = held.silent - held.no_contact;
    let people = count(entry.base);
    let all = [held.answers, held.above, held.below, held.no_contact, blank, held.upper, held.lower, people];
    let mut known = NOTHING;
    all.into_iter().zip(&mut known).for_each(|(value, known)| *known = exactly(value));
    for (known, given) in known[GIVEN..].iter_mut().zip(held.given) {
        *known = if entry.item_count == 1 { exactly(given) } else { (0, held.answers) };
    }
    known
}

pub(super) fn count(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(UNBOUNDED)
}

pub(super) fn round_up(value: i64, by: i64) -> i64 {
    (value + by - 1).div_euclid(by)
}

pub(super) fn narrow(interval: &mut Interval, lower: i64, upper: i64) -> bool {
    let narrower = (interval.0.max(lower), interval.1.min(upper));
    let changed = narrower != *interval;
    *interval = narrower;
    changed
}

/// What the whole leaves to each part, and what the parts leave to the whole; `narrowed` is told of each.
pub(super) fn add_up(known: &mut [Known], line: &Line, quantity: usize, mut narrowed: impl FnMut(usize)) {
    let sum = line.parts.iter().fold((0, 0), |sum: Interval, part| {
        let part = known[*part][quantity];
        (sum.0 + part.0, sum.1 + part.1)
    });
    if narrow(&mut known[line.whole][quantity], sum.0, sum.1) {
        narrowed(line.whole);
    }
    let whole = known[line.whole][quantity];
    for &entry in &line.parts {
        let part = &mut known[entry][quantity];
        let (others_least, others_most) = (sum.0 - part.0, sum.1 - part.1);
        if narrow(part, whole.0 - others_most, whole.1 - others_least) {
            narrowed(entry);
        }
    }
}

/// The people of several items are those of any of them: at least the most of one, at most their sum.
pub(super) fn overlap(known: &mut [Known], line: &Line, mut narrowed: impl FnMut(usize)) {
    let parts = || line.parts.iter().copied();
    let least = parts().map(|part| known[part][PEOPLE].0).max().unwrap_or(0);
    let most: i64 = parts().map(|part| known[part][PEOPLE].1).sum();
    if narrow(&mut known[line.whole][PEOPLE], least, most) {
        narrowed(line.whole);
    }
    let whole = known[line.whole][PEOPLE];
    for &entry in &line.parts {
        let part = &mut known[entry][PEOPLE];
        let others = most - part.1;
        if narrow(part, whole.0 - others, whole.1) {
            narrowed(entry);
        }
    }
}

/// Above and below add up to the steps of the scale times the answers, the halves to the answers.
pub(super) fn tie(known: &mut Known, sheet: &Sheet) -> bool {
    let steps = sheet.top - 1;
    let [answers, above, below, _, _, upper, lower, ..] = *known;
    let mut changed = narrow(
        &mut known[ANSWERS],
        round_up(above.0 + below.0, steps).max(upper.0 + lower.0),
        (above.1 + below.1).div_euclid(steps).min(upper.1 + lower.1),
    );
    changed |= narrow(&mut known[ABOVE], answers.0 * steps - below.1, answers.1 * steps - below.0);
    changed |= narrow(&mut known[BELOW], answers.0 * steps - above.1, answers.1 * steps - above.0);
    changed |= narrow(&mut known[UPPER], answers.0 - lower.1, answers.1 - lower.0);
    changed |= narrow(&mut known[LOWER], answers.0 - upper.1, answers.1 - upper.0);
    // A score of the upper half is at least `floor` points above the lowest and at most `steps`, one
    // of the lower half none to `floor` less one; points below the highest mirror that.
    let floor = sheet.cut - 1;
    let ceiling = sheet.top - sheet.cut;
    changed |= narrow(&mut known[ABOVE], upper.0 * floor, upper.1 * steps + lower.1 * (floor - 1));
    changed |= narrow(&mut known[BELOW], lower.0 * (ceiling + 1), lower.1 * steps + upper.1 * ceiling);
    changed |= narrow(
        &mut known[UPPER],
        round_up(above.0 - lower.1 * (floor - 1), steps),
        above.1.div_euclid(floor),
    );
    changed
        | narrow(
            &mut known[LOWER],
            round_up(below.0 - upper.1 * ceiling, steps),
            below.1.div_euclid(ceiling + 1),
        )
}

/// Answers, points and halves are made up of the scores given.
pub(super) fn tie_scores(known: &mut Known, sheet: &Sheet) -> bool {
    let mut changed = make_up(known, sheet, ANSWERS, |_| 1);
    changed |= make_up(known, sheet, ABOVE, |score| score - 1);
    changed |= make_up(known, sheet, BELOW, |score| sheet.top - score);
    changed |= make_up(known, sheet, UPPER, |score| i64::from(score >= sheet.cut));
    changed | make_up(known, sheet, LOWER, |score| i64::from(score < sheet.cut))
}

/// One quantity is the sum of how often each score was given, weighted by the score.
fn make_up(known: &mut Known, sheet: &Sheet, quantity: usize, weigh: impl Fn(i64) -> i64) -> bool {
    let given = |known: &Known, score: usize| known[GIVEN + score];
    let weights = || (1..=sheet.top).map(&weigh).enumerate();
    let sum = weights().fold((0, 0), |sum: Interval, (score, weight)| {
        let one = given(known, score);
        (sum.0 + weight * one.0, sum.1 + weight * one.1)
    });
    let mut changed = narrow(&mut known[quantity], sum.0, sum.1);
    let whole = known[quantity];
    for (score, weight) in weights().filter(|(_, weight)| *weight > 0) {
        let one = given(known, score);
        let others = (sum.0 - weight * one.0, sum.1 - weight * one.1);
        changed |= narrow(
            &mut known[GIVEN + score],
            round_up(whole.0 - others.1, weight),
            (whole.1 - others.0).div_euclid(weight),
        );
    }
    changed
}

/// Answers, "no contact" and blank are one for every form and item.
pub(super) fn tie_to_forms(known: &mut Known, forms: &mut Interval, items: i64) -> bool {
    let all = (forms.0 * items, forms.1 * items);
    let sum = [ANSWERS, NO_CONTACT, BLANK]
        .iter()
        .fold((0, 0), |sum: Interval, quantity| (sum.0 + known[*quantity].0, sum.1 + known[*quantity].1));
    let mut changed = narrow(forms, round_up(sum.0, items), sum.1.div_euclid(items));
    for quantity in [ANSWERS, NO_CONTACT, BLANK] {
        let one = &mut known[quantity];
        let others = (sum.0 - one.0, sum.1 - one.1);
        changed |= narrow(one, all.0 - others.1, all.1 - others.0);
    }
    changed
}

/// Everyone behind a figure gave an answer and handed in a form; with one form each, they gave one
/// answer to an item at most.
pub(super) fn tie_people(known: &mut Known, forms: &mut Interval, items: i64, one_form_each: bool) -> bool {
    let (answers, people) = (known[ANSWERS], known[PEOPLE]);
    let mut changed = narrow(&mut known[PEOPLE], answers.0.min(1), answers.1.min(forms.1));
    changed |= narrow(&mut known[ANSWERS], people.0, UNBOUNDED);
    changed |= narrow(forms, people.0, UNBOUNDED);
    if one_form_each {
        changed |= narrow(&mut known[PEOPLE], round_up(answers.0, items), UNBOUNDED);
        changed |= narrow(&mut known[ANSWERS], 0, people.1.saturating_mul(items));
    }
    changed
}
