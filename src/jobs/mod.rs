//! What time does: each job is a `tick`, apart from the loop that repeats it.
//!
//! Planning decides what is owed; delivering says it, once; showing keeps screens true; doubt looks before it speaks again.

pub mod ahead;
pub mod channels;
pub mod chart_of_profiles;
pub mod deliver;
pub mod departures;
pub mod doubt;
pub mod draw;
pub mod draw_agreement;
pub mod draw_asking;
pub mod draw_introductions;
pub mod draw_letters;
pub mod draw_names_meet;
pub mod draw_rhythm;
pub mod exports;
pub mod files;
pub mod forgetting;
pub mod groups;
pub mod holiday_source;
pub mod holidays;
pub mod import_pairs;
pub mod learn;
pub mod letters;
pub mod look_further;
pub mod outside_letters;
pub mod outsiders;
pub mod place;
pub mod plan;
pub mod plan_asking;
pub mod plan_introductions;
pub mod plan_peers;
pub mod plan_rhythm;
pub mod receipts;
pub mod recover;
pub mod rule_one;
pub mod run;
pub mod show;
pub mod speaker;
pub mod sync_directory;
pub mod take_over;
pub mod tidy;
pub mod together;
pub mod topics;
pub mod watch;
