//! The form with which a mentor accepts: weekday, time and length.

use chrono::{NaiveTime, Weekday};
use serde_json::Value;

use crate::domain::pairs::PairOfPeople;
use crate::render::controls::forms;
use crate::render::words::{mention, weekday};
use crate::slack::blocks::{
    Blocks, Input, Markup, choice, context, modal, plain, radio_input, section, select_input, time_input,
};

/// The day of the week, as chrono's three letters.
pub const DAY: &str = "weekday";
/// The time of day, HH:MM.
pub const TIME: &str = "time";
/// Minutes.
pub const LENGTH: &str = "length";

/// The day that is filled in: neither a Monday, which begins weeks, nor a Friday, which ends them.
const USUAL_DAY: &str = "Tue";

/// The lengths that can be chosen, in minutes; never over an hour.
pub const LENGTHS: [u16; 3] = [30, 45, 60];

const fn input(field: &'static str, label: &'static str) -> Input<'static> {
    Input { field, label, hint: None, optional: false }
}

/// The form, with the usual rhythm filled in; `days` are the programme's working days.
pub fn open(of: &PairOfPeople, days: &[Weekday]) -> Value {
    let days: Vec<_> = days.iter().map(|day| choice(weekday(*day), day.to_string())).collect();
    let lengths = LENGTHS.map(|minutes| choice(format!("{minutes} minutes"), minutes.to_string()));
    let mut blocks: Blocks = vec![section(&mention(&of.mentee).and(" wants to work on:"))];
    blocks.extend(plain(of.pair.aim.reveal()));
    blocks.push(select_input(input(DAY, "Weekday"), &days, USUAL_DAY));
    blocks.push(time_input(input(TIME, "Time"), NaiveTime::MIN + chrono::TimeDelta::hours(10)));
    blocks.push(radio_input(input(LENGTH, "Length"), &lengths, "45"));
    let zones = Markup::words("Every week, on your clock (").text(of.mentor.zone().name()).and(").");
    let zones = if of.mentor.zone() == of.mentee.zone() {
        zones
    } else {
        zones.and(" ").piece(&mention(&of.mentee)).and(" is on ").text(of.mentee.zone().name()).and(" time.")
    };
    blocks.push(context(&zones));
    modal(forms::ACCEPT, "Accept", Some("Accept"), of.pair.id.to_string(), blocks)
}
