//! What is said about rule 1: to who asks, to who wants to accept, and to a pair that it holds back.
//!
//! The same words whichever part of the rule it is: what the chart says about somebody else is not for everybody to read.

use crate::domain::held::{Held, Outcome};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{FINISH_HELD, GO_ON_HELD};
use crate::render::words::{mention, name};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Confirm, Markup, actions, context, message, section};

/// Why somebody cannot be asked, for a notice or beside a field.
pub fn too_close(name: &str) -> String {
    format!(
        "{name} is in your reporting line or next to it, and a mentor is never the boss. \
         Somebody outside it is better, best of another department."
    )
}

/// Why a question cannot be accepted.
pub fn cannot_begin(other: &Person) -> Markup {
    mention(other).and(
        " is in your reporting line or next to it, and a mentor is never the boss, so this cannot begin. \
         They hear that it did not work out this time, as they would without an answer.",
    )
}

/// The chart still says that two people are too close.
pub fn still_too_close(other: &Person) -> Markup {
    Markup::words("By the org chart as I know it now, ").piece(&mention(other)).and(
        " is still in your reporting line or next to it. If the chart is wrong, whoever keeps it can mend it there; \
         I read it again every day. Then click *We checked: go on* again. Nothing was changed.",
    )
}

/// What an old button answers.
pub fn settled_before(of: &PairOfPeople, reader: PersonId) -> Markup {
    let other = mention(of.other(reader));
    Markup::words("That was settled before, between you and ").piece(&other).and(". Nothing was changed.")
}

/// Draws a message to one of the two.
pub fn draw(kind: MessageKind, of: &PairOfPeople, held: &Held, reader: PersonId) -> Outgoing {
    let who = name(of.other(reader));
    match (held.settled, kind) {
        (None, _) => message(format!("Your pair with {who} is paused"), waiting(of, reader)),
        (Some((outcome, by)), _) => {
            let text = match outcome {
                Outcome::Finished => format!("Your pair with {who} is finished"),
                Outcome::GoesOn => format!("Your pair with {who} goes on"),
            };
            message(text, vec![section(&settled(of, outcome, by, reader))])
        }
    }
}

/// A pair that waits for one of the two, with the buttons: in the message and on Home.
pub fn waiting(of: &PairOfPeople, reader: PersonId) -> Blocks {
    let id = of.pair.id;
    let line = Markup::words("The org chart has changed: ").piece(&mention(of.other(reader))).and(
        " is now in your reporting line or next to it. A mentor is never the boss, so your pair is paused, \
         and nothing is sent about it until one of you acts.",
    );
    let confirm = Confirm {
        title: "Finish?",
        text: "You stop meeting. No reason is needed, and the other is told. What you wrote stays yours to read.",
        yes: "Finish",
        no: "Not yet",
    };
    vec![
        section(&line),
        actions([FINISH_HELD.confirmed_on(id, confirm), GO_ON_HELD.on(id)]),
        context(&Markup::words(
            "Only the two of you are told. “We checked: go on” is for a chart that was wrong and has been mended.",
        )),
    ]
}

fn settled(of: &PairOfPeople, outcome: Outcome, by: PersonId, reader: PersonId) -> Markup {
    let other = mention(of.other(reader));
    match (outcome, by == reader) {
        (Outcome::Finished, true) => {
            Markup::words("You finished with ").piece(&other).and(". What you wrote stays yours to read.")
        }
        (Outcome::Finished, false) => other.and(
            " finished your pair, which the org chart had paused. No reason is needed, and it says nothing about you. \
             What you wrote stays yours to read.",
        ),
        (Outcome::GoesOn, true) => {
            Markup::words("You go on with ").piece(&other).and(": the chart no longer stands between you.")
        }
        (Outcome::GoesOn, false) => {
            other.and(" checked: the chart no longer stands between you. Your pair goes on, by its rhythm.")
        }
    }
}
