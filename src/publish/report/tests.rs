use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ReportError, html, page::Page, sample, sample::hostile};
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Exhibit, Paper};

/// Every exhibit of the paper, to be spoilt.
fn exhibits(paper: &mut Paper) -> impl Iterator<Item = &mut Exhibit> {
    let blocks = paper.sections.iter_mut().flat_map(|section| &mut section.blocks);
    blocks.filter_map(|block| if let Block::Exhibit(exhibit) = block { Some(exhibit.as_mut()) } else { None })
}

/// What every page has to be, whatever the paper says.
fn is_sound(html: &str) -> Page {
    let page = Page::read(html);
    assert_eq!(page.named("h1").count(), 1);
    for landmark in ["header", "nav", "main", "footer"] {
        assert_eq!(page.named(landmark).count(), 1, "{landmark}");
    }
    let mut last = 0;
    for level in page.tags.iter().filter_map(|tag| tag.heading()) {
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    assert!(page.named("th").all(|tag| matches!(tag.attribute("scope"), Some("col" | "row"))));
    assert_eq!(page.named("table").count(), page.named("caption").count());
    assert_eq!(page.named("details").count(), page.named("summary").count());
    let ids: Vec<&str> = page.tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len(), "an address occurs twice");
    for tag in &page.tags {
        for reference in ["aria-labelledby", "aria-describedby"] {
            for id in tag.attribute(reference).unwrap_or_default().split_whitespace() {
                assert!(known.contains(id), "{reference} leads nowhere: {id}");
            }
        }
        if let Some(id) = tag.attribute("href").and_then(|link| link.strip_prefix('#')) {
            assert!(known.contains(id), "link leads nowhere: {id}");
        }
        if tag.attribute("class").is_some_and(|class| class.starts_with("scroll")) {
            assert_eq!((tag.name.as_str(), tag.attribute("tabindex")), ("section", Some("0")));
            assert!(tag.attribute("aria-labelledby").is_some());
        }
        assert!(tag.attributes.iter().all(|(name, _)| !name.starts_with("on")), "a handler in {tag:?}");
    }
    page
}

#[test]
fn page_is_well_formed_and_accessible() {
    let page = is_sound(&html(&sample::paper()).unwrap());
    assert_eq!(page.named("html").next().unwrap().attribute("lang"), Some("en-GB"));
    assert_eq!(page.named("table").count(), 4);
    // The exhibit under a heading of its own is one level below that heading.
    assert_eq!(page.named("h3").count(), 4);
    assert_eq!(page.named("h4").count(), 1);
}

#[test]
fn same_paper_same_bytes() {
    assert_eq!(html(&sample::paper()).unwrap(), html(&sample::paper()).unwrap());
}

#[test]
fn nothing_is_loaded_and_one_known_script_runs() {
    let html = html(&sample::paper()).unwrap();
    let without_names = html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
    for foreign in ["http://", "https://", "@import", "src=\"", "url(//", "javascript:"] {
        assert!(!without_names.contains(foreign), "{foreign}");
    }
    let page = Page::read(&html);
    for element in ["link", "iframe", "img", "object", "embed", "base", "form"] {
        assert_eq!(page.named(element).count(), 0, "{element}");
    }
    let policy = page.tags.iter().find(|tag| tag.attribute("http-equiv").is_some()).unwrap();
    let policy = policy.attribute("content").unwrap();
    assert!(policy.starts_with("default-src 'none'"));
    // The browser runs a script whose hash the policy names, letter by letter, and no other.
    let scripts: Vec<&str> = html.split("<script>").skip(1).collect();
    assert_eq!(scripts.len(), 1);
    let script = scripts[0].split("</script>").next().unwrap();
    assert!(
        script.contains("aria-sort") && policy.ends_with(&format!("script-src '{}'", super::hash(script)))
    );
    assert!(page.named("script").all(|tag| tag.attributes.is_empty()));
}

#[test]
fn hostile_text_stays_text() {
    let plain: BTreeSet<String> =
        Page::read(&html(&sample::paper()).unwrap()).tags.into_iter().map(|tag| tag.name).collect();
    let long = "Überaus".repeat(43);
    for words in [
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)\" id=\"main\" x='",
        "</style></table></main>--><!--",
        "{{ paper.title }}{% endif %}&lt;&amp;",
        "🧑‍🤝‍🧑 Care & Co",
        long.as_str(),
        "",
    ] {
        let html = html(&hostile(words)).unwrap();
        let found: BTreeSet<String> = is_sound(&html).tags.into_iter().map(|tag| tag.name).collect();
        assert!(found.is_subset(&plain), "{words:?} made an element: {found:?}");
    }
}

#[test]
fn text_cannot_turn_its_neighbours_round() {
    let html = html(&hostile("\u{202E}North\u{0} مركز الرعاية (2) 2.15 \u{2067}")).unwrap();
    is_sound(&html);
    assert!(!html.contains(['\u{202E}', '\u{2067}', '\u{0}']));
    assert!(html.contains("<p>North <bdi>مركز الرعاية</bdi> (2) 2.15 </p>"));
}

