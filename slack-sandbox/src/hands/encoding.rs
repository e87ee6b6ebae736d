//! Typed text in Slack's form: escaped, with tokens for people and channels, and as rich text.

use serde_json::{Value, json};

use crate::render::unescaped;
use crate::world::World;

/// Longest name of somebody or of a channel, in characters.
const LONGEST_NAME: usize = 80;

/// Text as Slack encodes what somebody typed: `&`, `<`, `>` escaped, `@handle` and `#channel` as tokens.
/// Commands carry the handle in the token, messages do not.
pub(super) fn encoded(world: &World, text: &str, with_names: bool) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut out = String::new();
    let mut rest = escaped.as_str();
    while let Some(index) = rest.find(['@', '#']) {
        let (before, from) = rest.split_at(index);
        out.push_str(before);
        let starts =
            before.chars().next_back().or_else(|| out.chars().next_back()).is_none_or(|last| !last.is_alphanumeric());
        let name: String = from
            .chars()
            .skip(1)
            .take_while(|character| character.is_alphanumeric() || "._-".contains(*character))
            .take(LONGEST_NAME)
            .collect();
        let found = (0..=name.len())
            .rev()
            .filter_map(|end| name.get(..end))
            .find_map(|name| token(world, from, name, with_names));
        match found.filter(|_| starts) {
            Some((token, length)) => {
                out.push_str(&token);
                rest = from.get(length + 1..).unwrap_or_default();
            }
            None => {
                out.push_str(from.get(..1).unwrap_or_default());
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The token for a name that somebody or some channel has, and the name's length in bytes.
fn token(world: &World, from: &str, name: &str, with_names: bool) -> Option<(String, usize)> {
    let (sign, id) = if from.starts_with('@') {
        ('@', world.person_by_handle(name).filter(|_| !name.is_empty())?.id.clone())
    } else {
        ('#', world.conversations.iter().find(|found| found.name == name && found.id.starts_with('C'))?.id.clone())
    };
    let shown = if with_names { format!("|{name}") } else { String::new() };
    Some((format!("<{sign}{id}{shown}>"), name.len()))
}

/// Encoded text as the elements of a rich text section.
pub(super) fn pieces(text: &str) -> Vec<Value> {
    let plain = |text: &str| json!({"type": "text", "text": unescaped(text)});
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((token, after)) = after.split_once('>') else {
            break;
        };
        if !before.is_empty() {
            found.push(plain(before));
        }
        let id = token.get(1..).unwrap_or_default();
        found.push(match token.starts_with('@') {
            true => json!({"type": "user", "user_id": id}),
            false => json!({"type": "channel", "channel_id": id}),
        });
        rest = after;
    }
    if !rest.is_empty() {
        found.push(plain(rest));
    }
    found
}
