//! The report from outside: its sections and headings, the house style, the areas for improvement with
//! their recommendations, the analyst's own words; and what is said when one of them is broken.

use crate::support::{Folder, rmsurvey, run, sample_output, small};

/// The sample with a text of its definition replaced.
fn with(from: &str, to: &str) -> Folder {
    let folder = Folder::sample();
    folder.replace("survey.toml", from, to);
    folder
}

/// The small survey with more in its definition.
fn small_with(more: &str) -> Folder {
    let folder = small::folder();
    let definition = folder.text("survey.toml");
    folder.write("survey.toml", definition + more);
    folder
}

const AREA: &str = "[[area]]\nid = \"trust\"\nlabel = \"Trust & respect\"\nquestions = [\"Q2\"]\n";

/// Runs on broken input, and gives what was said of it up to the count of problems.
#[track_caller]
fn said(input: &Folder) -> String {
    let output = Folder::empty();
    let answer = run(input.path(), output.path()).expect_code(1);
    answer.err.split("Nothing was written").next().unwrap_or_default().to_owned()
}

fn report(input: &Folder) -> String {
    let output = Folder::empty();
    run(input.path(), output.path()).expect_code(0);
    output.text("publish/report.html")
}

fn sections(report: &str) -> Vec<&str> {
    let sections = report.split("\n<section id=\"").skip(1);
    sections.map(|after| after.split('"').next().unwrap_or_default()).collect()
}

fn sample_report(which: &str) -> String {
    String::from_utf8(sample_output()[&format!("{which}/report.html")].clone()).expect("text")
}

#[test]
fn sections_stand_in_the_order_of_a_committee_and_the_annex_begins_once() {
    let report = sample_report("publish");
    assert_eq!(
        sections(&report),
        [
            "summary",
            "response",
            "change",
            "reality",
            "attention",
            "both-sides",
            "departments",
            "groups",
            "contact",
            "areas",
            "ladder",
            "limits",
            "method",
            "sensitivity",
            "quality",
            "glossary"
        ]
    );
    assert_eq!(report.matches("id=\"annex\"").count(), 1);
    let (paper, annex) = report.split_once("id=\"annex\"").expect("an annex");
    assert!(paper.contains("id=\"limits\"") && annex.contains("<span class=\"number\">A</span> Method"));
    // Departments and breakdowns can be jumped to, and what is jumped to is there.
    let jumps = report.split("id=\"departments-jump\"").nth(1).and_then(|after| after.split("</ul>").next());
    let jumps = jumps.expect("a list of departments");
    assert_eq!(jumps.matches("<li>").count(), 10);
    assert!(jumps.contains("<a href=\"#departments-4\">Safeguarding</a>"), "{jumps}");
    assert!(report.contains("<h3 id=\"departments-4\">Safeguarding</h3>"));
    assert!(report.contains("<h3 id=\"groups-1\">Care providers: Quadrant</h3>"));
}

#[test]
fn what_the_paper_cannot_say_is_said_in_words() {
    let report = sample_report("publish");
    let limits =
        report.split("<section id=\"limits\"").nth(1).and_then(|it| it.split("</section>\n<").next());
    let limits = limits.expect("limits");
    for said in [
        "fewer than 5 care providers and 10 council officers is not shown",
        "could not be tested",
        "the smallest that would have been noticed four times out of five is",
        "77 of 914 invited answered in 2017 (8%); 837 did not",
        "Nothing here compares Essex County Council with other organisations",
        "Nothing in this paper is a finding about Essex County Council",
    ] {
        assert!(limits.contains(said), "{said}\n{limits}");
    }
}

#[test]
fn one_year_and_no_departments_leave_out_what_there_is_not() {
    let folder = small::folder();
    let two = report(&folder);
    assert!(!sections(&two).contains(&"departments") && sections(&two).contains(&"change"));
    let output = Folder::empty();
    let [input, to] = [folder.path(), output.path()].map(|path| path.to_str().expect("a plain path"));
    rmsurvey(["run", "--input", input, "--output", to, "--wave", "2017", "--no-png"]).expect_code(0);
    let one = output.text("publish/report.html");
    let found = sections(&one);
    for missing in ["change", "reality", "both-sides", "departments", "areas", "ladder"] {
        assert!(!found.contains(&missing), "{missing}: {found:?}");
    }
    assert!(found.starts_with(&["summary", "response", "attention"]), "{found:?}");
}

