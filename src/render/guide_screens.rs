//! "Mentor or manager?": the list, and one matter with whom to take it to, why, and what to do next.

use serde_json::Value;

use crate::domain::guide::{DIFFERENCES, SITUATIONS, Situation, TakeTo};
use crate::render::controls::{ASK_SOMEBODY, GUIDE_AGENDA, GUIDE_PICK};
use crate::slack::blocks::{Blocks, Choice, Markup, actions, choice, context, divider, modal, section, select_action};

/// The guide: `chosen` is the matter at hand, if one was chosen; `not_found` when words were typed that fit none.
/// `has_mentor` when there is an agenda to put something on.
pub fn draw(chosen: Option<&Situation>, not_found: bool, has_mentor: bool) -> Value {
    let mut blocks = Blocks::new();
    if not_found {
        blocks.push(section(&Markup::words("I can't tell what that is about. Choose what comes closest:")));
    }
    match chosen {
        Some(situation) => blocks.extend(matter(situation, has_mentor)),
        None => blocks.extend(urgent()),
    }
    blocks.push(divider());
    let choices: Vec<Choice> = SITUATIONS.iter().map(|situation| choice(situation.title, situation.word)).collect();
    blocks.push(select_action(GUIDE_PICK.id, GUIDE_PICK.label, &choices));
    if chosen.is_none() {
        let lines = DIFFERENCES.iter().fold(Markup::default(), |lines, line| lines.and("• ").and(line).and("\n"));
        blocks.push(section(&lines));
    }
    blocks.push(context(&Markup::words("What you look up here is neither kept nor logged, and nobody is told.")));
    modal("guide", "Mentor or manager?", None, String::new(), blocks)
}

/// What cannot wait, said before anything is chosen.
fn urgent() -> Blocks {
    SITUATIONS
        .iter()
        .filter(|situation| situation.to == TakeTo::AtOnce)
        .map(|situation| {
            section(
                &Markup::words("*").and(situation.title).and("?* ").and(situation.to_whom).and(" ").and(situation.why),
            )
        })
        .collect()
}

fn matter(situation: &Situation, has_mentor: bool) -> Blocks {
    let line = |title: &'static str, words: &'static str| section(&Markup::words(title).and(words));
    let mut blocks = vec![
        section(&Markup::words("*").and(situation.title).and("*")),
        line("*Take it to:* ", situation.to_whom),
        line("*Why:* ", situation.why),
        line("*Next:* ", situation.next),
    ];
    if situation.is_for_a_mentor() {
        let button = if has_mentor { GUIDE_AGENDA.primary_on("") } else { ASK_SOMEBODY.primary_on("") };
        blocks.push(actions([button]));
    }
    blocks
}
