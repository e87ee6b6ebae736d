//! What can be done with a pair as a whole: the row of buttons below its line on Home.

use chrono::{DateTime, Utc};

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pairs::PairKind;
use crate::render::controls::{BECOME_PEERS, CHANGE_RHYTHM, CORRECT_ADDRESS, FINISH, OUR_AGREEMENT, PAUSE, RESUME};
use crate::slack::blocks::{Block, Button, actions};

/// The row for one pair.
pub fn draw(overview: &Overview, pair: &PairOverview, now: DateTime<Utc>) -> Block {
    actions(buttons(overview, pair, now))
}

fn buttons(overview: &Overview, pair: &PairOverview, now: DateTime<Utc>) -> Vec<Button> {
    let id = pair.of.pair.id;
    let mut buttons = vec![OUR_AGREEMENT.on(id)];
    if pair.is_held {
        // What else there is to decide stands with what waits for them.
        buttons.push(FINISH.on(id));
        return buttons;
    }
    if pair.meets() && pair.of.pair.rhythm.is_some() {
        buttons.push(CHANGE_RHYTHM.on(id));
    }
    let nobody_pauses = pair.pauses.last(&pair.of, now).is_none();
    if !pair.meets() && (nobody_pauses || pair.pauses.of(&overview.me, now).is_some()) {
        buttons.push(RESUME.on(id));
    } else {
        buttons.push(PAUSE.on(id));
    }
    if pair.of.pair.kind == PairKind::InOrg {
        buttons.push(BECOME_PEERS.on(id));
    }
    if pair.of.mentor.is_contact() {
        buttons.push(CORRECT_ADDRESS.on(id));
    }
    buttons.push(FINISH.on(id));
    buttons
}
