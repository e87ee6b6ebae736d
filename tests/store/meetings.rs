//! Meetings: on the calendar once, reported on once.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::identifiers::{MeetingId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use mentor::domain::pairs::{PairOfPeople, Role};
use mentor::domain::working_time::WorkingTime;
use mentor::store::meetings;
use mentor::store::{homework, overview, wins};

use crate::support::{Couple, Store, at, both, now, overtaken, text};

both!(a_moment_has_one_meeting, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, pair } = store.couple().await;
    let starts_at = at("2026-03-05T15:00:00Z");
    let first = store.meeting(&pair, starts_at).await;
    let mut tx = store.begin().await;
    meetings::plan(&mut tx, &Meeting { length_minutes: 60, ..store.plan_for(&pair, starts_at) }).await.unwrap();
    meetings::plan(&mut tx, &first).await.unwrap();
    assert_eq!(meetings::without_outcome(&mut tx, pair.id).await.unwrap(), std::slice::from_ref(&first));
    let of = PairOfPeople { pair, mentee, mentor };
    let expected = MeetingOfPair { meeting: first.clone(), of };
    assert_eq!(meetings::find(&mut tx, first.id).await.unwrap(), Some(expected));
    assert_eq!(meetings::find(&mut tx, MeetingId(store.ids.opaque())).await.unwrap(), None);
});

both!(meetings_are_found_in_their_order, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let other = store.couple().await.pair;
    store.meeting(&other, at("2026-03-06T15:00:00Z")).await;
    let third = store.meeting(&pair, at("2026-03-19T14:00:00Z")).await;
    let first = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let second = store.meeting(&pair, at("2026-03-12T14:00:00.000001Z")).await;
    let mut tx = store.begin().await;
    let all = [first.clone(), second.clone(), third.clone()];
    assert_eq!(meetings::without_outcome(&mut tx, pair.id).await.unwrap(), all);
    let mut after =
        async |moment| meetings::first_of_later_slot(&mut tx, pair.id, moment).await.unwrap().map(|found| found.id);
    assert_eq!(after(now()).await, Some(first.id));
    assert_eq!(after(first.starts_at).await, Some(second.id), "strictly after");
    assert_eq!(after(at("2026-03-12T14:00:00Z")).await, Some(second.id));
    assert_eq!(after(third.starts_at).await, None);
    meetings::report(&mut tx, &second.clone().skipped(second.starts_at).unwrap(), now()).await.unwrap();
    assert_eq!(meetings::without_outcome(&mut tx, pair.id).await.unwrap(), [first.clone(), third]);
    let found = meetings::first_of_later_slot(&mut tx, pair.id, first.starts_at).await.unwrap();
    assert_eq!(found.map(|found| found.state), Some(MeetingState::Skipped), "whatever its state");
});

both!(moments_keep_their_order_to_the_microsecond, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let fractions = ["", ".000001", ".0001", ".1", ".100001", ".12", ".123456", ".9", ".999999"];
    let mut moments: Vec<_> = fractions.iter().map(|fraction| at(&format!("2026-03-05T15:00:00{fraction}Z"))).collect();
    moments.extend([at("2026-03-05T15:00:01Z"), at("2026-10-25T00:59:59.5Z"), at("2026-10-25T01:00:00Z")]);
    for moment in moments.iter().rev() {
        store.meeting(&pair, *moment).await;
    }
    let mut tx = store.read().await;
    let kept = meetings::without_outcome(&mut tx, pair.id).await.unwrap();
    assert_eq!(kept.iter().map(|meeting| meeting.starts_at).collect::<Vec<_>>(), moments);
    for next in moments.windows(2) {
        let found = meetings::first_of_later_slot(&mut tx, pair.id, next[0]).await.unwrap().unwrap();
        assert_eq!(found.starts_at, next[1]);
    }
});

both!(a_meeting_is_reported_on_once, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let meeting = store.meeting(&pair, now()).await;
    let (soon, later) = (now() + TimeDelta::hours(1), now() + TimeDelta::hours(48));
    let mut tx = store.begin().await;
    // Asked again, it stays to come and is looked at once more.
    let meeting = meeting.not_yet(soon).unwrap();
    meetings::report(&mut tx, &meeting, later).await.unwrap();
    assert_eq!(meetings::find(&mut tx, meeting.id).await.unwrap().unwrap().meeting, meeting);
    assert_eq!(meetings::next_attention(&mut tx).await.unwrap(), Some(later));

    let held = meeting.clone().held(Some(text("how she plans")), soon).unwrap();
    meetings::report(&mut tx, &held, later).await.unwrap();
    assert_eq!(meetings::find(&mut tx, meeting.id).await.unwrap().unwrap().meeting, held);
    assert_eq!(meetings::next_attention(&mut tx).await.unwrap(), None, "there is nothing more to look at");

    for again in [meeting.clone().skipped(soon), meeting.clone().missed(soon), meeting.not_yet(soon)] {
        overtaken(meetings::report(&mut tx, &again.unwrap(), later).await);
    }
    tx.commit().await.unwrap();
    let found = meetings::find(&mut store.read().await, held.id).await.unwrap().unwrap();
    assert_eq!(found.meeting, held);
});

