//! Whether the cores are this machine's own at the moment: seconds that a fixed number of additions takes on
//! all of them at once.
//!
//! The additions do not wait for each other, so that one thread can fill a core. Where the machine is a guest and
//! its host has another compute on the same core, they take half as long again, while clock and load look as ever.

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

/// About ten milliseconds on a core of three gigahertz.
const ROUNDS: u64 = 6_000_000;

fn main() {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let times: Vec<Duration> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(add)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    println!("{:.4}", times.into_iter().max().unwrap_or_default().as_secs_f64());
}

fn add() -> Duration {
    let begun = Instant::now();
    let mut sums: [u64; 8] = black_box([1, 2, 3, 4, 5, 6, 7, 8]);
    for round in 0..black_box(ROUNDS) {
        for at in 0..sums.len() {
            sums[at] = sums[at].wrapping_add(round ^ sums[(at + 1) % sums.len()]);
        }
    }
    black_box(sums);
    begun.elapsed()
}
