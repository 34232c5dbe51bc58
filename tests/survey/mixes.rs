//! How changes are split and averages weighted: by hand on surveys of a few forms, and on the sample
//! for what has to add up. What may be shown is held to the rule that a figure uses only groups that
//! are shown in both years, with the others put together where they reach the minimum.

use std::collections::BTreeMap;

use rmsurvey::diagnostics::Diagnostics;
use rmsurvey::disclose::{Policy, Release, Released, StandardisedKey, Status, WeightingKey, release};
use rmsurvey::estimate::{By, MixFigure, MixGroup, MixKey, NoWeights, Weighted, Weighting};
use rmsurvey::survey::Survey;
use rmsurvey::tally::{Department, Group, Question};
use rmsurvey::{estimate, ingest, tally};

use crate::support::{Folder, Table, data, files, rmsurvey, run};

/// A figure of a small survey, to the last bits.
#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// One question to one audience in three areas; a figure needs two respondents. With so few every
/// figure is of one voice, so that rule is off.
const DEFINITION: &str = r#"format = 1
title = "Small survey"

[organisation]
name = "Example Council"

[scale]
low = 1
high = 4
no-contact = 0

[[question]]
id = "Q1"
text = "How well do we share information?"

[audience.providers]
label = "Care providers"
respondent = ["Reference"]

[[audience.providers.breakdown]]
id = "area"
label = "Area"
columns = ["Area"]
groups = [{ id = "north", label = "North" }, { id = "south", label = "South" }, { id = "west", label = "West" }]

[[wave]]
label = "2016"
files = { providers = "2016.csv" }
population = "population.csv"

[[wave]]
label = "2017"
files = { providers = "2017.csv" }
population = "population.csv"

[disclosure]
minimum-respondents = 2
unanimity = false
"#;

/// One form per letter of an area (N, S, W, or - where it is left blank), with its score.
fn survey(waves: [&str; 2], invited: [u64; 3]) -> Folder {
    let folder = Folder::empty();
    folder.write("survey.toml", DEFINITION);
    for (year, forms) in ["2016", "2017"].into_iter().zip(waves) {
        let mut rows = String::from("Reference,Area,Q1\n");
        for (position, form) in forms.split(' ').enumerate() {
            let (area, score) = form.split_at(1);
            let area = match area {
                "N" => "North",
                "S" => "South",
                "W" => "West",
                _ => "",
            };
            rows += &format!("{position},{area},{score}\n");
        }
        folder.write(&format!("{year}.csv"), rows);
    }
    let [north, south, west] = invited;
    let everyone = north + south + west;
    folder.write(
        "population.csv",
        format!(
            "audience,breakdown,group,count\nproviders,all,all,{everyone}\nproviders,area,north,{north}\n\
             providers,area,south,{south}\nproviders,area,west,{west}\n"
        ),
    );
    folder
}

/// Both releases of a folder's survey.
struct Releases {
    survey: Survey,
    public: Release,
    private: Release,
}

impl Releases {
    fn of(folder: &Folder) -> Releases {
        let (survey, _) = ingest::definition(folder.path()).unwrap_or_else(|problems| panic!("{problems}"));
        let waves: Vec<usize> = (0..survey.waves.len()).collect();
        let mut found = Diagnostics::default();
        let input = ingest::read(&survey, folder.path(), &waves, &mut found);
        assert!(!found.has_errors(), "{found}");
        let counted = tally::count(&survey, &waves, &input);
        let figures = estimate::estimate(&counted);
        let [public, private] =
            [Policy::Public, Policy::Private].map(|policy| release(&survey, &figures, policy));
        drop(counted);
        Releases { survey, public, private }
    }
}

fn area(group: MixGroup) -> MixKey {
    MixKey {
        audience: 0,
        department: Department::Whole,
        question: Question::All,
        by: By::Breakdown(0),
        group,
        from_wave: 0,
        to_wave: 1,
    }
}

fn of(group: usize) -> MixGroup {
    MixGroup::Of(Group::Of { breakdown: 0, group })
}

#[track_caller]
fn mix(release: &Release, key: MixKey) -> &Released<MixFigure> {
    release.mix(&key).unwrap_or_else(|| panic!("no row {key:?}"))
}

#[track_caller]
fn figure(release: &Release, key: MixKey) -> MixFigure {
    *mix(release, key).figure.value().unwrap_or_else(|| panic!("{key:?} is withheld"))
}

#[track_caller]
fn weighted(release: &Release, wave: usize, by: By) -> &Weighted {
    weighting(release, wave, by).outcome.as_ref().unwrap()
}

#[track_caller]
fn weighting(release: &Release, wave: usize, by: By) -> &Weighting {
    let key = WeightingKey { wave, audience: 0, by };
    release.weighting(&key).unwrap().figure.value().unwrap_or_else(|| panic!("{key:?} is withheld"))
}

