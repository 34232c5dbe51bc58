//! What a committee report says before it begins, from the definition.

use super::paper::Front;
use crate::survey::Survey;

/// Details, purpose and recommendations, without those that the definition leaves out or empty.
pub(super) fn front(survey: &Survey) -> Front {
    let committee = &survey.committee;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let details = [
        ("Committee", given(&committee.name)),
        ("Date", committee.date.map(|day| day.strftime("%-d %B %Y").to_string())),
        ("Report number", given(&committee.report_number)),
        ("Enquiries to", given(&committee.enquiries_to)),
        ("Contact", given(&survey.organisation.contact)),
    ];
    let said = details.into_iter().filter_map(|(label, text)| Some((label.to_owned(), text?)));
    let recommendations = committee.recommendations.iter().filter(|text| !text.trim().is_empty());
    Front {
        details: said.collect(),
        purpose: given(&committee.purpose),
        recommendations: recommendations.cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front_of(typed: &str) -> Front {
        let sample = include_str!("../../input/survey.toml");
        let (before, after) = sample.split_once("[committee]").unwrap();
        let (_, after) = after.split_once("\n# ---").unwrap();
        front(&crate::survey::read(format!("{before}{typed}\n# ---{after}").as_bytes()).unwrap())
    }

    #[test]
    fn what_is_not_given_leaves_no_line() {
        let labels = |front: &Front| front.details.iter().map(|(label, _)| label.clone()).collect::<Vec<_>>();
        let none = front_of("");
        assert_eq!(
            (labels(&none), none.purpose, none.recommendations.len()),
            (vec!["Contact".into()], None, 0)
        );
        let some =
            front_of("[committee]\nname = \" \"\ndate = 2018-03-05\nrecommendations = \"To note it.\"\n");
        assert_eq!(some.details[0], ("Date".to_owned(), "5 March 2018".to_owned()));
        assert_eq!((labels(&some).len(), some.recommendations), (2, vec!["To note it.".to_owned()]));
    }
}
