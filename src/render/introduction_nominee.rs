//! An ask, as somebody who was named reads about it.
//!
//! Owns: the words. Must not: let anybody find out who declined, or show in a message what somebody wrote.

use serde_json::Value;

use crate::domain::identifiers::NominationId;
use crate::domain::introducing::NomineeKnows;
use crate::domain::introductions::Nomination;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction};
use crate::render::ask_words;
use crate::render::controls::{HAPPY_TO, MY_PROFILE, NEVER_AGAIN, NOT_NOW_TO_MEET, READ_ABOUT};
use crate::render::introduction_mentor::TITLE;
use crate::render::words::{mention, name, subject, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Button, Confirm, Markup, actions, context, divider, message, modal, notice, plain, section,
};

/// Asked before somebody is never asked again.
const FOR_GOOD: Confirm = Confirm {
    title: "Never again?",
    text: "Nobody will ask you to be introduced to anybody from now on, until you change it in your profile. For this one it counts as “Not now”. Nobody is told.",
    yes: "Don't ask me again",
    no: "Cancel",
};

/// Draws a question to somebody who was named, or its reminder; or what came of the answer.
pub fn draw(kind: MessageKind, of: &IntroductionOfPeople, nomination: &Nomination) -> Outgoing {
    let prefix = if kind == MessageKind::NomineeAskedReminder { "A reminder: " } else { "" };
    let text = match of.asker() {
        Some(asker) => format!("{prefix}{} would like to talk to somebody like you", name(asker)),
        None => format!("{prefix}Somebody would like to talk to somebody like you"),
    };
    let id = nomination.id;
    let blocks = match of.introduction.as_nominee_knows(nomination) {
        NomineeKnows::Waits => vec![
            section(&Markup::words(prefix).piece(&who_asks(of, nomination))),
            actions([READ_ABOUT.primary_on(id)].into_iter().chain(answers(id))),
            context(&until(of, nomination)),
        ],
        _ => vec![section(&outcome(of, nomination))],
    };
    message(text, blocks)
}

fn asker(of: &IntroductionOfPeople) -> Markup {
    of.asker().map_or_else(|| Markup::words("somebody"), mention)
}

/// Who asks, and through whom.
fn who_asks(of: &IntroductionOfPeople, nomination: &Nomination) -> Markup {
    let who = of.asker().map_or_else(|| Markup::words("Somebody"), subject);
    let who = who.and(" asks: who can I talk to about …? ");
    let Some(request) = of.introduction.through(nomination) else {
        return who.and("I ask you because you offer this topic.");
    };
    let through = of.person(request.person).map_or_else(|| Markup::words("Somebody"), subject);
    match request.passed_on_by {
        None => who.and("It comes to you through ").piece(&through).and(", who thought of you."),
        Some(passer) => {
            let passer = of.person(passer).map_or_else(|| Markup::words("somebody"), mention);
            who.and("It comes to you through ")
                .piece(&through)
                .and(", to whom ")
                .piece(&passer)
                .and(" passed it on, and who thought of you.")
        }
    }
}

fn answers(id: NominationId) -> [Button; 3] {
    [HAPPY_TO.on(id), NOT_NOW_TO_MEET.on(id), NEVER_AGAIN.confirmed_on(id, FOR_GOOD)]
}

fn until(of: &IntroductionOfPeople, nomination: &Nomination) -> Markup {
    let line = match nomination.answer_by {
        Some(answer_by) => Markup::words("Until ").piece(&when(answer_by)).and(". "),
        None => Markup::default(),
    };
    line.piece(&asker(of))
        .and(" has not seen your name, and will not unless you say yes. “Not now” needs no reason, and nobody is told.")
}

/// What it is about, with the line of whoever named them, and what one can do.
pub fn read(of: &IntroductionOfPeople, nomination: &Nomination) -> Value {
    let mut blocks: Blocks = vec![section(&who_asks(of, nomination))];
    blocks.extend(ask_words::read(&of.text));
    let through = of.introduction.through(nomination).and_then(|request| of.person(request.person));
    if let (Some(note), Some(through)) = (&nomination.note, through) {
        blocks.push(section(&Markup::words("*A line with it*, from ").piece(&mention(through))));
        blocks.extend(plain(note.reveal()));
    }
    blocks.push(divider());
    if of.introduction.as_nominee_knows(nomination) == NomineeKnows::Waits {
        blocks.push(actions(answers(nomination.id)));
        blocks.push(context(&until(of, nomination)));
    } else {
        blocks.push(section(&outcome(of, nomination)));
    }
    modal("read_about", TITLE, None, String::new(), blocks)
}

/// What holds now, in the place of the buttons.
pub fn outcome(of: &IntroductionOfPeople, nomination: &Nomination) -> Markup {
    match of.introduction.as_nominee_knows(nomination) {
        NomineeKnows::Waits => Markup::words("You have not answered yet."),
        NomineeKnows::Met => {
            Markup::words("Happy to. You and ").piece(&asker(of)).and(" have each other’s names now. Thank you!")
        }
        NomineeKnows::Declined => Markup::words("Not now. Nobody is told."),
        NomineeKnows::TooLate => Markup::words("The time to answer is over. Nothing more to do."),
        NomineeKnows::NotPossible => Markup::words(
            "That is kind of you, but it does not work out any more. Nothing more to do, and nobody is told. Thank you all the same.",
        ),
        NomineeKnows::Nothing | NomineeKnows::Over => Markup::words("This is over; thank you."),
    }
}

/// The same in a modal of its own.
pub fn outcome_modal(of: &IntroductionOfPeople, nomination: &Nomination) -> Value {
    notice(TITLE, &outcome(of, nomination))
}

/// A question that waits for an answer, on Home and as the answer to `/mentor`.
pub fn waiting(named: &NominationOfIntroduction) -> Blocks {
    let (of, nomination) = (&named.of, &named.nomination);
    let line = who_asks(of, nomination);
    let line = match nomination.answer_by {
        Some(answer_by) => line.and(" Please answer by ").piece(&when(answer_by)).and("."),
        None => line,
    };
    let id = nomination.id;
    vec![section(&line), actions([READ_ABOUT.primary_on(id)].into_iter().chain(answers(id)))]
}

/// They are not asked again, and how to change that; `too_late` when this very question had its answer before.
pub fn never_again(can_change: bool, too_late: Option<&Markup>) -> Outgoing {
    message("You will not be asked again".to_owned(), not_again(can_change, too_late))
}

/// The same in a modal of its own.
pub fn never_again_modal(can_change: bool, too_late: Option<&Markup>) -> Value {
    modal("never_again", TITLE, None, String::new(), not_again(can_change, too_late))
}

fn not_again(can_change: bool, too_late: Option<&Markup>) -> Blocks {
    let line = Markup::words("You will not be asked again whether you would be introduced to somebody.");
    let line = match too_late {
        Some(what_is) => line.and(" About this one: ").piece(what_is),
        None => line.and(" This one counts as “Not now”, and nobody is told."),
    };
    let mut blocks: Blocks = vec![section(&line)];
    if can_change {
        blocks.push(context(&Markup::words("You can change it at any time in your profile.")));
        blocks.push(actions([MY_PROFILE.on("")]));
    }
    blocks
}
