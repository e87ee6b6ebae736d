//! Callback ids of the shortcuts in the manifest.

/// On a message: put it on the next agenda.
pub const ADD_TO_AGENDA: &str = "add_to_agenda";
/// On a message: put whoever wrote it on one's own network.
pub const ADD_TO_NETWORK: &str = "add_to_network";
/// Everywhere: log a win.
pub const LOG_A_WIN: &str = "log_a_win";
/// Everywhere: ask whom one can talk to.
pub const WHO: &str = "who_can_i_talk_to";
