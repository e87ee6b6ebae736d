//! What is owed to whom, and when: every message the app sends, each with the key that keeps it from being said twice.
//!
//! Owns: the kinds of message, the timetable of a meeting and of a question, and whether a message is still owed.
//! Must not: know the words of a message or how it travels.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::identifiers::PersonId;
use super::meetings::{Meeting, MeetingOfPair, MeetingState};
pub use super::message_kind::MessageKind;
use super::pairs::{Pair, PairOfPeople, PairState, REMIND_AFTER};
use super::people::Person;
use super::reminders_calendar::starting_soon;
use super::working_time::WorkingTime;

/// How long "did you meet?" may be asked late, and how long it waits before it is asked again.
pub const REPORT_WINDOW: TimeDelta = TimeDelta::hours(48);
/// How long after the end of a meeting the mentee is asked about it.
pub const REPORT_AFTER: TimeDelta = TimeDelta::minutes(15);
/// A mentor sees the agenda at least this long before the meeting, if working hours allow.
const SHORTEST_NOTICE: TimeDelta = TimeDelta::minutes(30);
/// Between two looks at a meeting of which one half is not here.
const LOOK_FOR_RETURN: TimeDelta = TimeDelta::days(1);
/// How long news of an answer stays worth telling.
pub const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

/// A message somebody is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// What kind of message.
    pub kind: MessageKind,
    /// The pair or meeting it is about.
    pub subject: Uuid,
    /// Of a changed meeting: after how many changes. See [`Meeting::occasion`].
    pub occasion: Option<u32>,
    /// Who gets it.
    pub to: PersonId,
    /// Not before this.
    pub due_at: DateTime<Utc>,
    /// After this it is not worth saying any more.
    pub until: DateTime<Utc>,
}

impl Owed {
    /// What makes this message this message: saying it again would be a duplicate.
    pub fn dedupe_key(&self) -> String {
        let key = format!("{}:{}:{}", self.kind.word(), self.subject.simple(), self.to);
        match self.occasion {
            Some(revision) => format!("{key}:{revision}"),
            None => key,
        }
    }

    /// The question, for the mentor, at once: it carries what somebody has just done.
    pub fn pair_proposal(pair: &Pair, now: DateTime<Utc>) -> Self {
        Self {
            kind: MessageKind::PairProposal,
            subject: pair.id.0,
            occasion: None,
            to: pair.mentor,
            due_at: now,
            until: pair.answer_by,
        }
    }

    /// The good news, for the mentee, at once.
    pub fn pair_accepted(pair: &Pair, now: DateTime<Utc>) -> Self {
        Self {
            kind: MessageKind::PairAccepted,
            subject: pair.id.0,
            occasion: None,
            to: pair.mentee,
            due_at: now,
            until: now + NEWS_WINDOW,
        }
    }

    /// A file for somebody's own calendar. What it is about, `store::calendars` knows.
    pub fn calendar_file(file: Uuid, to: PersonId, due_at: DateTime<Utc>) -> Self {
        Self { kind: MessageKind::CalendarFile, subject: file, occasion: None, to, due_at, until: due_at + NEWS_WINDOW }
    }

    /// That their mentor outside cannot be written to, for the mentee, at once; once a pair.
    pub fn outsider_unreachable(pair: &Pair, now: DateTime<Utc>) -> Self {
        Self {
            kind: MessageKind::OutsiderUnreachable,
            subject: pair.id.0,
            occasion: None,
            to: pair.mentee,
            due_at: now,
            until: now + NEWS_WINDOW,
        }
    }

    /// That their pair was brought in from a list, for one of the two, in their working hours.
    pub fn pair_imported(pair: &Pair, to: &Person, programme: &WorkingTime, now: DateTime<Utc>) -> Self {
        let due_at = to.working_time(programme).next_open(now);
        let kind = MessageKind::PairImported;
        Self { kind, subject: pair.id.0, occasion: None, to: to.id, due_at, until: due_at + NEWS_WINDOW }
    }
}

/// What the planner finds when it looks at something: messages owed by now, and when to look again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Messages whose moment has come, their windows perhaps over.
    pub owed: Vec<Owed>,
    /// The time for an answer is over: the question expires, or the meeting counts as missed.
    pub time_is_up: bool,
    /// When there is something to do next.
    pub look_again_at: Option<DateTime<Utc>>,
}

impl Plan {
    pub(super) fn step(&mut self, at: DateTime<Utc>, now: DateTime<Utc>, owed: Owed) {
        if at <= now {
            self.owed.push(owed);
        } else {
            self.look_at(at);
        }
    }

