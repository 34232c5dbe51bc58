//! The same figure reads the same everywhere: in the tables, the workbook, the report, the Word paper,
//! beside the marks of every chart and in every sentence, as the data files give it.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use crate::figures::{Address, Figures, What};
use crate::markup::Element;
use crate::sentences::{assert_figures, numbers, sentences};
use crate::support::{Table, sample_output};
use crate::word::{as_number, document, named, tables};
use crate::xlsx::Book;

/// Columns of numbers that no data file has: they are of forms, of weightings, of splits of a change, and
/// of tests. What they say is held to the other formats, and by tests of their own to the exports.
const ELSEWHERE: [&str; 40] = [
    "(number)",
    "forms returned (number)",
    "invited (number)",
    "response rate (%)",
    "share of answers (%)",
    "who gave a score or said no contact (number)",
    "Answered (number)",
    "As published (score 1 to 4)",
    "Answers of another form (number)",
    "Average no contact a question (number)",
    "Change (percentage points)",
    "Change had the same mix answered (points)",
    "Design effect (ratio)",
    "Different people answering (points)",
    "Effective number of forms (number)",
    "Effective number of forms once weighted (number)",
    "F",
    "Forms (number)",
    "Forms returned (number)",
    "Invited (number)",
    "Largest weight (times the average weight)",
    "More or fewer of them answering (points)",
    "No answer at all (number)",
    "Only no contact (number)",
    "Same groups scoring differently (points)",
    "Same score everywhere (number)",
    "Scoring differently (points)",
    "Sides (number)",
    "Smallest change that could have been noticed (percentage points)",
    "Smallest weight (times the average weight)",
    "Weighted average (score 1 to 4)",
    "Weighted average, all questions (score 1 to 4)",
    "Weighted minus as answered (points)",
    "Who scored every question (number)",
    "p",
    "p adjusted",
    "Year",
    "Cronbach's alpha (at most 1)",
    EFFECT,
    "Who answered (number)",
];
const EFFECT: &str = "Cliff's delta (−1 to +1)";
/// Beginnings and ends of more of them.
const BEGINNINGS: [&str; 7] = [
    "Likely range ",
    "Scored ",
    "More forms ",
    "Standard error ",
    "Numerator ",
    "Denominator ",
    "Average score over",
];
const ENDS: [&str; 2] = ["(% left empty)", "(correlation)"];