#[test]
fn the_private_report_is_stamped_on_every_sheet() {
    let [private, public] = ["private", "publish"].map(sample_report);
    let stamp = "Not for publication";
    assert!(!public.contains(stamp));
    // At the top, on the line that browsers repeat on every sheet, and at the foot.
    assert_eq!(private.matches(&format!("<li>{stamp}</li>")).count(), 1);
    let running = private.split("class=\"running-stamps\"").nth(1).and_then(|it| it.split("</p>").next());
    assert!(running.is_some_and(|running| running.contains(stamp)));
    assert!(
        private.contains("position: fixed") && private.contains(&format!("<p class=\"stamp\">{stamp}</p>"))
    );
    // And on every picture.
    let pictures = private.matches("role=\"img\"").count();
    assert!(pictures > 20 && private.matches(&format!(">{stamp}<")).count() >= pictures);
}

#[test]
fn a_council_chooses_title_sections_headings_colours_and_contact() {
    let folder = small_with(
        "[report]\ntitle = \"Working <together>\"\nsections = [\"glossary\", \"limits\", \"response\"]\n\
         [report.headings]\nresponse = \"Who \\\"answered\\\"\"\n[style]\naccent = \"#00553A\"\n",
    );
    folder.replace(
        "survey.toml",
        "name = \"Example Council\"",
        "name = \"Example Council\"\ncontact = \"Ann & Co\"",
    );
    let report = report(&folder);
    assert_eq!(sections(&report), ["limits", "response", "glossary"]);
    assert!(report.contains("<h1>Working &#60;together&#62;</h1>"));
    assert!(report.contains("<span class=\"number\">2</span> Who &#34;answered&#34;</h2>"));
    assert!(
        report.contains("--accent: #00553A;") && report.contains("Questions about this paper: Ann &#38; Co")
    );
}

#[test]
fn the_accent_reaches_charts_word_and_workbook() {
    let folder = Folder::sample();
    let definition = folder.text("survey.toml");
    folder.write("survey.toml", definition + "\n[style]\naccent = \"#00553A\"\n");
    let output = Folder::empty();
    run(folder.path(), output.path()).expect_code(0);
    let part = |file: &str, name: &str| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(output.read(file))).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut archive.by_name(name).unwrap(), &mut text).unwrap();
        text
    };
    let chart = |name: &str| output.text(&format!("publish/charts/{name}.svg"));
    assert!(chart("10-question-scores-providers").contains("#00553A"));
    assert!(!chart("11-question-scores-officers").contains("#00553A"));
    for (file, name) in [("report.docx", "word/styles.xml"), ("tables.xlsx", "xl/styles.xml")] {
        let styles = part(&format!("publish/{file}"), name);
        assert!(styles.contains("00553A") && !styles.contains("12436D"), "{file}");
    }
}

#[test]
fn sections_and_headings_that_there_are_not_are_located() {
    let folder = small_with(
        "[report]\nsections = [\"summary\", \"respons\"]\n[report.headings]\nlimit = \"X\"\nquality = \" \"\n",
    );
    let said = said(&folder);
    for expected in [
        "error: there is no section \"respons\" in this definition\n  where     survey.toml, line 49, column 24\n          | sections = [\"summary\", \"respons\"]\n          |                        ^^^^^^^^^\n",
        "  nearest   response\n",
        "error: a paper has to say what it cannot say\n  where     survey.toml, line 49, column 12\n",
        "error: there is no section \"limit\" in this definition\n  where     survey.toml, line 51, column 1\n",
        "error: this heading has no words\n  where     survey.toml, line 52, column 11\n",
        "4 errors",
    ] {
        assert!(said.contains(expected), "{expected}\n---\n{said}");
    }
}

