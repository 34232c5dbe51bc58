//! Every kind of chart against everything that makes it hard.

use super::palette::{Colour, WHITE, contrast};
use super::samples::*;
use super::scene::{Item, TextBox};
use super::*;
use crate::publish::chart::Plotted;
use roxmltree::Document;
use std::path::Path;

fn charts() -> Vec<(String, Chart)> {
    let mut charts = Vec::new();
    for case in CASES {
        for series in 1..=4 {
            charts.push((format!("dots-{series}-{case:?}"), dots(case, series)));
            charts.push((format!("bars-{series}-{case:?}"), bars(case, series)));
            charts.push((format!("differences-{series}-{case:?}"), differences(case, series)));
        }
        charts.push((format!("dumbbell-{case:?}"), dumbbell(case)));
        for others in [1, 3] {
            charts.push((format!("councils-{others}-{case:?}"), councils(case, others)));
        }
        charts.push((format!("change-{case:?}"), change(case)));
        charts.push((format!("distribution-{case:?}"), distribution(case)));
        charts.push((format!("waterfall-{case:?}"), waterfall(case)));
        for years in [1, 2] {
            charts.push((format!("ladder-{years}-{case:?}"), ladder(case, years)));
        }
        for (lines, waves, panels) in
            [(1, 2, 1), (2, 2, 1), (2, 10, 1), (4, 6, 1), (1, 3, 9), (1, 10, 9), (2, 5, 2)]
        {
            let name = format!("trend-{lines}-{waves}-{panels}-{case:?}");
            charts.push((name, trend(case, lines, waves, panels)));
        }
        for columns in [2, 8, 10] {
            charts.push((format!("heatmap-{columns}-{case:?}"), heatmap(case, columns)));
        }
        for panels in [2, 8, 11] {
            charts.push((format!("multiples-{panels}-{case:?}"), multiples(case, panels)));
        }
    }
    charts.extend(wordy().into_iter().map(|chart| (format!("wordy-{}", chart.name), chart)));
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
        let picture = layout(&chart, fonts, PICTURE_WIDTH).unwrap();
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

#[test]
fn slides_are_16_to_9_with_letters_of_at_least_14_pixels_and_all_their_words() {
    let fonts = Fonts::embedded().unwrap();
    for case in [Case::Plain, Case::OneWithheld, Case::LongLabels, Case::AllWithheld] {
        for chart in one_of_each(case) {
            let name = format!("{} {case:?}", chart.name);
            let Some(scene) = slide::slide(&chart, fonts).unwrap() else {
                // Eight ladders without a single mark say nothing on a slide.
                let is_empty = case == Case::AllWithheld && matches!(chart.picture, Picture::Ladder(_));
                // Labels of 120 letters on every row leave no room for a slide, and three lines on each
                // of eight rows little: those kinds stand in the annex.
                let is_annex = matches!(chart.picture, Picture::Differences(_) | Picture::Waterfall(_));
                assert!(case == Case::LongLabels || is_annex || is_empty, "{name} has no slide");
                continue;
            };
            assert!((scene.width * 9.0 / 16.0 - scene.height).abs() < 1e-9, "{name}");
            let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
            assert_texts_are_clear(&name, &scene.texts, &canvas);
            let shown = scene.texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" ");
            for words in
                [&chart.headline, &chart.subtitle].into_iter().chain(&chart.stamps).chain(&chart.notes)
            {
                assert!(shown.contains(words.as_str()), "{name} lacks {words}");
            }
            for item in &scene.items {
                if let Item::Text { text, style, .. } = item {
                    let pixels = style.size * f64::from(SLIDE_WIDTH) / scene.width;
                    assert!(pixels >= 14.0, "{name}: {text} is {pixels:.1} pixels high");
                }
            }
        }
    }
    let slide = png::Shown::read(&slide(&dots(Case::Plain, 2)).unwrap().unwrap());
    assert_eq!((slide.width, slide.height), (1920, 1080));
}

/// Lines join neighbours that both have a figure and may be compared.
#[test]
fn a_trend_never_passes_over_a_year_without_a_figure() {
    let fonts = Fonts::embedded().unwrap();
    let joints = |chart: &Chart| {
        let scene = layout(chart, fonts, PICTURE_WIDTH).unwrap();
        let joints =
            scene.items.iter().filter(|item| matches!(item, Item::Line { width, .. } if *width > 2.0));
        joints.count()
    };
    assert_eq!(joints(&trend(Case::Plain, 1, 6, 1)), 5);
    // Without the third year, nothing reaches it or leaves it; without the last, nothing reaches it.
    assert_eq!(joints(&trend(Case::OneWithheld, 1, 6, 1)), 2);
    let mut broken = trend(Case::Plain, 1, 6, 1);
    let Picture::Trend(picture) = &mut broken.picture else { unreachable!() };
    picture.panels[0].lines[0].points[4].joined = false;
    assert_eq!(joints(&broken), 4);
}

