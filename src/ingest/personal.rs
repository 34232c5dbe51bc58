//! Columns that say who a respondent is.

use super::layout::without_number;
use crate::survey::fold;

/// Columns that may hold who a respondent is, folded; on any platform. Never read.
const PERSONAL: [&str; 24] = [
    "name",
    "first name",
    "last name",
    "full name",
    "surname",
    "forename",
    "email",
    "e-mail",
    "email address",
    "e-mail address",
    "ip",
    "ip address",
    "ipaddress",
    "ipaddr",
    "recipientfirstname",
    "recipientlastname",
    "recipientemail",
    "recipient first name",
    "recipient last name",
    "recipient email",
    "firstname",
    "lastname",
    "locationlatitude",
    "locationlongitude",
];

/// Further names under which platforms and analysts write them.
const ALSO_PERSONAL: [&str; 29] = [
    "username",
    "your name",
    "your email",
    "your email address",
    "telephone",
    "phone number",
    "telephone number",
    "location latitude",
    "location longitude",
    "latitude",
    "longitude",
    "your full name",
    "contact name",
    "contact email",
    "contact e-mail",
    "contact number",
    "contact telephone",
    "name of person completing this form",
    "respondent name",
    "respondent email",
    "respondent e-mail",
    "phone",
    "mobile",
    "mobile number",
    "postcode",
    "your postcode",
    "your e-mail address",
    "your e-mail",
    "your telephone number",
];

/// Whether a header says that its column holds names or addresses of people.
pub(crate) fn is_personal(header: &str) -> bool {
    let folded = fold(without_number(header));
    let plain = folded.trim_end_matches([':', '?', '*', ' ']);
    PERSONAL.iter().chain(&ALSO_PERSONAL).any(|name| plain == *name)
}

/// Words for a person or a person's name.
const PERSONS: [&str; 22] = [
    "name",
    "names",
    "surname",
    "forename",
    "initials",
    "person",
    "contact",
    "contacts",
    "officer",
    "manager",
    "lead",
    "leader",
    "director",
    "supervisor",
    "coordinator",
    "administrator",
    "worker",
    "colleague",
    "assessor",
    "interviewer",
    "signed",
    "signature",
];

/// Words for where somebody can be reached.
const ADDRESSES: [&str; 7] = ["email", "mail", "phone", "telephone", "mobile", "postcode", "address"];

/// Words for what has an address and is not a person.
const UNITS: [&str; 10] = [
    "team",
    "service",
    "directorate",
    "department",
    "organisation",
    "provider",
    "company",
    "area",
    "site",
    "office",
];

/// Whether what stands under a header may be who somebody is: it names a person, says who did
/// something ("Completed by"), or asks for an address that is not that of a team or an organisation.
/// Such a column may be read where the definition says so, and never divides respondents by itself.
pub(crate) fn may_name_people(header: &str) -> bool {
    let folded = fold(header);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let any = |of: &[&str]| words.iter().any(|word| of.contains(word));
    is_personal(header) || any(&PERSONS) || words.last() == Some(&"by") || (any(&ADDRESSES) && !any(&UNITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_a_person_may_name_people_whatever_else_a_header_says() {
        for header in [
            "Contact officer",
            "Team manager",
            "Name of the service lead",
            "Department contact",
            "Your name and organisation",
            "Person at the office",
            "4. E-mail",
            "Home address",
            "Completed by",
            "IP address",
        ] {
            assert!(may_name_people(header), "{header}");
        }
        for header in [
            "Which area do you work in?",
            "Office address",
            "Size of organisation",
            "Quadrant covered",
            "Share of service users funded by ECC",
            "Leadership level",
            "Directorate",
        ] {
            assert!(!may_name_people(header), "{header}");
        }
    }
}
