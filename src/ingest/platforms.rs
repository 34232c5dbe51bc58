//! The survey platforms.

use std::borrow::Cow;

use csv::StringRecord;

use super::platform::{Head, Mark, Naming, Platform};

const IMPORT_ID: &str = "{\"importid\":";

/// Whether a row is the one in which Qualtrics says where a column comes from.
pub(super) fn is_import_row(record: &StringRecord) -> bool {
    record.iter().find(|cell| !cell.trim().is_empty()).is_some_and(|cell| {
        cell.trim().to_lowercase().replace(char::is_whitespace, "").starts_with(IMPORT_ID)
    })
}

/// A name as a statistics program gives it: `Q1a`, with the question's number in it.
fn is_variable(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_alphanumeric() || "._:".contains(c))
}

fn is_snap(head: &Head<'_>) -> bool {
    let numbered = |cell: &str| {
        cell.strip_prefix(['Q', 'q']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    head.contents.is_tabbed_utf_16
        && head.row(0).filter(|cell| !cell.is_empty()).all(is_variable)
        && head.row(0).any(numbered)
}

fn as_it_is(cell: &str) -> Cow<'_, str> {
    Cow::Borrowed(cell)
}

/// SmartSurvey writes `@SQ@` for an apostrophe.
fn with_apostrophes(cell: &str) -> Cow<'_, str> {
    if cell.contains("@SQ@") { Cow::Owned(cell.replace("@SQ@", "'")) } else { Cow::Borrowed(cell) }
}

/// LimeSurvey writes an apostrophe before what a spreadsheet would run as a formula.
fn without_guard(cell: &str) -> Cow<'_, str> {
    let guarded = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
    Cow::Borrowed(guarded.unwrap_or(cell))
}

/// Microsoft Forms writes a semicolon behind every choice.
fn without_semicolon(cell: &str) -> Cow<'_, str> {
    Cow::Borrowed(cell.strip_suffix(';').unwrap_or(cell))
}

/// A date that is not there.
const NOTHING: &[&str] = &["", "n/a", "-", "."];
/// No, in words and numbers.
const NOT: &[&str] = &["", "0", "false"];
/// Kinds of response that are no answer of anybody's, as words and as Qualtrics' numbers for them.
const QUALTRICS_TESTS: &[&str] = &[
    "1",
    "2",
    "8",
    "9",
    "12",
    "17",
    "preview",
    "survey preview",
    "test",
    "survey test",
    "spam",
    "survey preview spam",
    "imported spam",
    "offline survey preview",
    "offline preview",
];

/// A file with one header row that shows no platform's signature.
pub(super) static PLAIN: Platform = Platform {
    id: "plain",
    label: "plain file",
    naming: Naming::Single,
    recognises: |_| false,
    more_header_rows: 0,
    rows_below_codes: false,
    own: &[],
    plain: as_it_is,
    missing: &[],
    unfinished: None,
    tests: None,
};

