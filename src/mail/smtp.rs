//! Sending letters by SMTP.
//!
//! Owns: the connection, and what an answer of the mail server means. Must not: try again by itself: whoever sends keeps
//! count. Nobody can look into a mailbox, so a letter that may have gone is not sent again.

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::transport::smtp::Error as SmtpError;
use lettre::{AsyncTransport as _, Tokio1Executor};
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use super::letter::{CannotWrite, Letter};

/// The longest that one step of a conversation with the mail server may take, and looking whether it is there.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest that handing over a letter may take. Together less than half of what a claim of a letter holds.
const HANDING_OVER: Duration = Duration::from_secs(15);

/// A mail server that takes letters.
#[derive(Clone)]
pub struct Postbox {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Postbox {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The transport holds a password.
        formatter.debug_struct("Postbox").field("from", &self.from).finish_non_exhaustive()
    }
}

/// Why a mail server cannot be used as it is set.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotPost {
    /// No address of a mail server.
    #[error("write it as smtps://user:password@host:465 or smtp://user:password@host:587?tls=required")]
    Address,
    /// The password and what people write would travel in the open.
    #[error("add ?tls=required: without it passwords and letters travel in the open; that is taken for localhost only")]
    Open,
    /// No sender.
    #[error("write the sender as mentor@example.org or Mentor <mentor@example.org>")]
    Sender,
}

/// What went wrong between us and the mail server.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// What it, or the line, says.
    #[error(transparent)]
    Said(#[from] SmtpError),
    /// It took too long.
    #[error("it took too long")]
    Slow,
}

/// How a letter failed.
#[derive(Debug, thiserror::Error)]
pub enum PostFailure {
    /// It certainly was not taken, and may be later: the server is away, busy or asks to wait.
    #[error("the mail server did not take it: {0}")]
    NotTaken(Trouble),
    /// It is refused for good: no such mailbox, not from this sender.
    #[error("the mail server refuses it: {0}")]
    Refused(Trouble),
    /// It may have been taken.
    #[error("nobody knows whether the mail server took it: {0}")]
    Uncertain(Trouble),
    /// It could not be put together.
    #[error(transparent)]
    Unwritten(#[from] CannotWrite),
}

impl PostFailure {
    /// The server's answer in three digits, if it gave one; all of it that may be shown or logged, since the words may name
    /// people.
    pub fn code(&self) -> Option<String> {
        match self {
            Self::NotTaken(Trouble::Said(error))
            | Self::Refused(Trouble::Said(error))
            | Self::Uncertain(Trouble::Said(error)) => error.status().map(|code| code.to_string()),
            _ => None,
        }
    }
}

impl Postbox {
    /// A mail server by its address, and whom letters are from.
    ///
    /// # Errors
    /// [`CannotPost`], in words for whoever wrote the settings.
    pub fn open(address: &SecretString, from: &str) -> Result<Self, CannotPost> {
        let url = Url::parse(address.expose_secret()).map_err(|_| CannotPost::Address)?;
        let is_safe =
            url.scheme() == "smtps" || url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(CannotPost::Address);
        }
        if !is_safe && !is_this_machine(&url) {
            return Err(CannotPost::Open);
        }
        let from = from.parse().map_err(|_| CannotPost::Sender)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|_| CannotPost::Address)?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { transport, from })
    }

    /// Whether the server is there and lets us in.
    ///
    /// # Errors
    /// [`PostFailure::NotTaken`] with what it says: nothing was sent.
    pub async fn check(&self) -> Result<(), PostFailure> {
        match tokio::time::timeout(PATIENCE, self.transport.test_connection()).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(PostFailure::NotTaken(error.into())),
            Err(_) => Err(PostFailure::NotTaken(Trouble::Slow)),
        }
    }

    /// Sends a letter, once.
    ///
    /// # Errors
    /// [`PostFailure`], which says whether it may have gone.
    pub async fn send(&self, letter: &Letter) -> Result<(), PostFailure> {
        let message = letter.written(&self.from)?;
        // Whatever fails before the letter is handed over certainly sent nothing; a password that is refused is not the
        // reader's fault.
        self.check().await?;
        match tokio::time::timeout(HANDING_OVER, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => Err(PostFailure::Refused(error.into())),
            Ok(Err(error)) if error.is_transient() => Err(PostFailure::NotTaken(error.into())),
            Ok(Err(error)) => Err(PostFailure::Uncertain(error.into())),
            Err(_) => Err(PostFailure::Uncertain(Trouble::Slow)),
        }
    }
}

fn is_this_machine(url: &Url) -> bool {
    // Other schemes than the web's keep a host as it is written.
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
