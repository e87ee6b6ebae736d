//! Messages about a question to a mentor and what became of it. Each shows the state of the moment it is drawn.

use crate::domain::meetings::Meeting;
use crate::domain::pairs::{PairKind, PairOfPeople, PairState};
use crate::domain::reminders::MessageKind;
use crate::render::controls::PREPARE;
use crate::render::proposal_screens::{self, Background};
use crate::render::words::{mention, name, rhythm, subject, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, context, message, section};

/// Draws a message about a pair.
pub fn draw(kind: MessageKind, of: &PairOfPeople, next: Option<&Meeting>, background: &Background) -> Outgoing {
    match kind {
        MessageKind::PairAccepted => accepted(of, next),
        MessageKind::PairNotNow => not_now(of),
        MessageKind::OutsiderUnreachable => unreachable(of),
        MessageKind::PairProposalReminder => proposal(of, "A reminder: ", next, background),
        _ => proposal(of, "", next, background),
    }
}

fn proposal(of: &PairOfPeople, prefix: &'static str, next: Option<&Meeting>, background: &Background) -> Outgoing {
    if let Some(open) = proposal_screens::draw(of, prefix, background) {
        return open;
    }
    let mentee = mention(&of.mentee);
    let who = name(&of.mentee);
    let peers = of.pair.is_of_peers();
    // What screen readers and notifications say follows the state, too.
    let text = match of.pair.state {
        PairState::Active | PairState::Paused if peers => format!("You and {who} are peers"),
        PairState::Active | PairState::Paused => format!("You mentor {who}"),
        PairState::Ended if peers => format!("You and {who} were peers"),
        PairState::Ended => format!("You mentored {who}"),
        PairState::Declined => format!("You answered {who}"),
        PairState::Expired | PairState::Proposed => format!("The time to answer {who} is over"),
    };
    let blocks: Blocks = match of.pair.state {
        PairState::Active | PairState::Paused => {
            let mut line = match peers {
                true => Markup::words("You said yes: you and ").piece(&mentee).and(" are peers"),
                false => Markup::words("You said yes: you mentor ").piece(&mentee),
            };
            if let Some(rhythm_chosen) = &of.pair.rhythm {
                line = line.and(", ").piece(&rhythm(rhythm_chosen));
            }
            if let Some(next) = next {
                line = line.and(". Next meeting: ").piece(&when(next.starts_at));
            }
            vec![section(&line.and("."))]
        }
        PairState::Ended if peers => vec![section(&Markup::words("You and ").piece(&mentee).and(" were peers."))],
        PairState::Ended => vec![section(&Markup::words("You mentored ").piece(&mentee).and("."))],
        PairState::Declined => vec![section(
            &Markup::words("You answered “not now” to ")
                .piece(&mentee)
                .and(". They will hear that it did not work out this time, as they would have without an answer."),
        )],
        PairState::Expired | PairState::Proposed => {
            vec![section(&Markup::words("The time to answer ").piece(&mentee).and(" is over. Nothing more to do."))]
        }
    };
    message(text, blocks)
}

fn accepted(of: &PairOfPeople, next: Option<&Meeting>) -> Outgoing {
    let mentor = mention(&of.mentor);
    let (mut line, text, rest) = match of.pair.kind {
        PairKind::Peer => (
            Markup::words("Good news: you and ").piece(&mentor).and(" are peers from now on"),
            format!("You and {} are peers from now on", name(&of.mentor)),
            "You will both be asked for your agenda two working days before, and you both see the other’s.",
        ),
        PairKind::External => (
            Markup::words("Good news: ").piece(&mentor).and(" is your outside mentor from now on"),
            format!("{} is your outside mentor from now on", name(&of.mentor)),
            "You will be asked for your agenda five working days before. You prepare; they only have to turn up.",
        ),
        PairKind::InOrg => (
            Markup::words("Good news: ").piece(&mentor).and(" mentors you from now on"),
            format!("{} mentors you from now on", name(&of.mentor)),
            "You will be asked for your agenda two working days before. You prepare; they only have to turn up.",
        ),
    };
    if let Some(chosen) = &of.pair.rhythm {
        line = line.and(", ").piece(&rhythm(chosen));
    }
    line = line.and(".");
    if let Some(next) = next {
        line = line.and("\nYour next meeting: ").piece(&when(next.starts_at)).and(".");
    }
    let mut blocks = vec![section(&line)];
    // At once, because the meeting may be too near for a request of its own.
    blocks.extend(next.map(|next| actions([PREPARE.on(next.id)])));
    blocks.push(context(&Markup::words(rest)));
    message(text, blocks)
}

fn unreachable(of: &PairOfPeople) -> Outgoing {
    let line = Markup::words("Slack does not let me write to ").text(&of.mentor.name).and(". ");
    let rest = match of.pair.state {
        PairState::Active | PairState::Paused => {
            "I ask you for your agenda as ever, but you have to send it yourself until we share a channel again: ask for a Slack Connect channel with them."
        }
        _ => {
            "So they have not been asked. I can write to people of other organisations only where you share a channel: invite them to a Slack Connect channel with you, then ask again."
        }
    };
    message(format!("Slack does not let me write to {}", name(&of.mentor)), vec![section(&line.and(rest))])
}

fn not_now(of: &PairOfPeople) -> Outgoing {
    let line = subject(&of.mentor)
        .and(" can't take this on at the moment. It says nothing about you or your request.\n")
        .and("You can ask somebody else: type `/mentor ask @name`.");
    message(format!("{} can't take this on at the moment", name(&of.mentor)), vec![section(&line)])
}
