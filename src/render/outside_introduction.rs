//! An introduction to somebody outside: the message to whoever named them, the ready-made e-mail, and what the asker hears.
//!
//! Owns: the words. Messages name nobody outside: the e-mail stands in a modal and in the e-mail alone. Must not: know how it
//! travels.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::contacts::{EmailAddress, NotPosted};
use crate::domain::introduction_meeting::OutsideLetter;
use crate::domain::introductions::{NominationState, Nominee};
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction};
use crate::render::controls::{OUTSIDE_LETTER_SENT, READ_OUTSIDE_LETTER, READ_OWN_ASK, SEND_OUTSIDE_LETTER};
use crate::render::letters::Words;
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Button, Markup, actions, context, message, modal, plain, section};

/// Somebody outside who was named: their name and address.
pub fn outside(found: &NominationOfIntroduction) -> Option<(&PrivateText, &EmailAddress)> {
    match &found.nomination.nominee {
        Nominee::Outside { name, email } => Some((name, email)),
        Nominee::Person(_) => None,
    }
}

/// Tells whoever named somebody outside that it is their turn, or reminds them. `by_mail`: the app can send the e-mail.
pub fn turn(
    kind: MessageKind,
    found: &NominationOfIntroduction,
    letter: Option<OutsideLetter>,
    by_mail: bool,
) -> Outgoing {
    let Some(asker) = found.of.asker() else { return closed() };
    match found.nomination.state {
        NominationState::ToWrite => {}
        NominationState::Written => return written(asker),
        _ => return closed(),
    }
    let reminds = kind == MessageKind::OutsideNominatedReminder;
    let text = format!("Your e-mail for {} waits", name(asker));
    let line = if reminds {
        Markup::words("A reminder: your e-mail to somebody outside, for ").piece(&mention(asker)).and(", waits.")
    } else {
        Markup::words("You know somebody outside who may help ")
            .piece(&mention(asker))
            .and(", and it is their turn. The e-mail to them is ready.")
    };
    let mut blocks: Blocks = vec![section(&line)];
    let id = found.nomination.id;
    let read = READ_OUTSIDE_LETTER.on(id);
    let sent = OUTSIDE_LETTER_SENT.on(id);
    let buttons: Vec<Button> = match letter {
        None if by_mail => vec![SEND_OUTSIDE_LETTER.primary_on(id), read, sent],
        None | Some(OutsideLetter::NotOut(_)) => vec![read, OUTSIDE_LETTER_SENT.primary_on(id)],
        Some(OutsideLetter::OnItsWay | OutsideLetter::Out) => vec![read],
    };
    blocks.push(actions(buttons));
    let how = match letter {
        None if by_mail => Markup::words("*Send it*: it goes out in your name, and the answer goes to you and to ")
            .piece(&mention(asker))
            .and(". Or copy it into an e-mail of your own and click *I have sent it*."),
        None => Markup::words("Copy it into an e-mail of your own, then click *I have sent it*."),
        Some(OutsideLetter::NotOut(_)) => {
            Markup::words("It has not gone out from here. Send it yourself, then click *I have sent it*.")
        }
        Some(OutsideLetter::OnItsWay | OutsideLetter::Out) => Markup::words("The e-mail is on its way."),
    };
    blocks.push(context(&how));
    let until = Markup::words("Please by ")
        .piece(&when(answer_by(found)))
        .and(". ")
        .piece(&mention(asker))
        .and(" hears only that you have written to somebody, and no name. If you would rather not, leave it: nobody is told.");
    blocks.push(context(&until));
    message(text, blocks)
}

/// Until when they are asked to write.
fn answer_by(found: &NominationOfIntroduction) -> DateTime<Utc> {
    found.nomination.answer_by.unwrap_or(found.of.introduction.answer_by)
}

/// The same as [`turn`], as a line on Home. Sending it is a matter of the conversation, which says how that goes.
pub fn waiting(found: &NominationOfIntroduction) -> Blocks {
    let Some(asker) = found.of.asker() else { return Vec::new() };
    let line = Markup::words("Your e-mail to somebody outside, for ").piece(&mention(asker)).and(", waits. Please by ");
    let id = found.nomination.id;
    let buttons = [READ_OUTSIDE_LETTER.primary_on(id), OUTSIDE_LETTER_SENT.on(id)];
    vec![section(&line.piece(&when(answer_by(found))).and(".")), actions(buttons)]
}

fn written(asker: &Person) -> Outgoing {
    let line = Markup::words("You have written to somebody outside for ").piece(&mention(asker)).and(". Thank you!");
    message(format!("You have written for {}", name(asker)), vec![section(&line)])
}

fn closed() -> Outgoing {
    let line = Markup::words("An e-mail to somebody outside waited here. It is not needed any more; thank you.");
    message("An e-mail is not needed any more".to_owned(), vec![section(&line)])
}

/// An introduction of which nothing is left.
pub fn gone() -> Outgoing {
    closed()
}

