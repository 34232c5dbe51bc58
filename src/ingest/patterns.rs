//! Names in the definition that stand for several files: `2024/part-*.csv`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use glob::{MatchOptions, Pattern};

use super::spreadsheet::path_and_sheet;
use super::{ACTIONS, COMMENTARY, CORRECTIONS};
use crate::diagnostics::{Diagnostic, Place};
use crate::nearest::{likeness_of_folded, nearest};
use crate::survey::{AnswerFile, Survey, fold};
use crate::words;

/// The same on every computer: capitals make no difference.
const OPTIONS: MatchOptions = MatchOptions {
    case_sensitive: false,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// What Excel puts beside a workbook that is open.
const LOCK: &str = "~$";

/// Files that are named where none fits.
const NAMED: usize = 5;

/// Whether a name has signs that stand for other letters.
pub(super) fn is_pattern(name: &str) -> bool {
    has_signs(path_and_sheet(name).0)
}

fn has_signs(path: &str) -> bool {
    path.contains(['*', '?'])
}

/// Whether a file is one of those that a name in the definition stands for.
pub(crate) fn stands_for(name: &str, file: &str) -> bool {
    let ((pattern, sheet), (path, of)) = (path_and_sheet(name), path_and_sheet(file));
    let parts = || pattern.split('/').zip(path.split('/'));
    let is_as_deep = || pattern.split('/').count() == path.split('/').count();
    name == file
        || (is_pattern(name) && sheet == of && is_as_deep() && parts().all(|(one, it)| fits(one, it)))
}

/// Whether a name without slashes fits a part of a pattern.
fn fits(part: &str, name: &str) -> bool {
    if !has_signs(part) {
        return part == name;
    }
    // Names have brackets, which stand for themselves.
    let mut plain = part.replace('[', "[[]");
    while plain.contains("**") {
        plain = plain.replace("**", "*");
    }
    !name.starts_with(LOCK) && Pattern::new(&plain).is_ok_and(|pattern| pattern.matches_with(name, OPTIONS))
}

/// Puts the files that there are in the place of patterns, in the order of their names. A pattern takes
/// no file that the definition names, nor one that the pattern before it took. One that no file fits
/// stays: whoever reads it says so.
pub(super) fn expand(survey: &mut Survey, folder: &Path) {
    let named = named(survey);
    for files in survey.waves.iter_mut().flat_map(|wave| &mut wave.files) {
        let mut taken = BTreeSet::new();
        for answers in std::mem::take(files) {
            let mut found =
                if is_pattern(&answers.file) { fitting(folder, &answers.file) } else { Vec::new() };
            found.retain(|file| !named.contains(path_and_sheet(file).0));
            if found.is_empty() {
                files.push(answers);
                continue;
            }
            let new = found.into_iter().filter(|file| taken.insert(file.clone()));
            files.extend(new.map(|file| AnswerFile { file, mode: answers.mode }));
        }
    }
}

/// Every file that has its name in the definition, or is known by its name.
fn named(survey: &Survey) -> BTreeSet<String> {
    let mut named: BTreeSet<String> = [ACTIONS, COMMENTARY, CORRECTIONS].map(str::to_owned).into();
    named.extend(survey.context.clone());
    for wave in &survey.waves {
        let answers = wave.files.iter().flatten().map(|answers| path_and_sheet(&answers.file).0);
        named.extend(answers.map(str::to_owned));
        let beside = [&wave.population, &wave.published, &wave.themes];
        named.extend(beside.into_iter().chain(&wave.invited).flatten().cloned());
    }
    named
}

/// Names under the folder, with forward slashes, of the files that fit a pattern.
fn fitting(folder: &Path, name: &str) -> Vec<String> {
    let (pattern, sheet) = path_and_sheet(name);
    let sheet = sheet.map_or_else(String::new, |sheet| format!("#{sheet}"));
    let mut paths = vec![String::new()];
    for part in pattern.split('/') {
        let below = |path: String| -> Vec<String> {
            let names = if has_signs(part) { names(&folder.join(&path)) } else { vec![part.to_owned()] };
            let fitting = names.into_iter().filter(|name| fits(part, name));
            fitting.map(|name| if path.is_empty() { name } else { format!("{path}/{name}") }).collect()
        };
        paths = paths.into_iter().flat_map(below).collect();
    }
    paths.sort();
    paths.into_iter().filter(|path| folder.join(path).is_file()).map(|path| path + &sheet).collect()
}

/// What a folder holds.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries.filter_map(|it| it.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// That no file fits a pattern: how far folders do, and what is there instead.
pub(super) fn nothing_fits(folder: &Path, name: &str) -> Diagnostic {
    let (pattern, _) = path_and_sheet(name);
    let (mut there, mut missing) = (String::new(), pattern);
    while let Some((part, rest)) = missing.split_once('/') {
        let next = format!("{there}{part}/");
        if has_signs(part) || !folder.join(&next).is_dir() {
            break;
        }
        (there, missing) = (next, rest);
    }
    let missing = missing.split('/').next().unwrap_or_default();
    let is_folder = there.len() + missing.len() < pattern.len();
    let what = if is_folder { "folder" } else { "file" };
    let place = if there.is_empty() { "beside survey.toml".to_owned() } else { format!("in {there}") };
    let message = format!("there is no {what} {place} whose name fits \"{missing}\"");
    let letters = missing.replace(['*', '?'], "");
    let names = names(&folder.join(&there));
    let is_right = |name: &&String| folder.join(format!("{there}{name}")).is_dir() == is_folder;
    let mut near: Vec<(f64, &String)> = names
        .iter()
        .filter(|name| !name.starts_with('.') && !name.starts_with(LOCK))
        .filter(is_right)
        .map(|name| (likeness_of_folded(0.0, &fold(&letters), &fold(name)).unwrap_or_default(), name))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let listed: Vec<&str> = near.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let diagnostic = Diagnostic::error("no-file", Place::file(name), message)
        .nearest(nearest(&letters, listed.iter().copied()))
        .advice("put the files there, or correct the name in survey.toml: * stands for any letters, ? for one; files that have their own name there are not meant");
    match near.len() {
        0 => diagnostic.found(format!("no {what} at all")),
        all => {
            let more = all - listed.len();
            let more = if more == 0 { String::new() } else { format!("; {more} more") };
            diagnostic.found(format!("{}{more}", words::listed(&listed)))
        }
    }
}
