//! `about.json`: the dimensions along which published figures add up, and the rule.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::AuditError;
use super::markup::spaced;

/// What the public folder says about itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct About {
    pub scale: Scale,
    /// By wave, of those with a scale of their own.
    #[serde(default)]
    pub scales: BTreeMap<String, Scale>,
    pub waves: Vec<String>,
    pub questions: Vec<String>,
    pub departments: Vec<String>,
    pub audiences: Vec<Audience>,
    /// Names of councils that this one is held against.
    #[serde(default)]
    pub other_councils: Vec<String>,
    /// What tables call the ids. Without it tables cannot be set beside the data files.
    #[serde(default)]
    pub labels: Labels,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Scale {
    pub high: u8,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Audience {
    pub id: String,
    pub label: String,
    pub scores_departments: bool,
    pub minimum_respondents: i64,
    /// Groups by breakdown; those who left the attribute blank come on top of them.
    pub breakdowns: BTreeMap<String, Vec<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Labels {
    /// By id; `all` and `whole` among them.
    pub departments: BTreeMap<String, String>,
    /// By id; `all` among them. Each as tables write it: in full, and short.
    pub questions: BTreeMap<String, Vec<String>>,
    /// By audience, then by breakdown.
    pub breakdowns: BTreeMap<String, BTreeMap<String, BreakdownLabels>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct BreakdownLabels {
    pub label: String,
    /// By id; `all` and `not-stated` among them.
    pub groups: BTreeMap<String, String>,
}

impl About {
    /// The highest score of a wave.
    pub fn top(&self, wave: &str) -> i64 {
        i64::from(self.scales.get(wave).unwrap_or(&self.scale).high)
    }

    /// # Errors
    /// When it is not what a run writes.
    pub fn read(text: &str) -> Result<About, AuditError> {
        let read = serde_json::from_str(text).and_then(|mut about: Value| {
            as_labels(&mut about);
            serde_json::from_value(about)
        });
        read.map_err(|error| AuditError::malformed("about.json", error.to_string()))
    }
}

/// Every text as other files have it.
fn as_labels(value: &mut Value) {
    match value {
        Value::String(text) => *text = spaced(text),
        Value::Array(list) => list.iter_mut().for_each(as_labels),
        Value::Object(object) => object.values_mut().for_each(as_labels),
        _ => {}
    }
}
