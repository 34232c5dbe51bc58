//! A search of every public file for the true value of everything that is withheld, in its context:
//! the number beside the labels of its row and column, under a title that names audience and year.
//! Knows nothing of the program's attacks.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use serde_json::Value;

use super::{Row, text_chunks, truth};

/// A number as it is written, and all the words that say what it is.
struct Figure {
    number: String,
    /// Words of its row, its column and the title above; the first that name a year do so for good.
    context: [String; 3],
}

/// What is withheld: its true mean, and the words that would name it.
struct Secret {
    address: String,
    mean: f64,
    wave: String,
    words: Vec<Vec<String>>,
}

/// Every place under `publish/` where the mean of a withheld cell stands in its context.
///
/// # Panics
/// On a file that it does not know how to search.
pub fn found(output: &Path) -> Vec<String> {
    let publish = output.join("publish");
    let secrets = secrets(output);
    let mut found = Vec::new();
    let mut folders = vec![publish.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&publish).expect("within").to_string_lossy().into_owned();
            let bytes = fs::read(&path).expect("read");
            for figure in figures(&path, &name, &bytes) {
                let leaks = secrets.iter().filter(|secret| secret.is(&figure));
                found.extend(leaks.map(|secret| format!("{name}: {} {}", secret.address, figure.number)));
            }
            found.extend(
                secrets
                    .iter()
                    .filter(|secret| name.contains(&format!("{:.2}", secret.mean)))
                    .map(|secret| format!("{name}: {} in a name", secret.address)),
            );
        }
    }
    found.sort();
    found
}

impl Secret {
    fn is(&self, figure: &Figure) -> bool {
        let Ok(number) = figure.number.parse::<f64>() else { return false };
        let decimals = figure.number.split_once('.').map_or(0, |(_, part)| part.len());
        let step = 0.5 * 10_f64.powi(-(decimals.min(12) as i32)) + 1e-12;
        if decimals < 2 || (number - self.mean).abs() > step {
            return false;
        }
        let years = |text: &String| text.contains("2016") || text.contains("2017");
        let is_year =
            figure.context.iter().find(|text| years(text)).is_some_and(|text| text.contains(&self.wave));
        let all = figure.context.join(" | ").to_lowercase();
        is_year && self.words.iter().all(|any| any.iter().any(|word| has_word(&all, &word.to_lowercase())))
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        is_end(text[..at].chars().next_back()) && is_end(text[at + word.len()..].chars().next())
    })
}

/// The withheld rows of the public results, with the means that the private ones have.
fn secrets(output: &Path) -> Vec<Secret> {
    let read = |name: &str| fs::read_to_string(output.join(name)).expect("there");
    let about: Value = serde_json::from_str(&read("publish/about.json")).expect("JSON");
    let private: BTreeMap<String, Row> = truth(&read("private/results.csv"));
    let label = |path: &str| about.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let mut secrets = Vec::new();
    for (address, row) in truth(&read("publish/data/results.csv")) {
        let truth = private.get(&address).and_then(|row| row["mean"].parse::<f64>().ok());
        let (Some(mean), "withheld") = (truth, row["status"].as_str()) else { continue };
        let [audience, department, question, breakdown, group] =
            ["audience", "department", "question", "breakdown", "group"].map(|name| row[name].clone());
        let audiences = about["audiences"].as_array().expect("audiences");
        let named = audiences.iter().find(|one| one["id"] == audience.as_str()).expect("named");
        let questions = &about["labels"]["questions"][&question];
        let strings = |value: &Value| -> Vec<String> {
            value.as_array().into_iter().flatten().filter_map(|one| Some(one.as_str()?.to_owned())).collect()
        };
        let mut words = vec![vec![named["label"].as_str().expect("a label").to_owned()]];
        if question != "all" {
            words.push(strings(questions));
        }
        let is_one = !["all", "whole"].contains(&department.as_str());
        if is_one || named["scores-departments"] == true {
            words.extend(label(&format!("/labels/departments/{department}")).map(|one| vec![one]));
        }
        if breakdown != "all" {
            words.extend(
                label(&format!("/labels/breakdowns/{audience}/{breakdown}/groups/{group}"))
                    .map(|one| vec![one]),
            );
        }
        secrets.push(Secret { address, mean, wave: row["wave"].clone(), words });
    }
    assert!(secrets.len() > 100, "only {} means are withheld: the sample has small groups", secrets.len());
    secrets
}

