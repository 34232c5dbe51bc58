//! The numbers of each part of a table of sums, as the query adds them up.

/// A number of a row: its name in [`Part::numbers`](crate::sums::Part::numbers), and what it is.
pub(super) type Number = (&'static str, &'static str);

pub(super) const ACCOUNT: [Number; 4] = [
    ("rows", "count(*)"),
    ("unknown", "count(*) - sum(is_known)"),
    ("off_scale", "sum(is_off_scale)"),
    ("repeated", "count(*) - count(distinct place)"),
];

pub(super) const ASKED: [Number; 1] =
    [("items", "count(distinct concat_ws('/', item_department, item_question))")];

pub(super) const FORMS: [Number; 3] =
    [("forms", "count(*)"), ("units", "count(distinct unit)"), ("links", "count(distinct link)")];

pub(super) const CELL: [Number; 13] = [
    ("respondents", "sum(respondents)"),
    ("contacts", "sum(contacts)"),
    ("n", "sum(n)"),
    ("units", "sum(case when k > 0 then 1 else 0 end)"),
    ("kk", "sum(k * k)"),
    ("ky", "sum(k * y)"),
    ("yy", "sum(y * y)"),
    ("k_top", "sum(k * top)"),
    ("top_top", "sum(top * top)"),
    ("units_of_contact", "sum(case when c > 0 then 1 else 0 end)"),
    ("cc", "sum(c * c)"),
    ("cn", "sum(c * n)"),
    ("nn", "sum(n * n)"),
];

pub(super) const COMBINATION: [Number; 1] = [("units", "sum(case when k > 0 then 1 else 0 end)")];

/// `k` and `y` are those of what the department is held against, `own_k` and `own_y` its own.
pub(super) const PAIR: [Number; 11] = [
    ("units", "sum(case when k > 0 then 1 else 0 end)"),
    ("k", "sum(k)"),
    ("y", "sum(y)"),
    ("kk", "sum(k * k)"),
    ("ky", "sum(k * y)"),
    ("yy", "sum(y * y)"),
    ("both", "sum(case when own_k > 0 and k > 0 then 1 else 0 end)"),
    ("k_k", "sum(own_k * k)"),
    ("k_y", "sum(own_k * y)"),
    ("y_k", "sum(own_y * k)"),
    ("y_y", "sum(own_y * y)"),
];

/// `a` and `b` are the same unit in the earlier and the later wave; `s` is 1 where both gave a score,
/// `t` where both gave one or said "no contact".
pub(super) const LINKED: [Number; 30] = [
    ("units", "sum(s)"),
    ("from_k", "sum(s * a_k)"),
    ("from_y", "sum(s * a_y)"),
    ("from_kk", "sum(s * a_k * a_k)"),
    ("from_ky", "sum(s * a_k * a_y)"),
    ("from_yy", "sum(s * a_y * a_y)"),
    ("to_k", "sum(s * b_k)"),
    ("to_y", "sum(s * b_y)"),
    ("to_kk", "sum(s * b_k * b_k)"),
    ("to_ky", "sum(s * b_k * b_y)"),
    ("to_yy", "sum(s * b_y * b_y)"),
    ("k_k", "sum(s * a_k * b_k)"),
    ("k_y", "sum(s * a_k * b_y)"),
    ("y_k", "sum(s * a_y * b_k)"),
    ("y_y", "sum(s * a_y * b_y)"),
    ("units_of_contact", "sum(t)"),
    ("from_c", "sum(t * a_c)"),
    ("from_n", "sum(t * a_n)"),
    ("from_cc", "sum(t * a_c * a_c)"),
    ("from_cn", "sum(t * a_c * a_n)"),
    ("from_nn", "sum(t * a_n * a_n)"),
    ("to_c", "sum(t * b_c)"),
    ("to_n", "sum(t * b_n)"),
    ("to_cc", "sum(t * b_c * b_c)"),
    ("to_cn", "sum(t * b_c * b_n)"),
    ("to_nn", "sum(t * b_n * b_n)"),
    ("c_c", "sum(t * a_c * b_c)"),
    ("c_n", "sum(t * a_c * b_n)"),
    ("n_c", "sum(t * a_n * b_c)"),
    ("n_n", "sum(t * a_n * b_n)"),
];
