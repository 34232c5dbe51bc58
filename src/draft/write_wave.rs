//! The lines of a wave.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::model::Wave;
use super::write::{line, list, remark};
use crate::survey::quoted;

/// Writes a wave, beginning with a blank line.
pub(super) fn write_wave(text: &mut String, label: &str, wave: &Wave) {
    line!(text, "\n[[wave]]\nlabel = {}", quoted(label));
    let from = wave.dates.iter().map(|dates| dates.from).min();
    let to = wave.dates.iter().map(|dates| dates.to).max();
    if let Some((from, to)) = from.zip(to) {
        line!(text, "fieldwork = {{ from = {from}, to = {to} }}   # the first and the last form");
    }
    let formats: BTreeSet<&str> = wave.dates.iter().filter_map(|dates| dates.format).collect();
    if !formats.is_empty() {
        let note = match wave.dates.iter().find_map(|dates| dates.or) {
            Some(or) => format!("DECIDE: or \"{or}\"? Both read every date (%d is the day, %m the month)"),
            None => "how the files write dates: %d is the day, %m the month, %Y the year".to_owned(),
        };
        let formats: Vec<String> = formats.into_iter().map(str::to_owned).collect();
        let value = if let [one] = &formats[..] { quoted(one) } else { list(&formats) };
        line!(text, "date-format = {value}{}", remark(&note));
    }
    if wave.by_order {
        line!(
            text,
            "# The columns of scores carry a department and no question. If the questions stand in the file in the"
        );
        line!(
            text,
            "# order in which they stand here, delete \"# DECIDE: \" at the beginning of the next line."
        );
        line!(text, "# DECIDE: questions-by-order = true");
    }
    let files: Vec<String> = wave
        .files
        .iter()
        .map(|(audience, files)| {
            let names: Vec<&String> = files.iter().map(|(file, _)| file).collect();
            let value = match names[..] {
                [one] => quoted(one),
                _ => list(names),
            };
            format!("{audience} = {value}")
        })
        .collect();
    let mut platforms: Vec<&str> = wave.files.values().flatten().map(|(_, platform)| *platform).collect();
    platforms.dedup();
    line!(
        text,
        "files = {{ {} }}{}",
        files.join(", "),
        remark(&format!("read as: {}", platforms.join(", ")))
    );
    line!(
        text,
        "# population = {}   # how many were invited: audience, breakdown, group, count",
        quoted(&format!("{label}/population.csv"))
    );
}
