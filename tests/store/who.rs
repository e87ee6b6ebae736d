//! Searching networks: what is found through whom, who is left out, and that it goes by indexes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::directory::{Change, Entry, Source};
use mentor::domain::identifiers::PersonId;
use mentor::domain::network::Acquaintance;
use mentor::domain::org_chart::SameManager;
use mentor::domain::pairs::{PairKind, PairState};
use mentor::domain::people::{Person, Standing};
use mentor::domain::profile::{OpenTo, Profile};
use mentor::domain::settings::{OffRange, Settings};
use mentor::domain::topics::{KnownTopics, Topic};
use mentor::domain::who::{Candidate, Ring, WhoId, Why};
use mentor::store::directory::{self, Incoming};
use mentor::store::who::{WhoSearch, matches, offering_directly, who_search};
use mentor::store::{erasing, org_chart, pairs, people, profiles, settings, statements, topics};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use uuid::Uuid;

use crate::support::{Place, Store, both, now};

/// Somebody who asks, and how.
struct Asks {
    asker: Person,
    known: KnownTopics,
    asked_lately: HashMap<PersonId, DateTime<Utc>>,
    left_out: HashSet<PersonId>,
}

impl Asks {
    fn of(asker: &Person) -> Self {
        Self {
            asker: asker.clone(),
            known: KnownTopics::default(),
            asked_lately: HashMap::new(),
            left_out: HashSet::new(),
        }
    }

    fn about<'a>(&'a self, topic: &'a Topic) -> WhoSearch<'a> {
        WhoSearch {
            asker: self.asker.id,
            topic,
            known: &self.known,
            same_manager: SameManager::Refuse,
            now: now(),
            asked_lately: &self.asked_lately,
            left_out: &self.left_out,
        }
    }

    /// Whom a mentor is shown, each by name and reason.
    async fn through(&self, store: &Store, mentor: &Person, topic: &str) -> Vec<String> {
        let topic = Topic::parse(topic).unwrap();
        let found = matches(&mut store.read().await, &self.about(&topic), mentor.id).await.unwrap();
        let line = |one: &mentor::domain::who::Suggested| {
            assert_eq!(one.found.mentor, mentor.id);
            let name = match &one.whom {
                Acquaintance::InSlack(person) => person.slack.user_id.clone(),
                Acquaintance::Outside { name, email } => format!("{} {}", name.reveal(), email.reveal()),
            };
            format!("{name}: {}", reason(&one.found))
        };
        found.iter().map(line).collect()
    }

    /// Whom all mentors could name.
    async fn everywhere(&self, store: &Store, topic: &str) -> Vec<Candidate> {
        let topic = Topic::parse(topic).unwrap();
        who_search(&mut store.read().await, &self.about(&topic)).await.unwrap()
    }

    async fn directly(&self, store: &Store, topic: &str) -> Vec<String> {
        let topic = Topic::parse(topic).unwrap();
        let found = offering_directly(&mut store.read().await, &self.about(&topic)).await.unwrap();
        found.into_iter().map(|one| one.person.slack.user_id).collect()
    }
}

fn reason(found: &Candidate) -> String {
    match &found.why {
        Why::Noted(one) => format!("noted {}", one.offered),
        Why::Offers(one) => format!("offers {}", one.offered),
        Why::MayKnow { .. } => "may know somebody".to_owned(),
    }
}

impl Store {
    /// Two people who are, or were, a pair: the first is the mentee.
    async fn pairs_up(&self, mentee: &Person, mentor: &Person, kind: PairKind, state: PairState) {
        let mut pair = self.question(mentee, mentor, now());
        pair.kind = kind;
        let mut tx = self.begin().await;
        pairs::insert(&mut tx, &pair).await.unwrap();
        tx.commit().await.unwrap();
        self.put(&mut pair, PairState::Active).await;
        if state != PairState::Active {
            self.put(&mut pair, state).await;
        }
    }

