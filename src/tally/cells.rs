//! One thing per cell.

use super::Cell;

/// One thing per cell, in the order of the cells; looked up far more often than made, so it is a sorted
/// list with the keys by themselves, which are small and near each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells<T> {
    keys: Vec<u128>,
    rows: Vec<(Cell, T)>,
}

impl<T> Cells<T> {
    /// Of several things for a cell the last one stays.
    fn of(mut rows: Vec<(Cell, T)>) -> Cells<T> {
        rows.sort_by_cached_key(|(cell, _)| cell.key());
        rows.dedup_by(|later, stays| {
            let is_again = later.0 == stays.0;
            if is_again {
                std::mem::swap(later, stays);
            }
            is_again
        });
        Cells { keys: rows.iter().map(|(cell, _)| cell.key()).collect(), rows }
    }

    fn place(&self, cell: &Cell) -> Option<usize> {
        self.keys.binary_search(&cell.key()).ok()
    }

    pub fn get(&self, cell: &Cell) -> Option<&T> {
        self.place(cell).map(|place| &self.rows[place].1)
    }

    pub fn get_mut(&mut self, cell: &Cell) -> Option<&mut T> {
        self.place(cell).map(|place| &mut self.rows[place].1)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every cell with its own, in the order in which people read them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Cell, &T)> {
        self.rows.iter().map(|(cell, of_cell)| (cell, of_cell))
    }

    pub fn keys(&self) -> impl Iterator<Item = &Cell> {
        self.rows.iter().map(|(cell, _)| cell)
    }
}

impl<T> Default for Cells<T> {
    fn default() -> Cells<T> {
        Cells { keys: Vec::new(), rows: Vec::new() }
    }
}

impl<T> FromIterator<(Cell, T)> for Cells<T> {
    fn from_iter<I: IntoIterator<Item = (Cell, T)>>(rows: I) -> Cells<T> {
        Cells::of(rows.into_iter().collect())
    }
}

impl<T> Extend<(Cell, T)> for Cells<T> {
    fn extend<I: IntoIterator<Item = (Cell, T)>>(&mut self, rows: I) {
        let known = self.rows.len();
        self.rows.extend(rows);
        if self.rows.len() > known {
            *self = Cells::of(std::mem::take(&mut self.rows));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Department, Group, Question};
    use super::*;

    fn cell(wave: usize, department: usize) -> Cell {
        let (audience, question, group) = (0, Question::All, Group::Everyone);
        Cell { wave, audience, department: Department::One(department), question, group }
    }

    #[test]
    fn cells_are_found_and_come_in_their_order() {
        let mut cells: Cells<u8> = [(cell(1, 0), 1), (cell(0, 2), 2), (cell(0, 1), 3)].into_iter().collect();
        assert_eq!(cells.keys().copied().collect::<Vec<_>>(), [cell(0, 1), cell(0, 2), cell(1, 0)]);
        let found = [cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1)].map(|it| cells.get(&it).copied());
        assert_eq!(found, [Some(3), Some(2), Some(1), None]);
        // Of two for a cell the last one stays.
        cells.extend([(cell(0, 2), 4), (cell(0, 0), 5), (cell(0, 2), 6)]);
        let all: Vec<u8> = cells.iter().map(|(_, value)| *value).collect();
        assert_eq!((all, cells.len()), (vec![5, 3, 6, 1], 4));
    }
}
