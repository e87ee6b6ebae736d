//! What people read: domain values into blocks and text. Pure; looks nothing up, decides nothing.

pub mod accept_form;
pub mod agenda_form;
pub mod agenda_messages;
pub mod ask_form;
pub mod change_forms;
pub mod controls;
pub mod goal_form;
pub mod goal_list;
pub mod help;
pub mod home;
pub mod homework_forms;
pub mod homework_list;
pub mod homework_messages;
pub mod meeting_form;
pub mod meeting_messages;
pub mod pair_messages;
pub mod park_form;
pub mod parked;
pub mod part_words;
pub mod point_form;
pub mod rhythm_inputs;
pub mod status;
pub mod waiting;
pub mod win_form;
pub mod win_messages;
pub mod words;