/// A published table in every format, and which of its places are figures of the data files.
struct Everywhere {
    name: String,
    title: String,
    csv: Table,
    figures: BTreeMap<(usize, usize), What>,
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// The files of a run by their names.
type Files = BTreeMap<String, Vec<u8>>;

/// Reads the CSV tables and holds every figure to the data files.
fn read(figures: &Figures, files: &Files) -> Vec<Everywhere> {
    let names = files.keys().filter(|name| name.starts_with("publish/tables/") && name.ends_with(".csv"));
    names
        .map(|name| {
            let described = &files[&format!("{name}-metadata.json")];
            let described: serde_json::Value = serde_json::from_slice(described).expect("JSON");
            let title = described["dc:title"].as_str().expect("a title").to_owned();
            let csv = Table::of(&files[name]);
            let found = held(figures, name, &title, &csv);
            let name = name.trim_start_matches("publish/tables/").trim_end_matches(".csv").to_owned();
            Everywhere { name, title, csv, figures: found }
        })
        .collect()
}

fn held(figures: &Figures, name: &str, title: &str, csv: &Table) -> BTreeMap<(usize, usize), What> {
    let mut found = BTreeMap::new();
    for (number, row) in csv.rows.iter().enumerate() {
        for (column, text) in row.iter().enumerate() {
            let heading = &csv.header[column];
            let figure = figures.place(title, &csv.header, row, column);
            // A split of a change that is not shown takes its whole row with it.
            // So does an effect size, and a change of no contact.
            let is_of = |heading: &str| csv.header.iter().any(|it| it == heading);
            let is_whole_row =
                is_of("People told apart by") || is_of(EFFECT) || is_of("Change (percentage points)");
            let is_unsplit = is_whole_row && text == "[c]";
            if let Some((what, printed)) = figure.filter(|_| !is_unsplit) {
                // Where a data file has a figure, no table has a mark.
                assert!(printed.allows(text), "{name}, {row:?}, {heading}: {text} for {printed:?}");
                found.insert((number, column), what);
            } else if is_number(text) {
                let year = figures.waves.iter().find_map(|wave| heading.strip_prefix(&format!("{wave} ")));
                let heading = year.unwrap_or(heading);
                let is_known = ELSEWHERE.contains(&heading)
                    || BEGINNINGS.iter().any(|one| heading.starts_with(one))
                    || ENDS.iter().any(|one| heading.ends_with(one));
                assert!(is_known, "{name}, {row:?}, {heading}: {text} is in no data file");
            }
        }
    }
    found
}

/// Compares a table as some format has it with its CSV file: how many figures there are.
#[track_caller]
fn assert_same(own: &Everywhere, format: &str, header: &[String], rows: &[Vec<String>]) -> usize {
    assert_eq!(header, own.csv.header, "{format}: {}", own.name);
    assert_eq!(rows.len(), own.csv.rows.len(), "{format}: {}", own.name);
    for (number, (row, expected)) in rows.iter().zip(&own.csv.rows).enumerate() {
        for (column, (text, expected)) in row.iter().zip(expected).enumerate() {
            let is_figure = own.figures.contains_key(&(number, column)) || is_number(expected);
            let text = if is_figure { as_number(text) } else { text.clone() };
            let place = || format!("{format}: {}, {row:?}, {}", own.name, own.csv.header[column]);
            assert_eq!(&text, expected, "{}", place());
        }
        assert_eq!(row.len(), expected.len(), "{format}: {}", own.name);
    }
    own.figures.len()
}

fn in_workbook(all: &[Everywhere], files: &Files) -> usize {
    let book = Book::read(&files["publish/tables.xlsx"]);
    let mut count = 0;
    for (number, own) in (1..).zip(all) {
        let rows = book.sheet(&format!("Table_{number}")).rows();
        for (row, column) in own.figures.keys() {
            assert!(rows[row + 1][*column].is_number, "{}: a figure that is no number", own.name);
        }
        let texts: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
        count += assert_same(own, "workbook", &texts[0], &texts[1..]);
    }
    count
}

/// The tables of the report by their ids, as people read them.
fn of_report(report: &Element) -> BTreeMap<String, Vec<Vec<String>>> {
    let tables = report.named("table").into_iter().map(|table| {
        let id = table.attribute("aria-labelledby").expect("an id").trim_end_matches("-title");
        let row = |row: &Element| {
            row.all()
                .iter()
                .filter(|cell| ["th", "td"].contains(&cell.name.as_str()))
                .map(|cell| cell.text())
                .collect()
        };
        (id.to_owned(), table.named("tr").into_iter().map(row).collect())
    });
    tables.collect()
}

fn in_report(all: &[Everywhere], found: &BTreeMap<String, Vec<Vec<String>>>) -> usize {
    let count = |own: &Everywhere| {
        let rows = &found[&id(&own.name)];
        assert_same(own, "report", &rows[0], &rows[1..])
    };
    all.iter().map(count).sum()
}

/// "05-trend" is "exhibit-trend" in the report.
fn id(name: &str) -> String {
    format!("exhibit-{}", name.split_once('-').expect("a number").1)
}

/// Figures in the Word paper, and how many there are to be: those of the tables that it prints.
fn in_word(all: &[Everywhere], files: &Files) -> (usize, usize) {
    let text = document(&files["publish/report.docx"]);
    let printed = tables(&text);
    let mut counts = (0, 0);
    for own in all {
        let number: usize =
            own.name.split('-').next().and_then(|number| number.parse().ok()).expect("a number");
        let is_named = text.contains(&format!("worksheet Table_{number} of tables.xlsx."));
        assert_ne!(printed.contains_key(&own.title), is_named, "{} is either printed or named", own.name);
        if let Some(rows) = printed.get(&own.title) {
            counts.0 += assert_same(own, "Word", &rows[0], &rows[1..]);
            counts.1 += own.figures.len();
        }
    }
    counts
}

// --- charts --------------------------------------------------------------------------------------

/// What is written beside the marks of a chart, in the order of drawing.
#[derive(Debug, Default, PartialEq, Eq)]
struct Labels {
    /// "2.45"
    scores: Vec<String>,
    /// "+0.22", "−0.49, care", "0.00"
    points: Vec<String>,
    /// "27%", without those of the axis
    percent: Vec<String>,
}

fn labels<'t>(texts: impl Iterator<Item = &'t str>) -> Labels {
    let mut labels = Labels::default();
    for text in texts {
        let first = text.split(',').next().unwrap_or_default().trim();
        let magnitude = first.trim_start_matches(['+', '\u{2212}']);
        let is_value = magnitude
            .split_once('.')
            .is_some_and(|(whole, part)| is_number(whole) && part.len() == 2 && is_number(part));
        if is_value && first == magnitude && !first.starts_with('0') {
            labels.scores.push(first.to_owned());
        } else if is_value {
            labels.points.push(as_number(first));
        } else if first == text && text.strip_suffix('%').is_some_and(is_number) {
            labels.percent.push(text.trim_end_matches('%').to_owned());
        }
    }
    labels
}

