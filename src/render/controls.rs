//! Everything that can be clicked or submitted: what it is called on the screen and in what Slack sends back.
//!
//! Owns: labels and ids. Must not: know what a click does (see `surfaces`).

use std::fmt::Display;

pub mod forms;
pub mod shortcuts;

use crate::slack::blocks::{Button, Confirm, Style};

/// A button's identity: its id in Slack, and the words on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// The `action_id`.
    pub id: &'static str,
    /// The words.
    pub label: &'static str,
}

impl Control {
    const fn new(id: &'static str, label: &'static str) -> Self {
        Self { id, label }
    }

    /// The button for one object.
    pub fn on(self, object: impl Display) -> Button {
        Button { label: self.label, action_id: self.id, value: object.to_string(), style: Style::Plain, confirm: None }
    }

    /// The button for one object, as the one most people want.
    pub fn primary_on(self, object: impl Display) -> Button {
        Button { style: Style::Primary, ..self.on(object) }
    }

    /// The button for one object, with a question before the click counts.
    pub fn confirmed_on(self, object: impl Display, confirm: Confirm) -> Button {
        Button { confirm: Some(confirm), ..self.on(object) }
    }
}

/// Opens the form with which somebody asks for a mentor.
pub const ASK_SOMEBODY: Control = Control::new("ask_somebody", "Ask somebody to mentor me");
/// Opens the form with which a mentor accepts.
pub const ACCEPT: Control = Control::new("accept_pair", "Accept");
/// The mentor says "not now".
pub const NOT_NOW: Control = Control::new("decline_pair", "Not now");
/// Shows what the mentee wants to work on.
pub const READ_REQUEST: Control = Control::new("read_proposal", "Read the request");
/// Opens the five parts for writing.
pub const PREPARE: Control = Control::new("prepare_agenda", "Prepare");
/// The same form once something is written.
pub const EDIT_AGENDA: Control = Control::new("prepare_agenda", "Edit agenda");
/// Opens the agenda for reading.
pub const OPEN_AGENDA: Control = Control::new("open_agenda", "Open agenda");
/// Opens the form about a meeting that took place.
pub const WE_MET: Control = Control::new("we_met", "We met");
/// They have not met yet.
pub const NOT_YET: Control = Control::new("not_yet", "Not yet");
/// They left it out.
pub const SKIPPED: Control = Control::new("skipped", "Skipped");

/// Opens the form that moves one meeting.
pub const MOVE: Control = Control::new("move_meeting", "Move this one");
/// Asks whether to leave one meeting out.
pub const LEAVE_OUT: Control = Control::new("leave_out_meeting", "Skip this one");

/// Puts a question that was typed on the next agenda.
pub const PUT_ON_AGENDA: Control = Control::new("put_on_agenda", "Put it on my next agenda");
/// A menu: the part under which something on an agenda stands.
pub const PUT_UNDER: Control = Control::new("put_under", "Put it under …");
/// A menu: the meeting for which something is.
pub const PUT_WITH: Control = Control::new("put_with", "For the meeting with …");
/// Opens the form with which a mentor adds a point.
pub const ADD_POINT: Control = Control::new("add_point", "Add a point");

/// Opens the list of homework.
pub const SEE_HOMEWORK: Control = Control::new("see_homework", "See homework");
/// Opens the form for a piece of homework.
pub const ADD_HOMEWORK: Control = Control::new("add_homework", "Add homework");
/// Opens the form for what was found out.
pub const RETURN_HOMEWORK: Control = Control::new("return_homework", "Return");
/// Homework was talked about.
pub const HOMEWORK_DONE: Control = Control::new("homework_done", "Done");
/// Homework is given up.
pub const DROP_HOMEWORK: Control = Control::new("drop_homework", "Drop");
/// Homework belongs to another pair; a drop-down list.
pub const MOVE_HOMEWORK: Control = Control::new("move_homework", "Move it to another pair");
/// Opens the list of goals.
pub const SEE_GOALS: Control = Control::new("see_goals", "See goals");
/// Opens the empty form for a goal.
pub const SET_GOAL: Control = Control::new("set_goal", "Set a goal");
/// Opens a goal for writing.
pub const EDIT_GOAL: Control = Control::new("edit_goal", "Edit");
/// A goal is reached.
pub const GOAL_REACHED: Control = Control::new("goal_reached", "Reached");
/// A goal is given up.
pub const DROP_GOAL: Control = Control::new("drop_goal", "Drop");
/// Opens the form for a win.
pub const LOG_WIN: Control = Control::new("log_win", "Log a win");
/// Shows a win.
pub const READ_WIN: Control = Control::new("read_win", "Read it");

