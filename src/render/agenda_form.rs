//! The five parts: for writing, and for reading with a coaching question each.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde_json::Value;

use crate::domain::agenda::{Agenda, Part};
use crate::domain::agenda_items::{Age, AgendaItem, Entries};
use crate::domain::coaching::Question;
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::{AgendaItemId, PersonId};
use crate::domain::meetings::MeetingOfPair;
use crate::domain::private_text::PrivateText;
use crate::render::controls::{ADD_POINT, forms};
use crate::render::part_words::{points_title, prompt, topic_question};
use crate::render::words::{homework_state, mention, when};
use crate::slack::blocks::{
    Block, Blocks, Choice, DateStyle, Input, Markup, actions, checkbox_input, choice, context, divider, entry_input,
    header, modal, plain, section, text_input,
};

/// The homework that comes back this time.
pub const RETURNED: &str = "returned";

/// Homework shown in one form; the rest is carried on and counted.
pub const HOMEWORK_SHOWN: usize = 10;

/// Blocks that Slack takes in one screen, with room for what ends it.
const BLOCKS_MOST: usize = 94;

/// Everything on one agenda.
#[derive(Clone, Copy, Debug)]
pub struct OnAgenda<'a> {
    /// What the mentee wrote.
    pub written: &'a Agenda,
    /// What was put there besides.
    pub entries: &'a Entries,
    /// What is carried of the homework.
    pub homework: &'a [Homework],
}

/// The field of an entry in the form.
pub fn entry_field(id: AgendaItemId) -> String {
    format!("entry:{id}")
}

/// The form for who prepares: the mentee, or one of two peers.
pub fn write(of: &MeetingOfPair, on: OnAgenda<'_>, writer: PersonId) -> Value {
    let homework = on.homework;
    let mut blocks: Blocks = vec![section(
        &Markup::words("For ").piece(&mention(of.of.other(writer))).and(", ").piece(&when(of.meeting.starts_at)),
    )];
    if !homework.is_empty() {
        blocks.push(header("Open homework"));
        blocks.extend(homework_list(of, homework));
    }
    // The fields of the parts, which come in any case, and what goes with them.
    let mut room = Room::beside(&blocks, Part::ALL.len() + 4);
    for part in Part::ALL {
        if *part == Part::Homework {
            blocks.extend(returning(writer, homework));
        }
        let hint = Some(prompt(*part, of.of.pair.kind));
        let input = Input { field: part.word(), label: part.title(), hint, optional: true };
        blocks.push(text_input(input, None, on.written.parts.get(part).map(PrivateText::reveal)));
        for item in on.entries.under(*part) {
            room.put(&mut blocks, entry(*part, item, of.of.half(writer).zone()));
        }
    }
    let mut points = Blocks::new();
    for item in on.entries.points() {
        room.put(&mut points, point(of, item));
    }
    if !points.is_empty() {
        blocks.push(header(points_title(of.of.pair.kind)));
        blocks.extend(points);
    }
    blocks.extend(room.left_out());
    blocks.push(context(&Markup::words("Only the two of you will ever see this.")));
    modal(forms::AGENDA, "Your agenda", Some("Save"), of.meeting.id.to_string(), blocks)
}

/// An entry under a part, to be changed or taken off.
fn entry(part: Part, item: &AgendaItem, zone: Tz) -> Blocks {
    let day = item.created_at.with_timezone(&zone).format("%-d %B");
    let (title, hint) = match item.age {
        Some(age) => {
            let since = age.since.with_timezone(&zone).format("%-d %B");
            let ago = if age.meetings == 1 { "1 meeting" } else { &format!("{} meetings", age.meetings) };
            (format!("{}: carried over", part.title()), format!("Since {since}, {ago} ago. Empty it to take it off."))
        }
        None => (format!("{}: put here on {day}", part.title()), "Empty it to take it off.".to_owned()),
    };
    let mut blocks = vec![entry_input(entry_field(item.id), &title, &hint, item.body.reveal())];
    blocks.extend(source(item).map(|link| context(&link)));
    blocks
}

fn source(item: &AgendaItem) -> Option<Markup> {
    let link = item.source.as_ref()?;
    Some(Markup::default().link(link.as_text().reveal(), "The message it comes from"))
}

/// A point from the mentor, with who wrote it.
fn point(of: &MeetingOfPair, item: &AgendaItem) -> Blocks {
    let author = of.of.half(item.author);
    let mut blocks = plain(item.body.reveal());
    blocks.push(context(&mention(author).and(" · ").piece(&about_entry(item))));
    blocks
}

/// The line below an entry: since when it is there, and where it comes from.
fn about_entry(item: &AgendaItem) -> Markup {
    let line = match item.age {
        Some(age) => aged(age),
        None => Markup::words("put here ").date(item.created_at, DateStyle::Day),
    };
    match source(item) {
        Some(link) => line.and(" · ").piece(&link),
        None => line,
    }
}