/// An audience has its colour whatever kind of picture shows it.
#[test]
fn an_audience_keeps_its_colour() {
    let fonts = Fonts::embedded().unwrap();
    let has = |chart: &Chart, wanted: Colour| {
        layout(chart, fonts, PICTURE_WIDTH).unwrap().items.iter().any(|item| match item {
            Item::Line { colour, .. }
            | Item::Rectangle { colour, .. }
            | Item::Circle { colour, .. }
            | Item::Polygon { colour, .. } => *colour == wanted,
            _ => false,
        })
    };
    let [first, second] = [0, 1].map(|audience| crate::colour::series(audience, 2));
    for chart in [
        dots(Case::Plain, 2),
        councils(Case::Plain, 3),
        bars(Case::Plain, 2),
        waterfall(Case::Plain),
        ladder(Case::Plain, 2),
    ] {
        assert!(has(&chart, first) && !has(&chart, second), "{}", chart.name);
    }
    for chart in [change(Case::Plain), multiples(Case::Plain, 8)] {
        assert!(has(&chart, second) && !has(&chart, first), "{}", chart.name);
    }
    for chart in [dumbbell(Case::Plain), trend(Case::Plain, 2, 4, 1)] {
        assert!(has(&chart, first) && has(&chart, second), "{}", chart.name);
    }
}

/// One chart of every kind.
fn one_of_each(case: Case) -> Vec<Chart> {
    vec![
        dots(case, 2),
        dumbbell(case),
        councils(case, 3),
        change(case),
        distribution(case),
        heatmap(case, 8),
        multiples(case, 8),
        bars(case, 2),
        differences(case, 3),
        trend(case, 2, 4, 1),
        waterfall(case),
        ladder(case, 2),
    ]
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for chart in one_of_each(Case::OneWithheld) {
        let [one, other] = [&chart, &chart.clone()].map(|chart| draw(chart).unwrap());
        assert_eq!((&one.svg, &one.inline_svg), (&other.svg, &other.inline_svg), "{}", chart.name);
        // The letters that a thread has at hand from earlier pictures make no difference.
        let elsewhere = std::thread::spawn(move || other.png().unwrap()).join().unwrap();
        assert!(one.png().unwrap() == elsewhere, "{}", chart.name);
    }
}

#[test]
fn every_picture_is_well_formed_and_says_what_it_shows() {
    for (name, chart) in charts() {
        let drawn = draw(&chart).unwrap();
        // On the page, a picture begins where the text does.
        for (svg, width) in [(&drawn.svg, "960"), (&drawn.inline_svg, "912")] {
            let document = Document::parse(svg).unwrap();
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"), "{name}");
            assert_eq!(root.attribute("width"), Some(width), "{name}");
            let named: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
            let children: Vec<_> = root.children().filter(|node| node.is_element()).collect();
            for (index, (tag, words)) in
                [("title", &chart.headline), ("desc", &chart.alternative)].into_iter().enumerate()
            {
                assert_eq!(children[index].tag_name().name(), tag);
                assert_eq!(children[index].attribute("id"), Some(named[index]));
                assert_eq!(children[index].text(), Some(words.as_str()));
            }
            for inner in &children[2..] {
                let hidden = inner.attribute("aria-hidden") == Some("true");
                assert!(hidden || inner.tag_name().name() == "defs", "{name}");
            }
        }
    }
}

#[test]
fn the_page_version_leaves_out_headline_and_subtitle_only() {
    let chart = dots(Case::Plain, 1);
    let drawn = draw(&chart).unwrap();
    let shown = |svg: &str, text: &str| svg.contains(&format!(">{text}</text>"));
    assert!(shown(&drawn.svg, &chart.headline) && shown(&drawn.svg, &chart.subtitle));
    assert!(!shown(&drawn.inline_svg, &chart.headline));
    assert!(!shown(&drawn.inline_svg, &chart.subtitle));
    for kept in chart.stamps.iter().chain(&chart.notes) {
        assert!(shown(&drawn.svg, kept) && shown(&drawn.inline_svg, kept), "{kept}");
    }
}

#[test]
fn ids_differ_between_charts_and_between_versions() {
    let mut ids = std::collections::HashSet::new();
    for chart in one_of_each(Case::OneWithheld) {
        let drawn = draw(&chart).unwrap();
        for svg in [&drawn.svg, &drawn.inline_svg] {
            for part in svg.split(" id=\"").skip(1) {
                let id = part.split('"').next().unwrap();
                assert!(ids.insert(id.to_owned()), "{id} twice");
            }
        }
    }
}

