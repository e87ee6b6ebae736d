//! The five parts: for writing, and for reading with a coaching question each.

use serde_json::Value;

use crate::domain::agenda::{Agenda, Part};
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::PersonId;
use crate::domain::meetings::MeetingOfPair;
use crate::render::controls::forms;
use crate::render::words::{homework_state, mention, when};
use crate::slack::blocks::{
    Block, Blocks, Choice, Input, Markup, checkbox_input, choice, context, divider, header, modal, plain, section,
    text_input,
};

/// The homework that comes back this time.
pub const RETURNED: &str = "returned";

/// Homework shown in one form; the rest is carried on and counted.
pub const HOMEWORK_SHOWN: usize = 10;

/// The form for the mentee.
pub fn write(of: &MeetingOfPair, agenda: &Agenda, homework: &[Homework]) -> Value {
    let mut blocks: Blocks = vec![section(
        &Markup::words("For ").piece(&mention(&of.of.mentor)).and(", ").piece(&when(of.meeting.starts_at)),
    )];
    if !homework.is_empty() {
        blocks.push(header("Open homework"));
        blocks.extend(homework_list(of, homework));
    }
    for part in Part::ALL {
        if *part == Part::Homework {
            blocks.extend(returning(of, homework));
        }
        let input = Input { field: part.word(), label: part.title(), hint: Some(part.prompt()), optional: true };
        blocks.push(text_input(
            input,
            None,
            agenda.parts.get(part).map(super::super::domain::private_text::PrivateText::reveal),
        ));
    }
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    modal(forms::AGENDA, "Your agenda", Some("Save"), of.meeting.id.to_string(), blocks)
}

/// Which of the mentee's open homework comes back this time.
fn returning(of: &MeetingOfPair, homework: &[Homework]) -> Option<Block> {
    let mine: Vec<&Homework> = homework.iter().filter(|item| item.owner == of.of.mentee.id).collect();
    let choices: Vec<Choice> =
        mine.iter().map(|item| choice(shortened(item.task.reveal()), item.id.to_string())).collect();
    let returned: Vec<String> =
        mine.iter().filter(|item| item.state == HomeworkState::Returned).map(|item| item.id.to_string()).collect();
    let input = Input { field: RETURNED, label: "Coming back this time", hint: None, optional: true };
    (!choices.is_empty()).then(|| checkbox_input(input, &choices, &returned))
}

/// The first line, as much of it as a check box takes.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 70 { line.to_owned() } else { line.chars().take(69).chain(['…']).collect() }
}

/// The agenda for reading; the mentor's copy carries an open question for each part that says something.
pub fn read(of: &MeetingOfPair, agenda: &Agenda, homework: &[Homework], reader: PersonId) -> Value {
    let for_mentor = reader == of.of.mentor.id;
    let other = of.of.other(reader);
    let mut blocks: Blocks =
        vec![section(&Markup::words("With ").piece(&mention(other)).and(", ").piece(&when(of.meeting.starts_at)))];
    if agenda.is_empty() {
        blocks.push(section(&Markup::words("Nothing on the agenda yet.")));
    }
    for (part, text) in &agenda.parts {
        blocks.push(header(part.title()));
        blocks.extend(plain(text.reveal()));
        if for_mentor {
            blocks.push(context(&Markup::words("A question to ask: ").and(part.coaching_question())));
        }
    }
    if !homework.is_empty() {
        blocks.push(divider());
        blocks.push(header("Homework"));
        blocks.extend(homework_list(of, homework));
    }
    modal("open_agenda", "Agenda", None, String::new(), blocks)
}

/// Homework with who looks into it, since when, and what was found.
pub fn homework_list(of: &MeetingOfPair, homework: &[Homework]) -> Blocks {
    let mut blocks = Blocks::new();
    for item in homework.iter().take(HOMEWORK_SHOWN) {
        blocks.extend(plain(item.task.reveal()));
        if let Some(findings) = &item.findings {
            blocks.extend(plain(findings.reveal()));
        }
        let owner = if item.owner == of.of.mentor.id { &of.of.mentor } else { &of.of.mentee };
        blocks.push(context(&homework_state(item, owner)));
    }
    if let Some(more) = homework.len().checked_sub(HOMEWORK_SHOWN).filter(|more| *more > 0) {
        blocks.push(context(&Markup::words("… and ").number(more).and(" more.")));
    }
    blocks
}
