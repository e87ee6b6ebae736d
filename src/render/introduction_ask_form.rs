//! The form with which somebody asks whom they can talk to, the screen that shows what others will see, and why something is no ask.
//!
//! Owns: the words and the fields, and how what was written travels from one screen to the next. Must not: know who may ask.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::domain::asks::{Besides, FEWEST_LETTERS, LONGEST, NotAnAsk, Typed};
use crate::domain::identifiers::KeptQuestionId;
use crate::domain::introductions::{AskText, LATELY_DAYS, MOST_LATELY, MOST_OPEN};
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;
use crate::domain::topics::NotATopic;
use crate::render::ask_words;
use crate::render::controls::forms;
use crate::render::words::{mention, when};
use crate::slack::blocks::{
    Blocks, Input, Markup, checkbox_input, choice, context, divider, line_input, modal, notice, section, text_input,
};

/// What it is about.
pub const TOPIC: &str = "topic";
/// Why they ask.
pub const WHY: &str = "why";
/// What would help.
pub const WOULD_HELP: &str = "would_help";
/// What they can give back.
pub const GIVE_BACK: &str = "give_back";
/// Whether mentors may pass it on.
pub const PASS_ON: &str = "pass_on";
/// The value of the ticked box.
pub const YES: &str = "yes";
/// The most the line of the topic takes: more than a topic has, so that what was typed can be shortened by who typed it.
const LINE_MOST: usize = 300;
/// People named on the preview; the rest are counted.
const NAMED_MOST: usize = 10;
/// Between the pieces on their way from one screen to the next: nobody can type it, since control characters are taken out.
const BETWEEN: char = '\u{1e}';

/// What stands in the form already.
#[derive(Clone, Copy, Default)]
pub struct Prefilled<'a> {
    /// What is written.
    pub typed: Typed<'a>,
    /// Whether the box is ticked.
    pub may_pass_on: bool,
    /// The question it comes from, which is forgotten once the ask is sent.
    pub question: Option<KeptQuestionId>,
}

/// The form.
pub fn open(prefilled: Prefilled<'_>) -> Value {
    let typed = prefilled.typed;
    let topic = Input {
        field: TOPIC,
        label: "Topic",
        hint: Some("A few words: pricing experiments, Kubernetes, giving hard feedback."),
        optional: false,
    };
    let field = |field, label, hint| Input { field, label, hint: Some(hint), optional: true };
    let pass_on = Input { field: PASS_ON, label: "How far it may go", hint: None, optional: true };
    let ticked: Vec<String> = prefilled.may_pass_on.then(|| YES.to_owned()).into_iter().collect();
    let blocks = vec![
        section(&Markup::words(
            "Your mentors and peers are asked whom you could talk to. You hear a name only once that person has said yes.",
        )),
        line_input(topic, LINE_MOST, Some(typed.topic)),
        text_input(field(WHY, "Why", "What you are at, in a sentence or two."), None, Some(typed.why)),
        text_input(
            field(WOULD_HELP, "What would help", "Half an hour, a look at a draft, how others did it."),
            None,
            Some(typed.would_help),
        ),
        text_input(field(GIVE_BACK, "What I can give back", "It makes a yes easier."), None, Some(typed.give_back)),
        checkbox_input(pass_on, &[choice("May be passed on one step further, to mentors of my mentors", YES)], &ticked),
        context(&Markup::words("Nothing is sent yet: next you see exactly what others will see.")),
    ];
    let question = prefilled.question.map(|id| id.to_string()).unwrap_or_default();
    modal(forms::ASK_AROUND, "Who can I talk to?", Some("Preview"), question, blocks)
}

/// What is about to be sent.
#[derive(Clone, Copy)]
pub struct Preview<'a> {
    /// Who asks.
    pub me: &'a Person,
    /// What they wrote.
    pub text: &'a AskText,
    /// Whether mentors may pass it on.
    pub may_pass_on: bool,
    /// Mentors and peers who are asked first.
    pub readers: &'a [&'a Person],
    /// When the asker hears at the latest.
    pub answer_by: DateTime<Utc>,
    /// The question it comes from.
    pub question: Option<KeptQuestionId>,
}

/// Exactly what others will see, and who they are. Closing it leads back to the form.
pub fn preview(preview: Preview<'_>) -> Value {
    let line = mention(preview.me).and(" asks whom they can talk to.");
    let mut blocks: Blocks = vec![
        context(&Markup::words("Nothing has been sent yet. This is what others will see:")),
        divider(),
        section(&line),
    ];
    blocks.extend(ask_words::read(preview.text));
    blocks.push(divider());
    blocks.push(section(&who_sees_it(preview)));
    blocks.push(context(
        &Markup::words("You hear by ")
            .piece(&when(preview.answer_by))
            .and(" at the latest. When names meet, the words above stand in the group message. Who could not help is told to nobody."),
    ));
    let carried = carry(preview.question, preview.may_pass_on, preview.text);
    let mut view = modal(forms::SEND_ASK, "What others will see", Some("Send it"), carried, blocks);
    view["close"]["text"] = json!("Back");
    view
}

