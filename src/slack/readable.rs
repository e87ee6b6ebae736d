//! A message's text as people read it: Slack's own marks for people, channels, links and moments become words.
//!
//! Owns: those marks. Must not: look anybody up; who is meant is an argument.

use std::collections::BTreeMap;

/// The users mentioned, each once: `<@U123>` and `<@U123|name>`.
pub fn mentioned(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in text.split("<@").skip(1) {
        let id: String = piece.chars().take_while(char::is_ascii_alphanumeric).collect();
        let ends_well = piece[id.len()..].starts_with(['>', '|']);
        if !id.is_empty() && ends_well && !found.contains(&id) {
            found.push(id);
        }
    }
    found
}

/// The text as it is read; `names` are those of the users mentioned, by id.
pub fn text(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, mark)) = rest.split_once('<') {
        read.push_str(before);
        match mark.split_once('>') {
            Some((inside, after)) => {
                read.push_str(&marked(inside, names));
                rest = after;
            }
            None => {
                read.push('<');
                rest = mark;
            }
        }
    }
    read.push_str(rest);
    read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn marked(inside: &str, names: &BTreeMap<String, String>) -> String {
    let (what, label) = inside.split_once('|').map_or((inside, None), |(what, label)| (what, Some(label)));
    if let Some(id) = what.strip_prefix('@') {
        let name = names.get(id).map(String::as_str).or(label).unwrap_or("somebody");
        return format!("@{name}");
    }
    if what.starts_with('#') {
        return format!("#{}", label.filter(|label| !label.is_empty()).unwrap_or("a channel"));
    }
    if let Some(special) = what.strip_prefix('!') {
        return label.map_or_else(|| format!("@{special}"), str::to_owned);
    }
    match label {
        Some(label) if label != what => format!("{label} ({what})"),
        _ => what.to_owned(),
    }
}
