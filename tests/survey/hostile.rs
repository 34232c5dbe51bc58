//! Surveys in which every text that people read is hostile.

use toml::{Table, Value};

use crate::support::Folder;

/// What an attacker, or a careless hand, puts into a label.
pub fn texts() -> Vec<String> {
    let fixed = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)\" x=\"",
        "' onload='alert(1)",
        "javascript:alert(1)//",
        "[click](javascript:alert(1)) ![x](http://x/y.png)",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1",
        "-1",
        "- 1. > x",
        "@SUM(A1)",
        "\tstart and\ttab",
        "two\nlines\r\nthree",
        "\u{202e}turned \u{2066}round\u{200f}",
        "שלום עולם 2",
        "👨\u{200d}👩\u{200d}👧\u{200d}👦🏽 e\u{301}\u{301}\u{301}",
        "\"double\" 'single' & &amp; &#60;b&#62;",
        "a|b `code` ``` # head ~~~ **bold** _under_ \\",
        "]]> --> </svg></text></w:t> {{ x }} {% y %}",
        "nul \u{0} bell \u{7} escape \u{1b}[31m del \u{7f} next \u{85} no \u{ffff}\u{fffe}",
        "../../etc/passwd C:\\x\\y",
        "_x0041_ %s %n ${x} $(y)",
        "[c]",
        "1. first",
        "Year",
    ];
    let long = ["word ".repeat(60), "x".repeat(300), "Ŵ".repeat(120), "ﷺ".repeat(40)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

/// Keys whose values are read by programs: ids, files, forms of dates, choices among fixed words.
const OF_PROGRAMS: [&str; 17] = [
    "id",
    "format",
    "files",
    "population",
    "themes",
    "published",
    "released",
    "context",
    "invited",
    "date-format",
    "invalid-answers",
    "combine",
    "sections",
    "accent",
    "ground",
    "stamp",
    "waves",
];
/// Lists of words by which files are read: the hostile ones come beside those that are there.
const ALIASES: [&str; 6] = ["aliases", "columns", "respondent", "link", "submitted", "ignore"];

/// Gives hostile texts in turn, each told apart from the others by its number.
pub struct Texts {
    texts: Vec<String>,
    given: usize,
}

impl Texts {
    pub fn new(texts: Vec<String>) -> Texts {
        Texts { texts, given: 0 }
    }

    pub fn next(&mut self) -> String {
        self.given += 1;
        format!("{} {}", self.texts[self.given % self.texts.len()], self.given)
    }

    /// Without what no CSV file of answers may hold.
    pub fn next_cell(&mut self) -> String {
        self.next().chars().filter(|letter| !letter.is_control() || "\n\t".contains(*letter)).collect()
    }
}

/// The definition of a folder with another text wherever people read one; what files hold stays known
/// as an alias.
pub fn define(folder: &Folder, texts: &mut Texts) {
    let mut definition: Table = folder.text("survey.toml").parse().expect("a definition");
    disguise_table(&mut definition, texts);
    let lines = definition.iter().map(|(key, value)| format!("{} = {}\n", quoted(key), written(value)));
    folder.write("survey.toml", lines.collect::<String>());
}

fn disguise_table(table: &mut Table, texts: &mut Texts) {
    // What is called by its label in a file has another name there.
    let own = ["label", "text"].into_iter().find_map(|key| Some(table.get(key)?.as_str()?.to_owned()));
    let is_wave = table.contains_key("files");
    let is_read =
        table.contains_key("id") && !table.contains_key("groups") && !table.contains_key("questions");
    let is_whole = table.len() == 1 && table.contains_key("label");
    for (key, value) in table.iter_mut() {
        let is_list_of_ids = value.is_array() && ["questions", "departments"].contains(&key.as_str());
        if OF_PROGRAMS.contains(&key.as_str()) || is_list_of_ids {
            continue;
        }
        match value {
            Value::Array(list) if ALIASES.contains(&key.as_str()) => list.push(Value::String(texts.next())),
            Value::Table(labels) if key == "labels" => {
                for (_, list) in labels.iter_mut() {
                    list.as_array_mut().expect("labels").push(Value::String(texts.next()));
                }
            }
            // A year keeps its letters and digits, of which files are named.
            Value::String(label) if key == "label" && is_wave => {
                let text: String = texts.next().chars().take(40).collect();
                *label = format!("{text} {label}");
            }
            other => disguise(other, texts),
        }
    }
    if let Some(own) = own.filter(|_| is_read || is_whole) {
        let aliases = table.entry("aliases").or_insert_with(|| Value::Array(Vec::new()));
        aliases.as_array_mut().expect("a list").push(Value::String(own));
    }
}

fn disguise(value: &mut Value, texts: &mut Texts) {
    match value {
        Value::String(text) => *text = texts.next(),
        Value::Array(list) => list.iter_mut().for_each(|value| disguise(value, texts)),
        Value::Table(table) => disguise_table(table, texts),
        _ => {}
    }
}

/// TOML on one line.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(list) => format!("[{}]", list.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let pairs = table.iter().map(|(key, value)| format!("{} = {}", quoted(key), written(value)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Boolean(is_so) => is_so.to_string(),
        Value::Datetime(day) => day.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control.is_control() => quoted += &format!("\\u{:04X}", u32::from(control)),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// A cell of a CSV file.
pub fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

const DEFINITION: &str = r##"
format = 1
title = "Small survey"
synthetic = true
context = "context.csv"
organisation = { name = "Example Council", short = "EC", contact = "The clerk" }
ignore = ["Nothing"]

[committee]
name = "Committee"
date = 2018-03-15
report-number = "1/18"
enquiries-to = "Somebody"
purpose = "To report."
recommendations = ["To note.", "To act."]

[scale]
low = 1
high = 4
no-contact = 0
low-label = "low"
high-label = "high"
labels = { 0 = ["No contact"], 1 = ["Low"], 4 = ["High"] }

[[question]]
id = "Q1"
text = "Do we share?"
short = "Sharing"
element = "Openness"
levels = ["one", "two", "three", "four"]

[[question]]
id = "Q2"
text = "Do we trust?"
short = "Trust"

[whole]
label = "The council"

[[department]]
id = "finance"
label = "Finance"

[[department]]
id = "care"
label = "Care"

[audience.providers]
label = "Care providers"
respondent = ["Reference"]
link = ["Link"]
departments = true

[[audience.providers.breakdown]]
id = "area"
label = "Area"
columns = ["Area"]
combine = [["south", "west"]]
groups = [
  { id = "north", label = "North" },
  { id = "mid", label = "Mid" },
  { id = "south", label = "South" },
  { id = "west", label = "West" },
]

[[audience.providers.breakdown]]
id = "size"
label = "Size"
columns = ["Size"]
groups = [{ id = "small", label = "Small" }, { id = "large", label = "Large" }]

[audience.officers]
label = "Council officers"
respondent = ["Reference"]

[[audience.officers.breakdown]]
id = "grade"
label = "Grade"
columns = ["Grade"]
groups = [{ id = "low", label = "Junior" }, { id = "high", label = "Senior" }]

[[wave]]
label = "2016"
fieldwork = { from = 2016-06-01, to = 2016-07-31 }
files = { providers = "2016/providers.csv", officers = "2016/officers.csv" }
population = "2016/population.csv"
published = "2016/published.csv"

[[wave]]
label = "2017"
fieldwork = { from = 2017-12-01, to = 2017-12-31 }
files = { providers = ["2017/providers.csv", { file = "2017/paper.csv", mode = "paper" }], officers = "2017/officers.csv" }
invited = { providers = "2017/invited.csv" }
themes = "2017/themes.csv"

[disclosure]
minimum-respondents = 3

[[area]]
id = "trust"
label = "Trust and respect"
text = "What we set out to do."
questions = ["Q2"]
departments = ["care"]

[report]
title = "The paper"
headings = { response = "Who answered", change = "What changed" }
"##;

const SIZES: [&str; 2] = ["Small", "Large"];
const GRADES: [&str; 2] = ["Junior", "Senior"];

/// Answers in no order, the same on every machine.
struct Answers(u32);

impl Answers {
    /// So many answers of a form; now and then no contact.
    fn next(&mut self, count: usize) -> Vec<&'static str> {
        let mut one = || {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ["0", "1", "2", "2", "3", "3", "3", "4", "4"][(self.0 >> 20) as usize % 9]
        };
        (0..count).map(|_| one()).collect()
    }
}

