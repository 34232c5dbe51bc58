//! The script that fuzzes: targets that cannot be built are no success, and only missing tools are none.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::support::{Folder, repository};

/// Exit code and words of the script with this in place of cargo.
fn with_cargo(stub: &str, compiler: &str) -> (Option<i32>, String) {
    let folder = Folder::empty();
    folder.write("cargo", format!("#!/bin/sh\n{stub}\n"));
    let cargo = folder.path().join("cargo");
    std::fs::set_permissions(cargo, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let script = repository().join("fuzz/run");
    let run = Command::new(script).arg("1x").env("PATH", path).env("CXX", compiler).output().unwrap();
    (run.status.code(), String::from_utf8_lossy(&run.stdout).into_owned())
}

#[test]
fn what_cannot_be_built_is_a_failure_and_missing_tools_are_said() {
    let no_build = "case \"$*\" in 'fuzz --version') exit 0 ;; *) exit 101 ;; esac";
    let (code, said) = with_cargo(no_build, "true");
    assert_eq!((code, said.trim()), (Some(1), "##### NOTHING WAS FUZZED: the targets cannot be built"));
    let (code, said) = with_cargo("exit 101", "true");
    assert_eq!((code, said.trim()), (Some(0), "##### NOTHING WAS FUZZED: this is missing here: cargo-fuzz"));
    let (code, said) = with_cargo(no_build, "no-such-compiler");
    assert_eq!(code, Some(0));
    assert!(said.contains("a C++ compiler"), "{said}");
}
