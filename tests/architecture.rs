//! The arrows between the layers, and what every source file keeps to.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt;
use std::path::{Path, PathBuf};

/// What each layer, a folder or a file of `src`, may name of ours: a layer, or a part of one.
const ARROWS: [(&str, &[&str]); 13] = [
    ("clock", &["clock"]),
    ("ids", &["ids"]),
    ("domain", &["domain"]),
    ("slack", &["slack", "clock"]),
    ("store", &["domain", "store", "clock", "ids"]),
    ("render", &["domain", "render", "slack::blocks", "slack::api::Outgoing"]),
    ("mail", &["domain", "mail"]),
    ("directory", &["domain", "directory", "ctx", "slack::inbound", "slack::tls"]),
    ("surfaces", &["domain", "store", "render", "slack", "directory", "ctx", "surfaces"]),
    ("jobs", &["domain", "store", "render", "slack", "directory", "ctx", "jobs", "mail"]),
    ("ops", &["ctx", "slack", "store", "ops"]),
    ("ctx", &["clock", "domain", "ids", "store"]),
    ("ears", &["jobs", "slack", "surfaces"]),
];

/// These put the layers together and may name all of them.
const ASSEMBLY: [&str; 5] = ["app", "cli", "config", "lib", "main"];

/// Other people's code, and ours in other crates, that belongs to one layer.
const OUTSIDE: [(&str, &str); 3] = [("slack_morphism", "slack"), ("slack_sandbox", "cli"), ("sqlx", "store")];

const MOST_LINES: usize = 400;

/// A line that does not keep a rule.
#[derive(Debug)]
struct Broken {
    file: PathBuf,
    line: usize,
    rule: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.file.display(), self.line, self.rule)
    }
}

/// A path named in a file, without `crate` or `super`: `["slack", "blocks", "Markup"]`.
#[derive(Debug, PartialEq)]
struct Named {
    line: usize,
    path: Vec<String>,
}

/// Every arrow that points the wrong way; `file` is relative to `src`.
fn wrong_arrows(file: &Path, text: &str) -> Vec<Broken> {
    let module = module_of(file);
    let layer = module.first().map_or("lib", String::as_str);
    let broken = |line, rule| Broken { file: file.to_owned(), line, rule };
    let code = without_comments(text);
    let mut found = Vec::new();
    for (name, owner) in OUTSIDE.iter().filter(|(_, owner)| *owner != layer) {
        let paths = words(&code, name).filter(|at| code[at + name.len()..].starts_with("::"));
        // In quotes it is the target of log lines.
        for at in paths.filter(|at| !code[..*at].ends_with('"')) {
            found.push(broken(line_of(&code, at), format!("only {owner} may use {name}")));
        }
    }
    if ASSEMBLY.contains(&layer) {
        return found;
    }
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == layer) else {
        found.push(broken(1, format!("the layer {layer} is new: tests/architecture.rs must say what it may use")));
        return found;
    };
    let wrong = named(&code, &module).into_iter().filter(|named| {
        !allowed.iter().any(|part| part.split("::").eq(named.path.iter().take(part.split("::").count())))
    });
    found.extend(wrong.map(|named| {
        let rule = format!("{layer} may use {}, not {}", allowed.join(", "), named.path.join("::"));
        broken(named.line, rule)
    }));
    found
}

/// What every source file keeps to, whatever its layer.
fn wrong_habits(file: &Path, text: &str) -> Vec<Broken> {
    let broken = |line, rule: &str| Broken { file: file.to_owned(), line, rule: rule.to_owned() };
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        found.push(broken(1, "a file begins with //! and says what it is for"));
    }
    if text.lines().count() > MOST_LINES {
        found.push(broken(MOST_LINES + 1, "a file has at most 400 lines"));
    }
    let code = without_comments(text);
    for (index, line) in code.lines().enumerate() {
        let tight: String = line.split_whitespace().collect();
        let mut hold = |kept: bool, rule| {
            if !kept {
                found.push(broken(index + 1, rule));
            }
        };
        hold(
            !tight.contains("#[allow(") && !tight.contains("#![allow("),
            "#[expect(…, reason)] instead of #[allow(…)]",
        );
        hold(words(&tight, "cfg").all(|at| !tight[at..].starts_with("cfg(test)")), "tests live in tests/, not in src");
        hold(words(line, "unsafe").next().is_none(), "no unsafe code");
        hold(!file.ends_with("mod.rs") || words(line, "fn").next().is_none(), "a mod.rs holds no functions");
    }
    found
}