both!(the_planner_is_told_when_to_look, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let mut tx = store.read().await;
    assert_eq!(meetings::next_attention(&mut tx).await.unwrap(), None);
    drop(tx);
    let first = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let second = store.meeting(&pair, at("2026-03-12T14:00:00Z")).await;
    let mut tx = store.begin().await;
    assert_eq!(meetings::next_attention(&mut tx).await.unwrap(), Some(now()), "a new meeting at once");
    let later = now() + TimeDelta::microseconds(1);
    meetings::set_attention(&mut tx, first.id, Some(later)).await.unwrap();
    assert_eq!(meetings::due(&mut tx, now(), 10).await.unwrap(), [second.id]);
    assert_eq!(meetings::due(&mut tx, later, 10).await.unwrap(), [second.id, first.id]);
    assert_eq!(meetings::due(&mut tx, later, 1).await.unwrap(), [second.id]);
    meetings::set_attention(&mut tx, second.id, None).await.unwrap();
    assert_eq!(meetings::due(&mut tx, later, 10).await.unwrap(), [first.id]);
});

both!(the_following_meeting_is_planned_once, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, pair } = store.couple().await;
    let first = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let of = MeetingOfPair { meeting: first.clone(), of: PairOfPeople { pair: pair.clone(), mentee, mentor } };
    let mut tx = store.begin().await;
    for _ in 0..2 {
        meetings::plan_following(&mut tx, &of, &WorkingTime::default(), &store.ids, now()).await.unwrap();
        let planned = meetings::without_outcome(&mut tx, pair.id).await.unwrap();
        let moments: Vec<_> = planned.iter().map(|meeting| meeting.starts_at).collect();
        assert_eq!(moments, [first.starts_at, at("2026-03-12T14:00:00Z")], "New York changes its clocks on the 8th");
    }
    // Without a rhythm nothing follows.
    let next = meetings::first_of_later_slot(&mut tx, pair.id, first.starts_at).await.unwrap().unwrap();
    let mut over = MeetingOfPair { meeting: next, ..of };
    over.of.pair.rhythm = None;
    meetings::plan_following(&mut tx, &over, &WorkingTime::default(), &store.ids, now()).await.unwrap();
    assert_eq!(meetings::without_outcome(&mut tx, pair.id).await.unwrap().len(), 2);
});

both!(where_somebody_stands, |store: Arc<Store>| async move {
    use mentor::domain::agenda::{Agenda, Part};
    let Couple { mentee, pair, .. } = store.couple().await;
    let stranger = store.couple().await;
    let meeting = store.meeting(&pair, at("2026-03-05T15:00:00Z")).await;
    let mut tx = store.begin().await;
    let agenda = Agenda { parts: [(Part::Why, text("why?")), (Part::Topic, text("that"))].into() };
    mentor::store::agenda::set(&mut tx, &meeting, Role::Mentee, &agenda, now()).await.unwrap();
    let task = store.task(&pair, "read the runbook");
    homework::insert(&mut tx, &task).await.unwrap();
    for count in 0..5 {
        let logged_at = now() + TimeDelta::minutes(count);
        let win = text(&format!("win {count}"));
        wins::insert(&mut tx, store.ids.opaque(), pair.id, mentee.id, &win, logged_at).await.unwrap();
    }
    let stands = overview::get(&mut tx, mentee.id).await.unwrap();
    assert_eq!((stands.me, stands.pairs.len()), (mentee, 1));
    let mine = &stands.pairs[0];
    assert_eq!(mine.of.pair, pair);
    assert_eq!((mine.meetings[0].meeting.clone(), mine.meetings[0].agenda_parts), (meeting, 2));
    assert_eq!(mine.homework, [task]);
    let wins: Vec<_> = mine.wins.iter().map(|(win, _)| win.reveal()).collect();
    assert_eq!(wins, ["win 4", "win 3", "win 2"]);
    let others = overview::get(&mut tx, stranger.mentor.id).await.unwrap();
    assert!(others.pairs[0].meetings.is_empty() && others.pairs[0].homework.is_empty());
    assert!(overview::get(&mut tx, PersonId(store.ids.opaque())).await.is_err());
    drop(tx);
    // Of a question that is not answered there is nothing to show but the question.
    let asked = store.asked().await;
    let stands = overview::get(&mut store.read().await, asked.mentor.id).await.unwrap();
    assert!(stands.pairs[0].of.pair == asked.pair && stands.pairs[0].meetings.is_empty());
});
