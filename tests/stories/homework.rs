//! Homework: added, returned, talked about, dropped, moved, nudged about; each to its owner.

use std::sync::Arc;

use insta::assert_snapshot;
use mentor::render::controls;
use serde_json::json;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

/// Adds homework with the form that stands behind *Add homework* in the list.
async fn adds(who: &Someone, task: &str, owner: &str) {
    who.types_and_sees("/mentor homework").await;
    who.clicks_and_sees("Add homework").await;
    who.fills("What to look into", task).await;
    who.chooses("Who looks into it", owner).await;
    assert_eq!(who.submits().await, SubmitOutcome::Closed);
}

/// The ids of the buttons with this label on the screens of this person.
fn ids_behind(world: &World, action_id: &str) -> Vec<String> {
    let mut found = Vec::new();
    for call in world.sandbox.calls() {
        let text = call.arguments.to_string().replace('\\', "");
        for part in text.split(&format!("\"action_id\":\"{action_id}\"")).skip(1) {
            found.extend(part.split("\"value\":\"").nth(1).and_then(|rest| rest.get(..32)).map(str::to_owned));
        }
    }
    found
}

story!(homework_from_the_list, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    assert_snapshot!(ada.types_and_sees("/mentor homework").await, @"
    # Homework
    With @grace
    Nothing is open.
    [Add homework]
    [Close]
    ");
    assert_snapshot!(ada.clicks_and_sees("Add homework").await, @"
    # Add homework
    With @grace
    What to look into: ____
    Who looks into it: (x) I do  ( ) grace
    Due (optional): ____
      (Empty: the next meeting.)
    Only the two of you will ever see this.
    [Cancel] [Add]
    ");
    let mine = world.secret("read the runbook");
    ada.fills("What to look into", &mine).await;
    ada.chooses("Due", "2026-03-04").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let list = ada.modal_with(&mine).await;
    assert_snapshot!(list.replace(&mine, "[mine]"), @"
    # Homework
    With @grace
    Mine
    [mine]
    @ada · open · since March 2nd, 2026 · due Wed 4 Mar
    [Return] [Drop]
    [Add homework]
    [Close]
    ");
    ada.closes().await;
    let theirs = world.secret("introduce her to the architects");
    adds(&ada, &theirs, "grace").await;
    let list = ada.modal_with(&theirs).await;
    assert_snapshot!(list.replace(&mine, "[mine]").replace(&theirs, "[theirs]"), @"
    # Homework
    With @grace
    Mine
    [mine]
    @ada · open · since March 2nd, 2026 · due Wed 4 Mar
    [Return] [Drop]
    Theirs
    [theirs]
    @grace · open · since March 2nd, 2026
    [Add homework]
    [Close]
    ");
    ada.closes().await;

    // Grace sees hers as her own, and returns it.
    let list = grace.types_and_sees("/mentor homework").await;
    assert_snapshot!(list.replace(&mine, "[mine]").replace(&theirs, "[theirs]"), @"
    # Homework
    With @ada
    Mine
    [theirs]
    @grace · open · since March 2nd, 2026
    [Return] [Drop]
    Theirs
    [mine]
    @ada · open · since March 2nd, 2026 · due Wed 4 Mar
    [Add homework]
    [Close]
    ");
    grace.clicks_and_sees("Return").await;
    let findings = world.secret("they would love to");
    grace.fills("What I found out", &findings).await;
    assert_eq!(grace.submits().await, SubmitOutcome::Closed);
    let list = grace.modal_with(&findings).await;
    assert_snapshot!(list.replace(&mine, "[mine]").replace(&theirs, "[theirs]").replace(&findings, "[findings]"), @"
    # Homework
    With @ada
    Mine
    [theirs]
    [findings]
    @grace · returned, to be talked about · since March 2nd, 2026
    [Done] [Drop]
    Theirs
    [mine]
    @ada · open · since March 2nd, 2026 · due Wed 4 Mar
    [Add homework]
    [Close]
    ");
    grace.closes().await;

    // Either of the two says that it was talked about.
    ada.types_and_sees("/mentor homework").await;
    ada.clicks("Done").await;
    let list = ada.modal_with("[Drop]\n[Add homework]").await;
    assert!(!list.contains(&theirs) && list.contains(&mine), "{list}");
    ada.clicks("Drop").await;
    assert_snapshot!(ada.modal_with("Nothing is open.").await, @"
    # Homework
    With @grace
    Nothing is open.
    [Add homework]
    [Close]
    ");
    ada.closes().await;
});

story!(homework_typed_for_the_nearest_meeting, |world: Arc<World>| async move {
    let (ada, _grace) = world.a_pair().await;
    let text = world.secret("the budget & how it is <decided>");
    assert_snapshot!(ada.types(&format!("/mentor homework {text}")).await, @"
    Noted as your homework with @grace, due at your next meeting, Thursday, March 5th, 2026 at 3:00 PM.
    [See homework]
    ");
    ada.clicks_and_sees("See homework").await;
    assert!(ada.modal().await.contains(&text));
    ada.closes().await;
    // What begins with what it is about may name somebody, too; it is read as it was typed.
    assert!(ada.types("/mentor homework ask @grace about budgets").await.starts_with("Noted"));
    assert!(ada.home().await.contains("ask @grace about budgets"));
    // With a second mentor, who meets later, it can be moved.
    let lise = world.joins(NewPerson::member("lise", "Lise Meitner", "Europe/London")).await;
    ada.asks(&lise, &world.secret("measuring")).await;
    lise.reads_one();
    lise.accepts("Friday", "10:00", "30 minutes").await;
    ada.reads();
    let text = world.secret("who measures what");
    assert_snapshot!(ada.types(&format!("/mentor homework {text}")).await, @"
    Noted as your homework with @grace, due at your next meeting, Thursday, March 5th, 2026 at 3:00 PM.
    [See homework]
    [Move it to another pair ▾]
    ");
    ada.chooses("Move it to another pair", "lise").await;
    assert_snapshot!(ada.is_told("Moved").await, @"Moved: it is your homework with @lise now.");
    let list = lise.types_and_sees("/mentor homework").await;
    assert!(list.contains(&text), "{list}");
    lise.closes().await;
    let form = ada.types_and_sees("/mentor homework").await;
    assert!(form.contains(&text), "{form}");
    assert_snapshot!(ada.clicks_and_sees("Add homework").await, @"
    # Add homework
    With: grace
    What to look into: ____
    Who looks into it: (x) I do  ( ) The other of us
    Due (optional): ____
      (Empty: the next meeting.)
    Only the two of you will ever see this.
    [Cancel] [Add]
    ");
    let other = world.secret("for lise to look into");
    ada.chooses("With", "lise").await;
    ada.fills("What to look into", &other).await;
    ada.chooses("Who looks into it", "The other of us").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.closes().await;
    assert!(lise.home().await.contains(&other));
});

story!(halfway_the_owner_is_nudged_once, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    world.advance_to("2026-03-05T16:00:00Z".parse().unwrap()).await;
    ada.reads();
    grace.reads();
    ada.clicks_and_sees("We met").await;
    let task = world.secret("read the post-mortem");
    ada.fills("Homework", &task).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    adds(&grace, &world.secret("ask the architects"), "I do").await;
    grace.closes().await;
    // Halfway is in the night to Monday; each hears at the beginning of their own working day.
    world.advance_to("2026-03-09T08:59:00Z".parse().unwrap()).await;
    assert_eq!((ada.reads(), grace.reads()), (Vec::new(), Vec::new()));
    world.advance_to("2026-03-09T13:00:00Z".parse().unwrap()).await;
    assert_snapshot!(ada.reads_one(), @"
    Halfway to your next meeting with @grace, Thursday, March 12th, 2026 at 2:00 PM: 1 homework item of yours is open.
    [See homework]
    ");
    assert_snapshot!(grace.reads_one(), @"
    Halfway to your next meeting with @ada, Thursday, March 12th, 2026 at 10:00 AM: 1 homework item of yours is open.
    [See homework]
    ");
    ada.clicks_and_sees("See homework").await;
    ada.clicks_and_sees("Return").await;
    ada.fills("What I found out", &world.secret("a full disk")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    ada.closes().await;
    assert_snapshot!(ada.latest(), @"Nothing of your homework with @grace is open any more.");
    // The mentor has had one message and gets the agenda as the second; prepared late, that one follows in place.
    world.advance_to("2026-03-11T14:30:00Z".parse().unwrap()).await;
    ada.reads();
    assert!(grace.reads_one().contains("No agenda yet"));
    ada.prepares("Learn the why", &world.secret("late")).await;
    assert_eq!(grace.reads(), Vec::<String>::new(), "two messages a meeting and no more");
    assert!(grace.latest().to_string().contains("is ready"));
    // They meet: what was returned has been talked about, what is open is carried.
    world.advance_to("2026-03-12T15:00:00Z".parse().unwrap()).await;
    ada.reads();
    ada.clicks_and_sees("We met").await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);
    let list = grace.types_and_sees("/mentor homework").await;
    assert!(!list.contains(&task) && list.contains("· carried once"), "{list}");
    grace.closes().await;
    world.advance_to("2026-03-16T14:00:00Z".parse().unwrap()).await;
    assert_eq!(ada.reads(), Vec::<String>::new(), "nothing of hers is open");
    assert!(grace.reads_one().contains("Halfway"));
});

story!(more_homework_than_a_list_takes, |world: Arc<World>| async move {
    let (ada, grace) = world.a_pair().await;
    for number in 1..=30 {
        ada.types(&format!("/mentor homework {}", world.secret(&format!("thing {number}")))).await;
    }
    adds(&ada, &world.secret("hers"), "grace").await;
    let list = ada.modal_with("… and 1 more, as soon as there is room").await;
    assert!(list.matches("[Return] [Drop]").count() > 20, "{list}");
    ada.closes().await;
    grace.types_and_sees("/mentor homework").await;
    grace.closes().await;
});

story!(wrong_homework, |world: Arc<World>| async move {
    let (ada, grace) = world.ada_and_grace().await;
    assert_snapshot!(ada.types(&format!("/mentor homework {}", world.secret("too early"))).await, @"You have no mentor or mentee yet, so there is no homework. Type `/mentor ask @name` to ask somebody to be your mentor.");
    ada.asks(&grace, &world.secret("patience")).await;
    grace.reads_one();
    grace.accepts("Thursday", "10:00", "30 minutes").await;
    ada.reads();

    // 3,000 characters fit; with one more the form opens, and nothing is lost.
    let secret = world.secret("long");
    let fits = format!("{secret} {}", "x".repeat(2_999 - secret.chars().count()));
    assert!(ada.types(&format!("/mentor homework {fits}")).await.contains("Noted"));
    let form = ada.types_and_sees(&format!("/mentor homework {fits}y")).await;
    assert!(form.contains("That was longer than the 3,000 characters that fit. The rest:\ny"), "{form}");
    ada.fills("What to look into", &secret).await;
    ada.chooses("Due", "2026-03-01").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Due"], @"That day is over. Choose a day to come, or leave it empty.");
    ada.chooses("Due", "2036-03-01").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["Due"], @"That is more than five years away. Choose a nearer day, or leave it empty.");
    ada.chooses("Due", "").await;
    ada.fills("What to look into", " \u{200b} ").await;
    let SubmitOutcome::Errors(errors) = ada.submits().await else { panic!("an error at the field") };
    assert_snapshot!(errors["What to look into"], @"Write a line: what is to be looked into?");
    ada.fills("What to look into", &world.secret("short")).await;
    assert_eq!(ada.submits().await, SubmitOutcome::Closed);

    // What is the other's, and what is nothing at all, read alike; dropping twice drops once.
    ada.types_and_sees("/mentor homework").await;
    let returnable = ids_behind(&world, controls::RETURN_HOMEWORK.id).pop().unwrap();
    ada.closes().await;
    let home = grace.home().await;
    let mut said = Vec::new();
    for id in [returnable.as_str(), "ffffffffffffffffffffffffffffffff", "nonsense", ""] {
        for button in [controls::RETURN_HOMEWORK.id, controls::DROP_HOMEWORK.id] {
            let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": button, "block_id": "b", "value": id }] });
            let _ = world.during(grace.hands.forges(click)).await;
            said.push(grace.modal().await);
            grace.closes().await;
        }
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:#?}");
    assert_snapshot!(said[0], @"
    # Mentor
    That is not here, or not yours.
    [Close]
    ");
    assert_eq!(grace.home().await, home);
    let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": controls::DROP_HOMEWORK.id, "block_id": "b", "value": returnable }] });
    world.during(ada.hands.forges(click.clone())).await.unwrap();
    world.during(ada.hands.forges(click)).await.unwrap();
    assert_snapshot!(ada.modal().await, @"
    # Mentor
    That was dropped already. Nothing was changed.
    [Close]
    ");
    ada.closes().await;
    let click = json!({ "type": "block_actions", "actions": [{ "type": "button", "action_id": controls::HOMEWORK_DONE.id, "block_id": "b", "value": returnable }] });
    world.during(ada.hands.forges(click)).await.unwrap();
    assert!(ada.modal().await.contains("dropped already"));
    ada.closes().await;
});