/// `store/outbox/mod.rs` is `["store", "outbox"]`; `lib.rs` and `main.rs` are the root.
fn module_of(file: &Path) -> Vec<String> {
    let mut module: Vec<String> =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

/// The text with comments cut off; lines stay where they are. `://` begins none.
fn without_comments(text: &str) -> String {
    let cut = |line: &str| {
        let comment = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':'));
        line[..comment.map_or(line.len(), |(at, _)| at)].to_owned() + "\n"
    };
    text.lines().map(cut).collect()
}

/// Where a word stands alone.
fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let part_of_word = |found: Option<char>| found.is_some_and(|found| found.is_alphanumeric() || found == '_');
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !part_of_word(code[..*at].chars().next_back()) && !part_of_word(code[at + word.len()..].chars().next())
    })
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// Every path that begins with `crate` or `super`, wherever it stands, groups spread out.
fn named(code: &str, module: &[String]) -> Vec<Named> {
    let mut found = Vec::new();
    for at in words(code, "crate") {
        spread(code, at + "crate".len(), &[], &mut found);
    }
    let parent = &module[..module.len().saturating_sub(1)];
    for at in words(code, "super") {
        spread(code, at + "super".len(), parent, &mut found);
    }
    found
}

/// Reads what follows a path so far: `::name…`, `::{…}`, `::*`, or nothing more. Returns where it ended.
fn spread(code: &str, at: usize, path: &[String], found: &mut Vec<Named>) -> usize {
    let Some(rest) = code[at..].strip_prefix("::").map(str::trim_start) else {
        // `crate` alone, as in `pub(crate)`, names nothing.
        if !path.is_empty() {
            found.push(Named { line: line_of(code, at), path: path.to_vec() });
        }
        return at;
    };
    let at = code.len() - rest.len();
    if rest.starts_with('{') {
        return spread_group(code, at + 1, path, found);
    }
    let name = name_at(rest);
    spread(code, at + name.len(), &joined(path, name), found)
}

fn spread_group(code: &str, mut at: usize, path: &[String], found: &mut Vec<Named>) -> usize {
    while let Some(next) = code[at..].chars().next().filter(|next| *next != '}') {
        let name = name_at(&code[at..]);
        if name.is_empty() {
            at += next.len_utf8();
            continue;
        }
        at = spread(code, at + name.len(), &joined(path, name), found);
        // `x as y` names x only.
        if let Some(after) = code[at..].strip_prefix(" as ") {
            at = code.len() - after.len() + name_at(after).len();
        }
    }
    at + 1
}

fn joined(path: &[String], name: &str) -> Vec<String> {
    let mut path = path.to_vec();
    if name == "super" {
        path.pop();
    } else {
        path.push(name.to_owned());
    }
    path
}

/// The name, or the star, that a text begins with.
fn name_at(text: &str) -> &str {
    if text.starts_with('*') {
        return "*";
    }
    let end = text.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(text.len());
    &text[..end]
}

/// Every Rust file below a folder: its path inside the folder, and its text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (mut folders, mut found) = (vec![top.clone()], Vec::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(&top).unwrap().to_owned(), text));
            }
        }
    }
    assert!(found.len() > 20, "{folder} holds the sources");
    found
}

#[track_caller]
fn assert_none(broken: &[Broken]) {
    let lines: Vec<String> = broken.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} line(s) break a rule:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn arrows_between_layers_point_one_way() {
    let broken: Vec<Broken> =
        sources("src").iter().flat_map(|(file, text)| wrong_arrows(file, text)).map(in_folder("src")).collect();
    assert_none(&broken);
}

#[test]
fn every_source_file_keeps_to_the_habits() {
    for folder in ["src", "slack-sandbox/src"] {
        let broken: Vec<Broken> =
            sources(folder).iter().flat_map(|(file, text)| wrong_habits(file, text)).map(in_folder(folder)).collect();
        assert_none(&broken);
    }
}

fn in_folder(folder: &str) -> impl Fn(Broken) -> Broken {
    move |broken| Broken { file: Path::new(folder).join(&broken.file), ..broken }
}

#[test]
fn the_sandbox_knows_nothing_of_this_app() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("slack-sandbox/Cargo.toml"));
    let files = sources("slack-sandbox/src").into_iter().chain([("../Cargo.toml".into(), manifest.unwrap())]);
    let mut broken = Vec::new();
    for (file, text) in files {
        let lines = text.lines().enumerate().filter(|(_, line)| line.to_lowercase().contains("mentor"));
        broken.extend(lines.map(|(index, _)| Broken {
            file: Path::new("slack-sandbox/src").join(&file),
            line: index + 1,
            rule: "slack-sandbox serves any Slack app and names none".to_owned(),
        }));
    }
    assert_none(&broken);
}

