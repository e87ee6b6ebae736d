//! Who sees what, with the actual people; and the words around taking one's data along.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::leaving::Kept;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::people::Person;
use crate::render::controls::{EXPORT_MY_DATA, FORGET_ME};
use crate::render::introduction_ask_form::named;
use crate::render::words::{counted, mention, when};
use crate::slack::blocks::{Blocks, Markup, actions, divider, header, modal, section};

/// Pairs that are shown one by one; the rest are counted.
const PAIRS_SHOWN: usize = 25;

/// The page: each of somebody's pairs with how much is kept of it; `asks` are the mentors and peers who are asked first when this
/// person asks whom they can talk to, `None` for somebody who cannot; `network` is how many people they would introduce others to.
pub fn draw(me: &Person, pairs: &[(PairOfPeople, Kept)], asks: Option<&[&Person]>, network: i64) -> Value {
    let mut blocks: Blocks = vec![header("What is kept, and who reads it")];
    if pairs.is_empty() {
        blocks.push(section(&Markup::words("You have no pair, so there is nothing that anybody could read.")));
    }
    for (of, kept) in pairs.iter().take(PAIRS_SHOWN) {
        blocks.push(section(&pair(of, kept, me)));
    }
    if let Some(more) = pairs.len().checked_sub(PAIRS_SHOWN).filter(|more| *more > 0) {
        blocks.push(section(&Markup::words("… and ").number(more).and(" more, each read by its two people alone.")));
    }
    blocks.extend(asks.map(|readers| section(&of_an_ask(readers))));
    if let Some(people) = usize::try_from(network).ok().filter(|people| *people > 0) {
        let line = Markup::words("*Your network* · ").piece(&counted(people, "person", "people"));
        blocks.push(section(&line.and(
            "\nRead by: you. Nobody else, and nobody learns that they are on it. It is sealed with a key of your own.",
        )));
    }
    blocks.push(section(&Markup::words(
        "About you alone I keep your name, your time zone and language as Slack tells them, your working hours and your days off. Nobody else sees the list of your days off.",
    )));
    blocks.push(divider());
    blocks.push(header("Who does not"));
    for line in [
        "*Coordinators* see counts, such as how many pairs meet. They never see what you write, and nothing for small groups.",
        "*Your manager* sees nothing.",
        "*Slack* keeps my messages. They say that something is there, never what it says. Only three things stand in Slack: a win for which you choose a channel, what you asked once names meet, and what you take along as a file.",
        "*The log* holds nothing that you write and no names.",
        "*The database* holds what you write sealed, with a key for each pair and each ask.",
    ] {
        blocks.push(section(&Markup::words(line)));
    }
    blocks.push(section(&Markup::words(
        "*How long?* Until you ask to be forgotten. What you wrote goes at once then; what the other half keeps goes when they are forgotten, too.",
    )));
    blocks.push(actions([EXPORT_MY_DATA.on(""), FORGET_ME.on("")]));
    modal("privacy", "Who sees what", None, String::new(), blocks)
}

/// Who reads what somebody writes who asks whom they can talk to.
fn of_an_ask(readers: &[&Person]) -> Markup {
    let line = Markup::words("*When you ask whom you can talk to*\nRead by: ");
    let line = match readers {
        [] => line.and("people who offer the topic and are open to introductions, one after another."),
        _ => line.piece(&named(readers)).and(
            ", and by everybody they name; if they know nobody, by people who offer the topic and are open to introductions.",
        ),
    };
    line.and(" When names meet it stands in the group message. Who could not help is told to nobody.")
}

fn pair(of: &PairOfPeople, kept: &Kept, me: &Person) -> Markup {
    let other = of.other(me.id);
    let line = Markup::words("*With* ").piece(&mention(other));
    let line = match of.pair.state {
        PairState::Active => line.and(" · you meet"),
        PairState::Paused => line.and(" · paused"),
        _ => line.and(" · finished"),
    };
    let line = line.and("\n").piece(&amounts(kept)).and("\nRead by: you");
    if other.is_forgotten() {
        line.and(" alone.")
    } else {
        line.and(" and ").piece(&mention(other)).and(". Nobody else.")
    }
}

/// "3 meetings, 2 goals", or that there is nothing yet.
fn amounts(kept: &Kept) -> Markup {
    let all = [
        (kept.meetings, "meeting", "meetings"),
        (kept.agendas, "agenda entry", "agenda entries"),
        (kept.homework, "piece of homework", "pieces of homework"),
        (kept.goals, "goal", "goals"),
        (kept.wins, "win", "wins"),
        (kept.agreements, "version of your agreement", "versions of your agreement"),
        (kept.reviews, "review", "reviews"),
        (kept.finish_words, "word at the end", "words at the end"),
    ];
    let mut line = Markup::default();
    for (count, one, many) in all {
        let count = usize::try_from(count).unwrap_or_default();
        if count > 0 {
            line = if line.as_str().is_empty() { line } else { line.and(", ") };
            line = line.piece(&counted(count, one, many));
        }
    }
    if line.as_str().is_empty() { Markup::words("Nothing is written yet.") } else { line.and(".") }
}

/// The files are being made.
pub fn on_its_way() -> Markup {
    Markup::words(
        "It is on its way: two files in our direct messages, one for reading and one for machines. Only you can see them there; Slack keeps them until you delete them.",
    )
}

/// Once a day is enough.
pub fn once_a_day(next: DateTime<Utc>) -> Markup {
    Markup::words(
        "You have your data already, in our direct messages. I make it once a day at most: the next is possible from ",
    )
    .piece(&when(next))
    .and(".")
}

/// The line above a file.
pub fn file_comment() -> Markup {
    Markup::words(
        "Your data, as you asked. Only you can see this file; delete it here when you do not need it any more.",
    )
}
