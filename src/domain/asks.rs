//! What somebody types to ask whom they can talk to: what is an ask, what is none, and how long a way it has on Home.
//!
//! Owns: the limits of its words and when it is looked back on. Must not: know how many asks somebody may have, or who reads it.

use chrono::{DateTime, TimeDelta, Utc};

use super::identifiers::PersonId;
use super::introductions::{AskText, FollowUp, Introduction, RequestState};
use super::private_text::PrivateText;
use super::reminders_introduction::{FOLLOW_UP_AFTER, IntroductionOfPeople};
use super::topics::{NotATopic, Reason, Thesaurus, Topic, fit};

/// The most characters of what is said besides the topic, each.
pub const LONGEST: usize = 500;
/// The fewest letters and numbers of a topic that says something: "AI" does, "x" does not.
pub const FEWEST_LETTERS: usize = 2;
/// How long an ask that ended stays on Home.
pub const SHOWN_AFTER_ITS_END: TimeDelta = TimeDelta::days(30);

/// What is said besides the topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Besides {
    /// Why they ask.
    Why,
    /// What would help.
    WouldHelp,
    /// What they can give back.
    GiveBack,
}

/// What stands in the form, as it was typed. It is private: there is no `Debug`.
#[derive(Clone, Copy, Default)]
pub struct Typed<'a> {
    /// What it is about.
    pub topic: &'a str,
    /// Why they ask.
    pub why: &'a str,
    /// What would help.
    pub would_help: &'a str,
    /// What they can give back.
    pub give_back: &'a str,
}

/// Why something typed is no ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnAsk {
    /// The topic is none.
    Topic(NotATopic),
    /// The topic is a single letter.
    OneLetter,
    /// A mention of somebody stands where the topic should.
    APerson,
    /// Whoever asks stands where the topic should.
    Yourself,
    /// One of the others is too long.
    TooLong {
        /// Which.
        what: Besides,
        /// How many characters there are.
        characters: usize,
    },
}

/// Reads what was typed.
///
/// # Errors
/// Why it is no ask.
pub fn read(typed: Typed<'_>) -> Result<(Topic, AskText), NotAnAsk> {
    let topic = read_topic(typed.topic)?;
    let besides = |what, text: &str| {
        let text = PrivateText::typed(text);
        match text.as_ref().map_or(0, |text| text.reveal().chars().count()) {
            characters if characters > LONGEST => Err(NotAnAsk::TooLong { what, characters }),
            _ => Ok(text),
        }
    };
    let text = AskText {
        topic: PrivateText::kept(topic.as_str().to_owned()),
        why: besides(Besides::Why, typed.why)?,
        would_help: besides(Besides::WouldHelp, typed.would_help)?,
        give_back: besides(Besides::GiveBack, typed.give_back)?,
    };
    Ok((topic, text))
}

/// Reads what was typed as the topic.
///
/// # Errors
/// Why it is none.
pub fn read_topic(typed: &str) -> Result<Topic, NotAnAsk> {
    let said = typed.trim();
    if said.starts_with('@') && said.chars().nth(1).is_some_and(char::is_alphanumeric) || said.starts_with("<@") {
        return Err(NotAnAsk::APerson);
    }
    let topic = Topic::parse(typed).map_err(NotAnAsk::Topic)?;
    if ["me", "myself"].contains(&topic.as_str().to_lowercase().as_str()) {
        return Err(NotAnAsk::Yourself);
    }
    match topic.as_str().chars().filter(|letter| letter.is_alphanumeric()).count() {
        letters if letters < FEWEST_LETTERS => Err(NotAnAsk::OneLetter),
        _ => Ok(topic),
    }
}

/// Whether an ask is about the same topic: the same words, in whatever order, case or spelling of letters.
pub fn is_about(thesaurus: &Thesaurus, ask: &AskText, topic: &Topic) -> bool {
    let Ok(asked) = Topic::parse(ask.topic.reveal()) else { return false };
    fit(&thesaurus.read(topic), &thesaurus.read(&asked)).is_some_and(|fit| fit.reason == Reason::Same)
}

impl Introduction {
    /// Whether it stands on Home: while it is open, and for a while after.
    pub fn is_shown(&self, now: DateTime<Utc>) -> bool {
        self.ended_at.is_none_or(|ended_at| now < ended_at + SHOWN_AFTER_ITS_END)
    }

    /// Mentors who help, on the next agenda.
    pub fn helpers(&self) -> impl Iterator<Item = PersonId> {
        self.requests.iter().filter(|request| request.state == RequestState::Helping).map(|request| request.person)
    }

    /// Who hears what came of it: everybody who stood in between; whoever was met when nobody did.
    pub fn who_is_thanked(&self) -> Vec<PersonId> {
        let mut to = self.links();
        if to.is_empty() {
            to.extend(self.found().and_then(|found| found.nominee.person()));
        }
        to
    }
}

impl IntroductionOfPeople {
    /// Who may read what came of it, once the asker has said so.
    pub fn thanked(&self) -> Vec<PersonId> {
        match self.introduction.follow_up {
            Some((FollowUp::Talked, _)) => self.introduction.who_is_thanked(),
            _ => Vec::new(),
        }
    }

    /// Whether the asker is expected to say what came of it: from a week after its end on, and once more a week after "not yet".
    pub fn follow_up_waits(&self, now: DateTime<Utc>) -> bool {
        let Some(ended_at) = self.introduction.ended_at else { return false };
        let from = match self.introduction.follow_up {
            Some((FollowUp::NotYet, at)) if at >= ended_at + FOLLOW_UP_AFTER * 2 => return false,
            Some((FollowUp::NotYet, at)) => at + FOLLOW_UP_AFTER,
            _ => ended_at + FOLLOW_UP_AFTER,
        };
        self.awaits_follow_up() && now >= from && self.introduction.is_shown(now)
    }
}
