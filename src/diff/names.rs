//! What people call the ids of the data files, from the labels in `about.json`.

use serde_json::Value;

use super::output::Row;
use crate::words::markdown;

/// "2017, Care providers, Finance, Q1 Sharing information, Quadrant: North".
pub(super) fn described(about: &Value, row: &Row, keys: &[&str]) -> String {
    let audience = if keys.contains(&"audience") { row.text("audience") } else { "" };
    let mut parts: Vec<String> = Vec::new();
    for key in keys {
        let id = row.text(key);
        match *key {
            "kind" | "group" | "to_wave" => {}
            "breakdown" => parts.extend(group(about, audience, id, row)),
            "from_wave" => parts.push(format!("{id} to {}", row.text("to_wave"))),
            "left" => parts.push(format!(
                "{} against {}",
                side(about, audience, row, id),
                side(about, audience, row, row.text("right"))
            )),
            "right" => {}
            "audience" => parts.push(of_audience(about, id)),
            "department" => parts.push(of_department(about, id)),
            "question" => parts.push(of_question(about, id)),
            _ => parts.push(id.to_owned()),
        }
    }
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    markdown(&parts.join(", "))
}

fn group(about: &Value, audience: &str, breakdown: &str, row: &Row) -> Option<String> {
    let id = row.text("group");
    if breakdown == "all" || breakdown.is_empty() {
        return None;
    }
    let by = breakdown_of(about, audience, breakdown);
    let label = by.and_then(|by| by.get("label")).and_then(Value::as_str).unwrap_or(breakdown);
    if id.is_empty() {
        return Some(label.to_owned());
    }
    Some(format!("{label}: {}", of_group(about, audience, breakdown, id)))
}

fn side(about: &Value, audience: &str, row: &Row, id: &str) -> String {
    match (row.text("kind"), id) {
        (_, "rest") => "the others together".to_owned(),
        ("audiences", _) => of_audience(about, id),
        ("departments", _) => of_department(about, id),
        _ => of_group(about, audience, row.text("breakdown"), id),
    }
}

pub(super) fn of_audience(about: &Value, id: &str) -> String {
    let audiences = about.get("audiences").and_then(Value::as_array).into_iter().flatten();
    let mut found = audiences.filter(|it| it.get("id").and_then(Value::as_str) == Some(id));
    let label = found.next().and_then(|it| it.get("label")).and_then(Value::as_str);
    label.unwrap_or(id).to_owned()
}

fn of_department(about: &Value, id: &str) -> String {
    let label = about.pointer("/labels/departments").and_then(|all| all.get(id)).and_then(Value::as_str);
    label.unwrap_or(id).to_owned()
}

fn of_question(about: &Value, id: &str) -> String {
    let labels = about.pointer("/labels/questions").and_then(|all| all.get(id));
    labels.and_then(|labels| labels.get(0)).and_then(Value::as_str).unwrap_or(id).to_owned()
}

fn breakdown_of<'v>(about: &'v Value, audience: &str, breakdown: &str) -> Option<&'v Value> {
    about.pointer("/labels/breakdowns")?.get(audience)?.get(breakdown)
}

fn of_group(about: &Value, audience: &str, breakdown: &str, id: &str) -> String {
    let by = breakdown_of(about, audience, breakdown);
    let label = by.and_then(|by| by.get("groups")?.get(id)?.as_str());
    label.unwrap_or(id).to_owned()
}
