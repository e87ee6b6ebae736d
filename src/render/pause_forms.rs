//! The forms that pause a pair and go on, and what is answered to who did.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use crate::domain::overview::{Overview, PairOverview};
use crate::domain::people::{Person, Standing};
use crate::render::controls::forms;
use crate::render::rhythm_words::{day, paused};
use crate::render::words::{mention, short, when};
use crate::slack::blocks::{Block, Blocks, Input, Markup, choice, context, date_input, modal, section, select_input};

/// Which pair.
pub const PAIR: &str = "pair";
/// The day on which it goes on, YYYY-MM-DD.
pub const UNTIL: &str = "until";

/// The choice of a pair when there are several; nothing when there is one.
pub fn choose(overview: &Overview, pairs: &[&PairOverview], first: &PairOverview) -> Option<Block> {
    let name = |pair: &&PairOverview| choice(short(&pair.of.other(overview.me.id).name), pair.of.pair.id.to_string());
    let choices: Vec<_> = pairs.iter().map(name).collect();
    let input = Input { field: PAIR, label: "With", hint: None, optional: false };
    (pairs.len() > 1).then(|| select_input(input, &choices, &first.of.pair.id.to_string()))
}

/// Until when to pause, and with whom; `until` stands in it already.
pub fn pause(
    overview: &Overview,
    pairs: &[&PairOverview],
    first: &PairOverview,
    until: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Value {
    let mut blocks = Blocks::new();
    match choose(overview, pairs, first) {
        Some(choice) => blocks.push(choice),
        None => blocks.push(section(&with(first, &overview.me, now))),
    }
    let hint = Some("The day on which you go on; at most twelve months away.");
    blocks.push(date_input(Input { field: UNTIL, label: "Until", hint, optional: false }, until));
    blocks.push(context(&Markup::words(
        "Meetings before that day are left out, and what stands on their agenda waits. The other one hears until when, and no reason is asked for.",
    )));
    modal(forms::PAUSE, "Pause", Some("Pause"), first.of.pair.id.to_string(), blocks)
}

/// Which of several pauses to take back.
pub fn resume(overview: &Overview, pairs: &[&PairOverview], first: &PairOverview, now: DateTime<Utc>) -> Value {
    let mut blocks: Blocks = pairs.iter().map(|pair| section(&with(pair, &overview.me, now))).collect();
    blocks.extend(choose(overview, pairs, first));
    modal(forms::RESUME, "Resume", Some("Resume"), first.of.pair.id.to_string(), blocks)
}

fn with(pair: &PairOverview, me: &Person, now: DateTime<Utc>) -> Markup {
    let line = Markup::words("Your meetings with ").piece(&mention(pair.of.other(me.id)));
    match paused(pair, me, now) {
        Some(paused) => line.and(": ").piece(&paused).and("."),
        None => line,
    }
}

/// That the meetings are paused, for who paused; `longer` is until when the other pauses, when that is later.
pub fn is_paused(
    me: &Person,
    other: &Person,
    until: NaiveDate,
    longer: Option<NaiveDate>,
    first: Option<DateTime<Utc>>,
) -> Markup {
    let line = Markup::words("Your meetings with ").piece(&mention(other)).and(" are paused until ");
    let line = line.text(&day(until)).and(". ").piece(&mention(other)).and(" is told until when, and no reason.");
    let line = match longer {
        Some(longer) => line.and(" They pause longer themselves, until ").text(&day(longer)).and("."),
        None => line,
    };
    // Who is outside has no commands.
    let earlier = match me.standing {
        Standing::Outsider => " *Resume*, with your agreement, goes on earlier.",
        _ => " `/mentor resume` goes on earlier.",
    };
    match first {
        Some(first) => line.and("\nThe first meeting after that: ").piece(&when(first)).and(".").and(earlier),
        None => line.and(earlier),
    }
}

/// That the meetings go on, for who took their pause back.
pub fn goes_on(other: &Person, next: Option<DateTime<Utc>>) -> Markup {
    let line = Markup::words("You go on with ").piece(&mention(other)).and(".");
    match next {
        Some(next) => line.and(" Next meeting: ").piece(&when(next)).and(". What was left out stays left out."),
        None => line,
    }
}

/// That the other's pause stays; `mine_ended` when one's own was taken back just now.
pub fn other_pauses(other: &Person, until: NaiveDate, mine_ended: bool) -> Markup {
    let line = Markup::words(if mine_ended { "Your pause is over, but " } else { "It is not you who paused: " });
    let line = line.piece(&mention(other)).and(" pauses your meetings until ").text(&day(until));
    line.and(". They go on then, or when ").piece(&mention(other)).and(" resumes.")
}

/// That there is nothing to take back.
pub fn not_paused(other: &Person, next: Option<DateTime<Utc>>) -> Markup {
    let line = Markup::words("Your meetings with ").piece(&mention(other)).and(" are not paused.");
    match next {
        Some(next) => line.and(" Next meeting: ").piece(&when(next)).and("."),
        None => line,
    }
}
