use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use roxmltree::Document;

use super::docx;
use super::read::{Package, attribute, child, named, style, words};
use crate::publish::mark::Mark;
use crate::publish::paper::{Block, Exhibit, Front, Paper};
use crate::publish::report::sample::{self, hostile};
use crate::publish::table::Value;

fn exhibits(paper: &mut Paper) -> impl Iterator<Item = &mut Exhibit> {
    let blocks = paper.sections.iter_mut().flat_map(|section| &mut section.blocks);
    blocks.filter_map(|block| if let Block::Exhibit(exhibit) = block { Some(exhibit.as_mut()) } else { None })
}

/// What every document has to be, whatever the paper says.
fn is_sound(bytes: Vec<u8>) -> Package {
    let package = Package::read(bytes);
    for (name, part) in package.parts.iter().filter(|(name, _)| !name.ends_with(".png")) {
        let text = std::str::from_utf8(part).unwrap();
        assert!(Document::parse(text).is_ok(), "{name} is not well formed: {:?}", Document::parse(text));
    }
    every_part_is_described(&package);
    relations_resolve(&package);
    let text = package.text("word/document.xml");
    let tree = Document::parse(text).unwrap();
    let styles = Document::parse(package.text("word/styles.xml")).unwrap();
    let known: BTreeSet<&str> = named(&styles, "style").filter_map(|one| attribute(one, "styleId")).collect();
    let paragraphs: Vec<_> = named(&tree, "p").collect();
    assert!(paragraphs.iter().all(|one| known.contains(style(*one))));

    let mut last = 0;
    for level in paragraphs.iter().filter_map(|one| style(*one).strip_prefix("Heading")) {
        let level: u32 = level.parse().unwrap();
        assert!(level <= last + 1, "heading {level} after {last}");
        last = level;
    }
    assert_eq!(paragraphs.iter().filter(|one| style(**one) == "Title").count(), 1);

    for table in named(&tree, "tbl") {
        let columns = child(table, "tblGrid").unwrap().children().count();
        let rows: Vec<_> = table.children().filter(|node| node.tag_name().name() == "tr").collect();
        for (at, row) in rows.iter().enumerate() {
            let properties = child(*row, "trPr").unwrap();
            assert!(child(properties, "cantSplit").is_some(), "a row may split");
            assert_eq!(child(properties, "tblHeader").is_some(), at == 0, "header row {at}");
            assert_eq!(row.children().filter(|node| node.tag_name().name() == "tc").count(), columns);
        }
        let next = table.next_sibling().unwrap();
        assert_eq!(next.tag_name().name(), "p", "two tables would become one");
    }
    assert!(["gridSpan", "vMerge"].iter().all(|merged| named(&tree, merged).next().is_none()));

    let bookmarks: Vec<&str> =
        named(&tree, "bookmarkStart").filter_map(|one| attribute(one, "name")).collect();
    let known: BTreeSet<&str> = bookmarks.iter().copied().collect();
    assert_eq!(bookmarks.len(), known.len(), "a bookmark occurs twice");
    assert!(named(&tree, "hyperlink").all(|link| known.contains(attribute(link, "anchor").unwrap())));
    package
}

fn every_part_is_described(package: &Package) {
    let types = Document::parse(package.text("[Content_Types].xml")).unwrap();
    let endings: BTreeSet<&str> =
        named(&types, "Default").filter_map(|one| attribute(one, "Extension")).collect();
    assert!(package.parts.keys().all(|name| endings.contains(name.rsplit('.').next().unwrap())));
    for part in named(&types, "Override").filter_map(|one| attribute(one, "PartName")) {
        assert!(package.parts.contains_key(part.trim_start_matches('/')), "{part} is not there");
    }
}