fn who_sees_it(preview: Preview<'_>) -> Markup {
    let further = "people who offer this topic and are open to introductions are asked, one after another.";
    if preview.readers.is_empty() {
        return Markup::words("*Who sees it*\nYou have no mentor or peer whom I could ask. Instead, ").and(further);
    }
    let line = Markup::words("*Who sees it*\n").piece(&named(preview.readers));
    let line = line.and(
        ", and everybody they name: one after another is asked, and you hear a name once that person has said yes.",
    );
    let line = if preview.may_pass_on {
        line.and(" It may be passed on to mentors of theirs, one step.")
    } else {
        line.and(" It is not passed on any further.")
    };
    line.and(" If none of them knows somebody, ").and(further)
}

/// "@grace", "@grace and @lise", "@grace, @lise and 3 more".
pub fn named(people: &[&Person]) -> Markup {
    let shown = &people[..people.len().min(NAMED_MOST)];
    let more = people.len() - shown.len();
    let mut line = Markup::default();
    for (at, person) in shown.iter().enumerate() {
        let is_last = at + 1 == shown.len() && more == 0;
        line = match at {
            0 => line,
            _ if is_last => line.and(" and "),
            _ => line.and(", "),
        };
        line = line.piece(&mention(person));
    }
    if more > 0 { line.and(" and ").number(more).and(" more") } else { line }
}

/// What was written, on its way from the preview to being sent.
fn carry(question: Option<KeptQuestionId>, may_pass_on: bool, text: &AskText) -> String {
    let piece = |text: Option<&PrivateText>| text.map(|text| text.reveal().to_owned()).unwrap_or_default();
    [
        question.map(|id| id.to_string()).unwrap_or_default(),
        if may_pass_on { YES.to_owned() } else { String::new() },
        text.topic.reveal().to_owned(),
        piece(text.why.as_ref()),
        piece(text.would_help.as_ref()),
        piece(text.give_back.as_ref()),
    ]
    .join(&BETWEEN.to_string())
}

/// What a preview carried; `None` for anything else.
pub fn carried(metadata: &str) -> Option<Prefilled<'_>> {
    let pieces: Vec<&str> = metadata.split(BETWEEN).collect();
    let [question, pass_on, topic, why, would_help, give_back] = pieces[..] else { return None };
    let typed = Typed { topic, why, would_help, give_back };
    Some(Prefilled { typed, may_pass_on: pass_on == YES, question: question.parse().ok() })
}

/// It is out. Closing this closes the form below it, too.
pub fn sent(answer_by: DateTime<Utc>) -> Value {
    let words = Markup::words("Your ask is out. You hear by ")
        .piece(&when(answer_by))
        .and(" at the latest, and at once when somebody would like to talk to you.\nIt stands on the Home tab, where you can read it or withdraw it at any time.");
    let mut view = notice("Sent", &words);
    view["clear_on_close"] = json!(true);
    view
}

/// The field of something that was typed besides the topic.
pub fn field(what: Besides) -> &'static str {
    match what {
        Besides::Why => WHY,
        Besides::WouldHelp => WOULD_HELP,
        Besides::GiveBack => GIVE_BACK,
    }
}

/// Why something typed is no ask: the field it stands in, and the words.
pub fn why_not(reason: NotAnAsk) -> (&'static str, String) {
    let words = match reason {
        NotAnAsk::Topic(NotATopic::Empty) => "Write what you would like to talk about, in a few words.".to_owned(),
        NotAnAsk::Topic(NotATopic::NoLetter) => {
            "I see only signs. Write what you would like to talk about, in a few words.".to_owned()
        }
        NotAnAsk::Topic(NotATopic::TooLong { characters }) => format!(
            "A topic has at most 60 characters, and this has {characters}. Keep a few words here, and put the rest under “Why”."
        ),
        NotAnAsk::OneLetter => format!(
            "One letter says too little: at least {FEWEST_LETTERS}. Write it out, such as “R programming”."
        ),
        NotAnAsk::APerson => {
            "That is a person. To ask them to be your mentor, type /mentor ask @name. Here, write what you would like to talk about.".to_owned()
        }
        NotAnAsk::Yourself => "That is you. Write what you would like to talk about, in a few words.".to_owned(),
        NotAnAsk::TooLong { what, characters } => {
            let words = format!("At most {LONGEST} characters, and this has {characters}: a few sentences are enough.");
            return (field(what), words);
        }
    };
    (TOPIC, words)
}

/// The same ask is open already.
pub fn asked_before(me: &Person, answer_by: DateTime<Utc>) -> String {
    format!(
        "You have asked about that already, and it is still open: you hear by {}. Your asks stand on the Home tab.",
        day_and_time(me, answer_by)
    )
}

/// Enough are open; `first` is when the first of them ends at the latest.
pub fn too_many_open(me: &Person, first: DateTime<Utc>) -> String {
    format!(
        "You have {MOST_OPEN} asks open, and that is the most at a time. You hear about the first by {}; withdraw one on the Home tab, and you can ask at once.",
        day_and_time(me, first)
    )
}

/// Enough were asked lately; `next` is from when on there is room.
pub fn too_many_lately(me: &Person, next: DateTime<Utc>) -> String {
    format!(
        "You have asked {MOST_LATELY} times in {LATELY_DAYS} days, and that is the most. You can ask again from {}.",
        day_and_time(me, next)
    )
}

/// A moment on somebody's own clock.
fn day_and_time(me: &Person, at: DateTime<Utc>) -> String {
    at.with_timezone(&me.zone()).format("%A, %-d %B, %H:%M").to_string()
}
