//! Contract tests of the program: what it says when it cannot start, and that a manifest file is read.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_slack-sandbox"));
    // A machine that asks for backtraces would get them behind every complaint.
    command.args(arguments).env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    command
}

fn written(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("slack-sandbox-{}-{name}", std::process::id()));
    std::fs::write(&path, text).unwrap();
    path
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = complaint(&program(&["--port", &port]).output().unwrap());
    assert!(said.contains(&format!("port {port} is taken: ")), "{said}");
    assert!(said.trim_end().ends_with("; choose another with --port"), "{said}");
}

#[test]
fn malformed_files_are_explained() {
    let people = written("people.json", "[\n  {\"handle\": \"ada\"}\n]");
    let said = complaint(&program(&["--port", "0", "--people", people.to_str().unwrap()]).output().unwrap());
    assert!(said.contains("people.json, person 1: missing field `name`"), "{said}");
    let manifest = written("manifest.yml", "display_information:\n  name: [x]\n");
    let said = complaint(&program(&["--port", "0", "--manifest", manifest.to_str().unwrap()]).output().unwrap());
    assert!(said.contains("the manifest is wrong at /display_information/name: must be text"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours for a file: {said}");
    std::fs::remove_file(people).unwrap();
    std::fs::remove_file(manifest).unwrap();
}

#[test]
fn a_manifest_file_starts_the_sandbox_with_the_usual_lines() {
    let manifest = written("good.yml", "display_information: {name: Pigeon}\n");
    let arguments = ["--port", "0", "--manifest", manifest.to_str().unwrap()];
    let mut child = program(&arguments).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = |line: std::io::Result<String>| line.unwrap().split(' ').next().unwrap_or_default().to_owned();
    let words: Vec<String> = lines.map(first).take_while(|word| word != "person").collect();
    assert!(words.join(" ").ends_with("api_url control_url app_token bot_token"), "{words:?}");
    child.kill().unwrap();
    child.wait().unwrap();
    std::fs::remove_file(manifest).unwrap();
}
