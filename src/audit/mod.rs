//! An attack on a public output folder, as an outsider would make it.
//!
//! Nothing here knows how figures are chosen for withholding, and nothing private is read. What is
//! shared with the rest of the program is the CSV reader and nothing else, so that a mistake of the
//! suppressor cannot hide itself here. The road: [`PublicFiles`] → one `world` per wave and audience →
//! `equations` over everything published → what they determine (`exact`), what they confine
//! (`bounds`), what a split change says that no linear equation does (`mix`), which few people they
//! isolate (`sets`); and beside it a look for figures that simply stand somewhere (`stated`,
//! `places`, `pages`).

mod about;
mod bounds;
mod compared;
mod comparisons;
mod councils;
mod drawing;
mod equations;
mod exact;
mod few;
mod field;
mod files;
mod finding;
mod frame;
mod marks;
mod markup;
mod mix;
mod order;
#[cfg(feature = "publish")]
mod packages;
mod pages;
mod pictures;
mod places;
mod recover;
mod rows;
mod scores;
mod sentences;
mod sets;
mod share;
mod silent;
mod stated;
mod tables;
#[cfg(test)]
mod tests;
mod weights;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use about::About;
use equations::Equations;
use exact::Solved;
pub use files::{AuditError, BinaryFile, PublicFiles, TextFile};
pub use finding::{Finding, Method, Report};
use rows::Row;
pub use share::{Published, audit_share, audit_share_file};
use stated::{DataFile, Withheld};
use tables::Table;
pub use world::Address;
use world::World;

/// Attacks the output folder of a run, from `publish/` alone.
///
/// # Errors
/// When its files cannot be read or are not what a run writes.
pub fn audit(output: &Path) -> Result<Report, AuditError> {
    attack(&PublicFiles::read(output)?)
}

/// Attacks public files that are already in memory.
///
/// # Errors
/// When they are not what a run writes.
pub fn attack(files: &PublicFiles) -> Result<Report, AuditError> {
    let about = About::read(&files.about)?;
    let results = rows::rows("data/results.csv", &files.results)?;
    let gaps = rows::rows("data/gaps.csv", &files.gaps)?;
    let changes = rows::rows("data/changes.csv", &files.changes)?;

    let mixes = rows::rows("data/mix.csv", &files.mix)?;
    let benchmarks = rows::rows("data/benchmarks.csv", &files.benchmarks)?;

    let mut report = Report::default();
    let worlds = worlds(&about, &results);
    let withheld = Withheld::of(&about, &worlds);
    for (file, rows) in [
        (DataFile::Results, &results),
        (DataFile::Gaps, &gaps),
        (DataFile::Changes, &changes),
        (DataFile::Mix, &mixes),
        (DataFile::Benchmarks, &benchmarks),
    ] {
        stated::rows(file, rows, &withheld, &mut report);
    }
    let tables = tables::csv_tables(&files.tables)?;
    councils::places(&tables, &about, &benchmarks, &mut report);
    look_at_pages(files, &about, &tables, &withheld, &mut report);
    for world in &worlds {
        report.cells += world.cells.len();
        report.withheld += (0..world.cells.len()).filter(|&cell| world.is_withheld(cell)).count();
        stated::unanimous(world, &mut report);
        let Some(audience) = about.audiences.iter().find(|one| one.id == world.audience) else { continue };
        let mut equations = Equations::of(world);
        comparisons::add_gaps(&mut equations, world, &about, audience, &gaps);
        comparisons::add_changes(
            &mut equations,
            &worlds,
            world,
            &changes,
            &uncommon(&results, &changes, &world.audience),
        );
        let returned = frame::returned(&tables, &about, &world.audience, &world.wave);
        frame::add_forms(&mut equations, world, &returned);
        let told = scores::add_scores(&mut equations, world, frame::not_returned(&returned));
        report.count("figures told apart by score", told);
        let solved = Solved::of(&equations);
        recover::recover(world, &equations, &solved, &mut report);
        sets::unions(world, &equations, &solved, &mut report);
    }
    mix::splits(&worlds, &about, &mixes, &mut report);
    compared::tests(&tables, &about, &worlds, &mut report);
    weights::weightings(&tables, &about, &worlds, &mut report);
    sets::stayers(&worlds, &changes, &mut report);
    silent::told_apart(&tables, &about, &mut report);
    report.findings.sort();
    report.findings.dedup();
    Ok(report)
}

