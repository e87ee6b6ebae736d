//! The list of goals, pair by pair, and each goal as it is read.

use serde_json::Value;

use crate::domain::goals::{Goal, sets_goals};
use crate::domain::identifiers::PersonId;
use crate::domain::overview::{Overview, PairOverview};
use crate::render::controls::{DROP_GOAL, EDIT_GOAL, GOAL_REACHED, LOG_WIN, SET_GOAL};
use crate::render::words::mention;
use crate::slack::blocks::{
    Block, Blocks, Confirm, DateStyle, Markup, actions, context, divider, modal, plain, section, section_with,
};

/// Goals of one pair shown on Home; the rest is counted.
const ON_HOME: usize = 3;
/// Blocks of a list that all pairs share; Slack takes 100.
const ROOM: usize = 96;
/// Blocks of a pair kept free for what comes below its goals.
const KEPT_FREE: usize = 2;

/// What Slack asks before a goal is given up.
const SURE: Confirm = Confirm {
    title: "Drop this goal?",
    text: "It goes from both your lists. Another one can be set at any time.",
    yes: "Drop",
    no: "Keep",
};

/// The list, in a modal; `reached` is the goal that was reached just now, which may be a win to log.
pub fn draw(overview: &Overview, reached: Option<&Goal>) -> Value {
    let mut blocks = Blocks::new();
    if let Some(goal) = reached {
        let line = Markup::words(":tada: *Reached.* Would you like to log it as a win?");
        blocks.push(section_with(&line, LOG_WIN.primary_on(goal.id)));
    }
    let room = ROOM / overview.active().count().max(1);
    for pair in overview.active() {
        if !blocks.is_empty() {
            blocks.push(divider());
        }
        blocks.push(section(&Markup::words("*With* ").piece(&mention(pair.of.other(overview.me.id)))));
        blocks.extend(of_pair(pair, overview.me.id, room));
        if sets_goals(&pair.of, overview.me.id) {
            blocks.push(actions([SET_GOAL.on(pair.of.pair.id)]));
        }
    }
    modal("goals", "Goals", None, String::new(), blocks)
}

/// As much as `room` blocks take; what does not fit is counted.
fn of_pair(pair: &PairOverview, me: PersonId, room: usize) -> Blocks {
    let mut blocks = Blocks::new();
    let mut shown = 0;
    for goal in &pair.goals {
        let mut drawn = one(goal, pair);
        if goal.owner == me {
            let buttons =
                [GOAL_REACHED.primary_on(goal.id), EDIT_GOAL.on(goal.id), DROP_GOAL.confirmed_on(goal.id, SURE)];
            drawn.push(actions(buttons));
        }
        if blocks.len() + drawn.len() + KEPT_FREE > room {
            break;
        }
        blocks.extend(drawn);
        shown += 1;
    }
    blocks.extend(more(pair, shown));
    if pair.goals.is_empty() {
        blocks.push(section(&Markup::words("No goal yet.")));
    }
    blocks
}

/// A pair's goals for reading alone, for Home.
pub fn read(pair: &PairOverview) -> Blocks {
    let mut blocks: Blocks = pair.goals.iter().take(ON_HOME).flat_map(|goal| one(goal, pair)).collect();
    blocks.extend(more(pair, ON_HOME));
    blocks
}

fn more(pair: &PairOverview, shown: usize) -> Option<Block> {
    let more = pair.goals.len().checked_sub(shown).filter(|more| *more > 0)?;
    Some(context(&Markup::words("… and ").number(more).and(" more.")))
}

fn one(goal: &Goal, pair: &PairOverview) -> Blocks {
    let mut blocks = plain(goal.goal.reveal());
    if let Some(steps) = &goal.steps {
        let numbered = steps.reveal().lines().enumerate().map(|(at, step)| format!("{}. {step}", at + 1));
        blocks.extend(plain(&numbered.collect::<Vec<_>>().join("\n")));
    }
    if let Some(measure) = &goal.measure {
        blocks.push(context(&Markup::words("How we will know:")));
        blocks.extend(plain(measure.reveal()));
    }
    let owner = pair.of.half(goal.owner);
    let line = mention(owner).and(" · since ").date(goal.set_at, DateStyle::LongDay);
    blocks.push(context(&match goal.due_on {
        Some(day) => line.and(" · by ").text(&day.format("%a %-d %b %Y").to_string()),
        None => line,
    }));
    blocks
}
