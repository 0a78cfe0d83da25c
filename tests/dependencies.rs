//! The command line stays light: nothing that only the catalog's programs need is part of it.

use std::process::Command;

/// What only programs of the catalog use; the first is the crate that holds them.
const NOT_OURS: [&str; 7] = [
    "counterpart-snippets",
    "async-stream",
    "libsqlite3-sys",
    "mongodb",
    "sqlx",
    "sqlx-core",
    "tokio-stream",
];

#[test]
fn no_dependency_of_the_programs_is_in_the_graph_of_the_command_line() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "counterpart", "--edges", "normal,build"])
        .args(["--offline", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo starts");
    let tree = String::from_utf8_lossy(&output.stdout);
    let packages: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(
        packages.contains(&"counterpart-runner"),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for name in NOT_OURS {
        assert!(!packages.contains(&name), "`{name}` is a dependency of the command line");
    }
}
