//! What a reader can still work out about withheld figures: intervals, propagated to a fixed point.
//!
//! Every published line says what its withheld figures add up to, in scores given, points above the
//! lowest score, points below the highest, scores in the upper and the lower half of the scale, "no
//! contact" and blanks. None of these is negative, so each line bounds each of its members; and they
//! are tied to each other within a figure, and to the forms of its group. People add up over groups;
//! over items they are at least those of any, and at most all of them together.
//!
//! The standard error of one question's mean is published as well. With mean, base and the share of
//! the upper half it leaves one way to share the answers out over the scale, so how often each score
//! was given counts as published too, and adds up over groups.

use super::sheet::{Line, MOST_SCORES, Sheet};
use crate::tally::Group;

/// Far above any count, and far from overflow when added up.
const UNBOUNDED: i64 = 1 << 40;
/// Intervals of whole numbers only shrink; after so many rounds they have as good as settled.
const ROUNDS: usize = 60;

/// Numbers of answers that are tried one by one.
const MOST_COUNTS: i64 = 1_000;

/// Least and greatest value.
type Interval = (i64, i64);

/// The mean that a figure could have, for all that a reader knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub lower: f64,
    pub upper: f64,
    /// Whether it is known that nobody scored.
    pub is_empty: bool,
    /// How many people are behind it, where no other number is possible.
    pub people: Option<i64>,
}

impl Bounds {
    /// Nothing is known beyond the scale.
    pub fn open(top: i64) -> Bounds {
        Bounds { lower: 1.0, upper: top as f64, is_empty: false, people: None }
    }

    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

const ANSWERS: usize = 0;
const ABOVE: usize = 1;
const BELOW: usize = 2;
const NO_CONTACT: usize = 3;
const BLANK: usize = 4;
const UPPER: usize = 5;
const LOWER: usize = 6;
/// These add up along every line; people do along groups only.
const ADDITIVE: usize = 7;
const PEOPLE: usize = 7;
/// How often each score was given, from the lowest; known of single questions, and added up along
/// groups.
const GIVEN: usize = 8;
const QUANTITIES: usize = GIVEN + MOST_SCORES;

/// What is known of one figure, quantity by quantity.
type Known = [Interval; QUANTITIES];

/// All that a reader knows of a sheet.
struct Reader<'s> {
    sheet: &'s Sheet,
    is_withheld: &'s [bool],
    /// Per entry.
    known: Vec<Known>,
    /// Forms of everyone, then of the groups of each breakdown in turn.
    forms: Vec<Interval>,
    /// Per entry, the position of its group in `forms`.
    group_of: Vec<usize>,
}

/// Bounds of every withheld figure of a sheet, in the order of the entries; `None` for shown ones.
pub(super) fn bounds(sheet: &Sheet, is_withheld: &[bool]) -> Vec<Option<Bounds>> {
    let mut reader = Reader::new(sheet, is_withheld);
    reader.propagate();
    let of = |(entry, withheld): (usize, &bool)| withheld.then(|| mean(&reader.known[entry], sheet));
    is_withheld.iter().enumerate().map(of).collect()
}

