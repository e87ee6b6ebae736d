//! What the other half of a pair is told when somebody is gone.

use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::render::controls::{LOOK_BACK, READ_FINISH};
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, actions, message, section};

/// Somebody has left the workspace; `to` is the reader.
pub fn left(of: &PairOfPeople, to: &Person) -> Outgoing {
    let other = of.other(to.id);
    if other.is_forgotten() {
        return forgotten(of, false);
    }
    let line = mention(other).and(" has left the workspace; your pair is finished. Your history stays readable.");
    let text = format!("{} has left the workspace", name(other));
    message(text, vec![section(&line), actions([LOOK_BACK.on(of.pair.id)])])
}

/// Somebody asked to be forgotten; `words` says whether they left any.
pub fn forgotten(of: &PairOfPeople, words: bool) -> Outgoing {
    let line = Markup::words(
        "Somebody you met here has left and asked to be forgotten, and so your time together has come to a close. It says nothing about you. Your history stays readable, without their name.",
    );
    let read = words.then(|| READ_FINISH.primary_on(of.pair.id));
    let buttons = read.into_iter().chain([LOOK_BACK.on(of.pair.id)]);
    message("Your time together has come to a close".to_owned(), vec![section(&line), actions(buttons)])
}

/// A win whose owner was forgotten.
pub fn win_taken_back() -> Outgoing {
    let line = Markup::words("A win stood here. Its owner has left and took it back.");
    message("A win was taken back".to_owned(), vec![section(&line)])
}

/// An ask whose asker was forgotten, or in which whoever stood in between was.
pub fn ask_taken_back() -> Outgoing {
    let line = Markup::words("Somebody asked here whom they could talk to. It is over, and there is nothing to do.");
    message("An ask is over".to_owned(), vec![section(&line)])
}
