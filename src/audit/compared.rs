//! Tests over several groups: how many took part, and how many people they are.
//!
//! A test names no group, but it says how many sides it has and how many answered. Both are those of
//! the groups that are shown; one side more, or one person more, is of a group that is not. Where the
//! number of people is not said, the degrees of freedom say it: the second are the first times
//! people less one.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::tables::Table;
use super::world::{Address, State, World};

/// Looks at every table of tests.
pub fn tests(tables: &[Table], about: &About, worlds: &[World], report: &mut Report) {
    for table in tables.iter().filter(|table| table.header.first().is_some_and(|first| first == "Compared")) {
        for row in &table.rows {
            report.count("tests over several groups", 1);
            for world in worlds.iter().filter(|world| table.title.ends_with(&world.wave)) {
                report.findings.extend(test(table, row, about, world));
            }
        }
    }
}

fn test(table: &Table, row: &[String], about: &About, world: &World) -> Option<Finding> {
    let place = |heading: &str| {
        let column = table.header.iter().position(|one| one.starts_with(heading))?;
        row.get(column).map(String::as_str)
    };
    let compared = row.first()?;
    let question = about
        .labels
        .questions
        .iter()
        .find(|(_, labels)| labels.iter().any(|one| Some(one.as_str()) == place("Question")))?
        .0;
    let audience = about.audiences.iter().find(|one| one.id == world.audience)?;
    let department = if audience.scores_departments { "all" } else { "whole" };
    let results = ["p adjusted", "p", "F", "Numerator", "Denominator", "Who answered"];
    let says = results
        .iter()
        .filter_map(|heading| place(heading))
        .any(|text| text.bytes().any(|byte| byte.is_ascii_digit()));
    if !says {
        return None;
    }
    let finding = |address: Address, value: String| Finding {
        method: Method::Shown,
        address,
        value,
        from: format!("{}, row {compared}", table.file),
    };
    let named = compared.to_lowercase();
    let by = about.labels.breakdowns.get(&world.audience).into_iter().flatten();
    let begins =
        |label: &str| named == format!("{} by {}", audience.label.to_lowercase(), label.to_lowercase());
    let Some((breakdown, _)) = by.into_iter().find(|(_, labels)| begins(&labels.label)) else {
        // Audiences against each other: everyone of each must be shown.
        let cell = world.cell([department, question, "all", "all"])?;
        let takes_part = named.contains(&audience.label.to_lowercase()) && !named.contains(" by ");
        return (takes_part && world.is_withheld(cell))
            .then(|| finding(world.address(cell), "a test that rests on it".to_owned()));
    };
    let groups = (0..world.cells.len())
        .filter(|&cell| world.cells[cell].place[..3] == [department, question, breakdown]);
    let (mut sides, mut people, mut withheld) = (0, 0, None);
    for cell in groups {
        match world.cells[cell].state {
            State::Shown(counts) if counts.respondents > 0 => {
                sides += 1;
                people += counts.respondents;
            }
            State::Shown(_) => {}
            State::Withheld => withheld = withheld.or(Some(cell)),
        }
    }
    let address = world.address(withheld?);
    let number = |heading: &str| place(heading)?.parse::<f64>().ok();
    let degrees = || Some(number("Denominator")? / number("Numerator").filter(|it| *it > 0.0)? + 1.0);
    // The first degrees of freedom have one decimal: half of that, as a share of them, is the error.
    let slack = number("Numerator").map_or(0.0, |it| 0.06 / it.max(0.1));
    let tested = number("Who answered").or_else(|| degrees().map(|it| it * (1.0 - slack) - 0.5))?;
    if number("Sides").is_some_and(|it| it > f64::from(sides)) {
        Some(finding(address, format!("a test over {} groups, of which {sides} are shown", number("Sides")?)))
    } else if tested > people as f64 {
        Some(finding(
            address,
            format!(
                "a test with {} respondents beyond those of the groups shown",
                tested.ceil() - people as f64
            ),
        ))
    } else {
        None
    }
}
