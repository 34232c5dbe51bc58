//! An invented paper of realistic size, for looking at and for the tests.

use std::sync::Arc;

use crate::ingest::{Note, Words};
use crate::publish::charts::{draw, sample};
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Commentary, Drawing, Exhibit, Front, KeyFigure, Paper, Raster, Section};
use crate::publish::table::{Column, Table, Value};

const QUESTIONS: [&str; 8] = [
    "Sharing information",
    "Trust",
    "Inclusion in decisions",
    "Integrated working",
    "Managing conflicts",
    "Roles and responsibilities",
    "Strategic direction",
    "Responsiveness",
];
const DEPARTMENTS: [&str; 10] = [
    "Adult Operations - Senior Managers",
    "Adult Operations - Service Teams",
    "Adult Operations - Service Placement Team",
    "Safeguarding",
    "Community Agents",
    "Commissioning Officers",
    "Finance",
    "Procurement",
    "Contract Management",
    "Quality Improvement",
];

fn text(words: &str) -> String {
    words.to_owned()
}

/// A score that differs from place to place; the figures mean nothing.
fn score(seed: usize) -> String {
    format!("{}.{:02}", 1 + (seed * 7) % 3, (seed * 37) % 100)
}

fn number(seed: usize) -> Value {
    Value::Number(score(seed))
}

fn years() -> Table {
    let columns = vec![
        Column::text("Question"),
        Column::number("2016 score (1 to 4)"),
        Column::number("2016 number who answered"),
        Column::number("2017 score (1 to 4)"),
        Column::number("2017 number who answered"),
        Column::number("Change (points)"),
        Column::text("What the survey can tell"),
    ];
    let row = |(index, question): (usize, &&str)| {
        let verdict = if index % 3 == 0 { "rose" } else { "cannot tell whether this changed" };
        let (later, change) = if index == 5 {
            (Value::Mark(Mark::Break), Value::Mark(Mark::Break))
        } else {
            (number(index + 2), Value::Number(format!("+0.{:02}", 10 + index)))
        };
        vec![
            Value::Text(text(question)),
            number(index + 1),
            Value::Number(text("25")),
            later,
            Value::Number(text("77")),
            change,
            Value::Text(text(verdict)),
        ]
    };
    Table {
        name: text("question-scores"),
        title: text("Average score that care providers gave the council, by question, 2016 and 2017"),
        base: text("25 care providers in 2016 and 77 in 2017"),
        source: text("relationship-management survey, care providers"),
        notes: vec![text("Scores run from 1 (low) to 4 (high). Answers of \"no contact\" are not scores.")],
        columns,
        rows: QUESTIONS.iter().enumerate().map(row).collect(),
    }
}

fn departments() -> Table {
    let mut columns = vec![Column::text("Department")];
    columns.extend(QUESTIONS.iter().map(|question| Column::number(*question)));
    let row = |(index, department): (usize, &&str)| {
        let mut values = vec![Value::Text(text(department))];
        values.extend((0..8).map(|question| match (index, question) {
            (4, _) | (2, 6) => Value::Mark(Mark::Withheld),
            (6, 7) => Value::Mark(Mark::NobodyScored),
            _ => number(index * 8 + question),
        }));
        values
    };
    Table {
        name: text("department-scores"),
        title: text("Average score that care providers gave each department, by question, 2017"),
        base: text("77 care providers"),
        source: text("relationship-management survey, care providers"),
        notes: vec![text("Departments stand in the order of the questionnaire.")],
        columns,
        rows: DEPARTMENTS.iter().enumerate().map(row).collect(),
    }
}

fn response() -> Table {
    let row = |cells: [&str; 4]| {
        let [audience, invited, answered, rate] = cells.map(text);
        vec![Value::Text(audience), Value::Number(invited), Value::Number(answered), Value::Number(rate)]
    };
    Table {
        name: text("response"),
        title: text("How many were invited and how many answered, 2017"),
        base: text("77 care providers and 40 council officers"),
        source: text("relationship-management survey"),
        notes: Vec::new(),
        columns: vec![
            Column::text("Who"),
            Column::number("Invited (number)"),
            Column::number("Answered (number)"),
            Column::number("Response (%)"),
        ],
        rows: vec![row(["Care providers", "914", "77", "8"]), row(["Council officers", "120", "40", "33"])],
    }
}

