//! The form in which people set when they work, when they are off, and how long ahead they are told.

use chrono::{NaiveDate, Weekday};
use serde_json::Value;

use crate::domain::leads::{LONGEST_LEAD, STARTING_SOON};
use crate::domain::people::Person;
use crate::domain::settings::OffRange;
use crate::domain::working_time::WorkingTime;
use crate::render::controls::forms;
use crate::render::words::weekday;
use crate::slack::blocks::{
    Block, Blocks, Choice, Input, Markup, checkbox_input, choice, context, modal, select_input, text_input, time_input,
};

/// Days of the week, as chrono's three letters.
pub const DAYS: &str = "working_days";
/// Beginning of a working day, HH:MM.
pub const FROM: &str = "works_from";
/// End of a working day, HH:MM.
pub const UNTIL: &str = "works_until";
/// Days off, one range a line.
pub const DAYS_OFF: &str = "days_off";
/// Working days ahead at which the agenda is asked for, or [`USUAL`].
pub const AGENDA_DAYS: &str = "agenda_days";
/// Working days ahead at which a mentor is told of the agenda, or [`USUAL`].
pub const NOTICE_DAYS: &str = "notice_days";
/// Minutes ahead at which somebody is told that a meeting starts, or [`USUAL`].
pub const STARTING_SOON_MINUTES: &str = "starting_soon";

/// As the programme has it.
pub const USUAL: &str = "usual";

/// Days of the week in their order.
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// The form with what holds for somebody now.
pub fn draw(me: &Person, programme: &WorkingTime, today: NaiveDate) -> Value {
    let working = me.working_time(programme);
    let input = |field, label, hint| Input { field, label, hint, optional: false };
    let days: Vec<Choice> = WEEK.iter().map(|day| choice(weekday(*day), day.to_string())).collect();
    let ticked: Vec<String> = working.days.iter().map(ToString::to_string).collect();
    let off: Vec<String> = me.settings.days_off_from(today).map(written).collect();
    let hint = "A day or a range a line, such as 24 December – 2 January. Only you see them; your meetings move.";
    let clock = Markup::words("Hours are on your own clock (").text(me.zone().name()).and("), which Slack tells me.");
    let blocks: Blocks = vec![
        checkbox_input(input(DAYS, "Working days", None), &days, &ticked),
        time_input(input(FROM, "From", None), working.from),
        time_input(input(UNTIL, "Until", None), working.until),
        context(&clock),
        text_input(Input { optional: true, ..input(DAYS_OFF, "Days off", Some(hint)) }, None, Some(&off.join("\n"))),
        leads(me, programme),
        notice(me, programme),
        starting_soon(me, programme),
    ];
    modal(forms::SETTINGS, "My settings", Some("Save"), String::new(), blocks)
}

/// A range as it is written in the form, with its years: it is read back as the same days.
pub fn written(range: OffRange) -> String {
    let day = |day: NaiveDate| day.format("%-d %B %Y").to_string();
    if range.first == range.last { day(range.first) } else { format!("{} – {}", day(range.first), day(range.last)) }
}

fn leads(me: &Person, programme: &WorkingTime) -> Block {
    let usual = programme.leads;
    let words = match (usual.agenda_days, usual.external_agenda_days) {
        (days, external) if days == external => format!("As usual here: {}", ahead(days)),
        (days, external) => format!("As usual here: {}, {external} for mentors from outside", ahead(days)),
    };
    let input = Input { field: AGENDA_DAYS, label: "Ask me for the agenda", hint: None, optional: false };
    days_input(input, words, me.settings.agenda_days)
}

fn notice(me: &Person, programme: &WorkingTime) -> Block {
    let words = format!("As usual here: {}", ahead(programme.leads.notice_days));
    let hint = "When you are the mentor.";
    let input = Input { field: NOTICE_DAYS, label: "Show me the agenda", hint: Some(hint), optional: false };
    days_input(input, words, me.settings.notice_days)
}

fn days_input(input: Input<'_>, usual: String, chosen: Option<u32>) -> Block {
    let own = (1..=LONGEST_LEAD).map(|days| choice(capital(&ahead(days)), days.to_string()));
    let choices: Vec<Choice> = std::iter::once(choice(usual, USUAL)).chain(own).collect();
    select_input(input, &choices, &chosen.map_or_else(|| USUAL.to_owned(), |days| days.to_string()))
}

fn starting_soon(me: &Person, programme: &WorkingTime) -> Block {
    let usual = format!("As usual here: {}", before(programme.leads.starting_soon_minutes));
    let own = STARTING_SOON.iter().map(|minutes| choice(capital(&before(*minutes)), minutes.to_string()));
    let choices: Vec<Choice> = std::iter::once(choice(usual, USUAL)).chain(own).collect();
    let label = "Tell me that a meeting starts soon";
    let input = Input { field: STARTING_SOON_MINUTES, label, hint: None, optional: false };
    let chosen = me.settings.starting_soon_minutes;
    select_input(input, &choices, &chosen.map_or_else(|| USUAL.to_owned(), |minutes| minutes.to_string()))
}

/// "2 working days ahead".
pub(super) fn ahead(days: u32) -> String {
    if days == 1 { "1 working day ahead".to_owned() } else { format!("{days} working days ahead") }
}

fn before(minutes: u32) -> String {
    if minutes == 0 { "never".to_owned() } else { format!("{minutes} minutes before") }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
