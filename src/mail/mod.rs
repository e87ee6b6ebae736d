//! What leaves Slack, calendar files and links, and calendar files that come in.
//!
//! Texts made of values, and values made of texts. Letters travel from here, too (`smtp`); how everything else does is
//! somebody else's matter.

pub mod calendar_links;
pub mod holiday_calendar;
pub mod ics;
pub mod letter;
pub mod office;
pub mod smtp;
