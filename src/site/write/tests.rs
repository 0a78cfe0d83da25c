//! A build that fails or is killed at any step leaves a whole site.

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, io, process};

use super::{MARKER, Step, WriteError, write, write_with};
use crate::site::Pages;

const FILES: [&str; 3] = ["assets/site.css", "index.html", "p/one/index.html"];
/// Making the folder, the marker, the files, the swap, and removing what was there before.
const STEPS: usize = FILES.len() + 4;

fn pages(version: &str) -> Pages {
    let mut pages = Pages::default();
    for file in FILES {
        pages.add(file, version.as_bytes());
    }
    pages
}

/// The version of the site in `out`, which must be whole.
fn version(out: &Path) -> String {
    let versions: Vec<String> =
        FILES.map(|file| fs::read_to_string(out.join(file)).expect(file)).to_vec();
    assert!(versions.iter().all(|version| *version == versions[0]), "{versions:?}");
    assert!(out.join(MARKER).is_file());
    versions[0].clone()
}

fn beside(out: &Path) -> Vec<String> {
    let folder = fs::read_dir(out.parent().expect("a parent")).expect("a readable folder");
    let names = folder.map(|entry| entry.expect("an entry").file_name());
    names.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != "site").collect()
}

#[test]
fn a_failure_at_any_step_leaves_the_old_site() {
    for fail_at in 0..STEPS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("site");
        write(&pages("old"), &out).expect("the first build");

        let mut step = 0;
        let result = write_with(&pages("new"), &out, &mut |_| {
            step += 1;
            if step - 1 == fail_at { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
        });
        let removing = fail_at == STEPS - 1;
        assert_eq!(version(&out), if removing { "new" } else { "old" }, "step {fail_at}");
        if !removing {
            let error = result.expect_err("a failure");
            assert!(matches!(error, WriteError::Io { .. }), "{error}");
            assert_eq!(beside(&out), [""; 0], "step {fail_at}");
        }
    }
}

#[test]
fn a_first_build_that_fails_leaves_nothing() {
    for fail_at in 0..STEPS - 1 {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("site");
        let mut step = 0;
        write_with(&pages("new"), &out, &mut |_| {
            step += 1;
            if step - 1 == fail_at { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
        })
        .expect_err("a failure");
        assert!(!out.exists(), "step {fail_at}");
        assert_eq!(beside(&out), [""; 0], "step {fail_at}");
    }
}

/// Where the child process of the next test writes, and the step before which it dies.
const OUT: &str = "COUNTERPART_TEST_OUT";
const DIE_AT: &str = "COUNTERPART_TEST_DIE_AT";

#[test]
fn a_kill_at_any_step_leaves_a_whole_site_and_the_next_build_cleans_up() {
    for die_at in 0..STEPS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("site");
        write(&pages("old"), &out).expect("the first build");

        let child = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", "site::write::tests::killed_build", "--nocapture"])
            .env(OUT, &out)
            .env(DIE_AT, die_at.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("the child starts");
        assert!(!child.success(), "step {die_at}");

        let swapped = die_at == STEPS - 1;
        assert_eq!(version(&out), if swapped { "new" } else { "old" }, "step {die_at}");
        assert_eq!(beside(&out).len(), usize::from(die_at > 0), "step {die_at}");

        write(&pages("next"), &out).expect("the next build");
        assert_eq!(version(&out), "next");
        assert_eq!(beside(&out), [""; 0], "step {die_at}");
    }
}

/// The child of the test above; alone it has nothing to do.
#[test]
fn killed_build() {
    let (Some(out), Ok(die_at)) = (env::var_os(OUT), env::var(DIE_AT)) else { return };
    let mut step = 0;
    let _ = write_with(&pages("new"), Path::new(&out), &mut |_| {
        if step.to_string() == die_at {
            process::abort();
        }
        step += 1;
        Ok(())
    });
}

#[test]
fn a_site_that_was_moved_aside_is_put_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    write(&pages("old"), &out).expect("the first build");
    // Where two folders cannot change places at once, a kill between two renames leaves this.
    fs::rename(&out, folder.path().join(".site.old-1")).expect("a rename");
    write_with(&pages("new"), &out, &mut |step| {
        if step == Step::Swap { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    })
    .expect_err("a failure");
    assert_eq!(version(&out), "old");
    assert_eq!(beside(&out), [""; 0]);
}

#[test]
fn the_folder_of_a_running_build_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    let other = folder.path().join(".site.new-1");
    fs::create_dir(&other).expect("a folder");
    let marker = fs::File::create(other.join(MARKER)).expect("a file");
    marker.lock().expect("a lock");
    write(&pages("new"), &out).expect("a build");
    assert!(other.exists());
    // Dropping alone would not do: a child that another test has just forked shares the lock.
    marker.unlock().expect("an unlock");
    write(&pages("new"), &out).expect("a build");
    assert!(!other.exists());
}

#[test]
fn folders_with_similar_names_are_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("site");
    let names = [".site.new-", ".site.new-x1", ".site.older-1", "site.new-1"];
    for name in names {
        fs::create_dir(folder.path().join(name)).expect("a folder");
    }
    write(&pages("new"), &out).expect("a build");
    assert_eq!(beside(&out).len(), names.len());
}