/// A stand-in for a chart: rows of dots in the manner of the real ones.
fn picture(id: &str) -> String {
    let mut rows = String::new();
    for (index, question) in QUESTIONS.iter().enumerate() {
        let y = 60 + index * 40;
        let (left, right) = (330 + (index * 53) % 200, 420 + (index * 71) % 260);
        rows.push_str(&format!(
            "<text x=\"0\" y=\"{}\">{question}</text><line x1=\"260\" x2=\"820\" y1=\"{y}\" y2=\"{y}\" stroke=\"#595959\" stroke-opacity=\".3\"/><line x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\" stroke=\"#12436D\" stroke-width=\"3\"/><circle cx=\"{left}\" cy=\"{y}\" r=\"7\" fill=\"#F46A25\"/><circle cx=\"{right}\" cy=\"{y}\" r=\"7\" fill=\"#12436D\"/><text x=\"850\" y=\"{}\">+0.{index}4 points</text>",
            y + 5,
            y + 5
        ));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"380\" viewBox=\"0 0 960 380\" role=\"img\" aria-labelledby=\"{id}-name {id}-text\"><title id=\"{id}-name\">Scores by question</title><desc id=\"{id}-text\">Providers score each question higher than officers.</desc><g aria-hidden=\"true\" font-family=\"Source Sans 3\" font-size=\"16\" fill=\"#0B0C0C\"><text x=\"260\" y=\"24\">1 low</text><text x=\"780\" y=\"24\">4 high</text>{rows}</g></svg>"
    )
}

fn drawing(name: &str, headline: &str) -> Drawing {
    Drawing {
        headline: text(headline),
        subtitle: text(
            "Average score from 1 (low) to 4 (high), care providers and council officers, 2017; 77 care providers and 40 officers answered",
        ),
        notes: vec![text(
            "Each dot is an average; the line between them is the gap. Likely ranges are in the table.",
        )],
        svg: picture(&format!("{name}-picture")).into(),
        alternative: format!("{headline}. The table holds every figure."),
        raster: Some(Raster {
            png: draw(&sample()).and_then(|drawn| drawn.png()).expect("a picture").into(),
            words: 0.1,
        }),
        picture_file: Some(format!("charts/{name}.svg")),
    }
}

fn exhibit(table: Table, drawing: Option<Drawing>, open: bool) -> Block {
    let table_file = Some(format!("tables/{}.csv", table.name));
    Block::Exhibit(Box::new(Exhibit { drawing, table: table.into(), table_file, open, folded: false }))
}

fn key(label: &str, figure: &str, detail: &str) -> KeyFigure {
    KeyFigure { label: text(label), figure: text(figure), detail: text(detail) }
}

fn section(id: &str, heading: &str, blocks: Vec<Block>) -> Section {
    Section { id: text(id), heading: text(heading), blocks, annex: id == "departments" }
}

