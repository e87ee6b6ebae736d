//! What people are told about pauses: that there is one and until when, never why.

use chrono::{DateTime, Utc};

use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::pauses::Pause;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::rhythm_words::day;
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Markup, context, message, section};

/// What is known beside the pause itself.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// The next meeting, or the first that there will be after the pause.
    pub next: Option<DateTime<Utc>>,
    /// A rhythm that the reader proposed was not decided when the pause began.
    pub proposal_overtaken: bool,
}

/// Draws a message about a pause for its reader.
pub fn draw(kind: MessageKind, pause: &Pause, of: &PairOfPeople, reader: &Person, around: Around) -> Outgoing {
    let other = of.other(reader.id);
    if kind == MessageKind::PairResumed {
        let line = Markup::words("You and ").piece(&mention(other)).and(" go on: the pause is over.");
        let line = match around.next.filter(|_| of.pair.state == PairState::Active) {
            Some(next) => line.and("\nYour next meeting: ").piece(&when(next)).and("."),
            None => line,
        };
        return message(format!("You and {} go on", name(other)), vec![section(&line)]);
    }
    let (text, line) = if pause.ended_at.is_some() {
        let line = mention(other).and(" paused your meetings until ").text(&day(pause.until)).and(". That is over.");
        (format!("{} paused your meetings", name(other)), line)
    } else {
        let line = mention(other).and(" pauses your meetings until ").text(&day(pause.until)).and(".\n");
        let line = line.and("Until then nothing is asked of you; what stands on your agenda waits.");
        let line = match around.next {
            Some(next) => line.and(" The first meeting after that: ").piece(&when(next)).and("."),
            None => line,
        };
        (format!("{} pauses your meetings", name(other)), line)
    };
    let mut blocks: Blocks = vec![section(&line)];
    if around.proposal_overtaken && pause.ended_at.is_none() {
        blocks.push(context(&Markup::words(
            "The rhythm you proposed was not decided before. Propose it again when you go on.",
        )));
    }
    message(text, blocks)
}