/// Opens what somebody has set for themselves.
pub const MY_SETTINGS: Control = Control::new("my_settings", "My settings");
/// Opens a page of Google Calendar with the meeting filled in.
pub const ADD_TO_GOOGLE: Control = Control::new("add_to_google", "Add to Google Calendar");
/// Opens a page of Outlook with the meeting filled in.
pub const ADD_TO_OUTLOOK: Control = Control::new("add_to_outlook", "Add to Outlook");
/// Opens the form with which one of two asks the other to become peers.
pub const BECOME_PEERS: Control = Control::new("become_peers", "Become peers");
/// They become peers.
pub const PEERS_YES: Control = Control::new("peers_yes", "Yes, peers");
/// They stay as they are.
pub const PEERS_NO: Control = Control::new("peers_no", "Stay as we are");
/// Opens the form for another rhythm of a pair.
pub const CHANGE_RHYTHM: Control = Control::new("change_rhythm", "Change rhythm");
/// Agrees to a rhythm that the other proposed.
pub const AGREE_RHYTHM: Control = Control::new("agree_rhythm", "Agree");
/// Keeps the rhythm although the other proposed another.
pub const KEEP_RHYTHM: Control = Control::new("keep_rhythm", "Keep as it is");
/// Opens the form that pauses a pair.
pub const PAUSE: Control = Control::new("pause_pair", "Pause");
/// Takes one's own pause back.
pub const RESUME: Control = Control::new("resume_pair", "Resume");
/// Opens the agreement for reading and signing.
pub const OPEN_AGREEMENT: Control = Control::new("open_agreement", "Read and sign our agreement");
/// The same once it is signed.
pub const OUR_AGREEMENT: Control = Control::new("open_agreement", "Our agreement");
/// Opens the draft for writing.
pub const EDIT_AGREEMENT: Control = Control::new("edit_agreement", "Edit");
/// The same form for a change of what was agreed.
pub const CHANGE_AGREEMENT: Control = Control::new("edit_agreement", "Change it");
/// A change of the agreement: not now.
pub const KEEP_AGREEMENT: Control = Control::new("keep_agreement", "Not now");
/// Opens the form with which a pair carries on.
pub const CARRY_ON: Control = Control::new("carry_on", "Carry on");
/// Opens the form with which somebody finishes.
pub const FINISH: Control = Control::new("finish_pair", "Finish");
/// The same, where a review asks.
pub const FINISH_WELL: Control = Control::new("finish_pair", "Finish well");
/// The same form after the other has finished.
pub const ADD_A_WORD: Control = Control::new("finish_pair", "Add a word of mine");
/// Finishes at once, without a word.
pub const END_NOW: Control = Control::new("end_pair_now", "End now");
/// Shows the words two people left each other.
pub const READ_FINISH: Control = Control::new("read_finish", "Read it");
/// Opens the list of pairs that are finished.
pub const PAST_PAIRS: Control = Control::new("past_pairs", "Past pairs");
/// Opens what a finished pair wrote, or another page of it.
pub const LOOK_BACK: Control = Control::new("look_back", "Look back");
/// The next page of what a finished pair wrote.
pub const NEXT_PAGE: Control = Control::new("look_back_next", "Next page");
/// The page before.
pub const PAGE_BEFORE: Control = Control::new("look_back_before", "Page before");
/// Shows a meeting of a finished pair.
pub const READ_MEETING: Control = Control::new("read_past_meeting", "Read");
/// Finishes a pair that the org chart holds back.
pub const FINISH_HELD: Control = Control::new("finish_held_pair", "Finish");
/// The org chart no longer stands between the two.
pub const GO_ON_HELD: Control = Control::new("go_on_held_pair", "We checked: go on");
/// Opens the form in which somebody says something about themselves.
pub const MY_PROFILE: Control = Control::new("my_profile", "My profile");
/// Opens the form with which a mentor asks for more before answering.
pub const TELL_ME_MORE: Control = Control::new("tell_me_more", "Tell me more");
/// Opens the form with which a mentee answers that.
pub const ANSWER_INQUIRY: Control = Control::new("answer_inquiry", "Answer");
/// Shows what a mentee answered, below what they want to work on.
pub const READ_ANSWER: Control = Control::new("read_proposal", "Read it");
/// Opens the form with which a mentor suggests somebody else.
pub const SUGGEST_ELSE: Control = Control::new("suggest_else", "Suggest someone else");
/// Shows the line that came with a suggestion.
pub const READ_NOTE: Control = Control::new("read_note", "Read the note");
/// Opens the form that asks who was suggested.
pub const ASK_THEM: Control = Control::new("ask_them", "Ask them");
/// Opens the form with which somebody asks their manager for a suggestion.
pub const ASK_MANAGER: Control = Control::new("ask_manager", "Ask my manager to suggest someone");
/// A manager suggests who is chosen beside it.
pub const SUGGEST: Control = Control::new("manager_suggests", "Suggest");
/// A manager can think of nobody.
pub const NOBODY: Control = Control::new("manager_nobody", "I can't think of anybody");
/// Opens the guide.
pub const GUIDE: Control = Control::new("guide", "Mentor or manager?");
/// A menu: what is at hand.
pub const GUIDE_PICK: Control = Control::new("guide_pick", "What is it about?");
/// Opens the form that puts something on the next agenda, out of the guide.
pub const GUIDE_AGENDA: Control = Control::new("guide_agenda", "Put it on my next agenda");