#[test]
fn colours_that_cannot_be_read_are_refused_with_their_contrast() {
    // Contrast on white by the formula of WCAG 2.2: #F46A25 1.05 / 0.3467 = 3.02, #777777 4.47 (rounded down).
    let said = said(&small_with("[style]\naccent = \"#F46A25\"\nstamp = \"#777777\"\nground = \"blue\"\n"));
    assert!(
        said.contains(
            "error: the accent on white cannot be read: #F46A25 on #FFFFFF has a contrast of 3.02\n  where     survey.toml, line 49, column 10\n          | accent = \"#F46A25\"\n          |          ^^^^^^^^^\n  expected  a contrast of 4.5 or more; a darker accent or stamp, a lighter ground\n"
        ),
        "{said}"
    );
    assert!(
        said.contains("white on the stamp cannot be read: #777777 on #FFFFFF has a contrast of 4.47"),
        "{said}"
    );
    assert!(
        said.contains("\"blue\" is no colour") && said.contains("the accent on the ground cannot be read"),
        "{said}"
    );
    // Each stands out from white and yet not from the other.
    let said = self::said(&small_with("[style]\naccent = \"#0B6E4F\"\nground = \"#9FC7BA\"\n"));
    assert!(said.contains("the accent on the ground cannot be read: #0B6E4F on #9FC7BA"), "{said}");
    assert_eq!(said.matches("error: ").count(), 2, "{said}");
}

#[test]
fn colours_that_charts_could_not_tell_apart_are_refused() {
    let with = |style: &str| {
        let folder = Folder::sample();
        let definition = folder.text("survey.toml");
        folder.write("survey.toml", definition + "\n[style]\n" + style);
        said(&folder)
    };
    // #C2410C and the orange of the second audience lie 0.134 apart in Oklab.
    let said = with("accent = \"#C2410C\"\n");
    assert!(said.contains("the charts could not tell \"Care providers\" (#C2410C) from"), "{said}");
    let said = with("audiences = [\"#12436D\"]\n");
    assert!(said.contains("colours: 1, audiences: 2"), "{said}");
    let said = with("audiences = [\"#12436D\", \"#FFC72C\"]\n");
    assert!(said.contains("cannot be seen on white in the charts: #FFC72C"), "{said}");
}

#[test]
fn an_area_names_questions_and_departments_that_there_are() {
    let said = said(&with(
        "questions = [\"Q2\", \"Q5\"]",
        "questions = [\"Q2\", \"Q9\", \"Q2\"]\ndepartments = [\"finanse\"]",
    ));
    for expected in [
        "error: there is no question \"Q9\" in this definition\n",
        "error: the question \"Q2\" stands here a second time\n",
        "error: there is no department \"finanse\" in this definition\n",
        "  nearest   finance\n",
    ] {
        assert!(said.contains(expected), "{expected}\n---\n{said}");
    }
    let none = self::said(&with("questions = [\"Q6\"]", "questions = []"));
    assert!(none.contains("the area `roles-and-leadership` names no question"), "{none}");
}

#[test]
fn areas_show_released_figures_and_where_recommendations_stand() {
    let report = sample_report("publish");
    let areas =
        report.split("<section id=\"areas\"").nth(1).and_then(|it| it.split("<section id=\"ladder\"").next());
    let areas = areas.expect("areas");
    // Officers' trust was published as 1.80 for 2016; the year after is invented.
    assert!(areas.contains("Council officers: clearly rose: Q2 Trust (1.80 to 2.05)"), "{areas}");
    assert!(areas.contains("two recommendations: 1 done, 1 in progress"));
    assert!(
        areas.contains("Repeat the survey with a greater response rate")
            && areas.contains("31 December 2017")
    );
    assert!(areas.contains("are invented, as the answers are"));
}