    async fn says(&self, person: &Person, offered: &[&str], open_to: OpenTo, introductions: bool) {
        let known = KnownTopics::default();
        let offered = offered.iter().map(|topic| (*topic).to_owned()).collect();
        let profile = Profile { offered, open_to, introductions, ..Profile::empty(person.id) };
        let mut tx = self.begin().await;
        profiles::save(&mut tx, &profile, now()).await.unwrap();
        topics::know(&mut tx, &known, &profile.offered).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn wants_nothing_to_do_with(&self, person: &Person, other: &Person) {
        let mut tx = self.begin().await;
        if profiles::find(&mut tx, person.id).await.unwrap().is_none() {
            profiles::save(&mut tx, &Profile::empty(person.id), now()).await.unwrap();
        }
        profiles::set_not_with(&mut tx, person.id, &[other.id]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Who reports to whom; everybody counts from now on.
    async fn reports(&self, lines: &[(&Person, Option<&Person>)]) {
        let entries: Vec<Entry> = lines
            .iter()
            .map(|(person, manager)| Entry {
                key: person.slack.user_id.clone().into(),
                user_id: Some(person.slack.user_id.clone().into()),
                email: None,
                manager: manager.map(|manager| manager.slack.user_id.clone().into()),
                department: None,
            })
            .collect();
        let ids: BTreeMap<&str, Uuid> = entries.iter().map(|entry| (&*entry.key, self.ids.opaque())).collect();
        let into = Incoming { source: Source::Csv, id: self.ids.opaque(), ids: &ids };
        let mut tx = self.begin().await;
        directory::know(&mut tx, Source::Csv, now()).await.unwrap();
        directory::write(&mut tx, &into, &entries).await.unwrap();
        directory::turn(&mut tx, &into, Change::default(), Some("tag"), now(), now()).await.unwrap();
        for (person, _) in lines {
            org_chart::recognise(&mut tx, person.id, &person.slack.user_id, None).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Ada, and Grace who mentors her.
    async fn ada_and_grace(&self) -> (Person, Person) {
        let (ada, grace) = (self.person("ADA").await, self.person("GRACE").await);
        self.pairs_up(&ada, &grace, PairKind::InOrg, PairState::Active).await;
        (ada, grace)
    }
}

/// How SQLite goes about the statements of a search.
#[tokio::test]
async fn a_search_over_networks_goes_by_indexes() {
    let store = Store::ready(Arc::new(Place::sqlite())).await;
    let mut connection = SqliteConnection::connect(&store.place.url()).await.unwrap();
    let mut looked_at = 0;
    for (file, name, sql) in statements::all() {
        let searches = ["who_rows", "who_direct", "network", "person_keys"].contains(&file)
            || (file == "org_chart" && name == "LINES");
        if !searches || sql.starts_with("INSERT") {
            continue;
        }
        looked_at += 1;
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        for row in sqlx::query(explain).fetch_all(&mut connection).await.unwrap() {
            let step: String = row.get("detail");
            // The directories ("s") are three at most, and "x" is what was just found.
            if step.starts_with("SEARCH s ") {
                continue;
            }
            let small = ["SCAN s", "SCAN x", "SCAN CONSTANT ROW"].iter().any(|small| step.starts_with(small));
            assert!(!step.starts_with("SCAN") || small, "{file}::{name}: {step}");
            assert!(!step.contains("AUTOMATIC"), "{file}::{name}: {step}");
            // Not everybody of a directory, who all stand in one snapshot.
            assert!(!step.contains("SEARCH e USING INDEX directory_entries_source"), "{file}::{name}: {step}");
            assert!(!step.contains("SEARCH e USING") || !step.contains("(snapshot_id=?"), "{file}::{name}: {step}");
        }
    }
    assert_eq!(looked_at, 19, "statements");
    store.db.close().await;
}

both!(the_own_network_pairs_and_one_step_further, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    let [noted, vague, former, peer, contact, far, other] =
        ["NOTED", "VAGUE", "FORMER", "PEER", "CONTACT", "FAR", "OTHER"].map(|user| store.person(user));
    let (noted, vague, former, peer) = (noted.await, vague.await, former.await, peer.await);
    let (contact, far, other) = (contact.await, far.await, other.await);
    store.notes(&grace, &noted, &["hiring", "pricing"]).await;
    store.notes(&grace, &vague, &["pricing experiments"]).await;
    store.notes(&grace, &other, &["knitting"]).await;
    store.notes_outside(&grace, "Jane Doe", "jane@example.org", &["prices"]).await;
    store.pairs_up(&former, &grace, PairKind::InOrg, PairState::Ended).await;
    store.pairs_up(&grace, &peer, PairKind::Peer, PairState::Active).await;
    store.says(&former, &["Pricing"], OpenTo::Anybody, false).await;
    store.says(&peer, &["pricing"], OpenTo::ByName, true).await;
    // One step further: both must be open to introductions.
    store.notes(&grace, &contact, &["cooking"]).await;
    store.pairs_up(&contact, &far, PairKind::InOrg, PairState::Ended).await;
    store.says(&far, &["pricing"], OpenTo::ByName, true).await;
    let asks = Asks::of(&ada);
    let mut found = asks.through(&store, &grace, "pricing").await;
    assert_eq!(found.pop().as_deref(), Some("VAGUE: noted pricing experiments"));
    found.sort();
    let direct = [
        "FORMER: offers Pricing",
        "Jane Doe jane@example.org: noted prices",
        "NOTED: noted pricing",
        "PEER: offers pricing",
    ];
    assert_eq!(found, direct);
    store.says(&contact, &[], OpenTo::ByName, true).await;
    let found = asks.through(&store, &grace, "pricing").await;
    let hint = found.iter().position(|line| line == "CONTACT: may know somebody").unwrap();
    assert_eq!((hint, found.len()), (4, 6), "{found:?}");
    assert!(!found.iter().any(|line| line.contains("FAR")), "whom the contact knows is never named: {found:?}");
    store.says(&far, &["pricing"], OpenTo::Anybody, false).await;
    assert_eq!(asks.through(&store, &grace, "pricing").await.len(), 5);
    // What only a network says is not for another mentor.
    assert_eq!(asks.through(&store, &peer, "knitting").await, Vec::<String>::new());
    assert_eq!(asks.through(&store, &grace, "knitting").await, ["OTHER: noted knitting"]);
    assert_eq!(asks.through(&store, &grace, "basketry").await, Vec::<String>::new());
});

both!(a_profile_that_is_not_public_offers_nothing, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    let peer = store.person("PEER").await;
    store.pairs_up(&grace, &peer, PairKind::Peer, PairState::Active).await;
    store.says(&peer, &["pricing"], OpenTo::ByName, false).await;
    let asks = Asks::of(&ada);
    assert_eq!(asks.through(&store, &grace, "pricing").await, Vec::<String>::new());
    // An open question is no pair.
    let asked = store.person("ASKED").await;
    store.says(&asked, &["pricing"], OpenTo::Anybody, true).await;
    let mut tx = store.begin().await;
    pairs::insert(&mut tx, &store.question(&grace, &asked, now())).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(asks.through(&store, &grace, "pricing").await, Vec::<String>::new());
});

both!(who_is_left_out, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    let mut asks = Asks::of(&ada);
    let here = store.person("HERE").await;
    store.notes(&grace, &here, &["pricing"]).await;
    let mut others = Vec::new();
    for user in ["SHY", "AVOIDED", "AWAY", "FULL", "BOT", "GUEST", "GONE", "FORGOTTEN", "KNOWN", "BACK"] {
        let person = store.person(user).await;
        store.notes(&grace, &person, &["pricing"]).await;
        others.push(person);
    }
    let [shy, avoided, away, full, bot, guest, gone, forgotten, known, back] = others.try_into().unwrap();
    // Whoever asks, and the mentor, are nobody to be named, whatever a profile says.
    store.notes(&grace, &ada, &["pricing"]).await;
    store.says(&grace, &["pricing"], OpenTo::Anybody, true).await;
    store.wants_nothing_to_do_with(&shy, &ada).await;
    store.wants_nothing_to_do_with(&ada, &avoided).await;
    store.pairs_up(&ada, &known, PairKind::InOrg, PairState::Ended).await;
    asks.left_out.insert(full.id);
    let mut tx = store.begin().await;
    let off = |first: i64, last: i64| {
        let day = |days| (now() + TimeDelta::days(days)).date_naive();
        Settings { days_off: vec![OffRange { first: day(first), last: day(last) }], ..Settings::default() }
    };
    settings::keep(&mut tx, away.id, &off(-3, 4)).await.unwrap();
    settings::keep(&mut tx, back.id, &off(-3, -1)).await.unwrap();
    people::keep(&mut tx, &Person { standing: Standing::Bot, ..bot }).await.unwrap();
    people::keep(&mut tx, &Person { standing: Standing::Guest, ..guest }).await.unwrap();
    people::keep(&mut tx, &Person { deactivated: true, ..gone }).await.unwrap();
    erasing::erase(&mut tx, &forgotten, now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut found = asks.through(&store, &grace, "pricing").await;
    found.sort();
    assert_eq!(found, ["BACK: noted pricing", "HERE: noted pricing"]);
    // The mentor herself comes first where all are looked at together.
    let everywhere = asks.everywhere(&store, "pricing").await;
    assert_eq!((everywhere[0].ring, everywhere[0].who), (Ring::Mentor, WhoId::Person(grace.id)));
    assert!(everywhere.iter().all(|one| one.mentor == grace.id || one.mentor == known.id));
    assert!(!everywhere.iter().any(|one| one.who == WhoId::Person(ada.id)));
    // Nothing goes through a mentor who wants nothing to do with whoever asks.
    store.wants_nothing_to_do_with(&grace, &ada).await;
    assert_eq!(asks.through(&store, &grace, "pricing").await, Vec::<String>::new());
    assert_eq!(asks.everywhere(&store, "pricing").await, []);
});

both!(rule_one_holds_for_all_three, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    let mut everybody = Vec::new();
    for user in ["BOSS", "COLLEAGUE", "BELOW", "HERBOSS", "HERREPORT", "FREE", "TOP"] {
        let person = store.person(user).await;
        if user != "TOP" {
            store.notes(&grace, &person, &["pricing"]).await;
        }
        everybody.push(person);
    }
    let [boss, colleague, below, her_boss, her_report, free, top] = everybody.try_into().unwrap();
    let asks = Asks::of(&ada);
    assert_eq!(asks.through(&store, &grace, "pricing").await.len(), 6, "no chart forbids nothing");
    let lines = [
        (&ada, Some(&boss)),
        (&colleague, Some(&boss)),
        (&below, Some(&ada)),
        (&grace, Some(&her_boss)),
        (&her_report, Some(&grace)),
        (&free, Some(&top)),
        (&top, None),
        (&boss, None),
        (&her_boss, None),
    ];
    store.reports(&lines).await;
    assert_eq!(asks.through(&store, &grace, "pricing").await, ["FREE: noted pricing"]);
    // An address that belongs to one of them changes nothing.
    let mut tx = store.begin().await;
    org_chart::recognise(&mut tx, boss.id, "BOSS", Some("boss@example.org")).await.unwrap();
    tx.commit().await.unwrap();
    store.notes_outside(&grace, "A boss", "Boss@example.org", &["pricing"]).await;
    store.notes_outside(&grace, "Jane", "jane@example.org", &["pricing"]).await;
    let found = asks.through(&store, &grace, "pricing").await;
    assert!(found.len() == 2 && found.contains(&"Jane jane@example.org: noted pricing".to_owned()), "{found:?}");
    // One step further it holds for who is never named, too.
    store.says(&free, &[], OpenTo::ByName, true).await;
    store.pairs_up(&free, &boss, PairKind::InOrg, PairState::Ended).await;
    store.says(&boss, &["brewing"], OpenTo::ByName, true).await;
    assert_eq!(asks.through(&store, &grace, "brewing").await, Vec::<String>::new());
    let stranger = store.person("STRANGER").await;
    store.pairs_up(&free, &stranger, PairKind::InOrg, PairState::Active).await;
    store.says(&stranger, &["brewing"], OpenTo::ByName, true).await;
    assert_eq!(asks.through(&store, &grace, "brewing").await, ["FREE: may know somebody"]);
});

both!(whoever_was_asked_lately_comes_later, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    let mut asks = Asks::of(&ada);
    for (user, days) in [("NEW", None), ("LONGAGO", Some(20)), ("JUSTNOW", Some(1))] {
        let person = store.person(user).await;
        store.notes(&grace, &person, &["pricing"]).await;
        store.says(&person, &["pricing"], OpenTo::ByName, true).await;
        if let Some(days) = days {
            asks.asked_lately.insert(person.id, now() - TimeDelta::days(days));
        }
    }
    let order = ["NEW: noted pricing", "LONGAGO: noted pricing", "JUSTNOW: noted pricing"];
    assert_eq!(asks.through(&store, &grace, "pricing").await, order);
    assert_eq!(asks.directly(&store, "pricing").await, ["NEW", "LONGAGO", "JUSTNOW"]);
});

both!(all_mentors_of_somebody_and_their_order, |store: Arc<Store>| async move {
    let ada = store.person("ADA").await;
    let (best, former, peer, mentee) = (
        store.person("BEST").await,
        store.person("FORMER").await,
        store.person("PEER").await,
        store.person("MENTEE").await,
    );
    store.pairs_up(&ada, &best, PairKind::InOrg, PairState::Active).await;
    store.pairs_up(&ada, &former, PairKind::External, PairState::Ended).await;
    store.pairs_up(&peer, &ada, PairKind::Peer, PairState::Paused).await;
    store.pairs_up(&mentee, &ada, PairKind::InOrg, PairState::Active).await;
    let (one, two) = (store.person("ONE").await, store.person("TWO").await);
    store.notes(&best, &one, &["pricing experiments"]).await;
    store.notes(&former, &one, &["pricing"]).await;
    store.notes(&former, &two, &["pricing"]).await;
    store.notes(&mentee, &two, &["pricing"]).await;
    store.says(&peer, &["pricing"], OpenTo::Anybody, false).await;
    let found = Asks::of(&ada).everywhere(&store, "pricing").await;
    let order = mentor::domain::who::mentors_in_order(&found);
    assert_eq!(order, [peer.id, former.id, best.id], "whom she mentors is nobody to ask");
    assert_eq!(found.len(), 4, "each person once through each mentor");
    let nobody = store.person("NOBODY").await;
    assert_eq!(Asks::of(&nobody).everywhere(&store, "pricing").await, []);
});

both!(at_most_ten_of_a_large_network, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    for number in 0..70 {
        let person = store.person(&format!("U{number}")).await;
        store.notes(&grace, &person, &["pricing"]).await;
    }
    let found = Asks::of(&ada).through(&store, &grace, "pricing").await;
    let each: HashSet<&String> = found.iter().collect();
    assert_eq!((found.len(), each.len()), (10, 10));
});

both!(asking_directly, |store: Arc<Store>| async move {
    let (ada, grace) = store.ada_and_grace().await;
    store.says(&grace, &["pricing"], OpenTo::Anybody, true).await;
    let mut asks = Asks::of(&ada);
    for (user, introductions) in [("OPEN", true), ("LISTED", false), ("BOSS", true), ("SHY", true), ("FULL", true)] {
        let person = store.person(user).await;
        store.says(&person, &["pricing"], OpenTo::Anybody, introductions).await;
        match user {
            "BOSS" => store.reports(&[(&ada, Some(&person)), (&person, None)]).await,
            "SHY" => store.wants_nothing_to_do_with(&person, &ada).await,
            "FULL" => {
                asks.left_out.insert(person.id);
            }
            _ => {}
        }
    }
    let part = store.person("PART").await;
    store.says(&part, &["pricing experiments"], OpenTo::ByName, true).await;
    store.says(&ada, &["pricing"], OpenTo::Anybody, true).await;
    assert_eq!(asks.directly(&store, "prices").await, ["OPEN", "PART"]);
    assert_eq!(asks.directly(&store, "basketry").await, Vec::<String>::new());
});
