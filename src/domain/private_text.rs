//! Text that only the two of a pair may read.
//!
//! Owns: the type that cannot be printed, and what is stripped from text on its way in. Must not: know where it is kept.

use std::fmt;

use zeroize::Zeroizing;

/// What somebody wrote for their pair alone. It has no `Display`, its `Debug` shows nothing of it, and the memory is
/// wiped when it goes. [`PrivateText::reveal`] is for modals, Home and sealing, nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateText(Zeroizing<String>);

impl fmt::Debug for PrivateText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateText(…)")
    }
}

impl PrivateText {
    /// Takes what somebody typed: [`cleaned`], with surrounding white space gone. `None` when nothing is left.
    pub fn typed(text: &str) -> Option<Self> {
        let text = cleaned(text);
        let text = text.trim();
        (!text.is_empty()).then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Takes text back as it was kept.
    pub fn kept(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Each line that says something, list markers removed, as a text of its own.
    pub fn lines(&self) -> Vec<Self> {
        self.0.lines().filter_map(|line| Self::typed(line.trim_start_matches(['-', '*', '•', ' ']))).collect()
    }
}

/// Text without what nobody sees but what changes how it reads: bidirectional controls, zero-width characters and
/// control characters other than line breaks and tabs. The zero-width joiner stays inside emoji, which are made of it.
pub fn cleaned(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for character in text.chars() {
        let invisible = match character {
            '\n' | '\t' => false,
            '\u{200D}' => kept.chars().next_back().is_none_or(|before| before <= '\u{218F}'),
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{061C}' => {
                true
            }
            other => other.is_control(),
        };
        if !invisible {
            kept.push(character);
        }
    }
    kept
}
