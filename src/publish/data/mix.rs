//! `mix.csv`: one row per group of every change that is split.

use super::{ADDRESS, Datum, Frame, Precision};
use crate::disclose::Release;
use crate::estimate::{By, MixGroup};
use crate::survey::Survey;

/// One row per group and one for all of them, per change and way of telling respondents apart, with
/// the columns that the contract names. A row's change is what the group contributed to the change:
/// `within_effect` plus `mix_effect`.
pub fn mix<'a>(survey: &'a Survey, release: &'a Release) -> Frame<'a> {
    let precision = Precision(release.policy);
    let mut header = ADDRESS[1..].to_vec();
    header.extend(["from_wave", "to_wave", "change", "within_effect", "mix_effect", "mix_centred"]);
    header.extend(["within_se", "mix_se", "status"]);
    Frame::new(header, release.mixes(), |row, (key, released)| {
        let audience = &survey.audiences[key.audience];
        let figure = released.figure.value();
        let effects = figure.map(|it| &it.effects);
        let by = match key.by {
            By::Breakdown(breakdown) => audience.breakdowns[breakdown].id.as_str(),
            By::Joint => "joint",
        };
        let group = match key.group {
            MixGroup::All => "all",
            MixGroup::Of(group) => survey.group_id(key.audience, group),
            MixGroup::Other => "other",
        };
        row.extend([
            Datum::text(&audience.id),
            Datum::text(survey.department_id(key.department)),
            Datum::text(survey.question_id(key.question)),
            Datum::text(by),
            Datum::text(group),
            Datum::text(&survey.waves[key.from_wave].label),
            Datum::text(&survey.waves[key.to_wave].label),
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
