//! The end of a pair: the form, what the other is told, and the words they left each other.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::identifiers::PersonId;
use crate::domain::overview::Overview;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::people::{Person, Standing};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::MessageKind;
use crate::domain::reviews::{Finish, Words};
use crate::render::controls::{ADD_A_WORD, ADD_TO_NETWORK, Control, END_NOW, LOOK_BACK, READ_FINISH, forms};
use crate::render::leaving_messages;
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Confirm, DateStyle, Input, Markup, actions, choice, context, divider, message, modal, plain, radio_input,
    section, section_with, text_input,
};

/// What they got out of it.
pub const GOT_OUT: &str = "got_out";
/// Thanks.
pub const THANKS: &str = "thanks";
/// What comes next.
pub const WHAT_NEXT: &str = "what_next";
/// Whether they would like to stay in touch.
pub const STAY: &str = "stay_in_touch";
/// The answer that means yes.
pub const YES: &str = "yes";

const SURE: Confirm = Confirm {
    title: "End this now?",
    text: "They are told at once, kindly and without a reason. Meetings to come are left out. What you two wrote stays readable to both.",
    yes: "End now",
    no: "Not yet",
};

/// "You two finished on March 5th, 2026", with whom.
pub fn finished(of: &PairOfPeople, me: PersonId, at: Option<DateTime<Utc>>) -> Markup {
    let line = Markup::words("You two finished");
    let line = match at {
        Some(at) => line.and(" on ").date(at, DateStyle::LongDay),
        None => line,
    };
    let line = line.and(", you and ").piece(&mention(of.other(me)));
    // Who is outside has no commands.
    if of.half(me).standing == Standing::Outsider {
        return line.and(". What you wrote stays readable.");
    }
    line.and(". What you wrote stays readable: type `/mentor history`.")
}

/// What a message of a pair says once it is finished.
pub fn over(of: &PairOfPeople, to: PersonId, at: Option<DateTime<Utc>>) -> Outgoing {
    let text = format!("You and {} have finished", name(of.other(to)));
    message(text, vec![section(&finished(of, to, at))])
}

/// The form with which somebody finishes, or answers the other who did.
pub fn form(of: &PairOfPeople, me: &Person) -> Value {
    let other = mention(of.other(me.id));
    let ended = of.pair.state == PairState::Ended;
    let line = if ended {
        Markup::words("A few words for ").piece(&other).and(". Everything may stay empty.")
    } else {
        Markup::words("You finish with ").piece(&other).and(", at once. They are told kindly, and nobody else is. You need no reason. Everything below may stay empty; they can read it.")
    };
    let input = |field, label| Input { field, label, hint: None, optional: true };
    let stay = [choice("Yes, I would like to stay in touch", YES), choice("Let’s leave it here", "no")];
    let mut blocks: Blocks = vec![
        section(&line),
        text_input(input(GOT_OUT, "What I got out of it"), None, None),
        text_input(input(THANKS, "Thanks"), None, None),
        text_input(input(WHAT_NEXT, "What next"), None, None),
        radio_input(input(STAY, "Stay in touch?"), &stay, ""),
    ];
    if !ended {
        blocks
            .push(context(&Markup::words("Meetings to come are left out. What you two wrote stays readable to both.")));
        blocks.push(section_with(&Markup::words("Or without a word:"), END_NOW.confirmed_on(of.pair.id, SURE)));
    }
    let (title, submit) = if ended { ("A word of mine", "Send") } else { ("Finish well", "Finish") };
    modal(forms::FINISH, title, Some(submit), of.pair.id.to_string(), blocks)
}

/// The word that it is done.
pub fn done(of: &PairOfPeople, me: &Person) -> Value {
    let other = mention(of.other(me.id));
    let line = Markup::words("You and ")
        .piece(&other)
        .and(" have finished. They are told. What you wrote stays readable to both");
    // Who is outside has neither commands nor Home.
    let line = match me.standing {
        Standing::Outsider => line.and("."),
        _ => line.and(": type `/mentor history`, or look at *Past pairs* on Home."),
    };
    let mut blocks = vec![section(&line)];
    if me.standing != Standing::Outsider && !of.other(me.id).is_forgotten() {
        let more = Markup::words("Would you introduce others to them? Only you see your network.");
        blocks.push(section_with(&more, ADD_TO_NETWORK.on(of.pair.id)));
    }
    modal("finished", "Finished", None, String::new(), blocks)
}

