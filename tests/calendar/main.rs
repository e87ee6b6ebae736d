//! Calendar sense: working time, days off, dates as people write them, calendar files.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod dates;
mod holiday_calendar;
mod ics;
mod ics_series;
mod off_ranges;
mod placing;
mod support;
mod working_time;
