//! `/mentor add external Name <e-mail>`: what is understood of it, words in any order.
//!
//! Owns: telling a name from an address. Must not: keep anything; the form does.

use std::collections::BTreeMap;

use crate::domain::contacts::{EmailAddress, NoAddress};
use crate::domain::private_text::cleaned;
use crate::render::outside_forms::Understood;
use crate::slack::readable;

/// Words that belong to the command.
const COMMAND: [&str; 5] = ["add", "external", "outside", "mentor", "an"];
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 80;

/// Whether somebody wants to add a mentor outside, by the words they typed, in lower case.
pub fn is_meant(words: &[String]) -> bool {
    let says = |word: &str| words.iter().any(|said| said == word);
    let begins = words.first().map(String::as_str);
    let of_something_else = ["agenda", "ask", "win", "homework", "goal"];
    says("add")
        && (says("external") || says("outside"))
        && !begins.is_some_and(|word| of_something_else.contains(&word))
        || matches!(begins, Some("external" | "outside"))
}

/// Reads what was typed behind `/mentor`.
pub fn read(text: &str) -> Understood {
    let is_command = |word: &&str| {
        let plain = word.trim_matches(|one: char| !one.is_alphanumeric()).to_lowercase();
        COMMAND.contains(&plain.as_str())
    };
    let (addresses, names): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().filter(|word| !word.starts_with("<@")).partition(|word| word.contains('@'));
    let names: Vec<&str> = names.into_iter().filter(|word| !is_command(word)).collect();
    let name = name_of(&readable::text(&names.join(" "), &BTreeMap::new()));
    let email = addresses.first().map(|typed| (typed, EmailAddress::typed(typed)));
    let wrong = match &email {
        _ if !readable::mentioned(text).is_empty() => {
            Some("Whoever you can mention is in Slack: ask them with /mentor ask @name. This form is for somebody who has only an e-mail address.".to_owned())
        }
        _ if addresses.len() > 1 => {
            Some("I see more than one e-mail address in that and took the first. One mentor at a time, please.".to_owned())
        }
        Some((typed, Err(problem))) => {
            Some(format!("“{}”: {problem}", cleaned(typed).chars().take(LONGEST_NAME).collect::<String>()))
        }
        None if !name.is_empty() => Some(format!("I see no e-mail address in that. {}", NoAddress::Missing)),
        _ => None,
    };
    let email = match &email {
        Some((_, Ok(address))) => address.reveal().to_owned(),
        Some((typed, Err(_))) => cleaned(typed).chars().take(254).collect(),
        None => String::new(),
    };
    Understood { name, email, wrong }
}

/// A name as it is kept: one line without what nobody sees.
pub fn name_of(text: &str) -> String {
    cleaned(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
