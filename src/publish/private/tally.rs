//! `tally.csv`: every count, exact.

use crate::publish::data::{ADDRESS, Datum, address, csv};
use crate::survey::Survey;
use crate::tally::{Cell, Counts};

/// One row per cell: counts of every answer, their sum, and the respondents behind them.
///
/// # Errors
/// None where rows are as long as the header.
pub fn tally<'t>(
    survey: &Survey,
    cells: impl Iterator<Item = (&'t Cell, &'t Counts)>,
) -> csv::Result<Vec<u8>> {
    const SCORES: [&str; 10] = [
        "score_1", "score_2", "score_3", "score_4", "score_5", "score_6", "score_7", "score_8", "score_9",
        "score_10",
    ];
    let top = usize::from(survey.most_scores());
    let mut header = ADDRESS.to_vec();
    header.extend(&SCORES[..top]);
    header.extend(["no_contact", "blank", "sum", "respondents"]);
    let rows = cells.map(|(cell, counts)| (address(survey, cell), counts));
    csv(&header, rows, |row, counts| {
        row.extend(counts.scores[..top].iter().map(|count| Datum::count(*count)));
        row.extend([counts.no_contact, counts.blank, counts.sum(), counts.respondents].map(Datum::count));
    })
}
