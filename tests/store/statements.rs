//! One SQL text for both databases: each reads every statement.

use std::sync::Arc;

use mentor::store::statements;

use crate::support::{Store, both};

both!(every_statement_is_understood, |store: Arc<Store>| async move {
    let mut raw = store.raw().await;
    let mut not_understood = Vec::new();
    let mut count = 0;
    for (file, name, sql) in statements::all() {
        count += 1;
        if let Err(error) = raw.prepare(sql).await {
            not_understood.push(format!("{file}::{name}: {error}"));
        }
    }
    assert!(not_understood.is_empty(), "{}", not_understood.join("\n"));
    assert!(count > 50, "only {count} statements are listed");
});

#[test]
fn every_file_with_statements_is_listed() {
    let store = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store");
    let mut files = Vec::new();
    for folder in [store.to_owned(), format!("{store}/outbox")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() && std::fs::read_to_string(&path).unwrap().contains("\nstatements! {") {
                files.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files.sort();
    let mut listed: Vec<String> =
        statements::all().map(|(file, ..)| file.rsplit("::").next().unwrap_or_default().to_owned()).collect();
    listed.sort();
    listed.dedup();
    // Two files of one name would count as one here; then this test has to look at folders, too.
    assert_eq!(listed, files);
}