/// "carried over: since Nov 3, 2026, 2 meetings ago".
fn aged(age: Age) -> Markup {
    let line = Markup::words("carried over: since ").date(age.since, DateStyle::Day).and(", ");
    let meetings = usize::try_from(age.meetings).unwrap_or(usize::MAX);
    line.number(meetings).and(if meetings == 1 { " meeting ago" } else { " meetings ago" })
}

/// Which of the writer's open homework comes back this time.
fn returning(writer: PersonId, homework: &[Homework]) -> Option<Block> {
    let mine: Vec<&Homework> = homework.iter().filter(|item| item.owner == writer).collect();
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

/// The parts that say something, whoever put it there.
pub fn parts_with_content(written: &Agenda, entries: &Entries) -> Vec<Part> {
    let says = |part: &&Part| written.parts.contains_key(part) || entries.under(**part).next().is_some();
    Part::ALL.iter().filter(says).copied().collect()
}

/// The agenda for reading; the copy of who reacts to it carries an open question for each part that says something, and a way to add
/// a point while the agenda is open.
pub fn read(
    of: &MeetingOfPair,
    on: OnAgenda<'_>,
    questions: &BTreeMap<Part, &'static Question>,
    reader: PersonId,
    open: bool,
) -> Value {
    let for_mentor = of.of.pair.reads(reader);
    let other = of.of.other(reader);
    let mut blocks: Blocks =
        vec![section(&Markup::words("With ").piece(&mention(other)).and(", ").piece(&when(of.meeting.starts_at)))];
    let parts = parts_with_content(on.written, on.entries);
    if parts.is_empty() {
        let nothing = match of.of.pair.is_of_peers() {
            true => "Nothing on their agenda yet.",
            false => "Nothing on the agenda yet.",
        };
        blocks.push(section(&Markup::words(nothing)));
    }
    let mut homework = Blocks::new();
    if !on.homework.is_empty() {
        homework.push(divider());
        homework.push(header("Homework"));
        homework.extend(homework_list(of, on.homework));
    }
    let mut room = Room::beside(&homework, 4);
    for part in parts {
        blocks.push(header(part.title()));
        if let Some(text) = on.written.parts.get(&part) {
            blocks.extend(plain(text.reveal()));
        }
        for item in on.entries.under(part) {
            let mut entry = plain(item.body.reveal());
            entry.push(context(&about_entry(item)));
            room.put(&mut blocks, entry);
        }
        if for_mentor {
            blocks.extend(topic_question(of.of.pair.kind).filter(|_| part == Part::Topic).map(asked));
            blocks.extend(
                questions.get(&part).map(|question| context(&Markup::words("A question to ask: ").and(question.words))),
            );
        }
    }
    let mut points = Blocks::new();
    for item in on.entries.points() {
        room.put(&mut points, point(of, item));
    }
    if !points.is_empty() {
        blocks.push(header(points_title(of.of.pair.kind)));
        blocks.extend(points);
    }
    blocks.extend(room.left_out());
    blocks.extend(homework);
    if for_mentor && open {
        blocks.push(actions([ADD_POINT.on(of.meeting.id)]));
    }
    modal("open_agenda", "Agenda", None, String::new(), blocks)
}

fn asked(words: &'static str) -> Block {
    context(&Markup::words("You are asked: ").and(words))
}

/// Room on a screen: what does not fit is counted, never cut silently.
struct Room {
    free: usize,
    left_out: usize,
}

impl Room {
    fn beside(blocks: &Blocks, others: usize) -> Self {
        // Headers, texts and questions of the parts.
        const OF_THE_PARTS: usize = 22;
        Self { free: BLOCKS_MOST.saturating_sub(blocks.len() + others + OF_THE_PARTS), left_out: 0 }
    }

    fn put(&mut self, blocks: &mut Blocks, more: Blocks) {
        match self.free.checked_sub(more.len()) {
            Some(free) if self.left_out == 0 => {
                self.free = free;
                blocks.extend(more);
            }
            _ => self.left_out += 1,
        }
    }

    fn left_out(&self) -> Option<Block> {
        let line =
            Markup::words("… and ").number(self.left_out).and(" more that this screen has no room for. They stay.");
        (self.left_out > 0).then(|| context(&line))
    }
}

/// Homework with who looks into it, since when, and what was found.
pub fn homework_list(of: &MeetingOfPair, homework: &[Homework]) -> Blocks {
    let mut blocks = Blocks::new();
    for item in homework.iter().take(HOMEWORK_SHOWN) {
        blocks.extend(plain(item.task.reveal()));
        if let Some(findings) = &item.findings {
            blocks.extend(plain(findings.reveal()));
        }
        let owner = of.of.half(item.owner);
        blocks.push(context(&homework_state(item, owner)));
    }
    if let Some(more) = homework.len().checked_sub(HOMEWORK_SHOWN).filter(|more| *more > 0) {
        blocks.push(context(&Markup::words("… and ").number(more).and(" more.")));
    }
    blocks
}
