//! A chart is checked before it is drawn, so that layouts can rely on its shape.

use super::error::DrawError;
use crate::publish::chart::{Axis, Chart, Picture, Plotted};

/// Rows exist, hold what the chart promises, and all numbers can be drawn.
pub(super) fn check(chart: &Chart) -> Result<(), DrawError> {
    let checker = Checker { chart: &chart.name };
    match &chart.picture {
        Picture::Dots(dots) => {
            checker.axis(&dots.axis)?;
            checker.some("series", dots.series.len())?;
            checker.some("rows", dots.rows.len())?;
            for row in &dots.rows {
                checker.count(&row.label, "points", row.points.len(), dots.series.len())?;
                checker.count(&row.label, "bases", row.bases.len(), dots.series.len())?;
                checker.figures(&row.label, &row.points)?;
            }
        }
        Picture::Dumbbell(dumbbell) => {
            checker.axis(&dumbbell.axis)?;
            checker.some("rows", dumbbell.rows.len())?;
            for row in &dumbbell.rows {
                checker.figures(&row.label, &row.points)?;
            }
        }
        Picture::Councils(councils) => {
            checker.axis(&councils.axis)?;
            checker.some("rows", councils.rows.len())?;
            for row in &councils.rows {
                checker.figures(&row.label, [&row.ours, &row.others])?;
                checker.numbers(&row.label, row.median)?;
            }
        }
        Picture::Change(change) => {
            checker.axis(&change.axis)?;
            checker.some("rows", change.rows.len())?;
            for row in &change.rows {
                checker.figures(&row.label, [&row.from, &row.to, &row.change])?;
            }
        }
        Picture::Distribution(distribution) => {
            let scores = distribution.scores.len();
            checker.some("scores", scores)?;
            checker.some("rows", distribution.rows.len())?;
            let drawable = super::distribution::colours(scores, distribution.split).len();
            checker.count("all", "scores", scores, drawable)?;
            for row in &distribution.rows {
                if let Ok(shares) = &row.shares {
                    checker.count(&row.label, "shares", shares.len(), scores)?;
                    for (share, _) in shares {
                        checker.share(&row.label, *share)?;
                    }
                }
                checker.figures(&row.label, &row.no_contact)?;
            }
        }
        Picture::Heatmap(heatmap) => {
            checker.ends(heatmap.low, heatmap.high)?;
            checker.some("columns", heatmap.columns.len())?;
            checker.some("rows", heatmap.rows.len())?;
            for row in &heatmap.rows {
                checker.count(&row.label, "values", row.values.len(), heatmap.columns.len())?;
                checker.figures(&row.label, &row.values)?;
            }
        }
        Picture::Multiples(multiples) => {
            checker.axis(&multiples.axis)?;
            checker.some("groups", multiples.groups.len())?;
            checker.some("panels", multiples.panels.len())?;
            for panel in &multiples.panels {
                let (found, expected) = (panel.points.len(), multiples.groups.len());
                checker.count(&panel.title, "points", found, expected)?;
                checker.figures(&panel.title, &panel.points)?;
            }
        }
        Picture::Differences(differences) => {
            checker.some("series", differences.series.len())?;
            checker.some("rows", differences.rows.len())?;
            for row in &differences.rows {
                checker.count(&row.label, "points", row.points.len(), differences.series.len())?;
                checker.count(&row.label, "bases", row.bases.len(), differences.series.len())?;
                checker.figures(&row.label, &row.points)?;
            }
        }
        Picture::Bars(bars) => {
            checker.ends(0.0, bars.high)?;
            checker.some("series", bars.series.len())?;
            checker.some("rows", bars.rows.len())?;
            for row in &bars.rows {
                checker.count(&row.label, "values", row.values.len(), bars.series.len())?;
                checker.figures(&row.label, &row.values)?;
            }
        }
        Picture::Trend(trend) => {
            checker.axis(&trend.axis)?;
            checker.some("years", trend.waves.len())?;
            checker.some("panels", trend.panels.len())?;
            for panel in &trend.panels {
                checker.some("lines", panel.lines.len())?;
                for line in &panel.lines {
                    checker.count(&line.name, "points", line.points.len(), trend.waves.len())?;
                    checker.figures(&line.name, line.points.iter().map(|point| &point.figure))?;
                }
            }
        }
        Picture::Waterfall(waterfall) => {
            checker.some("rows", waterfall.rows.len())?;
            checker.some("steps", waterfall.steps.len())?;
            for row in &waterfall.rows {
                checker.count(&row.label, "steps", row.steps.len(), waterfall.steps.len())?;
                checker.figures(&row.label, row.steps.iter().chain([&row.total]))?;
            }
        }
        Picture::Ladder(ladder) => {
            checker.some("rows", ladder.rows.len())?;
            checker.some("years", ladder.years.len())?;
            for row in &ladder.rows {
                checker.ends(1.0, row.levels.len() as f64)?;
                checker.count(&row.label, "points", row.points.len(), ladder.years.len())?;
                checker.count(&row.label, "bases", row.bases.len(), ladder.years.len())?;
                checker.figures(&row.label, &row.points)?;
            }
        }
    }
    Ok(())
}

struct Checker<'a> {
    chart: &'a str,
}

impl Checker<'_> {
    fn some(&self, what: &'static str, count: usize) -> Result<(), DrawError> {
        if count == 0 {
            let chart = self.chart.to_owned();
            return Err(DrawError::Empty { chart, what });
        }
        Ok(())
    }

    fn count(&self, row: &str, what: &'static str, found: usize, expected: usize) -> Result<(), DrawError> {
        if found == expected {
            return Ok(());
        }
        Err(DrawError::Shape { chart: self.chart.to_owned(), row: row.to_owned(), what, found, expected })
    }

    fn number(&self, what: String) -> DrawError {
        DrawError::Number { chart: self.chart.to_owned(), what }
    }

    fn axis(&self, axis: &Axis) -> Result<(), DrawError> {
        self.ends(axis.low, axis.high)
    }

    fn ends(&self, low: f64, high: f64) -> Result<(), DrawError> {
        if low.is_finite() && high.is_finite() && low < high {
            return Ok(());
        }
        Err(self.number(format!("the axis from {low} to {high}")))
    }

    fn share(&self, row: &str, share: f64) -> Result<(), DrawError> {
        if (0.0..=1.0 + 1e-9).contains(&share) {
            return Ok(());
        }
        Err(self.number(format!("the share {share} in row `{row}`")))
    }

    fn numbers(&self, row: &str, numbers: impl IntoIterator<Item = f64>) -> Result<(), DrawError> {
        let broken = numbers.into_iter().find(|number| !number.is_finite());
        broken.map_or(Ok(()), |number| Err(self.number(format!("{number} in row `{row}`"))))
    }

    fn figures<'a>(
        &self,
        row: &str,
        figures: impl IntoIterator<Item = &'a Plotted>,
    ) -> Result<(), DrawError> {
        for figure in figures {
            if let Plotted::Value { value, range, .. } = figure {
                let (low, high) = range.unwrap_or((*value, *value));
                if !(value.is_finite() && low.is_finite() && high.is_finite()) {
                    return Err(self.number(format!("{value} ({low} to {high}) in row `{row}`")));
                }
            }
        }
        Ok(())
    }
}
