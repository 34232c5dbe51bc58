use super::{ReportError, html, sample};

/// Writes the sample paper into the folder that `REPORT_SAMPLE` names, to be looked at.
#[test]
#[ignore = "writes files for people to look at"]
fn sample_to_look_at() {
    let folder =
        std::path::PathBuf::from(std::env::var_os("REPORT_SAMPLE").expect("REPORT_SAMPLE names a folder"));
    std::fs::write(folder.join("report.html"), html(&sample::paper()).unwrap()).unwrap();
}
