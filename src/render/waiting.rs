//! One line with its buttons for each thing that waits for somebody: on Home and as the answer to `/mentor`.

use crate::domain::overview::Waiting;
use crate::render::controls::{NOT_YET, OPEN_AGENDA, PREPARE, SKIPPED, WE_MET};
use crate::render::proposal_screens::answers_and_request;
use crate::render::words::{mention, when};
use crate::render::{inquiry_screens, suggestion_screens};
use crate::slack::blocks::{Blocks, Markup, actions, section};

/// Draws one thing that waits.
pub fn draw(waiting: &Waiting<'_>) -> Blocks {
    match waiting {
        Waiting::Answer(pair) => {
            let id = pair.of.pair.id;
            let line = mention(&pair.of.mentee).and(" would like you as a mentor. Please answer by ");
            let line = line.piece(&when(pair.of.pair.answer_by)).and(".");
            vec![section(&line), actions(answers_and_request(id, true))]
        }
        Waiting::Prepare(pair, overview) => {
            let line = Markup::words("Your agenda for ").piece(&mention(&pair.of.mentor)).and(", ");
            let empty = if overview.agenda_parts == 0 { ", is empty." } else { ", has only what was carried over." };
            let line = line.piece(&when(overview.meeting.starts_at)).and(empty);
            vec![section(&line), actions([PREPARE.primary_on(overview.meeting.id)])]
        }
        Waiting::Read(pair, overview) => {
            let line = Markup::words("The agenda with ").piece(&mention(&pair.of.mentee)).and(", ");
            let line = line.piece(&when(overview.meeting.starts_at)).and(", is ready.");
            vec![section(&line), actions([OPEN_AGENDA.primary_on(overview.meeting.id)])]
        }
        Waiting::Report(pair, overview) => {
            let id = overview.meeting.id;
            let line = Markup::words("Did you meet ").piece(&mention(&pair.of.mentor)).and(", ");
            let line = line.piece(&when(overview.meeting.starts_at)).and("?");
            vec![section(&line), actions([WE_MET.primary_on(id), NOT_YET.on(id), SKIPPED.on(id)])]
        }
        Waiting::Inquiry(inquiry) => inquiry_screens::waiting(inquiry),
        Waiting::Suggest(request) => suggestion_screens::waiting(request),
    }
}
