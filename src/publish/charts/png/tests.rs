//! What a PNG shows is what the SVG says.

use super::*;
use crate::publish::charts::canvas::{Words, paint};
use crate::publish::charts::fonts::{Fonts, Weight};
use crate::publish::charts::samples::{self, Case};
use crate::publish::charts::scene::Style;
use crate::publish::charts::{draw, slide};
use roxmltree::{Document, Node};

/// A PNG as somebody sees it.
pub(in crate::publish::charts) struct Shown {
    pub width: usize,
    pub height: usize,
    palette: Vec<Colour>,
    numbers: Vec<u8>,
}

impl Shown {
    pub(in crate::publish::charts) fn read(bytes: &[u8]) -> Shown {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut numbers = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut numbers).unwrap();
        let info = reader.info();
        let palette = info.palette.as_ref().unwrap().chunks(3).map(|one| Colour(one[0], one[1], one[2]));
        let (width, height) = (info.width as usize, info.height as usize);
        Shown { width, height, palette: palette.collect(), numbers }
    }

    pub(in crate::publish::charts) fn at(&self, x: usize, y: usize) -> Colour {
        self.palette[usize::from(self.numbers[y * self.width + x])]
    }
}

/// The largest difference of two colours in red, green or blue.
fn difference(one: Colour, other: Colour) -> u8 {
    one.0.abs_diff(other.0).max(one.1.abs_diff(other.1)).max(one.2.abs_diff(other.2))
}

type Point = (f64, f64);

/// A shape of an SVG, in pixels of the PNG.
enum Shape {
    Box {
        corner: Point,
        opposite: Point,
    },
    Disc {
        centre: Point,
        radius: f64,
    },
    Stroke {
        from: Point,
        to: Point,
        reach: f64,
    },
    Polygon(Vec<Point>),
    /// The edge of another shape, so far to either side.
    Edge(Box<Shape>, f64),
}

impl Shape {
    /// How far outside a point is; less than zero inside.
    fn distance(&self, (x, y): Point) -> f64 {
        match self {
            Shape::Box { corner, opposite } => {
                (corner.0 - x).max(x - opposite.0).max(corner.1 - y).max(y - opposite.1)
            }
            Shape::Disc { centre, radius } => (x - centre.0).hypot(y - centre.1) - radius,
            Shape::Stroke { from, to, reach } => {
                let length = (to.0 - from.0).hypot(to.1 - from.1);
                let (right, down) = ((to.0 - from.0) / length, (to.1 - from.1) / length);
                let along = (x - from.0) * right + (y - from.1) * down;
                let aside = (y - from.1) * right - (x - from.0) * down;
                (-along).max(along - length).max(aside.abs() - reach)
            }
            Shape::Polygon(corners) => {
                let ends = corners.iter().zip(corners.iter().cycle().skip(1));
                let (mut near, mut is_inside) = (f64::MAX, false);
                for (from, to) in ends {
                    let (right, down) = (to.0 - from.0, to.1 - from.1);
                    let share = ((x - from.0) * right + (y - from.1) * down) / (right * right + down * down);
                    let share = share.clamp(0.0, 1.0);
                    near = near.min((x - from.0 - share * right).hypot(y - from.1 - share * down));
                    if (from.1 > y) != (to.1 > y) && x < from.0 + (y - from.1) / down * right {
                        is_inside = !is_inside;
                    }
                }
                if is_inside { -near } else { near }
            }
            Shape::Edge(shape, reach) => shape.distance((x, y)).abs() - reach,
        }
    }

    /// A box around it: left, top, right, bottom.
    fn bounds(&self) -> [f64; 4] {
        let around = |points: &[Point], reach: f64| {
            points.iter().fold(
                [f64::MAX, f64::MAX, f64::MIN, f64::MIN],
                |[left, top, right, bottom], (x, y)| {
                    [left.min(x - reach), top.min(y - reach), right.max(x + reach), bottom.max(y + reach)]
                },
            )
        };
        match self {
            Shape::Box { corner, opposite } => around(&[*corner, *opposite], 0.0),
            Shape::Disc { centre, radius } => around(&[*centre], *radius),
            Shape::Stroke { from, to, reach } => around(&[*from, *to], *reach),
            Shape::Polygon(corners) => around(corners, 0.0),
            Shape::Edge(shape, reach) => {
                let [left, top, right, bottom] = shape.bounds();
                around(&[(left, top), (right, bottom)], *reach)
            }
        }
    }
}

