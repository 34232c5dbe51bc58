//! Exact recovery and bounds for the withheld cells of one world.
//!
//! A sum, a mean or an upper half is a leak in whatever cell. A count alone is one where it may be
//! of fewer than the minimum: that twelve people stand behind a cell withheld beside a small one
//! says nothing about any of them, and it follows from every other question that they answered.

use super::bounds::Bounds;
use super::equations::{Constraint, Equations, Measure, Reason};
use super::exact::{Solved, Way};
use super::finding::{Finding, Method, Report};
use super::world::{Along, World};

/// A withheld mean must leave at least this many points open.
const NARROWEST: f64 = 0.5;

/// Attacks every withheld cell of a world with all that is known of it.
pub fn recover(world: &World, equations: &Equations, solved: &Solved, report: &mut Report) {
    let bounds = Bounds::of(equations, &solved.values);
    if bounds.contradictory || solved.contradictions > 0 {
        report.notes.push(format!(
            "{} {}: the published figures contradict each other ({} equations); what follows from them may be wrong",
            world.wave, world.audience, solved.contradictions
        ));
    }
    report.count("equations", equations.constraints.iter().filter(|one| !one.at_least).count());
    report.count("ranges", equations.constraints.iter().filter(|one| one.at_least).count());
    for cell in (0..world.cells.len()).filter(|&cell| world.is_withheld(cell)) {
        let is_enough = is_enough(world, equations, &bounds, cell);
        let found = exact(world, equations, solved, cell, is_enough)
            .or_else(|| mean(world, equations, solved, cell))
            .or_else(|| narrow(world, equations, &bounds, cell, is_enough));
        report.findings.extend(found.filter(|_| !bounds.contradictory));
    }
}

/// Whether a cell's counts are no secret: at least the minimum answered for certain, or nobody did
/// of at least the minimum, which the rule itself shows as "nobody scored".
fn is_enough(world: &World, equations: &Equations, bounds: &Bounds, cell: usize) -> bool {
    let [forms, respondents] =
        [Measure::Forms, Measure::Respondents].map(|measure| equations.variable(measure, cell));
    let minimum = i128::from(world.minimum);
    let is_nobody = bounds.pinned(respondents) == Some(0);
    bounds.low(respondents) >= minimum || (is_nobody && bounds.low(forms) >= minimum)
}

/// What the equations determine of a cell.
fn exact(
    world: &World,
    equations: &Equations,
    solved: &Solved,
    cell: usize,
    is_enough: bool,
) -> Option<Finding> {
    let value = |measure| solved.values[equations.variable(measure, cell)];
    let named = [
        ("respondents", Measure::Respondents),
        ("answers", Measure::Answers),
        ("sum", Measure::Sum),
        ("no contact", Measure::NoContact),
        ("scores in the upper half", Measure::Top),
    ];
    let known: Vec<(&str, i128, Way)> = named
        .into_iter()
        .filter_map(|(name, measure)| {
            let way = solved.ways.get(&equations.variable(measure, cell))?;
            Some((name, value(measure)?, *way))
        })
        .collect();
    let says_scores = |name: &str| name == "sum" || name == "scores in the upper half";
    if is_enough && !known.iter().any(|(name, ..)| says_scores(name)) {
        return None;
    }
    let way = known.iter().map(|(_, _, way)| *way).max()?;
    let mut words: Vec<String> = known.iter().map(|(name, value, _)| format!("{name} {value}")).collect();
    if let (Some(sum), Some(answers @ 1..)) = (value(Measure::Sum), value(Measure::Answers)) {
        words.push(format!("mean {:.2}", sum as f64 / answers as f64));
    }
    let (method, from) = source(way);
    Some(Finding { method, address: world.address(cell), value: words.join(", "), from })
}

/// A mean that is known although neither sum nor answers are: a published one says that the sum is
/// so many times the answers.
fn mean(world: &World, equations: &Equations, solved: &Solved, cell: usize) -> Option<Finding> {
    let [answers, sum] = [Measure::Answers, Measure::Sum].map(|measure| equations.variable(measure, cell));
    let is_of_cell = |one: &&Constraint| {
        one.reason == Reason::PublishedMean
            && one.terms.len() == 2
            && one.terms.iter().all(|(variable, _)| *variable == answers || *variable == sum)
    };
    let published = equations.constraints.iter().find(is_of_cell)?;
    let factor =
        |of: usize| published.terms.iter().find(|(variable, _)| *variable == of).map(|(_, factor)| *factor);
    let mean = -factor(answers)? as f64 / factor(sum)? as f64;
    let (method, from) = source(Way::Subtraction(Reason::PublishedMean));
    let value = match solved.value_of(&[(sum, 1)]) {
        Some(sum) => format!("mean {mean:.2}, sum {sum}"),
        None => format!("mean {mean:.2}"),
    };
    Some(Finding { method, address: world.address(cell), value, from })
}

fn source(way: Way) -> (Method, String) {
    let (method, from) = match way {
        Way::Elimination => (Method::Elimination, "linear equations over all that is shown"),
        Way::Subtraction(reason) => match reason {
            Reason::Adds(Along::Groups) => (Method::Subtraction, "everyone less the other groups"),
            Reason::Adds(Along::Departments) => (Method::Subtraction, "all departments less the others"),
            Reason::Adds(Along::Questions) => (Method::Subtraction, "all questions less the others"),
            Reason::PublishedForms => (Method::Counts, "forms returned, from the table of responses"),
            Reason::PublishedMean | Reason::PublishedBase => {
                (Method::PublishedMean, "a mean or base that a comparison shows")
            }
            _ => (Method::Counts, "scores, \"no contact\" and blanks against forms"),
        },
    };
    (method, from.to_owned())
}

/// What can be said of a cell that nothing determines: a base with one possible value, or a mean
/// whose possible values lie closer than half a point.
fn narrow(
    world: &World,
    equations: &Equations,
    bounds: &Bounds,
    cell: usize,
    is_enough: bool,
) -> Option<Finding> {
    let address = world.address(cell);
    let finding =
        |value, from: &str| Finding { method: Method::Bounds, address, value, from: from.to_owned() };
    let base = bounds.pinned(equations.variable(Measure::Respondents, cell));
    if let Some(base) = base.filter(|_| !is_enough) {
        return Some(finding(format!("respondents {base}"), "no other base is possible"));
    }
    let (low, high) = bounds.mean(equations, cell, i128::from(world.top))?;
    if high - low < NARROWEST {
        return Some(finding(format!("mean {low:.2} to {high:.2}"), "no other mean is possible"));
    }
    None
}
