//! Peers: each half's agenda is its own, and a question is answered once.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::agenda::{Agenda, Part};
use mentor::domain::identifiers::PeerQuestionId;
use mentor::domain::meetings::MeetingOfPair;
use mentor::domain::pairs::{PairKind, PairState, Role};
use mentor::domain::peers::{PeerQuestion, PeerQuestionState};
use mentor::domain::working_time::WorkingTime;
use mentor::store::carrying::{self, Uncovered};
use mentor::store::failure::StoreFailure;
use mentor::store::{agenda, agenda_items, pairs, peer_questions};

use crate::support::{Couple, Store, both, now, text};

fn of(part: Part, words: &str) -> Agenda {
    Agenda { parts: [(part, text(words))].into() }
}

/// Two peers, by a question and a yes.
async fn peers(store: &Store) -> Couple {
    let mut couple = store.couple().await;
    couple.pair.kind = PairKind::Peer;
    let mut tx = store.begin().await;
    peer_questions::make_peers(&mut tx, &couple.pair).await.unwrap();
    tx.commit().await.unwrap();
    couple
}

both!(each_half_has_its_own_agenda, |store: Arc<Store>| async move {
    let Couple { pair, .. } = peers(&store).await;
    let meeting = store.meeting(&pair, now() + TimeDelta::days(3)).await;
    let mut tx = store.begin().await;
    agenda::set(&mut tx, &meeting, Role::Mentee, &of(Part::Why, "mine"), now()).await.unwrap();
    agenda::set(&mut tx, &meeting, Role::Mentor, &of(Part::Why, "theirs"), now()).await.unwrap();
    agenda::set(&mut tx, &meeting, Role::Mentor, &of(Part::Topic, "another"), now()).await.unwrap();
    assert_eq!(agenda::get(&mut tx, &meeting, Role::Mentee).await.unwrap(), of(Part::Why, "mine"));
    assert_eq!(agenda::get(&mut tx, &meeting, Role::Mentor).await.unwrap(), of(Part::Topic, "another"));
    for half in [pair.mentee, pair.mentor] {
        assert_eq!(agenda::count(&mut tx, meeting.id, pair.preparer(half)).await.unwrap(), 1);
        assert!(agenda::is_prepared(&mut tx, meeting.id, pair.preparer(half)).await.unwrap());
    }
    agenda::set(&mut tx, &meeting, Role::Mentee, &Agenda::default(), now()).await.unwrap();
    assert!(!agenda::is_prepared(&mut tx, meeting.id, pair.preparer(pair.mentee)).await.unwrap());
    assert!(agenda::is_prepared(&mut tx, meeting.id, pair.preparer(pair.mentor)).await.unwrap());
});

both!(a_text_does_not_open_as_the_others, |store: Arc<Store>| async move {
    let Couple { pair, .. } = peers(&store).await;
    let meeting = store.meeting(&pair, now() + TimeDelta::days(3)).await;
    let mut tx = store.begin().await;
    agenda::set(&mut tx, &meeting, Role::Mentee, &of(Part::Why, "mine"), now()).await.unwrap();
    tx.commit().await.unwrap();
    store
        .raw()
        .await
        .change_one("UPDATE agenda_parts SET half = 'mentor' WHERE meeting_id = $1", &[meeting.id.0])
        .await;
    let opened = agenda::get(&mut store.read().await, &meeting, Role::Mentor).await;
    assert!(matches!(opened, Err(StoreFailure::Sealed("agenda_parts"))), "{opened:?}");
});

both!(what_peers_did_not_cover_is_carried_to_its_writer, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, pair } = peers(&store).await;
    let from = store.meeting(&pair, now() - TimeDelta::days(1)).await;
    let to = store.meeting(&pair, now() + TimeDelta::days(17)).await;
    let mut tx = store.begin().await;
    agenda::set(&mut tx, &from, Role::Mentee, &of(Part::Why, "mine"), now()).await.unwrap();
    agenda::set(&mut tx, &from, Role::Mentor, &of(Part::Why, "theirs"), now()).await.unwrap();
    let of_people = pairs::find(&mut tx, pair.id).await.unwrap().unwrap();
    let of = MeetingOfPair { meeting: from, of: of_people };
    carrying::carry(&mut tx, &of, &Uncovered::everything(), &store.ids, now()).await.unwrap();
    let carried = agenda_items::of_meeting(&mut tx, &to).await.unwrap();
    for (person, words) in [(mentee.id, "mine"), (mentor.id, "theirs")] {
        let own = carried.clone().on_agenda_of(person);
        assert_eq!(own.0.iter().map(|item| item.body.reveal()).collect::<Vec<_>>(), [words]);
    }
});

both!(a_question_is_asked_once_and_answered_once, |store: Arc<Store>| async move {
    let Couple { pair, mentee, .. } = store.couple().await;
    let of = pairs::find(&mut store.read().await, pair.id).await.unwrap().unwrap();
    let ask = || {
        let id = PeerQuestionId(store.ids.opaque());
        PeerQuestion::ask(id, &of, mentee.id, true, &WorkingTime::default(), now())
    };
    let question = ask();
    let mut tx = store.begin().await;
    peer_questions::insert(&mut tx, &question).await.unwrap();
    assert!(matches!(peer_questions::insert(&mut tx, &ask()).await, Err(StoreFailure::Overtaken(_))));
    assert_eq!(peer_questions::latest(&mut tx, pair.id).await.unwrap(), Some(question.clone()));
    let no = question.clone().answered(PeerQuestionState::Declined).unwrap();
    peer_questions::answer(&mut tx, &no).await.unwrap();
    let late = PeerQuestion { state: PeerQuestionState::Agreed, ..question };
    assert!(matches!(peer_questions::answer(&mut tx, &late).await, Err(StoreFailure::Overtaken(_))));
    peer_questions::insert(&mut tx, &ask()).await.unwrap();
});

both!(only_a_live_pair_inside_becomes_peers, |store: Arc<Store>| async move {
    let mut couple = store.couple().await;
    store.put(&mut couple.pair, PairState::Ended).await;
    let refused = peer_questions::make_peers(&mut store.begin().await, &couple.pair).await;
    assert!(matches!(refused, Err(StoreFailure::Overtaken(_))), "{refused:?}");
    let peers = peers(&store).await;
    let twice = peer_questions::make_peers(&mut store.begin().await, &peers.pair).await;
    assert!(matches!(twice, Err(StoreFailure::Overtaken(_))), "{twice:?}");
});
