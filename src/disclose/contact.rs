//! Which changes of the share of "no contact" may be shown.

use std::collections::BTreeMap;

use super::decisions::worst;
use super::readership::Readership;
use super::release::ChangeKey;
use super::{Released, Shown, Status, status};
use crate::estimate::{ContactChange, Figures};
use crate::tally::Cell;

/// Both waves' cells must be shown, and a cell is judged as one row: where too few scored it, its
/// share of "no contact" goes with its mean. Where nobody scored a cell that enough people were asked
/// about, everyone had no contact, which is shown as it is in the table of shares.
pub(super) fn released(
    by: &Readership<'_>,
    figures: &Figures,
) -> BTreeMap<ChangeKey, Released<ContactChange>> {
    let status = |change: &ContactChange| {
        if change.comparison.is_broken() {
            return status::of_broken(change.cells().map(|cell| by.status(&cell)));
        }
        let enough = change.comparison.smaller_base() >= by.minimum(change.cell.audience);
        let of_cell = |cell: &Cell| match by.status(cell) {
            Status::NobodyScored if enough => Status::Ok,
            status => status,
        };
        let of_base = if enough { Status::Ok } else { Status::Withheld };
        worst(change.cells().iter().map(of_cell).chain([of_base]))
    };
    let in_scope = figures.contact_changes.iter().filter(|change| by.is_in_scope(&change.cell));
    in_scope
        .map(|it| {
            let status = status(it);
            // Of what was broken there is nothing to hand over.
            let figure =
                if status == Status::Break { Shown::withheld() } else { by.shared(status == Status::Ok, it) };
            ((it.cell, it.from_wave), Released { status, figure })
        })
        .collect()
}
