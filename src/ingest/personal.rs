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
