//! People are found by who they are in Slack, and stay who they are to us.

use std::sync::Arc;

use chrono_tz::Tz;
use mentor::domain::identifiers::PersonId;
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::settings::Settings;
use mentor::store::failure::StoreFailure;
use mentor::store::people;

use crate::support::{Store, both};

fn who(team: &str, user: &str) -> SlackIdentity {
    SlackIdentity { team_id: team.to_owned(), user_id: user.to_owned() }
}

both!(what_slack_says_anew_replaces_all_but_the_identifier, |store: Arc<Store>| async move {
    let mut tx = store.begin().await;
    let first = store.somebody("T1", "U1");
    assert_eq!(people::keep(&mut tx, &first).await.unwrap(), first);
    people::set_conversation(&mut tx, first.id, "D1").await.unwrap();
    for standing in Standing::ALL {
        let said = Person {
            id: PersonId(store.ids.opaque()),
            slack: first.slack.clone(),
            name: format!("“{}” ✨", standing.word()),
            time_zone: Some(Tz::America__Argentina__Buenos_Aires),
            standing: *standing,
            deactivated: true,
            locale: Some("de-AT".to_owned()),
            settings: Settings::default(),
        };
        let kept = people::keep(&mut tx, &said).await.unwrap();
        assert_eq!(kept, Person { id: first.id, ..said });
        assert_eq!(people::get(&mut tx, first.id).await.unwrap(), kept);
    }
    // What Slack does not tell this time stays known.
    let back = Person { time_zone: None, ..first.clone() };
    let kept = people::keep(&mut tx, &back).await.unwrap();
    let back = Person { locale: Some("de-AT".to_owned()), ..back };
    assert_eq!(kept, back);
    let conversation = people::conversation(&mut tx, first.id).await.unwrap();
    assert_eq!(conversation.as_deref(), Some("D1"), "Slack's words about somebody do not touch the conversation");
    tx.commit().await.unwrap();
    assert_eq!(people::get(&mut store.read().await, first.id).await.unwrap(), back);
});

both!(an_unknown_zone_counts_as_missing, |store: Arc<Store>| async move {
    let person = store.person("U1").await;
    store.raw().await.change_one("UPDATE people SET time_zone = 'Mars/Olympus'", &[]).await;
    assert_eq!(people::get(&mut store.read().await, person.id).await.unwrap().time_zone, None);
});

both!(a_workspace_and_a_user_are_one_person, |store: Arc<Store>| async move {
    let mut tx = store.begin().await;
    let here = people::keep(&mut tx, &store.somebody("T1", "U1")).await.unwrap();
    let there = people::keep(&mut tx, &store.somebody("T2", "U1")).await.unwrap();
    assert_ne!(here.id, there.id, "another workspace's user is somebody else");
    for org_wide in [false, true] {
        assert_eq!(people::find(&mut tx, &here.slack, org_wide).await.unwrap(), Some(here.clone()));
        assert_eq!(people::find(&mut tx, &there.slack, org_wide).await.unwrap(), Some(there.clone()));
        let third = people::find(&mut tx, &who("T3", "U1"), org_wide).await.unwrap();
        assert_eq!(third, None, "two are known: nobody can tell which of them it is");
        assert_eq!(people::find(&mut tx, &who("T1", "U2"), org_wide).await.unwrap(), None);
    }
});

both!(an_organisation_knows_its_people_in_every_workspace, |store: Arc<Store>| async move {
    let ada = store.person("W1").await;
    let mut tx = store.read().await;
    assert_eq!(people::find(&mut tx, &who("T9", "W1"), true).await.unwrap(), Some(ada));
    assert_eq!(people::find(&mut tx, &who("T9", "W1"), false).await.unwrap(), None);
});

both!(a_mention_names_a_user_alone, |store: Arc<Store>| async move {
    let ada = store.person("U1").await;
    let mut tx = store.begin().await;
    assert_eq!(people::find_user(&mut tx, "U1").await.unwrap(), Some(ada));
    assert_eq!(people::find_user(&mut tx, "U2").await.unwrap(), None);
    people::keep(&mut tx, &store.somebody("T2", "U1")).await.unwrap();
    assert_eq!(people::find_user(&mut tx, "U1").await.unwrap(), None, "two have this id");
});

both!(a_conversation_is_remembered, |store: Arc<Store>| async move {
    let ada = store.person("U1").await;
    let grace = store.person("U2").await;
    let mut tx = store.begin().await;
    assert_eq!(people::conversation(&mut tx, ada.id).await.unwrap(), None);
    people::set_conversation(&mut tx, ada.id, "D1").await.unwrap();
    people::set_conversation(&mut tx, ada.id, "D2").await.unwrap();
    assert_eq!(people::conversation(&mut tx, ada.id).await.unwrap().as_deref(), Some("D2"));
    assert_eq!(people::conversation(&mut tx, grace.id).await.unwrap(), None);
});

both!(nobody_is_a_failure_where_somebody_must_be, |store: Arc<Store>| async move {
    let mut tx = store.read().await;
    let nobody = PersonId(store.ids.opaque());
    assert!(matches!(people::get(&mut tx, nobody).await, Err(StoreFailure::Database(_))));
    assert!(matches!(people::conversation(&mut tx, nobody).await, Err(StoreFailure::Database(_))));
});
