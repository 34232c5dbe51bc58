//! Breaks a text into lines of even length. Nothing is ever cut off.

use std::ops::Range;

use super::fonts::{Fonts, Weight};

/// Breaks a text into as few lines as the width allows, then evens them out. A word wider than the
/// width is split between letters; a lone dash stays with the word before it.
pub(super) fn wrap(fonts: &Fonts, text: &str, size: f64, weight: Weight, width: f64) -> Vec<String> {
    let measure = |part: &str| fonts.width(part, size, weight);
    let words = words(text, width, &measure);
    let widths: Vec<f64> = words.iter().map(|word| measure(word)).collect();
    let space = measure(" ");
    let fewest = fill(&widths, space, width).count();
    // The narrowest width that needs no more lines gives the most even ones.
    let (mut narrow, mut wide) = (widths.iter().copied().fold(0.0, f64::max), width);
    let steps = if fewest > 1 { 10 } else { 0 };
    for _ in 0..steps {
        let middle = f64::midpoint(narrow, wide);
        if fill(&widths, space, middle).count() <= fewest {
            wide = middle;
        } else {
            narrow = middle;
        }
    }
    fill(&widths, space, wide).map(|line| words[line].join(" ")).collect()
}

/// The width of the widest word: a column narrower than this splits it.
pub(super) fn widest_word(fonts: &Fonts, text: &str, size: f64, weight: Weight) -> f64 {
    text.split_whitespace().map(|word| fonts.width(word, size, weight)).fold(0.0, f64::max)
}

fn words(text: &str, width: f64, measure: &impl Fn(&str) -> f64) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if matches!(word, "-" | "–" | "—" | "/")
            && let Some(last) = words.last_mut()
            && measure(&format!("{last} {word}")) <= width
        {
            last.push(' ');
            last.push_str(word);
        } else if measure(word) <= width {
            words.push(word.to_owned());
        } else {
            split(word, width, measure, &mut words);
        }
    }
    words
}

/// Splits a word that is too wide between letters.
fn split(word: &str, width: f64, measure: &impl Fn(&str) -> f64, words: &mut Vec<String>) {
    let mut part = String::new();
    for letter in word.chars() {
        part.push(letter);
        if part.chars().count() > 1 && measure(&part) > width {
            part.pop();
            words.push(std::mem::take(&mut part));
            part.push(letter);
        }
    }
    words.push(part);
}

/// Fills lines one after the other: the words of each line.
fn fill(widths: &[f64], space: f64, width: f64) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let first = next;
        let mut filled = *widths.get(first)?;
        next += 1;
        while let Some(word) = widths.get(next)
            && filled + space + word <= width
        {
            filled += space + word;
            next += 1;
        }
        Some(first..next)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f64) -> Vec<String> {
        wrap(Fonts::embedded().unwrap(), text, 15.0, Weight::Regular, width)
    }

    #[test]
    fn lines_are_even_and_nothing_is_lost() {
        let text = "Staff give me the information that I need in order to do my job better";
        let wrapped = lines(text, 350.0);
        assert_eq!(wrapped.len(), 2);
        assert_eq!(wrapped.join(" "), text);
        let fonts = Fonts::embedded().unwrap();
        let width = |line: &str| fonts.width(line, 15.0, Weight::Regular);
        assert!((width(&wrapped[0]) - width(&wrapped[1])).abs() < 60.0, "{wrapped:?}");
    }

    #[test]
    fn long_words_are_split_and_dashes_stay() {
        let word = "a".repeat(200);
        let wrapped = lines(&word, 100.0);
        assert!(wrapped.len() > 5);
        assert_eq!(wrapped.concat(), word);
        assert_eq!(
            lines("Adult Operations - Senior Managers", 130.0),
            ["Adult Operations -", "Senior Managers"]
        );
        assert!(lines("", 100.0).is_empty());
    }
}