/// Every number of a file with its context.
fn figures(path: &Path, name: &str, bytes: &[u8]) -> Vec<Figure> {
    let text = || String::from_utf8(bytes.to_vec()).expect("text");
    match name.rsplit('.').next().unwrap_or_default() {
        // Addresses instead of labels: the rows themselves are looked at.
        "csv" if name.starts_with("data/") => data(&text()),
        "csv" => {
            let described =
                fs::read_to_string(format!("{}-metadata.json", path.display())).expect("described");
            let described: Value = serde_json::from_str(&described).expect("JSON");
            let title = described["dc:title"].as_str().expect("a title");
            let text = text();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
            let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
            grid(title, &rows.collect::<Vec<Vec<String>>>())
        }
        "json" | "md" => text().lines().flat_map(sentence).collect(),
        "html" => page(&text()),
        "svg" => chart(&text()),
        "png" => sentence(&text_chunks(bytes)),
        "xlsx" | "docx" => package(bytes),
        _ => panic!("no search for {name}: a new kind of file needs one"),
    }
}

/// The data files name cells by ids; a row of a withheld cell must have no number of its mean.
fn data(text: &str) -> Vec<Figure> {
    assert!(text.lines().count() > 1);
    let header: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
    let status = header.iter().position(|name| *name == "status").expect("a status");
    for line in text.lines().skip(1) {
        let places: Vec<&str> = line.split(',').collect();
        if places[status] == "withheld" {
            let values = header.iter().zip(&places).filter(|(name, _)| {
                name.contains("mean")
                    || name.contains("share")
                    || name.contains("change")
                    || **name == "gap"
                    || name.contains("effect")
            });
            values.for_each(|(name, value)| assert_eq!(*value, "", "{name} in {line}"));
        }
    }
    Vec::new()
}

/// A header and rows: each number with its row's words and its column's.
fn grid(title: &str, rows: &[Vec<String>]) -> Vec<Figure> {
    let Some((header, rows)) = rows.split_first() else { return Vec::new() };
    let mut figures = Vec::new();
    for row in rows {
        let labels: Vec<&str> = row
            .iter()
            .filter(|text| !is_number(text) && !text.starts_with('['))
            .map(String::as_str)
            .collect();
        for (column, text) in header.iter().zip(row).filter(|(_, text)| is_number(text)) {
            let context = [labels.join(" | "), column.clone(), format!("{title} | {}", header[0])];
            figures.push(Figure { number: text.trim_start_matches(['+', '\u{2212}']).to_owned(), context });
        }
    }
    figures
}

fn is_number(text: &str) -> bool {
    text.trim_start_matches(['+', '-', '\u{2212}']).parse::<f64>().is_ok()
}

fn sentence(text: &str) -> Vec<Figure> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let words = words.map(|word| word.trim_matches('.')).filter(|word| word.contains('.'));
    let context = || [text.to_owned(), String::new(), String::new()];
    words.map(|word| Figure { number: word.to_owned(), context: context() }).collect()
}

/// Tables under their captions, and every other text by itself.
fn page(html: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<table") {
        let end = rest[start..].find("</table>").map_or(rest.len(), |end| start + end);
        let table = &rest[start..end];
        let caption = table.split("</caption>").next().map(visible).unwrap_or_default();
        let rows: Vec<Vec<String>> = table
            .split("<tr")
            .skip(1)
            .map(|row| {
                let cells = row.split("<t").skip(1).filter(|cell| cell.starts_with(['h', 'd']));
                cells
                    .map(|cell| visible(&format!("<t{}", cell.split("</t").next().unwrap_or_default())))
                    .collect()
            })
            .collect();
        figures.extend(grid(&caption, &rows));
        figures.extend(rest[..start].split("</").flat_map(|piece| sentence(&visible(piece))));
        rest = &rest[end..];
    }
    figures.extend(rest.split("</").flat_map(|piece| sentence(&visible(piece))));
    figures.extend(
        html.split("<svg").skip(1).flat_map(|svg| chart(svg.split("</svg>").next().unwrap_or_default())),
    );
    figures
}

