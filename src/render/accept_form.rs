//! The form with which a mentor accepts: how often, weekday, time and length.

use chrono::Weekday;
use serde_json::Value;

use crate::domain::pairs::PairOfPeople;
use crate::domain::rhythm::Frequency;
use crate::render::controls::forms;
use crate::render::rhythm_inputs;
use crate::render::words::mention;
use crate::slack::blocks::{Blocks, Markup, context, modal, plain, section};

/// Minutes that are filled in.
const USUAL_LENGTH: u16 = 45;

/// The form, with the usual rhythm filled in; `days` are the programme's working days.
pub fn open(of: &PairOfPeople, days: &[Weekday]) -> Value {
    let mut blocks: Blocks = vec![section(&mention(&of.mentee).and(" wants to work on:"))];
    blocks.extend(plain(of.pair.aim.reveal()));
    let usual = rhythm_inputs::usual(Frequency::default_of(of.pair.kind));
    blocks.extend(rhythm_inputs::draw(usual, USUAL_LENGTH, days));
    blocks.push(context(&zones(of)));
    modal(forms::ACCEPT, "Accept", Some("Accept"), of.pair.id.to_string(), blocks)
}

/// Whose clock the time is on.
fn zones(of: &PairOfPeople) -> Markup {
    let zones = Markup::words("On your clock (").text(of.mentor.zone().name()).and(").");
    if of.mentor.zone() == of.mentee.zone() {
        return zones;
    }
    zones.and(" ").piece(&mention(&of.mentee)).and(" is on ").text(of.mentee.zone().name()).and(" time.")
}
