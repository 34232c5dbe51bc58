//! Hostile texts, end to end.

use crate::hostile::{survey, texts};
use crate::support::{Folder, files, run};

#[test]
fn probe_tame() {
    let output = Folder::empty();
    let input = survey(None);
    let said = run(input.path(), output.path());
    eprintln!("{}\n{}", said.code, said.err);
    let written = files(output.path());
    eprintln!("{}", written.keys().cloned().collect::<Vec<_>>().join(" "));
    let kept = std::path::Path::new("/tmp/h/tame");
    for (n, b) in &written {
        let p = kept.join(n);
        std::fs::create_dir_all(p.parent().unwrap()).unwrap();
        std::fs::write(p, b).unwrap();
    }
}

#[test]
fn probe_each() {
    for text in texts() {
        let output = Folder::empty();
        let input = survey(Some(vec![text.clone()]));
        let said = run(input.path(), output.path());
        eprintln!("--- {} {:?}", said.code, text.chars().take(40).collect::<String>());
        if said.code != 0 {
            eprintln!("{}", said.err.chars().take(1500).collect::<String>());
        }
    }
}
