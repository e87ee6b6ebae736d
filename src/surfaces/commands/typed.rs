//! What somebody typed behind a command, as people read it.

use crate::domain::private_text::PrivateText;

/// Mentions as people read them: `<@U123|ada>` is @ada, `<#C123|general>` is #general, `<https://…|words>` the address.
pub fn readable(text: &PrivateText) -> PrivateText {
    let mut said = String::new();
    let mut left = text.reveal();
    while let Some((before, after)) = left.split_once('<') {
        said.push_str(before);
        let Some((inside, rest)) = after.split_once('>') else {
            said.push('<');
            left = after;
            continue;
        };
        let (target, name) = inside.split_once('|').unwrap_or((inside, ""));
        match target.chars().next() {
            Some(sign @ ('@' | '#')) if !name.is_empty() => said.extend([&sign.to_string(), name]),
            Some('@' | '#') => said.push_str(target),
            _ if target.contains("://") || target.starts_with("mailto:") => said.push_str(target),
            // Not one of Slack's own: somebody typed it.
            _ => said.extend(["<", inside, ">"]),
        }
        left = rest;
    }
    said.push_str(left);
    PrivateText::kept(said)
}
