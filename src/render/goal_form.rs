//! The form for a goal, new or changed.

use serde_json::Value;

use crate::domain::goals::GoalOfPair;
use crate::domain::overview::{Overview, PairOverview};
use crate::domain::private_text::PrivateText;
use crate::render::controls::forms;
use crate::render::homework_forms::{about, did_not_fit};
use crate::render::words::{mention, short};
use crate::slack::blocks::{
    Block, Blocks, Input, Markup, choice, context, date_input, modal, section, select_input, text_input,
};

/// What the mentee works towards.
pub const GOAL: &str = "goal";
/// The steps, one a line.
pub const STEPS: &str = "steps";
/// How they will know.
pub const MEASURE: &str = "measure";
/// By when.
pub const BY_WHEN: &str = "by_when";
/// Which pair it belongs to.
pub const PAIR: &str = "pair";

/// The form for a new goal, for this pair at first; `typed` stands in it already, and `rest` is what did not fit.
pub fn set(
    overview: &Overview,
    first: &PairOverview,
    typed: Option<&str>,
    rest: Option<&str>,
    below: Option<&str>,
) -> Value {
    let pairs: Vec<&PairOverview> = overview.sets_goals_in().collect();
    let other = |pair: &PairOverview| pair.of.other(overview.me.id).clone();
    let mut blocks: Blocks = Vec::new();
    if pairs.len() > 1 {
        let input = Input { field: PAIR, label: "With", hint: None, optional: false };
        let choices: Vec<_> =
            pairs.iter().map(|pair| choice(short(&other(pair).name), pair.of.pair.id.to_string())).collect();
        blocks.push(select_input(input, &choices, &first.of.pair.id.to_string()));
    } else {
        blocks.push(section(&Markup::words("With ").piece(&mention(&other(first)))));
    }
    let [goal, rest_of_fields @ ..] = fields(typed, None, None, None);
    blocks.push(goal);
    blocks.extend(did_not_fit(rest));
    blocks.extend(rest_of_fields);
    blocks.push(only_two());
    modal(forms::SET_GOAL, "A goal", Some("Save"), about(first.of.pair.id, below), blocks)
}

/// The form with what a goal says.
pub fn edit(of: &GoalOfPair, below: Option<&str>) -> Value {
    let goal = &of.goal;
    let mut blocks: Blocks = vec![section(&Markup::words("With ").piece(&mention(of.of.other(goal.owner))))];
    blocks.extend(fields(
        Some(goal.goal.reveal()),
        goal.steps.as_ref().map(PrivateText::reveal),
        goal.measure.as_ref().map(PrivateText::reveal),
        goal.due_on,
    ));
    blocks.push(only_two());
    modal(forms::EDIT_GOAL, "A goal", Some("Save"), about(goal.id, below), blocks)
}

fn fields(
    goal: Option<&str>,
    steps: Option<&str>,
    measure: Option<&str>,
    by_when: Option<chrono::NaiveDate>,
) -> [Block; 4] {
    let input = |field, label, hint| Input { field, label, hint, optional: true };
    [
        text_input(Input { optional: false, ..input(GOAL, "My goal", None) }, None, goal),
        text_input(input(STEPS, "Steps", Some("One a line, at most six.")), None, steps),
        text_input(input(MEASURE, "How we will know", None), None, measure),
        date_input(input(BY_WHEN, "By when", None), by_when),
    ]
}

fn only_two() -> Block {
    context(&Markup::words("Only the two of you will ever see this."))
}
