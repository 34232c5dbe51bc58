//! Writes the same answers as every survey platform writes them, with somebody's name and addresses
//! in each, and in every encoding.

use std::fmt::Write as _;

use rust_xlsxwriter::Workbook;

/// Who answered: stands in the personal columns of every layout, and may stand nowhere else.
pub const PERSON: [&str; 6] =
    ["Marker Person", "marker@example.org", "203.0.113.9", "51.7356", "0.4685", "Markersurname"];

/// What one file says.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Headers of what is asked about the respondent.
    pub about: Vec<String>,
    /// Wordings.
    pub questions: Vec<String>,
    /// Labels of those who are scored; none where every question is asked once.
    pub rows: Vec<String>,
    pub forms: Vec<Form>,
}

#[derive(Clone, Debug)]
pub struct Form {
    pub id: String,
    pub date: String,
    pub about: Vec<String>,
    /// By question and row.
    pub codes: Vec<Vec<String>>,
}

/// A platform's way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    SmartSurvey,
    SurveyMonkey,
    Qualtrics,
    QualtricsOlder,
    MicrosoftForms,
    GoogleForms,
    LimeSurvey,
    LimeSurveyText,
    Jisc,
    JiscLabels,
    Snap,
    Brackets,
    Dash,
    Short,
    Lower,
}

use Layout::*;

/// Headers of the column that identifies a form, in any of the layouts.
pub const IDS: [&str; 7] =
    ["UserID", "Respondent ID", "ResponseId", "ID", "Response ID", "Unique Response Number", "Reference"];

/// Headers of the column with the date of a form, in any of the layouts.
pub const DATES: [&str; 8] = [
    "Ended",
    "End Date",
    "EndDate",
    "Completion time",
    "Timestamp",
    "submitdate",
    "Date submitted",
    "Completed",
];

impl Layout {
    pub const ALL: [Layout; 15] = [
        SmartSurvey,
        SurveyMonkey,
        Qualtrics,
        QualtricsOlder,
        MicrosoftForms,
        GoogleForms,
        LimeSurvey,
        LimeSurveyText,
        Jisc,
        JiscLabels,
        Snap,
        Brackets,
        Dash,
        Short,
        Lower,
    ];

