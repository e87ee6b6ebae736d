//! Reads a rhythm out of a form.

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::domain::rhythm::{Regular, Rhythm};
use crate::render::rhythm_inputs::{DAY, FREQUENCY, LENGTH, TIME, frequency};
use crate::slack::inbound::FormState;
use crate::surfaces::answer::Answer;

/// The rhythm somebody chose, on their own clock, counted from today; or what to say at which field.
///
/// # Errors
/// The answer that names the field and says what is wrong with it.
pub fn read(form: &FormState, days: &[Weekday], zone: Tz, now: DateTime<Utc>) -> Result<Rhythm, Box<Answer>> {
    let wrong = |field, words: &str| Box::new(Answer::error(field, words));
    let frequency =
        form.choice(FREQUENCY).and_then(frequency).ok_or_else(|| wrong(FREQUENCY, "Choose how often you meet."))?;
    let day = form.choice(DAY).and_then(|word| word.parse::<Weekday>().ok()).filter(|day| days.contains(day));
    let day = day.ok_or_else(|| wrong(DAY, "Choose a working day."))?;
    let time = form.time(TIME).and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok());
    let time = time.ok_or_else(|| wrong(TIME, "Choose a time of day, such as 10:00."))?;
    let length = length(form)?;
    let today = now.with_timezone(&zone).date_naive();
    Rhythm::regular(Regular { frequency, day, time }, today, zone, length)
        .map_err(|refused| wrong(LENGTH, &refused.to_string()))
}

/// The length somebody chose, in minutes; whatever is too long is refused with the reason, however it came there.
///
/// # Errors
/// The answer at that field when nothing was chosen.
pub fn length(form: &FormState) -> Result<u16, Box<Answer>> {
    let chosen = form.choice(LENGTH).and_then(|minutes| minutes.parse::<u64>().ok());
    let chosen = chosen.ok_or_else(|| Box::new(Answer::error(LENGTH, "Choose how long you meet.")))?;
    Ok(u16::try_from(chosen).unwrap_or(u16::MAX))
}
