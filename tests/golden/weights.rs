//! weights.csv, weight_summary.csv and weighted_means.csv.

use std::collections::HashMap;

use rmsurvey::estimate::{Levels, Strata, Weights, weighted_mean};
use rmsurvey::tally::Moments;

use super::survey::{Form, Items, Survey, Waves, Who, figures};
use super::table::{Row, rows};
use super::tolerance::Check;

struct Margin {
    breakdown: &'static str,
    levels: Vec<String>,
    invited: Vec<u64>,
}

fn margins(year: u16, breakdowns: &[&'static str]) -> Vec<Margin> {
    let population = rows("data/population_margins.csv");
    let of = |breakdown: &&'static str| {
        let here = |row: &&Row| {
            row.year("year") == year
                && row.text("audience") == "provider"
                && row.text("variable") == *breakdown
        };
        Margin {
            breakdown,
            levels: population.iter().filter(here).map(|row| row.text("level").to_owned()).collect(),
            invited: population.iter().filter(here).map(|row| row.number("count").unwrap() as u64).collect(),
        }
    };
    breakdowns.iter().map(of).collect()
}

fn levels(form: &Form, margins: &[Margin]) -> Levels {
    let level =
        |margin: &Margin| margin.levels.iter().position(|level| level == form.attribute(margin.breakdown));
    margins.iter().map(level).collect()
}

/// A weighting of one year of providers.
pub struct Weighted<'a> {
    survey: &'a Survey,
    margins: Vec<Margin>,
    pub weights: Weights,
}

impl<'a> Weighted<'a> {
    pub fn new(survey: &'a Survey, year: u16, breakdowns: &[&'static str]) -> Weighted<'a> {
        let margins = margins(year, breakdowns);
        let forms = survey.forms.iter().map(|form| levels(form, &margins));
        let strata = Strata::new(forms, survey.frame).unwrap();
        let invited: Vec<_> = margins.iter().map(|margin| margin.invited.clone()).collect();
        let weights = Weights::to_margins(strata, &invited, None).unwrap();
        Weighted { survey, margins, weights }
    }

    fn position(&self, form: &Form) -> usize {
        self.weights.strata().position(&levels(form, &self.margins)).expect("a stratum")
    }

    pub fn domain(&self, items: &Items, who: &Who) -> Vec<Moments> {
        let mut domain = vec![Moments::default(); self.weights.strata().len()];
        for (form, (k, y)) in self.survey.forms.iter().zip(self.survey.pairs(items, who)) {
            domain[self.position(form)].add(k, y);
        }
        domain
    }
}

fn weightings(waves: &Waves) -> HashMap<(u16, &'static str), Weighted<'_>> {
    let mut all = HashMap::new();
    for year in [2025, 2026] {
        let kinds: [(_, &[&'static str]); 3] = [
            ("none", &[]),
            ("poststrat_quadrant", &["quadrant"]),
            ("calibrate_raking", &["quadrant", "size", "service_type"]),
        ];
        for (method, breakdowns) in kinds {
            let weighted = Weighted::new(waves.providers(year), year, breakdowns);
            all.insert((year, method), weighted);
        }
    }
    all
}

#[test]
fn weights() {
    let waves = Waves::read();
    let (all, mut check) = (weightings(&waves), Check::of("weights.csv"));
    for row in rows("expected/weights.csv") {
        let weight = |method| {
            let weighted = &all[&(row.year("year"), method)];
            let form = weighted.survey.forms.iter().find(|form| form.id == row.text("respondent_id"));
            form.map(|form| weighted.weights.of(weighted.position(form)))
        };
        let raked = weight("calibrate_raking");
        check.row(
            &row,
            &[
                ("w_none", weight("none")),
                ("w_poststrat_quadrant", weight("poststrat_quadrant")),
                ("w_rake", raked),
                ("w_rake_sweeps", raked),
            ],
        );
    }
    check.finish(137);
}

#[test]
fn weight_summary() {
    let waves = Waves::read();
    let (all, mut check) = (weightings(&waves), Check::of("weight_summary.csv"));
    for row in
        rows("expected/weight_summary.csv").iter().filter(|row| row.text("method") != "calibrate_linear")
    {
        let method = row.text("method").replace("rake_sweeps", "calibrate_raking");
        let key = all.keys().find(|key| **key == (row.year("year"), method.as_str())).unwrap();
        let weights = &all[key].weights;
        check.row(
            row,
            &[
                ("n", Some(weights.strata().sample().forms() as f64)),
                ("sum_w", Some(weights.sum())),
                ("min_w", weights.range().map(|range| range.0)),
                ("max_w", weights.range().map(|range| range.1)),
                ("n_eff_kish", weights.effective_base()),
                ("deff_kish", weights.design_effect()),
            ],
        );
    }
    check.finish(8);
}

#[test]
fn weighted_means() {
    let waves = Waves::read();
    let (all, mut check) = (weightings(&waves), Check::of("weighted_means.csv"));
    for row in rows("expected/weighted_means.csv") {
        let Some(key) = all.keys().find(|key| **key == (row.year("year"), row.text("method"))) else {
            continue;
        };
        let weighted = &all[key];
        let domain = weighted.domain(&Items::of_row(&row), &Who::of_row(&row));
        let estimate = weighted_mean(&weighted.weights, &domain);
        let mut figures = figures(estimate);
        figures.extend([
            ("n_respondents", Some(estimate.map_or(0, |it| it.respondents) as f64)),
            ("n_answers", Some(estimate.map_or(0, |it| it.answers) as f64)),
        ]);
        check.row(&row, &figures);
    }
    check.finish(2 * 414);
}
