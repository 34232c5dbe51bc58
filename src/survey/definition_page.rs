//! Holds `docs/definition.md` to the types: every key that they know is on the page, and no other.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::definition::*;

const PAGE: &str = include_str!("../../docs/definition.md");

/// The keys that a heading of a definition may have, out of the refusal of one that it may not.
fn keys<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(refused) = toml::from_str::<T>("zzz = 1") else { panic!("an unknown key was taken") };
    let refused = refused.message().to_owned();
    let (_, expected) = refused.split_once("expected").expect(&refused);
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The keys of each table of the page, by the heading above it.
fn page() -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut keys: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut heading = "";
    for line in PAGE.lines() {
        if line.starts_with("##") {
            heading = line.trim_start_matches(['#', ' ']);
        } else if let Some(row) = line.strip_prefix("| `") {
            let (key, _) = row.split_once('`').expect(line);
            assert!(keys.entry(heading).or_default().insert(key.to_owned()), "{heading}: {key} twice");
        }
    }
    keys
}

#[test]
fn every_key_is_on_the_page_and_no_other() {
    let tables = [
        ("The top of the file", keys::<Definition>()),
        ("`[organisation]`", keys::<OrganisationEntry>()),
        ("`[committee]`", keys::<CommitteeEntry>()),
        ("`[scale]`", keys::<ScaleEntry>()),
        ("`[[question]]`", keys::<QuestionEntry>()),
        ("`wordings`", keys::<WordingEntry>()),
        ("`[[succession]]`", keys::<SuccessionEntry>()),
        ("`[whole]`", keys::<WholeEntry>()),
        ("`[[department]]`", keys::<DepartmentEntry>()),
        ("`[audience.NAME]`", keys::<AudienceEntry>()),
        ("`finished` and `tests`", keys::<SignEntry>()),
        ("`[[audience.NAME.breakdown]]`", keys::<BreakdownEntry>()),
        ("`groups`", keys::<GroupEntry>()),
        ("`[[wave]]`", keys::<WaveEntry>()),
        ("A file with more than a name", keys::<DescribedFile>()),
        ("`fieldwork`", keys::<FieldworkEntry>()),
        ("`[[benchmark]]`", keys::<BenchmarkEntry>()),
        ("`[[area]]`", keys::<AreaEntry>()),
        ("`[report]`", keys::<ReportEntry>()),
        ("`[style]`", keys::<StyleEntry>()),
        ("`[disclosure]`", keys::<DisclosureEntry>()),
        ("`[analysis]`", keys::<AnalysisEntry>()),
    ];
    let mut page = page();
    for (heading, known) in tables {
        let on_page = page.remove(heading).unwrap_or_default();
        assert_eq!(on_page, known, "under {heading}: on the page, and known to the program");
    }
    assert_eq!(page, BTreeMap::new(), "tables of the page that stand for no type");
}
