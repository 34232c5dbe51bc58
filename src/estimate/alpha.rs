//! Whether the questions measure one thing.

/// Cronbach's alpha over the respondents who answered every item.
#[derive(Clone, Debug, PartialEq)]
pub struct Alpha {
    /// k/(k-1) · (1 - sum of item variances / variance of the sum). `None` with fewer than two items
    /// or two complete respondents, or when nobody differs. It can be negative.
    pub alpha: Option<f64>,
    /// k, the number of items.
    pub items: usize,
    /// Respondents who answered every item: what alpha rests on, so it is always shown beside it.
    pub complete: usize,
    /// Correlation of each item with the sum of the others; `None` where either does not vary.
    pub item_rest_correlation: Vec<Option<f64>>,
}

/// [`Alpha`] of `items` items; one row per respondent with a number per item, `None` for no contact
/// and blank. Rows with a gap, or of another length, are left out (listwise).
///
/// Source: Cronbach (1951); `alpha` of R's `psych` on complete rows, `r.drop` for the correlations.
///
/// ```
/// use rmsurvey::estimate::alpha;
/// let rows = [vec![Some(1.0), Some(2.0)], vec![Some(2.0), Some(2.0)], vec![Some(3.0), Some(5.0)], vec![None, Some(1.0)]];
/// let alpha = alpha(2, &rows);
/// // By hand: item variances 1 and 3, covariance 3/2: 2 * (1 - 4/7)
/// assert!((alpha.alpha.unwrap() - 6.0 / 7.0).abs() < 1e-15);
/// assert_eq!(alpha.complete, 3);
/// ```
pub fn alpha(items: usize, rows: &[Vec<Option<f64>>]) -> Alpha {
    let complete = |row: &Vec<Option<f64>>| row.iter().copied().collect::<Option<Vec<f64>>>();
    let finite = |row: &Vec<f64>| row.len() == items && row.iter().all(|value| value.is_finite());
    let mut rows: Vec<Vec<f64>> = rows.iter().filter_map(complete).filter(finite).collect();
    // Means of several answers are not whole numbers, so sums are taken in an order of their own.
    rows.sort_by(|one, other| {
        let mut orders = one.iter().zip(other).map(|(a, b)| a.total_cmp(b));
        orders.find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let covariances = covariances(items, &rows);
    let trace: f64 = (0..items).map(|item| covariances[item][item]).sum();
    let total: f64 = covariances.iter().flatten().sum();
    let defined = items >= 2 && rows.len() >= 2 && total > 0.0;
    let alpha = defined.then(|| items as f64 / (items - 1) as f64 * (1.0 - trace / total));
    let item_rest = |item: usize| {
        let own = covariances[item][item];
        let with_total: f64 = covariances[item].iter().sum();
        let rest = total - 2.0 * with_total + own;
        (defined && own > 0.0 && rest > 1e-12 * total).then(|| (with_total - own) / (own * rest).sqrt())
    };
    Alpha { alpha, items, complete: rows.len(), item_rest_correlation: (0..items).map(item_rest).collect() }
}

/// Covariance of every pair of items, with n - 1; 0 with fewer than two rows.
fn covariances(items: usize, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let count = rows.len() as f64;
    let mean = |item: usize| rows.iter().map(|row| row[item]).sum::<f64>() / count;
    let means: Vec<f64> = (0..items).map(mean).collect();
    let covariance = |a: usize, b: usize| {
        let products: f64 = rows.iter().map(|row| (row[a] - means[a]) * (row[b] - means[b])).sum();
        if rows.len() < 2 { 0.0 } else { products / (count - 1.0) }
    };
    (0..items).map(|a| (0..items).map(|b| covariance(a, b)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[[f64; 3]]) -> Alpha {
        let rows: Vec<_> = rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
        alpha(3, &rows)
    }

    /// By hand: items 1, 2, 4 and 2, 3, 5 move together, so each correlates fully with the rest.
    #[test]
    fn items_that_move_together() {
        let together = of(&[[1.0, 2.0, 1.0], [2.0, 3.0, 2.0], [4.0, 5.0, 4.0]]);
        assert!((together.alpha.unwrap() - 1.0).abs() < 1e-14);
        together.item_rest_correlation.iter().for_each(|it| assert!((it.unwrap() - 1.0).abs() < 1e-14));
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(of(&[[1.0, 2.0, 3.0]]).alpha, None);
        assert_eq!(of(&[]).complete, 0);
        let alike = of(&[[3.0, 3.0, 3.0], [3.0, 3.0, 3.0]]);
        assert_eq!((alike.alpha, alike.item_rest_correlation), (None, vec![None; 3]));
        assert_eq!(alpha(1, &[vec![Some(1.0)], vec![Some(2.0)]]).alpha, None);
        assert_eq!(alpha(0, &[]).alpha, None);
    }
}
