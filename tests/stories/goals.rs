//! Goals: set, read by both, edited, reached, dropped; by the mentee alone.

use std::sync::Arc;

use insta::assert_snapshot;
use mentor::render::controls::{self, forms};
use serde_json::{Value, json};
use slack_sandbox::SubmitOutcome;

use crate::support::{Someone, World, story};

/// Sets a goal with the form that is open.
async fn fills_in(who: &Someone, goal: &str, steps: &str, measure: &str) {
    who.fills("My goal", goal).await;
    who.fills("Steps", steps).await;
    who.fills("How we will know", measure).await;
}

fn click(button: &str, value: &str) -> Value {
    json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": value }] })
}

/// The id behind the latest button of a kind.
fn latest_id(world: &World, action_id: &str) -> String {
    let calls = world.sandbox.calls();
    let texts = calls.iter().rev().map(|call| call.arguments.to_string().replace('\\', ""));
    let needle = format!("\"action_id\":\"{action_id}\"");
    let after = |text: String| {
        let (_, rest) = text.rsplit_once(&needle)?;
        rest.split("\"value\":\"").nth(1).and_then(|rest| rest.get(..32)).map(str::to_owned)
    };
    texts.into_iter().find_map(after).unwrap()
}

story!(a_goal_from_setting_it_to_the_win, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    assert_snapshot!(ada.types_and_sees("/mentor goal").await, @"
    # A goal
    With @grace
    My goal: ____
    Steps (optional): ____
      (One a line, at most six.)
    How we will know (optional): ____
    By when (optional): ____
    Only the two of you will ever see this.
    [Cancel] [Save]
    ");
    let (goal, measure) = (world.secret("lead a project"), world.secret("the team says so"));
    let steps = [world.secret("plan it"), world.secret("run it")];
    fills_in(&ada, &goal, &format!("- {}\n\n* {}", steps[0], steps[1]), &measure).await;
    ada.chooses("By when", "2026-06-30").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let shortened = |text: String| {
        let text = text.replace(&goal, "[goal]").replace(&measure, "[measure]");
        text.replace(&steps[0], "[plan it]").replace(&steps[1], "[run it]")
    };
    assert_snapshot!(shortened(ada.types_and_sees("/mentor goal").await), @"
    # Goals
    With @grace
    [goal]
    1. [plan it]
    2. [run it]
    How we will know:
    [measure]
    @ada · since March 2nd, 2026 · by Tue 30 Jun 2026
    [Reached] [Edit] [Drop]
    [Set a goal]
    [Close]
    ");

    // Edited in place; the list below follows.
    ada.clicks_and_sees("Edit").await;
    let third = world.secret("look back at it");
    ada.fills("Steps", &format!("{}\n{}\n{third}", steps[0], steps[1])).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.modal_with(&format!("3. {third}")).await;
    ada.closes().await;

    // Her mentor reads it, and has nothing to click.
    assert_snapshot!(shortened(grace.types_and_sees("/mentor goals").await).replace(&third, "[look back]"), @"
    # Goals
    With @ada
    [goal]
    1. [plan it]
    2. [run it]
    3. [look back]
    How we will know:
    [measure]
    @ada · since March 2nd, 2026 · by Tue 30 Jun 2026
    [Close]
    ");
    grace.closes().await;
    assert_snapshot!(shortened(grace.home().await).replace(&third, "[look back]"), @"
    What waits for me
    Nothing. Enjoy your day.
    ---
    Next meetings
    Thursday, March 5th, 2026 at 10:00 AM with @ada
    No agenda yet
    [Open agenda]
    [Move this one] [Skip this one]
    ---
    Homework
    [See homework] [Add homework]
    ---
    Asks and introductions
    [Who can I talk to about…]
    ---
    My mentors, mentees and peers
    You mentor @ada · every week, 30 minutes
    [Our agreement] [Change rhythm] [Pause] [Become peers] [Finish]
    [Find a mentor] [Ask somebody to mentor me] [Ask my manager to suggest someone] [Add an outside mentor]
    ---
    Goals and wins
    [goal]
    1. [plan it]
    2. [run it]
    3. [look back]
    How we will know:
    [measure]
    @ada · since March 2nd, 2026 · by Tue 30 Jun 2026
    [See goals] [Log a win]
    ---
    Settings
    You work Mon–Fri, 09:00–17:00 (America/New_York). No days off.
    You are asked for an agenda 2 working days ahead.
    [My settings]
    [Who sees what]
    You are not listed; who knows you may ask you. Introductions: off.
    [My profile]
    [My network] [Mentor or manager?]
    ");

    // Reached: a word, and the way to a win.
    ada.home().await;
    ada.clicks_on_home("See goals").await;
    ada.modal().await;
    ada.clicks("Reached").await;
    assert_snapshot!(ada.modal_with("Reached.").await, @"
    # Goals
    :tada: Reached. Would you like to log it as a win?
    [Log a win]
    ---
    With @grace
    No goal yet.
    [Set a goal]
    [Close]
    ");
    let form = ada.clicks_and_sees("Log a win").await;
    assert!(form.contains(&format!("The win: {goal}")), "{form}");
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert_snapshot!(grace.reads_one(), @"
    @ada has a win to share.
    [Read it]
    ");

    // Another one, dropped.
    let other = world.secret("write a book");
    ada.home().await;
    ada.clicks_on_home("Set a goal").await;
    ada.modal().await;
    ada.fills("My goal", &other).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    assert!(grace.hands.home().unwrap().to_string().contains(&other));
    ada.types_and_sees("/mentor goal list").await;
    ada.clicks("Drop").await;
    ada.modal_with("No goal yet.").await;
    ada.closes().await;
    assert!(!grace.hands.home().unwrap().to_string().contains(&other));
});

story!(wrong_goals, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.types("/mentor goal").await, @"You have no mentor yet to work towards a goal with. Type `/mentor ask @name` to ask somebody.");
    ada.asks(&grace, &world.secret("direction")).await;
    grace.reads_one();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();
    assert_snapshot!(grace.types("/mentor goal").await, @"Your mentees set their goals, and you will see them here. None is set yet.");

    let typed = world.secret("learn to listen");
    let form = ada.types_and_sees(&format!("/mentor goal {typed}")).await;
    assert!(form.contains(&format!("My goal: {typed}")), "{form}");
    fills_in(&ada, " \u{200b} ", "1\n2\n3\n4\n5\n6\n7", "").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["My goal"], @"Write a sentence: what do you want to reach?");
    ada.fills("My goal", &typed).await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Steps"], @"7 steps, and six are the most: choose the next ones.");
    ada.fills("Steps", "1\n2\n3\n4\n5\n6").await;
    ada.chooses("By when", "2025-03-03").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["By when"], @"That day is over. Choose a day to come, or leave it empty.");
    ada.chooses("By when", "").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);

    // A client that lets more through than Slack's own is refused at the field.
    ada.types_and_sees("/mentor goal").await;
    let (pair, goal) = (latest_id(&world, controls::SET_GOAL.id), latest_id(&world, controls::EDIT_GOAL.id));
    ada.closes().await;
    let too_long = json!({ "type": "view_submission", "view": {
        "id": "V0FORGED", "type": "modal", "callback_id": forms::SET_GOAL, "private_metadata": pair, "hash": "1.a",
        "state": { "values": {
            "goal": { "goal": { "type": "plain_text_input", "value": "x".repeat(3_001) } },
            "by_when": { "by_when": { "type": "datepicker", "selected_date": "2026-02-30" } } } } } });
    let answer = world.during(ada.hands.forges(too_long.clone())).await.unwrap();
    assert_snapshot!(answer["errors"]["goal"], @r#""3001 characters, and 3,000 are the most: please shorten it.""#);
    let mut no_day = too_long;
    no_day["view"]["state"]["values"]["goal"]["goal"]["value"] = json!("x".repeat(3_000));
    no_day["view"]["id"] = json!("V1FORGED");
    let answer = world.during(ada.hands.forges(no_day.clone())).await.unwrap();
    assert_snapshot!(answer["errors"]["by_when"], @r#""That is no day of the calendar. Choose another, or leave it empty.""#);

    // The mentor sets none and changes none: the same words as for what is not there.
    let home = grace.home().await;
    no_day["view"]["state"]["values"]["by_when"] = json!({});
    let answer = world.during(grace.hands.forges(no_day)).await.unwrap();
    assert!(answer.to_string().contains("That is not here, or not yours."), "{answer}");
    for id in [goal.as_str(), "ffffffffffffffffffffffffffffffff", "nonsense"] {
        for button in [controls::EDIT_GOAL.id, controls::GOAL_REACHED.id, controls::DROP_GOAL.id] {
            world.during(grace.hands.forges(click(button, id))).await.unwrap();
            assert!(grace.modal().await.contains("That is not here, or not yours."));
            grace.closes().await;
        }
    }
    assert_eq!(grace.home().await, home);
    // Dropped twice is dropped once; a form that is sent after that says so and keeps what was written.
    ada.types_and_sees("/mentor goal").await;
    ada.clicks_and_sees("Edit").await;
    world.during(ada.hands.forges(click(controls::DROP_GOAL.id, &goal))).await.unwrap();
    let SubmitOutcome::Pushed(notice) = ada.submits().await else { panic!("a word on top of the form") };
    assert_snapshot!(notice, @"
    # Mentor
    That goal was dropped already. Nothing was changed.
    [Close]
    ");
    ada.closes().await;
    ada.closes().await;
    ada.closes().await;
    world.during(ada.hands.forges(click(controls::DROP_GOAL.id, &goal))).await.unwrap();
    assert!(ada.modal().await.contains("That goal was dropped already."));
    ada.closes().await;
});
