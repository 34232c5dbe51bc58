//! What the comparisons add to the results: the mean and the base of "the rest", which no row of
//! the results has, and of any cell that a comparison shows although the results withhold it.

use std::collections::BTreeSet;

use super::about::{About, Audience};
use super::equations::{Equations, Measure, Reason};
use super::rows::Row;
use super::world::{Address, State, World};

/// A mean as the fraction that it was computed from, in lowest terms. A ratio of counts below a
/// hundred thousand differs from every other by more than a double's error.
pub fn fraction(mean: f64) -> Option<(i128, i128)> {
    let (mut before, mut now) = ((0_i128, 1_i128), (1_i128, 0_i128));
    let mut rest = mean;
    for _ in 0..40 {
        let whole = rest.floor();
        if whole.abs() > 1e9 {
            return None;
        }
        let digit = whole as i128;
        let next = (digit * now.0 + before.0, digit * now.1 + before.1);
        (before, now) = (now, next);
        if now.1 > 100_000 {
            return None;
        }
        if (now.0 as f64 / now.1 as f64 - mean).abs() < 1e-12 {
            return Some(now);
        }
        rest = 1.0 / (rest - whole);
    }
    None
}

/// One side of a gap: the cells that it pools.
struct Side<'a> {
    cells: Vec<usize>,
    respondents: Option<i64>,
    mean: Option<f64>,
    /// Respondents add up over groups, and over nothing else.
    is_additive: bool,
    world: &'a World,
}

/// Adds what the gaps of a world's wave say about its cells.
pub fn add_gaps(equations: &mut Equations, world: &World, about: &About, audience: &Audience, gaps: &[Row]) {
    for row in gaps.iter().filter(|row| row.text("wave") == world.wave) {
        for name in ["left", "right"] {
            if let Some(side) = side(world, about, audience, row, name) {
                add_side(equations, &side);
            }
        }
        if row.text("left_mean").is_empty() || row.text("right_mean").is_empty() {
            add_other_side(equations, world, about, audience, row);
        }
    }
}

/// A gap and the mean of one side give the mean of the other.
fn add_other_side(equations: &mut Equations, world: &World, about: &About, audience: &Audience, row: &Row) {
    let Some(gap) = row.number("gap") else { return };
    let sides = ["left", "right"].map(|name| side(world, about, audience, row, name));
    let [Some(left), Some(right)] = sides else { return };
    let (left_mean, right_mean) = (left.known_mean(), right.known_mean());
    if let Some(mean) = left_mean {
        add_side(equations, &Side { mean: Some(mean - gap), ..right });
    } else if let Some(mean) = right_mean {
        add_side(equations, &Side { mean: Some(mean + gap), ..left });
    }
}

impl Side<'_> {
    /// The mean that the row shows, or that the results show of the one cell.
    fn known_mean(&self) -> Option<f64> {
        let [cell] = self.cells[..] else { return self.mean };
        self.mean.or_else(|| known_mean(self.world, cell))
    }
}

fn known_mean(world: &World, cell: usize) -> Option<f64> {
    match world.cells[cell].state {
        State::Shown(counts) if counts.answers > 0 => Some(counts.sum? as f64 / counts.answers as f64),
        _ => None,
    }
}

fn add_side(equations: &mut Equations, side: &Side<'_>) {
    if side.cells.iter().all(|&cell| !side.world.is_withheld(cell)) {
        return;
    }
    let terms = |measure, factor: i128| -> Vec<(usize, i128)> {
        side.cells.iter().map(|&cell| (equations.variable(measure, cell), factor)).collect()
    };
    let mean = side.mean.and_then(fraction).map(|(above, below)| {
        let mut terms_of_mean = terms(Measure::Sum, below);
        terms_of_mean.extend(terms(Measure::Answers, -above));
        terms_of_mean
    });
    let base = side.respondents.filter(|_| side.is_additive || side.cells.len() == 1);
    let base = base.map(|respondents| (terms(Measure::Respondents, 1), i128::from(respondents)));
    if let Some(terms) = mean {
        equations.equal(terms, 0, Reason::PublishedMean);
    }
    if let Some((terms, respondents)) = base {
        equations.equal(terms, respondents, Reason::PublishedBase);
    }
}