/// What an element of an SVG paints: a shape in one colour, or something between it and what was there
/// (letters and stripes).
struct Painted {
    shape: Shape,
    colour: Colour,
    opacity: f64,
    is_mixed: bool,
}

fn painted(node: Node<'_, '_>, scale: f64) -> Painted {
    let number = |name: &str| node.attribute(name).map_or(0.0, |text| text.parse::<f64>().unwrap());
    let place = |x: &str, y: &str| (number(x) * scale, number(y) * scale);
    let of = |name: &str| node.attribute(name).and_then(Colour::read);
    let width = number("stroke-width") * scale;
    let shape = match node.tag_name().name() {
        "rect" => {
            let (corner, size) = (place("x", "y"), place("width", "height"));
            Shape::Box { corner, opposite: (corner.0 + size.0, corner.1 + size.1) }
        }
        "circle" => Shape::Disc { centre: place("cx", "cy"), radius: number("r") * scale },
        "line" => Shape::Stroke { from: place("x1", "y1"), to: place("x2", "y2"), reach: width / 2.0 },
        "polygon" => {
            let points = node.attribute("points").unwrap().split_whitespace();
            let corner = |(x, y): (&str, &str)| [x, y].map(|at| at.parse::<f64>().unwrap() * scale).into();
            Shape::Polygon(points.map(|point| corner(point.split_once(',').unwrap())).collect())
        }
        "text" => {
            let ((left, top), em) = (place("x", "y"), number("font-size") * scale);
            let baseline = top + 0.76 * em;
            // The box of its ink, which hangs over its width by a hair.
            let opposite = (left + number("textLength") * scale + 2.0, baseline + 0.24 * em);
            Shape::Box { corner: (left - 2.0, baseline - 0.8 * em), opposite }
        }
        other => panic!("{other} in a chart"),
    };
    let is_edge = node.attribute("fill") == Some("none");
    let is_hatched = node.attribute("style").is_some_and(|style| style.contains("-hatch"));
    Painted {
        shape: if is_edge { Shape::Edge(Box::new(shape), width / 2.0) } else { shape },
        colour: of("stroke").or(of("fill")).unwrap(),
        opacity: node.attribute("opacity").map_or(1.0, |text| text.parse().unwrap()),
        is_mixed: is_hatched || node.tag_name().name() == "text",
    }
}

fn mixed(under: Colour, over: Colour, opacity: f64) -> Colour {
    let part =
        |under: u8, over: u8| (f64::from(under) * (1.0 - opacity) + f64::from(over) * opacity).round() as u8;
    Colour(part(under.0, over.0), part(under.1, over.1), part(under.2, over.2))
}

