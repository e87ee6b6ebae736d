//! From what somebody typed to what they want: words in any order, and the closest commands for the rest.
//!
//! Owns: the grammar. Must not: look anybody up.

use std::collections::BTreeMap;

use super::typed::readable;
use super::{add_outside, network, rhythms, who_sentence};
use crate::domain::private_text::PrivateText;
use crate::render::help;
use crate::render::outside_forms::Understood;
use crate::slack::readable;
use crate::surfaces::programme;

/// What somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// See where they stand.
    Status,
    /// See the commands.
    Help,
    /// Ask this user to be their mentor.
    Ask {
        /// The user id in the mention.
        user_id: String,
    },
    /// Ask somebody, without saying whom.
    AskWhom,
    /// Ask several people at once.
    AskOneAtATime,
    /// Ask a name that Slack did not turn into a mention.
    AskName(String),
    /// Ask something, without saying whom.
    Question(PrivateText),
    /// The next agenda, and what shall stand on it.
    Agenda {
        /// As it was typed.
        text: Option<PrivateText>,
    },
    /// The homework carried, or what shall be looked into.
    Homework {
        /// As it was typed.
        text: Option<PrivateText>,
    },
    /// The goals, or a new one.
    Goal {
        /// As it was typed.
        text: Option<PrivateText>,
    },
    /// A win to log.
    Win {
        /// As it was typed.
        text: Option<PrivateText>,
    },
    /// Another time for the next meeting.
    Move,
    /// The next meeting is left out.
    Skip,
    /// What they have set for themselves.
    Settings,
    /// Become peers.
    Peers,
    /// Another rhythm, a pause, or to go on.
    OfRhythm(rhythms::Wanted),
    /// Add a mentor who has only an e-mail address.
    AddOutside(Understood),
    /// Finish with somebody.
    End,
    /// What two people agreed.
    Agreement,
    /// The pairs that are finished.
    History,
    /// Say something about oneself, and who may ask.
    Profile,
    /// Mentor or manager?
    Guide {
        /// What about, as it was typed.
        text: Option<PrivateText>,
    },
    /// Ask one's manager to suggest somebody.
    AskManager,
    /// Find somebody to talk to, through one's mentors.
    Who {
        /// What about, without the words around it.
        topic: Option<PrivateText>,
    },
    /// Find somebody to ask.
    Find {
        /// What about, as it was typed.
        topic: Option<PrivateText>,
    },
    /// Who sees what.
    Privacy,
    /// Their data.
    Export,
    /// Be forgotten.
    ForgetMe,
    /// What coordinators do; to everybody else it is something unknown.
    OfProgramme {
        /// What of it.
        wanted: programme::Wanted,
        /// Commands that look most like it.
        closest: Vec<&'static str>,
    },
    /// The people they can introduce others to, or one more of them.
    Network(network::Typed),
    /// Something else.
    Unknown {
        /// Commands that look most like it.
        closest: Vec<&'static str>,
    },
}

/// Words that name a command, and the command line they stand for.
const NAMES: &[(&str, &str)] = &[
    ("ask", "/mentor ask @name"),
    ("request", "/mentor ask @name"),
    ("mentor", "/mentor ask @name"),
    ("external", "/mentor add external Name <e-mail>"),
    ("outside", "/mentor add external Name <e-mail>"),
    ("agenda", "/mentor agenda"),
    ("prepare", "/mentor agenda"),
    ("homework", "/mentor homework"),
    ("move", "/mentor move"),
    ("reschedule", "/mentor move"),
    ("skip", "/mentor skip"),
    ("cancel", "/mentor skip"),
    ("rhythm", "/mentor rhythm"),
    ("pause", "/mentor pause until <date>"),
    ("resume", "/mentor resume"),
    ("goal", "/mentor goal"),
    ("win", "/mentor win"),
    ("settings", "/mentor settings"),
    ("hours", "/mentor settings"),
    ("away", "/mentor settings"),
    ("holiday", "/mentor settings"),
    ("peers", "/mentor peers"),
    ("end", "/mentor end"),
    ("finish", "/mentor end"),
    ("agreement", "/mentor agreement"),
    ("history", "/mentor history"),
    ("find", "/mentor find [topic]"),
    ("search", "/mentor find [topic]"),
    ("profile", "/mentor profile"),
    ("who", "/mentor who <topic>"),
    ("introduction", "/mentor who <topic>"),
    ("talk", "/mentor who <topic>"),
    ("guide", "/mentor guide [matter]"),
    ("manager", "/mentor guide [matter]"),
    ("privacy", "/mentor privacy"),
    ("export", "/mentor export"),
    ("network", "/mentor network"),
    ("contacts", "/mentor network"),
    ("forget", "/mentor forget me"),
    ("erase", "/mentor forget me"),
    ("delete", "/mentor forget me"),
    ("help", "/mentor help"),
    ("commands", "/mentor help"),
    ("status", "/mentor"),
    ("home", "/mentor"),
];

