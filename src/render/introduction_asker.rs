//! An ask, as the asker reads about it: that a mentor helps, that nobody could this time, and what came of it; and the thanks to
//! whoever brought two people together.
//!
//! Owns: the words. Must not: tell who declined, or a name before names have met; or say what was asked.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::introductions::{FollowUp, Introduction, IntroductionRequest, IntroductionState};
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::controls::{
    ASK_AGAIN, FIND, NO_LONGER_NEEDED, NOT_TALKED_YET, READ_OWN_ASK, READ_WHAT_CAME, WE_TALKED, forms,
};
use crate::render::words::{mention, name, subject};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Block, Blocks, Button, Input, Markup, actions, context, message, modal, plain, section, text_input,
};

/// What came of it.
pub const CAME_OF_IT: &str = "came_of_it";

/// Draws a message about an ask, which was due at a moment: what was said before does not answer it.
pub fn draw(kind: MessageKind, of: &IntroductionOfPeople, due_at: DateTime<Utc>) -> Outgoing {
    match kind {
        MessageKind::IntroductionThanks => thanks(of),
        MessageKind::IntroductionFollowUp | MessageKind::IntroductionFollowUpAgain => follow_up(kind, of, due_at),
        _ => nobody(of),
    }
}

/// A mentor helps, and it is on the next agenda.
pub fn helped(of: &IntroductionOfPeople, request: &IntroductionRequest) -> Outgoing {
    let mentor = of.person(request.person);
    let line = mentor
        .map_or_else(|| Markup::words("A mentor"), subject)
        .and(" can help you with what you asked. It is on your next agenda together.");
    let buttons = actions([READ_OWN_ASK.on(of.introduction.id)]);
    let who = mentor.map_or_else(|| "A mentor".to_owned(), name);
    message(format!("{who} can help you with what you asked"), vec![section(&line), buttons])
}

fn nobody(of: &IntroductionOfPeople) -> Outgoing {
    let id = of.introduction.id;
    let line = Markup::words("For what you asked, I found nobody this time.\n*What else may help*");
    let line = line
        .and("\n• Ask in other words: a wider topic, or the one question that matters most.")
        .and("\n• Say what you can give back, if you did not: it makes a yes easier.")
        .and("\n• `/mentor find` shows people who offer a topic and take mentees.")
        .and("\n• Ask again in a month, when others may have time.");
    let buttons = actions([ASK_AGAIN.on(id), FIND.on(""), READ_OWN_ASK.on(id)]);
    message("Nobody this time for what you asked".to_owned(), vec![section(&line), buttons])
}

/// "Through @grace, somebody outside was written to about what you asked".
fn outside(of: &IntroductionOfPeople) -> Markup {
    match through(of) {
        Some(link) => Markup::words("Through ").piece(&mention(link)).and(", somebody outside was written to"),
        None => Markup::words("Somebody outside was written to"),
    }
    .and(" about what you asked")
}

/// The asker's own mentor who stands in between, if any.
fn through(of: &IntroductionOfPeople) -> Option<&Person> {
    of.introduction.links().first().and_then(|id| of.person(*id))
}

/// Who was met; `None` when it is somebody outside, or nobody.
fn whom(of: &IntroductionOfPeople) -> Option<&Person> {
    of.introduction.found().and_then(|found| of.person(found.nominee.person()?))
}

/// "You met @lise, through @grace".
fn met(of: &IntroductionOfPeople) -> Markup {
    let line = match whom(of) {
        Some(whom) => Markup::words("You met ").piece(&mention(whom)),
        None => Markup::words("You met somebody"),
    };
    match through(of) {
        Some(link) => line.and(", through ").piece(&mention(link)),
        None => line,
    }
}

/// What became of an ask that ended, on one line.
pub fn outcome(of: &IntroductionOfPeople) -> Markup {
    match of.introduction.state {
        IntroductionState::Open => Markup::words("Open."),
        IntroductionState::Met => met(of).and("."),
        IntroductionState::Written => outside(of).and("."),
        IntroductionState::Helped => {
            let mut helpers = of.introduction.helpers().filter_map(|id| of.person(id));
            let first = helpers.next().map_or_else(|| Markup::words("A mentor"), subject);
            let line = helpers.fold(first, |line, helper| line.and(" and ").piece(&mention(helper)));
            line.and(" can help you: it is on your next agenda together.")
        }
        IntroductionState::Nobody => Markup::words("Nobody this time."),
        IntroductionState::Withdrawn => Markup::words("You withdrew it."),
    }
}

