//! raoscott.csv.

use std::collections::BTreeSet;

use rmsurvey::estimate::{Sample, TableMoments, rao_scott};

use super::survey::{Form, Items, Survey, Waves};
use super::table::{Row, rows};
use super::tolerance::Check;

/// The group of an answer: by the form, or by the department it is about.
type GroupOf<'a> = Box<dyn Fn(&Form, &str) -> String + 'a>;

fn parts<'a>(row: &'a Row, waves: &'a Waves) -> Vec<(&'a Survey, Items, GroupOf<'a>)> {
    let (items, breakdown) = (Items::of_row(row), row.text("breakdown"));
    match breakdown {
        "audience" => {
            let council = Items::of(
                row.text("question"),
                if row.text("question") == "ALL" { "pooled11" } else { "council" },
            );
            vec![
                (waves.providers(row.year("year")), items, Box::new(|_, _| "provider".to_owned())),
                (waves.get(row.year("year"), "officer"), council, Box::new(|_, _| "officer".to_owned())),
            ]
        }
        "year" => vec![
            (waves.providers(2025), items.clone(), Box::new(|_, _| "2025".to_owned())),
            (waves.providers(2026), items, Box::new(|_, _| "2026".to_owned())),
        ],
        "department" => {
            vec![(waves.providers(row.year("year")), items, Box::new(|_, department| department.to_owned()))]
        }
        _ => {
            let group = |form: &Form, _: &str| form.attribute(breakdown).to_owned();
            vec![(waves.providers(row.year("year")), items, Box::new(group))]
        }
    }
}

#[test]
fn distributions() {
    let (waves, mut check) = (Waves::read(), Check::of("raoscott.csv"));
    for row in rows("expected/raoscott.csv") {
        let parts = parts(&row, &waves);
        let mut groups = BTreeSet::new();
        for (survey, items, group_of) in &parts {
            for form in &survey.forms {
                groups
                    .extend(survey.answers(form, items).map(|(_, department, _)| group_of(form, department)));
            }
        }
        let groups: Vec<_> = groups.into_iter().collect();
        // One group and one score more than anyone used: they must be dropped.
        let (rows, scores) = (groups.len() + 1, 5);
        let tables: Vec<(Sample, TableMoments)> = parts
            .iter()
            .map(|(survey, items, group_of)| {
                let mut table = TableMoments::new(rows, scores);
                for form in &survey.forms {
                    table.add(survey.answers(form, items).map(|(_, department, score)| {
                        let group = group_of(form, department);
                        let at = groups.iter().position(|known| *known == group).expect("a known group");
                        at * scores + usize::from(score)
                    }));
                }
                (survey.sample(), table)
            })
            .collect();
        let test = rao_scott(rows, scores, &tables);
        check.row(
            &row,
            &[
                ("x2_pearson", test.map(|it| it.pearson)),
                ("mean_deff", test.map(|it| it.mean_design_effect)),
                ("p_first_order", test.map(|it| it.first_order_p)),
                ("F", test.map(|it| it.f)),
                ("ndf", test.map(|it| it.numerator_degrees)),
                ("ddf", test.map(|it| it.denominator_degrees)),
                ("p", test.map(|it| it.p)),
            ],
        );
    }
    check.finish(177);
}
