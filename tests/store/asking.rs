//! Profiles, questions before an answer and requests to managers are kept, settled once, and sealed where they are private.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::identifiers::{InquiryId, ManagerRequestId};
use mentor::domain::inquiry::{Inquiry, InquiryState};
use mentor::domain::pairs::{PairOfPeople, PairState};
use mentor::domain::profile::{OpenTo, Profile};
use mentor::domain::suggestion::{ManagerRequest, RequestState};
use mentor::domain::working_time::WorkingTime;
use mentor::store::{inquiries, pairs, profiles, suggestions};

use crate::support::{Store, both, now, overtaken, text};

both!(a_profile_is_replaced_as_a_whole, |store: Arc<Store>| async move {
    let (ada, grace) = (store.person("U_ADA").await, store.person("U_GRACE").await);
    let mut tx = store.begin().await;
    assert_eq!(profiles::find(&mut tx, ada.id).await.unwrap(), None);
    profiles::hold(&mut tx, ada.id).await.unwrap();
    let mut profile = Profile {
        offered: vec!["b".into(), "a".into(), "ü 🎉".into()],
        sought: vec!["c".into()],
        about: Some("a line".into()),
        open_to: OpenTo::Anybody,
        most_mentees: 10,
        introductions: true,
        ..Profile::empty(ada.id)
    };
    profiles::save(&mut tx, &profile, now()).await.unwrap();
    assert_eq!(profiles::find(&mut tx, ada.id).await.unwrap().as_ref(), Some(&profile));
    profiles::set_not_with(&mut tx, ada.id, &[grace.id]).await.unwrap();
    profile.offered = vec!["a".into()];
    profile.about = None;
    profiles::save(&mut tx, &profile, now()).await.unwrap();
    assert_eq!(profiles::find(&mut tx, ada.id).await.unwrap(), Some(profile));
    assert!(profiles::said_not_with(&mut tx, ada.id, grace.id).await.unwrap());
    assert!(!profiles::said_not_with(&mut tx, grace.id, ada.id).await.unwrap());
    profiles::set_not_with(&mut tx, ada.id, &[]).await.unwrap();
    assert_eq!(profiles::not_with(&mut tx, ada.id).await.unwrap(), []);
    tx.commit().await.unwrap();
});

both!(mentees_are_counted_while_they_meet, |store: Arc<Store>| async move {
    let mut couple = store.couple().await;
    let count = async || profiles::mentees(&mut store.read().await, couple.mentor.id).await.unwrap();
    assert_eq!(count().await, 1);
    for (state, counted) in [(PairState::Paused, 1), (PairState::Ended, 0)] {
        store.put(&mut couple.pair, state).await;
        assert_eq!(profiles::mentees(&mut store.read().await, couple.mentor.id).await.unwrap(), counted, "{state:?}");
    }
    assert_eq!(profiles::mentees(&mut store.read().await, couple.mentee.id).await.unwrap(), 0);
});