/// How the button for it begins, typed out.
const ASK_MY_MANAGER: [&str; 3] = ["ask", "my", "manager"];
/// Words before what somebody looks for that say nothing about it.
const AROUND: [&str; 15] = [
    "me", "a", "an", "mentor", "mentors", "somebody", "someone", "anybody", "people", "who", "knows", "for", "about",
    "on", "with",
];
/// Below this likeness (0 to 1) a word is not close to a command.
const CLOSE: f64 = 0.45;
/// Words looked at; nobody types more to say what they want.
const WORDS_READ: usize = 40;

/// Reads what somebody typed behind `/mentor`.
pub fn parse(text: &str) -> Wish {
    let words: Vec<String> = text.split_whitespace().take(WORDS_READ).map(plain_word).collect();
    if words.iter().all(String::is_empty) && readable::mentioned(text).is_empty() {
        return if text.trim().is_empty() { Wish::Status } else { unknown(&words) };
    }
    let says = |word: &str| words.iter().any(|said| said == word);
    let begins = |word: &str| words.first().is_some_and(|said| said == word);
    let only_few = words.len() <= 3;
    let mentioned = readable::mentioned(text);
    // What begins with what it is about may well say "ask @somebody" further on.
    if begins("homework") {
        return Wish::Homework {
            text: rest(text).filter(|_| !(words.len() == 2 && says("list"))).map(|text| readable(&text)),
        };
    }
    if begins("goal") || begins("goals") {
        return Wish::Goal {
            text: rest(text).filter(|_| !(words.len() == 2 && says("list"))).map(|text| readable(&text)),
        };
    }
    if begins("win") || begins("wins") {
        return Wish::Win { text: rest(text).map(|text| readable(&text)) };
    }
    // What somebody looks up is full of words that mean something else elsewhere.
    if begins("guide") {
        return Wish::Guide { text: rest(text) };
    }
    if begins("find") || begins("search") {
        return Wish::Find { topic: rest(text).and_then(|rest| subject(&rest)) };
    }
    // A sentence in which other commands may be mentioned: "who can I ask about homework?"
    if who_sentence::is_meant(&words) && !(says("ask") && !begins("who") && !begins("whom") && !mentioned.is_empty()) {
        return who_sentence::read(text, &words);
    }
    if only_few && says("mentor") && says("or") && says("manager") {
        return Wish::Guide { text: None };
    }
    if words.starts_with(&ASK_MY_MANAGER.map(str::to_owned)) && (words.len() == 3 || says("suggest")) {
        return Wish::AskManager;
    }
    if network::is_meant(&words) {
        return Wish::Network(network::read(text));
    }
    if add_outside::is_meant(&words) {
        return Wish::AddOutside(add_outside::read(text));
    }
    if let Some(wanted) = rhythms::read(text, &words) {
        return Wish::OfRhythm(wanted);
    }
    // What stands behind "agenda" is what somebody wants to talk about, whatever words are in it.
    if says("ask") && !begins("agenda") && (begins("ask") || !mentioned.is_empty()) {
        return ask(text, &mentioned);
    }
    match words.first().map(String::as_str) {
        Some("help" | "?" | "commands") => Wish::Help,
        Some("status" | "home") => Wish::Status,
        Some("agenda") => Wish::Agenda { text: rest(text) },
        Some("prepare") => Wish::Agenda { text: None },
        Some("profile") => Wish::Profile,
        Some("move" | "reschedule") => Wish::Move,
        Some("skip") => Wish::Skip,
        Some("settings" | "setting" | "preferences" | "hours" | "away" | "holiday" | "holidays" | "vacation") => {
            Wish::Settings
        }
        Some("days" | "day" | "time") if says("off") => Wish::Settings,
        Some("peers" | "peer") => Wish::Peers,
        Some("end" | "finish" | "stop") => Wish::End,
        Some("agreement") => Wish::Agreement,
        Some("history" | "past") => Wish::History,
        Some("privacy" | "private") => Wish::Privacy,
        Some("export" | "download") => Wish::Export,
        Some("forget" | "erase") if only_few => Wish::ForgetMe,
        _ if only_few && says("help") => Wish::Help,
        _ if only_few && says("profile") => Wish::Profile,
        _ if only_few && says("guide") => Wish::Guide { text: None },
        _ if only_few && says("agenda") => Wish::Agenda { text: None },
        _ if only_few && says("move") => Wish::Move,
        _ if only_few && says("skip") => Wish::Skip,
        _ if only_few && says("peers") => Wish::Peers,
        _ if only_few && (says("goal") || says("goals")) => Wish::Goal { text: None },
        _ if only_few && says("win") => Wish::Win { text: None },
        _ if only_few && (says("settings") || says("hours") || says("holiday")) => Wish::Settings,
        _ if only_few && (says("end") || says("finish")) => Wish::End,
        _ if only_few && says("agreement") => Wish::Agreement,
        _ if only_few && says("history") => Wish::History,
        _ if only_few && says("homework") => Wish::Homework { text: None },
        _ if only_few && says("privacy") => Wish::Privacy,
        _ if only_few && says("export") => Wish::Export,
        _ if only_few && says("forget") && says("me") => Wish::ForgetMe,
        _ if says("programme") || says("program") => {
            let of_aliases = ["aliases", "alias", "words"].into_iter().any(says);
            let wanted = if of_aliases { programme::Wanted::Aliases } else { programme::Wanted::Programme };
            Wish::OfProgramme { wanted, closest: closest(&words) }
        }
        _ => unknown(&words),
    }
}

