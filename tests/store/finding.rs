//! Searching by indexes, and topics kept with their keys.

use std::sync::Arc;

use mentor::domain::finding::{Found, Named};
use mentor::domain::org_chart::SameManager;
use mentor::domain::people::{Person, Standing};
use mentor::domain::profile::{OpenTo, Profile};
use mentor::domain::topics::{KnownTopics, Topic};
use mentor::domain::working_time::WorkingTime;
use mentor::store::db::Tx;
use mentor::store::finding::{Search, search};
use mentor::store::{people, profiles, statements, topics};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};

use crate::support::{Place, Store, both, now};

/// How SQLite goes about the statements of a search.
#[tokio::test]
async fn a_search_goes_by_indexes() {
    let store = Store::ready(Arc::new(Place::sqlite())).await;
    let mut connection = SqliteConnection::connect(&store.place.url()).await.unwrap();
    let mut looked_at = Vec::new();
    for (file, name, sql) in statements::all() {
        let searches = ["finding", "offering"].contains(&file)
            || (file == "topics" && ["READ_BY", "WITH_KEYS", "SPELT", "FORGET_KEYS"].contains(&name));
        if !searches {
            continue;
        }
        looked_at.push(name);
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        for row in sqlx::query(explain).fetch_all(&mut connection).await.unwrap() {
            let step: String = row.get("detail");
            // The directories are three at most, and "c" is what was just counted.
            let small =
                ["SCAN d", "SEARCH d", "SCAN c", "SCAN CONSTANT ROW"].iter().any(|small| step.starts_with(small));
            assert!(!step.starts_with("SCAN") || small, "{file}::{name}: {step}");
            assert!(!step.contains("AUTOMATIC") || small, "{file}::{name}: {step}");
            if name.starts_with("OF_") && step.starts_with("SEARCH t ") {
                assert!(
                    step.contains("profile_topics_topic (topic=? AND kind=? AND person_id>? AND person_id<?)"),
                    "{step}"
                );
            }
        }
    }
    assert_eq!(looked_at.len(), 9, "{looked_at:?}");
    store.db.close().await;
}

async fn offers(store: &Store, known: &KnownTopics, person: &Person, topics: &str) {
    let offered = topics.split(", ").map(str::to_owned).collect();
    let profile = Profile { offered, open_to: OpenTo::Anybody, ..Profile::empty(person.id) };
    let mut tx = store.begin().await;
    profiles::save(&mut tx, &profile, now()).await.unwrap();
    topics::know(&mut tx, known, &profile.offered).await.unwrap();
    tx.commit().await.unwrap();
}

async fn finds(store: &Store, known: &KnownTopics, me: &Person, topic: &str) -> Vec<String> {
    named(store, known, me, topic).await.into_iter().map(|named| named.person.slack.user_id).collect()
}

async fn named(store: &Store, known: &KnownTopics, me: &Person, topic: &str) -> Vec<Named> {
    let topic = Topic::parse(topic).unwrap();
    let looked = Search {
        me,
        topic: Some(&topic),
        known,
        same_manager: SameManager::Refuse,
        programme: &WorkingTime::default(),
        now: now(),
    };
    match search(&mut store.read().await, &looked).await.unwrap() {
        Found::People(people) => people,
        other => {
            assert_eq!(other, Found::Nobody);
            Vec::new()
        }
    }
}

both!(whoever_looks_sees_others_first_and_nobody_twice, |store: Arc<Store>| async move {
    let known = KnownTopics::default();
    let mut everybody = Vec::new();
    // More offer one of the two than are looked at.
    for number in 0..80 {
        let person = store.person(&format!("U{number}")).await;
        offers(&store, &known, &person, if number % 8 == 0 { "Pricing" } else { "pricing" }).await;
        everybody.push(person);
    }
    let mut named = std::collections::BTreeSet::new();
    for me in &everybody {
        let found = finds(&store, &known, me, "pricing").await;
        assert_eq!(found, finds(&store, &known, me, "pricing").await, "the same again");
        let each: std::collections::BTreeSet<&String> = found.iter().collect();
        assert_eq!((found.len(), each.len()), (10, 10));
        assert!(!found.contains(&me.slack.user_id));
        named.extend(found);
    }
    assert!(named.len() > 60, "not everybody asks the same people: {}", named.len());
});