#[test]
fn a_broken_list_of_actions_is_located() {
    let with = |text: &str| {
        let folder = small_with(AREA);
        folder.write("actions.csv", text);
        said(&folder)
    };
    assert_eq!(
        with("area,recomendation,status\ntrust,Listen,Done\n").trim(),
        "error: the list of actions lacks a column\n  where     actions.csv, line 1\n  found     area, recomendation, status\n  expected  recommendation\n\n\
         error: there is no such column in a list of actions\n  where     actions.csv, line 1, column B (2), \"recomendation\"\n  expected  area, recommendation, status, owner, date, note\n  nearest   recommendation\n\n2 errors"
    );
    let said = with(
        "area,recommendation,status,date\nTRUST,Listen,Done,2018-13-01\ntrsut,Listen,Done,\nTrust & respect,,Done,\ntrust,Listen,Done,,more\n",
    );
    for expected in [
        "error: this is no date\n  where     actions.csv, line 2, column D (4), \"date\"\n  found     \"2018-13-01\"\n",
        "error: survey.toml has no area of this name\n  where     actions.csv, line 3, column A (1), \"area\"\n  found     \"trsut\"\n  expected  Trust & respect\n  nearest   trust\n",
        "error: this cell may not be empty\n  where     actions.csv, line 4, column B (2), \"recommendation\"\n",
        "error: this line has more cells than the header\n  where     actions.csv, line 5\n",
    ] {
        assert!(said.contains(expected), "{expected}\n---\n{said}");
    }
    let folder = small::folder();
    folder.write("actions.csv", "area,recommendation,status\ntrust,Listen,Done\n");
    assert!(self::said(&folder).contains("survey.toml has no area for improvement"));
}

#[test]
fn a_broken_commentary_is_located() {
    let folder = small::folder();
    folder.write("commentary.md", "# respons\n\nText.\n");
    let said = said(&folder);
    let expected = "error: the paper has no section of this name\n  where     commentary.md, line 1\n  found     \"respons\"\n";
    assert!(said.contains(expected) && said.contains("  nearest   response\n"), "{said}");
}

#[test]
fn hostile_words_of_people_stay_words() {
    let script = "<script>alert(1)</script>";
    let folder = small_with(&format!(
        "[[area]]\nid = \"x\"\nlabel = '{script}'\ntext = '{script}'\nquestions = [\"Q1\"]\n"
    ));
    folder.write(
        "actions.csv",
        format!("area,recommendation,status,note\nx,{script},=1+1,\"\"\" onclick=\"\"x\"\n"),
    );
    folder.write(
        "commentary.md",
        format!("# change\n\n{script}\n\n**{script}** [{script}](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n![x](http://x.uk/x.png)\n"),
    );
    let report = report(&folder);
    assert!(!report.contains("<script>alert") && !report.contains("<img"), "an element came through");
    assert!(!report.contains("href=\"javascript:") && !report.contains("src=\"http"), "a link came through");
    assert!(report.contains("(javascript:alert(1))") && report.contains("x (http://x.uk/x.png)"));
    assert!(report.matches("&#60;script&#62;alert(1)&#60;/script&#62;").count() >= 6);
}

#[test]
fn words_stand_beside_the_section_or_the_figure() {
    let folder = Folder::sample();
    folder.write(
        "commentary.md",
        "# 2017/providers/all/all/size/small\n\nOn the figure.\n\n# limits\n\nOn the section.\n\n# 2017/providers/safeguarding/Q1/all/all\n\nOn a department.\n",
    );
    let report = report(&folder);
    let place = |text: &str| report.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place("<h3 id=\"groups-3\">Care providers: Size") < place("On the figure."));
    assert!(place("On the figure.") < place("<h3 id=\"groups-4\">"));
    assert!(report.contains(
        "On Care providers, size Small, all ten departments together, all questions together, 2017: average"
    ));
    assert!(place("<h3 id=\"departments-4\">Safeguarding") < place("On a department."));
    assert!(place("On a department.") < place("<h3 id=\"departments-5\">"));
    assert!(place("<section id=\"limits\"") < place("On the section."));
}

#[test]
fn words_on_a_figure_that_is_not_shown_stay_private() {
    let (input, output) = (Folder::sample(), Folder::empty());
    // Fewer than ten officers are directors, so their figures are withheld.
    input.write("commentary.md", "# 2017/officers/whole/all/grade/director\n\nThe director told me so.\n");
    let answer = run(input.path(), output.path()).expect_code(0);
    assert!(answer.err.contains("commentary.md, line 1"), "{}", answer.err);
    assert!(answer.err.contains("these words are in the private report only"), "{}", answer.err);
    assert!(!output.text("publish/report.html").contains("told me so"));
    assert!(output.text("private/report.html").contains("told me so"));
}
