//! The departments, all questions together, in the order of the questionnaire.

use super::broken;
use super::{Exhibited, Part, Words, chart, verdicts};
use crate::estimate::{GapKey, Side};
use crate::publish::chart::{DotRow, Dots, Picture};
use crate::publish::table::{Column, Value};
use crate::publish::view::View;
use crate::tally::{Cell, Department, Group, Question};
use crate::words::{self, LIKELY_RANGE, capital, within};

/// One per audience that scores departments.
pub(super) fn exhibits(view: &View<'_>) -> Vec<Exhibited> {
    let audiences = (0..view.survey.audiences.len()).filter(|&one| view.audience(one).scores_departments);
    audiences.filter_map(|audience| exhibit(view, audience)).collect()
}

/// Departments of any of these years in questionnaire order, then all together, then the council as one organisation.
pub(super) fn in_order(view: &View<'_>, audience: usize, waves: &[usize]) -> Vec<Department> {
    let mut departments = view.survey.department_cells(audience);
    departments.retain(|department| match department {
        Department::One(one) => waves.iter().any(|&wave| view.survey.departments[*one].asked.in_wave(wave)),
        Department::All | Department::Whole => true,
    });
    departments.sort_by_key(|department| match department {
        Department::One(one) => (0, *one),
        Department::All => (1, 0),
        Department::Whole => (2, 0),
    });
    departments
}

/// The years that a picture of several years has room for: the latest and the one before it. The
/// table and the trend hold them all.
pub(super) fn latest_two(waves: &[usize]) -> &[usize] {
    &waves[waves.len().saturating_sub(2)..]
}

fn exhibit(view: &View<'_>, audience: usize) -> Option<Exhibited> {
    let definition = view.audience(audience);
    let label = within(&definition.label);
    let waves = view.waves_of(audience);
    let latest = *waves.last()?;
    let period = view.period(&waves);
    let cell = |wave, department| Cell {
        wave,
        audience,
        department,
        question: Question::All,
        group: Group::Everyone,
    };
    let mut columns = vec![Column::text("Department")];
    for &wave in &waves {
        let year = view.wave_label(wave);
        columns.push(Column::number(format!("{year} average (score {})", view.scale(wave))));
        columns.push(Column::number(format!("{year} likely range, lower end (score)")));
        columns.push(Column::number(format!("{year} likely range, upper end (score)")));
        columns.push(Column::text(format!("{year} against the other departments")));
        columns.push(Column::number(format!("{year} who answered (number)")));
    }
    let rows = in_order(view, audience, &waves).into_iter().map(|department| {
        let mut row = vec![Value::Text(view.department_label(department))];
        for &wave in &waves {
            let cell = cell(wave, department);
            row.push(view.mean_value(&cell));
            row.extend(view.range_values(&cell));
            row.push(against_the_rest(view, wave, audience, department));
            row.push(view.base_value(&cell));
        }
        row
    });
    let words = Words {
        name: format!("departments-{}", definition.id),
        title: format!("Average score by department, {label}, all questions together, {period}"),
        base: view.base_note(audience),
        notes: broken::notes(view, &waves, broken::Rows::Departments).into_iter().chain([
            "Departments stand in the order of the questionnaire. Each is compared with the other departments as scored by the same respondents.".to_owned(),
            view.pooled(),
            LIKELY_RANGE.to_owned(),
        ]).collect(),
    };
    let table = words.table(view, columns, rows.collect());
    let drawn = latest_two(&waves);
    let dots = in_order(view, audience, drawn).into_iter().map(|department| DotRow {
        label: view.department_label(department),
        points: drawn.iter().map(|&wave| view.plotted_on(&cell(wave, department), latest)).collect(),
        bases: drawn.iter().map(|&wave| view.base_text(&cell(wave, department))).collect(),
    });
    let picture = Picture::Dots(Dots {
        axis: view.axis(latest),
        accent: view.accent(audience),
        series: drawn.iter().map(|&wave| view.wave_label(wave).to_owned()).collect(),
        rows: dots.collect(),
        base_heading: "Number who answered".to_owned(),
    });
    let verdict = |&department: &Department| {
        let sides = [Side::Department(department), Side::Rest];
        let key = GapKey::of_departments(*drawn.last()?, audience, Question::All, sides);
        view.gap(&key).map(|gap| gap.comparison.verdict)
    };
    let compared =
        in_order(view, audience, drawn).into_iter().filter(|one| matches!(one, Department::One(_)));
    let verdicts: Vec<_> = compared.map(|one| (view.department_label(one), verdict(&one))).collect();
    let headline = verdicts::against_rest((&definition.label, None), "department", &verdicts)
        .unwrap_or_else(|| format!("How {label} scored each department"));
    let subtitle = format!(
        "Average score from {}, all questions together, with likely range, {}; departments in the order of the questionnaire. Answered by {}",
        view.scale(latest),
        view.period(drawn),
        view.base_note(audience)
    );
    let chart = chart(view, &table, capital(&headline), subtitle, picture);
    Some(Exhibited { part: Part::Departments, table, chart: Some(chart) })
}

fn against_the_rest(view: &View<'_>, wave: usize, audience: usize, department: Department) -> Value {
    let sides = [Side::Department(department), Side::Rest];
    let key = GapKey::of_departments(wave, audience, Question::All, sides);
    if !matches!(department, Department::One(_)) {
        return Value::Text("not compared".to_owned());
    }
    match view.gap(&key) {
        Some(gap) => Value::Text(words::gap(gap.comparison.verdict).to_owned()),
        None => Value::Mark(view.gap_mark(&key)),
    }
}
