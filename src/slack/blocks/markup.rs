//! Slack's mrkdwn, built so that text from people can neither format, nor link, nor broadcast.
//!
//! Owns: escaping and the entities we write. Must not: take ready-made mrkdwn from anywhere.

use chrono::{DateTime, Utc};

/// How a moment is written; Slack shows it in the reader's own zone and language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// "today at 10:00", "Nov 24, 2026 at 10:00".
    DayAndTime,
    /// "Tuesday, November 24th, 2026 at 10:00".
    LongDayAndTime,
    /// "10:00".
    Time,
    /// "Nov 24, 2026".
    Day,
    /// "November 24th, 2026".
    LongDay,
}

impl DateStyle {
    const fn token(self) -> &'static str {
        match self {
            Self::DayAndTime => "{date_short_pretty} at {time}",
            Self::LongDayAndTime => "{date_long} at {time}",
            Self::Time => "{time}",
            Self::Day => "{date_short_pretty}",
            Self::LongDay => "{date}",
        }
    }

    const fn fallback(self) -> &'static str {
        match self {
            Self::DayAndTime | Self::LongDayAndTime => "%a %-d %b %Y, %H:%M UTC",
            Self::Time => "%H:%M UTC",
            Self::Day | Self::LongDay => "%a %-d %b %Y",
        }
    }
}

/// A piece of mrkdwn whose every part is known to be safe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Our own words: a literal, so never anything a person typed.
    pub fn words(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// Adds our own words.
    #[must_use]
    pub fn and(mut self, words: &'static str) -> Self {
        self.0.push_str(words);
        self
    }

    /// Adds text that may come from people, escaped.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.0.push_str(&escaped(text));
        self
    }

    /// Adds text that may come from people, escaped, in bold.
    #[must_use]
    pub fn bold(self, text: &str) -> Self {
        self.and("*").text(&text.replace('*', "")).and("*")
    }

    /// Adds a number.
    #[must_use]
    pub fn number(mut self, number: usize) -> Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// Adds a mention of somebody by user id. An id that is not one is shown as text.
    #[must_use]
    pub fn mention(self, user_id: &str) -> Self {
        if !user_id.is_empty() && user_id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            let mut this = self.and("<@");
            this.0.push_str(user_id);
            this.and(">")
        } else {
            self.text(user_id)
        }
    }

    /// Adds a mention of a channel by id. An id that is not one is shown as text.
    #[must_use]
    pub fn channel(self, channel_id: &str) -> Self {
        if !channel_id.is_empty() && channel_id.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            let mut this = self.and("<#");
            this.0.push_str(channel_id);
            this.and(">")
        } else {
            self.text(channel_id)
        }
    }

    /// Adds a moment, shown in the reader's own zone.
    #[must_use]
    pub fn date(mut self, at: DateTime<Utc>, style: DateStyle) -> Self {
        let fallback = at.format(style.fallback());
        self.0.push_str(&format!("<!date^{}^{}|{fallback}>", at.timestamp(), style.token()));
        self
    }

    /// Adds a link to an address that is known to be one, behind our own words.
    #[must_use]
    pub fn link(mut self, address: &str, words: &'static str) -> Self {
        self.0.push_str(&format!("<{}|{words}>", escaped(address).replace('|', "%7C")));
        self
    }

    /// Adds another piece.
    #[must_use]
    pub fn piece(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// The mrkdwn itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text from people for a place where mrkdwn is unavoidable: `& < >` escaped as Slack asks.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
