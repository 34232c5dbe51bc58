//! Exhibits in their places: drawn, and in public written as files of their own.

use std::sync::Arc;

use rayon::prelude::*;

use super::chart::Chart;
use super::charts::{DrawError, Drawn, draw, draw_inline, slide};
use super::contents::Placed;
use super::error::PublishError;
use super::exhibits::{Exhibited, context, exhibits};
use super::folder::Staging;
use super::paper::Raster;
use super::table::Table;
use super::table_csv::{METADATA, csv, metadata};
use crate::ingest::Input;
use crate::view::View;

/// Every exhibit, numbered in reading order; in public with its files.
pub(super) fn placed(
    staging: &Staging,
    view: &View<'_>,
    input: &Input,
    pictures: bool,
) -> Result<Vec<Placed>, PublishError> {
    let mut exhibits = exhibits(view, &input.actions);
    exhibits.extend(context(view, &input.context));
    exhibits.sort_by_key(|exhibit| exhibit.part);
    let numbered = exhibits.into_par_iter().enumerate().map(|(position, exhibited)| {
        let stem = format!("{:02}-{}", position + 1, exhibited.table.name);
        place(staging, &stem, exhibited, view.is_public(), pictures)
    });
    numbered.collect()
}

/// Draws the chart of an exhibit; in public, writes chart and table as files of their own.
fn place(
    staging: &Staging,
    stem: &str,
    exhibited: Exhibited,
    is_public: bool,
    pictures: bool,
) -> Result<Placed, PublishError> {
    let mut placed = Placed::new(exhibited);
    let Placed { chart, table, part, .. } = &placed;
    if !is_public {
        let drawn = chart.as_ref().map(draw_inline).transpose().map_err(chart_error(stem))?;
        placed.inline_svg = drawn.map(Arc::from);
        return Ok(placed);
    }
    let table_file = write_table(staging, stem, table)?;
    if let Some(chart) = chart {
        let with_slide = part.is_for_slides();
        let picture = picture(chart, pictures, with_slide).map_err(chart_error(stem))?;
        placed.picture_file = Some(write_picture(staging, stem, &picture)?);
        placed.inline_svg = Some(picture.drawn.inline_svg.into());
        placed.raster = picture.png.map(|png| Raster { png: png.into(), words: picture.drawn.words });
    }
    placed.table_file = Some(table_file);
    Ok(placed)
}

/// A drawn chart, and its PNG where one is wanted.
struct Picture {
    drawn: Drawn,
    png: Option<Vec<u8>>,
    /// As a PNG of 16 to 9; none of the annex, nor where letters would be too small.
    slide: Option<Vec<u8>>,
}

fn picture(chart: &Chart, with_png: bool, with_slide: bool) -> Result<Picture, DrawError> {
    let drawn = draw(chart)?;
    if !with_png {
        return Ok(Picture { drawn, png: None, slide: None });
    }
    let as_slide = || if with_slide { slide(chart) } else { Ok(None) };
    let (png, slide) = rayon::join(|| drawn.png(), as_slide);
    Ok(Picture { png: Some(png?), slide: slide?, drawn })
}

fn chart_error(stem: &str) -> impl Fn(DrawError) -> PublishError {
    let chart = stem.to_owned();
    move |source| PublishError::Chart { chart: chart.clone(), source }
}

/// Writes a table with its description, and says where it lies, seen from the report.
fn write_table(staging: &Staging, stem: &str, table: &Table) -> Result<String, PublishError> {
    let table_error = |source| PublishError::Table { table: stem.to_owned(), source };
    let name = format!("{stem}.csv");
    staging.write(&format!("publish/tables/{name}"), &csv(table).map_err(table_error)?)?;
    let described = metadata(table, &name).map_err(table_error)?;
    staging.write(&format!("publish/tables/{name}{METADATA}"), &described)?;
    Ok(format!("tables/{name}"))
}

/// Writes a picture, and says where it lies, seen from the report.
fn write_picture(staging: &Staging, stem: &str, picture: &Picture) -> Result<String, PublishError> {
    staging.write(&format!("publish/charts/{stem}.svg"), picture.drawn.svg.as_bytes())?;
    if let Some(png) = &picture.png {
        staging.write(&format!("publish/charts/{stem}.png"), png)?;
    }
    if let Some(slide) = &picture.slide {
        staging.write(&format!("publish/charts/{stem}-slide.png"), slide)?;
    }
    Ok(format!("charts/{stem}.svg"))
}
