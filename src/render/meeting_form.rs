//! The form after a meeting: homework set, what was most useful, a win.

use serde_json::Value;

use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::Role;
use crate::render::controls::forms;
use crate::render::words::{mention, when};
use crate::slack::blocks::{Input, Markup, choice, context, date_input, modal, radio_input, section, text_input};

/// Homework, one a line.
pub const HOMEWORK: &str = "homework";
/// Who looks into it: the role's word.
pub const OWNER: &str = "owner";
/// The day it is due.
pub const DUE: &str = "due";
/// What was most useful.
pub const MOST_USEFUL: &str = "most_useful";
/// Something to celebrate.
pub const WIN: &str = "win";

const fn input(field: &'static str, label: &'static str, hint: Option<&'static str>) -> Input<'static> {
    Input { field, label, hint, optional: true }
}

/// The empty form.
pub fn open(of: &MeetingOfPair) -> Value {
    let owners = [
        choice(of.of.mentee.name.chars().take(70).collect::<String>(), Role::Mentee.word()),
        choice(of.of.mentor.name.chars().take(70).collect::<String>(), Role::Mentor.word()),
    ];
    let owner = Input { field: OWNER, label: "Who looks into it", hint: None, optional: false };
    modal(
        forms::WE_MET,
        "You met",
        Some("Save"),
        of.meeting.id.to_string(),
        vec![
            section(
                &Markup::words("With ").piece(&mention(&of.of.mentor)).and(", ").piece(&when(of.meeting.starts_at)),
            ),
            text_input(input(HOMEWORK, "Homework", Some("One a line. It opens the next agenda.")), None, None),
            radio_input(owner, &owners, Role::Mentee.word()),
            date_input(input(DUE, "Due", Some("Empty: the next meeting.")), None),
            text_input(input(MOST_USEFUL, "What was most useful?", None), None, None),
            text_input(input(WIN, "A win", Some("Something to celebrate, small or large.")), None, None),
            context(&Markup::words("Only the two of you will ever see this.")),
        ],
    )
}
