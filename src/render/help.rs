//! The commands, on one screen, and what is said when a command is not understood.

use crate::slack::api::Outgoing;
use crate::slack::blocks::{Markup, context, header, message, section};

/// Every command: what to type, what it does.
pub const COMMANDS: &[(&str, &str)] = &[
    ("/mentor", "where you stand, and what waits for you"),
    ("/mentor ask @name", "ask somebody to be your mentor"),
    ("/mentor find [topic]", "find somebody who could mentor you, and why them"),
    ("/mentor who <topic>", "find somebody to talk to, through your mentors; any sentence will do"),
    ("/mentor profile", "what you help with, what you want to grow in, and who may ask you"),
    ("/mentor add external Name <e-mail>", "a mentor outside who has only an e-mail address"),
    ("/mentor ask <question>", "keep a question for your next meeting, or find someone to talk to"),
    ("/mentor agenda [text]", "prepare or read the agenda of your next meeting; with text, put that on it"),
    ("/mentor homework [text]", "the homework you two carry: return it, drop it; with text, add to yours"),
    ("/mentor goal", "what you work towards: set, edit, reach or drop a goal"),
    ("/mentor win [text]", "log a win, and share it"),
    ("/mentor move", "put your next meeting at another time; the others stay where they are"),
    ("/mentor skip", "leave your next meeting out; the others stay where they are"),
    ("/mentor settings", "your working days and hours, your days off, and how long ahead you are told"),
    ("/mentor peers", "become peers: you both prepare, and each helps the other"),
    ("/mentor rhythm", "propose another rhythm: how often, when, how long"),
    ("/mentor pause until <date>", "pause your meetings, no reason needed; `/mentor resume` goes on"),
    ("/mentor agreement", "what the two of you agreed: read it, sign it, change it"),
    ("/mentor end", "finish with somebody, well; no reason is needed"),
    ("/mentor history", "what you and your past pairs wrote"),
    ("/mentor network", "the people you can introduce others to, for your eyes only"),
    ("/mentor guide [matter]", "mentor or manager? Which matter to take to whom"),
    ("/mentor privacy", "who sees what; `/mentor export` gives you your data, `/mentor forget me` erases you"),
    ("/mentor help", "this page"),
];

/// Draws the commands.
pub fn draw() -> Outgoing {
    let lines = COMMANDS
        .iter()
        .fold(Markup::default(), |lines, (command, does)| lines.and("`").text(command).and("` — ").and(does).and("\n"));
    message(
        "What you can type".to_owned(),
        vec![
            header("What you can type"),
            section(&lines),
            context(&Markup::words(
                "Words in any order will do. Only you see the answers. Everything is on the Home tab, too.",
            )),
        ],
    )
}

/// Draws the closest commands for something that was not understood; `typed` is shown back, shortened.
pub fn not_understood(typed: &str, closest: &[&'static str]) -> Outgoing {
    let shown: String = typed.chars().take(80).collect();
    let shown = if shown.len() < typed.len() { format!("{shown}…") } else { shown };
    let mut line = Markup::words("I don't know “").text(&shown).and("”. Did you mean:\n");
    for command in closest {
        line = line.and("• `").text(command).and("`\n");
    }
    message(
        "I don't know that one".to_owned(),
        vec![section(&line), context(&Markup::words("`/mentor help` shows everything."))],
    )
}