/// Tables, report, findings, charts, and what papers and pictures carry.
fn look_at_pages(
    files: &PublicFiles,
    about: &About,
    tables: &[Table],
    withheld: &Withheld,
    report: &mut Report,
) {
    let sentences = sentences::Reader { about, withheld };
    places::look_at(tables, about, withheld, report);
    few::counts(tables, about, report);
    order::sorted(tables, about, report);
    for described in files.tables.iter().filter(|file| file.name.ends_with(".json")) {
        let text = tables::description(&described.text).unwrap_or_default();
        sentences.text(&described.name, &text, report);
    }
    // Only with publishing are there workbooks and papers to open.
    #[cfg_attr(not(feature = "publish"), allow(unused_mut))]
    let (mut pages, mut pictures) = (files.pages.clone(), files.pictures.clone());
    #[cfg(feature = "publish")]
    for package in &files.packages {
        let opened = packages::open(package, tables, report);
        again(&opened.tables, tables, about, withheld, report);
        pages.extend(opened.pages);
        pictures.extend(opened.pictures);
    }
    for page in &pages {
        if page.name.ends_with(".html") {
            // Tables about method and data have no CSV and no figures of cells.
            let found = pages::html_tables(page).into_iter().filter_map(|table| table.titled_as(tables));
            again(&found.collect::<Vec<_>>(), tables, about, withheld, report);
        }
        pages::charts(page, tables, report);
        if page.name.ends_with(".md") || page.name.ends_with(".txt") {
            sentences.findings(&page.name, &page.text, report);
            sentences.text(&page.name, &markup::without_backslashes(&page.text), report);
        } else {
            sentences.page(&page.name, &page.text, report);
        }
    }
    for picture in &pictures {
        let text = pictures::texts(picture, report);
        sentences.text(&picture.name, &text, report);
        pages::description(&picture.name, &text, tables, report);
    }
    for name in files.names() {
        sentences.name(name, report);
    }
    #[cfg(not(feature = "publish"))]
    for package in &files.packages {
        report.notes.push(format!("{}: this build cannot open it", package.name));
    }
    for name in &files.unread {
        report.notes.push(format!("{name} is of a kind that no attack reads"));
    }
}

/// Tables that are shown once more, elsewhere than in `tables/`.
fn again(found: &[Table], tables: &[Table], about: &About, withheld: &Withheld, report: &mut Report) {
    places::look_at(found, about, withheld, report);
    for table in found {
        tables::differences(table, tables, report);
    }
}

/// One world per wave and audience that answered, in the order of `about.json`.
fn worlds(about: &About, results: &[Row]) -> Vec<World> {
    let mut by_world: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in results.iter().filter(|row| row.text("status") != "no-wave") {
        by_world.entry((row.text("wave"), row.text("audience"))).or_default().push(row);
    }
    let mut worlds = Vec::new();
    for wave in &about.waves {
        for audience in &about.audiences {
            if let Some(rows) = by_world.get(&(wave.as_str(), audience.id.as_str())) {
                worlds.push(World::new(about, audience, wave, rows));
            }
        }
    }
    worlds
}

/// Department and question of what an audience was not asked in every wave, or what was asked and
/// cannot be compared between two of them.
fn uncommon(results: &[Row], changes: &[Row], audience: &str) -> BTreeSet<(String, String)> {
    let of_everyone = |row: &&Row| row.text("audience") == audience && row.text("breakdown") == "all";
    let unasked = results.iter().filter(of_everyone).filter(|row| row.text("status") == "not-asked");
    let broken = changes.iter().filter(of_everyone).filter(|row| row.text("status") == "break");
    unasked
        .chain(broken)
        .map(|row| (row.text("department").to_owned(), row.text("question").to_owned()))
        .collect()
}
