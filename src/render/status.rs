//! The answer to `/mentor` alone: where you stand, in one screen.

use chrono::{DateTime, Utc};

use crate::domain::overview::Overview;
use crate::render::controls::{ASK_SOMEBODY, FIND};
use crate::render::rhythm_words::paused;
use crate::render::words::{counted, mention, relationship, when};
use crate::render::{asks_home, suggestion_screens, waiting};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, actions, context, message, section};

/// Things that wait shown here; the rest is on Home.
const WAITING_SHOWN: usize = 5;

/// Draws where somebody stands.
pub fn draw(overview: &Overview, now: DateTime<Utc>) -> Outgoing {
    let mut blocks = Blocks::new();
    let waiting = overview.waiting(now);
    for pair in overview.active() {
        let mut line = relationship(&pair.of, &overview.me);
        if let Some(paused) = paused(pair, &overview.me, now) {
            line = line.and(", ").piece(&paused);
        }
        if let Some(next) = pair.next_meeting(now) {
            line = line.and(". Next meeting: ").piece(&when(next.meeting.starts_at));
            line = if next.agenda_parts == 0 {
                line.and(", no agenda yet")
            } else {
                line.and(", agenda of ").piece(&counted(next.agenda_parts, "part", "parts"))
            };
        }
        let open = pair.homework.len();
        if open > 0 {
            line = line.and(". Homework: ").number(open);
        }
        blocks.push(section(&line.and(".")));
    }
    for asked in overview.asked(now) {
        let line = Markup::words("You asked ").piece(&mention(&asked.of.mentor)).and("; you will hear by ");
        blocks.push(section(&line.piece(&when(asked.of.pair.answer_by)).and(".")));
    }
    blocks.extend(overview.asking.open_request(now).map(|request| section(&suggestion_screens::requested(request))));
    blocks.extend(asks_home::status(overview));
    if blocks.is_empty() && waiting.is_empty() {
        blocks.push(section(&Markup::words(
            "You have no mentor yet. Type `/mentor find` to see whom you could ask, `/mentor ask @name` to ask somebody, or `/mentor help` for everything I do.",
        )));
        blocks.push(actions([FIND.primary_on(""), ASK_SOMEBODY.on("")]));
    }
    if !waiting.is_empty() {
        blocks.push(section(&Markup::words("*What waits for you*")));
        blocks.extend(waiting.iter().take(WAITING_SHOWN).flat_map(|waiting| waiting::draw(waiting, &overview.me)));
    }
    blocks.push(context(&Markup::words("`/mentor help` shows the commands; the Home tab shows everything.")));
    message("Where you stand".to_owned(), blocks)
}
