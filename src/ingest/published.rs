//! What was published of a wave before this program counted it: averages as a paper printed them. Of
//! some years nothing else was kept; of others the answers are here too, and the two are set side by
//! side.

use super::decode::Decoded;
use super::records::records;
use super::strangers::stranger;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::{Address, Survey, fold};

/// One average as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRow {
    pub wave: usize,
    pub audience: usize,
    pub address: Address,
    /// As it was printed, so that its decimals are known.
    pub mean: String,
    /// How many it rested on, where that was said.
    pub respondents: Option<u64>,
    /// Why today's count differs, where somebody has found out.
    pub reason: String,
}

impl PublishedRow {
    /// How many decimals were printed.
    pub fn decimals(&self) -> u32 {
        self.mean.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32)
    }
}

const ADDRESS: [&str; 5] = ["audience", "department", "question", "breakdown", "group"];
const KIND: &str = "published";
const MOST_DECIMALS: usize = 6;

/// Reads `audience,department,question,breakdown,group,mean`, and `respondents` and `reason` where they
/// are there. Ids as in the definition; an empty one means `all`.
pub(super) fn read_published(
    survey: &Survey,
    wave: usize,
    file: &str,
    decoded: &Decoded<'_>,
    found: &mut Diagnostics,
) -> Vec<PublishedRow> {
    let mut records = records(decoded);
    let (_, header) = records.next().unwrap_or_default();
    let at = |name: &str| header.iter().position(|cell| fold(cell) == name);
    let positions = ADDRESS.map(at);
    let (Some(mean_at), true) = (at("mean"), positions.iter().all(Option::is_some)) else {
        found.push(
            Diagnostic::error(KIND, Place::line(file, 1), "the file of published averages lacks a column")
                .found(header.iter().collect::<Vec<_>>().join(", "))
                .expected(format!(
                    "{}, mean; respondents and reason where they are known",
                    ADDRESS.join(", ")
                )),
        );
        return Vec::new();
    };
    let mut rows: Vec<PublishedRow> = Vec::new();
    for (line, record) in records.filter(|(_, record)| record.iter().any(|cell| !cell.trim().is_empty())) {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let ids = positions.map(|at| match cell(at) {
            "" => "all".to_owned(),
            id => id.to_owned(),
        });
        if let Some((what, ids)) = stranger(survey, &ids) {
            let message = format!("survey.toml has no {what} of this id");
            let found_here = ids.last().cloned().unwrap_or_default();
            found.push(
                Diagnostic::error(KIND, Place::line(file, line), message).found(format!("\"{found_here}\"")),
            );
            continue;
        }
        let mean = cell(Some(mean_at));
        let top = f64::from(survey.scale_of(wave).top);
        let is_plain = mean.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && mean.split_once('.').is_none_or(|(_, decimals)| decimals.len() <= MOST_DECIMALS);
        if !is_plain || !mean.parse::<f64>().is_ok_and(|mean| (1.0..=top).contains(&mean)) {
            found.push(
                Diagnostic::error(
                    KIND,
                    Place::cell(file, line, mean_at, "mean"),
                    "this is no average of the scale",
                )
                .found(format!("\"{mean}\""))
                .expected(format!("a number from 1 to {top} as it was printed, such as 2.35")),
            );
            continue;
        }
        let respondents = cell(at("respondents"));
        let number = respondents.parse::<u64>().ok();
        if number.is_none() && !respondents.is_empty() {
            let place = Place::cell(file, line, at("respondents").unwrap_or_default(), "respondents");
            found.push(
                Diagnostic::error(KIND, place, "the number who answered cannot be read")
                    .found(format!("\"{respondents}\""))
                    .expected("a whole number, or nothing where it was not published"),
            );
        }
        let audience = survey.audiences.iter().position(|it| it.id == ids[0]).unwrap_or_default();
        let [of, department, question, breakdown, group] = ids;
        let label = survey.waves[wave].label.clone();
        let address = Address { wave: label, audience: of, department, question, breakdown, group };
        if rows.iter().any(|row| row.address == address) {
            found.push(Diagnostic::error(
                KIND,
                Place::line(file, line),
                "this average stands here a second time",
            ));
            continue;
        }
        rows.push(PublishedRow {
            wave,
            audience,
            address,
            mean: mean.to_owned(),
            respondents: number,
            reason: cell(at("reason")).to_owned(),
        });
    }
    rows
}
