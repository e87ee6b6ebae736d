//! Somebody's own network, a page at a time, in a modal: what stands in it is theirs alone.

use serde_json::Value;

use crate::domain::network::{Acquaintance, MOST_ENTRIES, NetworkEntry, ON_A_PAGE, pages};
use crate::domain::private_text::PrivateText;
use crate::render::controls::{ADD_SOMEBODY, EDIT_NETWORK_ENTRY, NETWORK_BEFORE, NETWORK_NEXT, REMOVE_FROM_NETWORK};
use crate::render::words::mention;
use crate::slack::blocks::{Blocks, Confirm, Markup, actions, context, modal, plain, section};

/// What Slack asks before somebody goes from the list.
const SURE: Confirm = Confirm {
    title: "Remove them?",
    text: "They go from your network with what you noted. They never learn that they were on it.",
    yes: "Remove",
    no: "Keep",
};

/// The list, in the order of names; `page` counts from 0.
pub fn draw(entries: &[NetworkEntry], page: usize) -> Value {
    let mut blocks: Blocks = vec![section(&Markup::words(
        "People you are willing to introduce others to. When somebody you mentor looks for a person to talk to, I suggest whom you noted here, to you alone; you decide, and nobody is named before they agree. Who is or was in a pair with you counts without being on the list.",
    ))];
    if entries.is_empty() {
        blocks.push(section(&Markup::words(
            "Nobody yet. Whom would you call about something you know little of yourself?",
        )));
    }
    let pages = pages(entries.len());
    let page = page.min(pages - 1);
    for entry in entries.iter().skip(page * ON_A_PAGE).take(ON_A_PAGE) {
        blocks.push(section(&line(entry)));
        blocks.extend(entry.note.iter().flat_map(|note| plain(note.reveal())));
        blocks.push(actions([EDIT_NETWORK_ENTRY.on(entry.id), REMOVE_FROM_NETWORK.confirmed_on(entry.id, SURE)]));
    }
    if pages > 1 {
        blocks.push(context(&Markup::words("Page ").number(page + 1).and(" of ").number(pages)));
    }
    let before = page.checked_sub(1).map(|before| NETWORK_BEFORE.on(before));
    let next = (page + 1 < pages).then(|| NETWORK_NEXT.on(page + 1));
    let add = (entries.len() < MOST_ENTRIES).then(|| ADD_SOMEBODY.primary_on(""));
    let buttons: Vec<_> = before.into_iter().chain(next).chain(add).collect();
    if !buttons.is_empty() {
        blocks.push(actions(buttons));
    }
    if entries.len() >= MOST_ENTRIES {
        let full = Markup::words("Your network is full: ").number(MOST_ENTRIES).and(" people. Remove somebody first.");
        blocks.push(context(&full));
    }
    blocks.push(context(&Markup::words("Only you see this list. Nobody learns that they are on it.")));
    modal("network", "My network", None, String::new(), blocks)
}

/// Who, and what they could help with.
fn line(entry: &NetworkEntry) -> Markup {
    let line = match &entry.whom {
        Acquaintance::InSlack(person) if person.deactivated => mention(person).and(" (account switched off)"),
        Acquaintance::InSlack(person) => mention(person),
        Acquaintance::Outside { name, email } => {
            Markup::default().text(name.reveal()).and(" (").text(email.reveal()).and(")")
        }
    };
    let topics: Vec<&str> = entry.topics.iter().map(PrivateText::reveal).collect();
    line.and("\n").text(&topics.join(" · "))
}
