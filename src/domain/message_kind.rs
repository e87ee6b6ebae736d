//! Every kind of message the app sends, and which of them may be said together.
//!
//! Owns: the list. Must not: know when one is owed (see `reminders` and its siblings), or its words.

use super::identifiers::words;

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
        /// To both: the org chart holds their pair back.
        PairHeld = "pair_held",
        /// To the half that did not decide: what became of it.
        PairHeldSettled = "pair_held_settled",
        /// To both: their pair was brought in from a list.
        PairImported = "pair_imported",
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
        /// To the mentee: the mentor would like to know more before answering.
        InquiryAsked = "inquiry_asked",
        /// To the mentee: the same question waits.
        InquiryReminder = "inquiry_reminder",
        /// To the mentor: there is an answer to what they asked.
        InquiryAnswered = "inquiry_answered",
        /// To the mentor: no answer came to what they asked.
        InquiryUnanswered = "inquiry_unanswered",
        /// To the mentee: the mentor suggests somebody else.
        MentorSuggests = "mentor_suggests",
        /// To a manager: somebody would like a suggestion.
        ManagerAsked = "manager_asked",
        /// To a manager: the same request waits.
        ManagerAskedReminder = "manager_asked_reminder",
        /// To who asked their manager: whom to ask.
        ManagerSuggests = "manager_suggests",
        /// To who asked their manager: nobody this time, whatever the reason.
        ManagerNobody = "manager_nobody",
        /// To the other half: somebody has left the workspace, and so this pair is finished.
        PersonLeft = "person_left",
        /// To whoever asked for their data: the file for reading. No message.
        ExportText = "export_text",
        /// To whoever asked for their data: the file for machines. No message.
        ExportJson = "export_json",
        /// To whoever was forgotten: what was erased. The last message.
        Receipt = "receipt",
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
        /// To a mentor or peer, or to one of theirs: somebody asks whom they can talk to.
        IntroductionAsked = "introduction_asked",
        /// To the same person: the same request waits.
        IntroductionAskedReminder = "introduction_asked_reminder",
        /// To somebody who was named: are you happy to be introduced?
        NomineeAsked = "nominee_asked",
        /// To the same person: the same question waits.
        NomineeAskedReminder = "nominee_asked_reminder",
        /// To whoever named somebody outside: the letter to send.
        OutsideNominated = "outside_nominated",
        /// To the same person: the letter waits.
        OutsideNominatedReminder = "outside_nominated_reminder",
        /// To somebody outside, by e-mail, once; owed to whoever named them and has clicked. No message.
        OutsideLetter = "outside_letter",
        /// To whoever clicked: that e-mail has not gone out, or may not have.
        OutsideLetterFailed = "outside_letter_failed",
        /// To the asker: a mentor helps, it is on the next agenda.
        IntroductionHelped = "introduction_helped",
        /// To the asker: a mentor has written to somebody outside.
        IntroductionWritten = "introduction_written",
        /// To the group of those who are introduced; owed to the asker.
        NamesMeet = "names_meet",
        /// To each of them, when Slack allows no group: who the others are.
        NamesMeetApart = "names_meet_apart",
        /// To the group, when they have not talked yet; owed to the asker.
        NamesMeetNudge = "names_meet_nudge",
        /// To the asker: nobody this time, whatever the reason.
        IntroductionNobody = "introduction_nobody",
        /// To the asker: what came of it?
        IntroductionFollowUp = "introduction_follow_up",
        /// To the asker: the same question once more.
        IntroductionFollowUpAgain = "introduction_follow_up_again",
        /// To whoever introduced them: thanks, with what came of it.
        IntroductionThanks = "introduction_thanks",
    }
);

impl MessageKind {
    /// Whether a message of this kind may go out together with others to the same person: those that time alone owes.
    /// What somebody has just done is news of its own.
    pub fn may_be_said_together(self) -> bool {
        self.is_said_ahead() || matches!(self, Self::DidYouMeet | Self::DidYouMeetAgain | Self::HomeworkNudge)
    }

    /// Whether a message of this kind says nothing that the other, about the same meeting and at the same moment, does not.
    pub fn is_said_by(self, other: Self) -> bool {
        match other {
            Self::AgendaRequest => matches!(self, Self::AgendaNudge | Self::HomeworkNudge),
            Self::DidYouMeet => self == Self::DidYouMeetAgain,
            _ => false,
        }
    }

    /// Whether it comes days ahead of a meeting: an hour earlier on the same day is as good, if that saves a message.
    pub fn is_said_ahead(self) -> bool {
        matches!(self, Self::AgendaRequest | Self::AgendaNotice | Self::AgendaNudge)
    }
}