/// What follows the first word, as people wrote it: Slack's marks and escapes are undone.
fn rest(text: &str) -> Option<PrivateText> {
    let (_, rest) = text.trim_start().split_once(char::is_whitespace)?;
    PrivateText::typed(&readable::text(rest, &BTreeMap::new()))
}

/// What is looked for, without the words around it: "me a mentor for pricing" is about pricing.
fn subject(text: &PrivateText) -> Option<PrivateText> {
    let mut left = text.reveal().trim();
    while let Some(word) = left.split_whitespace().next().filter(|word| AROUND.contains(&plain_word(word).as_str())) {
        left = left[word.len()..].trim_start();
    }
    PrivateText::typed(left)
}

fn ask(text: &str, mentioned: &[String]) -> Wish {
    match mentioned {
        [user_id] => Wish::Ask { user_id: user_id.clone() },
        [] => match text.split_whitespace().find(|word| word.len() > 1 && word.starts_with('@')) {
            Some(name) => Wish::AskName(name.chars().take(80).collect()),
            None => rest(text).map_or(Wish::AskWhom, Wish::Question),
        },
        _ => Wish::AskOneAtATime,
    }
}

/// A word as it is compared: lower case, without punctuation around it. A mention is no word.
pub(super) fn plain_word(word: &str) -> String {
    if word.starts_with("<@") {
        return String::new();
    }
    if word == "?" {
        return word.to_owned();
    }
    word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase()
}

fn unknown(words: &[String]) -> Wish {
    Wish::Unknown { closest: closest(words) }
}

fn closest(words: &[String]) -> Vec<&'static str> {
    let mut scored: Vec<(f64, &'static str)> = NAMES
        .iter()
        .map(|(name, line)| {
            let likeness = |word: &String| strsim::normalized_damerau_levenshtein(word, name);
            (words.iter().filter(|word| word.len() < 40).map(likeness).fold(0.0, f64::max), *line)
        })
        .filter(|(score, _)| *score >= CLOSE)
        .collect();
    scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut closest: Vec<&'static str> = Vec::new();
    let all = help::COMMANDS.iter().map(|(line, _)| *line);
    for line in scored.into_iter().map(|(_, line)| line).chain(all) {
        if !closest.contains(&line) && closest.len() < 3 {
            closest.push(line);
        }
    }
    closest
}