/// Opens the form for finding a mentor.
pub const FIND: Control = Control::new("find", "Find a mentor");
/// Shows everybody who was found.
pub const SHOW_MORE: Control = Control::new("show_more", "Show more");
/// Shows who sees what.
pub const WHO_SEES_WHAT: Control = Control::new("who_sees_what", "Who sees what");
/// Asks for everything the app keeps of who clicks.
pub const EXPORT_MY_DATA: Control = Control::new("export_my_data", "Export my data");
/// Opens the form with which somebody is forgotten.
pub const FORGET_ME: Control = Control::new("forget_me", "Forget me");

/// Opens the form with which somebody adds a mentor who has only an e-mail address.
pub const ADD_OUTSIDE: Control = Control::new("add_outside", "Add an outside mentor");
/// Opens the addresses of such a mentor.
pub const CORRECT_ADDRESS: Control = Control::new("correct_address", "Correct the address");
/// Shows a letter to be copied.
pub const SEND_IT_MYSELF: Control = Control::new("send_it_myself", "Send it myself");
/// Opens the words that mean the same, for coordinators.
pub const TOPIC_ALIASES: Control = Control::new("topic_aliases", "Words that mean the same");
/// Turns to the page of them that were added later.
pub const ALIASES_NEWER: Control = Control::new("aliases_newer", "Newer");
/// Turns to the page of them that were added earlier.
pub const ALIASES_OLDER: Control = Control::new("aliases_older", "Older");
/// Takes a group of them away.
pub const REMOVE_ALIAS: Control = Control::new("remove_alias", "Remove");

/// Opens the form with which somebody asks whom they can talk to.
pub const WHO: Control = Control::new("ask_around", "Who can I talk to about…");
/// The same form, with a question that was typed.
pub const FIND_SOMEONE: Control = Control::new("find_someone", "Find someone to talk to");
/// The same form, with what was asked before.
pub const ASK_AGAIN: Control = Control::new("ask_again", "Ask again");
/// Shows what somebody asked, to who asked.
pub const READ_OWN_ASK: Control = Control::new("read_own_ask", "Read it");
/// Takes an ask back.
pub const WITHDRAW_ASK: Control = Control::new("withdraw_ask", "Withdraw");
/// Opens the form that asks what came of it.
pub const WE_TALKED: Control = Control::new("we_talked", "We talked");
/// They have not talked yet.
pub const NOT_TALKED_YET: Control = Control::new("not_talked_yet", "Not yet");
/// There is nothing to talk about any more.
pub const NO_LONGER_NEEDED: Control = Control::new("no_longer_needed", "No longer needed");
/// Shows what came of an ask to whoever brought two people together.
pub const READ_WHAT_CAME: Control = Control::new("read_what_came", "Read what came of it");

/// Shows a mentor what somebody asks about.
pub const READ_THEIR_ASK: Control = Control::new("read_ask", "Read the ask");
/// Opens the form in which a mentor names somebody.
pub const NOMINATE: Control = Control::new("nominate", "Nominate someone");
/// The same form, for one more.
pub const NOMINATE_MORE: Control = Control::new("nominate", "Nominate one more");
/// The same form, with somebody of their network filled in.
pub const NOMINATE_THIS: Control = Control::new("nominate_this", "Nominate");
/// A mentor helps themselves.
pub const HELP_MYSELF: Control = Control::new("help_myself", "I can help myself");
/// Shows who gets an ask that is passed on.
pub const PASS_ON: Control = Control::new("pass_on", "Pass on to my mentors");
/// Passes it on to them.
pub const PASS_IT_ON: Control = Control::new("pass_it_on", "Pass it on");
/// A mentor names nobody.
pub const NOT_THIS_TIME: Control = Control::new("not_this_time", "Not this time");
/// Shows somebody who was named what it is about.
pub const READ_ABOUT: Control = Control::new("read_about", "Read what it is about");
/// Somebody who was named agrees.
pub const HAPPY_TO: Control = Control::new("happy_to", "Happy to");
/// Somebody who was named does not.
pub const NOT_NOW_TO_MEET: Control = Control::new("not_now_to_meet", "Not now");
/// The same, and for good.
pub const NEVER_AGAIN: Control = Control::new("never_introduce", "Please don't ask me again");