/// South and West have one form each in 2016, too few to be shown, and two together.
fn two_small_groups() -> Releases {
    Releases::of(&survey(["N1 N3 S2 W4", "N3 N3 S2 S4 W4 W4 W4"], [10, 20, 10]))
}

/// By hand. North: mean 2 to 3, share 1/2 to 2/7. South and West together: mean 3 to 18/5, share 1/2
/// to 5/7. Within: 11/28 * 1 and 17/28 * 3/5; mix: 5/2 * -3/14 and 33/10 * 3/14; everyone: 10/4 to 24/7.
#[test]
fn small_groups_are_split_as_one() {
    let releases = two_small_groups();
    let (all, north, other) = (
        figure(&releases.public, area(MixGroup::All)),
        figure(&releases.public, area(of(0))),
        figure(&releases.public, area(MixGroup::Other)),
    );
    near(all.change, 24.0 / 7.0 - 2.5);
    near(north.effects.within.value, 11.0 / 28.0);
    near(north.effects.mix.value, -15.0 / 28.0);
    near(other.effects.within.value, 10.2 / 28.0);
    near(other.effects.mix.value, 19.8 / 28.0);
    near(all.effects.within.value, 21.2 / 28.0);
    near(all.effects.mix.value, 4.8 / 28.0);
    for group in [1, 2] {
        let row = mix(&releases.public, area(of(group)));
        assert!(row.status == Status::Withheld && row.figure.is_withheld());
    }
}

/// By hand, with every group for itself: South 15/56 * 1, West nothing, North 22/56.
#[test]
fn the_analyst_sees_every_group() {
    let releases = two_small_groups();
    near(figure(&releases.private, area(MixGroup::All)).effects.within.value, 37.0 / 56.0);
    near(figure(&releases.private, area(of(1))).effects.within.value, 15.0 / 56.0);
    near(figure(&releases.private, area(of(2))).effects.within.value, 0.0);
    assert_eq!(mix(&releases.private, area(of(1))).status, Status::Withheld);
    assert_eq!(mix(&releases.private, area(MixGroup::All)).status, Status::Ok);
    assert_eq!(releases.private.mix(&area(MixGroup::Other)), None);
}

/// West has one form in 2016 and would follow from the other two, so another area goes with it: the
/// split knows one area that is shown, and the other two as one.
#[test]
fn a_small_group_takes_another_with_it() {
    let releases = Releases::of(&survey(["N1 N3 S2 S2 W4", "N3 N3 S2 S4 W4 W4"], [10, 20, 10]));
    let withheld = |group: &&usize| mix(&releases.public, area(of(**group))).figure.is_withheld();
    assert_eq!([0, 1, 2].iter().filter(withheld).count(), 2);
    assert!(mix(&releases.public, area(of(2))).figure.is_withheld());
    let all = figure(&releases.public, area(MixGroup::All));
    let other = figure(&releases.public, area(MixGroup::Other));
    let shown = [0, 1, 2].iter().find(|group| !withheld(group)).unwrap();
    let shown = figure(&releases.public, area(of(*shown)));
    near(all.effects.within.value, shown.effects.within.value + other.effects.within.value);
    near(all.effects.mix.value, shown.effects.mix.value + other.effects.mix.value);
    for group in [MixGroup::All, of(0), of(1), of(2)] {
        assert!(!mix(&releases.private, area(group)).figure.is_withheld());
    }
}

/// Nobody is shown but those put together: there is nothing to split between.
#[test]
fn a_split_needs_a_group_that_is_shown() {
    let releases = Releases::of(&survey(["N1 S2 W4", "N3 S2 W4"], [10, 20, 10]));
    assert_eq!(mix(&releases.public, area(MixGroup::All)).status, Status::Withheld);
}

/// By hand: those who left the area blank are a group of their own, 1 of 9 answers in 2016 and none in
/// 2017, so all that they contribute is mix: 4 * (0 - 1/9). One form is too few: an area goes with it.
#[test]
fn a_blank_attribute_is_a_group() {
    let releases =
        Releases::of(&survey(["N1 N3 N2 N4 S2 S2 S1 S3 -4", "N3 N3 N1 N2 S2 S4 S1 S3"], [10, 20, 10]));
    let blank = area(MixGroup::Of(Group::NotStated { breakdown: 0 }));
    near(figure(&releases.private, blank).effects.mix.value, -4.0 / 9.0);
    near(figure(&releases.private, blank).effects.within.value, 0.0);
    let all = figure(&releases.private, area(MixGroup::All));
    near(all.covered[0], 8.0 / 9.0);
    near(all.covered[1], 1.0);
    assert!(mix(&releases.public, blank).figure.is_withheld());
    assert!(!mix(&releases.public, area(MixGroup::Other)).figure.is_withheld());
}