#[test]
fn long_words_may_break_inside_tables() {
    let html = html(&hostile(&"x".repeat(300))).unwrap();
    let page = Page::read(&html);
    assert!(page.named("th").all(|tag| tag.attribute("class").is_some_and(|class| class.contains("long"))));
}

#[test]
fn marks_that_occur_are_explained_above_the_table() {
    let html = html(&sample::paper()).unwrap();
    let departments = html.split("id=\"exhibit-department-scores\"").nth(1).unwrap();
    let above = departments.split("<thead>").next().unwrap();
    for mark in [Mark::Withheld, Mark::NobodyScored] {
        assert!(above.contains(mark.symbol()) && above.contains(mark.meaning()));
    }
    assert!(!above.contains(Mark::NotAvailable.symbol()));
}

#[test]
fn stamps_stand_at_the_top_in_print_and_at_the_foot() {
    let html = html(&sample::paper()).unwrap();
    for stamp in &sample::paper().stamps {
        let parts: Vec<&str> = html.split(stamp.as_str()).collect();
        assert_eq!(parts.len(), 4);
        assert!(parts[0].contains("class=\"running\"") && parts[1].contains("<ul class=\"stamps\">"));
        assert!(parts[2].contains("<footer>"));
    }
    let unstamped = super::html(&Paper { stamps: Vec::new(), ..sample::paper() }).unwrap();
    assert!(is_sound(&unstamped).tags.iter().all(|tag| tag.attribute("class") != Some("stamps")));
}

#[test]
fn empty_lists_leave_no_trace() {
    let mut paper = sample::paper();
    paper.sections[0].blocks =
        vec![Block::Bullets(Vec::new()), Block::KeyFigures(Vec::new()), Block::Glossary(Vec::new())];
    let html = html(&paper).unwrap();
    is_sound(&html);
    assert!(!html.contains("<ul class=\"bullets\">\n</ul>") && !html.contains("class=\"key-figures\""));
}

#[test]
fn a_report_without_files_has_no_links_to_them() {
    let mut paper = sample::paper();
    for exhibit in exhibits(&mut paper) {
        exhibit.table_file = None;
        if let Some(drawing) = &mut exhibit.drawing {
            drawing.picture_file = None;
        }
    }
    assert!(!html(&paper).unwrap().contains("Download"));
}

#[test]
fn exhibits_are_counted_in_the_order_of_the_paper() {
    assert_eq!(sample::paper().exhibit_labels(), ["Table 1", "Figure 1", "Table 2", "Figure 2"]);
}

#[test]
fn faults_of_the_paper_are_refused() {
    let refused = |spoil: fn(&mut Paper)| {
        let mut paper = sample::paper();
        spoil(&mut paper);
        html(&paper).unwrap_err()
    };
    let error = refused(|paper| paper.sections[1].id = "both sides".to_owned());
    assert!(matches!(error, ReportError::Id { id } if id == "both sides"));
    let error = refused(|paper| paper.sections[1].id = "main".to_owned());
    assert!(matches!(error, ReportError::DuplicateId { id } if id == "main"));
    let error = refused(|paper| {
        Arc::make_mut(&mut exhibits(paper).last().unwrap().table).name = "response".to_owned();
    });
    assert!(matches!(error, ReportError::DuplicateId { id } if id == "exhibit-response"));
    let error = refused(|paper| {
        exhibits(paper).for_each(|exhibit| Arc::make_mut(&mut exhibit.table).columns.clear());
    });
    assert!(matches!(error, ReportError::NoColumns { table } if table == "response"));
    let error = refused(|paper| {
        Arc::make_mut(&mut exhibits(paper).next().unwrap().table).rows[1].pop();
    });
    assert!(matches!(error, ReportError::RowLength { row: 2, found: 3, expected: 4, .. }));
    for path in ["javascript:alert(1)", "//elsewhere/x.csv", "../private/tally.csv", "a b.csv", ""] {
        let mut paper = sample::paper();
        exhibits(&mut paper).next().unwrap().table_file = Some(path.to_owned());
        assert!(matches!(html(&paper), Err(ReportError::Link { .. })), "{path}");
    }
}

/// Writes the sample paper, and one with hostile text, into the folder that `REPORT_SAMPLE` names.
#[test]
#[ignore = "writes files for people to look at"]
fn sample_to_look_at() {
    let folder = std::env::var_os("REPORT_SAMPLE").expect("REPORT_SAMPLE names a folder");
    let folder = std::path::PathBuf::from(folder);
    std::fs::write(folder.join("report.html"), html(&sample::paper()).unwrap()).unwrap();
    let words = format!("<script>\"O'Neill\"</script> مركز الرعاية 2.15 🧑‍🤝‍🧑 {}", "Überaus".repeat(43));
    std::fs::write(folder.join("hostile.html"), html(&hostile(&words)).unwrap()).unwrap();
}
