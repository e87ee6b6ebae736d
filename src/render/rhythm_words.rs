//! Rhythms, their dates and pauses in words.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pairs::PairState;
use crate::domain::people::Person;
use crate::domain::rhythm::{Frequency, Regular, Rhythm};
use crate::render::words::{mention, ordinal, weekday, when};
use crate::slack::blocks::Markup;

/// "every week on Thursday at 10:00, 30 minutes, on the clock of America/New_York".
pub fn in_full(rhythm: &Rhythm) -> Markup {
    let often = match (rhythm.as_regular(), rhythm.as_expression()) {
        (Some(Regular { frequency, day, time }), _) => {
            let often = match frequency {
                Frequency::Weekly => Markup::words("every week on ").and(weekday(day)),
                Frequency::EveryTwoWeeks => Markup::words("every two weeks on ").and(weekday(day)),
                Frequency::Monthly(week) => {
                    Markup::words("every month on the ").and(ordinal(week)).and(" ").and(weekday(day))
                }
                Frequency::EveryTwoMonths(week) => {
                    Markup::words("every two months on the ").and(ordinal(week)).and(" ").and(weekday(day))
                }
            };
            often.and(" at ").text(&time.format("%H:%M").to_string())
        }
        (None, Some(expression)) => Markup::words("by the expression `").text(expression).and("`"),
        (None, None) => Markup::words("by a calendar of its own"),
    };
    let length = often.and(", ").number(usize::from(rhythm.length_minutes)).and(" minutes");
    length.and(", on the clock of ").text(rhythm.zone.name())
}

/// A line for each date.
pub fn dates(dates: &[DateTime<Utc>]) -> Markup {
    dates.iter().fold(Markup::default(), |lines, at| lines.and("\n• ").piece(&when(*at)))
}

/// "Sunday, 3 January 2027".
pub fn day(day: NaiveDate) -> String {
    day.format("%A, %-d %B %Y").to_string()
}

/// "paused by you until Sunday, 3 January 2027", by each who paused; nothing while the two meet.
pub fn paused(pair: &PairOverview, me: &Person, now: DateTime<Utc>) -> Option<Markup> {
    if pair.of.pair.state != PairState::Paused {
        return None;
    }
    let mut line = Markup::words("paused");
    let halves = [me, pair.of.other(me.id)];
    let standing = halves.into_iter().filter_map(|person| pair.pauses.of(person, now).map(|pause| (person, pause)));
    for (number, (person, pause)) in standing.enumerate() {
        line = line.and(if number == 0 { " by " } else { ", and by " });
        line = if person.id == me.id { line.and("you") } else { line.piece(&mention(person)) };
        line = line.and(" until ").text(&day(pause.until));
    }
    Some(line)
}

/// What is said about the agenda of a pair that does not meet at the moment.
pub fn waits(pair: &PairOverview, overview: &Overview, now: DateTime<Utc>) -> Markup {
    let line = Markup::words("Your meetings with ").piece(&mention(pair.of.other(overview.me.id)));
    let line = match paused(pair, &overview.me, now) {
        Some(paused) => line.and(" are ").piece(&paused),
        None => line.and(" have no date yet"),
    };
    line.and(". What stands on your agenda waits; `").text("/mentor agenda <text>").and("` puts something there.")
}
