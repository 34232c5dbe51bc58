//! How far long work has come: told by whoever does it, looked at by whoever waits.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

/// Counters that any thread may raise.
#[derive(Debug, Default)]
pub struct Progress {
    total: AtomicU64,
    done: AtomicU64,
    rows: AtomicU64,
    is_over: AtomicBool,
}

/// What there is to do and what is done of it, in whatever unit suits the work; and rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub total: u64,
    pub done: u64,
    pub rows: u64,
}

impl Progress {
    /// How far it is; `None` once there is nothing more to wait for.
    pub fn state(&self) -> Option<State> {
        let [total, done, rows] = [&self.total, &self.done, &self.rows].map(|it| it.load(Relaxed));
        (!self.is_over.load(Relaxed)).then_some(State { total, done, rows })
    }
}

/// A folder that is read or written, and the progress of that where somebody looks at it.
#[derive(Clone, Copy, Debug)]
pub struct Watched<'w> {
    pub path: &'w Path,
    progress: Option<&'w Progress>,
}

/// A folder whose progress nobody looks at.
impl<'w, P: AsRef<Path> + ?Sized> From<&'w P> for Watched<'w> {
    fn from(folder: &'w P) -> Watched<'w> {
        Watched { path: folder.as_ref(), progress: None }
    }
}

impl<'w> Watched<'w> {
    pub fn new(path: &'w Path, progress: &'w Progress) -> Watched<'w> {
        Watched { path, progress: Some(progress) }
    }

    /// There is so much more to do.
    pub(crate) fn expect(self, more: u64) {
        if let Some(progress) = self.progress {
            progress.total.fetch_add(more, Relaxed);
        }
    }

    /// So much more is done.
    pub(crate) fn done(self, more: u64, rows: u64) {
        if let Some(progress) = self.progress {
            progress.done.fetch_add(more, Relaxed);
            progress.rows.fetch_add(rows, Relaxed);
        }
    }

    /// How far it is, to come back to.
    pub(crate) fn mark(self) -> State {
        self.progress.and_then(Progress::state).unwrap_or_default()
    }

    /// What was done since came to nothing.
    pub(crate) fn back_to(self, State { done, rows, .. }: State) {
        if let Some(progress) = self.progress {
            progress.done.store(done, Relaxed);
            progress.rows.store(rows, Relaxed);
        }
    }

    /// There is nothing more to wait for.
    pub(crate) fn over(self) {
        if let Some(progress) = self.progress {
            progress.is_over.store(true, Relaxed);
        }
    }
}
