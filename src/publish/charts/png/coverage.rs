//! How much of each pixel an outline covers: exact areas, without hinting.

use ttf_parser::OutlineBuilder;

/// The level of a pixel that is covered all over. Sixteen levels are as many as an eye tells apart at
/// the edge of a letter, and few enough for the soft edges of eight colours in one palette.
pub(super) const FULL: u8 = 15;

/// How far a chord may lie from its curve, in pixels.
const FLATNESS: f32 = 0.05;

/// A box in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Window {
    /// What lies in both; upside down where nothing does.
    pub(super) fn within(self, other: Window) -> Window {
        Window {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub(super) fn width(self) -> usize {
        self.right.saturating_sub(self.left).max(0) as usize
    }

    pub(super) fn height(self) -> usize {
        self.bottom.saturating_sub(self.top).max(0) as usize
    }
}

type Point = (f32, f32);

/// Closed outlines as straight edges, in pixels.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    /// From units to pixels, across and down.
    scale: Point,
    shift: Point,
    edges: Vec<[Point; 2]>,
    start: Point,
    at: Point,
}

impl Outline {
    pub(super) fn new(scale: Point, shift: Point) -> Outline {
        Outline { scale, shift, edges: Vec::new(), start: shift, at: shift }
    }

    pub(super) fn polygon(&mut self, points: impl IntoIterator<Item = (f64, f64)>) {
        for (index, (x, y)) in points.into_iter().enumerate() {
            let (x, y) = (x as f32, y as f32);
            if index == 0 { self.move_to(x, y) } else { self.line_to(x, y) }
        }
        self.close();
    }

    /// Eight arcs; `turn` is 1 or -1, so that a circle within another is a hole.
    pub(super) fn circle(&mut self, (x, y): (f64, f64), radius: f64, turn: f64) {
        // The tangent of an eighth of a half turn, and half the root of two.
        const CORNER: f64 = 0.414_213_562_373_095_1;
        const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;
        let place =
            |(right, down): (f64, f64)| ((x + right * radius) as f32, (y + down * radius * turn) as f32);
        let (mut from, start) = ((1.0, 0.0), place((1.0, 0.0)));
        self.move_to(start.0, start.1);
        for _ in 0..4 {
            // A quarter: two arcs, then the next quarter is this one turned.
            let (right, down): (f64, f64) = from;
            let turned = (-down, right);
            let between = |forward: f64, aside: f64| {
                place((right * forward + turned.0 * aside, down * forward + turned.1 * aside))
            };
            let arcs = [
                (between(1.0, CORNER), between(DIAGONAL, DIAGONAL)),
                (between(CORNER, 1.0), between(0.0, 1.0)),
            ];
            for (corner, end) in arcs {
                self.quad_to(corner.0, corner.1, end.0, end.1);
            }
            from = turned;
        }
        self.close();
    }

    /// The pixels that the outline touches.
    pub(super) fn window(&self) -> Window {
        let ends = self.edges.iter().flatten();
        let [mut low, mut high] = [(f32::MAX, f32::MAX), (f32::MIN, f32::MIN)];
        for (x, y) in ends {
            low = (low.0.min(*x), low.1.min(*y));
            high = (high.0.max(*x), high.1.max(*y));
        }
        Window {
            left: low.0.floor() as i32,
            top: low.1.floor() as i32,
            right: high.0.ceil() as i32,
            bottom: high.1.ceil() as i32,
        }
    }

    fn pixel(&self, x: f32, y: f32) -> Point {
        (x * self.scale.0 + self.shift.0, y * self.scale.1 + self.shift.1)
    }

    fn edge(&mut self, to: Point) {
        self.edges.push([self.at, to]);
        self.at = to;
    }

