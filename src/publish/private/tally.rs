//! `tally.csv`: every count, exact.

use crate::publish::data::{Datum, Frame, address};
use crate::survey::Survey;
use crate::tally::{Cell, Counts};

/// One row per cell: counts of every answer, their sum, and the respondents behind them.
pub fn tally<'a, 't>(survey: &'a Survey, cells: impl Iterator<Item = (&'t Cell, &'t Counts)>) -> Frame<'a> {
    const SCORES: [&str; 10] = [
        "score_1", "score_2", "score_3", "score_4", "score_5", "score_6", "score_7", "score_8", "score_9",
        "score_10",
    ];
    let top = usize::from(survey.most_scores());
    let mut header = vec!["wave", "audience", "department", "question", "breakdown", "group"];
    header.extend(&SCORES[..top]);
    header.extend(["no_contact", "blank", "sum", "respondents"]);
    Frame::new(header, cells, |row, (cell, counts)| {
        row.extend(address(survey, cell));
        row.extend(counts.scores[..top].iter().map(|count| Datum::count(*count)));
        row.extend([counts.no_contact, counts.blank, counts.sum(), counts.respondents].map(Datum::count));
    })
}
