//! Asks in an export, for machines and for reading: what their asker wrote and may know of what became of it.
//!
//! Owns: which of it. Must not: tell who was asked and what they answered.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::introductions::FollowUp;
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::IntroductionOfPeople;

fn met(of: &IntroductionOfPeople) -> Option<&str> {
    let nominee = of.introduction.found()?.nominee.person()?;
    of.person(nominee).map(|person| person.name.as_str())
}

/// The asker's own mentor who stands in between.
fn through(of: &IntroductionOfPeople) -> Option<&str> {
    let link = of.introduction.links().first().copied()?;
    of.person(link).map(|person| person.name.as_str())
}

/// One ask for machines.
pub fn json(of: &IntroductionOfPeople) -> Value {
    let ask = &of.introduction;
    let text = |text: &Option<PrivateText>| text.as_ref().map(|text| text.reveal().to_owned());
    json!({
        "topic": of.text.topic.reveal(),
        "why": text(&of.text.why),
        "what_would_help": text(&of.text.would_help),
        "in_return": text(&of.text.give_back),
        "may_be_passed_on": ask.may_pass_on,
        "asked_at": ask.asked_at,
        "answer_by": ask.answer_by,
        "ended_at": ask.ended_at,
        "state": ask.state.word(),
        "met": met(of),
        "through": through(of),
        "follow_up": ask.follow_up.map(|(answer, _)| answer.word()),
        "followed_up_at": ask.follow_up.map(|(_, at)| at),
        "what_came_of_it": text(&of.came_of_it),
    })
}

/// When it was asked and what became of it, for reading; `at` writes a moment.
pub fn line(of: &IntroductionOfPeople, at: impl Fn(DateTime<Utc>) -> String) -> String {
    let ask = &of.introduction;
    let mut line = format!("Asked {}, {}", at(ask.asked_at), ask.state.word());
    for (between, name) in [(" ", met(of)), (" through ", through(of))] {
        line.extend(name.into_iter().flat_map(|name| [between, name]));
    }
    match ask.follow_up {
        Some((FollowUp::Talked, _)) => line.push_str("; you talked"),
        Some((FollowUp::NotYet, _)) => line.push_str("; you have not talked yet"),
        Some((FollowUp::NoLongerNeeded, _)) => line.push_str("; no longer needed"),
        None => {}
    }
    line
}

/// What its asker wrote, each with its label.
pub fn written(of: &IntroductionOfPeople) -> [(&'static str, Option<&PrivateText>); 5] {
    [
        ("Topic", Some(&of.text.topic)),
        ("Why", of.text.why.as_ref()),
        ("What would help", of.text.would_help.as_ref()),
        ("In return", of.text.give_back.as_ref()),
        ("What came of it", of.came_of_it.as_ref()),
    ]
}