fn arrows(file: &str, text: &str) -> Vec<String> {
    wrong_arrows(Path::new(file), text).iter().map(ToString::to_string).collect()
}

fn habits(file: &str, text: &str) -> Vec<String> {
    wrong_habits(Path::new(file), text).iter().map(ToString::to_string).collect()
}

#[test]
fn a_wrong_arrow_is_found_wherever_it_stands() {
    let wrong = |line| vec![format!("domain/pairs.rs:{line}: domain may use domain, not store::pairs")];
    assert_eq!(arrows("domain/pairs.rs", "\nuse crate::store::pairs;"), wrong(2));
    assert_eq!(arrows("domain/pairs.rs", "fn f() { crate::store::pairs(1) }"), wrong(1));
    assert_eq!(arrows("domain/pairs.rs", "use super::super::store::pairs;"), wrong(1));
    assert_eq!(arrows("domain/pairs.rs", "use super::{people, super::store::pairs};"), wrong(1));
    assert_eq!(arrows("domain/pairs.rs", "use crate::{\n    domain::people,\n    store::{pairs as p},\n};"), wrong(3));
    assert_eq!(
        arrows("domain/mod.rs", "pub use super::store::pairs;"),
        vec!["domain/mod.rs:1: domain may use domain, not store::pairs"]
    );
    assert_eq!(arrows("domain/pairs.rs", "use crate::*;").len(), 1);
    assert_eq!(arrows("ctx.rs", "use crate::{clock, slack};").len(), 1);
    assert_eq!(arrows("ctx.rs", "use super::slack;").len(), 1);
    assert_eq!(arrows("news/mod.rs", "").len(), 1, "a layer without a rule");
}

#[test]
fn a_part_of_a_layer_is_not_the_whole() {
    let good = "use crate::slack::api::Outgoing;\nuse crate::slack::blocks::{Markup, section};";
    assert!(arrows("render/home.rs", good).is_empty());
    assert_eq!(arrows("render/home.rs", "use crate::slack::api::{Outgoing, Api};").len(), 1);
    assert_eq!(arrows("render/home.rs", "use crate::slack;").len(), 1);
    assert_eq!(arrows("render/home.rs", "use crate::slack::{self, blocks};").len(), 1);
    assert_eq!(arrows("render/home.rs", "use crate::slack::blocks_of::x;").len(), 1);
}

#[test]
fn right_arrows_comments_and_visibility_are_not_wrong() {
    let good = "//! [`crate::store`]\nuse super::people;\npub(crate) fn f() {} // crate::store\nuse crate::domain::{a::{b, C}, d::*};";
    assert!(arrows("domain/pairs.rs", good).is_empty());
    assert!(arrows("app.rs", "use crate::{jobs, surfaces};").is_empty());
    assert!(arrows("ops/logging.rs", "[\"sqlx::query\"]").is_empty());
    assert!(arrows("store/outbox/queue.rs", "use super::super::db::Tx;\nuse sqlx::query;").is_empty());
}

#[test]
fn other_crates_stay_in_their_layer() {
    assert_eq!(arrows("jobs/plan.rs", "use sqlx::query;"), vec!["jobs/plan.rs:1: only store may use sqlx"]);
    assert_eq!(arrows("app.rs", "let s = slack_sandbox::Sandbox::start();").len(), 1);
    assert_eq!(arrows("render/home.rs", "use slack_morphism::prelude::*;").len(), 1);
}

#[test]
fn a_wrong_habit_is_found() {
    assert!(habits("a.rs", "//! What it is for.\n#![forbid(unsafe_code)]\nfn f() {} // unsafe\n").is_empty());
    assert_eq!(habits("a.rs", "fn f() {}"), vec!["a.rs:1: a file begins with //! and says what it is for"]);
    assert_eq!(habits("a.rs", &("//!\n".repeat(401))), vec!["a.rs:401: a file has at most 400 lines"]);
    assert!(habits("a.rs", &("//!\n".repeat(400))).is_empty());
    assert_eq!(habits("a.rs", "//!\n#[allow(dead_code)]").len(), 1);
    assert_eq!(habits("a.rs", "//!\n#![allow (dead_code)]").len(), 1);
    assert_eq!(habits("a.rs", "//!\n#[cfg(test)]").len(), 1);
    assert_eq!(habits("a.rs", "//!\n    unsafe { f() }").len(), 1);
    assert_eq!(habits("a/mod.rs", "//!\npub fn f() {}"), vec!["a/mod.rs:2: a mod.rs holds no functions"]);
}