    /// As the definition names it.
    pub fn id(self) -> &'static str {
        match self {
            SmartSurvey => "smartsurvey",
            SurveyMonkey => "surveymonkey",
            Qualtrics | QualtricsOlder => "qualtrics",
            MicrosoftForms => "microsoft-forms",
            GoogleForms => "google-forms",
            LimeSurvey | LimeSurveyText => "limesurvey",
            Jisc | JiscLabels => "jisc",
            Snap => "snap",
            Brackets | Dash | Short | Lower => "plain",
        }
    }

    /// Whether nothing but their order says which question the columns are about.
    pub fn is_by_order(self) -> bool {
        matches!(self, MicrosoftForms | JiscLabels)
    }

    /// Rows that are listed and not used: previews, tests, unfinished forms.
    pub fn extra_rows(self) -> u64 {
        match self {
            SmartSurvey | LimeSurvey | LimeSurveyText => 1,
            Qualtrics | QualtricsOlder => 3,
            _ => 0,
        }
    }

    fn own(self, form: Option<&Form>, kind: Kind) -> Vec<(String, String)> {
        let id = form.map_or("X1", |form| form.id.as_str());
        let date = form.map_or("", |form| form.date.as_str());
        let [name, mail, ip, latitude, longitude, surname] = PERSON;
        let qualtrics = |kind| match kind {
            Kind::Preview => ["Survey Preview", "True"],
            Kind::Test => ["2", "1"],
            Kind::Unfinished => ["IP Address", "False"],
            Kind::Answer => ["IP Address", "True"],
        };
        let ended = if kind == Kind::Unfinished { "" } else { date };
        let pairs: Vec<(&str, &str)> = match self {
            SmartSurvey => vec![
                ("UserID", id),
                ("UserNo", "1"),
                ("Name", name),
                ("Email", mail),
                ("IP Address", ip),
                ("Unique ID", "U1"),
                ("Started", date),
                ("Ended", ended),
                ("Tracking Link", "Main link"),
            ],
            SurveyMonkey => vec![
                ("Respondent ID", id),
                ("Collector ID", "77"),
                ("Start Date", date),
                ("End Date", date),
                ("IP Address", ip),
                ("Email Address", mail),
                ("First Name", name),
                ("Last Name", surname),
                ("Custom Data 1", ""),
            ],
            Qualtrics | QualtricsOlder => {
                let [status, finished] = qualtrics(kind);
                vec![
                    ("StartDate", date),
                    ("EndDate", date),
                    ("Status", status),
                    ("IPAddress", ip),
                    ("Progress", "100"),
                    ("Duration (in seconds)", "300"),
                    ("Finished", finished),
                    ("RecordedDate", date),
                    ("ResponseId", id),
                    ("RecipientLastName", surname),
                    ("RecipientFirstName", name),
                    ("RecipientEmail", mail),
                    ("ExternalReference", ""),
                    ("LocationLatitude", latitude),
                    ("LocationLongitude", longitude),
                    ("DistributionChannel", "anonymous"),
                    ("UserLanguage", "EN"),
                ]
            }
            MicrosoftForms => vec![
                ("ID", id),
                ("Start time", date),
                ("Completion time", date),
                ("Email", mail),
                ("Name", name),
            ],
            GoogleForms => {
                vec![("Timestamp", date), ("Email Address", mail), ("Reference", id), ("Your name", name)]
            }
            LimeSurvey | LimeSurveyText => vec![
                ("id. Response ID", id),
                ("submitdate. Date submitted", ended),
                ("lastpage. Last page", "3"),
                ("startlanguage. Start language", "en"),
                ("ipaddr. IP address", ip),
                ("firstname. First name", name),
                ("lastname. Last name", surname),
                ("email. Email address", mail),
            ],
            Jisc | JiscLabels => vec![
                ("Unique Response Number", id),
                ("1. Your name", name),
                ("1.a. E-mail address:", mail),
                ("2. Completed", date),
            ],
            Snap => vec![("ID", id), ("V1", name), ("V2", mail), ("V3", date)],
            Brackets | Dash | Short | Lower => {
                vec![
                    ("Reference", id),
                    ("Name", name),
                    ("E-mail", mail),
                    ("IP address", ip),
                    ("Completed", date),
                ]
            }
        };
        pairs.into_iter().map(|(header, cell)| (header.to_owned(), cell.to_owned())).collect()
    }

    /// The file as rows of cells, the header first.
    pub fn write(self, answers: &Answers) -> Vec<Vec<String>> {
        let mut header = self.header(answers);
        let is_wide = matches!(self, Qualtrics | QualtricsOlder);
        let mut forms: Vec<(Option<&Form>, Kind)> =
            answers.forms.iter().map(|form| (Some(form), Kind::Answer)).collect();
        let unfinished = (None, Kind::Unfinished);
        match self.extra_rows() {
            1 => forms.push(unfinished),
            3 => forms.extend([(None, Kind::Preview), (None, Kind::Test), unfinished]),
            _ => {}
        }
        let width = header[0].len();
        let mut missing = ["-", "."].into_iter().cycle();
        for (form, kind) in forms {
            let mut row: Vec<String> = self.own(form, kind).into_iter().map(|(_, cell)| cell).collect();
            let Some(form) = form else {
                row.resize(width, "1".to_owned());
                header.push(row);
                continue;
            };
            row.extend(form.about.iter().map(|text| match self {
                MicrosoftForms => format!("{text};"),
                LimeSurvey | LimeSurveyText if text.starts_with('=') => format!("'{text}"),
                _ => self.cell(text),
            }));
            row.extend(form.codes.iter().flatten().map(|code| match self {
                SmartSurvey if code.is_empty() => missing.next().unwrap().to_owned(),
                Snap if code.is_empty() => "No Reply".to_owned(),
                _ => self.cell(code),
            }));
            if is_wide {
                row.push(String::new());
            }
            header.push(row);
        }
        header
    }

    fn cell(self, text: &str) -> String {
        if self == SmartSurvey { text.replace(['\'', '’'], "@SQ@") } else { text.to_owned() }
    }

    fn header(self, answers: &Answers) -> Vec<Vec<String>> {
        let mut rows: Vec<Vec<String>> = vec![Vec::new(); 3];
        let own: Vec<String> = self.own(None, Kind::Answer).into_iter().map(|(header, _)| header).collect();
        for header in own {
            let texts = match self {
                Qualtrics | QualtricsOlder => {
                    [header.clone(), format!("{header} (in the language of the account)"), import_id(&header)]
                }
                LimeSurveyText => {
                    [header.split_once(". ").unwrap().1.to_owned(), String::new(), String::new()]
                }
                Snap => {
                    let text = match header.as_str() {
                        "V1" => "Name",
                        "V2" => "Email",
                        "V3" => "Completed",
                        _ => "Case",
                    };
                    [header, text.to_owned(), String::new()]
                }
                _ => [header, String::new(), String::new()],
            };
            push(&mut rows, texts);
        }
        for (at, header) in answers.about.iter().enumerate() {
            push(&mut rows, self.about(at + 1, header));
        }
        let first = answers.about.len();
        for (question, text) in answers.questions.iter().enumerate() {
            if answers.rows.is_empty() {
                push(&mut rows, self.single(question + 1, first, text));
            }
            for (row, label) in answers.rows.iter().enumerate() {
                push(&mut rows, self.asked((question + 1, first), text, (row + 1, label)));
            }
        }
        if matches!(self, Qualtrics | QualtricsOlder) {
            push(&mut rows, [String::new(), String::new(), String::new()]);
        }
        rows.truncate(match self {
            SmartSurvey | Qualtrics => 3,
            SurveyMonkey | QualtricsOlder | Snap => 2,
            _ => 1,
        });
        rows
    }

    /// The header of something asked about the respondent.
    fn about(self, number: usize, text: &str) -> [String; 3] {
        let text = self.cell(text);
        match self {
            SmartSurvey => [format!("Q{number}. {text}"), String::new(), String::new()],
            SurveyMonkey => [text, "Response".to_owned(), String::new()],
            Qualtrics | QualtricsOlder => [format!("QID{number}"), text, import_id(&format!("QID{number}"))],
            LimeSurvey => [format!("A{number}. {text}"), String::new(), String::new()],
            Jisc | JiscLabels => [format!("{}. {text}", number + 2), String::new(), String::new()],
            Snap => [format!("A{number}"), text, String::new()],
            _ => [text, String::new(), String::new()],
        }
    }

    /// The header of a question that is asked once.
    fn single(self, number: usize, first: usize, text: &str) -> [String; 3] {
        let text = self.cell(text);
        let none = String::new;
        match self {
            SmartSurvey => [format!("Q{}. {text}", number + first), none(), none()],
            SurveyMonkey => [text, "Response".to_owned(), none()],
            Qualtrics | QualtricsOlder => [format!("Q{number}"), text, import_id(&format!("Q{number}"))],
            MicrosoftForms | GoogleForms | LimeSurveyText => [text, none(), none()],
            LimeSurvey => [format!("Q{number}. {text}"), none(), none()],
            Jisc | JiscLabels => [format!("{}. {text}", number + first + 2), none(), none()],
            Snap => [format!("Q{number}"), text, none()],
            Brackets => [format!("{number}. {text}"), none(), none()],
            Dash => [format!("Q{number} {text}"), none(), none()],
            Short => [format!("Q{number}"), none(), none()],
            Lower => [format!("q{number}"), none(), none()],
        }
    }

    /// The header of a row of a matrix.
    fn asked(self, (number, first): (usize, usize), text: &str, (row, label): (usize, &str)) -> [String; 3] {
        let (text, label) = (self.cell(text), self.cell(label));
        let none = String::new;
        let letter = char::from(b'a' + (row - 1) as u8);
        match self {
            SmartSurvey => {
                let q = number + first;
                let above = if row == 1 { format!("Q{q}. {text}") } else { none() };
                [above, format!("Q{q}.{row}. {label}"), none()]
            }
            SurveyMonkey => [if row == 1 { text } else { none() }, label, none()],
            Qualtrics | QualtricsOlder => {
                let code = format!("Q{number}_{row}");
                [code.clone(), format!("{text} - {label}"), import_id(&code)]
            }
            MicrosoftForms if number == 1 => [label, none(), none()],
            MicrosoftForms => [format!("{label}{number}"), none(), none()],
            GoogleForms | LimeSurveyText => [format!("{text} [{label}]"), none(), none()],
            LimeSurvey => [format!("Q{number}[SQ{row:03}]. {text} [{label}]"), none(), none()],
            Jisc => [format!("{}.{letter}. {text} - {label}", number + first + 2), none(), none()],
            JiscLabels => [format!("{}.{letter}. {label}", number + first + 2), none(), none()],
            Snap => [format!("Q{number}{letter}"), label, none()],
            Brackets => [format!("{number}. {text} [{label}]"), none(), none()],
            Dash => [format!("Q{number} {text} - {label}"), none(), none()],
            Short => [format!("Q{number} {label}"), none(), none()],
            Lower => [format!("q{number}_{}", label.to_lowercase().replace(' ', "_")), none(), none()],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Answer,
    Preview,
    Test,
    Unfinished,
}

fn import_id(code: &str) -> String {
    format!("{{\"ImportId\":\"{code}\"}}")
}

fn push(rows: &mut [Vec<String>], texts: [String; 3]) {
    rows.iter_mut().zip(texts).for_each(|(row, text)| row.push(text));
}

/// How a text is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Marked,
    Utf16,
    Windows1252,
}

