//! Slack's date tokens in a reader's own time zone. Only formatting.

use chrono::{DateTime, Datelike, Utc};

use super::eye::Eye;

/// Fills a format such as `{date_short_pretty} at {time}`; `None` when the moment is out of range.
pub(crate) fn date(timestamp: i64, format: &str, eye: &Eye) -> Option<String> {
    let moment = DateTime::<Utc>::from_timestamp(timestamp, 0)?;
    let mut out = String::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((token, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        out.push_str(&filled(token, moment, eye));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn filled(token: &str, moment: DateTime<Utc>, eye: &Eye) -> String {
    if let Some(plain) = token.strip_suffix("_pretty") {
        return relative_day(moment, eye).map_or_else(|| filled(plain, moment, eye), str::to_owned);
    }
    let local = moment.with_timezone(&eye.zone);
    let ordinal = ordinal(local.day());
    match token {
        "date_num" => local.format("%Y-%m-%d").to_string(),
        "date_slash" => local.format("%m/%d/%Y").to_string(),
        "date_long" => local.format(&format!("%A, %B {ordinal}, %Y")).to_string(),
        "date_long_full" => local.format("%A, %B %-d, %Y").to_string(),
        "date" | "day_divider" => local.format(&format!("%B {ordinal}, %Y")).to_string(),
        "date_short" => local.format("%b %-d, %Y").to_string(),
        "time" => local.format("%-I:%M %p").to_string(),
        "time_secs" => local.format("%-I:%M:%S %p").to_string(),
        "ago" => ago(moment, eye.now),
        unknown => format!("{{{unknown}}}"),
    }
}

fn relative_day(moment: DateTime<Utc>, eye: &Eye) -> Option<&'static str> {
    let day = moment.with_timezone(&eye.zone).date_naive();
    let today = eye.now.with_timezone(&eye.zone).date_naive();
    match (day - today).num_days() {
        -1 => Some("yesterday"),
        0 => Some("today"),
        1 => Some("tomorrow"),
        _ => None,
    }
}

fn ordinal(day: u32) -> String {
    let suffix = match (day % 10, day % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{suffix}")
}

fn ago(moment: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (now - moment).num_seconds();
    let (count, unit) = match seconds.abs() {
        0..60 => (seconds.abs(), "second"),
        60..3600 => (seconds.abs() / 60, "minute"),
        3600..86_400 => (seconds.abs() / 3600, "hour"),
        _ => (seconds.abs() / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds < 0 { format!("in {count} {unit}{plural}") } else { format!("{count} {unit}{plural} ago") }
}
