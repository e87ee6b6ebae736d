//! Messages about another rhythm: the question, and what became of it. Each shows the state of the moment it is drawn.

use chrono::{DateTime, Utc};

use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::MessageKind;
use crate::domain::rhythm_proposals::{CannotAnswer, ProposalOfPair, ProposalState, RhythmProposal};
use crate::render::controls::{AGREE_RHYTHM, CHANGE_RHYTHM, KEEP_RHYTHM};
use crate::render::rhythm_words::{dates, in_full};
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, context, message, section};

/// Draws a message about a proposal. `dates` are the first that the new rhythm gives or would give.
pub fn draw(kind: MessageKind, about: &ProposalOfPair, next: &[DateTime<Utc>]) -> Outgoing {
    let (proposal, of) = (&about.proposal, &about.of);
    let (by, other) = (of.half(proposal.by), of.other(proposal.by));
    match kind {
        MessageKind::RhythmAgreed => {
            let line = mention(other).and(" agrees: you meet ").piece(&in_full(&proposal.new)).and(".");
            message(format!("{} agrees to another rhythm", name(other)), vec![section(&with_next(line, next))])
        }
        MessageKind::RhythmStays => {
            let line = Markup::words("Your rhythm with ").piece(&mention(other)).and(" stays as it is: ");
            let line = line.piece(&in_full(&proposal.old)).and(". It says nothing about you or your proposal.");
            let text = format!("Your rhythm with {} stays as it is", name(other));
            // A button and no command: who is outside has none.
            let again = matches!(of.pair.state, PairState::Active | PairState::Paused);
            let line = if again { line.and("\nYou can propose another one.") } else { line };
            let button = again.then(|| actions([CHANGE_RHYTHM.on(of.pair.id)]));
            message(text, [section(&line)].into_iter().chain(button).collect())
        }
        _ if proposal.state == ProposalState::Open => {
            let prefix = if kind == MessageKind::RhythmProposedReminder { "A reminder: " } else { "" };
            let text = format!("{prefix}{} proposes another rhythm", name(by));
            message(text, question(prefix, of, proposal, next))
        }
        _ => {
            let text = format!("{} proposed another rhythm", name(by));
            message(text, vec![section(&outcome(about, next))])
        }
    }
}

fn with_next(line: Markup, next: &[DateTime<Utc>]) -> Markup {
    match next.first() {
        Some(next) => line.and("\nYour next meeting: ").piece(&when(*next)).and("."),
        None => line,
    }
}

/// The proposal with its buttons.
pub fn question(prefix: &'static str, of: &PairOfPeople, proposal: &RhythmProposal, next: &[DateTime<Utc>]) -> Blocks {
    let line = Markup::words(prefix).piece(&mention(of.half(proposal.by))).and(" proposes another rhythm.\n*Now:* ");
    let line = line.piece(&in_full(&proposal.old)).and("\n*Proposed:* ").piece(&in_full(&proposal.new));
    let coming = Markup::words("The next three dates would be:").piece(&dates(next));
    let id = proposal.id.simple();
    vec![
        section(&line),
        section(&coming),
        actions([AGREE_RHYTHM.primary_on(id), KEEP_RHYTHM.on(id)]),
        context(
            &Markup::words("Please answer by ")
                .piece(&when(proposal.answer_by))
                .and(". “Keep as it is” needs no reason, and reads the same as no answer."),
        ),
    ]
}

/// What became of a proposal, for who was asked.
pub fn outcome(about: &ProposalOfPair, next: &[DateTime<Utc>]) -> Markup {
    let proposal = &about.proposal;
    let by = mention(about.of.half(proposal.by));
    let with = Markup::words("Your rhythm with ").piece(&by);
    match proposal.state {
        ProposalState::Agreed => {
            let line = Markup::words("You agreed with ").piece(&by).and(": you meet ").piece(&in_full(&proposal.new));
            with_next(line.and("."), next)
        }
        ProposalState::Kept => with.and(
            " stays as it is. They hear so when the time to answer is over, as they would have without an answer.",
        ),
        ProposalState::Open | ProposalState::Lapsed => {
            Markup::words("The time to answer ").piece(&by).and(" is over. The rhythm stays as it is.")
        }
        ProposalState::Replaced => by.and(" has proposed something else instead."),
        ProposalState::Overtaken => Markup::words("What ").piece(&by).and(
            " proposed is open no more: your meetings were paused, or your rhythm changed, before it was decided.",
        ),
    }
}

/// Why an answer comes to nothing.
pub fn cannot_answer(about: &ProposalOfPair, reason: CannotAnswer) -> Markup {
    let nothing = " Nothing was changed.";
    match reason {
        CannotAnswer::Already(_) => outcome(about, &[]).and(nothing),
        CannotAnswer::NotMeeting => Markup::words("You and ")
            .piece(&mention(about.of.half(about.proposal.by)))
            .and(" do not meet at the moment.")
            .and(nothing),
        CannotAnswer::AnotherRhythm => Markup::words("Your rhythm has changed since this was proposed.").and(nothing),
    }
}

/// That a proposal was sent, for who made it.
pub fn sent(about: &ProposalOfPair) -> Markup {
    let proposal = &about.proposal;
    Markup::words("You proposed: ")
        .piece(&in_full(&proposal.new))
        .and(".\n")
        .piece(&mention(about.of.other(proposal.by)))
        .and(" has time to answer until ")
        .piece(&when(proposal.answer_by))
        .and("; you hear then at the latest. Until they agree, everything stays as it is.")
}
