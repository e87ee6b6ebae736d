//! The form with which somebody asks for a mentor, and the screen on which the mentor reads it.

use serde_json::Value;

use crate::domain::inquiry::Inquiry;
use crate::domain::pairs::{PairKind, PairOfPeople};
use crate::domain::people::{Person, Standing};
use crate::render::controls::forms;
use crate::render::inquiry_screens;
use crate::render::words::mention;
use crate::slack::blocks::{
    Input, Markup, choice, context, modal, person_input, plain, radio_input, section, text_input,
};

/// Whom to ask, when that is not known yet.
pub const MENTOR: &str = "mentor";
/// What the mentee wants to work on.
pub const AIM: &str = "aim";

/// How they are asked: the word of a kind of pair.
pub const HOW: &str = "how";

/// The empty form, for a mentor who was named or for one to be chosen.
pub fn open(mentor: Option<&Person>) -> Value {
    let outside = mentor.is_some_and(|mentor| mentor.standing == Standing::Outsider);
    let whom = match mentor {
        Some(mentor) if outside => {
            section(&Markup::words("You ask ").piece(&mention(mentor)).and(" to be your outside mentor."))
        }
        Some(mentor) => section(&Markup::words("You ask ").piece(&mention(mentor)).and(".")),
        None => person_input(Input { field: MENTOR, label: "Whom I ask", hint: None, optional: false }),
    };
    let how = Input { field: HOW, label: "How", hint: None, optional: false };
    let hows = [
        choice("As my mentor: I prepare, they react", PairKind::InOrg.word()),
        choice("As peers: we help each other", PairKind::Peer.word()),
    ];
    let how = (!outside).then(|| radio_input(how, &hows, PairKind::InOrg.word()));
    let asking = match outside {
        true => "*What I am asking for*\n30–45 minutes every month; I prepare, you react.",
        false => {
            "*What I am asking for*\n30–45 minutes every week; I prepare, you react. As peers: every two weeks, and we both prepare."
        }
    };
    let mut reach = vec![context(&Markup::words(
        "They have three working days to answer and are reminded once. You will hear from me either way.",
    ))];
    if outside {
        reach.push(context(&Markup::words(
            "I can write to them only where you share a channel with their organisation. If Slack does not let me, you hear so at once.",
        )));
    }
    let aim = Input {
        field: AIM,
        label: "What I want to work on",
        hint: Some("Only the two of you will ever see this."),
        optional: false,
    };
    modal(
        forms::ASK,
        "Ask for mentoring",
        Some("Send"),
        mentor.map(|mentor| mentor.id.to_string()).unwrap_or_default(),
        std::iter::once(whom)
            .chain(how)
            .chain([
                text_input(aim, Some("Why them, and what would be different in six months?"), None),
                section(&Markup::words(asking)),
            ])
            .chain(reach)
            .collect(),
    )
}

/// What the mentee wrote, for the mentor.
pub fn read(of: &PairOfPeople, inquiries: &[Inquiry]) -> Value {
    let mut blocks = vec![section(&mention(&of.mentee).and(" wants to work on:"))];
    blocks.extend(plain(of.pair.aim.reveal()));
    blocks.extend(inquiry_screens::read(of, inquiries));
    modal("read_proposal", "The request", None, String::new(), blocks)
}