/// Tells whoever clicked *Send it* that it did not go out.
pub fn failed(found: &NominationOfIntroduction, letter: Option<OutsideLetter>) -> Outgoing {
    let Some(asker) = found.of.asker() else { return closed() };
    match found.nomination.state {
        NominationState::ToWrite => {}
        NominationState::Written => return written(asker),
        _ => return closed(),
    }
    let why = match letter {
        Some(OutsideLetter::NotOut(why)) => why,
        _ => NotPosted::Unclear,
    };
    let unclear = why == NotPosted::Unclear;
    let line = Markup::words("Your e-mail to somebody outside, for ").piece(&mention(asker)).and(if unclear {
        ", may not have arrived."
    } else {
        ", has not gone out."
    });
    let rest = match why {
        NotPosted::Refused | NotPosted::Unreachable | NotPosted::Stopped => {
            "The mail server refuses their address. Look whether it is right, and write to them yourself."
        }
        NotPosted::NobodyToAnswer => {
            "I do not know where answers should go: Slack shows me no e-mail address of yours, or of who asks. Please send it yourself."
        }
        NotPosted::NotTaken => {
            "The mail server has not taken it for hours, so I do not try any more. Please send it yourself."
        }
        NotPosted::NoMail => "There is no mail server any more. Please send it yourself.",
        NotPosted::Unclear => {
            "The line broke while I was sending it, and nobody can look into their mailbox. I do not send it twice: ask them, or send it yourself."
        }
    };
    let id = found.nomination.id;
    let buttons = [READ_OUTSIDE_LETTER.on(id), OUTSIDE_LETTER_SENT.primary_on(id)];
    let text = format!("Your e-mail for {} has not gone out", name(asker));
    message(text, vec![section(&line), section(&Markup::words(rest)), actions(buttons)])
}

/// Tells the asker that somebody outside was written to: by their own mentor, or through them; no other name.
pub fn asker_hears(of: &IntroductionOfPeople) -> Outgoing {
    let links: Vec<&Person> = of.introduction.links().iter().filter_map(|id| of.person(*id)).collect();
    let line = match links.as_slice() {
        [] => Markup::words("Somebody outside was written to"),
        [mentor] => mention(mentor).and(" has written to somebody outside"),
        [mentor, ..] => Markup::words("Through ").piece(&mention(mentor)).and(", somebody outside was written to"),
    };
    let line = line.and(" who may help with what you asked. If they would like to talk, they will write to you.");
    let rest = Markup::words("They owe no answer. In a week I ask you what came of it.");
    let buttons = actions([READ_OWN_ASK.on(of.introduction.id)]);
    message("Somebody outside was written to for you".to_owned(), vec![section(&line), buttons, context(&rest)])
}

/// The e-mail, in the name of whoever named them.
pub fn words(found: &NominationOfIntroduction) -> Option<Words> {
    let (outside, _) = outside(found)?;
    let (asker, writer) = (found.of.asker()?, found.of.writer(&found.nomination)?);
    let text = &found.of.text;
    let mut parts = vec![
        format!("Hello {},", outside.reveal()),
        format!("{} asked me whom to talk to, and I thought of you.", asker.name),
    ];
    let mut add = |title: String, text: Option<&PrivateText>| {
        if let Some(text) = text.filter(|text| !text.reveal().trim().is_empty()) {
            parts.push(format!("{title}\n{}", text.reveal()));
        }
    };
    add("A word from me:".to_owned(), found.nomination.note.as_ref());
    add("What it is about:".to_owned(), Some(&text.topic));
    add("Why:".to_owned(), text.why.as_ref());
    add("What would help:".to_owned(), text.would_help.as_ref());
    add(format!("What {} can give back:", asker.name), text.give_back.as_ref());
    parts.push(format!(
        "If you would like to talk, just answer: {} and I both get it. If not, there is nothing to do.",
        asker.name
    ));
    parts.push(format!("Best wishes,\n{}", writer.name));
    let subject = format!("{} would like to talk with you", asker.name);
    Some(Words { subject, text: format!("{}\n", parts.join("\n\n")) })
}

/// What stands below it when the app sends it.
pub fn footer(found: &NominationOfIntroduction) -> String {
    let names = [found.of.writer(&found.nomination), found.of.asker()].map(|person| person.map_or("", |it| &it.name));
    let [writer, asker] = names;
    format!(
        "\n-- \nMentor sends this for {writer}, who clicked to send it. An answer goes to {writer} and {asker}.\nThis is the only letter about it.\n"
    )
}

/// The e-mail in a modal, for reading and copying.
pub fn letter(found: &NominationOfIntroduction, letter: Option<OutsideLetter>, by_mail: bool) -> Option<Value> {
    let words = words(found)?;
    let (outside, email) = outside(found)?;
    let (asker, writer) = (found.of.asker()?, found.of.writer(&found.nomination)?);
    let how = if by_mail && letter.is_none() && found.nomination.state == NominationState::ToWrite {
        Markup::words("Click *Send it* in our conversation, or copy this into an e-mail of your own. ")
    } else {
        Markup::words("Copy this into an e-mail of your own, with ").piece(&mention(asker)).and(" in copy. ")
    };
    let mut blocks =
        vec![section(&how.and("What stands here leaves Slack when you do.")), section(&Markup::words("*From*"))];
    blocks.extend(plain(&writer.name));
    blocks.push(section(&Markup::words("*To*")));
    blocks.extend(plain(&format!("{} <{}>", outside.reveal(), email.reveal())));
    blocks.push(section(&Markup::words("*Subject*")));
    blocks.extend(plain(&words.subject));
    blocks.push(section(&Markup::words("*Text*")));
    blocks.extend(plain(&words.text));
    Some(modal("outside_letter", "An e-mail, ready", None, String::new(), blocks))
}