/// What the other of the two is told; `to` is the reader.
pub fn draw(kind: MessageKind, of: &PairOfPeople, finishes: &[Finish], to: &Person) -> Outgoing {
    let other = of.other(to.id);
    let theirs = finishes.iter().find(|finish| finish.person == other.id);
    let mine = finishes.iter().any(|finish| finish.person == to.id);
    let words = theirs.is_some_and(|finish| finish.words.say_something());
    if other.is_forgotten() {
        return leaving_messages::forgotten(of, words);
    }
    if kind == MessageKind::FinishAnswered {
        let line = mention(other).and(" has left you a few words, too.");
        let blocks = vec![section(&line), actions([READ_FINISH.primary_on(of.pair.id)])];
        return message(format!("{} has left you a few words", name(other)), blocks);
    }
    let mut line = mention(other).and(" brings your time together to a close. Thank you for what you gave it. Either of you may stop at any time; it takes no reason, and says nothing against anybody.");
    if words {
        line = line.and("\nThey have left you a few words.");
    }
    let mut buttons = Vec::new();
    if words {
        buttons.push(READ_FINISH.primary_on(of.pair.id));
    }
    if !mine {
        buttons.push(ADD_A_WORD.on(of.pair.id));
    }
    buttons.push(LOOK_BACK.on(of.pair.id));
    if to.standing != Standing::Outsider {
        buttons.push(ADD_TO_NETWORK.on(of.pair.id));
    }
    let small = "Meetings to come are left out. What you two wrote stays readable to both of you. Nobody else is told.";
    let blocks = vec![section(&line), actions(buttons), context(&Markup::words(small))];
    message(format!("{} brings your time together to a close", name(other)), blocks)
}

/// The words the two left each other, for reading.
pub fn read(of: &PairOfPeople, finishes: &[Finish]) -> Value {
    let mut blocks = Blocks::new();
    for finish in finishes.iter().filter(|finish| finish.words.say_something()) {
        if !blocks.is_empty() {
            blocks.push(divider());
        }
        blocks.extend(words_of(of.half(finish.person), &finish.words));
    }
    if blocks.is_empty() {
        blocks.push(section(&Markup::words("Nobody left a word, and that is fine.")));
    }
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    modal("read_finish", "How you finished", None, String::new(), blocks)
}

/// What one of the two said at the end.
pub fn words_of(person: &Person, words: &Words) -> Blocks {
    let mut blocks: Blocks = vec![section(&Markup::words("From ").piece(&mention(person)))];
    let mut said = |title: &'static str, text: Option<&PrivateText>| {
        if let Some(text) = text {
            blocks.push(section(&Markup::words("*").and(title).and("*")));
            blocks.extend(plain(text.reveal()));
        }
    };
    said("What I got out of it", words.got_out.as_ref());
    said("Thanks", words.thanks.as_ref());
    said("What next", words.what_next.as_ref());
    match words.stay_in_touch {
        Some(true) => blocks.push(context(&Markup::words("Would like to stay in touch."))),
        Some(false) => blocks.push(context(&Markup::words("Would like to leave it here."))),
        None => {}
    }
    blocks
}

/// With whom? One button for each pair that goes on.
pub fn choose(overview: &Overview, title: &'static str, button: Control) -> Value {
    let one = |pair: &crate::domain::overview::PairOverview| {
        section_with(&mention(pair.of.other(overview.me.id)), button.on(pair.of.pair.id))
    };
    let mut blocks: Blocks = vec![section(&Markup::words("With whom?"))];
    blocks.extend(overview.active().take(90).map(one));
    modal("choose_pair", title, None, String::new(), blocks)
}
