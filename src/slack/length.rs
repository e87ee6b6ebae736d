//! What a log may show of a person's words: how many bytes they are.
//!
//! Owns: the stand-in that `Debug` prints. Must not: hold or print the text itself.

use std::fmt;

/// Prints as `<12 bytes>`.
pub(super) struct Length(usize);

impl fmt::Debug for Length {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{} bytes>", self.0)
    }
}

/// The stand-in for a text.
pub(super) fn of(text: &str) -> Length {
    Length(text.len())
}

/// The stand-in for a text that may be missing.
pub(super) fn of_option(text: Option<&String>) -> Option<Length> {
    text.map(|text| of(text))
}
