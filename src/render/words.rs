//! Phrases that several screens share.

use chrono::{DateTime, Utc, Weekday};

use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::leaving::SOMEBODY_WHO_LEFT;
use crate::domain::pairs::{PairKind, PairOfPeople};
use crate::domain::people::Person;
use crate::domain::rhythm::{Frequency, Regular, Rhythm, WeekOfMonth};
use crate::slack::blocks::{DateStyle, Markup, escaped};

/// What somebody is asked for, by the kind of pair.
pub const fn the_ask(kind: PairKind) -> &'static str {
    match kind {
        PairKind::InOrg => "30–45 minutes every week; the mentee prepares, you react.",
        PairKind::External => "30–45 minutes every month; the mentee prepares, you react.",
        PairKind::Peer => "30–45 minutes every two weeks; you both prepare, and each reacts to the other.",
    }
}

/// What somebody asks who would like to begin, by the kind of pair; follows their name.
pub const fn asks(kind: PairKind) -> &'static str {
    match kind {
        PairKind::InOrg => " would like you as a mentor.",
        PairKind::External => " would like you as an outside mentor.",
        PairKind::Peer => " would like you two to be peers: you help each other.",
    }
}

/// "1 part", "4 parts".
pub fn counted(count: usize, one: &'static str, many: &'static str) -> Markup {
    Markup::default().number(count).and(" ").and(if count == 1 { one } else { many })
}

/// "Tuesday".
pub const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// Somebody's name for a notification text, which Slack reads as mrkdwn, too.
pub fn name(person: &Person) -> String {
    escaped(&person.name)
}

/// "@ada", as Slack shows a mention; the name of somebody whom Slack does not know.
pub fn mention(person: &Person) -> Markup {
    if person.is_forgotten() {
        return Markup::words(SOMEBODY_WHO_LEFT);
    }
    if person.is_contact() {
        return Markup::default().text(&person.name);
    }
    Markup::default().mention(&person.slack.user_id)
}

/// The same at the beginning of a sentence.
pub fn subject(person: &Person) -> Markup {
    if person.is_forgotten() { Markup::words("Somebody who left") } else { mention(person) }
}

/// "you mentor @ada", "@grace mentors you", "@marie is your outside mentor" or "you and @ada are peers", for one of the two.
pub fn relationship(of: &PairOfPeople, me: &Person) -> Markup {
    let outside = of.pair.kind == PairKind::External;
    if of.pair.is_of_peers() {
        Markup::words("You and ").piece(&mention(of.other(me.id))).and(" are peers")
    } else if of.pair.mentor == me.id {
        Markup::words("You mentor ").piece(&mention(&of.mentee)).and(if outside { " from outside" } else { "" })
    } else {
        mention(&of.mentor).and(if outside { " is your outside mentor" } else { " mentors you" })
    }
}

/// "every week, 45 minutes".
pub fn rhythm(rhythm: &Rhythm) -> Markup {
    let often = match rhythm.as_regular() {
        Some(Regular { frequency: Frequency::Weekly, .. }) => Markup::words("every week"),
        Some(Regular { frequency: Frequency::EveryTwoWeeks, .. }) => Markup::words("every two weeks"),
        Some(Regular { frequency: Frequency::Monthly(week), day, .. }) => {
            Markup::words("every month, the ").and(ordinal(week)).and(" ").and(weekday(day))
        }
        Some(Regular { frequency: Frequency::EveryTwoMonths(week), day, .. }) => {
            Markup::words("every two months, the ").and(ordinal(week)).and(" ").and(weekday(day))
        }
        None => Markup::words("by a calendar of its own"),
    };
    often.and(", ").number(usize::from(rhythm.length_minutes)).and(" minutes")
}

/// "first".
pub const fn ordinal(week: WeekOfMonth) -> &'static str {
    match week {
        WeekOfMonth::First => "first",
        WeekOfMonth::Second => "second",
        WeekOfMonth::Third => "third",
        WeekOfMonth::Fourth => "fourth",
    }
}

/// A moment in the reader's own zone.
pub fn when(at: DateTime<Utc>) -> Markup {
    Markup::default().date(at, DateStyle::LongDayAndTime)
}

/// "2 homework items", or nothing when there are none.
pub fn homework_count(count: usize) -> Option<Markup> {
    (count > 0).then(|| counted(count, "homework item", "homework items"))
}

/// Where a piece of homework stands and since when, for the line below it.
pub fn homework_state(homework: &Homework, owner: &Person) -> Markup {
    let state = match homework.state {
        HomeworkState::Open => " · open",
        HomeworkState::Returned => " · returned, to be talked about",
        HomeworkState::Reviewed => " · reviewed",
        HomeworkState::Dropped => " · dropped",
    };
    let line = mention(owner).and(state).and(" · since ").date(homework.set_at, DateStyle::LongDay);
    let line = match homework.carried {
        0 => line,
        1 => line.and(" · carried once"),
        2 => line.and(" · carried twice"),
        times => line.and(" · carried ").number(times).and(" times"),
    };
    match homework.due_on {
        Some(day) => line.and(" · due ").text(&day.format("%a %-d %b").to_string()),
        None => line,
    }
}

/// A name as long as a choice of several takes.
pub fn short(name: &str) -> String {
    name.chars().take(70).collect()
}