/// Shows the e-mail to somebody outside whom one has named.
pub const READ_OUTSIDE_LETTER: Control = Control::new("read_outside_letter", "Read the e-mail");
/// Has the app send it.
pub const SEND_OUTSIDE_LETTER: Control = Control::new("send_outside_letter", "Send it");
/// One has sent it oneself.
pub const OUTSIDE_LETTER_SENT: Control = Control::new("outside_letter_sent", "I have sent it");

/// Opens one's own network.
pub const NETWORK: Control = Control::new("my_network", "My network");
/// Opens the form that puts the other half of a pair on it.
pub const ADD_TO_NETWORK: Control = Control::new("add_to_network", "Add to my network");
/// The same for nobody in particular.
pub const ADD_SOMEBODY: Control = Control::new("add_to_network", "Add somebody");
/// Opens what was noted of somebody on it.
pub const EDIT_NETWORK_ENTRY: Control = Control::new("edit_network_entry", "Edit");
/// Takes somebody off it.
pub const REMOVE_FROM_NETWORK: Control = Control::new("remove_from_network", "Remove");
/// The next page of it.
pub const NETWORK_NEXT: Control = Control::new("network_next", "Next page");
/// The page before.
pub const NETWORK_BEFORE: Control = Control::new("network_before", "Page before");

/// Every button there is.
pub const ALL: &[Control] = &[
    ASK_SOMEBODY,
    ACCEPT,
    NOT_NOW,
    READ_REQUEST,
    PREPARE,
    EDIT_AGENDA,
    OPEN_AGENDA,
    WE_MET,
    NOT_YET,
    SKIPPED,
    MOVE,
    LEAVE_OUT,
    PUT_ON_AGENDA,
    PUT_UNDER,
    PUT_WITH,
    ADD_POINT,
    SEE_HOMEWORK,
    ADD_HOMEWORK,
    RETURN_HOMEWORK,
    HOMEWORK_DONE,
    DROP_HOMEWORK,
    MOVE_HOMEWORK,
    SEE_GOALS,
    SET_GOAL,
    EDIT_GOAL,
    GOAL_REACHED,
    DROP_GOAL,
    LOG_WIN,
    READ_WIN,
    MY_SETTINGS,
    ADD_TO_GOOGLE,
    ADD_TO_OUTLOOK,
    BECOME_PEERS,
    PEERS_YES,
    PEERS_NO,
    CHANGE_RHYTHM,
    AGREE_RHYTHM,
    KEEP_RHYTHM,
    PAUSE,
    RESUME,
    OPEN_AGREEMENT,
    OUR_AGREEMENT,
    EDIT_AGREEMENT,
    CHANGE_AGREEMENT,
    KEEP_AGREEMENT,
    CARRY_ON,
    FINISH,
    FINISH_WELL,
    ADD_A_WORD,
    END_NOW,
    READ_FINISH,
    PAST_PAIRS,
    LOOK_BACK,
    NEXT_PAGE,
    PAGE_BEFORE,
    READ_MEETING,
    FINISH_HELD,
    GO_ON_HELD,
    MY_PROFILE,
    TELL_ME_MORE,
    ANSWER_INQUIRY,
    READ_ANSWER,
    SUGGEST_ELSE,
    READ_NOTE,
    ASK_THEM,
    ASK_MANAGER,
    SUGGEST,
    NOBODY,
    GUIDE,
    GUIDE_PICK,
    GUIDE_AGENDA,
    FIND,
    SHOW_MORE,
    WHO_SEES_WHAT,
    EXPORT_MY_DATA,
    FORGET_ME,
    ADD_OUTSIDE,
    CORRECT_ADDRESS,
    SEND_IT_MYSELF,
    TOPIC_ALIASES,
    ALIASES_NEWER,
    ALIASES_OLDER,
    REMOVE_ALIAS,
    WHO,
    FIND_SOMEONE,
    ASK_AGAIN,
    READ_OWN_ASK,
    WITHDRAW_ASK,
    WE_TALKED,
    NOT_TALKED_YET,
    NO_LONGER_NEEDED,
    READ_WHAT_CAME,
    READ_THEIR_ASK,
    NOMINATE,
    NOMINATE_MORE,
    NOMINATE_THIS,
    HELP_MYSELF,
    PASS_ON,
    PASS_IT_ON,
    NOT_THIS_TIME,
    READ_ABOUT,
    HAPPY_TO,
    NOT_NOW_TO_MEET,
    NEVER_AGAIN,
    READ_OUTSIDE_LETTER,
    SEND_OUTSIDE_LETTER,
    OUTSIDE_LETTER_SENT,
    NETWORK,
    ADD_TO_NETWORK,
    ADD_SOMEBODY,
    EDIT_NETWORK_ENTRY,
    REMOVE_FROM_NETWORK,
    NETWORK_NEXT,
    NETWORK_BEFORE,
];