/// By hand: North's mean 2 counts for 30 of 40 invited, South's 4 for 10: 2.5 instead of 3. Weights 15,
/// 15, 5, 5 with an average of 10: (40)² / 500 = 3.2 forms, 4 / 3.2 = 1.25.
#[test]
fn averages_are_weighted_to_the_invited() {
    let folder = survey(["N1 N3 S4 S4", "N2 S4 S4 N2"], [30, 10, 1]);
    folder.replace("survey.toml", ", { id = \"west\", label = \"West\" }", "");
    folder.replace("population.csv", "all,all,41", "all,all,40");
    folder.replace("population.csv", "providers,area,west,1\n", "");
    let releases = Releases::of(&folder);
    for release in [&releases.public, &releases.private] {
        for by in [By::Breakdown(0), By::Joint] {
            let weighted = weighted(release, 0, by);
            near(weighted.means[&Question::All].value, 2.5);
            near(weighted.means[&Question::One(0)].value, 2.5);
            near(weighted.effective_base, 3.2);
            near(weighted.design_effect, 1.25);
            near(weighted.range.0, 0.5);
            near(weighted.range.1, 1.5);
            assert_eq!((weighted.forms, weighted.cap), (4, Some(5.0)));
        }
        let key = StandardisedKey { audience: 0, from_wave: 0, to_wave: 1 };
        let standardised = release.standardised(&key).unwrap().figure.value().unwrap();
        // Both areas scored as before, so nothing changed: 2 * 3/4 + 4 * 1/4 in both years.
        near(standardised.changes[&Question::All].difference.unwrap().value, 0.0);
    }
    assert_eq!(releases.survey.waves.len(), 2);
}

/// By hand: with South and West matched as one, 10 of 40 at 2 and 30 of 40 at 3; apart, 10 at 2, 20 at 2
/// and 10 at 4.
#[test]
fn small_groups_are_matched_as_one() {
    let releases = two_small_groups();
    near(weighted(&releases.public, 0, By::Joint).means[&Question::All].value, 2.75);
    near(weighted(&releases.private, 0, By::Joint).means[&Question::All].value, 2.5);
    // In 2017 too, though every group could be shown there: 10 of 40 at 3 and 30 of 40 at 18/5.
    near(weighted(&releases.public, 1, By::Joint).means[&Question::All].value, 3.45);
}

/// Nobody answered from West, where people were invited: the analyst is told. The public is not told
/// of an empty area either, and sees it together with another.
#[test]
fn why_weights_cannot_be_had_is_said() {
    let releases =
        Releases::of(&survey(["N1 N3 N2 N4 S2 S4 S1 S3", "N3 N1 N4 N2 S2 S4 S1 S3"], [10, 20, 10]));
    let outcome = &weighting(&releases.private, 0, By::Joint).outcome;
    assert_eq!(*outcome, Err(NoWeights::EmptyLevel { margin: 0, level: 2, invited: 10 }));
    let public = releases.public.weighting(&WeightingKey { wave: 0, audience: 0, by: By::Joint }).unwrap();
    assert!(public.figure.value().unwrap().outcome.is_ok());
}

const COLUMNS: &str = "audience,department,question,breakdown,group,from_wave,to_wave,change,within_effect,\
    mix_effect,mix_centred,within_se,mix_se,status";
const EFFECTS: [&str; 4] = ["change", "within_effect", "mix_effect", "mix_centred"];

/// The numbers of a row, none where it is withheld.
fn numbers(table: &Table, row: &[String]) -> Option<[f64; 4]> {
    let text = EFFECTS.map(|name| &row[table.column(name)]);
    let is_empty = text.iter().any(|text| text.is_empty());
    (!is_empty).then(|| text.map(|text| text.parse().expect("a number")))
}

