//! "Tell me more", on screen: the two forms, what is read behind buttons, and the messages. What was asked and answered stands
//! in modals only.

use serde_json::Value;

use crate::domain::inquiry::{CannotInquire, Inquiry, InquiryOfPair, InquiryState, MOST_ROUNDS};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::reminders::MessageKind;
use crate::render::controls::{ANSWER_INQUIRY, READ_ANSWER, forms};
use crate::render::proposal_screens::answers;
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{
    Blocks, DateStyle, Input, Markup, actions, context, message, modal, plain, section, text_input,
};

/// What the mentor would like to know.
pub const QUESTION: &str = "question";
/// What the mentee answers.
pub const ANSWER: &str = "answer";

/// The form for the mentor.
pub fn ask(of: &PairOfPeople) -> Value {
    let question = Input {
        field: QUESTION,
        label: "What I would like to know",
        hint: Some("Only the two of you will ever see this."),
        optional: false,
    };
    let words =
        Markup::words("What would you like to know from ").piece(&mention(&of.mentee)).and(" before you answer?");
    let blocks = vec![
        section(&words),
        text_input(question, None, None),
        context(&Markup::words(
            "They have three working days. Your own time to answer stands still meanwhile, and you promise nothing.",
        )),
    ];
    modal(forms::INQUIRE, "Tell me more", Some("Ask"), of.pair.id.to_string(), blocks)
}

/// The form for the mentee.
pub fn answer(of: &InquiryOfPair) -> Value {
    let field = Input {
        field: ANSWER,
        label: "My answer",
        hint: Some("Only the two of you will ever see this."),
        optional: false,
    };
    let mut blocks: Blocks = vec![section(&mention(&of.of.mentor).and(" would like to know:"))];
    blocks.extend(plain(of.inquiry.question.reveal()));
    blocks.push(text_input(field, None, None));
    modal(forms::ANSWER_INQUIRY, "Your answer", Some("Send"), of.inquiry.id.to_string(), blocks)
}

/// What was asked and answered, for the screen on which the request is read.
pub fn read(of: &PairOfPeople, inquiries: &[Inquiry]) -> Blocks {
    let mut blocks = Blocks::new();
    for inquiry in inquiries {
        blocks.push(section(&mention(&of.mentor).and(" asked:")));
        blocks.extend(plain(inquiry.question.reveal()));
        match (&inquiry.answer, inquiry.state) {
            (Some(answer), _) => {
                blocks.push(section(&mention(&of.mentee).and(" answered:")));
                blocks.extend(plain(answer.reveal()));
            }
            (None, InquiryState::Unanswered) => blocks.push(context(&Markup::words("No answer came."))),
            (None, _) => blocks.push(context(&Markup::words("No answer yet."))),
        }
    }
    blocks
}

/// Why a mentor cannot ask for more.
pub fn why_not(of: &PairOfPeople, reason: CannotInquire) -> Option<Markup> {
    let mentee = mention(&of.mentee);
    match reason {
        CannotInquire::Answered(_) => None,
        CannotInquire::OneIsOut => Some(
            Markup::words("Your question is with ")
                .piece(&mentee)
                .and(" already. One at a time: I tell you when there is an answer."),
        ),
        CannotInquire::Enough => Some(
            Markup::words("You have asked ")
                .piece(&mentee)
                .and(" three times. Please say yes or “not now”; you can go on talking when you meet."),
        ),
    }
}

/// Draws a message about a question; `all` are the questions of the pair.
pub fn draw(kind: MessageKind, of: &InquiryOfPair, all: &[Inquiry]) -> Outgoing {
    match kind {
        MessageKind::InquiryAsked => for_mentee(of, ""),
        MessageKind::InquiryReminder => for_mentee(of, "A reminder: "),
        MessageKind::InquiryUnanswered => for_mentor(of, all, "No answer came to your question to "),
        _ => for_mentor(of, all, "There is an answer to your question to "),
    }
}

fn for_mentee(of: &InquiryOfPair, prefix: &'static str) -> Outgoing {
    let mentor = mention(&of.of.mentor);
    let text = format!("{prefix}{} would like to know more before answering", name(&of.of.mentor));
    let line = match (of.inquiry.state, of.of.pair.state) {
        (InquiryState::Answered, _) => Markup::words("You answered ").piece(&mentor).and("’s question."),
        (InquiryState::Asked, PairState::Active | PairState::Paused | PairState::Ended) => {
            mentor.and(" had a question before answering; it needs no answer any more.")
        }
        (InquiryState::Unanswered, _) | (InquiryState::Asked, PairState::Expired) => {
            Markup::words("The time to answer ")
                .piece(&mentor)
                .and("’s question is over. Your request stands as it was.")
        }
        (InquiryState::Asked, _) => {
            let line = Markup::words(prefix).piece(&mentor).and(" would like to know more before answering you.");
            let by = Markup::words("Please answer by ")
                .date(of.inquiry.answer_by, DateStyle::LongDayAndTime)
                .and(". Without an answer your request stands as it is.");
            return message(
                text,
                vec![section(&line), actions([ANSWER_INQUIRY.primary_on(of.inquiry.id)]), context(&by)],
            );
        }
    };
    message(text, vec![section(&line)])
}

fn for_mentor(of: &InquiryOfPair, all: &[Inquiry], begins: &'static str) -> Outgoing {
    let pair = &of.of.pair;
    let mentee = mention(&of.of.mentee);
    let text = format!("{begins}{}", name(&of.of.mentee));
    let mut blocks: Blocks = vec![section(&Markup::words(begins).piece(&mentee).and("."))];
    let read = (of.inquiry.state == InquiryState::Answered).then(|| READ_ANSWER.on(pair.id));
    let is_latest = all.last().is_none_or(|latest| latest.id == of.inquiry.id);
    if pair.state == PairState::Proposed && is_latest {
        let more = all.len() < MOST_ROUNDS;
        blocks.push(actions(read.into_iter().chain(answers(pair.id, more))));
        blocks.push(context(
            &Markup::words("Please answer by ")
                .date(pair.answer_by, DateStyle::LongDayAndTime)
                .and(". “Not now” needs no reason, and reads the same as no answer."),
        ));
    } else {
        blocks.extend(read.map(|read| actions([read])));
    }
    message(text, blocks)
}

/// A question that waits for the mentee, on Home and as the answer to `/mentor`.
pub fn waiting(of: &InquiryOfPair) -> Blocks {
    let line = mention(&of.of.mentor).and(" would like to know more before answering you. Please answer by ");
    let line = line.piece(&when(of.inquiry.answer_by)).and(".");
    vec![section(&line), actions([ANSWER_INQUIRY.primary_on(of.inquiry.id)])]
}
