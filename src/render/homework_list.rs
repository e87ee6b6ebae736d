//! The list of homework, pair by pair: one's own first, with what can be done to each.

use serde_json::Value;

use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::PersonId;
use crate::domain::overview::{Overview, PairOverview};
use crate::render::controls::{ADD_HOMEWORK, DROP_HOMEWORK, HOMEWORK_DONE, RETURN_HOMEWORK};
use crate::render::words::{homework_state, mention};
use crate::slack::blocks::{Blocks, Button, Confirm, Markup, actions, context, divider, header, modal, plain, section};

/// Blocks that all pairs share; Slack takes 100.
const ROOM: usize = 98;
/// Blocks of a pair kept free for what comes below its items: a count, the next headline and its count, a button.
const KEPT_FREE: usize = 4;

/// What Slack asks before homework is given up.
const SURE: Confirm = Confirm {
    title: "Drop this homework?",
    text: "It goes from both your lists and comes back on no agenda.",
    yes: "Drop",
    no: "Keep",
};

/// The list, in a modal.
pub fn draw(overview: &Overview) -> Value {
    let mut blocks = Blocks::new();
    let room = ROOM / overview.active().count().max(1);
    for pair in overview.active() {
        if !blocks.is_empty() {
            blocks.push(divider());
        }
        blocks.extend(of_pair(pair, overview.me.id, room));
    }
    modal("homework", "Homework", None, String::new(), blocks)
}

/// As much as `room` blocks take; what does not fit is counted.
fn of_pair(pair: &PairOverview, me: PersonId, room: usize) -> Blocks {
    let other = pair.of.other(me);
    let mut blocks = vec![section(&Markup::words("*With* ").piece(&mention(other)))];
    let (mine, theirs): (Vec<&Homework>, Vec<&Homework>) = pair.homework.iter().partition(|item| item.owner == me);
    for (title, items) in [("Mine", mine), ("Theirs", theirs)] {
        if items.is_empty() {
            continue;
        }
        blocks.push(header(title));
        let mut more = items.len();
        for item in items {
            let drawn = one(item, pair, me);
            if blocks.len() + drawn.len() + KEPT_FREE > room {
                break;
            }
            blocks.extend(drawn);
            more -= 1;
        }
        if more > 0 {
            let line =
                Markup::words("… and ").number(more).and(" more, as soon as there is room: review or drop some.");
            blocks.push(context(&line));
        }
    }
    if pair.homework.is_empty() {
        blocks.push(section(&Markup::words("Nothing is open.")));
    }
    blocks.push(actions([ADD_HOMEWORK.on(pair.of.pair.id)]));
    blocks
}

fn one(item: &Homework, pair: &PairOverview, me: PersonId) -> Blocks {
    let mut blocks = plain(item.task.reveal());
    if let Some(findings) = &item.findings {
        blocks.extend(plain(findings.reveal()));
    }
    let owner = pair.of.half(item.owner);
    blocks.push(context(&homework_state(item, owner)));
    let buttons = buttons(item, me);
    if !buttons.is_empty() {
        blocks.push(actions(buttons));
    }
    blocks
}

fn buttons(item: &Homework, me: PersonId) -> Vec<Button> {
    let mine = item.owner == me;
    let mut buttons = Vec::new();
    match item.state {
        HomeworkState::Open if mine => buttons.push(RETURN_HOMEWORK.primary_on(item.id)),
        HomeworkState::Returned => buttons.push(HOMEWORK_DONE.on(item.id)),
        HomeworkState::Open | HomeworkState::Reviewed | HomeworkState::Dropped => {}
    }
    if mine && item.is_carried() {
        buttons.push(DROP_HOMEWORK.confirmed_on(item.id, SURE));
    }
    buttons
}
