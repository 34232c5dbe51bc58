//! Small dense linear systems.

/// Pivots below this share of the largest entry count as 0.
const SINGULAR: f64 = 1e-11;

/// X with `matrix` X = `right`, by Gaussian elimination with partial pivoting. `right` holds one row
/// per row of the square `matrix`, any number of columns. `None` when the matrix is singular.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let smallest = SINGULAR * largest(&matrix);
    for column in 0..size {
        let size_of = |row: &usize| matrix[*row][column].abs();
        let pivot = (column..size).max_by(|a, b| size_of(a).total_cmp(&size_of(b)))?;
        if matrix[pivot][column].abs() <= smallest {
            return None;
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        for row in (0..size).filter(|&row| row != column) {
            let factor = matrix[row][column] / matrix[column][column];
            if factor != 0.0 {
                subtract(&mut matrix, row, column, factor);
                subtract(&mut right, row, column, factor);
            }
        }
    }
    for (row, values) in right.iter_mut().enumerate() {
        values.iter_mut().for_each(|value| *value /= matrix[row][row]);
    }
    right.iter().flatten().all(|value| value.is_finite()).then_some(right)
}

/// The coefficients b of a least squares fit from its normal equations `matrix` b = `right`, where
/// `matrix` is symmetric and has no negative direction. A column that the ones before it explain
/// gets the coefficient 0, which leaves the fit as it is.
pub(super) fn least_squares(mut matrix: Vec<Vec<f64>>, right: &[f64]) -> Vec<f64> {
    let size = matrix.len();
    let smallest = SINGULAR * largest(&matrix);
    let mut right: Vec<Vec<f64>> = right.iter().map(|value| vec![*value]).collect();
    let mut explained = vec![false; size];
    for column in 0..size {
        if matrix[column][column] <= smallest {
            explained[column] = true;
            continue;
        }
        for row in (0..size).filter(|&row| row != column) {
            let factor = matrix[row][column] / matrix[column][column];
            subtract(&mut matrix, row, column, factor);
            subtract(&mut right, row, column, factor);
        }
    }
    let coefficient = |at: usize| if explained[at] { 0.0 } else { right[at][0] / matrix[at][at] };
    (0..size).map(coefficient).collect()
}

/// Takes `factor` times row `from` away from row `row`.
fn subtract(rows: &mut [Vec<f64>], row: usize, from: usize, factor: f64) {
    let source = rows[from].clone();
    for (value, source) in rows[row].iter_mut().zip(source) {
        *value -= factor * source;
    }
}

fn largest(matrix: &[Vec<f64>]) -> f64 {
    matrix.iter().flatten().fold(0.0, |largest, value| value.abs().max(largest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: x + 2y = 5, 3x + 4y = 11 has x = 1, y = 2.
    #[test]
    fn two_by_two() {
        let solved = solve(vec![vec![1.0, 2.0], vec![3.0, 4.0]], vec![vec![5.0], vec![11.0]]).unwrap();
        assert!((solved[0][0] - 1.0).abs() < 1e-14 && (solved[1][0] - 2.0).abs() < 1e-14);
        assert_eq!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![vec![1.0], vec![1.0]]), None);
    }

    /// By hand: an intercept over 3 forms, a dummy of the first 1, and the same dummy once more.
    #[test]
    fn a_repeated_column_changes_nothing() {
        let normal = vec![vec![3.0, 1.0, 1.0], vec![1.0, 1.0, 1.0], vec![1.0, 1.0, 1.0]];
        // Values 6 | 1, 3: the mean of the others is 2, the first is 4 above it.
        let fit = least_squares(normal, &[10.0, 6.0, 6.0]);
        assert!((fit[0] - 2.0).abs() < 1e-14 && (fit[1] - 4.0).abs() < 1e-14 && fit[2] == 0.0);
    }
}