    /// A curve as chords; `bend` is how far its control points are off a straight line.
    fn curve(&mut self, bend: Point, along: impl Fn(f32) -> Point) {
        let chords = ((bend.0.abs() + bend.1.abs()) / (4.0 * FLATNESS)).sqrt().ceil().clamp(1.0, 64.0);
        for chord in 1..=chords as u32 {
            self.edge(along(chord as f32 / chords));
        }
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.pixel(x, y);
        self.at = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.edge(self.pixel(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (from, by, to) = (self.at, self.pixel(x1, y1), self.pixel(x, y));
        let bend = (from.0 - 2.0 * by.0 + to.0, from.1 - 2.0 * by.1 + to.1);
        self.curve(bend, |t| {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (a * from.0 + b * by.0 + c * to.0, a * from.1 + b * by.1 + c * to.1)
        });
    }

    /// As two curves of the second degree: no face here has others.
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let middle = ((x1 + x2) / 2.0, (y1 + y2) / 2.0);
        self.quad_to(x1, y1, middle.0, middle.1);
        self.quad_to(x2, y2, x, y);
    }

    fn close(&mut self) {
        self.edge(self.start);
    }
}

/// Works out coverage; keeps its memory from one outline to the next.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// By how much more each pixel of a row is covered than the one before; all zero between outlines.
    cells: Vec<f32>,
    /// From where to where the cells of a row are not zero.
    touched: Vec<(usize, usize)>,
    levels: Vec<u8>,
}

impl Coverage {
    /// Hands over, row by row, from where the pixels of the window are covered (x and y), and their levels.
    pub(super) fn rows(&mut self, outline: &Outline, window: Window, mut row: impl FnMut(i32, i32, &[u8])) {
        let (width, height) = (window.width(), window.height());
        if width == 0 || height == 0 {
            return;
        }
        // An edge at the far end of a row reaches two cells beyond it.
        let stride = width + 2;
        if self.cells.len() < stride * height {
            self.cells.resize(stride * height, 0.0);
        }
        self.touched.clear();
        self.touched.resize(height, (stride, 0));
        let inside = |(x, y): Point| (x - window.left as f32, y - window.top as f32);
        for [from, to] in &outline.edges {
            self.edge(inside(*from), inside(*to), width);
        }
        for (index, (first, last)) in self.touched.iter().copied().enumerate() {
            if first > last {
                continue;
            }
            self.levels.clear();
            let mut covered = 0.0_f32;
            for cell in &mut self.cells[index * stride + first..=index * stride + last] {
                covered += std::mem::take(cell);
                self.levels.push((covered.abs().min(1.0) * f32::from(FULL) + 0.5) as u8);
            }
            self.levels.truncate(width.saturating_sub(first));
            row(window.left + first as i32, window.top + index as i32, &self.levels);
        }
    }

    /// Adds what an edge makes of the pixels right of it. Parts left of the window count in its first
    /// column, parts right of it nowhere.
    fn edge(&mut self, from: Point, to: Point, width: usize) {
        if from.1 == to.1 {
            return;
        }
        let (top, bottom, down) = if from.1 < to.1 { (from, to, 1.0) } else { (to, from, -1.0) };
        let slope = (bottom.0 - top.0) / (bottom.1 - top.1);
        let first = top.1.max(0.0);
        let mut x = top.0 + slope * (first - top.1);
        let end = (bottom.1.ceil().max(0.0) as usize).min(self.touched.len());
        for row in first as usize..end {
            let height = bottom.1.min((row + 1) as f32) - first.max(row as f32);
            let next = x + slope * height;
            let [left, right] = [x.min(next), x.max(next)].map(|x| x.clamp(0.0, width as f32));
            self.cross(row, width + 2, left, right, height * down);
            x = next;
        }
    }