both!(whoever_offers_several_topics_is_named_for_the_closest, |store: Arc<Store>| async move {
    let known = KnownTopics::default();
    let me = store.person("ME").await;
    for (user, topics) in [
        ("BOTH", "pricing for games, pricing"),
        ("PARTS", "pricing for boats, pricing for games"),
        ("ONE", "pricing for boats"),
    ] {
        offers(&store, &known, &store.person(user).await, topics).await;
    }
    // Offered by nobody, it is asked for by nobody.
    let mut wish = Profile::empty(store.person("WISH").await.id);
    wish.sought = vec!["pricing for whales".to_owned()];
    let mut tx = store.begin().await;
    profiles::save(&mut tx, &wish, now()).await.unwrap();
    topics::know(&mut tx, &known, &wish.sought).await.unwrap();
    tx.commit().await.unwrap();
    let found = named(&store, &known, &me, "prices").await;
    let found: Vec<(&str, &str)> =
        found.iter().map(|named| (named.person.slack.user_id.as_str(), named.why.best.offered.as_str())).collect();
    assert_eq!(found[0], ("BOTH", "pricing"));
    assert_eq!(found.len(), 3);
    assert!(
        found.contains(&("PARTS", "pricing for boats")) && found.contains(&("ONE", "pricing for boats")),
        "{found:?}"
    );
});

both!(who_cannot_be_asked_is_not_found, |store: Arc<Store>| async move {
    let known = KnownTopics::default();
    let me = store.person("ME").await;
    for (user, standing, deactivated) in [
        ("GUEST", Standing::Guest, false),
        ("OUTSIDER", Standing::Outsider, false),
        ("BOT", Standing::Bot, false),
        ("GONE", Standing::Member, true),
        ("HERE", Standing::Member, false),
    ] {
        let person = store.person(user).await;
        let mut tx = store.begin().await;
        let person = people::keep(&mut tx, &Person { standing, deactivated, ..person }).await.unwrap();
        tx.commit().await.unwrap();
        offers(&store, &known, &person, "pricing").await;
    }
    assert_eq!(finds(&store, &known, &me, "prices").await, ["HERE"]);
    assert_eq!(finds(&store, &known, &me, "basketry").await, Vec::<String>::new());
});

both!(a_word_nobody_knows_is_found_as_long_as_a_topic_has_it, |store: Arc<Store>| async move {
    let known = KnownTopics::default();
    let person = store.person("U1").await;
    offers(&store, &known, &person, "crocheting in Wolofia").await;
    let mut tx = store.begin().await;
    let alike = async |tx: &mut Tx, text: &str| {
        let reading = known.thesaurus().read(&Topic::parse(text).unwrap());
        topics::alike(tx, &reading).await.unwrap()
    };
    assert_eq!(alike(&mut tx, "wolofai").await, ["crocheting in Wolofia"]);
    assert_eq!(alike(&mut tx, "knitting in wolofai").await, Vec::<String>::new(), "one word is not enough");
    topics::forget_unused(&mut tx).await.unwrap();
    assert_eq!(alike(&mut tx, "wolofai").await, ["crocheting in Wolofia"]);
    profiles::save(&mut tx, &Profile::empty(person.id), now()).await.unwrap();
    topics::forget_unused(&mut tx).await.unwrap();
    assert_eq!(alike(&mut tx, "wolofai").await, Vec::<String>::new());
    tx.commit().await.unwrap();
    assert_eq!(store.place.raw().await.one("SELECT CAST(COUNT(*) AS TEXT) FROM topic_spellings", &[]).await, "0");
});

both!(a_topic_has_the_keys_of_the_thesaurus_that_read_it_last, |store: Arc<Store>| async move {
    let (one, other) = (KnownTopics::default(), KnownTopics::new("pricing, tariffs of whales".to_owned()));
    let topic = ["pricing".to_owned(), "🎉".to_owned()];
    let mut tx = store.begin().await;
    topics::know(&mut tx, &one, &topic).await.unwrap();
    topics::know(&mut tx, &one, &topic).await.unwrap();
    assert_eq!(topics::to_read(&mut tx, one.fingerprint(), 9).await.unwrap(), Vec::<String>::new());
    assert_eq!(topics::to_read(&mut tx, other.fingerprint(), 1).await.unwrap().len(), 1);
    topics::know(&mut tx, &other, &topic).await.unwrap();
    let tariffs = other.thesaurus().read(&Topic::parse("tariffs of whales").unwrap());
    assert_eq!(topics::alike(&mut tx, &tariffs).await.unwrap(), ["pricing"]);
    topics::forget_unused(&mut tx).await.unwrap();
    assert_eq!(topics::alike(&mut tx, &tariffs).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
});
