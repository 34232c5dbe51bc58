//! What weights say of groups that are not shown.
//!
//! A form weighs its group's share of those invited over its share of the forms. With the numbers
//! invited public, the smallest and the largest weight and what weighting costs tell how many forms a
//! group returned, and the weighted average then is one more sum. Groups that were matched as one
//! say nothing of each other.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::frame::{Returned, returned};
use super::tables::Table;
use super::world::{State, World};

/// Means that lie further apart than this are open.
const NARROWEST: f64 = 0.5;

/// One group: invited, forms, and answers with their sum.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    invited: f64,
    forms: f64,
    answers: f64,
    sum: f64,
}

/// What a row of the table of weightings says, in its rounding.
struct Published {
    mean: Option<f64>,
    effective: Option<f64>,
    cost: Option<f64>,
    range: [Option<f64>; 2],
}

/// Looks at every weighting to one breakdown.
pub fn weightings(tables: &[Table], about: &About, worlds: &[World], report: &mut Report) {
    for world in worlds {
        let name = format!("weightings-{}", world.audience);
        for table in tables.iter().filter(|table| table.name == name) {
            for row in table.rows.iter().filter(|row| row.get(1) == Some(&world.wave)) {
                report.count("weightings", 1);
                let by = about.labels.breakdowns.get(&world.audience).into_iter().flatten();
                let breakdown = by.into_iter().find(|(_, labels)| row.first() == Some(&labels.label));
                let found =
                    breakdown.and_then(|(id, _)| weighting(tables, table, row, about, world, worlds, id));
                report.findings.extend(found);
            }
        }
    }
}

fn weighting(
    tables: &[Table],
    table: &Table,
    row: &[String],
    about: &About,
    world: &World,
    worlds: &[World],
    breakdown: &str,
) -> Option<Finding> {
    let read = |heading: &str| {
        let column = table.header.iter().position(|one| one.starts_with(heading))?;
        row.get(column)?.parse::<f64>().ok()
    };
    let published = Published {
        mean: read("Weighted average"),
        effective: read("Effective number"),
        cost: read("Design effect"),
        range: [read("Smallest weight"), read("Largest weight")],
    };
    let here = returned(tables, about, &world.audience, &world.wave);
    let total = group_of(&here, None)?;
    let audience = about.audiences.iter().find(|one| one.id == world.audience)?;
    let department = if audience.scores_departments { "all" } else { "whole" };
    let cell = |by: &str, group: &str| world.cell([department, "all", by, group]);
    let sums = |by: &str, group: &str| match world.cells[cell(by, group)?].state {
        State::Shown(counts) => Some((counts.answers as f64, counts.sum? as f64)),
        State::Withheld => None,
    };
    let (mut rest_answers, mut rest_sum) = sums("all", "all")?;
    let mut rest_forms = total.forms? as f64;
    let (mut shown, mut open) = (Vec::new(), Vec::new());
    if cell(breakdown, super::world::NOT_STATED).is_some() {
        return None;
    }
    for group in audience.breakdowns.get(breakdown)? {
        let key = (breakdown.to_owned(), group.clone());
        let row = group_of(&here, Some(&key));
        // The number invited is as public in a year in which the group is shown.
        let invited = row.and_then(|row| row.invited).or_else(|| {
            let others = worlds.iter().filter(|other| other.audience == world.audience);
            let mut others = others.map(|other| returned(tables, about, &world.audience, &other.wave));
            others.find_map(|rows| {
                let is_same = group_of(&rows, None)?.invited == total.invited;
                group_of(&rows, Some(&key)).filter(|_| is_same)?.invited
            })
        })? as f64;
        match (row.and_then(|row| row.forms), sums(breakdown, group)) {
            (Some(forms), Some((answers, sum))) => {
                shown.push(Group { invited, forms: forms as f64, answers, sum });
                (rest_forms, rest_answers, rest_sum) =
                    (rest_forms - forms as f64, rest_answers - answers, rest_sum - sum);
            }
            _ => open.push((group, invited)),
        }
    }
    let [(first, left), (_, right)] = open[..] else { return None };
    let rest = Group { invited: left + right, forms: rest_forms, answers: rest_answers, sum: rest_sum };
    let all = |parts: &[Group]| shown.iter().chain(parts).copied().collect::<Vec<Group>>();
    if fits_weights(&all(&[rest]), &published) && fits_mean(&all(&[rest]), &published) {
        return None;
    }
    let split = |forms: f64| {
        let one = Group { invited: left, forms, ..Group::default() };
        [one, Group { invited: right, forms: rest_forms - forms, ..Group::default() }]
    };
    let fitting: Vec<f64> = (1..rest_forms as i64)
        .map(|forms| forms as f64)
        .filter(|forms| fits_weights(&all(&split(*forms)), &published))
        .collect();
    let forms = match fitting[..] {
        [] => return None,
        [forms] if (forms.min(rest_forms - forms) as i64) < world.minimum => Some(forms),
        _ => None,
    };
    let means = fitting.iter().filter_map(|forms| means(&shown, split(*forms), rest, world.top, &published));
    let means = means.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    let means = means.filter(|(low, high)| high - low < NARROWEST);
    let mut words: Vec<String> = forms.map(|forms| format!("{forms} forms")).into_iter().collect();
    words.extend(means.map(|(low, high)| format!("mean {low:.2} to {high:.2}")));
    let place = cell(breakdown, first).map(|cell| world.address(cell))?;
    (!words.is_empty()).then(|| Finding {
        method: Method::Mix,
        address: place,
        value: words.join(", "),
        from: format!("weights and weighted average of {}", table.file),
    })
}

