//! The page that explains the output folder.

use std::path::Path;

/// The name of the page in the output folder.
pub(super) const NAME: &str = "README.md";

/// What a run writes to `README.md`. The repository tracks the very same bytes as
/// `output/README.md`, so that a run leaves git with nothing to report.
pub const README: &str = r"# Output of rmsurvey

Every run of `rmsurvey` replaces what is in this folder. Until the first run it holds only this page.

| place | what it is |
| --- | --- |
| `publish/` | safe to hand to the committee: people with too few answers around them are not shown |
| `publish/report.html`, `publish/report.docx` | the paper, for a browser and for Word |
| `publish/tables.xlsx` | every table in one workbook |
| `publish/charts/` | every chart, as SVG (sharp at any size) and PNG (for slides) |
| `publish/tables/` | every table as a CSV file, with its title, base and notes in the file beside it |
| `publish/data/` | every figure that may be shown, as tidy CSV files for further work |
| `publish/findings.md` | the findings, one sentence each |
| `publish/about.json` | the rules that decided what may be shown, for whoever wants to check them |
| `private/` | for the analyst only: nothing is withheld there, so do not pass it on |
| `manifest.json` | the fingerprint (SHA-256) of every file that went in and every file that came out |

To change a paper, copy it to a place of your own first. Should you edit or add a file here all the same,
the next run moves the whole folder aside as `output.previous` before it puts the new one in place, and says so.

The same input gives the same files to the last byte, so two runs can be compared with any tool.
";

/// Whether the text is this page, in this version or another: its first line says so.
pub(super) fn is_ours(text: &[u8]) -> bool {
    let first =
        |text: &[u8]| with_plain_line_ends(text).split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    first(text) == first(README.as_bytes())
}

/// Whether the text is this page as this version writes it. Git on Windows may have given it other
/// line ends.
pub(super) fn is_current(text: &[u8]) -> bool {
    with_plain_line_ends(text) == README.as_bytes()
}

/// Whether the file is this page, whole, or broken off by a run that was killed while writing it.
pub(super) fn is_begun(file: &Path) -> bool {
    std::fs::read(file).is_ok_and(|text| README.as_bytes().starts_with(&with_plain_line_ends(&text)))
}

/// The text with the line ends that a run writes.
pub(super) fn with_plain_line_ends(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    for (position, byte) in text.iter().enumerate() {
        if !(*byte == b'\r' && text.get(position + 1) == Some(&b'\n')) {
            plain.push(*byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_tracks_the_page_that_a_run_writes() {
        let tracked = concat!(env!("CARGO_MANIFEST_DIR"), "/output/README.md");
        assert!(is_current(&std::fs::read(tracked).expect("output/README.md is in the repository")));
    }

    #[test]
    fn line_ends_of_windows_do_not_make_it_another_page() {
        let windows = README.replace('\n', "\r\n");
        assert!(is_current(windows.as_bytes()));
        assert!(is_ours(windows.as_bytes()));
    }

    #[test]
    fn another_version_is_ours_but_not_current() {
        let older = README.replace("every table in one workbook", "the workbook");
        assert!(is_ours(older.as_bytes()));
        assert!(!is_current(older.as_bytes()));
        assert!(!is_ours(b"# My project\n"));
        assert!(!is_ours(b""));
    }
}