    /// There is something to do at this moment, too.
    pub fn look_at(&mut self, at: DateTime<Utc>) {
        self.look_again_at = Some(self.look_again_at.map_or(at, |sooner| sooner.min(at)));
    }
}

/// What is owed about a question to a mentor.
pub fn about_proposal(of: &PairOfPeople, programme: &WorkingTime, now: DateTime<Utc>) -> Plan {
    let pair = &of.pair;
    let mut plan = Plan::default();
    let message = |kind, to, due_at, until| Owed { kind, subject: pair.id.0, occasion: None, to, due_at, until };
    if pair.state == PairState::Proposed {
        let working = of.mentor.working_time(programme);
        let remind_at = working.days_after(pair.asked_at, REMIND_AFTER);
        let due_at = working.next_open(remind_at.max(now));
        plan.step(remind_at, now, message(MessageKind::PairProposalReminder, pair.mentor, due_at, pair.answer_by));
    }
    if matches!(pair.state, PairState::Proposed | PairState::Declined | PairState::Expired) {
        plan.time_is_up = now >= pair.answer_by && pair.state == PairState::Proposed;
        let tell_at = of.mentee.working_time(programme).next_open(pair.answer_by.max(now));
        let until = pair.answer_by + NEWS_WINDOW;
        if now < pair.answer_by {
            plan.look_at(pair.answer_by);
        } else {
            plan.owed.push(message(MessageKind::PairNotNow, pair.mentee, tell_at, until));
        }
    }
    plan
}

/// The moments of a meeting at which somebody is told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// The mentee is asked for the agenda.
    pub request_at: DateTime<Utc>,
    /// The mentor sees the agenda.
    pub notice_at: DateTime<Utc>,
    /// The mentee gets a last nudge when there is no agenda.
    pub nudge_at: DateTime<Utc>,
    /// The mentee is asked whether they met.
    pub report_at: DateTime<Utc>,
    /// They are asked once more.
    pub report_again_at: DateTime<Utc>,
    /// It counts as missed.
    pub give_up_at: DateTime<Utc>,
}

impl Timetable {
    /// Between one who prepares and one who reads: so many working days ahead as each has set, a quarter of an hour after
    /// the end for the report, each inside the working hours of who is told. Who prepares is asked a working day before the
    /// other reads, at the latest. A meeting planned at short notice has what is left halved between them.
    pub fn between(of: &MeetingOfPair, preparer: &Person, reader: &Person, programme: &WorkingTime) -> Self {
        let meeting = &of.meeting;
        let mentee = preparer.working_time(programme);
        let mentor = reader.working_time(programme);
        let (begin, start) = (meeting.planned_at, meeting.starts_at);
        let notice_at = mentor.days_before(start, mentor.leads.notice_days);
        let notice_at = if notice_at > begin {
            notice_at
        } else {
            // Planned at short notice: halfway, or the last working moment there is before the meeting.
            let halfway = mentor.next_open(begin + TimeDelta::seconds((start - begin).num_seconds() / 2));
            let latest = mentor.last_open(start - SHORTEST_NOTICE);
            if halfway <= start - SHORTEST_NOTICE { halfway } else { latest.max(begin) }
        };
        // Whoever prepares has a working day for it before the other reads, on whichever days the two work.
        let by_lead = mentee.days_before(start, mentee.leads.agenda_days_of(of.of.pair.kind));
        let request_at = mentee.next_open(by_lead.min(mentee.days_before(notice_at, 1)).max(begin));
        let report_at = mentee.next_open(meeting.ends_at() + REPORT_AFTER);
        let report_again_at = mentee.next_open(meeting.not_yet_at.unwrap_or(report_at) + REPORT_WINDOW);
        Self {
            request_at,
            notice_at,
            nudge_at: mentee.next_open(notice_at),
            report_at,
            report_again_at,
            give_up_at: report_again_at + REPORT_WINDOW,
        }
    }
}