/// What a chart has to say: its table's figures row by row; or column by column, where groups are set
/// beside each other question by question, without everyone.
fn of_table(own: &Everywhere, by_rows: bool) -> Labels {
    let mut labels = Labels::default();
    let (rows, columns) = (own.csv.rows.len(), own.csv.header.len());
    let places: Vec<(usize, usize)> = if by_rows {
        (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))).collect()
    } else {
        let groups: Vec<usize> = (0..rows).filter(|row| own.csv.rows[*row][0] != "Everyone").collect();
        (0..columns).flat_map(|column| groups.iter().map(move |row| (*row, column))).collect()
    };
    for (row, column) in places {
        let text = &own.csv.rows[row][column];
        let heading = own.csv.header[column].as_str();
        match own.figures.get(&(row, column)) {
            Some(What::Mean | What::Beside("others_mean")) => labels.scores.push(text.clone()),
            Some(What::Beside("difference")) => labels.points.push(text.clone()),
            Some(What::NoContact) => labels.percent.push(text.clone()),
            Some(What::Change("change" | "matched_change", _) | What::Gap("gap", _)) => {
                // Drawn with its range as if people were separate, and with the overlap known.
                let times = if heading == "Change among everyone (points)" { 2 } else { 1 };
                labels.points.extend(std::iter::repeat_n(text.clone(), times));
            }
            None if PARTS.contains(&heading) && is_number(text) => labels.points.push(text.clone()),
            _ => {}
        }
    }
    labels
}

/// Parts of a change, which are drawn before their sum.
const PARTS: [&str; 2] = ["Same groups scoring differently (points)", "Different people answering (points)"];

/// Holds the texts of a chart to its table: how many labels there are.
fn assert_drawn<'t>(own: &Everywhere, place: &str, texts: impl Iterator<Item = &'t str>) -> usize {
    let mut drawn = labels(texts);
    let mut expected = [of_table(own, true), of_table(own, false)];
    if own.csv.header.iter().any(|heading| PARTS.contains(&heading.as_str())) {
        // The sum stands first in the table and last in the picture.
        for labels in &mut expected {
            labels.points.chunks_mut(3).for_each(|row| row.rotate_left(1));
        }
    }
    if expected[0].percent.is_empty() {
        // Shares of those invited, which the table has as numbers.
        drawn.percent.clear();
    }
    // An axis is drawn before the figures.
    let ends = drawn.percent.len().saturating_sub(expected[0].percent.len());
    let axis: BTreeSet<String> = drawn.percent.drain(..ends).collect();
    assert!(axis.iter().all(|end| ["0", "100"].contains(&end.as_str())), "{place}: {axis:?}");
    assert!(expected.contains(&drawn), "{place}: {drawn:?} for {:?}", expected[0]);
    drawn.scores.len() + drawn.points.len() + drawn.percent.len()
}

