//! The answer to something put on an agenda: for whom and when, and the menus that put it somewhere else. What it says is
//! private and stays out of it.

use serde_json::Value;

use crate::domain::agenda::Part;
use crate::domain::agenda_items::{AgendaItem, CannotPark, MOST_CHARACTERS, MOST_ITEMS, OPEN_PARTS, Spot};
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;
use crate::render::controls::{FIND_SOMEONE, PUT_ON_AGENDA, PUT_UNDER, PUT_WITH};
use crate::render::words::{mention, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Choice, Markup, Select, actions, choice, context, message, modal, plain, section, section_with_select,
};

/// Where it is now, with the menus.
pub fn draw(me: &Person, item: &AgendaItem, spot: &Spot, spots: &[Spot]) -> Outgoing {
    let mut blocks: Blocks = vec![section(&place(me, item.part, spot))];
    if let Some(part) = item.part {
        let parts: Vec<Choice> =
            OPEN_PARTS.iter().map(|part| choice(part.title(), format!("{}:{}", item.id, part.word()))).collect();
        let chosen = format!("{}:{}", item.id, part.word());
        let select = Select { action_id: PUT_UNDER.id, choices: &parts, chosen: &chosen };
        blocks.push(section_with_select(&Markup::words(PUT_UNDER.label), &select));
    }
    if spots.len() > 1 {
        let chosen = format!("{}:{}", item.id, item.pair);
        let meetings: Vec<Choice> =
            spots.iter().map(|spot| choice(name(me, spot), format!("{}:{}", item.id, spot.of.pair.id))).collect();
        let select = Select { action_id: PUT_WITH.id, choices: &meetings, chosen: &chosen };
        blocks.push(section_with_select(&Markup::words(PUT_WITH.label), &select));
    }
    blocks.push(context(&Markup::words("Only the two of you will ever see what it says.")));
    message("It is on the agenda".to_owned(), blocks)
}

/// "On your agenda with @grace, Thursday …, under “A topic I'm curious about”.", or "…, as a point from you."
pub fn place(me: &Person, part: Option<Part>, spot: &Spot) -> Markup {
    let with = mention(spot.of.other(me.id));
    let line = match part {
        Some(_) => Markup::words("On your agenda with ").piece(&with),
        None => Markup::words("On the agenda with ").piece(&with),
    };
    let line = match &spot.meeting {
        Some(meeting) => line.and(", ").piece(&when(meeting.starts_at)),
        None => line.and(", for your next meeting as soon as it is planned"),
    };
    match part {
        Some(part) => line.and(", under “").and(part.title()).and("”."),
        None => line.and(", as a point from you."),
    }
}

/// A spot in a menu: "Grace Hopper, Thu 5 March, 15:00", on the reader's own clock.
pub fn name(me: &Person, spot: &Spot) -> String {
    let other: String = spot.of.other(me.id).name.chars().take(40).collect();
    match &spot.meeting {
        Some(meeting) => {
            format!("{other}, {}", meeting.starts_at.with_timezone(&me.zone()).format("%a %-d %B, %H:%M"))
        }
        None => format!("{other}, next meeting"),
    }
}

/// Why it was not put there.
pub fn why_not(reason: CannotPark) -> String {
    match reason {
        CannotPark::Empty => "Write what you would like to talk about.".to_owned(),
        CannotPark::TooLong(characters) => {
            format!("That is {characters} characters, and one entry takes {MOST_CHARACTERS}.")
        }
        CannotPark::Full => format!(
            "There are {MOST_ITEMS} entries on that agenda already, more than one meeting holds. Take something off first."
        ),
    }
}

/// What was not put there, to be copied, and why: nothing that was typed is lost.
pub fn not_saved(reason: CannotPark, text: &PrivateText) -> Value {
    let words = Markup::default().text(&why_not(reason)).and(" Nothing was saved. Here is what you typed, to copy:");
    let mut blocks: Blocks = vec![section(&words)];
    blocks.extend(plain(text.reveal()));
    modal("not_saved", "Not saved", None, String::new(), blocks)
}

/// What is said to somebody who has nobody to meet.
pub fn nobody() -> Markup {
    Markup::words(
        "You have no mentor yet, so there is no agenda to put it on. Type `/mentor ask @name` to ask somebody to be your mentor; then type this once more.",
    )
}

/// What is said to somebody who asks a question and has nobody to meet.
pub fn nobody_to_ask(may_ask_around: bool) -> Markup {
    if !may_ask_around {
        return nobody();
    }
    Markup::words(
        "You have no mentor yet, so there is no agenda to put it on. To find someone to talk to about it, type `/mentor who &lt;topic&gt;`; to ask somebody to be your mentor, `/mentor ask @name`.",
    )
}

/// A question was typed: what shall become of it?
pub fn question(id: impl std::fmt::Display, may_ask_around: bool) -> Outgoing {
    let words = Markup::words("A good question for your next meeting. Nobody has seen it yet.");
    let around = may_ask_around.then(|| FIND_SOMEONE.on(&id));
    let hint = "I keep it for a day. To ask somebody to be your mentor, type `/mentor ask @name`.";
    message(
        "What shall become of your question?".to_owned(),
        vec![
            section(&words),
            actions([PUT_ON_AGENDA.primary_on(&id)].into_iter().chain(around)),
            context(&Markup::words(hint)),
        ],
    )
}
