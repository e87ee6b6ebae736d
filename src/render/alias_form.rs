//! The form in which coordinators add words that mean the same, and what the programme's screen and Home say about it.

use serde_json::Value;

use crate::domain::topic_aliases::{BadAlias, MOST_GROUPS, TopicAlias};
use crate::render::controls::{ALIASES_NEWER, ALIASES_OLDER, REMOVE_ALIAS, TOPIC_ALIASES, forms};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, Confirm, Input, Markup, actions, context, divider, header, message, modal, section, section_with,
    text_input,
};

/// One group a line.
pub const ALIASES: &str = "aliases";
/// Groups on a page.
pub const ON_A_PAGE: usize = 15;
/// Lines named that are not right; nobody reads more at once.
const BAD_SHOWN: usize = 8;

/// Some of the groups that were added.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Those on the page, the newest first.
    pub groups: &'a [TopicAlias],
    /// Which page, from 0.
    pub number: usize,
    /// How many groups there are in all.
    pub count: usize,
}

/// The form, with what was added before.
pub fn draw(page: Page<'_>) -> Value {
    let field =
        Input { field: ALIASES, label: "Add", hint: Some("A group a line, with commas between."), optional: false };
    let mut blocks: Blocks = vec![
        section(&Markup::words(
            "Searches know some common words that mean the same, such as k8s and Kubernetes. \
             Add those of your organisation: abbreviations, products, names of programmes. Everybody’s searches use them.",
        )),
        text_input(field, Some("Project Falcon, new billing system"), None),
        divider(),
        header("Added so far"),
    ];
    if page.count == 0 {
        blocks.push(context(&Markup::words("Nothing yet.")));
    }
    let confirm = || Confirm {
        title: "Remove?",
        text: "Searches no longer take these words for the same.",
        yes: "Remove",
        no: "Keep",
    };
    blocks.extend(page.groups.iter().map(|group| {
        section_with(&Markup::default().text(&group.words), REMOVE_ALIAS.confirmed_on(group.id, confirm()))
    }));
    if page.count > ON_A_PAGE {
        let pages = page.count.div_ceil(ON_A_PAGE);
        let newer = page.number.checked_sub(1).map(|number| ALIASES_NEWER.on(number));
        let older = (page.number + 1 < pages).then(|| ALIASES_OLDER.on(page.number + 1));
        blocks.push(actions(newer.into_iter().chain(older)));
        let line = Markup::words("Page ").number(page.number + 1).and(" of ").number(pages);
        blocks.push(context(&line.and(", ").number(page.count).and(" groups in all.")));
    }
    modal(forms::ALIASES, "Words that mean the same", Some("Add"), String::new(), blocks)
}

/// What is said once lines are added: what was understood. `known` were there before.
pub fn added(groups: &[String], known: usize) -> Value {
    let mut blocks = Blocks::new();
    if groups.is_empty() {
        blocks.push(section(&Markup::words("All of these were there already. Nothing was changed.")));
    } else {
        let line =
            Markup::words("Added. Searches take these for the same from now on; on other servers within a minute.");
        blocks.push(section(&line));
    }
    blocks.extend(groups.iter().map(|group| section(&Markup::words("• ").text(group))));
    if known > 0 && !groups.is_empty() {
        let line = Markup::default().number(known);
        blocks.push(context(&line.and(if known == 1 { " was there already." } else { " were there already." })));
    }
    modal("aliases_added", "Added", None, String::new(), blocks)
}

/// Why lines are not taken. None of them is; what was typed stays.
pub fn bad(lines: &[BadAlias]) -> String {
    let shown: Vec<String> = lines.iter().take(BAD_SHOWN).map(ToString::to_string).collect();
    let more = lines.len().checked_sub(BAD_SHOWN).filter(|more| *more > 0);
    let more = more.map(|more| format!(" And {more} more.")).unwrap_or_default();
    format!("{}{more} Nothing was added yet: mend this and press Add again.", shown.join(" "))
}

/// There would be too many.
pub fn too_many(count: usize) -> String {
    format!("There are {count} groups already, and {MOST_GROUPS} are the most. Remove some, or put them into a file.")
}

fn line(count: usize) -> Markup {
    let line = Markup::words("*Words that mean the same:* ");
    match count {
        0 => line.and("none added so far."),
        1 => line.and("1 group added."),
        count => line.number(count).and(" groups added."),
    }
}

/// What a coordinator sees of the programme.
pub fn programme(count: usize) -> Outgoing {
    message("The programme".to_owned(), vec![header("The programme"), section_with(&line(count), TOPIC_ALIASES.on(""))])
}

/// The programme, on a coordinator's Home.
pub fn on_home() -> Blocks {
    let line = Markup::words("You are a coordinator. What searches take for the same:");
    vec![divider(), header("The programme"), section_with(&line, TOPIC_ALIASES.on(""))]
}
