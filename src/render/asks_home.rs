//! Asks and introductions on the asker's own screens: the section on Home, the line in the answer to `/mentor`, and an ask to read.
//!
//! Owns: the words. Must not: tell of an open ask more than since when and until when; how far it is, nobody can see.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::introductions::{Introduction, IntroductionState};
use crate::domain::overview::Overview;
use crate::domain::people::Standing;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::ask_words;
use crate::render::controls::{ASK_AGAIN, READ_OWN_ASK, WHO, WITHDRAW_ASK};
use crate::render::introduction_asker::outcome;
use crate::render::words::when;
use crate::slack::blocks::{
    Blocks, Button, Confirm, DateStyle, Markup, actions, context, divider, modal, plain, section_with,
};

const WITHDRAWING: Confirm = Confirm {
    title: "Withdraw this ask?",
    text: "Nobody is asked any more. Whoever was asked sees that there is nothing to do, and no reason.",
    yes: "Withdraw",
    no: "Keep it",
};

/// Their own asks on Home; nothing for somebody who cannot ask.
pub fn asks_of(overview: &Overview, now: DateTime<Utc>) -> Blocks {
    if !matches!(overview.me.standing, Standing::Member | Standing::Guest) {
        return Blocks::new();
    }
    let mut blocks = Blocks::new();
    for of in overview.asks.iter().filter(|of| of.introduction.is_shown(now)) {
        blocks.extend(plain(of.text.topic.reveal()));
        blocks.push(context(&standing(of)));
        blocks.push(actions(buttons(of)));
    }
    blocks.push(actions([WHO.on("")]));
    blocks
}

/// "Asked March 2nd, 2026; you hear by …", or what became of it.
fn standing(of: &IntroductionOfPeople) -> Markup {
    let line = Markup::words("Asked ").date(of.introduction.asked_at, DateStyle::LongDay);
    if of.introduction.is_open() {
        return line.and(" · you hear by ").piece(&when(of.introduction.answer_by)).and(" at the latest");
    }
    line.and(" · ").piece(&outcome(of))
}

fn buttons(of: &IntroductionOfPeople) -> Vec<Button> {
    let id = of.introduction.id;
    let mut buttons = vec![READ_OWN_ASK.on(id)];
    match of.introduction.state {
        IntroductionState::Open => buttons.push(WITHDRAW_ASK.confirmed_on(id, WITHDRAWING)),
        IntroductionState::Nobody | IntroductionState::Withdrawn => buttons.push(ASK_AGAIN.on(id)),
        IntroductionState::Met | IntroductionState::Written | IntroductionState::Helped => {}
    }
    buttons
}

/// The open asks in the answer to `/mentor`, without what they are about.
pub fn status(overview: &Overview) -> Blocks {
    let open = overview.asks.iter().map(|of| &of.introduction).filter(|introduction| introduction.is_open());
    let line = |introduction: &Introduction| {
        let line = Markup::words("You asked whom you can talk to; you hear by ").piece(&when(introduction.answer_by));
        section_with(&line.and(" at the latest."), READ_OWN_ASK.on(introduction.id))
    };
    open.map(line).collect()
}

/// An ask, for its asker.
pub fn read(of: &IntroductionOfPeople) -> Value {
    let mut blocks = ask_words::read(&of.text);
    let pass_on = if of.introduction.may_pass_on {
        "It may be passed on one step further."
    } else {
        "It is not passed on any further than to whom it was sent."
    };
    blocks.push(divider());
    blocks.push(context(&standing(of)));
    blocks.push(context(&Markup::words(pass_on)));
    let buttons: Vec<Button> = buttons(of).into_iter().filter(|button| button.action_id != READ_OWN_ASK.id).collect();
    if !buttons.is_empty() {
        blocks.push(actions(buttons));
    }
    modal("own_ask", "Your ask", None, String::new(), blocks)
}

/// It is withdrawn, said in the place of the ask.
pub fn withdrawn() -> Markup {
    Markup::words("Nobody is asked any more; whoever was asked sees that there is nothing to do.")
}

/// Why an ask cannot be withdrawn any more.
pub fn ended_before(of: &IntroductionOfPeople) -> Markup {
    Markup::words("That ask has ended already. ").piece(&outcome(of))
}
