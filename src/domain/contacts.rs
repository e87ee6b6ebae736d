//! Mentors outside who have only an e-mail address: who they are, and which of the messages they are owed become letters.
//!
//! Owns: what an address looks like, and why a letter does not go out. Must not: know how a letter is written or sent.

use chrono::{DateTime, Utc};

use super::identifiers::{PairId, PersonId, words};
use super::private_text::PrivateText;

/// The workspace of people who are in none. Slack's begin with T or E.
pub const OUTSIDE: &str = "@outside";

/// Where a letter stands that was sent: in no conversation of Slack's.
pub const BY_MAIL: &str = "mail";

/// The longest address that mail servers take.
const LONGEST_ADDRESS: usize = 254;
/// The longest part before the @.
const LONGEST_LOCAL: usize = 64;

/// An e-mail address. Never shown by `Debug`, and never what anybody is found by.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(PrivateText);

impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("EmailAddress(…)")
    }
}

/// Why a text is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAddress {
    /// There is none.
    #[error("Type their e-mail address, such as jane@example.org.")]
    Missing,
    /// No name, @ and domain.
    #[error("That is not an e-mail address. It looks like jane@example.org: a name, one @, and a domain with a dot.")]
    Shape,
    /// Letters that not every mail server takes.
    #[error(
        "That address has letters that many mail servers do not take. Use one with plain letters, digits and . _ + - only."
    )]
    Letters,
    /// Longer than an address can be.
    #[error("That is too long for an e-mail address: at most 254 characters, 64 of them before the @.")]
    TooLong,
}

impl EmailAddress {
    /// Reads an address as somebody types it. Slack's `<mailto:a@b|a@b>` and angle brackets are taken off.
    ///
    /// # Errors
    /// [`NoAddress`], in words for who typed it.
    pub fn typed(text: &str) -> Result<Self, NoAddress> {
        let text = unwrapped(text);
        let text = text.split_once('|').map_or(text, |(address, _)| address).trim();
        if text.is_empty() {
            return Err(NoAddress::Missing);
        }
        if text.len() > LONGEST_ADDRESS {
            return Err(NoAddress::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(NoAddress::Shape)?;
        if local.len() > LONGEST_LOCAL {
            return Err(NoAddress::TooLong);
        }
        if text.chars().any(|one| one.is_whitespace() || one.is_control()) || domain.contains('@') {
            return Err(NoAddress::Shape);
        }
        if !text.is_ascii() {
            return Err(NoAddress::Letters);
        }
        let atoms = local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom));
        let labels: Vec<&str> = domain.split('.').collect();
        let is_label = |label: &&str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let named = labels.last().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
        if atoms && named && labels.len() > 1 && labels.iter().all(is_label) {
            Ok(Self(PrivateText::kept(text.to_owned())))
        } else {
            Err(NoAddress::Shape)
        }
    }

    /// An address as it was kept.
    pub fn kept(text: PrivateText) -> Self {
        Self(text)
    }

    /// As it is kept.
    pub fn as_text(&self) -> &PrivateText {
        &self.0
    }

    /// The address itself, for a letter or for the mentee's own eyes.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// Without what stands around an address: brackets as they are typed and as Slack escapes them, a link's beginning, commas.
fn unwrapped(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text;
        for opening in ["&lt;", "<", "(", "mailto:"] {
            text = text.strip_prefix(opening).unwrap_or(text);
        }
        for closing in ["&gt;", ">", ")", ",", ";"] {
            text = text.strip_suffix(closing).unwrap_or(text);
        }
        text = text.trim();
        if text == before {
            return text;
        }
    }
}

fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// What is known of a mentor outside who has only an e-mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who, among all people.
    pub person: PersonId,
    /// The only pair they are in.
    pub pair: PairId,
    /// Where letters go.
    pub email: EmailAddress,
    /// Where answers go; `None` for the mentee's address in Slack.
    pub reply_to: Option<EmailAddress>,
    /// What the address that stops letters ends with: 128 random bits.
    pub stop_token: String,
    /// The first letter says what the mentee wants to work on.
    pub sends_aim: bool,
    /// When the mentee added them.
    pub added_at: DateTime<Utc>,
    /// When they asked for no more letters.
    pub stopped_at: Option<DateTime<Utc>>,
    /// When a mail server refused the address.
    pub unreachable_at: Option<DateTime<Utc>>,
    /// With which code.
    pub refused_code: Option<String>,
}

words!(
    /// Why a letter did not go out; the reason on its row.
    NotPosted {
        /// No mail server is set: the mentee sends it.
        NoMail = "no_mail",
        /// The contact wants no letters.
        Stopped = "stopped",
        /// The address was refused before.
        Unreachable = "unreachable",
        /// A mail server refused it now.
        Refused = "refused",
        /// Nobody knows where answers would go.
        NobodyToAnswer = "nobody_to_answer",
        /// The mail server did not take it for hours.
        NotTaken = "not_taken",
        /// It may have arrived.
        Unclear = "unclear",
    }
);

impl NotPosted {
    /// Whether the mentee could not have known: something went wrong.
    pub fn is_trouble(self) -> bool {
        !matches!(self, Self::NoMail | Self::Stopped)
    }
}
