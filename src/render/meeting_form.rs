//! The form after a meeting: homework set, what was most useful, a win.

use serde_json::Value;

use crate::domain::agenda::Part;
use crate::domain::identifiers::PersonId;
use crate::domain::meetings::{Meeting, MeetingOfPair};
use crate::domain::pairs::Role;
use crate::render::controls::forms;
use crate::render::part_words::points_title;
use crate::render::words::{mention, when};
use crate::slack::blocks::{
    Block, Blocks, Input, Markup, checkbox_input, choice, context, date_input, modal, radio_input, section, text_input,
};

/// Homework, one a line.
pub const HOMEWORK: &str = "homework";
/// Who looks into it: the role's word.
pub const OWNER: &str = "owner";
/// The day it is due.
pub const DUE: &str = "due";
/// What was most useful.
pub const MOST_USEFUL: &str = "most_useful";
/// What was not covered: parts by their words, and [`POINTS`].
pub const UNCOVERED: &str = "uncovered";
/// Stands for the mentor's points among what was not covered.
pub const POINTS: &str = "points";
/// Something to celebrate.
pub const WIN: &str = "win";

const fn input(field: &'static str, label: &'static str, hint: Option<&'static str>) -> Input<'static> {
    Input { field, label, hint, optional: true }
}

/// What was on the agenda, to be ticked when it was not covered; nothing when nothing was on it.
fn uncovered(of: &MeetingOfPair, parts: &[Part], points: bool) -> Option<Block> {
    let mut choices: Vec<_> = parts.iter().map(|part| choice(part.title(), part.word())).collect();
    if points {
        choices.push(choice(points_title(of.of.pair.kind), POINTS));
    }
    let hint = Some("It opens the next agenda, with its age.");
    let input = Input { field: UNCOVERED, label: "Not covered: keep for next time", hint, optional: true };
    (!choices.is_empty()).then(|| checkbox_input(input, &choices, &[]))
}

/// The empty form for who tells; `parts` are those of the agenda that said something, `next` is the pair's next meeting.
pub fn open(of: &MeetingOfPair, me: PersonId, parts: &[Part], points: bool, next: Option<&Meeting>) -> Value {
    let owners = [
        choice(of.of.mentee.name.chars().take(70).collect::<String>(), Role::Mentee.word()),
        choice(of.of.mentor.name.chars().take(70).collect::<String>(), Role::Mentor.word()),
    ];
    let owner = Input { field: OWNER, label: "Who looks into it", hint: None, optional: false };
    let line = Markup::words("With ").piece(&mention(of.of.other(me))).and(", ").piece(&when(of.meeting.starts_at));
    let mut blocks: Blocks = vec![section(&line)];
    blocks.extend(uncovered(of, parts, points));
    blocks.extend([
        text_input(input(HOMEWORK, "Homework", Some("One a line. It opens the next agenda.")), None, None),
        radio_input(owner, &owners, of.of.pair.preparer(me).role.word()),
        date_input(input(DUE, "Due", Some("Empty: the next meeting.")), None),
        text_input(input(MOST_USEFUL, "What was most useful?", None), None, None),
        text_input(input(WIN, "A win", Some("Something to celebrate, small or large.")), None, None),
        context(&Markup::words("Only the two of you will ever see this.")),
    ]);
    if let Some(next) = next {
        let line =
            Markup::words("Next meeting: ").piece(&when(next.starts_at)).and(". Once this is saved, you can move it: ");
        blocks.push(context(&line.and("*Move this one* stands below my question then.")));
    }
    modal(forms::WE_MET, "You met", Some("Save"), of.meeting.id.to_string(), blocks)
}
