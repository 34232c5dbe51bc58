//! Half up on the exact value, where doubles go wrong.

use rmsurvey::ratio::Ratio;

use crate::support::{At, sample, table};

/// Sum and number of scores of officers in 2016 whose mean lies on a half, or near one, and what
/// the council printed (Figure 8). As doubles 2.275 and 2.425 lie below the half, 2.075 above.
const FIGURE_8: [(&str, u64, u64, &str); 5] = [
    ("Q5", 91, 40, "2.28"),
    ("Q6", 97, 40, "2.43"),
    ("Q7", 79, 40, "1.98"),
    ("Q8", 83, 40, "2.08"),
    ("all", 689, 320, "2.15"),
];

#[test]
fn halves_round_up_on_the_exact_value() {
    for (question, sum, answers, printed) in FIGURE_8 {
        let counts = sample().counts(At::officers("2016").question(question));
        assert_eq!((counts.sum(), counts.answers()), (sum, answers), "{question}");
        assert_eq!(Ratio::new(sum, answers).unwrap().rounded(2), printed, "{question}");
    }
}

#[test]
fn the_published_table_prints_them_so() {
    let table = table("both-sides-2016");
    let officers = table.column("Council officers (score 1 to 4)");
    for (question, _, _, printed) in FIGURE_8 {
        let begins = if question == "all" { "All questions" } else { question };
        let row = table.rows.iter().find(|row| row[0].starts_with(begins)).expect("a row");
        assert_eq!(row[officers], printed, "{question}");
    }
}

/// The mean of the eight printed means of Figure 8 is 2.156 and would print 2.16.
#[test]
fn overall_is_pooled_and_no_mean_of_rounded_means() {
    let table = table("both-sides-2016");
    let officers = table.column("Council officers (score 1 to 4)");
    let printed = table.rows.iter().filter(|row| row[0].starts_with('Q'));
    let hundredths: Vec<i64> = printed.map(|row| row[officers].replace('.', "").parse().unwrap()).collect();
    let mean = Ratio::new(hundredths.iter().sum::<i64>(), 800).unwrap();
    assert_eq!((hundredths.len(), mean.rounded(2).as_str()), (8, "2.16"));
    let overall = table.rows.iter().find(|row| row[0] == "All questions").unwrap();
    assert_eq!(overall[officers], "2.15");
}
