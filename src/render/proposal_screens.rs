//! What the message of a proposal says beyond yes and no: the buttons to answer with, that a question is with the mentee, and
//! that somebody else was suggested.

use crate::domain::identifiers::PairId;
use crate::domain::inquiry::{Inquiry, InquiryState, MOST_ROUNDS, is_out};
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::suggestion::MentorSuggestion;
use crate::render::controls::{ACCEPT, NOT_NOW, READ_REQUEST, SUGGEST_ELSE, TELL_ME_MORE};
use crate::render::words::{asks, mention, name, the_ask, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Button, DateStyle, Markup, actions, context, message, section};

/// The four answers; without *Tell me more* when nothing can be asked for.
pub fn answers(id: PairId, more: bool) -> impl Iterator<Item = Button> {
    let more = more.then(|| TELL_ME_MORE.on(id));
    [ACCEPT.primary_on(id), NOT_NOW.on(id)].into_iter().chain(more).chain([SUGGEST_ELSE.on(id)])
}

/// The four answers, and what there is to read before.
pub fn answers_and_request(id: PairId, more: bool) -> impl Iterator<Item = Button> {
    answers(id, more).chain([READ_REQUEST.on(id)])
}

/// Who asks, with the title of their Slack profile, for what and since when; in one paragraph.
fn what_is_asked(of: &PairOfPeople, prefix: &'static str, title: Option<&str>) -> Markup {
    let who = Markup::words(prefix).piece(&mention(&of.mentee));
    let who = title.map_or(who.clone(), |title| who.and(" (").text(title).and(")"));
    who.and(asks(of.pair.kind))
        .and("\nWhat they ask for: ")
        .and(the_ask(of.pair.kind))
        .and("\nAsked ")
        .date(of.pair.asked_at, DateStyle::LongDayAndTime)
        .and(".")
}

/// What a mentor did before or instead of answering, and what is known of who asks.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// What they asked first.
    pub inquiries: Vec<Inquiry>,
    /// Whom they suggested.
    pub suggestion: Option<MentorSuggestion>,
    /// The title in the Slack profile of who asks.
    pub title: Option<String>,
}

/// The message of a proposal that is open, or that was answered with a suggestion; `None` for other outcomes.
pub fn draw(of: &PairOfPeople, prefix: &'static str, background: &Background) -> Option<Outgoing> {
    match (of.pair.state, &background.suggestion) {
        (PairState::Declined, Some(suggestion)) => Some(suggested(of, suggestion)),
        (PairState::Proposed, _) => Some(open(of, prefix, background)),
        _ => None,
    }
}

fn suggested(of: &PairOfPeople, suggestion: &MentorSuggestion) -> Outgoing {
    let line = Markup::words("You suggested ")
        .piece(&mention(&suggestion.suggested))
        .and(" to ")
        .piece(&mention(&of.mentee))
        .and(", who knows by now. About yourself they hear what they would have heard without an answer.");
    message(format!("You answered {}", name(&of.mentee)), vec![section(&line)])
}

fn open(of: &PairOfPeople, prefix: &'static str, background: &Background) -> Outgoing {
    let id = of.pair.id;
    let inquiries = &background.inquiries;
    let mut blocks: Blocks = vec![section(&what_is_asked(of, prefix, background.title.as_deref()))];
    let out = inquiries.iter().find(|inquiry| inquiry.state == InquiryState::Asked);
    let more = !is_out(inquiries) && inquiries.len() < MOST_ROUNDS;
    if let Some(out) = out {
        let line = Markup::words("Your question is with ").piece(&mention(&of.mentee)).and(" until ");
        blocks
            .push(section(&line.piece(&when(out.answer_by)).and(". Your own time to answer stands still meanwhile.")));
    }
    blocks.push(actions(answers_and_request(id, more)));
    if out.is_none() {
        blocks.push(context(
            &Markup::words("Please answer by ")
                .date(of.pair.answer_by, DateStyle::LongDayAndTime)
                .and(". “Not now” needs no reason, and reads the same as no answer."),
        ));
    }
    message(format!("{prefix}{}{}", name(&of.mentee), asks(of.pair.kind).trim_end_matches('.')), blocks)
}
