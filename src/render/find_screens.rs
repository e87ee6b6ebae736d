//! Finding a mentor, on screen: the form, who was found and why, and what to do when nobody was.
//!
//! An empty result says the same whoever was left out for whatever reason.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::domain::finding::{Found, NAMED_AT_FIRST, Named};
use crate::domain::org_chart::Departments;
use crate::domain::topics::{MOST_CHARACTERS, NotATopic, Topic};
use crate::render::controls::{ASK_MANAGER, ASK_THEM, GUIDE, MY_PROFILE, SHOW_MORE, forms};
use crate::render::words::{counted, mention};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Input, Markup, actions, context, line_input, message, modal, section, section_with,
};

/// What is searched for.
pub const TOPIC: &str = "topic";
/// Characters the field takes: more than a topic has, so that what is too long is answered and not cut.
const FIELD_TAKES: usize = 300;
/// Characters of something refused that are shown back.
const SHOWN_BACK: usize = 40;

/// A search as it was made, with what it found.
#[derive(Clone, Copy, Debug)]
pub struct Result<'a> {
    /// What was searched for; without it, what the profile says.
    pub topic: Option<&'a Topic>,
    /// What was found.
    pub found: &'a Found,
    /// Everybody found is shown, not only the first.
    pub all: bool,
    /// The time now.
    pub now: DateTime<Utc>,
}

/// The form.
pub fn form() -> Value {
    let topic = Input {
        field: TOPIC,
        label: "What would you like help with?",
        hint: Some("One topic, in your words. Left empty: what your profile says you want to grow in."),
        optional: true,
    };
    modal(forms::FIND, "Find a mentor", Some("Find"), String::new(), vec![line_input(topic, FIELD_TAKES, None)])
}

/// The result as an answer to a command.
pub fn answer(result: Result<'_>) -> Outgoing {
    // What was searched for stays out of the text that notifications may show.
    message("What I found".to_owned(), draw(result))
}

/// The result as a screen of its own.
pub fn screen(result: Result<'_>) -> Value {
    modal("found", "Find a mentor", None, String::new(), draw(result))
}

/// Why something typed is no topic.
pub fn why_not(typed: &str, reason: NotATopic) -> String {
    let shown: String = typed.chars().take(SHOWN_BACK).collect();
    match reason {
        NotATopic::TooLong { characters } => format!(
            "A topic has at most {MOST_CHARACTERS} characters, and this has {characters}; I read “{}…”. Say it in a few words, such as “{}”.",
            shown.trim_end(),
            shorter(typed)
        ),
        NotATopic::Empty | NotATopic::NoLetter => {
            format!("I find no word in “{shown}”. Say what you would like help with, such as “pricing”.")
        }
    }
}

/// The first few words of something too long, or an example.
fn shorter(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().take(3).collect();
    let few = words.join(" ");
    if few.chars().count() <= SHOWN_BACK { few } else { "pricing".to_owned() }
}

fn draw(result: Result<'_>) -> Blocks {
    match result.found {
        Found::People(people) => named(result, people),
        Found::NothingWanted => vec![
            section(&Markup::words(
                "What would you like help with? Type `/mentor find pricing`, with your own topic. Or say in your profile what you want to grow in: then `/mentor find` alone is enough.",
            )),
            actions([MY_PROFILE.primary_on("")]),
        ],
        Found::Nobody => nobody(result, "Nobody you could ask offers ", " yet."),
        Found::AllFull => {
            nobody(result, "Everybody you could ask who offers ", " mentors as many people as they can at present.")
        }
    }
}

fn named(result: Result<'_>, people: &[Named]) -> Blocks {
    let head = match result.topic {
        Some(topic) => Markup::words("Who could help with “").text(topic.as_str()).and("”:"),
        None => Markup::words("Who could help with what you want to grow in:"),
    };
    let shown = if result.all { people.len() } else { NAMED_AT_FIRST.min(people.len()) };
    let mut blocks: Blocks = vec![section(&head)];
    for named in &people[..shown] {
        blocks.push(section_with(&line(result, named), ASK_THEM.on(named.person.id)));
    }
    let more = (shown < people.len()).then(|| SHOW_MORE.on(result.topic.map(Topic::as_str).unwrap_or_default()));
    if people.len() > NAMED_AT_FIRST {
        blocks.push(context(&Markup::default().number(shown).and(" of ").number(people.len()).and(".")));
    }
    blocks.push(actions(more.into_iter().chain([ASK_MANAGER.on("")])));
    blocks
}

/// Who, why them, and what they say of themselves.
fn line(result: Result<'_>, named: &Named) -> Markup {
    let why = &named.why;
    let mut line = mention(&named.person).and(" offers ").text(&why.best.offered);
    line = match (result.topic.is_some(), why.best.is_in_other_words()) {
        (true, true) => line.and(" (you wrote ").text(&why.best.wanted).and(")"),
        (true, false) => line,
        (false, true) => line.and(" (you want to grow in ").text(&why.best.wanted).and(")"),
        (false, false) => line.and(", which you want to grow in"),
    };
    if let Some(also) = why.also.first() {
        line = line.and(" · helps with ").text(also).and(", too");
    }
    if let Some(theirs) = &why.gives_back {
        line = line.and(" · wants to grow in ").text(theirs).and(", which you offer");
    }
    if let Some(department) = &why.department {
        line = line.and(" · ").text(department).and(match why.departments {
            Departments::Different => ", another department",
            Departments::Same => ", your department",
            Departments::Unknown => "",
        });
    }
    line = match usize::from(why.hours_in_common) {
        0 => line.and(" · no working hours in common"),
        hours => line.and(" · ").piece(&counted(hours, "hour", "hours")).and(" of the day in common"),
    };
    line = line.and(" · room for ").number(why.room).and(" more");
    if let Some(last) = away_until(named, result.now) {
        line = line.and(" · away until ").text(&last.format("%-d %B").to_string());
    }
    match &named.about {
        Some(about) => line.and("\n").text(about),
        None => line,
    }
}

/// The last of the days off somebody has now.
fn away_until(named: &Named, now: DateTime<Utc>) -> Option<NaiveDate> {
    let today = now.with_timezone(&named.person.zone()).date_naive();
    let off = named.person.settings.days_off_from(today).find(|range| range.first <= today)?;
    Some(off.last)
}

fn nobody(result: Result<'_>, begins: &'static str, ends: &'static str) -> Blocks {
    let line = Markup::words(begins);
    let line = match result.topic {
        Some(topic) => line.and("“").text(topic.as_str()).and("”").and(ends),
        None => line.and("what you want to grow in").and(ends),
    };
    let line = match (result.found, result.topic) {
        (Found::AllFull, _) => line.and(" A place opens when one of their pairs finishes; look again in a few weeks."),
        (_, Some(topic)) if topic.as_str().chars().count() == 1 => {
            line.and(" One letter says little: write the whole word.")
        }
        _ => line,
    };
    let steps = Markup::words("What you can do:\n")
        .and("• Ask your manager whom you could ask; they are never told what comes of it.\n")
        .and("• Put it into your profile as something you want to grow in, and offer there what you know yourself.\n")
        .and("• Have a mentor already? Put the question on your next agenda: `")
        .text("/mentor ask <question>")
        .and("`.\n• Know somebody outside? `")
        .text("/mentor add external Name <e-mail>")
        .and("`.\n")
        .and("• See whom such a matter belongs to: `/mentor guide`.");
    vec![section(&line), section(&steps), actions([ASK_MANAGER.on(""), MY_PROFILE.on(""), GUIDE.on("")])]
}
