//! Messages about becoming peers, and what they turn into once that is answered.

use crate::domain::peers::{PeerQuestionOfPair, PeerQuestionState};
use crate::domain::reminders::MessageKind;
use crate::render::controls::{PEERS_NO, PEERS_YES};
use crate::render::words::{mention, name, rhythm};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, DateStyle, Markup, actions, context, message, section};

/// Draws a message about becoming peers.
pub fn draw(kind: MessageKind, of: &PeerQuestionOfPair) -> Outgoing {
    match kind {
        MessageKind::PeersAgreed => agreed(of),
        MessageKind::PeersNotNow => not_now(of),
        MessageKind::PeersReminder => question(of, "A reminder: "),
        _ => question(of, ""),
    }
}

fn question(of: &PeerQuestionOfPair, prefix: &'static str) -> Outgoing {
    let id = of.question.id;
    let who = mention(of.asker());
    let blocks: Blocks = match of.question.state {
        PeerQuestionState::Open => {
            let line = Markup::words(prefix).piece(&who).and(
                " would like you two to become peers: you both prepare, and each helps the other. What you have written stays.",
            );
            let line = if of.question.every_two_weeks { line.and(" You would meet every two weeks.") } else { line };
            vec![
                section(&line),
                actions([PEERS_YES.primary_on(id), PEERS_NO.on(id)]),
                context(
                    &Markup::words("Please answer by ")
                        .date(of.question.answer_by, DateStyle::LongDayAndTime)
                        .and(". “Stay as we are” needs no reason, and reads the same as no answer."),
                ),
            ]
        }
        PeerQuestionState::Agreed => vec![section(&are_peers(of, Markup::words("You said yes: you and ").piece(&who)))],
        PeerQuestionState::Declined => vec![section(
            &Markup::words("You and ")
                .piece(&who)
                .and(" stay as you are. They will hear that, as they would have without an answer."),
        )],
        PeerQuestionState::Lapsed => vec![section(&Markup::words("You and ").piece(&who).and(" stay as you are."))],
    };
    let text = match of.question.state {
        PeerQuestionState::Open => format!("{prefix}{} would like you two to become peers", name(of.asker())),
        PeerQuestionState::Agreed => format!("You and {} are peers", name(of.asker())),
        PeerQuestionState::Declined | PeerQuestionState::Lapsed => {
            format!("You and {} stay as you are", name(of.asker()))
        }
    };
    message(text, blocks)
}

fn are_peers(of: &PeerQuestionOfPair, who: Markup) -> Markup {
    let line = who.and(" are peers from now on");
    match &of.of.pair.rhythm {
        Some(chosen) => line.and(", ").piece(&rhythm(chosen)).and("."),
        None => line.and("."),
    }
}

fn agreed(of: &PeerQuestionOfPair) -> Outgoing {
    let line = are_peers(of, Markup::words("Good news: you and ").piece(&mention(of.asked())));
    let rest =
        Markup::words("You both are asked for your agenda two working days before, and you both see the other’s.");
    message(format!("You and {} are peers from now on", name(of.asked())), vec![section(&line), context(&rest)])
}

fn not_now(of: &PeerQuestionOfPair) -> Outgoing {
    let line = Markup::words("You and ").piece(&mention(of.asked()));
    let line = line.and(" stay as you are for now. Nothing else has changed; you can ask again another time.");
    message(format!("You and {} stay as you are", name(of.asked())), vec![section(&line)])
}