fn in_charts(all: &[Everywhere], files: &Files, wanted: &str) -> usize {
    let mut count = 0;
    let charts =
        files.iter().filter(|(name, _)| name.starts_with("publish/charts/") && name.ends_with(".svg"));
    for (name, bytes) in charts {
        let stem = name.trim_start_matches("publish/charts/").trim_end_matches(".svg");
        if !stem.contains(wanted) {
            continue;
        }
        let own = all.iter().find(|own| own.name == stem).unwrap_or_else(|| panic!("{name} has no table"));
        let svg = std::str::from_utf8(bytes).expect("UTF-8");
        let tree = Document::parse(svg).expect("XML");
        let texts: Vec<Node<'_, '_>> = named(tree.root(), "text").collect();
        count += assert_drawn(own, name, texts.iter().filter_map(|text| text.text()));
    }
    count
}

/// Charts stand in the report as well, drawn once more for the page.
fn in_inline_charts(all: &[Everywhere], report: &Element, wanted: &str) -> usize {
    let mut count = 0;
    for svg in report.named("svg") {
        let id = svg.attribute("aria-labelledby").expect("a title");
        let name = id
            .trim_start_matches("chart-")
            .split("-title")
            .next()
            .expect("a name")
            .trim_end_matches("-inline");
        if !name.contains(wanted) {
            continue;
        }
        let own = all.iter().find(|own| own.name.split_once('-').is_some_and(|(_, own)| own == name));
        let texts: Vec<String> = svg.named("text").into_iter().map(Element::text).collect();
        count += assert_drawn(
            own.unwrap_or_else(|| panic!("{name} has no table")),
            "report",
            texts.iter().map(String::as_str),
        );
    }
    count
}

// --- sentences -----------------------------------------------------------------------------------

/// Sentences with figures that are no findings, on what the survey could have noticed.
const OTHERS: [&str; 3] = [
    "the smallest that would have been noticed four times out of five is",
    "is noticed four times out of five if so many answer",
    "(t(0.975) + t(0.80)) standard errors",
];

/// What the analyst's own words of the sample are on.
const COMMENTED: &str = "2016/officers/whole/Q2/all/all";

/// Findings stand in the report and in the Word paper word for word: how many of their figures.
fn in_paragraphs(
    figures: &Figures,
    place: &str,
    said: &BTreeSet<String>,
    paragraphs: impl Iterator<Item = String>,
) -> usize {
    let mut count = 0;
    for paragraph in paragraphs.filter(|paragraph| !numbers(paragraph).is_empty()) {
        if OTHERS.iter().any(|words| paragraph.contains(words)) {
            continue;
        }
        if let Some((_, average)) = paragraph.split_once(": average ") {
            let at = Address::read(COMMENTED).expect("an address");
            let mean = average.split(',').next().expect("a number");
            assert!(figures.mean(&at).is_some_and(|printed| printed.allows(mean)), "{place}: {paragraph}");
        } else {
            // The summary puts findings of a topic together where there are many.
            let rest = said.iter().fold(paragraph.clone(), |rest, finding| rest.replace(finding, ""));
            assert_eq!(rest.trim(), "", "{place} says what no finding says");
        }
        count += numbers(&paragraph).len();
    }
    count
}

/// The large figures of the summary: an average for each audience, and its change.
fn in_key_figures(figures: &Figures, report: &Element) -> usize {
    let mut count = 0;
    for list in report.named("dl").into_iter().filter(|list| list.attribute("class") == Some("key-figures")) {
        for one in list.named("div") {
            let label = one.named("dt")[0].text();
            let [figure, detail] = ["figure", "detail"].map(|class| {
                let found = one.named("dd").into_iter().find(|dd| dd.attribute("class") == Some(class));
                found.unwrap_or_else(|| panic!("{label} has no {class}")).text()
            });
            let audiences = figures.audiences();
            let (audience, _, headline) =
                audiences.iter().find(|(_, own, _)| label.starts_with(own)).expect("one");
            let wave = figures.waves.last().expect("a year");
            let at = Address::read(&format!("{wave}/{audience}/{headline}/all/all/all")).expect("an address");
            let change = &numbers(&detail)[0].text;
            let expected =
                [figures.printed(What::Mean, &at), figures.printed(What::Change("change", true), &at)];
            for (printed, text) in expected.iter().zip([&figure, change]) {
                assert!(
                    printed.as_ref().is_some_and(|it| it.allows(text)),
                    "{label}: {text} for {printed:?}"
                );
                count += 1;
            }
        }
    }
    count
}

