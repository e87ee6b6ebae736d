//! One line with its buttons for each thing that waits for somebody: on Home and as the answer to `/mentor`.

use crate::domain::overview::Waiting;
use crate::domain::people::Person;
use crate::render::agreement_form::day;
use crate::render::controls::{
    AGREE_RHYTHM, KEEP_RHYTHM, NOT_YET, OPEN_AGENDA, OPEN_AGREEMENT, PEERS_NO, PEERS_YES, PREPARE, SKIPPED, WE_MET,
};
use crate::render::proposal_screens::answers_and_request;
use crate::render::review_forms::choices_of;
use crate::render::rhythm_words::in_full;
use crate::render::words::{asks, mention, when};
use crate::render::{
    held_messages, inquiry_screens, introduction_asker, introduction_mentor, introduction_nominee,
    outside_introduction, suggestion_screens,
};
use crate::slack::blocks::{Blocks, Markup, actions, section};

/// Draws one thing that waits for `me`.
pub fn draw(waiting: &Waiting<'_>, me: &Person) -> Blocks {
    match waiting {
        Waiting::Held(pair, reader) => held_messages::waiting(&pair.of, *reader),
        Waiting::Answer(pair) => {
            let id = pair.of.pair.id;
            let line = mention(&pair.of.mentee).and(asks(pair.of.pair.kind)).and(" Please answer by ");
            let line = line.piece(&when(pair.of.pair.answer_by)).and(".");
            vec![section(&line), actions(answers_and_request(id, true))]
        }
        Waiting::Prepare(pair, overview) => {
            let line = Markup::words("Your agenda for ").piece(&mention(pair.of.other(me.id))).and(", ");
            let empty = if overview.agenda_parts == 0 { ", is empty." } else { ", has only what was carried over." };
            let line = line.piece(&when(overview.meeting.starts_at)).and(empty);
            vec![section(&line), actions([PREPARE.primary_on(overview.meeting.id)])]
        }
        Waiting::Read(pair, overview) => {
            let other = mention(pair.of.other(me.id));
            let line = match pair.of.pair.is_of_peers() {
                true => Markup::words("What ").piece(&other).and(" has prepared, "),
                false => Markup::words("The agenda with ").piece(&other).and(", "),
            };
            let line = line.piece(&when(overview.meeting.starts_at)).and(", is ready.");
            vec![section(&line), actions([OPEN_AGENDA.primary_on(overview.meeting.id)])]
        }
        Waiting::Rhythm(pair, proposal) => {
            let line =
                mention(pair.of.half(proposal.by)).and(" proposes another rhythm: ").piece(&in_full(&proposal.new));
            let line = line.and(". Please answer by ").piece(&when(proposal.answer_by)).and(".");
            let id = proposal.id.simple();
            vec![section(&line), actions([AGREE_RHYTHM.primary_on(id), KEEP_RHYTHM.on(id)])]
        }
        Waiting::Peers(pair, question) => {
            let line =
                mention(pair.of.half(question.asked_by)).and(" would like you two to become peers: you both prepare");
            let line = line.and(if question.every_two_weeks { ", and you meet every two weeks." } else { "." });
            let line = line.and(" Please answer by ").piece(&when(question.answer_by)).and(".");
            vec![section(&line), actions([PEERS_YES.primary_on(question.id), PEERS_NO.on(question.id)])]
        }
        Waiting::Report(pair, overview) => {
            let id = overview.meeting.id;
            let line = Markup::words("Did you meet ").piece(&mention(pair.of.other(me.id))).and(", ");
            let line = line.piece(&when(overview.meeting.starts_at)).and("?");
            vec![section(&line), actions([WE_MET.primary_on(id), NOT_YET.on(id), SKIPPED.on(id)])]
        }
        Waiting::Sign(pair) => {
            let of = &pair.of;
            let line = if pair.agreement_change.is_some() {
                "A change of your agreement with "
            } else {
                "Sign your agreement with "
            };
            let line = Markup::words(line).piece(&mention(of.other(me.id)));
            let line =
                if pair.agreement_change.is_some() { line.and(" waits for your answer.") } else { line.and(".") };
            vec![section(&line), actions([OPEN_AGREEMENT.primary_on(of.pair.id)])]
        }
        Waiting::Review(pair, review) => {
            let line = Markup::words("How do you go on with ")
                .piece(&mention(pair.of.other(me.id)))
                .and("? Your review day is ");
            vec![section(&line.text(&day(review.review_on)).and(".")), choices_of(review, pair.of.pair.kind)]
        }
        Waiting::Inquiry(inquiry) => inquiry_screens::waiting(inquiry),
        Waiting::Suggest(request) => suggestion_screens::waiting(request),
        Waiting::FollowUp(of) => introduction_asker::question(of),
        Waiting::Ask(ask) => introduction_mentor::waiting(ask),
        Waiting::Introduce(named) => introduction_nominee::waiting(named),
        Waiting::Write(named) => outside_introduction::waiting(named),
    }
}
