//! The method page: each formula in words, its source, and what it assumes. Technical words are
//! allowed here and nowhere else.

use super::coverage::coverage;
use crate::publish::paper::{Block, Exhibit};
use crate::publish::view::View;

/// Heading and paragraphs of one topic.
type Topic = (&'static str, &'static [&'static str]);

const AVERAGES: Topic = (
    "Averages and counts",
    &[
        "Every average pools the scores given: the sum of all scores divided by their number. What is no score, such as an unanswered question, is left out and counted on its own. An average over several questions, or over several things scored, is never an average of averages.",
        "Counts are whole numbers and averages exact ratios of them. What is printed is rounded once, at the end, half up; differences are taken before rounding.",
    ],
);

const RANGES: Topic = (
    "Likely ranges",
    &[
        "What was sampled is the respondent: the many answers of one respondent count as one respondent's. With k answers of a respondent that add up to y, and R the average, a respondent's influence is u = (y \u{2212} R k) / (all answers). The variance of R is (1 \u{2212} n/N) \u{00b7} m/(m \u{2212} 1) \u{00b7} \u{03a3}u\u{00b2}, for n forms of N invited and m respondents with an answer; the likely range is R \u{00b1} t standard errors with m \u{2212} 1 degrees of freedom at 95%. Source: ratio mean by linearisation, as in R's survey package (Lumley).",
        "A share has Wilson's interval, with an effective number of answers from its standard error and t in place of the normal quantile, so that it stays between 0 and 100%. Source: svyciprop of the same package.",
        "One respondent has an average and no range; where all score alike the standard error is 0 and nothing is tested.",
        "Everybody was invited and only some answered, so every range assumes that who answers has nothing to do with the score. The response table shows how far those who answered look like those who were invited.",
    ],
);

const COMPARISONS: Topic = (
    "Gaps and changes",
    &[
        "Two audiences, and groups of one audience, are compared as independent samples: the variances add up, with Welch's and Satterthwaite's degrees of freedom.",
        "Change is shown in three ways. Taken as independent samples, the variances of the two years add up. Where respondents can be found in both years, the combined change takes twice the covariance of those in both off (Tam 1984; Kish), with one degree of freedom less than respondents in the smaller year. The matched change rests on those who answered in both years only; it speaks of respondents like these. Only what was asked in both years counts, in words that ask the same and on the same scale; what was merged or split is not compared.",
        "The smallest difference that could have been noticed is (t(0.975) + t(0.80)) standard errors: one of this size would have been found clear four times out of five.",
        "Comparisons are judged in families, and a verdict is that of the adjusted p at 5%: questions by Holm (1979); pairs and groups by Benjamini and Hochberg (1995). A comparison with fewer than five respondents on a side, or fewer than the minimum for publication, is not tested and not counted.",
    ],
);

const DEPARTMENTS: Topic = (
    "Departments",
    &[
        "Departments are compared within the same respondents, by the variance of the difference of their influences. Departments against the rest are judged together by Holm's procedure, pairs of them by Benjamini and Hochberg's.",
    ],
);

const MIX: Topic = (
    "Different people answering",
    &[
        "A change in an average is split in two (Kitagawa 1955): within each group, its change times the group's average share of the answers in the two years; and across groups, the change in each group's share times its average score in the two years. The two add up to the change exactly. Standard errors come from leaving out one respondent at a time, and count those who answered in both years as the same people. A group without an answer in one year is taken to have scored there as it did in the other.",
        "Where the number invited is known by group, averages are also weighted to it: by one breakdown (post-stratification), and by all of them together (raking, Deming and Stephan 1940). A form weighs as many of the invited as it stands for; forms that do not state a group keep their share; standard errors come from what the matched groups do not explain. No form weighs more than five times the average one where that can be had. The effective number of forms is the squared sum of weights over the sum of their squares (Kish).",
        "Both rest on one assumption: within a group, those who answered would have scored as those who did not. They show how much the make-up of those who answered matters by the groups known, and nothing about what was not asked. The averages as answered remain the headline. Groups too small to be shown are put together before anything is split or weighted for publication.",
    ],
);

const CONTACT: Topic = (
    "No contact",
    &[
        "\"No contact\" is an outcome of its own: its share is the number of \"no contact\" answers divided by scores and \"no contact\" together, and its change between years is estimated and tested as the change of an average is, in families of its own, assuming that what was left empty has nothing to do with contact. Where a score rises while \"no contact\" rises too, and one of the two clearly, the paper warns that the rise may be that of those who are still in contact; nobody knows what the others would have scored.",
    ],
);

const SCALE: Topic = (
    "Effect sizes, distributions and reliability",
    &[
        "Effect sizes are Cliff's delta: of all pairs of one respondent from each side, the share in which the left one's average is higher minus the share in which it is lower, with the interval of Feng and Cliff (2004). It assumes independent respondents and makes no use of the distances between scores; the number invited plays no part.",
        "Whether two audiences, or the groups of a breakdown, spread their answers differently over the scale is tested by Rao and Scott's (1984) second-order correction of the chi-squared test: the usual comparison of observed with expected shares, divided by how much more the answers of the same respondents vary together than independent ones would. Only groups with enough respondents to be shown take part. The questions of one comparison form a family (Holm).",
        "Reliability of the question scale is Cronbach's (1951) alpha: the number of questions, divided by itself less one, times one minus the sum of the questions' variances over the variance of their sum. It rests on respondents who scored every question, so it says nothing about the others, and it assumes that the questions measure one thing equally well; a high value does not prove that they do.",
        "Forms that give the same score everywhere, answer nothing or equal another form are counted as a measure of the data's quality and left in all figures: with few questions any of them can be honest.",
    ],
);

const COUNCILS: Topic = (
    "Other councils",
    &[
        "What other councils have is what they shared of their own public figures: for each average its number who answered, its standard error to three decimals and its degrees of freedom. Their average is the plain mean of their averages, so that each council counts once; its variance is the sum of their squared standard errors divided by the squared number of councils. They are taken as these councils and no sample of all councils, so how far they differ among themselves is shown as their range and enters no error.",
        "This council and the others are compared as independent samples, with Welch's and Satterthwaite's degrees of freedom, by question and by department in families of their own (Holm). Averages over all questions are compared only with councils that asked the same questions.",
    ],
);

const COVERAGE: &str = "Whether ranges made in this way hold the truth as often as they promise was tried on a simulated population, of which every answer is known.";

/// The method, topic by topic, and how it stood the trial.
pub(in crate::publish) fn method(view: &View<'_>) -> Vec<Block> {
    let frame = if view.survey.analysis.finite_population_correction {
        "Where the number invited is known, N is that number, and ranges speak of this year's invited; where it is not, N is taken as without end. For a claim about a wider world (those who hold such posts in general, say) they are too narrow: a simulation of 40 to 44 of 52 people gave ranges that held such a wider truth only 62 times out of 100."
    } else {
        "Ranges are not corrected for the number invited: N is taken as without end, and they speak of a wider world than this year's invited."
    };
    let has_departments = !view.survey.departments.is_empty();
    let topics = [
        (AVERAGES, true),
        (RANGES, true),
        (COMPARISONS, true),
        (DEPARTMENTS, has_departments),
        (MIX, true),
        (CONTACT, view.asks_contact()),
        (COUNCILS, view.release.benchmarks().next().is_some()),
        (SCALE, true),
    ];
    let mut blocks = Vec::new();
    for ((heading, paragraphs), _) in topics.into_iter().filter(|(_, is_needed)| *is_needed) {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(paragraphs.iter().map(|text| Block::Paragraph((*text).to_owned())));
        if heading == RANGES.0 {
            blocks.push(Block::Paragraph(frame.to_owned()));
        }
    }
    blocks.push(Block::Heading("Do the likely ranges hold?".to_owned()));
    blocks.push(Block::Paragraph(COVERAGE.to_owned()));
    let exhibit = Exhibit {
        drawing: None,
        table: coverage(view.survey.scores_relationships()).into(),
        table_file: None,
        open: true,
        folded: false,
    };
    blocks.push(Block::Exhibit(Box::new(exhibit)));
    blocks
}
