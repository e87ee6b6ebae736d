//! An ask, as a mentor reads about it: the message, what the asker wrote, and what came of their own answer.
//!
//! Owns: the words. Must not: tell what became of whom they named, unless names met; or show in a message what somebody wrote.

use serde_json::Value;

use crate::domain::identifiers::IntroductionRequestId;
use crate::domain::introducing::{AskToAnswer, HolderKnows};
use crate::domain::introductions::{IntroductionRequest, MOST_NAMED, Nominee};
use crate::domain::network::Acquaintance;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::{IntroductionOfPeople, RequestOfIntroduction};
use crate::domain::who::{Suggested, WhoId};
use crate::render::controls::{
    HELP_MYSELF, NOMINATE, NOMINATE_MORE, NOMINATE_THIS, NOT_THIS_TIME, PASS_IT_ON, PASS_ON, READ_THEIR_ASK,
};
use crate::render::words::{mention, name, subject, when};
use crate::render::{ask_words, who_words};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Block, Blocks, Button, Markup, actions, context, divider, message, modal, notice, section, section_with,
};

/// The title of every modal about an ask.
pub const TITLE: &str = "Who can I talk to?";

/// What everybody reads when an ask has ended, however.
const OVER: &str = "This is over; thank you.";

/// Who may read a name where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In a message, which others may come to see: no name of somebody outside.
    InMessage,
    /// To this person alone.
    ToThemAlone,
}

/// Draws a request to name somebody, or its reminder; or what came of the answer.
pub fn draw(
    kind: MessageKind,
    of: &IntroductionOfPeople,
    request: &IntroductionRequest,
    can_pass_on: bool,
) -> Outgoing {
    let prefix = if kind == MessageKind::IntroductionAskedReminder { "A reminder: " } else { "" };
    let text = match of.asker() {
        Some(asker) => format!("{prefix}{} asks whom they can talk to", name(asker)),
        None => format!("{prefix}Somebody asks whom they can talk to"),
    };
    let blocks = match of.introduction.as_holder_knows(request) {
        HolderKnows::Waits => vec![
            section(&Markup::words(prefix).piece(&who_asks(of, request))),
            actions([READ_THEIR_ASK.primary_on(request.id)].into_iter().chain(answers(request.id, can_pass_on))),
            context(&until(of, request)),
        ],
        HolderKnows::Named(named) => {
            let more = (named < MOST_NAMED).then(|| NOMINATE_MORE.on(request.id));
            vec![
                section(&outcome(of, request, Shown::InMessage)),
                actions(more.into_iter().chain([READ_THEIR_ASK.on(request.id)])),
            ]
        }
        _ => vec![section(&outcome(of, request, Shown::InMessage))],
    };
    message(text, blocks)
}

fn asker(of: &IntroductionOfPeople) -> Markup {
    of.asker().map_or_else(|| Markup::words("somebody"), mention)
}

/// Who asks, and who passed it on.
fn who_asks(of: &IntroductionOfPeople, request: &IntroductionRequest) -> Markup {
    let line = of.asker().map_or_else(|| Markup::words("Somebody"), subject);
    match request.passed_on_by {
        None => line.and(" asks: who can I talk to about …? You may know somebody."),
        Some(passer) => {
            let passer = of.person(passer).map_or_else(|| Markup::words("Somebody"), subject);
            line.and(" asks: who can I talk to about …? ").piece(&passer).and(", whom they asked, passes it on to you.")
        }
    }
}

/// The ways to answer, without reading it.
fn answers(id: IntroductionRequestId, can_pass_on: bool) -> impl Iterator<Item = Button> {
    let pass_on = can_pass_on.then(|| PASS_ON.on(id));
    [NOMINATE.on(id), HELP_MYSELF.on(id)].into_iter().chain(pass_on).chain([NOT_THIS_TIME.on(id)])
}

fn until(of: &IntroductionOfPeople, request: &IntroductionRequest) -> Markup {
    Markup::words("Until ")
        .piece(&when(request.answer_by))
        .and(". “Not this time” needs no reason; ")
        .piece(&asker(of))
        .and(" is not told who answered what.")
}

/// The ask with what the asker wrote, people of one's own network who fit, and what one can do.
pub fn read(
    of: &IntroductionOfPeople,
    request: &IntroductionRequest,
    can_pass_on: bool,
    suggested: &[Suggested],
) -> Value {
    let knows = of.introduction.as_holder_knows(request);
    let mut blocks = match knows {
        HolderKnows::Waits => vec![section(&who_asks(of, request))],
        _ => vec![section(&outcome(of, request, Shown::ToThemAlone))],
    };
    blocks.extend(ask_words::read(&of.text));
    let may_name = of.introduction.may_nominate(request.id, None).is_ok();
    if may_name && !suggested.is_empty() {
        blocks.push(divider());
        blocks.push(section(&Markup::words("*People you know who could fit*. Only you see this.")));
        blocks.extend(suggested.iter().map(|one| suggestion(request.id, one)));
    }
    if knows == HolderKnows::Waits {
        blocks.push(divider());
        blocks.push(actions(answers(request.id, can_pass_on)));
        blocks.push(context(&until(of, request)));
    } else if may_name {
        blocks.push(divider());
        blocks.push(actions([NOMINATE_MORE.on(request.id)]));
    }
    modal("read_ask", TITLE, None, String::new(), blocks)
}

