//! A survey small enough to work out by hand, for tests.

use crate::ingest::{Code, Form, Input, Population, Responses};
use crate::survey::{Answer, Survey};
use crate::tally::{Counted, count};

/// One form: who it is in another wave ("" for nobody), the group (0, 1 or 2 for a, b or c), and an
/// answer per item; 0 is no contact, 9 a blank.
pub(crate) type Filled = (&'static str, Option<usize>, &'static [u8]);

/// Care providers score one department on two questions; officers score the council. One breakdown
/// of the providers, `side`, with groups a, b and c.
pub(crate) struct Small {
    pub survey: Survey,
    pub waves: Vec<usize>,
    pub input: Input,
}

impl Small {
    /// Forms of providers and officers per wave; an audience without forms has no file.
    pub(crate) fn new(minimum: u64, waves: &[(&[Filled], &[Filled])]) -> Small {
        let mut text = format!(
            "format = 1\ntitle = \"Small\"\n[organisation]\nname = \"Council\"\nshort = \"C\"\n\
             [scale]\nlow = 1\nhigh = 4\nno-contact = 0\nlow-label = \"low\"\nhigh-label = \"high\"\n\
             [whole]\nlabel = \"C as one organisation\"\n\
             [[question]]\nid = \"Q1\"\ntext = \"Trust?\"\n[[question]]\nid = \"Q2\"\ntext = \"Share?\"\n\
             [[department]]\nid = \"d\"\nlabel = \"D\"\n\
             [audience.providers]\nlabel = \"Care providers\"\ndepartments = true\n\
             [[audience.providers.breakdown]]\nid = \"side\"\nlabel = \"Side\"\ncolumns = [\"Side\"]\n\
             groups = [{{ id = \"a\", label = \"A\" }}, {{ id = \"b\", label = \"B\" }}, {{ id = \"c\", label = \"C\" }}]\n\
             [audience.officers]\nlabel = \"Council officers\"\ndepartments = false\n\
             [disclosure]\nminimum-respondents = {minimum}\n"
        );
        for (wave, (providers, officers)) in waves.iter().enumerate() {
            let file = |name: &str, forms: &[Filled]| {
                if forms.is_empty() { None } else { Some(format!("{name} = \"{wave}/{name}.csv\"")) }
            };
            let files: Vec<String> =
                [file("providers", providers), file("officers", officers)].into_iter().flatten().collect();
            text += &format!("[[wave]]\nlabel = \"{}\"\nfiles = {{ {} }}\n", 2016 + wave, files.join(", "));
        }
        let survey = crate::survey::read(text.as_bytes()).unwrap();
        let mut responses = Vec::new();
        for (wave, (providers, officers)) in waves.iter().enumerate() {
            for (audience, forms) in [(0, providers), (1, officers)].into_iter().filter(|it| !it.1.is_empty())
            {
                let items = survey.items(wave, audience);
                let breakdowns = survey.audiences[audience].breakdowns.len();
                let forms = forms.iter().map(|filled| form(filled, items.len(), breakdowns)).collect();
                responses.push(Responses { wave, audience, items, forms });
            }
        }
        let populations = vec![Population::default(); waves.len()];
        let input = Input { responses, populations, ..Input::default() };
        Small { survey, waves: (0..waves.len()).collect(), input }
    }

    pub(crate) fn counted(&self) -> Counted<'_> {
        count(&self.survey, &self.waves, &self.input)
    }
}

/// Fewer answers than items are repeated: one number stands for a form that gives it everywhere.
fn form((link, group, answers): &Filled, items: usize, breakdowns: usize) -> Form {
    let code = |answer: u8| match answer {
        0 => Code::from(Answer::NoContact),
        9 => Code::from(Answer::Blank),
        score => Code::from(Answer::Score(score)),
    };
    Form {
        respondent: String::new(),
        link: (!link.is_empty()).then(|| (*link).to_owned()),
        groups: vec![*group; breakdowns],
        codes: answers.iter().copied().cycle().take(items).map(code).collect(),
    }
}
