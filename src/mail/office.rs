//! Where letters are posted: the mail server, and the address at which whoever gets one can stop them.
//!
//! Owns: putting the two together. Must not: decide who gets a letter.

use url::Url;

use super::letter::{Letter, Stop};
use super::smtp::{PostFailure, Postbox};

/// Where letters are posted.
#[derive(Clone, Debug)]
pub struct Office {
    postbox: Postbox,
    public_url: Option<Url>,
}

impl Office {
    /// Letters go by this mail server; with a public address they can be stopped there.
    pub fn new(postbox: Postbox, public_url: Option<Url>) -> Self {
        Self { postbox, public_url }
    }

    /// Whether letters can be stopped with one click.
    pub fn is_public(&self) -> bool {
        self.public_url.is_some()
    }

    /// How the letters to a contact with this token are stopped.
    pub fn stop(&self, token: &str) -> Stop {
        let Some(public) = &self.public_url else { return Stop::ByAnswer };
        let mut address = public.clone();
        match address.path_segments_mut() {
            Ok(mut segments) => {
                segments.pop_if_empty().push("stop").push(token);
            }
            Err(()) => return Stop::ByAnswer,
        }
        Stop::ByClick(address)
    }

    /// Whether the mail server is there and lets us in.
    ///
    /// # Errors
    /// What it says.
    pub async fn check(&self) -> Result<(), PostFailure> {
        self.postbox.check().await
    }

    /// Posts a letter, once.
    ///
    /// # Errors
    /// [`PostFailure`], which says whether it may have gone.
    pub async fn send(&self, letter: &Letter) -> Result<(), PostFailure> {
        self.postbox.send(letter).await
    }
}