/// Every id that a part uses leads to another part, and nothing leads out of the package.
fn relations_resolve(package: &Package) {
    let mut of_document = BTreeMap::new();
    for (part, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
        let relations = Document::parse(package.text(part)).unwrap();
        for one in named(&relations, "Relationship") {
            let [id, target] = ["Id", "Target"].map(|name| attribute(one, name).unwrap().to_owned());
            assert!(package.parts.contains_key(&format!("{folder}{target}")), "{target}");
            assert_eq!(attribute(one, "TargetMode"), None, "{target} is outside");
            assert!(of_document.insert((folder, id), target).is_none());
        }
    }
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    for node in tree.descendants() {
        let used = node.attributes().filter(|one| one.namespace() == Some(super::parts::RELATIONS));
        for one in used {
            assert!(
                of_document.contains_key(&("word/", one.value().to_owned())),
                "{} leads nowhere",
                one.value()
            );
        }
    }
}

#[test]
fn document_is_sound_and_accessible() {
    let paper = sample::paper();
    let package = is_sound(docx(&paper).unwrap());
    let styles = Document::parse(package.text("word/styles.xml")).unwrap();
    assert_eq!(named(&styles, "lang").next().and_then(|one| attribute(one, "val")), Some("en-GB"));
    let properties = Document::parse(package.text("docProps/core.xml")).unwrap();
    let property =
        |name: &str| named(&properties, name).next().and_then(|node| node.text()).unwrap().to_owned();
    assert_eq!(property("title"), "How well care providers and the council work together, 2016 and 2017");
    assert_eq!([property("creator"), property("language")], [paper.organisation.as_str(), "en-GB"]);

    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let pictures: Vec<&str> = named(&tree, "docPr").filter_map(|one| attribute(one, "descr")).collect();
    assert_eq!(pictures.len(), 2);
    assert!(pictures.iter().all(|words| words.ends_with("The table holds every figure.")));
    let names: BTreeSet<_> = named(&tree, "docPr").filter_map(|one| attribute(one, "id")).collect();
    assert_eq!(names.len(), 2);
    for stamp in &paper.stamps {
        assert!(package.text("word/header.xml").contains(stamp.as_str()));
    }
    let footer = Document::parse(package.text("word/footer.xml")).unwrap();
    assert_eq!(named(&footer, "fldSimple").count(), 2);
}