fn visible(markup: &str) -> String {
    let pieces = markup.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text = pieces.collect::<Vec<_>>().join(" ");
    text.replace("&quot;", "\"").replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every number of a chart with the words at its height, its title and its description; attributes
/// beside coordinates too.
fn chart(svg: &str) -> Vec<Figure> {
    let between = |name: &str| {
        let start = svg.find(&format!("<{name}"))?;
        let end = svg[start..].find(&format!("</{name}>"))?;
        Some(visible(&svg[start..start + end]))
    };
    let title = format!("{} | {}", between("title").unwrap_or_default(), between("desc").unwrap_or_default());
    let texts: Vec<(f64, String)> = svg
        .split("<text")
        .skip(1)
        .filter_map(|text| {
            let height = text.split(" y=\"").nth(1)?.split('"').next()?.parse().ok()?;
            Some((height, visible(&format!("<text{}", text.split("</text>").next()?))))
        })
        .collect();
    let mut figures = sentence(&title);
    for (height, number) in texts.iter().filter(|(_, text)| is_number(text)) {
        let beside = texts.iter().filter(|(other, text)| (other - height).abs() < 100.0 && !is_number(text));
        let beside: Vec<&str> = beside.map(|(_, text)| text.as_str()).collect();
        // A heading of small charts stands above: any question may be meant.
        let questions: Vec<&str> =
            texts.iter().map(|(_, text)| text.as_str()).filter(|text| text.starts_with('Q')).collect();
        let context = [beside.join(" | "), questions.join(" | "), title.clone()];
        figures.push(Figure { number: number.clone(), context });
    }
    figures
}

/// Worksheets and Word tables as grids, every other text by itself.
fn package(bytes: &[u8]) -> Vec<Figure> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut texts = BTreeMap::new();
    for at in 0..parts.len() {
        let mut part = parts.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        let name = part.name().expect("a name").into_owned();
        texts.insert(name, bytes);
    }
    let lossy = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
    let shared = texts.get("xl/sharedStrings.xml").map(lossy).unwrap_or_default();
    let shared: Vec<String> = shared
        .split("<si>")
        .skip(1)
        .map(|one| visible(one.split("</si>").next().unwrap_or_default()))
        .collect();
    let mut figures = Vec::new();
    for (name, bytes) in &texts {
        match name.rsplit('.').next().unwrap_or_default() {
            "xml" if name.starts_with("xl/worksheets/") => figures.extend(sheet(&lossy(bytes), &shared)),
            "xml" if name == "word/document.xml" => {
                let html = lossy(bytes).replace("<w:tbl>", "<table>").replace("</w:tbl>", "</table>");
                let html =
                    html.replace("<w:tr>", "<tr>").replace("<w:tr ", "<tr ").replace("</w:tr>", "</tr>");
                let html = html.replace("<w:tc>", "<td>").replace("</w:tc>", "</td>");
                let mut title = String::new();
                for piece in html.split("<table>") {
                    let (table, after) = piece.split_once("</table>").unwrap_or(("", piece));
                    figures.extend(page(&format!("<table><caption>{title}</caption>{table}</table>")));
                    figures.extend(after.split("</w:p>").flat_map(|text| sentence(&visible(text))));
                    title = caption(after);
                }
            }
            "xml" | "rels" => {
                figures.extend(lossy(bytes).split("</").flat_map(|text| sentence(&visible(text))));
            }
            "svg" => figures.extend(chart(&lossy(bytes))),
            "png" => figures.extend(sentence(&text_chunks(bytes))),
            "ttf" | "odttf" => {}
            _ => panic!("no search for {name} in a package"),
        }
    }
    figures
}

/// The last caption of a Word text with what follows it, or all of it where there is none.
fn caption(text: &str) -> String {
    let paragraphs: Vec<String> = text.split("</w:p>").map(visible).collect();
    let is_caption = |text: &String| text.starts_with("Table ") || text.starts_with("Figure ");
    let start = paragraphs.iter().rposition(is_caption).unwrap_or(0);
    paragraphs[start..].join(" ")
}

/// A worksheet: its first text is the title, its header the first row of several.
fn sheet(xml: &str, shared: &[String]) -> Vec<Figure> {
    let rows: Vec<Vec<String>> = xml
        .split("<row")
        .skip(1)
        .map(|row| {
            let cells = row.split("<c ").skip(1);
            let text = |cell: &str| {
                let own = visible(&format!("<c {}", cell.split("</c>").next().unwrap_or_default()));
                let is_shared = cell.split('>').next().unwrap_or_default().contains("t=\"s\"");
                if is_shared { shared[own.parse::<usize>().expect("a number")].clone() } else { own }
            };
            cells.map(text).collect()
        })
        .collect();
    let title = rows.first().map(|row| row.join(" ")).unwrap_or_default();
    let start = rows.iter().position(|row| row.len() > 1).unwrap_or(rows.len());
    grid(&title, &rows[start..])
}