/// Somebody they know, why them, and the button that fills them in.
fn suggestion(request: IntroductionRequestId, one: &Suggested) -> Block {
    let (whom, id) = match (&one.whom, one.found.who) {
        (Acquaintance::InSlack(person), _) => (mention(person), person.id.to_string()),
        (Acquaintance::Outside { name, .. }, WhoId::Outside(entry)) => {
            (Markup::default().text(name.reveal()), entry.to_string())
        }
        (Acquaintance::Outside { name, .. }, WhoId::Person(_)) => {
            (Markup::default().text(name.reveal()), String::new())
        }
    };
    let line = whom.and(": ").piece(&who_words::why(&one.found)).and(".");
    section_with(&line, NOMINATE_THIS.on(format!("{request} {id}")))
}

/// Who gets it when it is passed on, and the button that does.
pub fn pass_on(of: &IntroductionOfPeople, request: &IntroductionRequest, to: &[Person]) -> Value {
    let mut line = Markup::words("These read what ").piece(&asker(of)).and(" wrote, and that it comes through you: ");
    for (index, person) in to.iter().enumerate() {
        line = line.and(if index == 0 { "" } else { ", " }).piece(&mention(person));
    }
    let blocks = vec![
        section(&line.and(".")),
        section(&Markup::words(
            "They can name somebody or help themselves; they cannot pass it on again. You stay the link: when names meet, you are part of it.",
        )),
        actions([PASS_IT_ON.primary_on(request.id)]),
    ];
    modal("pass_on", "Pass on to my mentors", None, String::new(), blocks)
}

/// What holds now, in the place of the buttons.
pub fn outcome(of: &IntroductionOfPeople, request: &IntroductionRequest, shown: Shown) -> Markup {
    let asker = asker(of);
    match of.introduction.as_holder_knows(request) {
        HolderKnows::Waits => Markup::words("You have not answered ").piece(&asker).and(" yet."),
        HolderKnows::Named(_) => Markup::words("You named ")
            .piece(&named(of, request, shown))
            .and(" for ")
            .piece(&asker)
            .and(". If it works out, names meet in a conversation with you."),
        HolderKnows::Helps => {
            Markup::words("You can help yourself: it is on your next agenda with ").piece(&asker).and(", who knows.")
        }
        HolderKnows::PassedOn => Markup::words("You passed on what ")
            .piece(&asker)
            .and(" asks. If it works out, names meet in a conversation with you."),
        HolderKnows::Declined => Markup::words("Not this time. ").piece(&asker).and(" is not told who answered what."),
        HolderKnows::TooLate => Markup::words("The time to answer is over. Nothing more to do."),
        HolderKnows::Met => Markup::words("You and ").piece(&asker).and(" have each other’s names now. Thank you!"),
        HolderKnows::BroughtTogether => {
            Markup::words("It worked out for ").piece(&asker).and(": names have met, through you. Thank you!")
        }
        HolderKnows::Over => Markup::words(OVER),
    }
}

fn named(of: &IntroductionOfPeople, request: &IntroductionRequest, shown: Shown) -> Markup {
    let one = |nominee: &Nominee| match nominee {
        Nominee::Person(id) => of.person(*id).map_or_else(|| Markup::words("somebody"), mention),
        Nominee::Outside { name, .. } if shown == Shown::ToThemAlone => Markup::default().text(name.reveal()),
        Nominee::Outside { .. } => Markup::words("somebody outside"),
    };
    let all: Vec<Markup> = of.introduction.named_by(request.id).map(|nomination| one(&nomination.nominee)).collect();
    let Some((last, before)) = all.split_last() else { return Markup::words("somebody who left") };
    let mut line = Markup::default();
    for (index, one) in before.iter().enumerate() {
        line = line.and(if index == 0 { "" } else { ", " }).piece(one);
    }
    line.and(if before.is_empty() { "" } else { " and " }).piece(last)
}

/// The same in a modal of its own.
pub fn outcome_modal(of: &IntroductionOfPeople, request: &IntroductionRequest) -> Value {
    notice(TITLE, &outcome(of, request, Shown::ToThemAlone))
}

/// A request that waits for an answer, on Home and as the answer to `/mentor`.
pub fn waiting(waiting: &AskToAnswer) -> Blocks {
    let RequestOfIntroduction { of, request } = &waiting.ask;
    let line = who_asks(of, request).and(" Please answer by ").piece(&when(request.answer_by)).and(".");
    let buttons = [READ_THEIR_ASK.primary_on(request.id)].into_iter().chain(answers(request.id, waiting.can_pass_on));
    vec![section(&line), actions(buttons)]
}

/// Asks somebody answered that go on, for their Home.
pub fn answered(asks: &[RequestOfIntroduction]) -> Blocks {
    let line = |ask: &RequestOfIntroduction| {
        section_with(&outcome(&ask.of, &ask.request, Shown::ToThemAlone), READ_THEIR_ASK.on(ask.request.id))
    };
    asks.iter().map(line).collect()
}