/// Every pixel that no edge, letter or stripe touches has the colour that the SVG gives it, and whatever
/// is not covered by something later can be seen.
fn is_as_written(name: &str, svg: &str, bytes: &[u8]) {
    let shown = Shown::read(bytes);
    let tree = Document::parse(svg).unwrap();
    let wide: f64 =
        tree.root_element().attribute("viewBox").unwrap().split(' ').nth(2).unwrap().parse().unwrap();
    let scale = shown.width as f64 / wide;
    let group = tree.root_element().children().find(|node| node.has_tag_name("g")).unwrap();
    let elements: Vec<_> =
        group.children().filter(Node::is_element).map(|node| painted(node, scale)).collect();
    // By pixel: its colour, where that is certain, and the last element to touch it.
    let mut expected = vec![(Some(WHITE), 0); shown.width * shown.height];
    let mut touched: Vec<Vec<usize>> = vec![Vec::new(); elements.len()];
    // The first is the paper.
    for (index, element) in elements.iter().enumerate().skip(1) {
        let [left, top, right, bottom] = element.shape.bounds();
        let range = |from: f64, to: f64, end: usize| {
            (from - 1.0).max(0.0) as usize..((to + 2.0).max(0.0) as usize).min(end)
        };
        for y in range(top, bottom, shown.height) {
            for x in range(left, right, shown.width) {
                let distance = element.shape.distance((x as f64 + 0.5, y as f64 + 0.5));
                if distance > 0.75 {
                    continue;
                }
                let at = y * shown.width + x;
                let under = expected[at].0.filter(|_| distance < -0.75 && !element.is_mixed);
                let is_new = element.opacity >= 1.0 && distance < -0.75 && !element.is_mixed;
                let colour = under.map(|under| mixed(under, element.colour, element.opacity));
                expected[at] = (colour.or(is_new.then_some(element.colour)), index);
                touched[index].push(at);
            }
        }
    }
    let mut certain = 0;
    for (at, (colour, _)) in expected.iter().enumerate() {
        let Some(colour) = colour else { continue };
        let (x, y) = (at % shown.width, at / shown.width);
        let found = shown.at(x, y);
        assert!(difference(found, *colour) <= 3, "{name}: {found:?} for {colour:?} at {x}, {y}");
        certain += 1;
    }
    assert!(certain > expected.len() / 2, "{name}: {certain} of {} pixels are certain", expected.len());
    for (index, element) in elements.iter().enumerate().skip(1) {
        let seen: Vec<usize> = touched[index].iter().copied().filter(|at| expected[*at].1 == index).collect();
        // On white, as it is or soft at most by half; black letters on a dark ground are black.
        let colour = mixed(WHITE, element.colour, element.opacity);
        let reach = (difference(colour, WHITE) / 2).clamp(4, 60);
        let is_near =
            |at: &&usize| difference(shown.at(*at % shown.width, *at / shown.width), colour) <= reach;
        if seen.len() > touched[index].len() / 2 {
            let share = seen.iter().filter(is_near).count() as f64 / seen.len() as f64;
            assert!(share > 0.03, "{name}: {share:.3} of element {index} is {colour:?}");
        }
    }
}

#[test]
fn a_png_shows_what_the_svg_says() {
    for chart in [
        samples::dots(Case::Plain, 2),
        samples::dumbbell(Case::OneWithheld),
        samples::change(Case::NoRange),
        samples::distribution(Case::Plain),
        samples::heatmap(Case::OneWithheld, 8),
        samples::multiples(Case::Plain, 8),
        samples::trend(Case::OneWithheld, 2, 4, 1),
        samples::waterfall(Case::LongLabels),
        samples::ladder(Case::Plain, 2),
    ] {
        let drawn = draw(&chart).unwrap();
        is_as_written(&chart.name, &drawn.svg, &drawn.png().unwrap());
    }
    let chart = samples::councils(Case::Plain, 3);
    let slide = slide::slide(&chart, Fonts::embedded().unwrap()).unwrap().unwrap();
    let svg = paint(&slide, Words { name: "slide", title: "", description: "" }).unwrap();
    is_as_written("slide", &svg, &png(&slide, SLIDE_WIDTH).unwrap());
}

/// The columns of a line of text from its first ink to its last, on a picture of one pixel a unit.
fn ink(text: &str, width: f64) -> (usize, usize) {
    let mut scene = Scene::new(Fonts::embedded().unwrap(), 400.0);
    scene.height = 60.0;
    let style = Style::new(40.0, Weight::Regular);
    let (text, width) = (text.to_owned(), width * scene.measure(text, style));
    scene.items.push(Item::Text { text, left: 10.0, baseline: 45.0, width, style });
    let shown = Shown::read(&png(&scene, 400).unwrap());
    let mut inked = (0..400).filter(|x| (0..60).any(|y| shown.at(*x, y) != WHITE));
    (inked.next().unwrap(), inked.next_back().unwrap())
}

#[test]
fn texts_are_as_wide_as_measured() {
    let fonts = Fonts::embedded().unwrap();
    for text in ["AVAVAVAV", "HHHHHHHH", "To Tofu"] {
        let measured = fonts.width(text, 40.0, Weight::Regular);
        let (first, last) = ink(text, 1.0);
        assert!((9..15).contains(&first), "{text} begins at {first}");
        assert!((last as f64 - 10.0 - measured).abs() < 5.0, "{text} ends at {last}, not {measured} on");
        assert!(ink(text, 1.2).1 > last + 20, "{text}");
    }
}