/// What the exports call things: every other form by the label, if a file may hold it, or by its alias.
struct Labels {
    areas: Vec<String>,
    headings: String,
}

impl Labels {
    fn of(folder: &Folder) -> Labels {
        let definition: Table = folder.text("survey.toml").parse().expect("a definition");
        let label = |value: &Value, tame: &str| {
            let text = value.as_str().expect("a text");
            let is_cell = text.chars().all(|letter| !letter.is_control() || "\n\t\r".contains(letter));
            if is_cell { text.to_owned() } else { tame.to_owned() }
        };
        let groups =
            definition["audience"]["providers"]["breakdown"][0]["groups"].as_array().expect("groups");
        let tame = ["North", "Mid", "South", "West"];
        let areas = groups.iter().zip(tame).map(|(group, tame)| cell(&label(&group["label"], tame)));
        let scored = [
            label(&definition["whole"]["label"], "The council"),
            label(&definition["department"][0]["label"], "Finance"),
            label(&definition["department"][1]["label"], "Care"),
        ];
        let headings = definition["question"].as_array().expect("questions").iter().flat_map(|question| {
            let text = label(&question["text"], question["id"].as_str().expect("an id"));
            scored.iter().map(move |scored| cell(&format!("{text} [{scored}]"))).collect::<Vec<_>>()
        });
        Labels {
            headings: headings.collect::<Vec<_>>().join(","),
            areas: areas.zip(tame).flat_map(|(label, tame)| [label, tame.to_owned()]).collect(),
        }
    }

