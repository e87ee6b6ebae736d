//! Goals are kept sealed; homework moves, is carried and counted; a win knows its channel.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::goals::{Goal, GoalState};
use mentor::domain::homework::HomeworkState;
use mentor::domain::identifiers::{GoalId, HomeworkId, WinId};
use mentor::domain::pairs::Pair;
use mentor::domain::reminders::{MessageKind, Owed};
use mentor::domain::wins::Win;
use mentor::store::failure::StoreFailure;
use mentor::store::outbox::doubt::{self, Look};
use mentor::store::outbox::queue;
use mentor::store::outbox::settle::{Ending, settle};
use mentor::store::{goals, homework, meetings, wins};

use crate::support::{Store, both, now, overtaken, text};

fn goal(store: &Store, pair: &Pair, words: &str) -> Goal {
    Goal {
        id: GoalId(store.ids.ordered(now())),
        pair: pair.id,
        owner: pair.mentee,
        goal: text(words),
        steps: Some(text("one\ntwo 🎉")),
        measure: None,
        due_on: "2028-02-29".parse().ok(),
        state: GoalState::Open,
        set_at: now(),
    }
}

both!(goals_are_kept_changed_and_ended_once, |store: Arc<Store>| async move {
    let (pair, other) = (store.couple().await.pair, store.couple().await.pair);
    let (first, second, theirs) =
        (goal(&store, &pair, "first"), goal(&store, &pair, "second"), goal(&store, &other, "theirs"));
    let mut tx = store.begin().await;
    for one in [&first, &second, &theirs] {
        goals::insert(&mut tx, one).await.unwrap();
    }
    assert_eq!(goals::open(&mut tx, pair.id).await.unwrap(), [first.clone(), second.clone()]);
    let changed = Goal { goal: text("changed"), steps: None, measure: Some(text("seen")), due_on: None, ..first };
    goals::change(&mut tx, &changed).await.unwrap();
    assert_eq!(goals::find(&mut tx, changed.id).await.unwrap().unwrap().goal, changed);
    let reached = changed.clone().ended(GoalState::Reached).unwrap();
    goals::end(&mut tx, &reached).await.unwrap();
    overtaken(goals::end(&mut tx, &Goal { state: GoalState::Dropped, ..reached.clone() }).await);
    overtaken(goals::change(&mut tx, &changed).await);
    assert_eq!(goals::find(&mut tx, reached.id).await.unwrap().unwrap().goal, reached);
    assert_eq!(goals::open(&mut tx, pair.id).await.unwrap(), [second]);
    tx.commit().await.unwrap();
});

both!(a_goal_opens_where_it_was_sealed_and_nowhere_else, |store: Arc<Store>| async move {
    let (pair, other) = (store.couple().await.pair, store.couple().await.pair);
    let [one, another, theirs] = [&pair, &pair, &other].map(|pair| goal(&store, pair, "a goal"));
    let mut tx = store.begin().await;
    for goal in [&one, &another, &theirs] {
        goals::insert(&mut tx, goal).await.unwrap();
    }
    tx.commit().await.unwrap();
    for (wrong, ids) in [
        ("UPDATE goals SET goal = steps WHERE id = $1", vec![one.id.0]),
        (
            "UPDATE goals SET steps = (SELECT g.steps FROM goals g WHERE g.id = $1) WHERE id = $2",
            vec![another.id.0, one.id.0],
        ),
        (
            "UPDATE goals SET measure = (SELECT g.goal FROM goals g WHERE g.id = $1) WHERE id = $2",
            vec![one.id.0, one.id.0],
        ),
        ("UPDATE goals SET pair_id = $1 WHERE id = $2", vec![pair.id.0, theirs.id.0]),
    ] {
        let mut raw = store.raw().await;
        raw.script("CREATE TABLE kept_goals AS SELECT * FROM goals").await;
        raw.change_one(wrong, &ids).await;
        let read = goals::open(&mut store.read().await, pair.id).await;
        assert!(matches!(read, Err(StoreFailure::Sealed("goals"))), "{wrong}");
        raw.script("DELETE FROM goals; INSERT INTO goals SELECT * FROM kept_goals; DROP TABLE kept_goals").await;
        assert_eq!(goals::open(&mut store.read().await, pair.id).await.unwrap().len(), 2);
    }
});

both!(homework_moves_with_the_key_of_the_pair_it_goes_to, |store: Arc<Store>| async move {
    let (pair, other) = (store.couple().await.pair, store.couple().await.pair);
    let task = store.task(&pair, "who measures what");
    let mut tx = store.begin().await;
    homework::insert(&mut tx, &task).await.unwrap();
    homework::move_to(&mut tx, &task, other.id).await.unwrap();
    assert_eq!(homework::carried(&mut tx, pair.id).await.unwrap(), []);
    let moved = homework::carried(&mut tx, other.id).await.unwrap().remove(0);
    assert_eq!((moved.id, moved.task.reveal()), (task.id, "who measures what"));
    let returned = moved.returned(Some(text("Lise does")));
    homework::set_findings(&mut tx, &returned, None).await.unwrap();
    overtaken(homework::move_to(&mut tx, &returned, pair.id).await);
    // Without a meeting to come back at, it has been talked about when the next one is held.
    let meeting = meetings_of(&mut tx, &store, &other).await;
    homework::review_returned(&mut tx, meeting).await.unwrap();
    assert_eq!(homework::find(&mut tx, task.id).await.unwrap().unwrap().homework.state, HomeworkState::Reviewed);
    assert_eq!(homework::find(&mut tx, HomeworkId(store.ids.opaque())).await.unwrap(), None);
    tx.commit().await.unwrap();
});

