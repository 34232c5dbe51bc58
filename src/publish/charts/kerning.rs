//! How much closer than usual two letters stand: the pairs of a face's kerning.

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// The tables of pairs; the first that knows a pair decides.
#[derive(Debug)]
pub(super) struct Kerning {
    pairs: Vec<PairAdjustment<'static>>,
}

impl Kerning {
    pub(super) fn read(face: &Face<'static>) -> Kerning {
        let Some(table) = face.tables().gpos else { return Kerning { pairs: Vec::new() } };
        let kern = table.features.into_iter().find(|feature| feature.tag == Tag::from_bytes(b"kern"));
        let lookups = kern.into_iter().flat_map(|kern| kern.lookup_indices);
        let subtables = lookups
            .filter_map(|lookup| table.lookups.get(lookup))
            .flat_map(|lookup| lookup.subtables.into_iter::<PositioningSubtable<'static>>());
        let pairs = subtables.filter_map(|table| match table {
            PositioningSubtable::Pair(pairs) => Some(pairs),
            _ => None,
        });
        Kerning { pairs: pairs.collect() }
    }

    /// In units of the face.
    pub(super) fn between(&self, one: GlyphId, other: GlyphId) -> i16 {
        let pairs = self.pairs.iter().filter_map(|pairs| {
            let place = pairs.coverage().get(one)?;
            match pairs {
                PairAdjustment::Format1 { sets, .. } => sets.get(place)?.get(other),
                PairAdjustment::Format2 { classes, matrix, .. } => {
                    matrix.get((classes.0.get(one), classes.1.get(other)))
                }
            }
        });
        pairs.map(|(first, _)| first.x_advance).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::publish::charts::fonts::{Fonts, Weight};

    #[test]
    fn letters_that_leave_room_stand_closer_and_upright_ones_do_not() {
        for weight in [Weight::Regular, Weight::SemiBold, Weight::Bold] {
            let face = Fonts::embedded().unwrap().face(weight);
            let kern = |one, other| face.kern(face.glyph(one), face.glyph(other));
            assert!(
                [('A', 'V'), ('T', 'o'), ('L', 'T')]
                    .iter()
                    .all(|pair| (-0.2..-0.01).contains(&kern(pair.0, pair.1)))
            );
            assert!(["HH", "nn", "25", "  "].iter().all(|pair| {
                let letters: Vec<char> = pair.chars().collect();
                kern(letters[0], letters[1]) == 0.0
            }));
        }
    }
}
