//! Which councils this one is held against, and how.

use crate::publish::paper::Block;
use crate::publish::view::View;
use crate::words::{counted, listed};

/// The councils by name, how they are taken together, and what was found.
pub(in crate::publish) fn other_councils(view: &View<'_>, said: Vec<Block>) -> Vec<Block> {
    let councils = view.release.councils();
    if view.release.benchmarks().next().is_none() {
        return Vec::new();
    }
    let names: Vec<String> = councils.iter().map(|it| format!("{} ({})", it.name, it.wave)).collect();
    let plural = if names.len() == 1 { "" } else { "s" };
    let mut blocks = vec![Block::Paragraph(format!(
        "{} other council{plural} shared the averages of the same survey: {}.",
        crate::words::capital(&counted(names.len())),
        listed(&names)
    ))];
    if names.len() > 1 {
        blocks.push(Block::Paragraph(
            "Each council counts once, whatever number answered there, as the question is how other councils do and a large one must not stand for all. They are these councils and no sample of all councils: what is said holds for them."
                .to_owned(),
        ));
    }
    blocks.push(Block::Paragraph(
        "Councils differ in whom they ask, when and how, which no likely range takes in.".to_owned(),
    ));
    blocks.extend(said);
    blocks
}
