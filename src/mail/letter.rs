//! A letter: who writes to whom, what it says, and the invitation that comes with it.
//!
//! Owns: what an e-mail of ours looks like. Must not: send it, or decide who gets one. What a pair writes is in a letter only
//! because the mentee sends it to somebody who has no seat in the workspace; it is in no header.

use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};

use super::ics::{CONTENT_TYPE, FILE_NAME};

/// A letter.
#[derive(Debug)]
pub struct Letter {
    /// Whom it goes to.
    pub to: Mailbox,
    /// Whom answers go to, and in whose name it is: the mentee, or whoever clicked; never this app.
    pub reply_to: Mailbox,
    /// Who else gets the answer, if anybody.
    pub also_reply_to: Option<Mailbox>,
    /// The subject: nothing of what a pair writes.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// The invitation that comes with it.
    pub invitation: Option<Invitation>,
    /// How to get no more of these, for the mail program's own button.
    pub stop: Stop,
    /// Tells this letter from all others, also when it should be sent twice: the message's nonce.
    pub nonce: String,
}

/// A calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What a calendar program is to do with it: `REQUEST` or `CANCEL`.
    pub method: &'static str,
    /// The file.
    pub file: String,
}

/// How somebody without a seat stops these letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// By an answer to whoever writes.
    ByAnswer,
    /// By one click: an address that takes a POST (RFC 8058).
    ByClick(url::Url),
    /// There is nothing to stop: this is the only one.
    OnlyThis,
}

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("the letter cannot be put together: {0}")]
pub struct CannotWrite(#[from] lettre::error::Error);

impl Letter {
    /// The letter as it travels, sent by `from`.
    ///
    /// # Errors
    /// [`CannotWrite`] when a part of it is none.
    pub fn written(&self, from: &Mailbox) -> Result<Message, CannotWrite> {
        let sender = Mailbox::new(Some(self.sender_name()), from.email.clone());
        let message_id = format!("<{}@{}>", self.nonce, from.email.domain());
        let mut message = Message::builder()
            .from(sender)
            .to(self.to.clone())
            .reply_to(self.reply_to.clone())
            .subject(one_line(&self.subject))
            .message_id(Some(message_id));
        if let Some(also) = &self.also_reply_to {
            message = message.reply_to(also.clone());
        }
        for (name, value) in self.stop_headers() {
            message = message.raw_header(HeaderValue::new(name, value));
        }
        let text = SinglePart::plain(self.text.clone());
        let Some(invitation) = &self.invitation else { return Ok(message.singlepart(text)?) };
        let inline = format!("{CONTENT_TYPE}; method={}", invitation.method);
        // Mail programs offer their buttons for the part beside the text, calendars read the attachment.
        let beside = SinglePart::builder().header(content_type(&inline)).body(invitation.file.clone());
        let attached = Attachment::new(FILE_NAME.to_owned()).body(invitation.file.clone(), content_type(CONTENT_TYPE));
        let read = MultiPart::alternative().singlepart(text).singlepart(beside);
        Ok(message.multipart(MultiPart::mixed().multipart(read).singlepart(attached))?)
    }

    /// The mentee's name with the app's, so that nobody takes the app for the mentee.
    fn sender_name(&self) -> String {
        let name = self.reply_to.name.as_deref().unwrap_or_else(|| self.reply_to.email.as_ref());
        format!("{} (via Mentor)", one_line(name))
    }

    fn stop_headers(&self) -> Vec<(HeaderName, String)> {
        let list = HeaderName::new_from_ascii_str("List-Unsubscribe");
        match &self.stop {
            Stop::OnlyThis => Vec::new(),
            Stop::ByAnswer => {
                vec![(list, format!("<mailto:{}?subject=Please%20stop%20these%20letters>", self.reply_to.email))]
            }
            Stop::ByClick(address) => vec![
                (list, format!("<{address}>")),
                (HeaderName::new_from_ascii_str("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click".to_owned()),
            ],
        }
    }
}

fn content_type(text: &str) -> ContentType {
    ContentType::parse(text).unwrap_or(ContentType::TEXT_PLAIN)
}

/// A header is one line, whatever somebody is called.
fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ")
}
