//! The form with which a mentor adds a point to an agenda.

use serde_json::Value;

use crate::domain::identifiers::PersonId;
use crate::domain::meetings::MeetingOfPair;
use crate::render::controls::forms;
use crate::render::words::{mention, when};
use crate::slack::blocks::{Input, Markup, context, modal, section, text_input};

/// The point.
pub const POINT: &str = "point";

/// The empty form.
pub fn open(of: &MeetingOfPair, me: PersonId) -> Value {
    let hint = Some("A question or a subject. What the other wrote stays as it is.");
    let point = Input { field: POINT, label: "My point", hint, optional: false };
    let line = Markup::words("With ").piece(&mention(of.of.other(me))).and(", ").piece(&when(of.meeting.starts_at));
    modal(
        forms::ADD_POINT,
        "Add a point",
        Some("Add"),
        of.meeting.id.to_string(),
        vec![
            section(&line),
            text_input(point, None, None),
            context(&Markup::words("Only the two of you will ever see this.")),
        ],
    )
}
