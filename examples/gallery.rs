//! The gallery in `docs/gallery`: charts of the sample run, copied as the run wrote them.
//!
//! ```text
//! cargo run --example gallery
//! ```

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rmsurvey::publish::Options;
use rmsurvey::run;

/// The charts that show what a run can do, by the name that follows their number.
const CHOSEN: [&str; 10] = [
    "responses-providers",
    "change-by-question-providers",
    "same-people-providers",
    "question-scores-providers",
    "distribution-providers-2017",
    "both-sides-2017",
    "departments-providers",
    "department-by-question-providers-2017",
    "providers-by-service-type-2017",
    "no-contact-providers-2017",
];

/// Larger pictures are left to the output folder: a repository keeps every version of them.
const LARGEST: u64 = 400 * 1024;

fn main() -> Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir()?;
    let options = Options { output: output.path(), waves: &[], pictures: true, draft: false, ends: false };
    run(&repository.join("input"), &options)?;
    let charts = output.path().join("publish").join("charts");
    let mut written: Vec<String> = fs::read_dir(&charts)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    written.sort();

    let gallery = repository.join("docs").join("gallery");
    if gallery.exists() {
        fs::remove_dir_all(&gallery)?;
    }
    fs::create_dir_all(&gallery)?;
    let mut page = String::from(
        "# Gallery\n\nCharts of the sample run, as `cargo run --example gallery` copied them. The answers behind them are\ninvented: nothing here is a finding about anybody.\n",
    );
    for name in CHOSEN {
        let number =
            |file: &&String| file.split_once('-').is_some_and(|(_, rest)| rest == format!("{name}.png"));
        let Some(file) = written.iter().find(number) else { bail!("the run wrote no chart {name}") };
        let svg = fs::read_to_string(charts.join(file).with_extension("svg"))?;
        let alternative = alternative(&svg).with_context(|| format!("{file} describes nothing"))?;
        let size = fs::metadata(charts.join(file))?.len();
        if size > LARGEST {
            bail!("{file} has {size} bytes, more than the {LARGEST} that a picture here may have");
        }
        fs::copy(charts.join(file), gallery.join(format!("{name}.png")))?;
        write!(page, "\n![{alternative}]({name}.png)\n")?;
    }
    fs::write(gallery.join("README.md"), page)?;
    Ok(())
}

/// What the chart says to those who cannot see it.
fn alternative(svg: &str) -> Option<String> {
    let (_, after) = svg.split_once("<title")?;
    let (_, title) = after.split_once('>')?;
    Some(title.split_once("</title>")?.0.replace(['[', ']', '\n'], " "))
}
