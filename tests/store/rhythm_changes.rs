//! Proposals of another rhythm, and pauses: one open, one of each half, and nothing settled twice.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::meetings::MeetingState;
use mentor::domain::pairs::{PairKind, PairState};
use mentor::domain::pauses::Pause;
use mentor::domain::rhythm::Rhythm;
use mentor::domain::rhythm_proposals::{ProposalState, RhythmProposal};
use mentor::domain::working_time::WorkingTime;
use mentor::store::failure::StoreFailure;
use mentor::store::{changeover, meetings, pairs, pauses, pausing, rhythm_proposals};

use crate::support::{Couple, Store, at, both, now};

fn proposal(store: &Store, couple: &Couple) -> RhythmProposal {
    let old = couple.pair.rhythm.clone().unwrap();
    let new = Rhythm::by_expression("30 9 * * Fri", now().date_naive(), old.zone, 45).unwrap();
    RhythmProposal {
        id: store.ids.opaque(),
        pair: couple.pair.id,
        by: couple.mentee.id,
        state: ProposalState::Open,
        old,
        new,
        asked_at: now(),
        answer_by: now() + TimeDelta::days(3),
        settled_at: None,
    }
}

fn pause(store: &Store, couple: &Couple, until: &str) -> Pause {
    Pause {
        id: store.ids.opaque(),
        pair: couple.pair.id,
        person: couple.mentee.id,
        until: until.parse().unwrap(),
        set_at: now(),
        ended_at: None,
    }
}

both!(one_proposal_is_open_and_is_settled_once, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    assert_eq!(couple.pair.kind, PairKind::InOrg);
    let open = proposal(&store, &couple);
    let mut tx = store.begin().await;
    rhythm_proposals::insert(&mut tx, &open).await.unwrap();
    let second = rhythm_proposals::insert(&mut tx, &proposal(&store, &couple)).await;
    assert!(matches!(second, Err(StoreFailure::Overtaken(_))), "{second:?}");
    assert_eq!(rhythm_proposals::find(&mut tx, open.id).await.unwrap().unwrap().proposal, open);
    assert_eq!(rhythm_proposals::unsettled(&mut tx, couple.pair.id, now()).await.unwrap(), std::slice::from_ref(&open));
    assert_eq!(rhythm_proposals::unsettled(&mut tx, couple.pair.id, open.answer_by).await.unwrap(), []);
    let overtaken = open.settled(ProposalState::Overtaken, now());
    rhythm_proposals::settle(&mut tx, &overtaken, ProposalState::Open).await.unwrap();
    let again = rhythm_proposals::settle(&mut tx, &overtaken, ProposalState::Open).await;
    assert!(matches!(again, Err(StoreFailure::Overtaken(_))), "{again:?}");
    let mentee = couple.mentee.id;
    assert!(rhythm_proposals::overtaken_at(&mut tx, couple.pair.id, mentee, now()).await.unwrap());
    assert!(!rhythm_proposals::overtaken_at(&mut tx, couple.pair.id, couple.mentor.id, now()).await.unwrap());
    rhythm_proposals::insert(&mut tx, &proposal(&store, &couple)).await.unwrap();
    tx.commit().await.unwrap();
});

both!(the_meeting_takes_a_slot_of_the_new_rhythm, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let meeting = store.meeting(&couple.pair, at("2026-03-05T15:00:00Z")).await;
    let new = proposal(&store, &couple).new;
    let mut tx = store.begin().await;
    let mut of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    changeover::change(&mut tx, &mut of, &new, &WorkingTime::default(), &store.ids, now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = store.read().await;
    let moved = meetings::find(&mut tx, meeting.id).await.unwrap().unwrap();
    let friday = at("2026-03-06T14:30:00Z");
    assert_eq!((moved.meeting.slot_at, moved.meeting.starts_at, moved.meeting.length_minutes), (friday, friday, 45));
    assert_eq!(moved.of.pair.rhythm, Some(new));
    assert_eq!(meetings::without_outcome(&mut tx, couple.pair.id).await.unwrap().len(), 1);
    assert_eq!(changeover::latest(&mut tx, couple.pair.id, now()).await.unwrap(), None);
    assert_eq!(changeover::latest(&mut tx, couple.pair.id, friday).await.unwrap(), Some(friday));
});

both!(a_pause_leaves_out_and_going_on_plans, |store: Arc<Store>| async move {
    let couple = store.couple().await;
    let meeting = store.meeting(&couple.pair, at("2026-03-05T15:00:00Z")).await;
    let mut tx = store.begin().await;
    let mut of = pairs::find(&mut tx, couple.pair.id).await.unwrap().unwrap();
    let short = pause(&store, &couple, "2026-03-10");
    pausing::pause(&mut tx, &mut of, &short, &store.ids, now()).await.unwrap();
    assert_eq!(meetings::find(&mut tx, meeting.id).await.unwrap().unwrap().meeting.state, MeetingState::Skipped);
    assert_eq!(pauses::paused_pairs(&mut tx).await.unwrap().len(), 1);
    let twice = pauses::insert(&mut tx, &pause(&store, &couple, "2026-03-11")).await;
    assert!(matches!(twice, Err(StoreFailure::Overtaken(_))), "{twice:?}");
    // Another one of the same person takes its place.
    let long = pause(&store, &couple, "2026-03-20");
    let standing = pausing::pause(&mut tx, &mut of, &long, &store.ids, now()).await.unwrap();
    assert_eq!(standing.0, std::slice::from_ref(&long));
    let (ended, _) = pauses::find(&mut tx, short.id).await.unwrap().unwrap();
    assert_eq!(ended.ended_at, Some(now()));
    // Taken back before the slot that was left out: the one after it is next.
    let next =
        pausing::go_on(&mut tx, &mut of, now(), &WorkingTime::default(), &store.ids, now()).await.unwrap().unwrap();
    assert_eq!(next.slot_at, at("2026-03-12T14:00:00Z"));
    assert_eq!(pauses::standing(&mut tx, couple.pair.id).await.unwrap().0, []);
    let again = pauses::end(&mut tx, &long, now()).await;
    assert!(matches!(again, Err(StoreFailure::Overtaken(_))), "{again:?}");
    let again = pauses::set_pair(&mut tx, couple.pair.id, PairState::Paused, PairState::Active).await;
    assert!(matches!(again, Err(StoreFailure::Overtaken(_))), "{again:?}");
    tx.commit().await.unwrap();
});
