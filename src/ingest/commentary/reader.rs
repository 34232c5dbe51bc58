//! From Markdown to the words under each heading.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::about::about;
use super::{COMMENTARY, Comment, Note, Words};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::survey::Survey;

/// Reads paragraphs, lists, bold and emphasis. Links become text with their address, and everything
/// else that Markdown knows, HTML included, is text; HTML comments are the author's own.
pub(in crate::ingest) fn read_commentary(
    survey: &Survey,
    text: &str,
    found: &mut Diagnostics,
) -> Vec<Comment> {
    let mut reader = Reader {
        survey,
        lines: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect(),
        found,
        comments: Vec::new(),
        heading: None,
        lost: false,
        state: State::default(),
    };
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        reader.take(event, range);
    }
    let comments = reader.comments;
    for comment in comments.iter().filter(|comment| comment.notes.is_empty()) {
        let place = Place::line(COMMENTARY, comment.line);
        found.push(Diagnostic::warning("commentary", place, "there is nothing under this heading"));
    }
    comments.into_iter().filter(|comment| !comment.notes.is_empty()).collect()
}

struct Reader<'a> {
    survey: &'a Survey,
    /// Where each line begins.
    lines: Vec<usize>,
    found: &'a mut Diagnostics,
    comments: Vec<Comment>,
    /// The text of a heading that is being read.
    heading: Option<String>,
    /// Whether the last heading was not understood: what follows has been spoken of already.
    lost: bool,
    state: State,
}

/// What is being read.
#[derive(Default)]
struct State {
    words: Vec<Words>,
    strong: usize,
    emphasis: usize,
    /// One per list that is open: the number of its next item, where it counts.
    lists: Vec<Option<u64>>,
    items: Vec<Vec<Words>>,
    /// Addresses of links that are open.
    links: Vec<String>,
    html: Option<String>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                self.end_paragraph(&range);
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(level)) => self.end_heading(level, &range),
            Event::Start(Tag::Strong) => self.state.strong += 1,
            Event::End(TagEnd::Strong) => self.state.strong -= 1,
            Event::Start(Tag::Emphasis) => self.state.emphasis += 1,
            Event::End(TagEnd::Emphasis) => self.state.emphasis -= 1,
            Event::Start(Tag::List(first)) => {
                self.end_item_or_paragraph(&range);
                self.state.lists.push(first);
            }
            Event::End(TagEnd::List(_)) => {
                self.state.lists.pop();
                if self.state.lists.is_empty() {
                    let items = std::mem::take(&mut self.state.items);
                    self.add(Note::Bullets(items), &range);
                }
            }
            Event::Start(Tag::Item) => {
                if let Some(Some(number)) = self.state.lists.last_mut() {
                    let text = format!("{number}. ");
                    *number += 1;
                    self.push(&text);
                }
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::CodeBlock) => {
                self.end_item_or_paragraph(&range);
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                self.state.links.push(dest_url.into_string());
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(address) = self.state.links.pop().filter(|address| !address.is_empty()) {
                    self.push(&format!(" ({address})"));
                }
            }
            Event::Start(Tag::HtmlBlock) => self.state.html = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => {
                let html = self.state.html.take().unwrap_or_default();
                if !is_comment(&html) {
                    self.push(html.trim());
                    self.end_item_or_paragraph(&range);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.state.html {
                Some(block) => block.push_str(&html),
                None if is_comment(&html) => {}
                None => self.push(&html),
            },
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
            return;
        }
        let State { words, strong, emphasis, .. } = &mut self.state;
        let (strong, emphasis) = (*strong > 0, *emphasis > 0);
        match words.last_mut().filter(|last| (last.strong, last.emphasis) == (strong, emphasis)) {
            Some(last) => last.text.push_str(text),
            None => words.push(Words { text: text.to_owned(), strong, emphasis }),
        }
    }

    /// Inside a list a paragraph is an item.
    fn end_item_or_paragraph(&mut self, range: &Range<usize>) {
        if self.state.lists.is_empty() {
            self.end_paragraph(range);
        } else {
            let words = std::mem::take(&mut self.state.words);
            if has_text(&words) {
                self.state.items.push(words);
            }
        }
    }

    fn end_paragraph(&mut self, range: &Range<usize>) {
        let words = std::mem::take(&mut self.state.words);
        if has_text(&words) {
            self.add(Note::Paragraph(words), range);
        }
    }

    fn add(&mut self, note: Note, range: &Range<usize>) {
        if matches!(&note, Note::Bullets(items) if items.is_empty()) {
            return;
        }
        match self.comments.last_mut() {
            _ if self.lost => {}
            Some(comment) => comment.notes.push(note),
            None => {
                self.lost = true;
                let message = "this text stands under no heading, so it has no place in the paper";
                let advice =
                    "begin with a heading such as  # departments  or  # 2017/providers/all/Q1/all/all";
                self.found.push(self.error(range, message).advice(advice));
            }
        }
    }

    fn end_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let heading = self.heading.take().unwrap_or_default();
        let heading = heading.trim();
        if level != HeadingLevel::H1 {
            let error = self.error(range, "a commentary has headings of one level only");
            self.found.push(
                error.found(format!("\"{heading}\"")).expected("one # and the name of a section or figure"),
            );
            self.lost = true;
            return;
        }
        match about(self.survey, heading, self.place(range)) {
            Ok(about) => {
                self.lost = false;
                self.comments.push(Comment { about, line: self.line(range), notes: Vec::new() });
            }
            Err(error) => {
                self.lost = true;
                self.found.push(*error);
            }
        }
    }

    fn line(&self, range: &Range<usize>) -> u64 {
        self.lines.partition_point(|begins| *begins <= range.start) as u64
    }

    fn error(&self, range: &Range<usize>, message: &str) -> Diagnostic {
        Diagnostic::error("commentary", self.place(range), message)
    }

    fn place(&self, range: &Range<usize>) -> Place {
        Place::line(COMMENTARY, self.line(range))
    }
}

