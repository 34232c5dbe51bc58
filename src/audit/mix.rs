//! What the split of a change into scores and mix says of two withheld groups.
//!
//! With shares p and means m of the answers in two waves, scoring differently is the sum over groups
//! of (p1 + p2) / 2 x (m2 - m1). Nothing linear: but where two groups are withheld in one wave, their
//! answers and points together are known from everyone, the other wave is shown, and the total stands
//! in `mix.csv` at full precision. Then there are only some ten thousand ways to part answers and
//! points between the two, and no two of them need give the same total. Groups that were merged
//! before the split give the total of the merged group, whatever its parts are: no attack.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::rows::Row;
use super::world::{NOT_STATED, State, World};

/// Totals closer than this are the same: far above a double's error, far below any other split.
const SAME: f64 = 1e-11;
/// More ways than this to part two groups are not tried.
const MOST_WAYS: i64 = 4_000_000;

/// Answers and their sum.
type Sums = (i64, i64);

/// One group in both waves; `None` where it is not shown.
struct Group<'a> {
    name: &'a str,
    waves: [Option<Sums>; 2],
}

/// Tries to part pairs of withheld groups by every total of the mix.
pub fn splits(worlds: &[World], about: &About, mixes: &[Row], report: &mut Report) {
    for row in mixes.iter().filter(|row| row.text("group") == "all" && row.text("breakdown") != "joint") {
        let Some(published) = row.number("within_effect") else { continue };
        report.count("changes that are split", 1);
        report.findings.extend(split(worlds, about, row, published));
    }
}

fn split(worlds: &[World], about: &About, row: &Row, published: f64) -> Option<Finding> {
    let of = |column: &str| {
        let is_it = |world: &&World| world.wave == row.text(column) && world.audience == row.text("audience");
        worlds.iter().find(is_it)
    };
    let both = [of("from_wave")?, of("to_wave")?];
    let sums = |wave: usize, breakdown: &str, group: &str| {
        let cell = both[wave].cell([row.text("department"), row.text("question"), breakdown, group])?;
        match both[wave].cells[cell].state {
            State::Shown(counts) => Some((counts.answers, counts.sum?)),
            State::Withheld => None,
        }
    };
    let breakdown = row.text("breakdown");
    let audience = about.audiences.iter().find(|one| one.id == row.text("audience"))?;
    let everyone = [sums(0, "all", "all")?, sums(1, "all", "all")?];
    let is_there = |wave: usize, name: &str| {
        both[wave].cell([row.text("department"), row.text("question"), breakdown, name]).is_some()
    };
    let named = audience.breakdowns.get(breakdown)?.iter().map(String::as_str).chain([NOT_STATED]);
    let groups: Vec<Group<'_>> = named
        .filter(|name| is_there(0, name) || is_there(1, name))
        .map(|name| {
            // Without a row nobody left the attribute blank.
            let of_wave =
                |wave| if is_there(wave, name) { sums(wave, breakdown, name) } else { Some((0, 0)) };
            Group { name, waves: [of_wave(0), of_wave(1)] }
        })
        .collect();

    let unknown: Vec<&Group<'_>> = groups.iter().filter(|group| group.waves.contains(&None)).collect();
    let [first, second] = unknown[..] else { return None };
    let wave = (0..2).find(|&wave| first.waves[wave].is_none())?;
    let [known_first, known_second] = [first.waves[1 - wave]?, second.waves[1 - wave]?];
    if second.waves[wave].is_some() {
        return None;
    }
    let rest = groups.iter().filter_map(|group| group.waves[wave]).fold(everyone[wave], less);
    let within_of = |here: Sums, there: Sums| {
        let (from, to) = if wave == 0 { (here, there) } else { (there, here) };
        within(from, to, [everyone[0].0, everyone[1].0])
    };
    let shown: f64 = groups
        .iter()
        .filter_map(|group| Some(within(group.waves[0]?, group.waves[1]?, [everyone[0].0, everyone[1].0])))
        .sum();
    let merged = within_of(rest, (known_first.0 + known_second.0, known_first.1 + known_second.1));
    if (shown + merged - published).abs() < SAME || rest.0 * rest.1 > MOST_WAYS {
        return None;
    }
    let top = both[wave].top;
    let mut found = None;
    for answers in 0..=rest.0 {
        for sum in answers..=top * answers {
            let other = less(rest, (answers, sum));
            if other.1 < other.0 || other.1 > top * other.0 {
                continue;
            }
            let total = shown + within_of((answers, sum), known_first) + within_of(other, known_second);
            if (total - published).abs() < SAME && found.replace((answers, sum)).is_some() {
                // Two ways fit: neither is certain.
                return None;
            }
        }
    }
    let (answers, sum) = found.filter(|(answers, _)| *answers > 0)?;
    let place = [row.text("department"), row.text("question"), breakdown, first.name];
    Some(Finding {
        method: Method::Mix,
        address: both[wave].address(both[wave].cell(place)?),
        value: format!("answers {answers}, sum {sum}, mean {:.2}", sum as f64 / answers as f64),
        from: format!("the only way to share {} answers with {} that fits data/mix.csv", rest.0, second.name),
    })
}

fn less(all: Sums, part: Sums) -> Sums {
    (all.0 - part.0, all.1 - part.1)
}

/// What one group scoring differently contributes. Without answers in one wave it has there the mean
/// of the other, and contributes nothing.
fn within(from: Sums, to: Sums, everyone: [i64; 2]) -> f64 {
    if from.0 == 0 || to.0 == 0 {
        return 0.0;
    }
    let share = |sums: Sums, all: i64| sums.0 as f64 / all as f64;
    let mean = |sums: Sums| sums.1 as f64 / sums.0 as f64;
    (share(from, everyone[0]) + share(to, everyone[1])) / 2.0 * (mean(to) - mean(from))
}
