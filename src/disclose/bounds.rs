//! What a reader can still work out about withheld figures: intervals, propagated to a fixed point.
//!
//! Every published line says what its withheld figures add up to, in scores given, points above the
//! lowest score, points below the highest, scores in the upper and the lower half of the scale, and
//! silence. None of these is negative, so each line bounds each of its members; and they are tied to
//! each other within a figure.

use super::sheet::Sheet;

/// Far above any count, and far from overflow when added up.
const UNBOUNDED: i64 = 1 << 40;
/// Intervals of whole numbers only shrink; after so many rounds they have as good as settled.
const ROUNDS: usize = 60;

/// Least and greatest value.
type Interval = (i64, i64);

/// The mean that a figure could have, for all that a reader knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub lower: f64,
    pub upper: f64,
    /// Whether it is known that nobody scored.
    pub is_empty: bool,
}

impl Bounds {
    /// Nothing is known beyond the scale.
    pub fn open(top: i64) -> Bounds {
        Bounds { lower: 1.0, upper: top as f64, is_empty: false }
    }

    pub fn width(&self) -> f64 {
        self.upper - self.lower
    }
}

const ANSWERS: usize = 0;
const ABOVE: usize = 1;
const BELOW: usize = 2;
const SILENT: usize = 3;
const UPPER: usize = 4;
const LOWER: usize = 5;
const QUANTITIES: usize = 6;

/// What is known of one figure, quantity by quantity.
type Known = [Interval; QUANTITIES];

/// Bounds of every withheld figure of a sheet, in the order of the entries; `None` for shown ones.
pub(super) fn bounds(sheet: &Sheet, is_withheld: &[bool]) -> Vec<Option<Bounds>> {
    let mut known: Vec<Known> = sheet
        .entries
        .iter()
        .zip(is_withheld)
        .map(|(entry, withheld)| {
            let held = &entry.held;
            let held = [held.answers, held.above, held.below, held.silent, held.upper, held.lower];
            if *withheld { [(0, UNBOUNDED); QUANTITIES] } else { held.map(|value| (value, value)) }
        })
        .collect();
    // Forms are known wherever a group's overall figure is shown.
    let mut shows_forms = std::collections::BTreeMap::new();
    for (entry, withheld) in sheet.entries.iter().zip(is_withheld) {
        let is_overall = (entry.cell.department, entry.cell.question) == sheet.overall;
        if is_overall && !withheld {
            shows_forms.insert(entry.cell.group, true);
        }
    }
    let slots: Vec<Option<i64>> = sheet
        .entries
        .iter()
        .map(|entry| {
            let slots = entry.held.answers + entry.held.silent;
            shows_forms.contains_key(&entry.cell.group).then_some(slots)
        })
        .collect();
    let open: Vec<usize> = (0..sheet.lines.len())
        .filter(|line| {
            let line = &sheet.lines[*line];
            line.parts.iter().chain([&line.whole]).any(|entry| is_withheld[*entry])
        })
        .collect();
    for _ in 0..ROUNDS {
        let mut changed = false;
        for (entry, _) in is_withheld.iter().enumerate().filter(|(_, withheld)| **withheld) {
            changed |= tie(&mut known[entry], slots[entry], sheet);
        }
        for &line in &open {
            for quantity in 0..QUANTITIES {
                changed |= add_up(&mut known, sheet, line, quantity);
            }
        }
        if !changed {
            break;
        }
    }
    let of = |(entry, withheld): (usize, &bool)| withheld.then(|| mean(&known[entry], sheet));
    is_withheld.iter().enumerate().map(of).collect()
}

fn narrow(interval: &mut Interval, lower: i64, upper: i64) -> bool {
    let narrower = (interval.0.max(lower), interval.1.min(upper));
    let changed = narrower != *interval;
    *interval = narrower;
    changed
}

/// What the whole leaves to each part, and what the parts leave to the whole.
fn add_up(known: &mut [Known], sheet: &Sheet, line: usize, quantity: usize) -> bool {
    let line = &sheet.lines[line];
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

/// Above and below add up to the steps of the scale times the answers, the halves to the answers;
/// answers and silence to the forms times the items, where the forms are known.
fn tie(known: &mut Known, slots: Option<i64>, sheet: &Sheet) -> bool {
    let steps = sheet.top - 1;
    let [answers, above, below, silent, upper, lower] = *known;
    let round_up = |value: i64, by: i64| (value + by - 1).div_euclid(by);
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
    changed |= narrow(
        &mut known[LOWER],
        round_up(below.0 - upper.1 * ceiling, steps),
        below.1.div_euclid(ceiling + 1),
    );
    if let Some(slots) = slots {
        changed |= narrow(&mut known[ANSWERS], slots - silent.1, slots - silent.0);
        changed |= narrow(&mut known[SILENT], slots - answers.1, slots - answers.0);
    }
    changed
}

/// The tightest of what points above and below, and scores in either half, say about the mean.
fn mean(known: &Known, sheet: &Sheet) -> Bounds {
    let [answers, above, below, _, in_upper, in_lower] = *known;
    if answers.1 <= 0 {
        return Bounds { lower: 1.0, upper: 1.0, is_empty: true };
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
    if above.0 + below.1 > 0 {
        lower = lower.max(1.0 + (top - 1.0) * share(above.0, above.0 + below.1));
    }
    if above.1 + below.0 > 0 {
        upper = upper.min(1.0 + (top - 1.0) * share(above.1, above.1 + below.0));
    }
    let (cut, halves) = (sheet.cut as f64, [in_upper.0 + in_lower.1, in_upper.1 + in_lower.0]);
    if halves[0] > 0 {
        lower = lower.max(1.0 + (cut - 1.0) * share(in_upper.0, halves[0]));
    }
    if halves[1] > 0 {
        upper = upper.min(cut - 1.0 + (top - cut + 1.0) * share(in_upper.1, halves[1]));
    }
    Bounds { lower, upper, is_empty: false }
}
