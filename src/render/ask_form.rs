//! The form with which somebody asks for a mentor, and the screen on which the mentor reads it.

use serde_json::Value;

use crate::domain::inquiry::Inquiry;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::render::controls::forms;
use crate::render::inquiry_screens;
use crate::render::words::mention;
use crate::slack::blocks::{Input, Markup, context, modal, person_input, plain, section, text_input};

/// Whom to ask, when that is not known yet.
pub const MENTOR: &str = "mentor";
/// What the mentee wants to work on.
pub const AIM: &str = "aim";

/// The empty form, for a mentor who was named or for one to be chosen.
pub fn open(mentor: Option<&Person>) -> Value {
    let whom = match mentor {
        Some(mentor) => section(&Markup::words("You ask ").piece(&mention(mentor)).and(" to be your mentor.")),
        None => person_input(Input { field: MENTOR, label: "Whom I ask", hint: None, optional: false }),
    };
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
        vec![
            whom,
            text_input(aim, Some("Why them, and what would be different in six months?"), None),
            section(&Markup::words("*What I am asking for*\n30–45 minutes every week; I prepare, you react.")),
            context(&Markup::words(
                "They have three working days to answer and are reminded once. You will hear from me either way.",
            )),
        ],
    )
}

/// What the mentee wrote, for the mentor.
pub fn read(of: &PairOfPeople, inquiries: &[Inquiry]) -> Value {
    let mut blocks = vec![section(&mention(&of.mentee).and(" wants to work on:"))];
    blocks.extend(plain(of.pair.aim.reveal()));
    blocks.extend(inquiry_screens::read(of, inquiries));
    modal("read_proposal", "The request", None, String::new(), blocks)
}