/// How many figures were held to the data files.
struct Held {
    in_tables: usize,
    averages: usize,
    beside_others: usize,
    in_word: usize,
    in_charts: usize,
    in_paragraphs: usize,
    in_sentences: BTreeMap<&'static str, usize>,
}

#[test]
fn the_same_figure_reads_the_same_everywhere() {
    let held = assert_the_same(sample_output(), "");
    let Held { in_tables, averages, in_word, in_charts, in_paragraphs, .. } = held;
    assert!(in_tables > 3_500 && averages > 1_200, "{in_tables} figures, {averages} averages in the tables");
    assert!(in_word > 1_000, "{in_word} in the Word paper");
    assert!(in_charts > 700, "{in_charts} beside marks");
    let kinds = held.in_sentences;
    assert!(kinds["averages"] > 200 && kinds["differences"] > 10 && kinds["likely ranges"] > 5, "{kinds:?}");
    assert!(in_paragraphs > 100, "{in_paragraphs} in the report");
}

#[test]
fn figures_beside_other_councils_read_the_same_everywhere() {
    let held = assert_the_same(&crate::councils::shared().output, "other-councils");
    assert!(held.in_charts > 60, "{} beside marks", held.in_charts);
    assert!(held.beside_others > 150, "{} figures beside other councils", held.beside_others);
    assert!(held.in_sentences["other councils"] > 10, "{:?}", held.in_sentences);
}

/// Holds everything that a run wrote to its data files; of charts those with this in their name.
#[track_caller]
fn assert_the_same(files: &Files, charts: &str) -> Held {
    let figures = Figures::of(files);
    let all = read(&figures, files);
    let expected: usize = all.iter().map(|own| own.figures.len()).sum();
    let count = |is_it: fn(&What) -> bool| {
        all.iter().flat_map(|own| own.figures.values()).filter(|what| is_it(what)).count()
    };
    assert_eq!(in_workbook(&all, files), expected);
    let report = Element::read(std::str::from_utf8(&files["publish/report.html"]).expect("UTF-8"));
    assert_eq!(in_report(&all, &of_report(&report)), expected);
    let (found, printed) = in_word(&all, files);
    assert_eq!(found, printed, "in the Word paper");
    let drawn = in_charts(&all, files, charts);
    assert_eq!(in_inline_charts(&all, &report, charts), drawn);

    let findings = sentences(std::str::from_utf8(&files["publish/findings.md"]).expect("UTF-8"));
    let mut kinds = BTreeMap::new();
    // Sentences on what the sample does not have are left to tests of their own.
    let is_read = |text: &str| charts.is_empty() || text.contains("other council");
    for sentence in findings.iter().filter(|it| is_read(&it.text)) {
        assert_figures(&figures, sentence, &mut kinds);
    }
    let said: BTreeSet<String> = findings.into_iter().map(|sentence| sentence.text).collect();
    let paragraphs = ["li", "p"].iter().flat_map(|name| report.named(name)).map(Element::text);
    let in_html = in_paragraphs(&figures, "the report", &said, paragraphs);
    assert_eq!(in_key_figures(&figures, &report), 2 * figures.audiences().len());
    let word = document(&files["publish/report.docx"]);
    let tree = Document::parse(&word).expect("XML");
    let is_of_table = |node: &Node<'_, '_>| node.ancestors().any(|above| above.tag_name().name() == "tbl");
    let paragraphs = named(tree.root(), "p").filter(|paragraph| !is_of_table(paragraph));
    let text = |paragraph| named(paragraph, "t").filter_map(|text| text.text()).collect();
    let in_docx = in_paragraphs(&figures, "the Word paper", &said, paragraphs.map(text));
    assert_eq!(in_html, in_docx, "in the report, and in the Word paper");
    Held {
        in_tables: expected,
        averages: count(|what| *what == What::Mean),
        beside_others: count(|what| matches!(what, What::Beside(_))),
        in_word: found,
        in_charts: drawn,
        in_paragraphs: in_html,
        in_sentences: kinds,
    }
}