fn group_of<'r>(rows: &'r [Returned], group: Option<&(String, String)>) -> Option<&'r Returned> {
    rows.iter().find(|row| row.group.as_ref() == group)
}

/// The weight of each group's forms, with an average of one.
fn weights(groups: &[Group]) -> Vec<f64> {
    let invited: f64 = groups.iter().map(|group| group.invited).sum();
    let forms: f64 = groups.iter().map(|group| group.forms).sum();
    groups.iter().map(|group| group.invited / invited / (group.forms / forms)).collect()
}

fn is_near(published: Option<f64>, value: f64, decimals: i32) -> bool {
    published.is_none_or(|published| (published - value).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9)
}

fn fits_weights(groups: &[Group], published: &Published) -> bool {
    let weights = weights(groups);
    let forms: f64 = groups.iter().map(|group| group.forms).sum();
    let squares: f64 = groups.iter().zip(&weights).map(|(group, weight)| group.forms * weight * weight).sum();
    let smallest = weights.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = weights.iter().copied().fold(0.0, f64::max);
    is_near(published.range[0], smallest, 2)
        && is_near(published.range[1], largest, 2)
        && is_near(published.cost, squares / forms, 2)
        && is_near(published.effective, forms * forms / squares, 0)
}

fn fits_mean(groups: &[Group], published: &Published) -> bool {
    let weights = weights(groups);
    let of = |what: fn(&Group) -> f64| {
        groups.iter().zip(&weights).map(|(group, weight)| weight * what(group)).sum::<f64>()
    };
    is_near(published.mean, of(|group| group.sum) / of(|group| group.answers), 2)
}

/// Lowest and highest mean of the first of two groups, given how the forms part.
fn means(
    shown: &[Group],
    split: [Group; 2],
    rest: Group,
    top: i64,
    published: &Published,
) -> Option<(f64, f64)> {
    let mean = published.mean?;
    let groups: Vec<Group> = shown.iter().copied().chain(split).collect();
    let weights = weights(&groups);
    let [.., one, other] = weights[..] else { return None };
    if (one - other).abs() < 1e-9 {
        return Some((1.0, top as f64));
    }
    let known = |what: fn(&Group) -> f64| {
        shown.iter().zip(&weights).map(|(group, weight)| weight * what(group)).sum::<f64>()
    };
    let (sums, bases) = (known(|group| group.sum), known(|group| group.answers));
    let mut range: Option<(f64, f64)> = None;
    for answers in 1..rest.answers as i64 {
        let answers = answers as f64;
        let base = bases + one * answers + other * (rest.answers - answers);
        // one × s + other × (rest - s) + sums = mean × base
        let sum = |mean: f64| (mean * base - sums - other * rest.sum) / (one - other);
        let (from, to) = (sum(mean - 0.005), sum(mean + 0.005));
        let low = from.min(to).max(answers).max(rest.sum - top as f64 * (rest.answers - answers));
        let high = from.max(to).min(answers * top as f64).min(rest.sum - (rest.answers - answers));
        if low.ceil() <= high.floor() + 1e-9 {
            let (low, high) = (low / answers, high / answers);
            range = Some(range.map_or((low, high), |it| (it.0.min(low), it.1.max(high))));
        }
    }
    range
}
