//! What of the definition is another: `about.json` against `about.json`.

use std::collections::BTreeMap;

use serde_json::Value;

/// Every difference, as "providers, minimum-respondents: 5, now 10".
pub(super) fn changes(old: &Value, new: &Value) -> Vec<String> {
    let mut changes = Vec::new();
    compare(&mut Vec::new(), Some(old), Some(new), &mut changes);
    changes
}

fn compare(path: &mut Vec<String>, old: Option<&Value>, new: Option<&Value>, changes: &mut Vec<String>) {
    if old == new {
        return;
    }
    if let (Some(before), Some(now)) = (old.and_then(members), new.and_then(members)) {
        let both: BTreeMap<&String, ()> = before.keys().chain(now.keys()).map(|name| (name, ())).collect();
        for name in both.into_keys() {
            path.push(name.clone());
            compare(path, before.get(name).copied(), now.get(name).copied(), changes);
            path.pop();
        }
    } else if let (Some(Value::Array(before)), Some(Value::Array(now))) = (old, new) {
        let missing = |from: &[Value], of: &[Value]| {
            let missing: Vec<String> = of.iter().filter(|it| !from.contains(it)).map(written).collect();
            missing.join(", ")
        };
        let (gone, come) = (missing(now, before), missing(before, now));
        let at = path.join(", ");
        if !gone.is_empty() {
            changes.push(format!("{at}: no longer {gone}"));
        }
        if !come.is_empty() {
            changes.push(format!("{at}: new {come}"));
        }
        if gone.is_empty() && come.is_empty() {
            changes.push(format!("{at}: in another order"));
        }
    } else {
        let said = |value: Option<&Value>| value.map_or_else(|| "not there".to_owned(), written);
        changes.push(format!("{}: {}, now {}", path.join(", "), said(old), said(new)));
    }
}

/// The members of an object, or of a list of things with ids, by name.
fn members(value: &Value) -> Option<BTreeMap<String, &Value>> {
    match value {
        Value::Object(object) => Some(object.iter().map(|(name, value)| (name.clone(), value)).collect()),
        Value::Array(list) if !list.is_empty() => {
            list.iter().map(|it| Some((it.get("id")?.as_str()?.to_owned(), it))).collect()
        }
        _ => None,
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(written).collect::<Vec<_>>().join(", "),
        Value::Object(object) => object.keys().cloned().collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_are_compared_by_id_and_by_what_came_and_went() {
        let audience = |minimum: u64, groups: &[&str]| json!({ "id": "providers", "minimum-respondents": minimum, "breakdowns": { "side": groups } });
        let about = |audience, waves: &[&str], title: &str| json!({ "audiences": [audience], "waves": waves, "title": title });
        let old = about(audience(5, &["a", "b"]), &["2016", "2017"], "Survey");
        let new = about(audience(10, &["b", "c"]), &["2017", "2016"], "The survey");
        assert_eq!(
            changes(&old, &new),
            [
                "audiences, providers, breakdowns, side: no longer a",
                "audiences, providers, breakdowns, side: new c",
                "audiences, providers, minimum-respondents: 5, now 10",
                "title: Survey, now The survey",
                "waves: in another order",
            ]
        );
        assert_eq!(changes(&old, &old), Vec::<String>::new());
    }
}
