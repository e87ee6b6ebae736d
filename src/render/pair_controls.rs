//! What can be done about a pair as a whole: the buttons below its line on Home.

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pairs::PairKind;
use crate::render::controls::BECOME_PEERS;
use crate::slack::blocks::Button;

/// The buttons of one pair.
pub fn buttons(_overview: &Overview, pair: &PairOverview) -> Vec<Button> {
    let mut buttons = Vec::new();
    if pair.of.pair.kind == PairKind::InOrg {
        buttons.push(BECOME_PEERS.on(pair.of.pair.id));
    }
    buttons
}
