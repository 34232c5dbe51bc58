//! Sentences, wherever they stand: a finding, a note, the description of a chart, a paragraph.
//!
//! A finding names the cell that it speaks of. Other sentences name it in words: one that names a
//! group whose figures are withheld in the years that it names may say that they are not shown, and
//! nothing else, in the same sentence least of all. One that ranks what it speaks of speaks of everything beside it too.

use super::about::About;
use super::finding::{Finding, Method, Report};
use super::markup::{attribute, blocks, elements, plain, text_of};
use super::stated::Withheld;
use super::world::Address;

/// Words that claim something without a number.
const CLAIMS: [&str; 16] = [
    "highest",
    "lowest",
    "higher",
    "lower",
    "rose",
    "fell",
    "most",
    "least",
    "best",
    "worst",
    "above",
    "below",
    "more than",
    "less than",
    "clearly",
    "average of",
];
/// Of these, those that rank.
const RANKS: [&str; 6] = ["highest", "lowest", "best", "worst", "most", "least"];

/// A shorter label of a year may be a score.
const SHORTEST_YEAR: usize = 4;

/// What is withheld, and what its groups are called.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub about: &'a About,
    pub withheld: &'a Withheld,
}

impl Reader<'_> {
    /// Findings: sentences that quote the address of their figure.
    pub fn findings(&self, file: &str, text: &str, report: &mut Report) {
        for line in text.lines().filter(|line| line.starts_with("- ")) {
            report.count("sentences", 1);
            let said = line.split('`').step_by(2).collect::<String>();
            let mut quoted = line.split('`').skip(1).step_by(2).filter_map(address);
            let about = quoted.find(|one| {
                let is_own = self.withheld.first(std::slice::from_ref(one)).is_some();
                let is_beside = match ranked(&said) {
                    Some(Ranked::Questions) if one.breakdown != "all" => self.withheld.any_question(one),
                    Some(_) => self.withheld.any_beside(one),
                    None => false,
                };
                (is_own && claims(&said)) || is_beside
            });
            if let Some(address) = about {
                report.findings.push(shown(address, line, file));
            }
        }
    }

    /// Any text: paragraphs are lines.
    pub fn text(&self, file: &str, text: &str, report: &mut Report) {
        // The name of another council may hold the label of a group.
        let text =
            self.about.other_councils.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
        for line in text.lines().map(without_number) {
            for sentence in line.split_inclusive(". ") {
                if let Some(address) = self.named(sentence, line) {
                    report.findings.push(shown(address, sentence.trim(), file));
                }
            }
        }
    }

    /// The paragraphs, list entries and captions of a page, and what its attributes say to those who
    /// do not see it.
    pub fn page(&self, file: &str, page: &str, report: &mut Report) {
        for name in ["p", "li", "dd", "figcaption", "h2", "h3", "h4", "title", "desc", "w:p"] {
            for element in elements(page, name) {
                report.count("paragraphs", 1);
                self.text(file, &text_of(element), report);
            }
        }
        for name in [" alt=\"", " aria-label=\"", " title=\"", " descr=\"", " content=\""] {
            for attribute in blocks(page, name, "\" ").filter_map(|block| block.split('"').nth(1)) {
                self.text(file, &plain(attribute), report);
            }
        }
        for comment in blocks(page, "<!--", "-->") {
            self.text(file, &plain(&comment[4..]), report);
        }
        for element in blocks(page, "<", ">").filter(|tag| tag.contains(" data-")) {
            if let Some(value) =
                ["data-value", "data-mean", "data-tip"].iter().find_map(|name| attribute(element, name))
            {
                self.text(file, &plain(value), report);
            }
        }
    }

    /// The name of a file: no score, and no rank of a group that is withheld.
    pub fn name(&self, name: &str, report: &mut Report) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem.trim_end_matches(".csv"));
        let words = stem.replace(['-', '_', '/'], " ");
        let ranked = self.about.labels.breakdowns.iter().flat_map(|(audience, breakdowns)| {
            let groups =
                breakdowns.iter().flat_map(|(by, labels)| labels.groups.keys().map(move |group| [by, group]));
            groups.map(move |group| (audience, group))
        });
        let mut ranked = ranked.filter(|(_, [_, group])| {
            self::ranked(&words).is_some() && has_word(&words, &group.replace('-', " "))
        });
        let withheld = ranked.find_map(|(audience, group)| {
            self.about.waves.iter().find_map(|wave| self.withheld.overall(self.about, wave, audience, group))
        });
        let is_score = words.split_whitespace().any(is_figure);
        if withheld.is_some() || is_score {
            report.findings.push(shown(withheld.unwrap_or_default(), name, "the name of a file"));
        }
    }

    /// A withheld group that a sentence names and claims something of. Of which year, whom and which
    /// breakdown it speaks, it may leave to the rest of its paragraph.
    fn named(&self, sentence: &str, paragraph: &str) -> Option<Address> {
        // Of which year it speaks is no claim: "From 2017 on it stands in place of South".
        let years = self.about.waves.iter().filter(|wave| wave.len() >= SHORTEST_YEAR);
        let claimed = years.fold(sentence.to_owned(), |text, wave| text.replace(wave.as_str(), " "));
        if !claims(&claimed) {
            return None;
        }
        let has_figure = sentence.split_whitespace().any(is_figure);
        let excuses =
            ["not shown", "withheld", "too few", "[c]"].iter().any(|words| sentence.contains(words));
        if excuses && !has_figure && !has_claim(sentence) {
            return None;
        }
        let told = |what: &str| {
            let is_in = |text: &str| text.to_lowercase().contains(&what.to_lowercase());
            [sentence, paragraph].map(is_in)
        };
        let waves = narrowed(self.about.waves.iter(), |wave| told(wave.as_str()));
        let audiences = narrowed(self.about.audiences.iter(), |one| told(&one.label));
        let is_of = |audience: &str| audiences.is_empty() || audiences.iter().any(|one| one.id == audience);
        for (audience, breakdowns) in self.about.labels.breakdowns.iter().filter(|(id, _)| is_of(id)) {
            let by = |name: &str| [sentence, paragraph].map(|text| has_word(&text.to_lowercase(), name));
            let narrow =
                narrowed(breakdowns.iter(), |(_, labels)| by(&format!("by {}", labels.label.to_lowercase())));
            let is_by = |id: &String| narrow.is_empty() || narrow.iter().any(|(one, _)| *one == id);
            for (breakdown, labels) in breakdowns.iter().filter(|(id, _)| is_by(id)) {
                for (group, label) in &labels.groups {
                    // A label may hold a number, which says nothing: "Small (10 to 49 staff)".
                    let names = || has_word(sentence, label) && claims(&claimed.replace(label.as_str(), " "));
                    if group == "all" || !names() {
                        continue;
                    }
                    let of =
                        |wave: &String| self.withheld.overall(self.about, wave, audience, [breakdown, group]);
                    let found = if waves.is_empty() {
                        let all: Option<Vec<Address>> = self.withheld.waves(audience).map(of).collect();
                        all.and_then(|all| all.into_iter().next())
                    } else {
                        waves.iter().copied().find_map(of)
                    };
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
        None
    }
}

/// Those that a sentence names, or else those that its paragraph names.
fn narrowed<T>(all: impl Iterator<Item = T>, told: impl Fn(&T) -> [bool; 2]) -> Vec<T> {
    let named: Vec<(T, [bool; 2])> = all
        .map(|one| {
            let told = told(&one);
            (one, told)
        })
        .collect();
    let place = usize::from(!named.iter().any(|(_, told)| told[0]));
    named.into_iter().filter(|(_, told)| told[place]).map(|(one, _)| one).collect()
}

fn shown(address: Address, sentence: &str, file: &str) -> Finding {
    Finding { method: Method::Shown, address, value: sentence.to_owned(), from: file.to_owned() }
}

/// A score, a share or points: "2.71", "85%", "+0.2".
fn is_figure(word: &str) -> bool {
    let bare = word.trim_matches(|letter: char| !letter.is_ascii_digit() && letter != '%');
    let number = bare.trim_end_matches('%');
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number && (bare.ends_with('%') || number.contains('.'))
}

/// Whether a sentence says more than what it is about.
fn claims(sentence: &str) -> bool {
    has_claim(sentence) || sentence.bytes().any(|byte| byte.is_ascii_digit())
}

/// What a note says, without its number: "note 21 From 2017 on".
fn without_number(line: &str) -> &str {
    line.strip_prefix("note ").map_or(line, |rest| rest.trim_start_matches(|it: char| it.is_ascii_digit()))
}

/// Whether one of its words claims something.
fn has_claim(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    CLAIMS.iter().any(|claim| has_word(&lower, claim))
}

/// What a sentence puts in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ranked {
    /// The questions of what it speaks of: "the lowest questions of each".
    Questions,
    Anything,
}

/// What a sentence ranks, if it does not say that it ranks what is shown.
fn ranked(sentence: &str) -> Option<Ranked> {
    let lower = sentence.to_lowercase();
    if has_word(&lower, "shown") {
        return None;
    }
    let plain = RANKS.iter().fold(lower.clone(), |text, rank| text.replace(&format!("{rank} question"), ""));
    let ranks = |text: &str| RANKS.iter().any(|rank| has_word(text, rank));
    if ranks(&plain) { Some(Ranked::Anything) } else { ranks(&lower).then_some(Ranked::Questions) }
}

/// Whether words stand in a sentence on their own.
fn has_word(sentence: &str, words: &str) -> bool {
    let mut from = 0;
    while let Some(at) = sentence[from..].find(words).map(|at| at + from) {
        let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let end = at + words.len();
        if is_end(sentence[..at].chars().next_back()) && is_end(sentence[end..].chars().next()) {
            return !words.is_empty();
        }
        from = end;
    }
    false
}

/// `2017/providers/all/Q1/all/all`
fn address(text: &str) -> Option<Address> {
    let parts: Vec<&str> = text.split('/').collect();
    let [wave, audience, department, question, breakdown, group] = parts[..] else { return None };
    let [wave, audience, department, question, breakdown, group] =
        [wave, audience, department, question, breakdown, group].map(str::to_owned);
    Some(Address { wave, audience, department, question, breakdown, group })
}