impl Encoding {
    pub const ALL: [Encoding; 4] =
        [Encoding::Utf8, Encoding::Utf8Marked, Encoding::Utf16, Encoding::Windows1252];
}

/// Rows as a text with delimiters.
pub fn text(rows: &[Vec<String>], delimiter: char, line_end: &str, quoted: bool) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(delimiter);
            }
            if quoted || cell.contains([delimiter, '"', '\n', '\r']) {
                write!(text, "\"{}\"", cell.replace('"', "\"\"")).unwrap();
            } else {
                text.push_str(cell);
            }
        }
        text.push_str(line_end);
    }
    text
}

pub fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Marked => format!("\u{feff}{text}").into_bytes(),
        Encoding::Utf16 => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Windows1252 => {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
            assert!(!lost, "{text}");
            bytes.into_owned()
        }
    }
}

/// Rows as a workbook of Excel's, whole numbers as numbers.
pub fn xlsx(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (row, column) = (row as u32, column as u16);
            match cell.parse::<u32>() {
                Ok(number) if !cell.starts_with('0') || cell == "0" => {
                    sheet.write(row, column, number).unwrap()
                }
                _ => sheet.write(row, column, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// Rows as a workbook of LibreOffice's.
pub fn ods(rows: &[Vec<String>]) -> Vec<u8> {
    let escaped = |cell: &str| cell.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let cell = |cell: &String| match cell.parse::<f64>() {
        Ok(number) if number.fract() == 0.0 => {
            format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"/>")
        }
        _ if cell.is_empty() => "<table:table-cell/>".to_owned(),
        _ => format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
            escaped(cell)
        ),
    };
    let rows = rows.iter().map(|row| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
    });
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Sheet1\">{}<table:table-row table:number-rows-repeated=\"1048000\">\
         <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.collect::<String>()
    );
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", &content),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
