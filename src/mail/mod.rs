//! What leaves Slack, calendar files and links, and calendar files that come in.
//!
//! Pure: texts made of values, and values made of texts. How they travel is somebody else's matter.

pub mod calendar_links;
pub mod holiday_calendar;
pub mod ics;
pub mod letter;
pub mod smtp;
