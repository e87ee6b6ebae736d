//! Callback ids of the forms that can be submitted.

/// Ask somebody to be one's mentor.
pub const ASK: &str = "ask_mentor";
/// Accept, with a rhythm.
pub const ACCEPT: &str = "accept_pair";
/// The five parts.
pub const AGENDA: &str = "prepare_agenda";
/// After a meeting.
pub const WE_MET: &str = "we_met";

/// Another time for one meeting.
pub const MOVE: &str = "move_meeting";
/// One meeting is left out.
pub const LEAVE_OUT: &str = "leave_out_meeting";

/// Put a message on the next agenda.
pub const PARK: &str = "add_to_agenda";
/// Add a point as a mentor.
pub const ADD_POINT: &str = "add_point";

/// What was found out about homework.
pub const RETURN_HOMEWORK: &str = "return_homework";
/// A piece of homework.
pub const ADD_HOMEWORK: &str = "add_homework";
/// A new goal.
pub const SET_GOAL: &str = "set_goal";
/// A goal that is changed.
pub const EDIT_GOAL: &str = "edit_goal";
/// A win.
pub const LOG_WIN: &str = "log_win";

/// What somebody sets for themselves.
pub const SETTINGS: &str = "my_settings";
/// Ask the other of a pair to become peers.
pub const BECOME_PEERS: &str = "become_peers";
/// Another rhythm.
pub const RHYTHM: &str = "change_rhythm";
/// A pause.
pub const PAUSE: &str = "pause_pair";
/// Which pause to take back.
pub const RESUME: &str = "resume_pair";
/// Sign one version of the agreement.
pub const SIGN_AGREEMENT: &str = "sign_agreement";
/// Write the next version of it.
pub const AGREEMENT: &str = "edit_agreement";
/// Carry on, with the next review date.
pub const CARRY_ON: &str = "carry_on";
/// Finish, with a few words.
pub const FINISH: &str = "finish_pair";
/// What somebody says about themselves.
pub const PROFILE: &str = "profile";
/// What a mentor asks before answering.
pub const INQUIRE: &str = "tell_me_more";
/// What the mentee answers.
pub const ANSWER_INQUIRY: &str = "answer_inquiry";
/// Whom a mentor suggests instead.
pub const SUGGEST_ELSE: &str = "suggest_else";
/// Which manager is asked for a suggestion.
pub const ASK_MANAGER: &str = "ask_manager";
/// Whom a manager suggests.
pub const SUGGEST: &str = "manager_suggests";

/// What is searched for.
pub const FIND: &str = "find";
/// Be forgotten.
pub const FORGET: &str = "forget_me";

/// Add a mentor who has only an e-mail address.
pub const ADD_OUTSIDE: &str = "add_outside";
/// Where letters to such a mentor go.
pub const OUTSIDE_ADDRESS: &str = "outside_address";
/// Words that mean the same.
pub const ALIASES: &str = "topic_aliases";

/// What somebody would like to talk about; nothing is sent yet.
pub const ASK_AROUND: &str = "ask_around";
/// Send what the screen shows to mentors and peers.
pub const SEND_ASK: &str = "send_ask";
/// What came of an ask.
pub const WE_TALKED: &str = "we_talked";

/// Name somebody for an ask.
pub const NOMINATE: &str = "nominate";

/// Put somebody on one's own network.
pub const ADD_TO_NETWORK: &str = "add_to_network";
/// What was noted of somebody on it.
pub const NETWORK_ENTRY: &str = "network_entry";

/// Every form there is.
pub const ALL: &[&str] = &[
    ASK,
    ACCEPT,
    AGENDA,
    WE_MET,
    MOVE,
    LEAVE_OUT,
    PARK,
    ADD_POINT,
    RETURN_HOMEWORK,
    ADD_HOMEWORK,
    SET_GOAL,
    EDIT_GOAL,
    LOG_WIN,
    SETTINGS,
    BECOME_PEERS,
    RHYTHM,
    PAUSE,
    RESUME,
    SIGN_AGREEMENT,
    AGREEMENT,
    CARRY_ON,
    FINISH,
    PROFILE,
    INQUIRE,
    ANSWER_INQUIRY,
    SUGGEST_ELSE,
    ASK_MANAGER,
    SUGGEST,
    FIND,
    FORGET,
    ADD_OUTSIDE,
    OUTSIDE_ADDRESS,
    ALIASES,
    ASK_AROUND,
    SEND_ASK,
    WE_TALKED,
    NOMINATE,
    ADD_TO_NETWORK,
    NETWORK_ENTRY,
];
