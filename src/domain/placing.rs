//! Where a meeting goes that the rhythm puts on a day on which one of the two does not work.
//!
//! Owns: "the next working day at the same time; skipped when that collides with the next meeting". Must not: know the
//! rhythm or what is kept; the rhythm goes on from the slot, not from where the meeting was put, so that nothing drifts.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::working_time::{WorkingTime, instant};

/// Days looked at for a place; a meeting put off for longer is better left out.
const LOOKED_AT: usize = 60;

/// What becomes of a slot of the rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// The meeting is then: at the slot itself, or later on a working day of both.
    At(DateTime<Utc>),
    /// There is no meeting for this slot.
    Skipped,
}

/// Places a slot of a rhythm whose wall clock is that of `zone`; `next` is the rhythm's slot after it, if there is one.
///
/// Days of the week are those of the rhythm's own calendar: it is the day the two agreed on, even where it is Saturday
/// already for one of them. Days off are everybody's own, on their own calendar.
///
/// A meeting never comes on the day of the next slot or later. So meetings keep the order of their slots, and no two of
/// them fall on one day, whatever days are off.
pub fn placed(slot: DateTime<Utc>, next: Option<DateTime<Utc>>, zone: Tz, both: [&WorkingTime; 2]) -> Placed {
    let local = slot.with_timezone(&zone).naive_local();
    let next_date = next.map(|next| next.with_timezone(&zone).date_naive());
    let candidates = std::iter::successors(Some(local.date()), NaiveDate::succ_opt).take(LOOKED_AT);
    for (days_later, date) in candidates.enumerate() {
        if days_later > 0 && next_date.is_some_and(|next| date >= next) {
            return Placed::Skipped;
        }
        let at = if days_later == 0 { slot } else { instant(zone, date.and_time(local.time())) };
        if both.iter().all(|one| is_fine(one, date, at)) {
            return Placed::At(at);
        }
    }
    Placed::Skipped
}

/// Whether somebody works at the day of a meeting.
fn is_fine(one: &WorkingTime, date: NaiveDate, at: DateTime<Utc>) -> bool {
    use chrono::Datelike as _;
    let own_date = at.with_timezone(&one.zone).date_naive();
    one.days.contains(&date.weekday()) && !one.days_off.contains(own_date)
}
