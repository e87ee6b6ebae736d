//! What a handler answers, and how that reaches the person from where they are.
//!
//! Owns: command, button and form each have their own way of being answered. Must not: talk to Slack.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::request::{From, Request};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, message, notice, section};
use crate::slack::reply::{Ack, Follow, Reply};

/// What a handler answers.
#[derive(Debug)]
pub enum Answer {
    /// Nothing: what was clicked shows the outcome by itself. Closes a form.
    Nothing,
    /// A message that only this person sees.
    Message(Outgoing),
    /// A message that only this person sees, in the place of the one that was clicked.
    Instead(Outgoing),
    /// A modal; on top of the one that was clicked in, if any.
    Modal(Value),
    /// A modal on top of the one that was submitted or clicked in: closing it leads back.
    OnTop(Value),
    /// A modal in the place of the one that was clicked in: what lies below would show what was.
    Turned(Value),
    /// A modal that is open is redrawn: the one that was clicked in, or the one below a form, which closes.
    Redrawn {
        /// The modal that is open.
        view_id: String,
        /// What it becomes.
        view: Value,
    },
    /// Problems with a form, by field; the form stays open with everything in it.
    Errors(BTreeMap<String, String>),
    /// One thing to say.
    Notice(Markup),
    /// One thing to say about something that went wrong on our side; a form stays open with everything in it.
    Trouble(&'static str),
}

impl Answer {
    /// One thing to say.
    pub fn notice(words: Markup) -> Self {
        Self::Notice(words)
    }

    /// A problem with one field of a form.
    pub fn error(field: &'static str, words: impl Into<String>) -> Self {
        Self::Errors(BTreeMap::from([(field.to_owned(), words.into())]))
    }

    /// The answer on its way to where the person is.
    pub fn into_reply(self, request: &Request) -> Reply {
        match (self, request.from) {
            (Self::Nothing, From::Form(_)) => Reply::clear(),
            (Self::Nothing, From::Command | From::Button) => Reply::empty(),
            (Self::Errors(errors), From::Form(_)) => Reply::errors(errors),
            (Self::Errors(errors), From::Command | From::Button) => {
                let words = errors.values().fold(Markup::default(), |words, error| words.text(error).and(" "));
                Self::Notice(words).into_reply(request)
            }
            (Self::Redrawn { view_id, view }, _) => {
                Reply::empty().then(Follow::UpdateView { view_id, hash: None, view })
            }
            (Self::OnTop(view), From::Form(_)) => Reply::push(view),
            (Self::OnTop(view), From::Command | From::Button) => open(request, view),
            (Self::Modal(view), From::Form(_)) => Reply::update(view),
            (Self::Turned(view), From::Form(_)) => Reply::update(view),
            (Self::Turned(view), From::Command | From::Button) => match request.modal.clone() {
                Some(view_id) => Reply::empty().then(Follow::UpdateView { view_id, hash: None, view }),
                None => open(request, view),
            },
            (Self::Modal(view), From::Command | From::Button) => open(request, view),
            // A form without a field: on top of it, which stays below.
            (Self::Trouble(words), From::Form("")) => Reply::push(notice("Mentor", &Markup::words(words))),
            (Self::Trouble(words), From::Form(field)) => Reply::error(field, words),
            (Self::Trouble(words), From::Command | From::Button) => {
                Self::Notice(Markup::words(words)).into_reply(request)
            }
            (Self::Message(outgoing), From::Command) => Reply::message(ephemeral(&outgoing)),
            (Self::Message(outgoing), From::Button | From::Form(_)) => respond(request, &outgoing),
            // On top of the form, not in its place: what was written stays below.
            (Self::Instead(outgoing), From::Command) => Reply::message(ephemeral(&outgoing)),
            (Self::Instead(outgoing), From::Button | From::Form(_)) => instead(request, &outgoing),
            (Self::Notice(words), From::Form(_)) => Reply::push(notice("Mentor", &words)),
            (Self::Notice(words), From::Command) => Reply::message(ephemeral(&said(&words))),
            (Self::Notice(words), From::Button) => match request.response_url {
                Some(_) => respond(request, &said(&words)),
                // On top of a modal, which stays below.
                None if request.modal.is_some() => Reply::empty()
                    .then(Follow::PushView { trigger_id: request.trigger_id.clone(), view: notice("Mentor", &words) }),
                // On Home and in a modal there is nothing to answer below.
                None => open(request, notice("Mentor", &words)),
            },
        }
    }
}

fn open(request: &Request, view: Value) -> Reply {
    let (trigger_id, response_url) = (request.trigger_id.clone(), request.response_url.clone());
    if request.modal.is_some() {
        return Reply::empty().then(Follow::PushView { trigger_id, view });
    }
    Reply::empty().then(Follow::OpenView { trigger_id, view, response_url })
}

fn said(words: &Markup) -> Outgoing {
    message("A word from Mentor".to_owned(), vec![section(words)])
}

fn ephemeral(outgoing: &Outgoing) -> Value {
    json!({ "response_type": "ephemeral", "text": outgoing.text, "blocks": outgoing.blocks })
}

fn instead(request: &Request, outgoing: &Outgoing) -> Reply {
    let Some(response_url) = request.response_url.clone() else { return Reply::empty() };
    let mut message = ephemeral(outgoing);
    message["replace_original"] = json!(true);
    Reply { ack: Ack::Empty, follow: vec![Follow::Respond { response_url, message }] }
}

fn respond(request: &Request, outgoing: &Outgoing) -> Reply {
    let Some(response_url) = request.response_url.clone() else { return Reply::empty() };
    let mut message = ephemeral(outgoing);
    message["replace_original"] = json!(false);
    Reply { ack: Ack::Empty, follow: vec![Follow::Respond { response_url, message }] }
}