    /// Adds an edge within one row, from `left` to `right` and `height` high.
    fn cross(&mut self, row: usize, stride: usize, left: f32, right: f32, height: f32) {
        let (first, last) = (left as usize, (right.ceil() as usize).max(left as usize + 1));
        let touched = &mut self.touched[row];
        *touched = (touched.0.min(first), touched.1.max(last));
        let cells = &mut self.cells[row * stride..];
        let into = left - first as f32;
        if last == first + 1 {
            let beyond = height * (into + (right - left) / 2.0);
            cells[first] += height - beyond;
            cells[last] += beyond;
            return;
        }
        // A pixel is covered by the height of the edge before it, and right of the edge within it.
        let (per_pixel, mut before) = (height / (right - left), 0.0);
        for (index, cell) in cells[first..last].iter_mut().enumerate() {
            let end = (index + 1) as f32 - into;
            let (from, to) = ((end - 1.0).max(0.0), end.min(right - left));
            let area = per_pixel * (from + (to - from) * (end - (from + to) / 2.0));
            *cell += area - before;
            before = area;
        }
        cells[last] += height - before;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window { left: -1, top: -1, right: 5, bottom: 4 };

    fn covered(outline: &Outline) -> Vec<Vec<u8>> {
        let mut rows = vec![vec![0; WINDOW.width()]; WINDOW.height()];
        Coverage::default().rows(outline, WINDOW, |x, y, levels| {
            let start = (x - WINDOW.left) as usize;
            rows[(y - WINDOW.top) as usize][start..start + levels.len()].copy_from_slice(levels);
        });
        rows
    }

    fn polygon(points: &[(f64, f64)]) -> Vec<Vec<u8>> {
        let mut outline = Outline::new((1.0, 1.0), (0.0, 0.0));
        outline.polygon(points.iter().copied());
        covered(&outline)
    }

    #[test]
    fn pixels_are_covered_by_the_area_of_an_outline_in_them() {
        let boxed = polygon(&[(0.6, 0.0), (3.2, 0.0), (3.2, 1.4), (0.6, 1.4)]);
        assert_eq!(boxed[1], [0, 6, 15, 15, 3, 0]);
        assert_eq!(boxed[2], [0, 2, 6, 6, 1, 0]);
        // Half of four by two, whichever way round.
        let mut corners = [(0.0, 0.0), (4.0, 0.0), (0.0, 2.0)];
        let wedge = polygon(&corners);
        corners.reverse();
        assert_eq!(wedge, polygon(&corners));
        assert_eq!(wedge[1], [0, 15, 15, 11, 4, 0]);
        assert_eq!(wedge[2], [0, 11, 4, 0, 0, 0]);
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let all = vec![vec![FULL; 6]; 5];
        assert_eq!(polygon(&[(-1e7, -1e7), (1e7, -1e7), (1e7, 1e7), (-1e7, 1e7)]), all);
        assert_eq!(polygon(&[(-9.0, -60.0), (90.0, 1.0), (-9.0, 60.0), (-10.0, 0.0)]), all);
        let none = vec![vec![0; 6]; 5];
        assert_eq!(polygon(&[(5.0, 0.0), (9.0, 1.0), (6.0, 9.0)]), none);
        assert_eq!(polygon(&[(0.0, 4.0), (9.0, 9.0), (0.0, 9.0)]), none);
        assert_eq!(polygon(&[(1.0, 1.0), (1.0, 1.0)]), none);
        for end in [f64::NAN, f64::INFINITY, f64::MAX] {
            polygon(&[(0.0, end), (end, 2.0), (3.0, -end)]);
        }
    }

    #[test]
    fn a_ring_has_its_area_and_no_middle() {
        let mut outline = Outline::new((8.0, 8.0), (0.0, 0.0));
        outline.circle((4.0, 4.0), 3.0, 1.0);
        outline.circle((4.0, 4.0), 2.0, -1.0);
        let window = outline.window();
        assert_eq!(window, Window { left: 8, top: 8, right: 56, bottom: 56 });
        let mut sum = 0.0;
        Coverage::default().rows(&outline, window, |x, y, levels| {
            sum += levels.iter().map(|level| f64::from(*level)).sum::<f64>();
            let middle = (32 - x) as usize;
            assert!(!(20..44).contains(&y) || levels[middle] == 0);
        });
        let area = std::f64::consts::PI * 64.0 * (9.0 - 4.0);
        assert!((sum / f64::from(FULL) - area).abs() < 0.002 * area, "{} of {area}", sum / f64::from(FULL));
    }
}
