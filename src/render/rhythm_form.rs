//! The form with which somebody proposes another rhythm, and the proposal of the other that waits for an answer first.

use chrono::{DateTime, Utc, Weekday};
use chrono_tz::Tz;
use serde_json::Value;

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pairs::PairOfPeople;
use crate::domain::rhythm::{Frequency, Rhythm};
use crate::domain::rhythm_proposals::RhythmProposal;
use crate::render::controls::forms;
use crate::render::rhythm_messages;
use crate::render::rhythm_words::in_full;
use crate::render::words::{mention, when};
use crate::render::{pause_forms, rhythm_inputs};
use crate::slack::blocks::{Blocks, Input, Markup, choice, context, modal, section, select_input, text_input};

/// Which pair.
pub const PAIR: &str = pause_forms::PAIR;
/// The zone on whose clock the rhythm is counted, by its IANA name.
pub const ZONE: &str = "zone";
/// A cron expression instead of everything above but the length.
pub const EXPRESSION: &str = "expression";

/// The zones a pair can count in: those of the two, and the one it counts in now.
pub fn zones(of: &PairOfPeople) -> Vec<Tz> {
    let mut zones = Vec::new();
    for zone in of.pair.rhythm.iter().map(|rhythm| rhythm.zone).chain([of.mentee.zone(), of.mentor.zone()]) {
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    zones
}

/// The form, for `first` of `pairs`; what holds there now is filled in. `days` are the programme's working days.
pub fn propose(
    overview: &Overview,
    pairs: &[&PairOverview],
    first: &PairOverview,
    rhythm: &Rhythm,
    days: &[Weekday],
    now: DateTime<Utc>,
) -> Value {
    let mut blocks = Blocks::new();
    for pair in pairs {
        let with = Markup::words("With ").piece(&mention(pair.of.other(overview.me.id)));
        if let Some(holds) = &pair.of.pair.rhythm {
            blocks.push(section(&with.and(" now: ").piece(&in_full(holds)).and(".")));
        }
        if let Some(open) = pair.proposal_of(overview.me.id, now) {
            let line = Markup::words("You proposed: ").piece(&in_full(&open.new)).and(". The time to answer ends ");
            blocks.push(context(&line.piece(&when(open.answer_by)).and(". Another proposal takes its place.")));
        }
    }
    blocks.extend(pause_forms::choose(overview, pairs, first));
    let usual = rhythm_inputs::usual(Frequency::default_of(first.of.pair.kind));
    blocks.extend(rhythm_inputs::draw(rhythm.as_regular().unwrap_or(usual), rhythm.length_minutes, days));
    let mut clocks: Vec<Tz> = Vec::new();
    for zone in pairs.iter().flat_map(|pair| zones(&pair.of)) {
        if !clocks.contains(&zone) {
            clocks.push(zone);
        }
    }
    if clocks.len() > 1 {
        let choices: Vec<_> = clocks.iter().map(|zone| choice(zone.name(), zone.name())).collect();
        let input = Input { field: ZONE, label: "Counted on the clock of", hint: None, optional: false };
        blocks.push(select_input(input, &choices, rhythm.zone.name()));
    } else {
        blocks.push(context(&Markup::words("Counted on the clock of ").text(rhythm.zone.name()).and(".")));
    }
    let input = Input {
        field: EXPRESSION,
        label: "Or a cron expression",
        hint: Some(
            "Minute, hour, day of month, month, day of week; a day must fit both. 0 10 1-7 * Tue is the first Tuesday at 10:00. When something stands here, it counts instead of how often, weekday and time.",
        ),
        optional: true,
    };
    blocks.push(text_input(input, Some("0 10 1-7 * Tue"), rhythm.as_expression()));
    if pairs.iter().any(|pair| pair.of.mentor.is_contact()) {
        blocks.push(context(&Markup::words(
            "With a mentor outside who has no Slack it changes at once: agree it with them first.",
        )));
    }
    blocks.push(context(&Markup::words(
        "The rhythm belongs to both of you: it changes when the other one agrees. Until then everything stays.",
    )));
    modal(forms::RHYTHM, "Change rhythm", Some("Propose"), first.of.pair.id.to_string(), blocks)
}

/// What the other proposed, to be answered.
pub fn answer(of: &PairOfPeople, proposal: &RhythmProposal, dates: &[DateTime<Utc>]) -> Value {
    let blocks = rhythm_messages::question("", of, proposal, dates);
    modal("rhythm_proposed", "Another rhythm", None, String::new(), blocks)
}
