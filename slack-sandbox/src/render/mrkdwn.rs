//! Slack's mrkdwn as a person reads it: mentions, links, dates and escapes resolved, formatting marks gone.

use super::dates::date;
use super::eye::Eye;

/// Readable text of a mrkdwn string.
pub(crate) fn mrkdwn(text: &str, eye: &Eye) -> String {
    let plain = without_marks(text);
    let mut out = String::new();
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(&unescaped(before));
        let Some((token, after)) = after.split_once('>') else {
            out.push('<');
            rest = after;
            continue;
        };
        out.push_str(&resolved(token, eye));
        rest = after;
    }
    out.push_str(&unescaped(rest));
    out
}

/// `&lt;`, `&gt;` and `&amp;` as the characters they stand for.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn resolved(token: &str, eye: &Eye) -> String {
    let (target, shown) = match token.split_once('|') {
        Some((target, shown)) => (target, Some(unescaped(shown))),
        None => (token, None),
    };
    if let Some(id) = target.strip_prefix('@') {
        return eye.mention(id);
    }
    if let Some(id) = target.strip_prefix('#') {
        return eye.channel(id);
    }
    if let Some(special) = target.strip_prefix('!') {
        if let Some(arguments) = special.strip_prefix("date^") {
            let mut parts = arguments.splitn(3, '^');
            let timestamp = parts.next().and_then(|part| part.parse().ok());
            let rendered = timestamp.zip(parts.next()).and_then(|(at, format)| date(at, format, eye));
            return rendered.or(shown).unwrap_or_else(|| target.to_owned());
        }
        if special.starts_with("subteam^") {
            return shown.unwrap_or_else(|| "@group".to_owned());
        }
        return format!("@{}", special.split('^').next().unwrap_or(special));
    }
    let target = unescaped(target);
    match shown {
        Some(shown) if target.starts_with("mailto:") || shown == target => shown,
        Some(shown) => format!("{shown} ({target})"),
        None => target,
    }
}

/// The text without the marks of bold, italic and strike, where Slack would take them as such.
fn without_marks(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut gone = vec![false; characters.len()];
    let mut index = 0;
    while let Some(mark) = characters.get(index).copied() {
        if mark == '<' {
            index += characters.iter().skip(index).position(|character| *character == '>').unwrap_or(0) + 1;
            continue;
        }
        if matches!(mark, '*' | '_' | '~')
            && !gone.get(index).copied().unwrap_or(true)
            && let Some(end) = closing(&characters, index, mark)
        {
            for place in [index, end] {
                if let Some(mark) = gone.get_mut(place) {
                    *mark = true;
                }
            }
        }
        index += 1;
    }
    characters.iter().zip(gone).filter(|(_, gone)| !gone).map(|(character, _)| *character).collect()
}

/// Where the mark opened at `start` closes: on the same line, next to words on the inner side only.
fn closing(characters: &[char], start: usize, mark: char) -> Option<usize> {
    let opens_after = start.checked_sub(1).and_then(|before| characters.get(before));
    if opens_after.is_some_and(|before| before.is_alphanumeric() || *before == mark) {
        return None;
    }
    if characters.get(start + 1).is_none_or(|inner| inner.is_whitespace() || *inner == mark) {
        return None;
    }
    let mut inside_token = false;
    for (index, character) in characters.iter().enumerate().skip(start + 1) {
        match character {
            '\n' => return None,
            '<' => inside_token = true,
            '>' => inside_token = false,
            _ if inside_token || *character != mark => {}
            _ => {
                let inner = characters.get(index - 1).is_some_and(|inner| !inner.is_whitespace());
                let outer = characters.get(index + 1).is_none_or(|outer| !outer.is_alphanumeric());
                if inner && outer {
                    return Some(index);
                }
            }
        }
    }
    None
}