#[test]
fn a_withheld_cell_is_hatched_and_says_so() {
    let drawn = draw(&heatmap(Case::OneWithheld, 8)).unwrap();
    assert_eq!(drawn.svg.matches("style=\"fill:url(#chart-departments-hatch)\"").count(), 1);
    assert_eq!(drawn.svg.matches(">[c]</text>").count(), 1);
    assert!(drawn.svg.contains("[c] not shown: too few answers to protect people"));
}

#[test]
fn all_withheld_draws_no_mark() {
    let case = Case::AllWithheld;
    for chart in [dots(case, 1), multiples(case, 8), trend(case, 1, 5, 1), ladder(case, 1), waterfall(case)] {
        let scene = layout(&chart, Fonts::embedded().unwrap(), PICTURE_WIDTH).unwrap();
        assert!(scene.taken.is_empty());
        assert!(!scene.items.iter().any(|item| matches!(item, Item::Circle { .. })));
    }
}

#[test]
fn every_text_stands_out_from_its_ground_and_is_large_enough() {
    for (name, chart) in charts() {
        let scene = layout(&chart, Fonts::embedded().unwrap(), PICTURE_WIDTH).unwrap();
        let scene = frame(&chart, &scene, Place::Alone, scene.fonts);
        for (index, item) in scene.items.iter().enumerate() {
            let Item::Text { text, left, baseline, width, style } = item else {
                continue;
            };
            assert!(style.size >= 12.0, "{name}: {text}");
            let centre = (left + width / 2.0, baseline - style.size / 3.0);
            let ground = ground_of(&scene.items[..index], centre);
            let contrast = contrast(style.colour, ground);
            assert!(contrast >= 4.5, "{name}: {text} has {contrast:.2} on {ground:?}");
        }
    }
}

/// The colour of the last filled rectangle under a point.
fn ground_of(items: &[Item], (x, y): (f64, f64)) -> Colour {
    let under = |area: &Area| area.contains(&Area::around(x, y, 0.0));
    items
        .iter()
        .rev()
        .find_map(|item| match item {
            Item::Rectangle { area, colour } if under(area) => Some(*colour),
            _ => None,
        })
        .unwrap_or(WHITE)
}

#[test]
fn every_png_is_2000_pixels_wide_and_has_ink_where_its_title_is() {
    for chart in one_of_each(Case::OneWithheld) {
        let drawn = draw(&chart).unwrap();
        let shown = png::Shown::read(&drawn.png().unwrap());
        assert_eq!(shown.width, 2000);
        let title = &drawn.text_boxes()[0];
        assert!(chart.headline.starts_with(&title.text));
        let scale = f64::from(PNG_WIDTH) / 960.0;
        let at = |length: f64| (length * scale) as usize;
        let Area { left, top, right, bottom } = title.area;
        let is_dark = |x, y| shown.at(x, y).0 < 100;
        let dark: usize =
            (at(top)..at(bottom)).map(|y| (at(left)..at(right)).filter(|x| is_dark(*x, y)).count()).sum();
        let whole = (at(right - left) * at(bottom - top)) as f64;
        let share = dark as f64 / whole;
        assert!((0.05..0.5).contains(&share), "{}: {share}", chart.name);
    }
}

#[test]
fn letters_that_no_face_has_and_accents_of_their_own_can_be_painted() {
    for chart in one_of_each(Case::Hostile) {
        draw(&chart).unwrap().png().unwrap();
    }
    let mut accents = dots(Case::TwoRows, 1);
    "e\u{301}\u{302}\u{303} \u{301} \u{200b}\u{5d0}\u{628} \u{1f600}".clone_into(&mut accents.headline);
    draw(&accents).unwrap().png().unwrap();
}

#[test]
fn charts_that_cannot_be_drawn_say_why() {
    let Picture::Dots(good) = dots(Case::Plain, 2).picture else { unreachable!() };
    let message = |dots| draw(&chart("bad", Picture::Dots(dots))).unwrap_err().to_string();
    let mut empty = good.clone();
    empty.rows.clear();
    assert!(message(empty).starts_with("chart `bad` has no rows"));
    let mut short = good.clone();
    short.rows[3].points.pop();
    let expected = "chart `bad`, row `Integrated working`: found 1 points, expected 2";
    assert_eq!(message(short), expected);
    let mut infinite = good;
    infinite.rows[0].points[0] = Plotted::Value { value: f64::INFINITY, label: "?".into(), range: None };
    assert!(message(infinite).contains("row `Sharing information` is not a usable number"));
    let mut endless = Scene::new(Fonts::embedded().unwrap(), 10.0);
    endless.height = 1e9;
    assert!(matches!(png::png(&endless, PNG_WIDTH), Err(DrawError::Raster { .. })));
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
            std::fs::write(file.with_extension("png"), drawn.png().unwrap()).unwrap();
            if let Some(slide) = slide(&chart).unwrap() {
                let file = Path::new(&folder).join(format!("{name}-slide.png"));
                std::fs::write(file, slide).unwrap();
            }
        }
    }
}
