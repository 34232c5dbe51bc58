//! `mix.csv`: one row per group of every change that is split.

use super::{ADDRESS, Datum, Key, Precision, csv};
use crate::disclose::Release;
use crate::estimate::{By, MixGroup, MixKey};
use crate::survey::Survey;

/// One row per group and one for all of them, per change and way of telling respondents apart, with
/// the columns that the contract names. A row's change is what the group contributed to the change:
/// `within_effect` plus `mix_effect`.
///
/// # Errors
/// None where rows are as long as the header.
pub fn mix(survey: &Survey, release: &Release) -> csv::Result<Vec<u8>> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS[1..].to_vec();
    header.extend(["from_wave", "to_wave", "change", "within_effect", "mix_effect", "mix_centred"]);
    header.extend(["within_se", "mix_se", "status"]);
    let rows = release.mixes().map(|(key, released)| (keys(survey, key), released));
    csv(&header, rows, |row, released| {
        let figure = released.figure.value();
        let effects = figure.map(|it| &it.effects);
        row.extend([
            Datum::number(figure.map(|it| it.change)),
            Datum::number(effects.map(|it| it.within.value)),
            Datum::number(effects.map(|it| it.mix.value)),
            Datum::number(effects.map(|it| it.mix_centred.value)),
            precision.number(effects.and_then(|it| it.within.standard_error)),
            precision.number(effects.and_then(|it| it.mix.standard_error)),
            Datum::text(released.status.id()),
        ]);
    })
}

/// What names a group's part of a change.
fn keys<'s>(survey: &'s Survey, key: &MixKey) -> [Key<'s>; 7] {
    let audience = &survey.audiences[key.audience];
    let by = match key.by {
        By::Breakdown(breakdown) => audience.breakdowns[breakdown].id.as_str(),
        By::Joint => "joint",
    };
    let group = match key.group {
        MixGroup::All => "all",
        MixGroup::Of(group) => survey.group_id(key.audience, group),
        MixGroup::Other => "other",
    };
    let (department, question) = (survey.department_id(key.department), survey.question_id(key.question));
    let (from_wave, to_wave) = (&*survey.waves[key.from_wave].label, &*survey.waves[key.to_wave].label);
    [&audience.id, department, question, by, group, from_wave, to_wave].map(Key::Id)
}