    fn area(&self, number: usize) -> &str {
        &self.areas[number % self.areas.len()]
    }
}

/// A survey with everything that the program can read, its texts tame or hostile.
pub fn survey(texts: Option<Vec<String>>) -> Folder {
    let folder = Folder::empty();
    folder.write("survey.toml", DEFINITION);
    let mut texts = texts.map(Texts::new);
    if let Some(texts) = &mut texts {
        define(&folder, texts);
    }
    let labels = Labels::of(&folder);
    let mut text = |tame: &str| cell(&texts.as_mut().map_or_else(|| tame.to_owned(), Texts::next_cell));
    write_answers(&folder, &labels, &text("odd"), &[text("typed wrongly"), text("A. Clerk")]);
    folder.write(
        "2016/population.csv",
        "audience,breakdown,group,count\nproviders,all,all,80\nproviders,area,North,20\nproviders,area,Mid,20\n\
         providers,area,South,20\nproviders,area,West,20\nofficers,all,all,30\n",
    );
    let invited = (1..91).map(|number| {
        format!("ref-{number},{},{},{}\n", labels.area(number), SIZES[number / 8 % 2], text("A name"))
    });
    folder.write("2017/invited.csv", "Link,Area,Size,Name\n".to_owned() + &invited.collect::<String>());
    // A theme has sixty characters at most.
    let themes = ["Pay", "Names", "Time", "Trust"].map(|tame| {
        let text = text(tame).trim_matches('"').replace("\"\"", "\"");
        text.chars().take(56).collect::<String>()
    });
    let named = (0..40).map(|number| {
        let theme = cell(&format!("{} {}", themes[number % 4], number % 4));
        format!("providers,{number},{theme},{}\n", text("what was said"))
    });
    folder.write(
        "2017/themes.csv",
        "audience,respondent,theme,comment\n".to_owned() + &named.collect::<String>(),
    );
    let reason = text("The printed averages were averaged");
    folder.write(
        "2016/published.csv",
        format!("audience,department,question,breakdown,group,mean,reason\nofficers,whole,,,,2.16,{reason}\nofficers,whole,Q1,,,2.4,\n"),
    );
    let [measure, year, value, source] = ["Beds", "2017", "16,420", "A statement"].map(&mut text);
    folder.write("context.csv", format!("measure,year,value,source\n{measure},{year},{value},{source}\n"));
    let [recommendation, status, owner, note] = ["Listen", "Done", "Owner", "Note"].map(&mut text);
    folder.write(
        "actions.csv",
        format!(
            "area,recommendation,status,owner,date,note\n\
             trust,{recommendation},{status},{owner},2018-03-31,{note}\n"
        ),
    );
    let [words, point] = ["Words of the analyst.", "One point."].map(&mut text);
    folder.write(
        "commentary.md",
        format!("# groups\n\nBefore {words}\n\n- point {point}\n\n# limits\n\nText **{words}**\n"),
    );
    folder
}

/// Two years of two audiences, some of them on paper; one answer that no scale knows, and its correction.
fn write_answers(folder: &Folder, labels: &Labels, odd: &str, why_and_who: &[String; 2]) {
    let mut answers = Answers(2016);
    for (name, references) in
        [("2016/providers.csv", 1..33), ("2017/providers.csv", 9..57), ("2017/paper.csv", 57..65)]
    {
        let mut file = format!("Reference,Link,Area,Size,{}\n", labels.headings);
        for number in references {
            let [area, size] = [labels.area(number), SIZES[number / 8 % 2]];
            file += &format!("{number},ref-{number},{area},{size},{}\n", answers.next(6).join(","));
        }
        folder.write(name, file);
    }
    for name in ["2016/officers.csv", "2017/officers.csv"] {
        let mut file = "Reference,Grade,Q1,Q2\n".to_owned();
        for number in 1..17 {
            let mut row = answers.next(2);
            if number == 1 && name.starts_with("2017") {
                row[0] = odd;
            }
            file += &format!("{number},{},{}\n", GRADES[number % 2], row.join(","));
        }
        folder.write(name, file);
    }
    let [why, who] = why_and_who;
    folder.write(
        "corrections.csv",
        format!(
            "file,respondent,column,old,new,reason,who,date\n2017/officers.csv,1,Q1,{odd},3,{why},{who},2018-01-01\n"
        ),
    );
}