/// What is owed about a meeting; `agenda_is_empty` says of each who prepares whether they have not.
pub fn about_meeting(
    of: &MeetingOfPair,
    agenda_is_empty: impl Fn(PersonId) -> bool,
    programme: &WorkingTime,
    now: DateTime<Utc>,
) -> Plan {
    let meeting = &of.meeting;
    let mut plan = Plan::default();
    if meeting.state != MeetingState::Planned {
        return plan;
    }
    let times_of = |preparer, reader| Timetable::between(of, preparer, reader, programme);
    let agendas = of.of.agendas();
    let give_up_at = agendas.iter().map(|(preparer, reader)| times_of(preparer, reader).give_up_at).max();
    let give_up_at = give_up_at.unwrap_or(meeting.starts_at);
    plan.time_is_up = now >= give_up_at;
    if !of.of.both_are_here() {
        // Nobody is told anything, but the rhythm goes on: an account may be switched on again.
        plan.look_at((now + LOOK_FOR_RETURN).min(give_up_at.max(now + TimeDelta::hours(1))));
        return plan;
    }
    let mut say = |at: DateTime<Utc>, until, kind, to: &Person| {
        // Said late, it still waits for the reader's working hours.
        let due_at = to.working_time(programme).next_open(at.max(now));
        let occasion = meeting.occasion();
        plan.step(at, now, Owed { kind, subject: meeting.id.0, occasion, to: to.id, due_at, until });
    };
    for (mentee, mentor) in agendas {
        let times = times_of(mentee, mentor);
        say(times.notice_at, meeting.starts_at, MessageKind::AgendaNotice, mentor);
        if agenda_is_empty(mentee.id) {
            say(times.request_at, meeting.starts_at, MessageKind::AgendaRequest, mentee);
            say(times.nudge_at, meeting.starts_at, MessageKind::AgendaNudge, mentee);
        }
        if meeting.not_yet_at.is_none() {
            say(times.report_at, times.report_at + REPORT_WINDOW, MessageKind::DidYouMeet, mentee);
        }
        say(times.report_again_at, times.report_again_at + REPORT_WINDOW, MessageKind::DidYouMeetAgain, mentee);
    }
    for (at, to) in starting_soon(of, programme) {
        say(at, meeting.starts_at, MessageKind::StartingSoon, to);
    }
    for at in [meeting.starts_at, meeting.ends_at(), give_up_at] {
        if at > now {
            plan.look_at(at);
        }
    }
    plan
}

/// Whether a message about a pair is still worth saying.
pub fn still_owed_about_pair(kind: MessageKind, of: &PairOfPeople) -> bool {
    // That it did not work out is told even when the mentor has left: who asked hears either way.
    let even_so = matches!(kind, MessageKind::PairNotNow | MessageKind::OutsiderUnreachable);
    if of.mentee.deactivated || (of.mentor.deactivated && !even_so) {
        return false;
    }
    match kind {
        MessageKind::PairProposal | MessageKind::PairProposalReminder => of.pair.state == PairState::Proposed,
        MessageKind::PairAccepted => of.pair.state == PairState::Active,
        MessageKind::PairNotNow => matches!(of.pair.state, PairState::Declined | PairState::Expired),
        MessageKind::OutsiderUnreachable => of.pair.state != PairState::Ended,
        _ => false,
    }
}

/// Whether a message about a meeting is still worth saying.
pub fn still_owed_about_meeting(
    kind: MessageKind,
    of: &MeetingOfPair,
    agenda_is_empty: bool,
    now: DateTime<Utc>,
) -> bool {
    let meeting: &Meeting = &of.meeting;
    if matches!(kind, MessageKind::MeetingLeftOut | MessageKind::MeetingFellOut) {
        return of.of.both_are_here() && meeting.state == MeetingState::Skipped && now < meeting.starts_at;
    }
    // What took place before a pause may be reported on; nothing else is said meanwhile.
    let goes_on = of.of.pair.state == PairState::Active
        || (of.of.pair.state == PairState::Paused
            && matches!(kind, MessageKind::DidYouMeet | MessageKind::DidYouMeetAgain));
    if !of.of.both_are_here() || !goes_on || meeting.state != MeetingState::Planned {
        return false;
    }
    match kind {
        MessageKind::AgendaNotice
        | MessageKind::MeetingMoved
        | MessageKind::MeetingPlacedAnew
        | MessageKind::MeetingAtOddHour
        | MessageKind::StartingSoon => now < meeting.starts_at,
        MessageKind::AgendaRequest | MessageKind::AgendaNudge => agenda_is_empty && now < meeting.starts_at,
        MessageKind::AgendaLate => !agenda_is_empty && now < meeting.starts_at,
        MessageKind::DidYouMeet => meeting.not_yet_at.is_none() && now >= meeting.ends_at(),
        MessageKind::DidYouMeetAgain => now >= meeting.ends_at(),
        _ => false,
    }
}
