//! A figure that may or may not leave the building.

/// A value that was released, or the fact that it was withheld.
///
/// Only [`disclose`](crate::disclose) makes one, and a withheld one no longer holds the value, so
/// whoever is handed a `Shown` cannot publish what must not be published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown<T>(Option<T>);

impl<T> Shown<T> {
    pub(in crate::disclose) fn released(value: T) -> Shown<T> {
        Shown(Some(value))
    }

    pub(in crate::disclose) fn withheld() -> Shown<T> {
        Shown(None)
    }

    /// The value; `None` when it is withheld.
    pub fn value(&self) -> Option<&T> {
        self.0.as_ref()
    }

    /// Whether the value was withheld.
    pub fn is_withheld(&self) -> bool {
        self.0.is_none()
    }

    /// A part of a released value, released as its whole was.
    pub fn map<U>(&self, part: impl FnOnce(&T) -> U) -> Shown<U> {
        Shown(self.0.as_ref().map(part))
    }
}
