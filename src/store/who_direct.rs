//! Asking directly: who offers a topic and is open to introductions, for an ask that no mentor answered.
//!
//! Of a topic that very many offer, everybody who asks begins elsewhere; see `docs/adr/0027`.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::who::WhoSearch;
use super::who_rules::Judge;
use super::{org_chart, people, topics, who_rows};
use crate::domain::finding::{Match, closest_first};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairKind;
use crate::domain::who::{DIRECTLY, Direct, first_to_ask};

statements! {
    // $1 the topic, $2 after whom to begin, $3 who asks, $4 how many.
    OPEN_AND_OFFERING = "SELECT t.person_id FROM profile_topics t JOIN profiles f ON f.person_id = t.person_id
        WHERE t.topic = $1 AND t.kind = 'offered' AND t.person_id > $2 AND t.person_id <> $3 AND f.introductions = TRUE
        ORDER BY t.person_id LIMIT $4";
}

/// People looked at of one topic.
const OF_A_TOPIC: usize = 60;
/// People looked at in one search.
const IN_ALL: usize = 240;

/// Who offers something for everybody to see and is open to introductions, in the order in which to ask them; at most
/// [`DIRECTLY`]. Whom the asker knows from a pair is not among them.
///
/// # Errors
/// When the database fails.
pub async fn offering_directly(tx: &mut Tx, search: &WhoSearch<'_>) -> Result<Vec<Direct>, StoreFailure> {
    let mut judge = Judge::new(search);
    let alike = topics::alike(tx, &judge.asked).await?;
    let mut fitting: Vec<Match> = alike.iter().filter_map(|topic| judge.matching(topic)).collect();
    closest_first(&mut fitting);
    let mut found: Vec<(PersonId, Match, Option<DateTime<Utc>>)> = Vec::new();
    let mut seen: HashSet<PersonId> = search.left_out.clone();
    for topic in fitting {
        for person in open_and_offering(tx, search, &topic.offered).await? {
            if seen.insert(person) {
                found.push((person, topic.clone(), search.asked_lately.get(&person).copied()));
            }
        }
        if found.len() >= IN_ALL {
            break;
        }
    }
    let knows = who_rows::partners(tx, &[search.asker]).await?.remove(&search.asker).unwrap_or_default();
    found.retain(|(person, ..)| !knows.contains(person));
    let concerned: HashSet<PersonId> = found.iter().map(|(person, ..)| *person).collect();
    let suitable = who_rows::suitable(tx, &concerned, search.asker, search.now).await?;
    found.retain(|(person, ..)| suitable.get(person) == Some(&false));
    first_to_ask(&mut found, search.asker);
    let around: Vec<PersonId> = found.iter().map(|(person, ..)| *person).chain([search.asker]).collect();
    let chart = org_chart::around(tx, &around).await?;
    let may = |person: PersonId| chart.may_pair(search.asker, person, PairKind::InOrg, search.same_manager).is_ok();
    let mut direct = Vec::new();
    for (person, offers, asked_at) in found.into_iter().filter(|(person, ..)| may(*person)).take(DIRECTLY) {
        direct.push(Direct { person: people::get(tx, person).await?, offers, asked_at });
    }
    Ok(direct)
}

/// Some who offer a topic, beginning elsewhere for everybody who asks.
async fn open_and_offering(tx: &mut Tx, search: &WhoSearch<'_>, topic: &str) -> Result<Vec<PersonId>, StoreFailure> {
    let mut people: Vec<PersonId> = Vec::new();
    for after in [search.asker.0, Uuid::nil()] {
        let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(OPEN_AND_OFFERING)
            .bind(topic)
            .bind(after)
            .bind(search.asker.0)
            .bind(i64::try_from(OF_A_TOPIC).unwrap_or(i64::MAX))
            .fetch_all(connection))?;
        for person in ids.into_iter().map(PersonId) {
            if people.len() < OF_A_TOPIC && !people.contains(&person) {
                people.push(person);
            }
        }
    }
    Ok(people)
}
