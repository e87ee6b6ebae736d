//! The file that holds the master key: made on first start, readable by its owner alone.
//!
//! Owns: the file's form (one line of base64) and its mode. Must not: print what is in it.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::ids::Ids;

/// Why a key file cannot be used, in words for an installer.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileProblem {
    /// The file system said no.
    #[error("the key file {0} cannot be used: {1}")]
    Io(String, io::Error),
    /// Not 32 bytes of base64.
    #[error("the key file {0} does not hold a key (32 bytes as base64)")]
    NotAKey(String),
    /// Others on this machine can read it.
    #[error("the key file {0} can be read by others (mode {1:o}); run: chmod 0400 {0}")]
    Open(String, u32),
}

/// Reads the key, or makes one when there is no file. Returns the key and its public name.
///
/// # Errors
/// [`KeyFileProblem`]; nothing of the key is in it.
pub fn read_or_make(path: &Path, ids: &Ids) -> Result<(Zeroizing<[u8; 32]>, String), KeyFileProblem> {
    let shown = path.display().to_string();
    let io = |error| KeyFileProblem::Io(shown.clone(), error);
    if !path.try_exists().map_err(io)? {
        make(path, ids).map_err(io)?;
    }
    let mode = std::fs::metadata(path).map_err(io)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyFileProblem::Open(shown, mode));
    }
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(io)?);
    let Some((name, encoded)) = text.trim().split_once(':') else {
        return Err(KeyFileProblem::NotAKey(shown));
    };
    let bytes = Zeroizing::new(STANDARD.decode(encoded).map_err(|_| KeyFileProblem::NotAKey(shown.clone()))?);
    let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyFileProblem::NotAKey(shown))?;
    Ok((Zeroizing::new(key), name.to_owned()))
}

fn make(path: &Path, ids: &Ids) -> io::Result<()> {
    let key = Zeroizing::new(ids.bytes::<32>());
    let line = Zeroizing::new(format!("{}:{}\n", &ids.nonce()[..8], STANDARD.encode(key.as_slice())));
    // Under another name first, so that a crash leaves either a whole key or none.
    let unfinished = path.with_extension("unfinished");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o400).open(&unfinished)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()?;
    std::fs::hard_link(&unfinished, path)?;
    std::fs::remove_file(&unfinished)
}
