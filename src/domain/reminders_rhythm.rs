//! What is owed about another rhythm and about pauses.
//!
//! Owns: who is told what and when, and whether that is still owed. Must not: know the words of a message.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::identifiers::PersonId;
use super::pairs::{PairOfPeople, PairState, REMIND_AFTER};
use super::pauses::Pause;
use super::reminders::{MessageKind, Owed, Plan};
use super::rhythm_proposals::{ProposalOfPair, ProposalState, same};
use super::working_time::WorkingTime;

/// How long news stays worth telling.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

fn owed(kind: MessageKind, subject: Uuid, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
    Owed { kind, subject, occasion: None, to, due_at, until }
}

/// The proposal, for the other half, at once: it carries what somebody has just done.
pub fn rhythm_proposed(about: &ProposalOfPair, now: DateTime<Utc>) -> Owed {
    let proposal = &about.proposal;
    owed(MessageKind::RhythmProposed, proposal.id, about.of.other(proposal.by).id, now, proposal.answer_by)
}

/// That the other agrees, for who proposed, at once.
pub fn rhythm_agreed(about: &ProposalOfPair, now: DateTime<Utc>) -> Owed {
    owed(MessageKind::RhythmAgreed, about.proposal.id, about.proposal.by, now, now + NEWS_WINDOW)
}

/// That the meetings are paused, for the other half, at once.
pub fn pair_paused(pause: &Pause, of: &PairOfPeople, ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Owed {
    owed(MessageKind::PairPaused, pause.id, of.other(pause.person).id, now, ends_at)
}

/// That somebody has taken their pause back and the meetings go on, for the other half, at once.
pub fn pair_resumed_by(pause: &Pause, of: &PairOfPeople, now: DateTime<Utc>) -> Owed {
    owed(MessageKind::PairResumed, pause.id, of.other(pause.person).id, now, now + NEWS_WINDOW)
}

/// That the meetings go on, for both, in the working hours of each.
pub fn pair_goes_on(pause: &Pause, of: &PairOfPeople, programme: &WorkingTime, now: DateTime<Utc>) -> [Owed; 2] {
    [&of.mentee, &of.mentor].map(|person| {
        let due_at = person.working_time(programme).next_open(now);
        owed(MessageKind::PairResumed, pause.id, person.id, due_at, now + NEWS_WINDOW)
    })
}

/// What is owed about a proposal by now; `time_is_up` says that an open one lapses.
pub fn about_rhythm_proposal(about: &ProposalOfPair, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
    let (proposal, of) = (&about.proposal, &about.of);
    let mut plan = Plan::default();
    if proposal.state == ProposalState::Open {
        let other = of.other(proposal.by);
        let working = other.working_time(programme);
        let remind_at = working.days_after(proposal.asked_at, REMIND_AFTER);
        let due_at = working.next_open(remind_at.max(now));
        let kind = MessageKind::RhythmProposedReminder;
        plan.step(remind_at, now, owed(kind, proposal.id, other.id, due_at, proposal.answer_by));
    }
    if matches!(proposal.state, ProposalState::Open | ProposalState::Kept | ProposalState::Lapsed) {
        plan.time_is_up = now >= proposal.answer_by && proposal.state == ProposalState::Open;
        if now < proposal.answer_by {
            plan.look_at(proposal.answer_by);
        } else {
            let tell_at = of.half(proposal.by).working_time(programme).next_open(proposal.answer_by.max(now));
            let until = proposal.answer_by + NEWS_WINDOW;
            plan.owed.push(owed(MessageKind::RhythmStays, proposal.id, proposal.by, tell_at, until));
        }
    }
    plan
}

/// Whether a message about a proposal is still worth saying.
pub fn still_owed_about_rhythm(kind: MessageKind, about: &ProposalOfPair) -> bool {
    let (proposal, of) = (&about.proposal, &about.of);
    if !of.both_are_here() || of.pair.state != PairState::Active {
        return false;
    }
    match kind {
        MessageKind::RhythmProposed | MessageKind::RhythmProposedReminder => proposal.state == ProposalState::Open,
        MessageKind::RhythmAgreed => proposal.state == ProposalState::Agreed,
        MessageKind::RhythmStays => {
            matches!(proposal.state, ProposalState::Kept | ProposalState::Lapsed)
                && of.pair.rhythm.as_ref().is_some_and(|rhythm| same(rhythm, &proposal.old))
        }
        _ => false,
    }
}

/// Whether a message about a pause is still worth saying.
pub fn still_owed_about_pause(kind: MessageKind, pause: &Pause, of: &PairOfPeople) -> bool {
    if !of.both_are_here() {
        return false;
    }
    match kind {
        MessageKind::PairPaused => pause.ended_at.is_none() && of.pair.state == PairState::Paused,
        MessageKind::PairResumed => of.pair.state == PairState::Active,
        _ => false,
    }
}
