//! A review: the question how a pair goes on, and the form with which somebody carries on.

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::pairs::{PairKind, PairState};
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reviews::{Review, ReviewOfPair, USUAL_MONTHS, months_after};
use crate::render::agreement_form::{day, review_inputs};
use crate::render::controls::{BECOME_PEERS, CARRY_ON, CHANGE_RHYTHM, FINISH_WELL, PAUSE, forms};
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Block, Blocks, Markup, actions, context, message, modal, section};

/// What can be answered.
pub fn choices(found: &ReviewOfPair) -> Block {
    choices_of(&found.review, found.of.pair.kind)
}

/// What can be answered. Changing the rhythm, becoming peers and pausing are the buttons that open what `/mentor rhythm`,
/// `/mentor peers` and `/mentor pause` open; they answer nothing by themselves.
pub fn choices_of(review: &Review, kind: PairKind) -> Block {
    let mut buttons = vec![CARRY_ON.primary_on(review.id), CHANGE_RHYTHM.on(review.pair)];
    if kind == PairKind::InOrg {
        buttons.push(BECOME_PEERS.on(review.pair));
    }
    buttons.extend([PAUSE.on(review.pair), FINISH_WELL.on(review.pair)]);
    actions(buttons)
}

const PRIVATE: &str =
    "What you answer stays with you until both have answered, or the day has come. Finishing needs no reason.";

/// A review as a message; `to` is the reader.
pub fn draw(kind: MessageKind, found: &ReviewOfPair, to: &Person) -> Outgoing {
    let (review, of) = (&found.review, &found.of);
    let other = of.other(to.id);
    let text = format!("You and {}: how do you go on?", name(other));
    let who = mention(other);
    if let Some(closed_at) = review.closed_at {
        let next = review.next_on(closed_at.with_timezone(&of.mentee.zone()).date_naive());
        let line = Markup::words("You and ").piece(&who).and(" carry on. You look back again on ").text(&day(next));
        return message(text, vec![section(&line.and("."))]);
    }
    if let Some(answer) = review.answer_of(to.id) {
        let line = Markup::words("You carry on with ").piece(&who).and(", until ").text(&day(answer.next_review_on));
        let rest = "They are not told before both of you have answered, or the day has come.";
        return message(text, vec![section(&line.and(".")), context(&Markup::words(rest))]);
    }
    let opening = match kind {
        MessageKind::ReviewAskedAgain => {
            Markup::words("*Your review day with ").piece(&who).and(" has come.* How would you like to go on?")
        }
        _ if review.streak_from.is_some() => Markup::words("*You and ").piece(&who).and(
            " have not met three times in a row.* That happens, and it is nobody’s fault. How would you like to go on?",
        ),
        _ => Markup::words("*Three quarters of the way with ")
            .piece(&who)
            .and(" are behind you.* Your review day is ")
            .text(&day(review.review_on))
            .and(". How would you like to go on?"),
    };
    let mut blocks: Blocks = vec![section(&opening)];
    if of.pair.state == PairState::Active {
        blocks.push(choices(found));
    }
    blocks.push(context(&Markup::words(PRIVATE)));
    message(text, blocks)
}

/// The form with which somebody carries on.
pub fn carry_on(found: &ReviewOfPair, me: &Person, today: NaiveDate) -> Value {
    let other = mention(found.of.other(me.id));
    let before = found.review.answer_of(me.id).map(|answer| answer.next_review_on);
    let mut blocks: Blocks = vec![section(
        &Markup::words("You carry on with ").piece(&other).and(" as you are. When do you look back again?"),
    )];
    let chosen = before.unwrap_or_else(|| months_after(today, USUAL_MONTHS));
    blocks.extend(review_inputs("Next review", "from today", today, chosen));
    blocks.push(context(&Markup::words("If they name another day, the earlier one counts. ").and(PRIVATE)));
    modal(forms::CARRY_ON, "Carry on", Some("Carry on"), found.review.id.to_string(), blocks)
}