/// The paper.
pub fn paper() -> Paper {
    let paragraph = |words: &str| Block::Paragraph(text(words));
    let response = section(
        "response",
        "Who answered, and what the committee can take from it",
        vec![
            paragraph(
                "More than three times as many care providers answered in 2017 (77) as in 2016 (25). The council had invited about 914, so roughly one in twelve answered. What follows describes those who answered first, and all care providers only as far as the likely ranges allow.",
            ),
            Block::KeyFigures(vec![
                key(
                    "Care providers who answered",
                    "more than three times as many",
                    "77 in 2017, 25 in 2016, of about 914 invited",
                ),
                key("Average score they gave", "2.28", "from 1 (low) to 4 (high); likely range 2.11 to 2.45"),
                key(
                    "Change since 2016",
                    "+0.21",
                    "points (+10%): the survey cannot tell whether this changed",
                ),
                key("Officers' average score", "2.15", "40 officers answered"),
            ]),
            exhibit(response(), None, true),
        ],
    );
    let runs = |words: &str| vec![Words { text: text(words), strong: true, emphasis: true }];
    let comment = Commentary {
        about: Some(text("Care providers, Q2 Trust, 2017: average 2.53, 77 answered")),
        notes: vec![
            Note::Paragraph(runs("Workshops said otherwise.")),
            Note::Bullets(vec![runs("One"), runs("Two")]),
        ],
    };
    let sides = section(
        "both-sides",
        "Where the two sides see it differently",
        vec![
            paragraph(
                "Care providers and council officers answered the same eight questions. Providers scored the relationship higher on six of them; on the other two there is no clear difference.",
            ),
            Block::Commentary(comment),
            Block::Bullets(vec![
                text("Trust: highest among providers, but the gap to the next question could be chance."),
                text("Strategic direction: lowest among officers, with a clear gap to every other question."),
                text("Responsiveness: no clear difference between the two sides."),
            ]),
            exhibit(
                years(),
                Some(drawing("both-sides", "Providers score most questions higher than officers do")),
                false,
            ),
            Block::Heading(text("What has changed since 2016")),
            paragraph(
                "A score that moves between two surveys may have moved because relationships did, or because other people answered. The table keeps the two apart where it can.",
            ),
        ],
    );
    let mut open = years();
    open.name = text("question-changes");
    let departments = section(
        "departments",
        "Departments",
        vec![
            paragraph(
                "Departments stand in the order of the questionnaire, not as a league table: protection covers those who answered, not the few people who were scored.",
            ),
            exhibit(departments(), None, true),
            Block::Heading(text("Change by question")),
            exhibit(open, Some(drawing("changes", "Three of eight questions rose clearly since 2016")), true),
            Block::Heading(text("Words in this paper")),
            Block::Glossary(vec![
                (
                    text("Likely range"),
                    text("Where the score of everyone invited probably lies, judging by those who answered."),
                ),
                (
                    text("No contact"),
                    text(
                        "The answer 0: the provider has nothing to do with that department. It is not a low score.",
                    ),
                ),
                (text("Number who answered"), text("How many people gave the answers behind a figure.")),
            ]),
        ],
    );
    Paper {
        title: text("How well care providers and the council work together"),
        organisation: text("Example County Council"),
        period: text("2016 and 2017"),
        front: Front {
            details: vec![
                (text("Committee"), text("Example Scrutiny Committee")),
                (text("Date"), text("15 March 2018")),
            ],
            purpose: Some(text("To say how relationships have changed.")),
            recommendations: vec![text("To note the paper."), text("To ask for a survey next year.")],
        },
        contact: Some(text("Survey team, survey@example.gov.uk")),
        style: crate::survey::Style::default(),
        stamps: vec![text("Illustrative: invented answers"), text("Not for publication")],
        sections: vec![response, sides, departments],
    }
}

/// The sample with `words` wherever text from data can stand.
pub fn hostile(words: &str) -> Paper {
    let mut paper = paper();
    let spoil = |text: &mut String| *text = words.to_owned();
    [&mut paper.title, &mut paper.organisation, &mut paper.period].into_iter().for_each(spoil);
    paper.stamps.iter_mut().chain(&mut paper.contact).for_each(spoil);
    let Front { details, purpose, recommendations } = &mut paper.front;
    details.iter_mut().for_each(|(label, text)| [label, text].into_iter().for_each(spoil));
    purpose.iter_mut().chain(recommendations).for_each(spoil);
    for section in &mut paper.sections {
        spoil(&mut section.heading);
        for block in &mut section.blocks {
            match block {
                Block::Paragraph(text) | Block::Heading(text) => spoil(text),
                Block::Bullets(items) => items.iter_mut().for_each(spoil),
                Block::KeyFigures(figures) => {
                    for figure in figures {
                        [&mut figure.label, &mut figure.figure, &mut figure.detail]
                            .into_iter()
                            .for_each(spoil);
                    }
                }
                Block::Glossary(terms) => {
                    for (term, meaning) in terms {
                        [term, meaning].into_iter().for_each(spoil);
                    }
                }
                Block::Commentary(comment) => {
                    comment.about.iter_mut().for_each(spoil);
                    for note in &mut comment.notes {
                        let runs = match note {
                            Note::Paragraph(runs) => vec![runs],
                            Note::Bullets(items) => items.iter_mut().collect(),
                        };
                        runs.into_iter().flatten().for_each(|run| spoil(&mut run.text));
                    }
                }
                Block::Exhibit(exhibit) => {
                    if let Some(drawing) = &mut exhibit.drawing {
                        [&mut drawing.headline, &mut drawing.subtitle, &mut drawing.alternative]
                            .into_iter()
                            .for_each(spoil);
                        drawing.notes.iter_mut().for_each(spoil);
                    }
                    let table = Arc::make_mut(&mut exhibit.table);
                    [&mut table.title, &mut table.base, &mut table.source].into_iter().for_each(spoil);
                    table.notes.iter_mut().for_each(spoil);
                    table.columns.iter_mut().for_each(|column| spoil(&mut column.header));
                    for value in table.rows.iter_mut().flatten() {
                        match value {
                            Value::Text(text) | Value::Number(text) => spoil(text),
                            Value::Mark(_) => {}
                        }
                    }
                }
            }
        }
    }
    paper
}
