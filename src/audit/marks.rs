//! What a chart draws: its texts and marks, each with its place in the picture.

use super::markup::{attribute, plain};

/// A text or a mark with its height in the picture.
pub struct Item {
    pub kind: Kind,
    pub left: f64,
    pub middle: f64,
}

pub enum Kind {
    Text {
        words: String,
        size: f64,
    },
    /// A dot, diamond or square of a value; its outline is at the same place.
    Dot,
    /// A bar or the line of a likely range.
    Mark,
}

/// Texts and marks, without grid, ground and hatching.
pub fn items(drawn: &str) -> Vec<Item> {
    let mut items = Vec::new();
    for tag in drawn.split('<').skip(1) {
        let number = |name: &str| attribute(tag, name).and_then(|text| text.parse::<f64>().ok());
        let is_faint = number("opacity").is_some_and(|opacity| opacity < 0.5);
        let is_ground =
            matches!(attribute(tag, "fill"), None | Some("none" | "#FFFFFF")) || tag.contains("hatch)");
        let item = match tag.split([' ', '>']).next() {
            Some("text") => number("y").map(|y| {
                let size = number("font-size").unwrap_or(0.0);
                let words = plain(tag.split_once('>').map_or("", |(_, words)| words));
                let offset = if tag.contains(" dy=") { 0.43 } else { -0.33 };
                (Kind::Text { words, size }, number("x").unwrap_or(0.0), y + offset * size)
            }),
            Some("circle" | "ellipse") => {
                number("cy").map(|middle| (Kind::Dot, number("cx").unwrap_or(0.0), middle))
            }
            Some("polygon") => attribute(tag, "points").and_then(corners).map(|(x, y)| (Kind::Dot, x, y)),
            Some("path") => attribute(tag, "d").and_then(path).map(|(x, y)| (Kind::Mark, x, y)),
            Some("line" | "polyline") if !is_faint => {
                match (number("y1"), number("y2"), number("x1"), number("x2")) {
                    // A level line of a likely range; axes run over all of the width or down.
                    (Some(y), Some(end), Some(x), Some(to)) if y == end && to - x < 1200.0 => {
                        Some((Kind::Mark, x, y))
                    }
                    _ => None,
                }
            }
            Some("rect") if !is_ground && !is_faint => number("y")
                .map(|y| (Kind::Mark, number("x").unwrap_or(0.0), y + number("height").unwrap_or(0.0) / 2.0)),
            _ => None,
        };
        items.extend(item.map(|(kind, left, middle)| Item { kind, left, middle }));
    }
    items
}

/// The middle of a polygon.
fn corners(points: &str) -> Option<(f64, f64)> {
    let corners: Vec<(f64, f64)> = points
        .split_whitespace()
        .filter_map(|point| point.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))))
        .collect();
    let count = corners.len() as f64;
    let sum = corners.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (count > 0.0).then(|| (sum.0 / count, sum.1 / count))
}

/// Where a path begins.
fn path(steps: &str) -> Option<(f64, f64)> {
    let mut numbers = steps.split([' ', ',', 'M', 'm', 'L', 'H', 'V']).filter(|word| !word.is_empty());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}
