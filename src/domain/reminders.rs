//! What is owed to whom, and when: every message the app sends, each with the key that keeps it from being said twice.
//!
//! Owns: the kinds of message, the timetable of a meeting and of a question, and whether a message is still owed.
//! Must not: know the words of a message or how it travels.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::identifiers::{PersonId, words};
use super::meetings::{Meeting, MeetingOfPair, MeetingState};
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
const NEWS_WINDOW: TimeDelta = TimeDelta::days(7);

words!(
    /// Every kind of direct message.
    MessageKind {
        /// To the mentor: somebody asks you to be their mentor.
        PairProposal = "pair_proposal",
        /// To the mentor: the same question waits.
        PairProposalReminder = "pair_proposal_reminder",
        /// To the mentee: it works out.
        PairAccepted = "pair_accepted",
        /// To the mentee: it does not work out, whatever the reason.
        PairNotNow = "pair_not_now",
        /// To the mentee: prepare your agenda.
        AgendaRequest = "agenda_request",
        /// To the mentor: the agenda, or that there is none yet.
        AgendaNotice = "agenda_notice",
        /// To the mentee: a last nudge.
        AgendaNudge = "agenda_nudge",
        /// To the mentor: the agenda, prepared after the notice said there was none.
        AgendaLate = "agenda_late",
        /// To the mentee: did you meet?
        DidYouMeet = "did_you_meet",
        /// To the mentee: the same question once more.
        DidYouMeetAgain = "did_you_meet_again",
        /// To the other half: this meeting was moved.
        MeetingMoved = "meeting_moved",
        /// To the other half: this meeting is left out.
        MeetingLeftOut = "meeting_left_out",
        /// To the owner of open homework, halfway between two meetings.
        HomeworkNudge = "homework_nudge",
        /// To the other of a pair: there is a win to read.
        WinShared = "win_shared",
        /// To a channel that the owner of a win chose; owed to the owner, who hears if Slack does not take it.
        WinToChannel = "win_to_channel",
        /// To the owner of a win: it does not stand in that channel.
        WinNotInChannel = "win_not_in_channel",
        /// To both: working days changed, so this meeting is at another time.
        MeetingPlacedAnew = "meeting_placed_anew",
        /// To both: working days changed, and there is no place left for this meeting.
        MeetingFellOut = "meeting_fell_out",
        /// To somebody whose time zone changed: this meeting stays, and is outside their working hours now.
        MeetingAtOddHour = "meeting_at_odd_hour",
        /// To each half who wants to hear: this meeting starts soon.
        StartingSoon = "starting_soon",
        /// To either: a file for their own calendar, with what has changed there. No message: it goes with one.
        CalendarFile = "calendar_file",
        /// To the other of a pair: shall we become peers?
        PeersAsked = "peers_asked",
        /// To the other of a pair: the same question waits.
        PeersReminder = "peers_reminder",
        /// To who asked: they are peers.
        PeersAgreed = "peers_agreed",
        /// To who asked: they stay as they are, whatever the reason.
        PeersNotNow = "peers_not_now",
        /// To the mentee: Slack does not let the app write to their mentor outside.
        OutsiderUnreachable = "outsider_unreachable",
        /// To the other half: another rhythm is proposed.
        RhythmProposed = "rhythm_proposed",
        /// To the same person: the proposal waits.
        RhythmProposedReminder = "rhythm_proposed_reminder",
        /// To who proposed: the other agrees.
        RhythmAgreed = "rhythm_agreed",
        /// To who proposed: the rhythm stays as it is, whatever the reason.
        RhythmStays = "rhythm_stays",
        /// To the other half: the meetings are paused.
        PairPaused = "pair_paused",
        /// To the other half, or to both when the day has come: the meetings go on.
        PairResumed = "pair_resumed",
        /// To whoever has not signed the agreement, once.
        AgreementReminder = "agreement_reminder",
        /// To the one whose signature is taken back because the other changed the draft.
        AgreementEdited = "agreement_edited",
        /// To both: both have signed.
        AgreementSigned = "agreement_signed",
        /// To the other: a change of the agreement waits for their signature.
        ChangeProposed = "agreement_change_proposed",
        /// To the other: the same change waits.
        ChangeReminder = "agreement_change_reminder",
        /// To whoever proposed a change: it was not signed in time, whatever the reason.
        ChangeLapsed = "agreement_change_lapsed",
        /// To both, separately: carry on, or finish well?
        ReviewAsked = "review_asked",
        /// To whoever has not answered by the review date.
        ReviewAskedAgain = "review_asked_again",
        /// To the other half: this pair is finished.
        PairEnded = "pair_ended",
        /// To whoever finished: the other has left a few words, too.
        FinishAnswered = "finish_answered",
        /// To a mentor by e-mail: what this is, and the invitation to the first meeting.
        FirstLetter = "first_letter",
        /// To a mentor by e-mail: the invitation to a later meeting.
        InvitationLetter = "invitation_letter",
        /// To a mentor by e-mail: another rhythm, and the invitation to its first meeting.
        RhythmLetter = "rhythm_letter",
        /// To a mentor by e-mail: an invitation is taken back, because another one comes in its place.
        WithdrawalLetter = "withdrawal_letter",
        /// To the mentee: a letter to their mentor outside is theirs to send, and why.
        LetterToForward = "letter_to_forward",
        /// To the mentee: the calendar file that goes with that letter.
        FileToForward = "file_to_forward",
        /// To the mentee: their mentor outside wants no more letters.
        LettersStopped = "letters_stopped",
    }
);

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
