//! The app manifest.

mod app;
mod part;

pub use app::{AppManifest, Shortcut, ShortcutKind, SlashCommand};
pub use part::ManifestError;
