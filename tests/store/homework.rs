//! Homework is carried until it has been talked about; wins are shown the newest first.

use std::sync::Arc;

use chrono::TimeDelta;
use mentor::domain::homework::{Homework, HomeworkState};
use mentor::domain::identifiers::HomeworkId;
use mentor::domain::pairs::Pair;
use mentor::store::{homework, wins};

use crate::support::{Couple, Store, both, now, overtaken, text};

impl Store {
    /// Homework of the mentee's that is not kept yet.
    pub(crate) fn task(&self, pair: &Pair, words: &str) -> Homework {
        Homework {
            id: HomeworkId(self.ids.ordered(now())),
            pair: pair.id,
            owner: pair.mentee,
            task: text(words),
            findings: None,
            state: HomeworkState::Open,
            due_on: None,
            set_at: now(),
            carried: 0,
        }
    }
}

both!(homework_is_carried_the_oldest_first, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let other = store.couple().await.pair;
    let second = store.task(&pair, "second");
    let third = Homework { owner: pair.mentor, ..store.task(&pair, "third") };
    let first = Homework {
        set_at: now() - TimeDelta::microseconds(1),
        due_on: "2028-02-29".parse().ok(),
        ..store.task(&pair, "first 🎉")
    };
    let mut tx = store.begin().await;
    for one in [&third, &second, &first, &store.task(&other, "not theirs")] {
        homework::insert(&mut tx, one).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(homework::carried(&mut store.read().await, pair.id).await.unwrap(), [first, second, third]);
});

both!(homework_comes_back_at_a_meeting_and_talking_ends_it, |store: Arc<Store>| async move {
    let Couple { pair, .. } = store.couple().await;
    let this = store.meeting(&pair, now()).await.id;
    let next = store.meeting(&pair, now() + TimeDelta::days(7)).await.id;
    let mut kept = store.task(&pair, "kept");
    let (untouched, later) = (store.task(&pair, "untouched"), store.task(&pair, "later"));
    let mut tx = store.begin().await;
    for one in [&kept, &untouched, &later] {
        homework::insert(&mut tx, one).await.unwrap();
    }
    let later = later.returned(Some(text("it was a full disk")));
    homework::set_findings(&mut tx, &later, next).await.unwrap();
    for findings in [Some(text("it was a full disk")), None, Some(text("it was both"))] {
        kept = kept.returned(findings);
        homework::set_findings(&mut tx, &kept, this).await.unwrap();
        assert_eq!(
            homework::carried(&mut tx, pair.id).await.unwrap(),
            [kept.clone(), untouched.clone(), later.clone()]
        );
    }
    assert_eq!((kept.state, kept.findings.clone()), (HomeworkState::Returned, Some(text("it was both"))));
    // Put back, it does not end with the meeting it was to come back at.
    kept = kept.reopened();
    homework::set_findings(&mut tx, &kept, this).await.unwrap();
    homework::review_returned(&mut tx, this).await.unwrap();
    assert_eq!(homework::carried(&mut tx, pair.id).await.unwrap(), [kept.clone(), untouched.clone(), later.clone()]);
    kept = kept.returned(None);
    homework::set_findings(&mut tx, &kept, this).await.unwrap();
    homework::review_returned(&mut tx, this).await.unwrap();
    assert_eq!(
        homework::carried(&mut tx, pair.id).await.unwrap(),
        [untouched, later],
        "another meeting's waits for it"
    );
    overtaken(homework::set_findings(&mut tx, &kept.returned(Some(text("too late"))), next).await);
    overtaken(homework::set_findings(&mut tx, &store.task(&pair, "never kept"), next).await);
});

both!(wins_are_shown_the_newest_first, |store: Arc<Store>| async move {
    let Couple { mentee, mentor, pair } = store.couple().await;
    let mut tx = store.begin().await;
    assert_eq!(wins::latest(&mut tx, pair.id, 3).await.unwrap(), []);
    for (minutes, person) in [(1, &mentee), (3, &mentor), (2, &mentee)] {
        let logged_at = now() + TimeDelta::minutes(minutes);
        let win = text(&format!("after {minutes}"));
        wins::insert(&mut tx, store.ids.opaque(), pair.id, person.id, &win, logged_at).await.unwrap();
    }
    tx.commit().await.unwrap();
    let shown = wins::latest(&mut store.read().await, pair.id, 2).await.unwrap();
    let after = |minutes| (text(&format!("after {minutes}")), now() + TimeDelta::minutes(minutes));
    assert_eq!(shown, [after(3), after(2)]);
});
