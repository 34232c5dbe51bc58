//! Every kind of chart against everything that makes it hard.

use super::samples::*;
use super::scene::TextBox;
use super::*;
use std::path::Path;

fn charts() -> Vec<(String, Chart)> {
    let mut charts = Vec::new();
    for case in CASES {
        for series in 1..=4 {
            charts.push((format!("dots-{series}-{case:?}"), dots(case, series)));
            charts.push((format!("bars-{series}-{case:?}"), bars(case, series)));
        }
        charts.push((format!("dumbbell-{case:?}"), dumbbell(case)));
        charts.push((format!("change-{case:?}"), change(case)));
        charts.push((format!("distribution-{case:?}"), distribution(case)));
        for columns in [2, 8, 10] {
            charts.push((format!("heatmap-{columns}-{case:?}"), heatmap(case, columns)));
        }
        for panels in [2, 5, 8, 11] {
            charts.push((format!("multiples-{panels}-{case:?}"), multiples(case, panels)));
        }
    }
    charts
}

fn assert_texts_are_clear(name: &str, texts: &[TextBox], canvas: &Area) {
    for (index, text) in texts.iter().enumerate() {
        assert!(canvas.contains(&text.area), "{name}: {text:?} leaves {canvas:?}");
        for other in &texts[index + 1..] {
            let meet = text.area.intersects(&other.area);
            assert!(!meet, "{name}: {text:?} meets {other:?}");
        }
    }
}

#[test]
fn texts_keep_clear_of_each_other_the_edges_and_the_marks() {
    let fonts = Fonts::embedded().unwrap();
    for (name, chart) in charts() {
        let picture = layout(&chart, fonts).unwrap();
        for place in [Place::Alone, Place::Page] {
            let scene = frame(&chart, &picture, place, fonts);
            let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
            assert_texts_are_clear(&name, &scene.texts, &canvas);
            for mark in &scene.taken {
                assert!(canvas.contains(mark), "{name}: {mark:?} leaves {canvas:?}");
                for text in &scene.texts {
                    let covered = text.area.intersects(mark);
                    assert!(!covered, "{name}: {text:?} covers a mark at {mark:?}");
                }
            }
        }
    }
}

/// Writes every chart as PNG and SVG into the folder that `CHART_FOLDER` names.
#[test]
#[ignore = "for looking at the pictures"]
fn write_pictures() {
    let Ok(folder) = std::env::var("CHART_FOLDER") else {
        return;
    };
    let only = std::env::var("CHART_ONLY").unwrap_or_default();
    for (name, chart) in charts() {
        if name.contains(&only) {
            let drawn = draw(&chart).unwrap();
            let file = Path::new(&folder).join(&name);
            std::fs::write(file.with_extension("svg"), &drawn.svg).unwrap();
            std::fs::write(file.with_extension("png"), png(&drawn.svg).unwrap()).unwrap();
        }
    }
}
