//! What is owed about an agreement, a review and the end of a pair.
//!
//! Owns: when the two are reminded and asked, and whether that is still worth saying.
//! Must not: know the words of a message or how it travels.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::agreements::{Agreement, AgreementOfPair, AgreementState, SIGN_REMINDER_AFTER};
use super::identifiers::PersonId;
use super::pairs::{Pair, PairOfPeople, PairState, REMIND_AFTER, Role};
use super::people::Person;
use super::reminders::{MessageKind, Owed, Plan};
use super::reviews::{Finish, Review, ReviewOfPair};
use super::working_time::WorkingTime;

/// How long the reminder to sign may come late.
const SIGN_WINDOW: TimeDelta = TimeDelta::days(7);
/// How long news stays worth telling.
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

/// Each of the two who can be asked anything here.
fn halves(of: &PairOfPeople) -> impl Iterator<Item = (Role, &Person)> {
    [(Role::Mentee, &of.mentee), (Role::Mentor, &of.mentor)].into_iter().filter(|(_, person)| !person.is_contact())
}

fn owed(kind: MessageKind, subject: Uuid, to: PersonId, due_at: DateTime<Utc>, until: DateTime<Utc>) -> Owed {
    Owed { kind, subject, occasion: None, to, due_at, until }
}

/// Who has not signed a draft is reminded, once a pair, whatever is written into it afterwards.
pub fn about_draft(plan: &mut Plan, of: &PairOfPeople, draft: &Agreement, programme: &WorkingTime, now: DateTime<Utc>) {
    for (role, person) in halves(of) {
        if draft.state != AgreementState::Draft || draft.signed_at(role).is_some() {
            continue;
        }
        let working = person.working_time(programme);
        let at = working.days_after(draft.written_at, SIGN_REMINDER_AFTER);
        let due_at = working.next_open(at.max(now));
        plan.step(at, now, owed(MessageKind::AgreementReminder, of.pair.id.0, person.id, due_at, at + SIGN_WINDOW));
    }
}

/// Whoever may sign a change is reminded once; when the time is up, who proposed it hears so.
pub fn about_change(
    plan: &mut Plan,
    of: &PairOfPeople,
    change: &Agreement,
    programme: &WorkingTime,
    now: DateTime<Utc>,
) {
    let Some(answer_by) = change.answer_by else { return };
    if now >= answer_by {
        let Some(writer) = change.written_by else { return };
        let due_at = of.half(writer).working_time(programme).next_open(now);
        plan.owed.push(owed(MessageKind::ChangeLapsed, change.id.0, writer, due_at, answer_by + NEWS_WINDOW));
        return;
    }
    plan.look_at(answer_by);
    for (role, person) in halves(of) {
        if change.signed_at(role).is_some() || change.declined_at.is_some() {
            continue;
        }
        let working = person.working_time(programme);
        let at = working.days_after(change.written_at, REMIND_AFTER);
        let due_at = working.next_open(at.max(now));
        plan.step(at, now, owed(MessageKind::ChangeReminder, change.id.0, person.id, due_at, answer_by));
    }
}

/// Both are asked at three quarters of the way, and at the review date whoever has not answered.
pub fn about_review(plan: &mut Plan, of: &PairOfPeople, review: &Review, programme: &WorkingTime, now: DateTime<Utc>) {
    let zone = of.mentee.zone();
    if review.asked_at.is_none() {
        plan.look_at(review.ask_at(zone));
        return;
    }
    let until = review.over_at(zone);
    plan.look_at(until);
    for (_, person) in halves(of).filter(|(_, person)| review.answer_of(person.id).is_none()) {
        let due_at = person.working_time(programme).next_open(now);
        plan.step(now, now, owed(MessageKind::ReviewAsked, review.id.0, person.id, due_at, until));
        if let Some(at) = review.ask_again_at(zone) {
            plan.step(at, now, owed(MessageKind::ReviewAskedAgain, review.id.0, person.id, due_at, until));
        }
    }
}

impl Owed {
    /// News about one version of an agreement, at once: it carries what somebody has just done.
    pub fn about_agreement(kind: MessageKind, agreement: &Agreement, to: PersonId, now: DateTime<Utc>) -> Self {
        let until = agreement.answer_by.filter(|by| *by > now).unwrap_or(now + NEWS_WINDOW);
        owed(kind, agreement.id.0, to, now, until)
    }

    /// News about the end of a pair, at once.
    pub fn about_end(kind: MessageKind, pair: &Pair, to: PersonId, now: DateTime<Utc>) -> Self {
        owed(kind, pair.id.0, to, now, now + NEWS_WINDOW)
    }
}

fn is_here(of: &PairOfPeople, person: PersonId) -> bool {
    !of.half(person).deactivated
}

/// Whether a reminder to sign the draft is still worth saying to somebody.
pub fn still_owed_about_draft(of: &PairOfPeople, draft: Option<&Agreement>, to: PersonId) -> bool {
    let role = of.pair.role_of(to);
    let unsigned =
        draft.zip(role).is_some_and(|(draft, role)| draft.state == AgreementState::Draft && draft.awaits(role));
    of.both_are_here() && of.pair.state == PairState::Active && unsigned
}

/// Whether a message about one version of an agreement is still worth saying to somebody.
pub fn still_owed_about_agreement(kind: MessageKind, found: &AgreementOfPair, to: PersonId) -> bool {
    let (version, of) = (&found.agreement, &found.of);
    let live = matches!(of.pair.state, PairState::Active | PairState::Paused);
    if !live || !is_here(of, to) {
        return false;
    }
    let unsigned = of.pair.role_of(to).is_some_and(|role| version.awaits(role));
    match kind {
        MessageKind::AgreementEdited => version.state == AgreementState::Draft && unsigned,
        MessageKind::AgreementSigned => version.state == AgreementState::Agreed,
        MessageKind::ChangeProposed | MessageKind::ChangeReminder => {
            version.state == AgreementState::Proposed && unsigned && version.declined_at.is_none()
        }
        MessageKind::ChangeLapsed => version.state == AgreementState::Lapsed,
        _ => false,
    }
}

/// Whether the question how to go on is still worth asking somebody.
pub fn still_owed_about_review(found: &ReviewOfPair, to: PersonId) -> bool {
    found.of.both_are_here() && found.of.pair.state == PairState::Active && found.review.awaits(to)
}

/// Whether news of the end is still worth telling somebody.
pub fn still_owed_about_end(kind: MessageKind, of: &PairOfPeople, finishes: &[Finish], to: PersonId) -> bool {
    let answered = finishes.iter().any(|finish| finish.person != to && !finish.ended_it);
    of.pair.state == PairState::Ended && is_here(of, to) && (kind == MessageKind::PairEnded || answered)
}
