//! The sums that a run needs, as a query for an engine that has the answers: for surveys that are too
//! large, or too far away, to be read form by form.
//!
//! The table of answers has a row per form and item: `wave`, `audience`, `respondent`, `link` (who it is
//! in another wave, or nothing), `department` (`whole` for the council as one organisation), `question`,
//! `score` (0 for "no contact", nothing for a blank), and a column per breakdown with the group. All of
//! them hold the ids of the definition. What comes out is the table of [`sums`](crate::sums).

mod dialect;
mod numbers;

use std::fmt::Write;

use crate::sums::{COLUMNS, COMBINATIONS, Part, SEPARATOR};
use crate::survey::{Item, Survey};
use crate::tally::{Against, department_pairs, fed_by};

pub use dialect::Dialect;
use numbers::{ACCOUNT, ASKED, CELL, COMBINATION, FORMS, LINKED, Number, PAIR};

/// The query over `table`, which is whatever may stand behind FROM.
pub fn query(survey: &Survey, dialect: Dialect, table: &str) -> String {
    Query { survey, dialect, table }.text()
}

struct Query<'q> {
    survey: &'q Survey,
    dialect: Dialect,
    table: &'q str,
}

impl Query<'_> {
    fn text(&self) -> String {
        let parts = [
            ("asked", self.asked()),
            ("scales", self.scales()),
            ("answers", self.answers()),
            ("form", self.form()),
            ("member", self.member()),
            ("answered", self.answered()),
            ("summed", self.summed()),
            ("wanted", self.wanted()),
            ("paired", PAIRED.replace("ALL", &self.lit("all"))),
            ("linked", LINKED_UNITS.replace("MANY", &self.lit(COMBINATIONS))),
            ("placed", self.placed()),
        ];
        let mut text = String::from("with\n");
        for (position, (name, body)) in parts.iter().enumerate() {
            let end = if position + 1 == parts.len() { "\n" } else { ",\n" };
            // Writing to a string cannot fail.
            let _ = write!(text, "{name} as (\n{body}\n){end}");
        }
        text + &self.rows()
    }

    fn lit(&self, text: &str) -> String {
        self.dialect.text(text)
    }

    /// A table written out; its columns are named in the first row.
    fn table_of(&self, columns: &[&str], rows: &[Vec<String>]) -> String {
        if rows.is_empty() {
            let none = columns.iter().map(|column| format!("{} as {column}", self.lit("")));
            return format!("  select {} where 1 = 0", none.collect::<Vec<_>>().join(", "));
        }
        let rows: Vec<String> = rows.iter().map(|row| format!("    ({})", row.join(", "))).collect();
        format!("  select * from (values\n{}\n  ) as t({})", rows.join(",\n"), columns.join(", "))
    }

    /// Which items count in which figures: of each wave as a whole, and of what it has in common with
    /// each of the others.
    fn asked(&self) -> String {
        let survey = self.survey;
        let mut rows = Vec::new();
        for (wave, audience) in self.surveys() {
            let departments = survey.department_cells(audience).into_iter();
            let questions = survey.question_cells();
            let domains: Vec<_> =
                departments.flat_map(|it| questions.iter().map(move |question| (it, *question))).collect();
            let mut enter = |compared: &str, items: &[Item]| {
                for item in items {
                    for domain in fed_by(&domains, *item) {
                        let (department, question) = domains[domain];
                        let own = item.department.map_or("whole", |one| &survey.departments[one].names.id);
                        let ids = [
                            survey.waves[wave].label.as_str(),
                            &survey.audiences[audience].id,
                            compared,
                            own,
                            &survey.questions[item.question].id,
                            survey.department_id(department),
                            survey.question_id(question),
                        ];
                        rows.push(ids.iter().map(|id| self.lit(id)).collect());
                    }
                }
            };
            enter("", &survey.items(wave, audience));
            for other in (0..survey.waves.len()).filter(|other| *other != wave) {
                let items = survey.compared_items(audience, wave, other);
                enter(&survey.waves[other].label, &items);
            }
        }
        let columns =
            ["wave", "audience", "compared", "item_department", "item_question", "department", "question"];
        self.table_of(&columns, &rows)
    }

    /// The highest score of each wave, and the lowest of its upper half; in the order of the waves.
    fn scales(&self) -> String {
        let waves = self.survey.waves.iter().enumerate().map(|(position, wave)| {
            let scale = self.survey.scale_of(position);
            let lowest = if scale.no_contact.is_some() { 0 } else { 1 };
            let numbers = [position, lowest, usize::from(scale.top), usize::from(scale.top_cut())];
            std::iter::once(self.lit(&wave.label)).chain(numbers.map(|number| number.to_string())).collect()
        });
        self.table_of(&["wave", "place", "lowest", "highest", "cut"], &waves.collect::<Vec<_>>())
    }

    /// Every audience in every wave.
    fn surveys(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let audiences = self.survey.audiences.len();
        (0..self.survey.waves.len())
            .flat_map(move |wave| (0..audiences).map(move |audience| (wave, audience)))
    }

    /// The breakdowns of all audiences, each once.
    fn breakdowns(&self) -> Vec<&str> {
        let all = self.survey.audiences.iter().flat_map(|audience| &audience.breakdowns);
        let mut ids: Vec<&str> = all.map(|by| by.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The rows of the table that are of this survey, ids as texts: a year may well be kept as a number.
    fn answers(&self) -> String {
        let text = |column: &str| format!("cast(r.{column} as {})", self.dialect.text_type());
        let ids = ["wave", "audience", "respondent", "department", "question"].map(|id| {
            let column = text(id);
            format!("    {column} as {id}")
        });
        let breakdowns = self.breakdowns().into_iter().map(|id| {
            let column = self.dialect.name(id);
            let group = text(&column);
            format!("    coalesce(nullif(trim({group}), ''), {}) as {column}", self.lit("not-stated"))
        });
        let link = format!("    nullif(trim({}), '') as link", text("link"));
        let score = "    cast(r.score as bigint) as score".to_owned();
        let columns: Vec<String> = ids.into_iter().chain([link, score]).chain(breakdowns).collect();
        format!(
            "  select * from (\n  select\n{}\n  from {} r\n  ) r\n  where exists (select 1 from asked a where a.wave = r.wave and a.audience = r.audience)",
            columns.join(",\n"),
            self.table
        )
    }

    /// One row per form. Forms of one party in a wave are one unit.
    fn form(&self) -> String {
        let breakdowns = self.breakdowns().into_iter().map(|id| {
            let column = self.dialect.name(id);
            format!(",\n    max({column}) as {column}")
        });
        format!(
            "  select wave, audience, respondent, max(link) as link,\n    case when max(link) is null then concat('r', respondent) else concat('l', max(link)) end as unit{}\n  from answers group by wave, audience, respondent",
            breakdowns.collect::<String>()
        )
    }

    /// Which groups a form belongs to: everyone, one of each breakdown, those published as one, and the
    /// combination of all.
    fn member(&self) -> String {
        let survey = self.survey;
        let one = |breakdown: &str, group: &str, condition: &str| {
            let of = if condition.is_empty() { String::new() } else { format!("\n  where {condition}") };
            let breakdown = self.lit(breakdown);
            format!(
                "  select wave, audience, respondent, unit, link, {breakdown} as breakdown, {group} as member_of\n  from form{of}"
            )
        };
        let mut members = vec![one("all", &self.lit("all"), "")];
        for audience in &survey.audiences {
            let of_audience = format!("audience = {}", self.lit(&audience.id));
            for by in &audience.breakdowns {
                let column = self.dialect.name(&by.id);
                let waves = (0..survey.waves.len()).filter(|wave| by.asked.in_wave(*wave));
                let waves: Vec<String> = waves.map(|wave| self.lit(&survey.waves[wave].label)).collect();
                if waves.is_empty() {
                    continue;
                }
                let of = format!("{of_audience} and wave in ({})", waves.join(", "));
                members.push(one(&by.id, &column, &of));
                for combination in &by.combine {
                    let groups: Vec<String> =
                        combination.groups.iter().map(|group| self.lit(&by.groups[*group].id)).collect();
                    let of = format!("{of} and {column} in ({})", groups.join(", "));
                    members.push(one(&by.id, &self.lit(&combination.names.id), &of));
                }
            }
            let columns: Vec<String> =
                audience.breakdowns.iter().map(|by| self.dialect.name(&by.id)).collect();
            let all = match columns.is_empty() {
                true => self.lit(""),
                false => format!("concat_ws('{SEPARATOR}', {})", columns.join(", ")),
            };
            members.push(one(COMBINATIONS, &all, &of_audience));
        }
        members.join("\n  union all\n")
    }

    /// What a form answered in each figure.
    fn answered(&self) -> String {
        let scores = (1..=self.survey.most_scores())
            .map(|score| format!(",\n    sum(case when r.score = {score} then 1 else 0 end) as s{score}"));
        format!(
            "  select r.wave, r.audience, a.compared, r.respondent, a.department, a.question,\n    sum(case when r.score >= 1 then 1 else 0 end) as k,\n    sum(case when r.score >= 1 then r.score else 0 end) as y,\n    sum(case when r.score >= s.cut then 1 else 0 end) as top,\n    sum(case when r.score = 0 then 1 else 0 end) as n{}\n  from answers r\n  join scales s on s.wave = r.wave\n  join asked a on a.wave = r.wave and a.audience = r.audience\n    and a.item_department = r.department and a.item_question = r.question\n  group by r.wave, r.audience, a.compared, r.respondent, a.department, a.question",
            scores.collect::<String>()
        )
    }

    /// What a unit answered in each figure and group.
    fn summed(&self) -> String {
        let scores =
            (1..=self.survey.most_scores()).map(|score| format!(",\n    sum(a.s{score}) as s{score}"));
        SUMMED.replace("SCORES", &scores.collect::<String>())
    }

    /// Departments to hold against each other: one, the other, and of whom the other is a part.
    fn wanted(&self) -> String {
        let survey = self.survey;
        let mut rows = Vec::new();
        for (position, audience) in survey.audiences.iter().enumerate() {
            for (left, right) in department_pairs(survey, position) {
                let (against, within) = match right {
                    Against::Department(other) => (survey.department_id(other), survey.department_id(other)),
                    Against::Rest => ("rest", "all"),
                };
                let ids = [audience.id.as_str(), survey.department_id(left), against, within];
                rows.push(ids.iter().map(|id| self.lit(id)).collect());
            }
        }
        self.table_of(&["audience", "department", "against", "within"], &rows)
    }

    /// Every row of the table, and whether it can be used.
    fn placed(&self) -> String {
        format!(
            "  select r.wave, r.audience, concat_ws('{SEPARATOR}', r.respondent, r.department, r.question) as place,\n    case when a.question is null then 0 else 1 end as is_known,\n    case when r.score < s.lowest or r.score > s.highest then 1 else 0 end as is_off_scale\n  from answers r\n  join scales s on s.wave = r.wave\n  left join (select distinct wave, audience, item_department, item_question as question from asked where compared = '') a\n    on a.wave = r.wave and a.audience = r.audience and a.item_department = r.department and a.question = r.question"
        )
    }

    /// The rows that come out.
    fn rows(&self) -> String {
        let own = ["wave", "audience", "compared", "department", "question", "breakdown", "member_of"];
        let everyone = ["wave", "audience", "''", "department", "question", "'all'", "'all'"];
        let of_groups = format!("breakdown <> '{COMBINATIONS}'");
        let scores: Vec<String> =
            (1..=self.survey.most_scores()).map(|score| format!("sum(s{score})")).collect();
        let selects = [
            self.select(
                Part::Account,
                &ACCOUNT,
                &[],
                &["wave", "audience", "''", "''", "''", "''", "''", "''"],
                "placed",
            ),
            self.select(
                Part::Asked,
                &ASKED,
                &[],
                &["wave", "audience", "compared", "''", "''", "''", "''", "''"],
                "asked",
            ),
            self.select(
                Part::Forms,
                &FORMS,
                &[],
                &["wave", "audience", "''", "''", "''", "breakdown", "member_of", "''"],
                &format!("member where {of_groups}"),
            ),
            self.select(
                Part::Cell,
                &CELL,
                &scores,
                &[&own[..], &["''"]].concat(),
                &format!("summed where {of_groups}"),
            ),
            self.select(
                Part::Combination,
                &COMBINATION,
                &[],
                &[&own[..], &["''"]].concat(),
                &format!(
                    "summed where breakdown = '{COMBINATIONS}' and (question = 'all' or department in ('whole', 'all'))"
                ),
            ),
            self.select(Part::Pair, &PAIR, &[], &[&everyone[..], &["against"]].concat(), "paired"),
            self.select(Part::Linked, &LINKED, &[], &[&own[..], &["''"]].concat(), "linked"),
        ];
        format!("{}\norder by 1, 2, 3, 4, 5, 6, 7, 8, 9\n", selects.join("\nunion all\n"))
    }

    /// Rows of one part: their address in eight columns, and their numbers.
    fn select(
        &self,
        part: Part,
        numbers: &[Number],
        scores: &[String],
        address: &[&str],
        from: &str,
    ) -> String {
        let mut columns = vec![format!("'{}' as part", part.name())];
        let named = address.iter().zip(&COLUMNS[1..9]);
        columns.extend(named.map(|(column, name)| format!("{column} as {}", self.dialect.name(name))));
        let numbers = numbers.iter().map(|(_, number)| *number).chain(scores.iter().map(String::as_str));
        let texts = numbers.map(|number| format!("cast({number} as {})", self.dialect.text_type()));
        let texts: Vec<String> = texts.collect();
        columns.push(format!("concat_ws(' ', {}) as sums", texts.join(", ")));
        let by: Vec<&str> = address.iter().copied().filter(|column| !column.starts_with('\'')).collect();
        format!("select {}\nfrom {from}\ngroup by {}", columns.join(",\n  "), by.join(", "))
    }
}

const SUMMED: &str =
    "  select m.wave, m.audience, a.compared, a.department, a.question, m.breakdown, m.member_of, m.unit,
    max(m.link) as link, sum(a.k) as k, sum(a.y) as y, sum(a.top) as top, sum(a.n) as n, sum(a.k + a.n) as c,
    sum(case when a.k > 0 then 1 else 0 end) as respondents,
    sum(case when a.k + a.n > 0 then 1 else 0 end) as contactsSCORES
  from member m
  join answered a on a.wave = m.wave and a.audience = m.audience and a.respondent = m.respondent
  group by m.wave, m.audience, a.compared, a.department, a.question, m.breakdown, m.member_of, m.unit";

/// What everyone who scored a department also scored.
const PAIRED: &str = "  select r.wave, r.audience, w.department, r.question, w.against,
    coalesce(l.k, 0) as own_k, coalesce(l.y, 0) as own_y,
    case when w.against = 'rest' then r.k - coalesce(l.k, 0) else r.k end as k,
    case when w.against = 'rest' then r.y - coalesce(l.y, 0) else r.y end as y
  from summed r
  join wanted w on w.audience = r.audience and w.within = r.department
  left join summed l on l.wave = r.wave and l.audience = r.audience and l.compared = '' and l.breakdown = ALL
    and l.department = w.department and l.question = r.question and l.unit = r.unit
  where r.compared = '' and r.breakdown = ALL";

/// What those who are in two waves answered in each.
const LINKED_UNITS: &str =
    "  select b.wave, b.audience, b.compared, b.department, b.question, b.breakdown, b.member_of,
    case when a.k > 0 and b.k > 0 then 1 else 0 end as s,
    case when a.c > 0 and b.c > 0 then 1 else 0 end as t,
    a.k as a_k, a.y as a_y, a.c as a_c, a.n as a_n, b.k as b_k, b.y as b_y, b.c as b_c, b.n as b_n
  from summed a
  join summed b on b.audience = a.audience and b.link = a.link and a.compared = b.wave and b.compared = a.wave
    and b.department = a.department and b.question = a.question
    and b.breakdown = a.breakdown and b.member_of = a.member_of
  join scales f on f.wave = a.wave
  join scales t on t.wave = b.wave
  where f.place < t.place and a.breakdown <> MANY";

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../input/survey.toml");

    #[test]
    fn numbers_stand_in_the_order_in_which_they_are_read() {
        let of: [(Part, &[Number]); 7] = [
            (Part::Account, &ACCOUNT),
            (Part::Asked, &ASKED),
            (Part::Forms, &FORMS),
            (Part::Cell, &CELL),
            (Part::Combination, &COMBINATION),
            (Part::Pair, &PAIR),
            (Part::Linked, &LINKED),
        ];
        assert_eq!(of.len(), Part::ALL.len());
        for (part, numbers) in of {
            let names: Vec<&str> = numbers.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, part.numbers(), "{part:?}");
            assert_eq!(Part::named(part.name()), Some(part));
        }
    }

    #[test]
    fn texts_of_a_definition_do_no_harm() {
        let label = "label = \"20'17\\\\\"";
        let survey = crate::survey::read(SAMPLE.replacen("label = \"2017\"", label, 1).as_bytes()).unwrap();
        let duckdb = query(&survey, Dialect::DuckDb, "answers");
        assert!(duckdb.contains("'20''17\\'") && !duckdb.contains("'20'1"));
        let spark = query(&survey, Dialect::Spark, "answers");
        assert!(spark.contains("'20\\'17\\\\'") && !spark.contains("'20'1"));
    }

    #[test]
    fn a_survey_without_departments_or_breakdowns_has_a_query() {
        let text = "format = 1\ntitle = \"Staff\"\n[organisation]\nname = \"C\"\n[scale]\nlow = 1\nhigh = 5\n\
            low-label = \"low\"\nhigh-label = \"high\"\n[[question]]\nid = \"Q1\"\ntext = \"Trust?\"\n\
            [audience.staff]\nlabel = \"Staff\"\n[[wave]]\nlabel = \"2025\"\nsums = \"sums.csv\"\n";
        let survey = crate::survey::read(text.as_bytes()).unwrap();
        let query = query(&survey, Dialect::DuckDb, "answers");
        assert!(query.contains("sum(s5)") && query.contains("where 1 = 0"));
    }
}