pub(super) static PLATFORMS: [Platform; 8] = [
    Platform {
        id: "smartsurvey",
        label: "SmartSurvey",
        naming: Naming::Stacked,
        recognises: |head| head.has(&["userid", "userno", "unique id", "started", "tracking link"]),
        more_header_rows: 2,
        rows_below_codes: false,
        own: &["userid", "userno", "unique id", "started", "ended", "tracking link"],
        plain: with_apostrophes,
        missing: &["-", "."],
        unfinished: Some(Mark { columns: &["ended"], values: NOTHING }),
        tests: None,
    },
    Platform {
        id: "surveymonkey",
        label: "SurveyMonkey",
        naming: Naming::Stacked,
        recognises: |head| head.has(&["respondent id", "collector id", "start date", "end date"]),
        more_header_rows: 1,
        rows_below_codes: false,
        own: &["respondent id", "collector id", "start date", "end date", "custom data 1"],
        plain: as_it_is,
        missing: &[],
        unfinished: None,
        tests: None,
    },
    Platform {
        id: "qualtrics",
        label: "Qualtrics",
        naming: Naming::CodesAbove,
        recognises: |head| {
            head.rows.get(2).is_some_and(|(_, row)| is_import_row(row))
                || head.has(&["responseid", "startdate", "enddate", "finished"])
        },
        more_header_rows: 2,
        rows_below_codes: false,
        own: &[
            "startdate",
            "enddate",
            "status",
            "progress",
            "duration (in seconds)",
            "finished",
            "recordeddate",
            "responseid",
            "responseset",
            "externalreference",
            "externaldatareference",
            "distributionchannel",
            "userlanguage",
        ],
        plain: as_it_is,
        missing: &[],
        unfinished: Some(Mark { columns: &["finished"], values: NOT }),
        tests: Some(Mark { columns: &["status"], values: QUALTRICS_TESTS }),
    },
    Platform {
        id: "microsoft-forms",
        label: "Microsoft Forms",
        naming: Naming::Single,
        recognises: |head| head.has(&["id", "start time", "completion time"]),
        more_header_rows: 0,
        rows_below_codes: false,
        own: &["id", "start time", "completion time", "last modified time", "language"],
        plain: without_semicolon,
        missing: &[],
        unfinished: None,
        tests: None,
    },
    Platform {
        id: "google-forms",
        label: "Google Forms",
        naming: Naming::Single,
        recognises: |head| head.begins_with("timestamp"),
        more_header_rows: 0,
        rows_below_codes: false,
        own: &["timestamp", "score"],
        plain: as_it_is,
        missing: &[],
        unfinished: None,
        tests: None,
    },
    Platform {
        id: "limesurvey",
        label: "LimeSurvey",
        naming: Naming::CodeAndText,
        recognises: |head| {
            head.has(&["id", "submitdate", "lastpage", "startlanguage"])
                || head.has(&["response id", "date submitted", "last page", "start language"])
                || head.has(&["id. response id", "submitdate. date submitted", "lastpage. last page"])
        },
        more_header_rows: 0,
        rows_below_codes: false,
        own: &[
            "id",
            "submitdate",
            "lastpage",
            "startlanguage",
            "seed",
            "startdate",
            "datestamp",
            "refurl",
            "response id",
            "date submitted",
            "last page",
            "start language",
            "date started",
            "date last action",
            "referrer url",
        ],
        plain: without_guard,
        missing: &[],
        unfinished: Some(Mark { columns: &["submitdate", "date submitted"], values: NOTHING }),
        tests: None,
    },
    Platform {
        id: "jisc",
        label: "Jisc Online Surveys",
        naming: Naming::Single,
        recognises: |head| head.has(&["unique response number"]),
        more_header_rows: 0,
        rows_below_codes: false,
        own: &["unique response number"],
        plain: as_it_is,
        missing: &[],
        unfinished: None,
        tests: None,
    },
    Platform {
        id: "snap",
        label: "Snap",
        naming: Naming::CodesAbove,
        recognises: is_snap,
        more_header_rows: 1,
        rows_below_codes: true,
        own: &[],
        plain: as_it_is,
        missing: &["no reply", "not asked", "error"],
        unfinished: None,
        tests: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_may_name_every_platform_and_no_other() {
        let known: Vec<&str> = PLATFORMS.iter().chain([&PLAIN]).map(|platform| platform.id).collect();
        assert_eq!(known, crate::survey::PLATFORMS);
    }

    /// What one platform adds is in another's cell what somebody wrote.
    #[test]
    fn a_cell_loses_what_its_platform_adds_and_no_other() {
        for (cell, platform, plain) in [
            ("Council@SQ@s", "smartsurvey", "Council's"),
            ("'=1+1", "limesurvey", "=1+1"),
            ("'tis", "limesurvey", "'tis"),
            ("North;", "microsoft-forms", "North"),
            ("North;South;", "microsoft-forms", "North;South"),
        ] {
            for one in PLATFORMS.iter().chain([&PLAIN]) {
                let expected = if one.id == platform { plain } else { cell };
                assert_eq!((one.plain)(cell), expected, "{cell} of {}", one.id);
            }
        }
    }
}