fn follow_up(kind: MessageKind, of: &IntroductionOfPeople, due_at: DateTime<Utc>) -> Outgoing {
    let text = "Did you talk?".to_owned();
    let line = match of.introduction.follow_up {
        Some((FollowUp::Talked, _)) => said(&of.introduction, "You talked. Thank you for telling!"),
        Some((FollowUp::NoLongerNeeded, _)) => Markup::words("You need it no longer. That is all right."),
        Some((FollowUp::NotYet, _)) if kind == MessageKind::IntroductionFollowUp => {
            let line = Markup::words("You have not talked yet. I ask once more in a week; or tell me when you have:");
            return message(text, vec![section(&line), actions([WE_TALKED.on(of.introduction.id)])]);
        }
        Some((FollowUp::NotYet, at)) if at >= due_at => {
            let line = Markup::words("You have not talked yet. I don't ask again; tell me when you have, if you like:");
            return message(text, vec![section(&line), actions([WE_TALKED.on(of.introduction.id)])]);
        }
        Some((FollowUp::NotYet, _)) | None => {
            let mut blocks = question(of);
            if kind == MessageKind::IntroductionFollowUpAgain {
                blocks.push(context(&Markup::words("I don't ask again.")));
            }
            return message(text, blocks);
        }
    };
    message(text, vec![section(&line)])
}

/// Thanks go to somebody, unless nobody is left to be thanked.
fn said(introduction: &Introduction, words: &'static str) -> Markup {
    let line = Markup::words(words);
    if introduction.who_is_thanked().is_empty() { line } else { line.and(" Whoever made it possible hears so.") }
}

/// "Did you talk?" with its buttons: in the message, on Home, and as the answer to `/mentor`.
pub fn question(of: &IntroductionOfPeople) -> Blocks {
    let line = match of.introduction.state {
        IntroductionState::Written => outside(of).and(". Did you talk?"),
        _ => met(of).and(". Did you talk?"),
    };
    vec![section(&line), answers(&of.introduction)]
}

fn answers(introduction: &Introduction) -> Block {
    let id = introduction.id;
    let buttons: [Button; 3] = [WE_TALKED.primary_on(id), NOT_TALKED_YET.on(id), NO_LONGER_NEEDED.on(id)];
    actions(buttons)
}

/// The form that asks what came of it.
pub fn what_came(of: &IntroductionOfPeople) -> Value {
    let readers: Vec<&Person> = of.introduction.who_is_thanked().iter().filter_map(|id| of.person(*id)).collect();
    let field = Input {
        field: CAME_OF_IT,
        label: "What came of it?",
        hint: Some("A sentence is enough, and it may stay empty."),
        optional: true,
    };
    let line = match readers[..] {
        [] => Markup::words("Well done! Nobody but you reads this."),
        _ => super::introduction_ask_form::named(&readers).and(" will be thanked, and can read what you write here."),
    };
    modal(
        forms::WE_TALKED,
        "We talked",
        Some("Send"),
        of.introduction.id.to_string(),
        vec![text_input(field, None, None), context(&line)],
    )
}

fn thanks(of: &IntroductionOfPeople) -> Outgoing {
    let asker = of.asker();
    let who = asker.map_or_else(|| Markup::words("Somebody"), subject);
    let line = if of.introduction.links().is_empty() {
        who.and(" thanks you for your time: it was good that you two talked.")
    } else {
        let whom = whom(of).map_or_else(|| Markup::words("somebody outside"), mention);
        who.and(" and ").piece(&whom).and(" have talked. Thank you for bringing them together!")
    };
    let mut blocks = vec![section(&line)];
    if of.came_of_it.is_some() {
        blocks.push(actions([READ_WHAT_CAME.on(of.introduction.id)]));
    }
    message(format!("{} thanks you", asker.map(name).unwrap_or_default()), blocks)
}

/// What came of it, for whoever is thanked.
pub fn read_what_came(of: &IntroductionOfPeople) -> Value {
    let who = of.asker().map_or_else(|| Markup::words("Somebody"), subject);
    let mut blocks = vec![section(&who.and(" tells what came of it:"))];
    match &of.came_of_it {
        Some(text) => blocks.extend(plain(text.reveal())),
        None => blocks.push(context(&Markup::words("Nothing is written."))),
    }
    modal("what_came", "What came of it", None, String::new(), blocks)
}
