//! A bar on the terminal while rows are read or written, where that takes its time.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rmsurvey::progress::{Progress, State, Watched};
use rmsurvey::words::thousands;

/// Work that is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
const BETWEEN: Duration = Duration::from_millis(100);

/// Does work on a folder, with a bar where standard error is a terminal.
pub(super) fn watched<T>(folder: &Path, work: impl FnOnce(Watched<'_>) -> T) -> T {
    if !std::io::stderr().is_terminal() {
        return work(folder.into());
    }
    let progress = &Progress::default();
    // Whatever ends the work drops the one end, which ends the bar at the other.
    let (working, ended) = mpsc::channel();
    thread::scope(move |scope| {
        scope.spawn(move || show(progress, &ended));
        let done = work(Watched::new(folder, progress));
        drop(working);
        done
    })
}

fn show(progress: &Progress, ended: &Receiver<()>) {
    let started = Instant::now();
    let is_working = |wait| ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout);
    if !is_working(PATIENCE) || progress.state().is_none() {
        return;
    }
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}") {
        bar.set_style(style);
    }
    while let Some(state) = progress.state() {
        bar.set_message(said(state, started.elapsed()));
        bar.set_length(state.total);
        bar.set_position(state.done);
        if !is_working(BETWEEN) {
            break;
        }
    }
    bar.finish_and_clear();
}

/// "1,200,000 rows, 800,000 a second, 2 seconds left".
fn said(State { total, done, rows }: State, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let mut said =
        format!("{} rows, {} a second", thousands(rows), thousands((rows as f64 / seconds) as u64));
    if done > 0 {
        let left = seconds * total.saturating_sub(done) as f64 / done as f64;
        said = format!("{said}, {} left", time(left.ceil() as u64));
    }
    said
}

/// "1 second", "45 seconds", "2 min 5 s".
fn time(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        0..60 => format!("{seconds} seconds"),
        60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_rate_and_time_left() {
        let said =
            |total, done, rows, seconds| said(State { total, done, rows }, Duration::from_secs(seconds));
        assert_eq!(said(3000, 1000, 1_500_000, 2), "1,500,000 rows, 750,000 a second, 4 seconds left");
        assert_eq!(said(3000, 2900, 10, 29), "10 rows, 0 a second, 1 second left");
        assert_eq!(said(3000, 0, 0, 1), "0 rows, 0 a second");
        assert_eq!(said(126, 1, 1, 1), "1 rows, 1 a second, 2 min 5 s left");
        assert_eq!(time(7_320), "2 h 2 min");
    }
}