/// Every row adds up, and so do the groups of every change; in the folder for publication with the
/// groups put together in place of those withheld.
#[test]
fn the_sample_adds_up() {
    for name in ["publish/data/mix.csv", "private/mix.csv"] {
        let table = data(name);
        assert_eq!(table.header.join(","), COLUMNS);
        let changes = data(&name.replace("mix", "changes"));
        let change = changes.column("change");
        let changes: BTreeMap<&[String], &str> =
            changes.rows.iter().map(|row| (&row[..7], row[change].as_str())).collect();
        let mut sums: BTreeMap<Vec<&str>, [f64; 4]> = BTreeMap::new();
        let mut totals = BTreeMap::new();
        let is_total = |row: &[String]| row[4] == "all";
        for row in &table.rows {
            let Some(numbers) = numbers(&table, row) else { continue };
            let [change, within, mix, _] = numbers;
            assert!((change - within - mix).abs() <= 4.0 * f64::EPSILON, "{name}: {row:?}");
            let key: Vec<&str> = row[..4].iter().chain(&row[5..7]).map(String::as_str).collect();
            if is_total(row) {
                let address = [&row[..3], &["all".to_owned(), "all".to_owned()], &row[5..7]].concat();
                let text = &row[table.column("change")];
                assert_eq!(changes[address.as_slice()], text, "{name}: {row:?}");
                totals.insert(key, numbers);
            } else {
                let sums = sums.entry(key).or_default();
                sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
            }
        }
        for (key, sums) in &sums {
            let total = totals.get(key).unwrap_or_else(|| panic!("{name}: no total of {key:?}"));
            for (sum, total) in sums.iter().zip(total) {
                assert!((sum - total).abs() < 1e-13, "{name}: {key:?}: {sum} is not {total}");
            }
        }
        assert!(totals.len() > 80, "{name}: {}", totals.len());
    }
}

/// Both folders decide alike, a withheld row holds no number in public and all of them in private, and
/// errors have three decimals in public.
#[test]
fn the_sample_withholds_by_the_rule() {
    let (public, private) = (data("publish/data/mix.csv"), data("private/mix.csv"));
    let (first, status) = (public.column("change"), public.column("status"));
    let statuses: BTreeMap<&[String], &Vec<String>> =
        private.rows.iter().map(|row| (&row[..7], row)).collect();
    let (mut withheld, mut merged) = (0, 0);
    for row in &public.rows {
        if row[4] == "other" {
            merged += 1;
            assert!(!statuses.contains_key(&row[..7]), "the analyst sees the groups themselves");
            continue;
        }
        let theirs = statuses[&row[..7]];
        assert_eq!(theirs[status], row[status], "{row:?}");
        assert!(!theirs[first].is_empty() || row[status] != "ok", "{row:?}");
        if row[status] != "ok" {
            withheld += 1;
            assert!(row[first..status].iter().all(String::is_empty), "{row:?}");
        }
        for error in [public.column("within_se"), public.column("mix_se")] {
            let decimals = row[error].split_once('.').map_or(0, |(_, found)| found.len());
            assert!(decimals <= 3, "{row:?}");
        }
    }
    assert!(withheld > 20 && merged > 20, "{withheld} withheld, {merged} put together");
}

/// Without the reference that links two years the parts are the same, and their errors are those of
/// different people.
#[test]
fn an_anonymous_survey_is_split_too() {
    let folder = Folder::sample();
    let linked = Releases::of(&folder);
    for year in ["2016", "2017"] {
        folder.edit(&format!("{year}/providers.csv"), |export| {
            export.keep(|name| name != "Provider reference");
        });
    }
    folder.replace("survey.toml", "link = [\"Provider reference\"]", "#");
    let strangers = Releases::of(&folder);
    let key = MixKey { department: Department::All, ..area(MixGroup::All) };
    let [linked, strangers] = [&linked, &strangers].map(|it| figure(&it.private, key).effects);
    assert_eq!(linked.within.value, strangers.within.value);
    assert!(linked.within.standard_error < strangers.within.standard_error);
}

#[test]
fn one_year_has_nothing_to_split() {
    let output = Folder::empty();
    let folder = Folder::sample();
    let [input, into] = [&folder, &output].map(|it| it.path().to_str().expect("UTF-8"));
    rmsurvey(["run", "--input", input, "--output", into, "--no-png", "--wave", "2017"]).expect_code(0);
    assert_eq!(output.text("publish/data/mix.csv").trim_end(), COLUMNS);
    let named = |part: &str| files(output.path()).keys().filter(|path| path.contains(part)).count();
    assert_eq!(named("change-and-who-answered") + named("change-by-origin") + named("weighted-change"), 0);
    assert_eq!(named("weighted-averages-providers.csv"), 2); // the table and its description
}

/// A survey without breakdowns and without numbers invited has neither, and the paper none of it.
#[test]
fn nothing_known_is_nothing_said() {
    let folder = survey(["N1 N3 S2", "N3 N3 S4"], [10, 20, 10]);
    let definition = folder.text("survey.toml");
    let start = definition.find("[[audience.providers.breakdown]]").unwrap();
    let end = definition.find("[[wave]]").unwrap();
    let definition = format!("{}ignore-nothing{}", &definition[..start], &definition[end..]);
    let definition = definition
        .replace("ignore-nothing", "")
        .replace("population = \"population.csv\"\n", "")
        .replace("title =", "ignore = [\"Area\"]\ntitle =");
    folder.write("survey.toml", definition);
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    assert_eq!(output.text("publish/data/mix.csv").trim_end(), COLUMNS);
    assert!(!output.text("publish/report.html").contains("id=\"sensitivity\""));
}