#[test]
fn captions_count_as_the_paper_does() {
    let package = is_sound(docx(&sample::paper()).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let captions: Vec<String> = named(&tree, "p").filter(|one| style(*one) == "Caption").map(words).collect();
    let labels: Vec<&str> = captions.iter().filter_map(|one| one.split(':').next()).collect();
    assert_eq!(labels, ["Table 1", "Figure 1", "Figure 2", "Figure 1 as a table"]);
    // The last two belong to the annex: their tables are named with their files.
    let counted: Vec<String> = named(&tree, "fldSimple").map(words).collect();
    assert_eq!(counted, ["1", "1", "2", "2"]);
}

#[test]
fn what_the_committee_is_asked_stands_first() {
    let paper = sample::paper();
    let package = is_sound(docx(&paper).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let paragraphs: Vec<_> = named(&tree, "p").map(|one| (style(one), words(one))).collect();
    let at = |wanted: &str| paragraphs.iter().position(|(_, words)| words == wanted).unwrap();
    let order = [
        "CommitteeExample Scrutiny Committee",
        "Purpose",
        "Recommendations",
        "To note the paper.",
        "Contents",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
    assert_eq!(paragraphs[at("To note the paper.")].0, "ListNumber");

    let front = Front { recommendations: vec!["To note it.".to_owned()], ..Front::default() };
    let package = is_sound(docx(&Paper { front, ..paper }).unwrap());
    let text = package.text("word/document.xml");
    assert!(text.contains(">Recommendation<") && !text.contains(">Purpose<") && !text.contains("ListNumber"));
}

#[test]
fn pictures_are_the_very_files_with_their_words_out_of_view() {
    let mut paper = sample::paper();
    let package = is_sound(docx(&paper).unwrap());
    let drawing = exhibits(&mut paper).find_map(|exhibit| exhibit.drawing.clone()).unwrap();
    assert_eq!(package.parts["word/media/chart1.png"], *drawing.raster.unwrap().png);
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    assert!(named(&tree, "srcRect").all(|one| attribute(one, "t") == Some("10000")));
    // 2000 by 1292 pixels, a tenth of the height out of view, as wide as the text: 17 cm by 17 x 1162.8 / 2000.
    let extent = named(&tree, "extent").next().unwrap();
    assert_eq!([attribute(extent, "cx"), attribute(extent, "cy")], [Some("6120000"), Some("3558168")]);
}

#[test]
fn without_pictures_their_tables_stand_in_their_places() {
    let mut paper = sample::paper();
    exhibits(&mut paper).filter_map(|one| one.drawing.as_mut()).for_each(|drawing| drawing.raster = None);
    let package = is_sound(docx(&paper).unwrap());
    assert!(package.parts.keys().all(|name| !name.contains("media")));
    let text = package.text("word/document.xml");
    assert!(!text.contains("w:drawing") && !text.contains("Figures as tables"));
    let tree = Document::parse(text).unwrap();
    let captions: Vec<String> = named(&tree, "p").filter(|one| style(*one) == "Caption").map(words).collect();
    assert!(captions[1].starts_with("Figure 1: Average score"), "{captions:?}");
}

#[test]
fn hostile_text_stays_text() {
    let elements = |package: &Package| -> BTreeSet<String> {
        let tree = Document::parse(package.text("word/document.xml")).unwrap();
        tree.descendants().map(|node| node.tag_name().name().to_owned()).collect()
    };
    let plain = elements(&is_sound(docx(&sample::paper()).unwrap()));
    let long = "x".repeat(300);
    for text in [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://example.org\")",
        "</w:t></w:r></w:p>]]>--><!-- &lt;&amp; &#0;",
        "\" w:val=\"x' INCLUDETEXT",
        "🧑‍🤝‍🧑 one\ntwo\r\nthree\tfour",
        "\u{0}\u{1}\u{8}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}",
        &long,
        "",
    ] {
        let package = is_sound(docx(&hostile(text)).unwrap());
        let found = elements(&package);
        assert!(found.is_subset(&plain), "{text:?} made an element: {:?}", found.difference(&plain));
    }
    let package = is_sound(docx(&hostile("=1+1 & \"x\"\nthe next")).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    assert!(named(&tree, "tc").any(|cell| words(cell) == "=1+1 & \"x\" the next"));
}

#[test]
fn text_cannot_turn_its_neighbours_round() {
    let package = is_sound(docx(&hostile("\u{202E}North مركز الرعاية (2) 2.15 \u{2067}")).unwrap());
    assert!(package.parts.values().all(|part| {
        String::from_utf8_lossy(part).chars().all(|letter| !matches!(letter, '\u{202E}' | '\u{2067}'))
    }));
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let from_right: BTreeSet<String> =
        named(&tree, "rtl").map(|one| words(one.parent().unwrap().parent().unwrap())).collect();
    assert_eq!(from_right, BTreeSet::from(["مركز الرعاية".to_owned()]));
}

#[test]
fn tables_say_what_the_paper_says() {
    let mut paper = sample::paper();
    exhibits(&mut paper).for_each(|exhibit| exhibit.table_file = None);
    let package = is_sound(docx(&paper).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let set: BTreeMap<String, Vec<Vec<String>>> = named(&tree, "tbl")
        .map(|table| {
            let title = child(child(table, "tblPr").unwrap(), "tblCaption").unwrap();
            let rows = table.children().filter(|node| node.tag_name().name() == "tr");
            let cells = |row: roxmltree::Node<'_, '_>| {
                row.children().filter(|node| node.tag_name().name() == "tc").map(words).collect()
            };
            (attribute(title, "val").unwrap().to_owned(), rows.map(cells).collect())
        })
        .collect();
    for exhibit in exhibits(&mut paper) {
        let table = &exhibit.table;
        let header = table.columns.iter().map(|column| column.header.clone()).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(|value| value.printed().to_owned()).collect());
        assert_eq!(set[&table.title], std::iter::once(header).chain(rows).collect::<Vec<Vec<String>>>());
    }
}

#[test]
fn marks_that_occur_are_explained_above_the_table() {
    let package = is_sound(docx(&without_annex()).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let about: Vec<String> =
        named(&tree, "p").filter(|one| style(*one) == "AboutExhibit").map(words).collect();
    let explained = |mark: Mark| format!("{} {}", mark.symbol(), mark.meaning());
    let of_departments = about.iter().find(|words| words.contains(&explained(Mark::Withheld))).unwrap();
    assert!(of_departments.contains(&explained(Mark::NobodyScored)));
    assert!(!of_departments.contains(&explained(Mark::NotAvailable)));
}

fn without_annex() -> Paper {
    let mut paper = sample::paper();
    paper.sections.iter_mut().for_each(|section| section.annex = false);
    paper
}

#[test]
fn tables_of_many_rows_are_named_with_their_files() {
    let mut paper = without_annex();
    let long = exhibits(&mut paper).next().unwrap();
    let row = long.table.rows[0].clone();
    Arc::make_mut(&mut long.table).rows = vec![row; 41];
    let text = |paper: &Paper| is_sound(docx(paper).unwrap()).text("word/document.xml").to_owned();
    assert!(text(&paper).contains("Not printed here: tables/response.csv"));
    // A table that has no file is printed whatever its length.
    exhibits(&mut paper).next().unwrap().table_file = None;
    assert!(!text(&paper).contains("Not printed here"));
}

#[test]
fn wide_tables_lie_on_their_side_and_keep_the_order_of_their_numbers() {
    let mut paper = without_annex();
    let wide = exhibits(&mut paper).next().unwrap();
    for at in 0..8 {
        Arc::make_mut(&mut wide.table)
            .columns
            .push(crate::publish::table::Column::text(format!("Responsibilities {at}")));
        Arc::make_mut(&mut wide.table)
            .rows
            .iter_mut()
            .for_each(|row| row.push(Value::Text("responsibilities".to_owned())));
    }
    // A second table in the same section, which alone would stand upright.
    let mut second = exhibits(&mut paper).nth(2).unwrap().clone();
    Arc::make_mut(&mut second.table).name = "second".to_owned();
    second.drawing = None;
    paper.sections[0].blocks.push(Block::Exhibit(Box::new(second)));
    let package = is_sound(docx(&paper).unwrap());
    let tree = Document::parse(package.text("word/document.xml")).unwrap();
    let turned = named(&tree, "pgSz").filter(|one| attribute(*one, "orient") == Some("landscape")).count();
    assert!(turned >= 1);
    for kind in ["Table", "Figure"] {
        let fields = named(&tree, "fldSimple").filter(|one| attribute(*one, "instr").unwrap().contains(kind));
        let numbers: Vec<String> = fields.map(words).collect();
        let expected: Vec<String> = (1..=numbers.len()).map(|number| number.to_string()).collect();
        assert_eq!(numbers, expected, "{kind}");
    }
}

#[test]
fn same_paper_same_bytes() {
    assert_eq!(docx(&sample::paper()).unwrap(), docx(&sample::paper()).unwrap());
}

#[test]
fn tables_that_do_not_fit_their_columns_are_refused() {
    let mut paper = sample::paper();
    Arc::make_mut(&mut exhibits(&mut paper).next().unwrap().table).rows[1].pop();
    assert!(matches!(docx(&paper), Err(super::WordError::Table { table }) if table == "response"));
    Arc::make_mut(&mut exhibits(&mut paper).next().unwrap().table).columns.clear();
    assert!(docx(&paper).is_err());
}