fn is_comment(html: &str) -> bool {
    html.trim_start().starts_with("<!--")
}

fn has_text(words: &[Words]) -> bool {
    words.iter().any(|words| !words.text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::About;
    use crate::survey::SectionId;

    const SAMPLE: &str = include_str!("../../../input/survey.toml");

    fn read(text: &str) -> (Vec<Comment>, String) {
        let survey = crate::survey::read(SAMPLE.as_bytes()).unwrap();
        let mut found = Diagnostics::default();
        let comments = read_commentary(&survey, text, &mut found);
        (comments, found.to_string())
    }

    fn plain(text: &str) -> Vec<Words> {
        vec![Words { text: text.to_owned(), ..Words::default() }]
    }

    #[test]
    fn a_small_subset_is_read_and_the_rest_is_text() {
        let (comments, found) = read(
            "<!-- my own -->\n\n# departments\n\nPlain **bold** and *leaning*,\nnext [line](https://x.uk/a).\n\n- one\n  - two\n- three <b>\n\n1. first\n2. second\n\n<div onclick=\"x\">\nhtml\n</div>\n\n# 2017/providers/all/Q1/size/small\n\nA figure.<!-- aside -->\n",
        );
        assert_eq!(found, "");
        assert_eq!(comments[0].about, About::Section(SectionId::Departments));
        let Note::Paragraph(words) = &comments[0].notes[0] else { panic!("{comments:?}") };
        let set: Vec<(&str, bool, bool)> =
            words.iter().map(|it| (it.text.as_str(), it.strong, it.emphasis)).collect();
        assert_eq!(
            set,
            [
                ("Plain ", false, false),
                ("bold", true, false),
                (" and ", false, false),
                ("leaning", false, true),
                (", next line (https://x.uk/a).", false, false),
            ]
        );
        let lists = &comments[0].notes[1..3];
        assert_eq!(lists[0], Note::Bullets(vec![plain("one"), plain("two"), plain("three <b>")]));
        assert_eq!(lists[1], Note::Bullets(vec![plain("1. first"), plain("2. second")]));
        assert_eq!(comments[0].notes[3], Note::Paragraph(plain("<div onclick=\"x\">\nhtml\n</div>")));
        let About::Figure(address) = &comments[1].about else { panic!("{comments:?}") };
        assert_eq!((address.question.as_str(), address.group.as_str()), ("Q1", "small"));
        assert_eq!((comments[1].line, &comments[1].notes), (19, &vec![Note::Paragraph(plain("A figure."))]));
    }

    #[test]
    fn headings_that_are_not_understood_are_located_with_the_nearest() {
        let (comments, found) = read(
            "Lost.\n\n# deparments\n\nText.\n\n# 2017/provider/all/Q1/all/all\n\nText.\n\n# 2017/Q1\n\n## quality\n\n# 2017/providers/all/Q1/size/smal\n",
        );
        assert!(comments.is_empty());
        for said in [
            "this text stands under no heading, so it has no place in the paper\n  where     commentary.md, line 1\n",
            "the paper has no section of this name\n  where     commentary.md, line 3\n  found     \"deparments\"\n",
            "  nearest   departments\n",
            "there is no audience of this name\n  where     commentary.md, line 7\n  found     \"provider\" in \"2017/provider/all/Q1/all/all\"\n  expected  providers, officers\n  nearest   providers\n",
            "the address of a figure has six parts\n  where     commentary.md, line 11\n",
            "a commentary has headings of one level only\n  where     commentary.md, line 13\n",
            "there is no group of this name\n  where     commentary.md, line 15\n  found     \"smal\" in \"2017/providers/all/Q1/size/smal\"\n  expected  small, medium, large\n  nearest   small\n",
        ] {
            assert!(found.contains(said), "{said}\n---\n{found}");
        }
        assert_eq!(found.matches("error: ").count(), 6, "{found}");
    }

    #[test]
    fn a_heading_without_text_is_a_warning() {
        let (comments, found) = read("# departments\n\n# quality\n\nText.\n");
        assert_eq!(comments.len(), 1);
        assert!(
            found.contains("warning: there is nothing under this heading\n  where     commentary.md, line 1"),
            "{found}"
        );
    }

    /// Looking for the line of each from the top would take a minute.
    #[test]
    fn many_comments_have_their_lines() {
        let (comments, _) = read(&"# departments\n\nWords.\n\n".repeat(20_000));
        assert_eq!(comments.last().map(|comment| comment.line), Some(4 * 19_999 + 1));
    }
}
