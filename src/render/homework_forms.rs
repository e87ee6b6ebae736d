//! The forms for homework: what was found out, and a new piece; and the answer to one that was typed.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::homework::HomeworkOfPair;
use crate::domain::identifiers::{HomeworkId, PairId};
use crate::domain::overview::{Overview, PairOverview};
use crate::domain::private_text::PrivateText;
use crate::render::controls::{MOVE_HOMEWORK, SEE_HOMEWORK, forms};
use crate::render::words::{homework_state, mention, short, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Choice, Input, Markup, actions, choice, context, date_input, message, modal, plain, radio_input, section,
    select_action, select_input, text_input,
};

/// What was found out.
pub const FINDINGS: &str = "findings";
/// What to look into.
pub const TASK: &str = "task";
/// Who looks into it: [`ME`] or [`OTHER`].
pub const OWNER: &str = "owner";
/// The day it is due.
pub const DUE: &str = "due";
/// Which pair it belongs to.
pub const PAIR: &str = "pair";
/// Whoever fills the form in.
pub const ME: &str = "me";
/// The other of the two.
pub const OTHER: &str = "other";

/// What a form is about, and the modal below it that shall be redrawn, if there is one.
pub fn about(object: impl std::fmt::Display, below: Option<&str>) -> String {
    match below {
        Some(view_id) => format!("{object} {view_id}"),
        None => object.to_string(),
    }
}

/// The form for what was found out.
pub fn give_back(of: &HomeworkOfPair, below: Option<&str>) -> Value {
    let findings = Input { field: FINDINGS, label: "What I found out", hint: None, optional: false };
    let before = of.homework.findings.as_ref().map(PrivateText::reveal);
    let mut blocks = plain(of.homework.task.reveal());
    blocks.push(context(&homework_state(&of.homework, of.owner())));
    blocks.push(text_input(findings, Some("A line or two; you will talk about it when you meet."), before));
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    modal(forms::RETURN_HOMEWORK, "Return homework", Some("Return"), about(of.homework.id, below), blocks)
}

/// The form for a new piece, for this pair at first; `typed` stands in it already, and `rest` is what did not fit.
pub fn add(
    overview: &Overview,
    first: &PairOverview,
    typed: Option<&str>,
    rest: Option<&str>,
    below: Option<&str>,
) -> Value {
    let pairs: Vec<&PairOverview> = overview.active().collect();
    let task = Input { field: TASK, label: "What to look into", hint: None, optional: false };
    let mut blocks: Blocks = Vec::new();
    if pairs.len() > 1 {
        let input = Input { field: PAIR, label: "With", hint: None, optional: false };
        blocks.push(select_input(input, &names(overview, |_| true), &first.of.pair.id.to_string()));
    } else {
        blocks.push(section(&Markup::words("With ").piece(&mention(first.of.other(overview.me.id)))));
    }
    blocks.push(text_input(task, None, typed));
    blocks.extend(did_not_fit(rest));
    let other =
        if pairs.len() > 1 { "The other of us".to_owned() } else { short(&first.of.other(overview.me.id).name) };
    let owners = [choice("I do", ME), choice(other, OTHER)];
    let owner = Input { field: OWNER, label: "Who looks into it", hint: None, optional: false };
    blocks.push(radio_input(owner, &owners, ME));
    let due = Input { field: DUE, label: "Due", hint: Some("Empty: the next meeting."), optional: true };
    blocks.push(date_input(due, None));
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    modal(forms::ADD_HOMEWORK, "Add homework", Some("Add"), about(first.of.pair.id, below), blocks)
}

/// What was typed beyond what a field takes, so that nothing is lost.
pub fn did_not_fit(rest: Option<&str>) -> Blocks {
    let Some(rest) = rest else { return Blocks::new() };
    let mut blocks = vec![context(&Markup::words("That was longer than the 3,000 characters that fit. The rest:"))];
    blocks.extend(plain(rest));
    blocks
}

fn names(overview: &Overview, which: impl Fn(PairId) -> bool) -> Vec<Choice> {
    let pairs = overview.active().filter(|pair| which(pair.of.pair.id));
    pairs.map(|pair| choice(short(&pair.of.other(overview.me.id).name), pair.of.pair.id.to_string())).collect()
}

/// The answer to homework that was typed; the text stays out of it.
pub fn added(overview: &Overview, pair: &PairOverview, homework: HomeworkId, now: DateTime<Utc>) -> Outgoing {
    let here = pair.of.pair.id;
    let line = Markup::words("Noted as your homework with ").piece(&mention(pair.of.other(overview.me.id)));
    let line = match pair.next_meeting(now) {
        Some(next) => line.and(", due at your next meeting, ").piece(&when(next.meeting.starts_at)).and("."),
        None => line.and(", due at your next meeting."),
    };
    let mut blocks = vec![section(&line), actions([SEE_HOMEWORK.on("")])];
    let others = names(overview, |id| id != here);
    if !others.is_empty() {
        let to = |other: Choice| choice(other.label, format!("{homework} {}", other.value));
        let others: Vec<Choice> = others.into_iter().map(to).collect();
        blocks.push(select_action(MOVE_HOMEWORK.id, MOVE_HOMEWORK.label, &others));
    }
    message("Noted as your homework".to_owned(), blocks)
}