/// `None` for a side of another audience, or one without a cell in the results.
fn side<'w>(world: &'w World, about: &About, audience: &Audience, row: &Row, name: &str) -> Option<Side<'w>> {
    let own = row.text(name);
    let (other, question) = (row.text(if name == "left" { "right" } else { "left" }), row.text("question"));
    let places: Vec<[&str; 4]> = match row.text("kind") {
        "audiences" if own == world.audience => {
            let department = if world.cell(["all", question, "all", "all"]).is_some() {
                row.text("department")
            } else {
                "whole"
            };
            vec![[department, question, "all", "all"]]
        }
        "departments" if row.text("audience") == world.audience => {
            let members: Vec<&str> = match own {
                "rest" => about.departments.iter().map(String::as_str).filter(|one| *one != other).collect(),
                one => vec![one],
            };
            members.into_iter().map(|department| [department, question, "all", "all"]).collect()
        }
        "groups" if row.text("audience") == world.audience => {
            let breakdown = row.text("breakdown");
            let members: Vec<&str> = match own {
                "rest" => {
                    let groups = audience.breakdowns.get(breakdown)?;
                    groups.iter().map(String::as_str).filter(|one| *one != other).collect()
                }
                one => vec![one],
            };
            members.into_iter().map(|group| [row.text("department"), question, breakdown, group]).collect()
        }
        _ => return None,
    };
    let cells: Vec<usize> = places.into_iter().filter_map(|place| world.cell(place)).collect();
    (!cells.is_empty()).then(|| Side {
        cells,
        respondents: row.count(&format!("{name}_respondents")),
        mean: row.number(&format!("{name}_mean")),
        is_additive: row.text("kind") == "groups",
        world,
    })
}

/// Adds the means that changes show, or that a change and the mean of one year give for the other.
/// Where the questions or departments differ between the waves a pooled mean rests on what was
/// asked in both, and says nothing exact about the cell.
pub fn add_changes(
    equations: &mut Equations,
    worlds: &[World],
    world: &World,
    changes: &[Row],
    uncommon: &BTreeSet<(String, String)>,
) {
    for row in changes.iter().filter(|row| row.text("audience") == world.audience) {
        let place = ["department", "question", "breakdown", "group"].map(|name| row.text(name));
        let is_pooled = place[0] == "all" || place[1] == "all";
        let Some(cell) = world.cell(place).filter(|_| uncommon.is_empty() || !is_pooled) else { continue };
        if !world.is_withheld(cell) {
            continue;
        }
        let of = |wave: &str, mean: &str| {
            row.number(mean).or_else(|| {
                let is_it = |other: &&World| other.wave == row.text(wave) && other.audience == world.audience;
                let other = worlds.iter().find(is_it)?;
                known_mean(other, other.cell(place)?)
            })
        };
        let (from, to, change) =
            (of("from_wave", "mean_from"), of("to_wave", "mean_to"), row.number("change"));
        let mean = if row.text("from_wave") == world.wave {
            from.or_else(|| Some(to? - change?))
        } else if row.text("to_wave") == world.wave {
            to.or_else(|| Some(from? + change?))
        } else {
            None
        };
        if let Some((above, below)) = mean.and_then(fraction) {
            let sum = (equations.variable(Measure::Sum, cell), below);
            let answers = (equations.variable(Measure::Answers, cell), -above);
            equations.equal(vec![sum, answers], 0, Reason::PublishedMean);
        }
    }
}

/// The addresses that a row of the gaps rests on, the rest of the groups not among them.
pub fn gap_addresses(row: &Row) -> Vec<Address> {
    let address = |audience: &str, department: &str, breakdown: &str, group: &str| Address {
        wave: row.text("wave").to_owned(),
        audience: audience.to_owned(),
        department: department.to_owned(),
        question: row.text("question").to_owned(),
        breakdown: breakdown.to_owned(),
        group: group.to_owned(),
    };
    let sides = ["left", "right"].map(|side| row.text(side));
    let one = |side: &&&str| **side != "rest";
    match row.text("kind") {
        "audiences" => {
            let [left, right] = sides;
            vec![address(left, row.text("department"), "all", "all"), address(right, "whole", "all", "all")]
        }
        "departments" => {
            sides.iter().filter(one).map(|side| address(row.text("audience"), side, "all", "all")).collect()
        }
        _ => {
            let group = |side: &&str| {
                address(row.text("audience"), row.text("department"), row.text("breakdown"), side)
            };
            sides.iter().filter(one).map(group).collect()
        }
    }
}

/// The two addresses of a change or of a row of the mix.
pub fn change_addresses(row: &Row) -> Vec<Address> {
    let [audience, department, question, breakdown, group] =
        ["audience", "department", "question", "breakdown", "group"].map(|name| row.text(name).to_owned());
    let waves = ["from_wave", "to_wave"].map(|name| row.text(name).to_owned());
    let address = |wave| Address {
        wave,
        audience: audience.clone(),
        department: department.clone(),
        question: question.clone(),
        breakdown: breakdown.clone(),
        group: group.clone(),
    };
    waves.into_iter().map(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_read_as_the_fractions_they_are() {
        assert_eq!(fraction(2.4), Some((12, 5)));
        assert_eq!(fraction(11524.0 / 4703.0), Some((11524, 4703)));
        assert_eq!(fraction(1.0), Some((1, 1)));
        assert_eq!(fraction(std::f64::consts::PI), None, "no ratio of counts below a hundred thousand");
    }
}