both!(a_question_before_an_answer_is_settled_once, |store: Arc<Store>| async move {
    let asked = store.asked().await;
    let of = PairOfPeople { pair: asked.pair.clone(), mentee: asked.mentee, mentor: asked.mentor };
    let programme = WorkingTime::default();
    let mut tx = store.begin().await;
    let first = Inquiry::ask(InquiryId(store.ids.opaque()), &of, &[], text("why?"), &programme, now());
    let later = now() + TimeDelta::days(7);
    inquiries::insert(&mut tx, &first, later).await.unwrap();
    assert_eq!(pairs::find(&mut tx, of.pair.id).await.unwrap().unwrap().pair.answer_by, later);
    assert_eq!(inquiries::due(&mut tx, now(), 10).await.unwrap(), [first.id]);
    // Asked twice at the same moment, it is asked once.
    let twice = Inquiry { id: InquiryId(store.ids.opaque()), ..first.clone() };
    overtaken(inquiries::insert(&mut tx, &twice, later).await);
    let answered = first.clone().answer(text("because 🎉"), now()).unwrap();
    inquiries::settle(&mut tx, &answered).await.unwrap();
    let kept = inquiries::of_pair(&mut tx, of.pair.id).await.unwrap();
    assert_eq!(kept, std::slice::from_ref(&answered));
    assert_eq!(inquiries::next_attention(&mut tx).await.unwrap(), None);
    overtaken(inquiries::settle(&mut tx, &Inquiry { state: InquiryState::Unanswered, answer: None, ..first }).await);
    assert_eq!(inquiries::find(&mut tx, answered.id).await.unwrap().unwrap().inquiry, answered);
    tx.commit().await.unwrap();

    // Once the proposal is answered, nothing can be asked any more.
    let mut tx = store.begin().await;
    pairs::set_state(&mut tx, &of.pair.clone().decline().unwrap(), PairState::Proposed, now()).await.unwrap();
    let second = Inquiry::ask(InquiryId(store.ids.opaque()), &of, &[answered], text("and?"), &programme, now());
    overtaken(inquiries::insert(&mut tx, &second, later).await);
});

both!(a_request_to_a_manager_is_one_at_a_time_and_settled_once, |store: Arc<Store>| async move {
    let [ada, grace, lise] = [store.person("U1").await, store.person("U2").await, store.person("U3").await];
    let id = || ManagerRequestId(store.ids.opaque());
    let first = ManagerRequest::ask(id(), ada.clone(), grace.clone(), &WorkingTime::default(), now());
    let mut tx = store.begin().await;
    suggestions::insert_request(&mut tx, &first).await.unwrap();
    let another = ManagerRequest::ask(id(), ada.clone(), lise.clone(), &WorkingTime::default(), now());
    overtaken(suggestions::insert_request(&mut tx, &another).await);
    let suggested = first.clone().suggest(lise).unwrap();
    suggestions::settle_request(&mut tx, &suggested).await.unwrap();
    overtaken(suggestions::settle_request(&mut tx, &first.nobody().unwrap()).await);
    assert_eq!(suggestions::latest_request(&mut tx, ada.id).await.unwrap(), Some(suggested.clone()));
    assert_eq!(suggestions::find_request(&mut tx, suggested.id).await.unwrap().unwrap().state, RequestState::Suggested);
    assert_eq!(suggestions::with_manager(&mut tx, grace.id).await.unwrap(), []);
    tx.commit().await.unwrap();
});

both!(the_schema_refuses_wrong_profiles_and_questions, |store: Arc<Store>| async move {
    let asked = store.asked().await;
    let of = PairOfPeople { pair: asked.pair.clone(), mentee: asked.mentee.clone(), mentor: asked.mentor.clone() };
    let inquiry = Inquiry::ask(InquiryId(store.ids.opaque()), &of, &[], text("why?"), &WorkingTime::default(), now());
    let mut tx = store.begin().await;
    profiles::save(&mut tx, &Profile::empty(asked.mentor.id), now()).await.unwrap();
    profiles::set_not_with(&mut tx, asked.mentor.id, &[asked.mentee.id]).await.unwrap();
    inquiries::insert(&mut tx, &inquiry, now() + TimeDelta::days(7)).await.unwrap();
    tx.commit().await.unwrap();
    let mut raw = store.raw().await;
    for wrong in [
        "UPDATE profiles SET most_mentees = 11",
        "UPDATE profiles SET most_mentees = 0",
        "UPDATE profiles SET open_to = 'friends'",
        "UPDATE profile_not_with SET other_id = person_id",
        "UPDATE inquiries SET state = 'answered'",
        "UPDATE inquiries SET round = 4",
        "INSERT INTO inquiries SELECT pair_id, pair_id, 2, state, question, answer, asked_at, answer_by, stopped_at, attention_at FROM inquiries",
        "DELETE FROM profiles",
    ] {
        assert!(raw.change(wrong, &[]).await.is_err(), "{wrong}");
    }
});
