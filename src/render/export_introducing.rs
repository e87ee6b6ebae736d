//! In an export: what somebody did and was asked about other people's asks, for machines and for reading.
//!
//! Owns: which of it. Must not: tell what became of whom they named, or what the askers wrote: that is theirs.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::introducing::Introduced;
use crate::domain::introductions::{Nomination, Nominee};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders_introduction::{IntroductionOfPeople, RequestOfIntroduction};

fn asker(of: &IntroductionOfPeople) -> &str {
    of.asker().map_or("somebody", |asker| asker.name.as_str())
}

fn nominee<'a>(of: &'a IntroductionOfPeople, nomination: &'a Nomination) -> (&'a str, Option<&'a str>) {
    match &nomination.nominee {
        Nominee::Person(id) => (of.person(*id).map_or("somebody", |person| person.name.as_str()), None),
        Nominee::Outside { name, email } => (name.reveal(), Some(email.reveal())),
    }
}

fn named(ask: &RequestOfIntroduction) -> Vec<Value> {
    let of = &ask.of;
    let one = |nomination: &Nomination| {
        let (name, email) = nominee(of, nomination);
        json!({
            "name": name, "e_mail": email, "line": nomination.note.as_ref().map(PrivateText::reveal),
            "named_at": nomination.nominated_at,
        })
    };
    of.introduction.named_by(ask.request.id).map(one).collect()
}

/// For machines.
pub fn json(introduced: &Introduced) -> Value {
    json!({
        "asked_at_most_a_month": introduced.most_a_month,
        "requests": introduced.requests.iter().map(|ask| json!({
            "asker": asker(&ask.of), "asked_at": ask.request.asked_at,
            "state": ask.of.introduction.as_holder_knows(&ask.request).word(), "named": named(ask),
        })).collect::<Vec<_>>(),
        "questions": introduced.nominations.iter().map(|named| json!({
            "asker": asker(&named.of), "asked_at": named.nomination.asked_at,
            "state": named.of.introduction.as_nominee_knows(&named.nomination).word(),
        })).collect::<Vec<_>>(),
    })
}

/// A line, and below it what they wrote, with a label each.
pub type Entry = (String, Vec<(&'static str, PrivateText)>);

/// For reading; `at` writes a moment.
pub fn entries(introduced: &Introduced, at: impl Fn(DateTime<Utc>) -> String) -> Vec<Entry> {
    let plain = |word: &str| word.replace('_', " ");
    let mut entries: Vec<Entry> = Vec::new();
    if let Some(most) = introduced.most_a_month {
        entries.push((format!("You are asked to be introduced at most {most} times a month."), Vec::new()));
    }
    for ask in &introduced.requests {
        let state = plain(ask.of.introduction.as_holder_knows(&ask.request).word());
        let line =
            format!("{} asked you for somebody to talk to, {}: {state}", asker(&ask.of), at(ask.request.asked_at));
        entries.push((line, Vec::new()));
        for nomination in ask.of.introduction.named_by(ask.request.id) {
            let (name, email) = nominee(&ask.of, nomination);
            let email = email.map(|email| format!(" ({email})")).unwrap_or_default();
            let written = nomination.note.clone().map(|note| ("Your line", note));
            entries.push((
                format!("You named {name}{email}, {}", at(nomination.nominated_at)),
                written.into_iter().collect(),
            ));
        }
    }
    for named in &introduced.nominations {
        let state = plain(named.of.introduction.as_nominee_knows(&named.nomination).word());
        let asked = named.nomination.asked_at.map(&at).unwrap_or_default();
        let line = format!("You were asked to be introduced to {}, {asked}: {state}", asker(&named.of));
        entries.push((line, Vec::new()));
    }
    entries
}
