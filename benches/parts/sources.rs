//! How large the program and its sources are.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

/// Lines of the files of a folder.
pub(crate) struct Sources(Vec<(usize, PathBuf)>);

impl Sources {
    /// Of every `.rs` file below a folder, tests of single files included.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let mut files = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    files.push((fs::read_to_string(&path)?.lines().count(), path));
                }
            }
        }
        files.sort();
        Ok(Self(files))
    }

    /// Files, median and the largest.
    pub(crate) fn words(&self, folder: &Path) -> String {
        let median = self.0.get(self.0.len() / 2).map_or(0, |(lines, _)| *lines);
        let largest = self.0.last().map_or_else(String::new, |(lines, path)| {
            format!("{lines} lines ({})", path.strip_prefix(folder).unwrap_or(path).display())
        });
        format!("{} files, median {median} lines, largest {largest}", self.0.len())
    }
}

/// Bytes of the program under test.
pub(crate) fn program_bytes() -> Result<u64> {
    Ok(fs::metadata(env!("CARGO_BIN_EXE_mentor"))?.len())
}