async fn meetings_of(
    tx: &mut mentor::store::db::Tx,
    store: &Store,
    pair: &Pair,
) -> mentor::domain::identifiers::MeetingId {
    let meeting = store.plan_for(pair, now() + TimeDelta::days(1));
    meetings::plan(tx, &meeting).await.unwrap();
    meeting.id
}

both!(homework_is_carried_past_meetings_that_were_held, |store: Arc<Store>| async move {
    let pair = store.couple().await.pair;
    let task = store.task(&pair, "read the runbook");
    let [past, skipped, held, next] = [-1, 1, 2, 3].map(|days| store.plan_for(&pair, now() + TimeDelta::days(days)));
    let later = now() + TimeDelta::days(9);
    let mut tx = store.begin().await;
    for meeting in [&past, &skipped, &held, &next] {
        meetings::plan(&mut tx, meeting).await.unwrap();
    }
    homework::insert(&mut tx, &task).await.unwrap();
    homework::set_findings(&mut tx, &task.clone().returned(None), skipped.id).await.unwrap();
    meetings::report(&mut tx, &past.clone().held(None, later).unwrap(), later).await.unwrap();
    meetings::report(&mut tx, &skipped.clone().skipped(later).unwrap(), later).await.unwrap();
    assert_eq!(homework::find(&mut tx, task.id).await.unwrap().unwrap().homework.carried, 0);
    assert_eq!(meetings::last_before(&mut tx, pair.id, past.starts_at).await.unwrap(), None);
    assert_eq!(meetings::last_before(&mut tx, pair.id, held.starts_at).await.unwrap(), Some(skipped.starts_at));
    meetings::report(&mut tx, &held.clone().held(None, later).unwrap(), later).await.unwrap();
    assert_eq!(homework::find(&mut tx, task.id).await.unwrap().unwrap().homework.carried, 1);
    // It was to come back at a meeting that did not take place; at the one that did, it was talked about.
    homework::review_returned(&mut tx, held.id).await.unwrap();
    let reviewed = homework::find(&mut tx, task.id).await.unwrap().unwrap().homework;
    assert_eq!(reviewed.state, HomeworkState::Reviewed);
    overtaken(homework::set_state(&mut tx, &reviewed, HomeworkState::Returned).await);
    tx.commit().await.unwrap();
});

both!(a_win_and_its_channel, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let win = |channel: Option<&str>| Win {
        id: WinId(store.ids.opaque()),
        pair: couple.pair.id,
        person: couple.mentee.id,
        text: text("the first green week"),
        logged_at: now(),
        channel: channel.map(str::to_owned),
    };
    let (quiet, loud) = (win(None), win(Some("C1")));
    let mut tx = store.begin().await;
    for win in [&quiet, &loud] {
        wins::keep(&mut tx, win).await.unwrap();
        assert_eq!(wins::find(&mut tx, win.id).await.unwrap().unwrap().win, *win);
    }
    tx.commit().await.unwrap();
    let message = store.claimed(&Owed::win_to_channel(&loud, now())).await;
    let mut tx = store.begin().await;
    let kind = MessageKind::WinToChannel;
    assert_eq!(queue::reason(&mut tx, loud.id.0, kind).await.unwrap(), None);
    assert_eq!(queue::reason(&mut tx, quiet.id.0, kind).await.unwrap(), None);
    assert_eq!(queue::count_to(&mut tx, loud.id.0, couple.mentee.id).await.unwrap(), 1);
    assert!(settle(&mut tx, &message, &Ending::Dropped { reason: "is_archived" }, now()).await.unwrap());
    assert_eq!(queue::reason(&mut tx, loud.id.0, kind).await.unwrap().as_deref(), Some("is_archived"));
    assert_eq!(queue::count_to(&mut tx, loud.id.0, couple.mentee.id).await.unwrap(), 0);
    tx.commit().await.unwrap();
});

both!(a_post_that_died_on_its_way_to_a_channel_is_not_said_again, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let owed = Owed { kind: MessageKind::WinToChannel, ..store.owed(couple.mentee.id, now()) };
    let message = store.claimed(&owed).await;
    let later = now() + TimeDelta::minutes(2);
    let mut tx = store.begin().await;
    assert_eq!(doubt::abandoned(&mut tx, later, later, later).await.unwrap(), 1);
    let in_doubt = doubt::due(&mut tx, later, 10).await.unwrap().remove(0);
    assert!(doubt::resolve(&mut tx, &in_doubt, &Look::CannotBeKnown, later).await.unwrap());
    assert!(!doubt::resolve(&mut tx, &in_doubt, &Look::CannotBeKnown, later).await.unwrap(), "once");
    tx.commit().await.unwrap();
    assert_eq!(store.stands(message.id).await, "dropped (unclear), attempt 1, deaths 1, settled");
});