impl<'s> Reader<'s> {
    fn new(sheet: &'s Sheet, is_withheld: &'s [bool]) -> Reader<'s> {
        let exactly = |value: i64| (value, value);
        let known = sheet.entries.iter().zip(is_withheld).map(|(entry, withheld)| {
            let held = &entry.held;
            let blank = held.silent - held.no_contact;
            let people = count(entry.people.len());
            let all = [
                held.answers,
                held.above,
                held.below,
                held.no_contact,
                blank,
                held.upper,
                held.lower,
                people,
            ];
            let mut known = [(0, UNBOUNDED); QUANTITIES];
            if !withheld {
                all.into_iter().zip(&mut known).for_each(|(value, known)| *known = exactly(value));
                for (known, given) in known[GIVEN..].iter_mut().zip(held.given) {
                    *known = if entry.items.len() == 1 { exactly(given) } else { (0, held.answers) };
                }
            }
            known
        });
        let everyone = std::iter::once(Group::Everyone);
        let groups: Vec<Group> = everyone.chain(sheet.groups.iter().flatten().copied()).collect();
        let mut forms = vec![(0, UNBOUNDED); groups.len()];
        let group_of: Vec<usize> = sheet
            .entries
            .iter()
            .map(|entry| groups.iter().position(|group| *group == entry.cell.group).unwrap_or(0))
            .collect();
        for ((entry, withheld), group) in sheet.entries.iter().zip(is_withheld).zip(&group_of) {
            // Any shown figure tells the forms of its group: scores, "no contact" and blank are one for
            // each of its items. Those of everyone are also in the table of response patterns.
            let is_listed = *group == 0 && entry.held.forms >= count(sheet.minimum);
            if !withheld || is_listed {
                forms[*group] = exactly(entry.held.forms);
            }
        }
        Reader { sheet, is_withheld, known: known.collect(), forms, group_of }
    }

    fn propagate(&mut self) {
        let sheet = self.sheet;
        let open: Vec<usize> = (0..sheet.lines.len())
            .filter(|line| {
                let line = &sheet.lines[*line];
                line.parts.iter().chain([&line.whole]).any(|entry| self.is_withheld[*entry])
            })
            .collect();
        for _ in 0..ROUNDS {
            let mut changed = self.add_up_forms();
            for entry in (0..self.known.len()).filter(|entry| self.is_withheld[*entry]) {
                let forms = &mut self.forms[self.group_of[entry]];
                let items = count(sheet.entries[entry].items.len());
                changed |= tie(&mut self.known[entry], sheet);
                if items == 1 {
                    changed |= tie_scores(&mut self.known[entry], sheet);
                }
                changed |= tie_to_forms(&mut self.known[entry], forms, items);
                changed |= tie_people(&mut self.known[entry], forms, items, sheet.one_form_each);
            }
            for &line in &open {
                for quantity in 0..ADDITIVE {
                    changed |= add_up(&mut self.known, &sheet.lines[line], quantity);
                }
                if sheet.lines[line].by_group && sheet.entries[sheet.lines[line].whole].items.len() == 1 {
                    for score in 0..sheet.scores() {
                        changed |= add_up(&mut self.known, &sheet.lines[line], GIVEN + score);
                    }
                }
                changed |= if !sheet.lines[line].by_group {
                    overlap(&mut self.known, &sheet.lines[line])
                } else {
                    sheet.one_form_each && add_up(&mut self.known, &sheet.lines[line], PEOPLE)
                };
            }
            if !changed {
                break;
            }
        }
    }

    /// Every form is in one group of each breakdown.
    fn add_up_forms(&mut self) -> bool {
        let mut changed = false;
        let mut first = 1;
        for groups in self.sheet.groups.iter().filter(|groups| !groups.is_empty()) {
            let parts = first..first + groups.len();
            first = parts.end;
            let sum = parts
                .clone()
                .fold((0, 0), |sum, part| (sum.0 + self.forms[part].0, sum.1 + self.forms[part].1));
            changed |= narrow(&mut self.forms[0], sum.0, sum.1);
            let whole = self.forms[0];
            for part in parts {
                let part = &mut self.forms[part];
                let others = (sum.0 - part.0, sum.1 - part.1);
                changed |= narrow(part, whole.0 - others.1, whole.1 - others.0);
            }
        }
        changed
    }
}

fn count(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(UNBOUNDED)
}

fn round_up(value: i64, by: i64) -> i64 {
    (value + by - 1).div_euclid(by)
}

fn narrow(interval: &mut Interval, lower: i64, upper: i64) -> bool {
    let narrower = (interval.0.max(lower), interval.1.min(upper));
    let changed = narrower != *interval;
    *interval = narrower;
    changed
}

/// What the whole leaves to each part, and what the parts leave to the whole.
fn add_up(known: &mut [Known], line: &Line, quantity: usize) -> bool {
    let sum = line.parts.iter().fold((0, 0), |sum: Interval, part| {
        let part = known[*part][quantity];
        (sum.0 + part.0, sum.1 + part.1)
    });
    let mut changed = narrow(&mut known[line.whole][quantity], sum.0, sum.1);
    let whole = known[line.whole][quantity];
    for part in &line.parts {
        let part = &mut known[*part][quantity];
        let (others_least, others_most) = (sum.0 - part.0, sum.1 - part.1);
        changed |= narrow(part, whole.0 - others_most, whole.1 - others_least);
    }
    changed
}

/// The people of several items are those of any of them: at least the most of one, at most their sum.
fn overlap(known: &mut [Known], line: &Line) -> bool {
    let parts = || line.parts.iter().copied();
    let least = parts().map(|part| known[part][PEOPLE].0).max().unwrap_or(0);
    let most: i64 = parts().map(|part| known[part][PEOPLE].1).sum();
    let mut changed = narrow(&mut known[line.whole][PEOPLE], least, most);
    let whole = known[line.whole][PEOPLE];
    for part in &line.parts {
        let part = &mut known[*part][PEOPLE];
        let others = most - part.1;
        changed |= narrow(part, whole.0 - others, whole.1);
    }
    changed
}

