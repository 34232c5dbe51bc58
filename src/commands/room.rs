//! Room in memory for what a run makes, asked of the system at once.

use std::hint::black_box;

/// What glibc still keeps in one piece rather than handing it back: just below its largest threshold.
const PIECE: usize = (32 << 20) - (64 << 10);

/// Has the cores of a run take their memory in one piece each. glibc otherwise asks for a page at a
/// time, some thousand times, for every thread but the first, and has every large block mapped, and
/// cleared by the system, anew. Nothing is touched, so nothing is used up; where memory is managed
/// otherwise it is one request for nothing.
pub(super) fn make() {
    // The first piece is mapped, and teaches the threshold; the one after it is kept.
    piece();
    piece();
    // Where the pool was made before, or no thread can be started, work goes on as it would have.
    let _ = rayon::ThreadPoolBuilder::new().start_handler(|_| piece()).build_global();
}

fn piece() {
    drop(black_box(Vec::<u8>::with_capacity(PIECE)));
}
