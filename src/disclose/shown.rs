//! A figure that may or may not leave the building.

use std::sync::Arc;

/// A value that was released, or the fact that it was withheld.
///
/// Only [`disclose`](crate::disclose) makes one, and a withheld one no longer holds the value, so
/// whoever is handed a `Shown` cannot publish what must not be published.
///
/// A publisher can read one, and has to say what happens when it is withheld:
///
/// ```
/// fn printed(figure: &rmsurvey::disclose::Shown<u64>) -> String {
///     figure.value().map_or("[c]".to_owned(), u64::to_string)
/// }
/// ```
///
/// and cannot make one, neither by its constructor
///
/// ```compile_fail,E0624
/// let figure = rmsurvey::disclose::Shown::released(3_u64);
/// ```
///
/// nor from its part:
///
/// ```compile_fail,E0423
/// let figure = rmsurvey::disclose::Shown(Some(3_u64));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Shown<T>(Option<Arc<T>>);

impl<T> Shown<T> {
    pub(in crate::disclose) fn released(value: T) -> Shown<T> {
        Shown(Some(Arc::new(value)))
    }

    /// A value that several readerships may see.
    pub(in crate::disclose) fn shared(value: &Arc<T>) -> Shown<T> {
        Shown(Some(Arc::clone(value)))
    }

    pub(in crate::disclose) fn withheld() -> Shown<T> {
        Shown(None)
    }

    /// The value; `None` when it is withheld.
    pub fn value(&self) -> Option<&T> {
        self.0.as_deref()
    }

    /// Whether the value was withheld.
    pub fn is_withheld(&self) -> bool {
        self.0.is_none()
    }

    /// A part of a released value, released as its whole was.
    pub fn map<U>(&self, part: impl FnOnce(&T) -> U) -> Shown<U> {
        Shown(self.0.as_deref().map(|whole| Arc::new(part(whole))))
    }
}