/// Above and below add up to the steps of the scale times the answers, the halves to the answers.
fn tie(known: &mut Known, sheet: &Sheet) -> bool {
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
fn tie_scores(known: &mut Known, sheet: &Sheet) -> bool {
    let given = |weigh: &dyn Fn(i64) -> i64| -> Vec<i64> { (1..=sheet.top).map(weigh).collect() };
    let mut changed = make_up(known, ANSWERS, &given(&|_| 1));
    changed |= make_up(known, ABOVE, &given(&|score| score - 1));
    changed |= make_up(known, BELOW, &given(&|score| sheet.top - score));
    changed |= make_up(known, UPPER, &given(&|score| i64::from(score >= sheet.cut)));
    changed | make_up(known, LOWER, &given(&|score| i64::from(score < sheet.cut)))
}

/// One quantity is the weighted sum of how often each score was given.
fn make_up(known: &mut Known, quantity: usize, weights: &[i64]) -> bool {
    let given = |known: &Known, score: usize| known[GIVEN + score];
    let sum = weights.iter().enumerate().fold((0, 0), |sum: Interval, (score, weight)| {
        let one = given(known, score);
        (sum.0 + weight * one.0, sum.1 + weight * one.1)
    });
    let mut changed = narrow(&mut known[quantity], sum.0, sum.1);
    let whole = known[quantity];
    for (score, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
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
fn tie_to_forms(known: &mut Known, forms: &mut Interval, items: i64) -> bool {
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
fn tie_people(known: &mut Known, forms: &mut Interval, items: i64, one_form_each: bool) -> bool {
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

/// The tightest of what points above and below, and scores in either half, say about the mean.
fn mean(known: &Known, sheet: &Sheet) -> Bounds {
    let [answers, above, below, _, _, in_upper, in_lower, people, ..] = *known;
    let people = (people.0 == people.1).then_some(people.0);
    if answers.1 <= 0 {
        return Bounds { lower: 1.0, upper: 1.0, is_empty: true, people };
    }
    let share = |part: i64, of: i64| part as f64 / of as f64;
    let top = sheet.top as f64;
    let (mut lower, mut upper) = (1.0_f64, top);
    lower = lower.max(1.0 + share(above.0, answers.1));
    upper = upper.min(top - share(below.0, answers.1));
    if answers.0 > 0 {
        lower = lower.max(top - share(below.1, answers.0));
        upper = upper.min(1.0 + share(above.1, answers.0));
    }
    if below.1 == 0 {
        lower = top;
    } else if above.0 + below.1 > 0 {
        lower = lower.max(1.0 + (top - 1.0) * share(above.0, above.0 + below.1));
    }
    if above.1 == 0 {
        upper = 1.0;
    } else if above.1 + below.0 > 0 {
        upper = upper.min(1.0 + (top - 1.0) * share(above.1, above.1 + below.0));
    }
    let (cut, halves) = (sheet.cut as f64, [in_upper.0 + in_lower.1, in_upper.1 + in_lower.0]);
    if in_lower.1 == 0 {
        lower = lower.max(cut);
    } else if halves[0] > 0 {
        lower = lower.max(1.0 + (cut - 1.0) * share(in_upper.0, halves[0]));
    }
    if in_upper.1 == 0 {
        upper = upper.min(cut - 1.0);
    } else if halves[1] > 0 {
        upper = upper.min(cut - 1.0 + (top - cut + 1.0) * share(in_upper.1, halves[1]));
    }
    if answers.1 - answers.0 <= MOST_COUNTS
        && let Some((least, most)) = mean_by_count(known, sheet)
    {
        (lower, upper) = (lower.max(least), upper.min(most));
    }
    Bounds { lower, upper, is_empty: false, people }
}

/// Least and greatest mean over every number of answers that is possible; `None` if none is.
fn mean_by_count(known: &Known, sheet: &Sheet) -> Option<(f64, f64)> {
    let [answers, above, below, _, _, in_upper, in_lower, ..] = *known;
    let (steps, floor) = (sheet.top - 1, sheet.cut - 1);
    let mut range: Option<(f64, f64)> = None;
    for count in answers.0.max(1)..=answers.1 {
        let few_upper = in_upper.0.max(count - in_lower.1);
        let many_upper = in_upper.1.min(count - in_lower.0);
        let least = above.0.max(steps * count - below.1).max(floor * few_upper);
        let most = above.1.min(steps * count - below.0);
        let most = most.min(steps * many_upper + (floor - 1) * (count - many_upper));
        let Some((from, to)) = points_of(known, sheet, count) else { continue };
        let (least, most) = (least.max(from), most.min(to));
        if few_upper <= many_upper && least <= most {
            let mean = |points: i64| 1.0 + points as f64 / count as f64;
            let (low, high) = range.unwrap_or((mean(least), mean(most)));
            range = Some((low.min(mean(least)), high.max(mean(most))));
        }
    }
    range
}

/// Least and most points above the lowest score that so many answers can come to, given how often
/// each score may have been given; `None` if there cannot be so many.
fn points_of(known: &Known, sheet: &Sheet, count: i64) -> Option<(i64, i64)> {
    let given = &known[GIVEN..GIVEN + sheet.scores()];
    let points = (0..).zip(given).map(|(point, given)| point * given.0).sum::<i64>();
    let open = count - given.iter().map(|given| given.0).sum::<i64>();
    let fill = |scores: &mut dyn Iterator<Item = (i64, &Interval)>| {
        let (mut left, mut sum) = (open, 0);
        for (point, given) in scores {
            let more = left.min(given.1 - given.0);
            (left, sum) = (left - more, sum + point * more);
        }
        (open >= 0 && left == 0).then_some(sum)
    };
    let lowest = fill(&mut (0..).zip(given))?;
    let last = sheet.top - 1;
    let highest = fill(&mut given.iter().rev().zip(0..).map(|(given, point)| (last - point, given)))?;
    Some((points + lowest, points + highest))
}
