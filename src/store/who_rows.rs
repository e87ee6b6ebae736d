//! What a search over networks reads: one statement a ring, for all mentors at once.
//!
//! Nothing here depends on how many people there are in the workspace: every statement begins at the people it is given.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::slots::{self, rows, slots};
use super::statements::statements;
use super::vault::OwnKey;
use super::{network, person_keys};
use crate::domain::contacts::EmailAddress;
use crate::domain::identifiers::{NetworkEntryId, PersonId};
use crate::domain::private_text::PrivateText;

statements! {
    MENTORS = "SELECT mentor_id FROM pairs WHERE mentee_id = $1 AND state IN ('active', 'paused', 'ended')
        UNION SELECT mentee_id FROM pairs WHERE mentor_id = $1 AND kind = 'peer' AND state IN ('active', 'paused', 'ended')
        ORDER BY 1";
    ENTRIES = concat!("SELECT id, owner_id, person_id, topics FROM network_entries WHERE owner_id IN (", slots!(), ")");
    OUTSIDE = concat!("SELECT id, owner_id, name, email FROM network_entries WHERE id IN (", slots!(),
        ") AND name IS NOT NULL AND email IS NOT NULL");
    PARTNERS = concat!("SELECT mentor_id, mentee_id FROM pairs WHERE mentor_id IN (", slots!(),
        ") AND state IN ('active', 'paused', 'ended')
        UNION SELECT mentee_id, mentor_id FROM pairs WHERE mentee_id IN (", slots!(),
        ") AND state IN ('active', 'paused', 'ended')");
    // What everybody may read who finds them.
    OFFERED = concat!("SELECT t.person_id, t.topic FROM profiles f CROSS JOIN profile_topics t WHERE f.person_id IN (",
        slots!(), ") AND (f.open_to = 'anybody' OR f.introductions = TRUE)
        AND t.person_id = f.person_id AND t.kind = 'offered' ORDER BY t.person_id, t.place");
    // Both must be open to introductions: whom one of them would be asked about, and who would be asked.
    FURTHER = concat!("SELECT x.contact_id, x.far_id, t.topic FROM (
            SELECT p.mentor_id AS contact_id, p.mentee_id AS far_id FROM profiles c CROSS JOIN pairs p
            WHERE c.person_id IN (", slots!(), ") AND c.introductions = TRUE AND p.mentor_id = c.person_id
            AND p.state IN ('active', 'paused', 'ended')
            UNION SELECT p.mentee_id, p.mentor_id FROM profiles c CROSS JOIN pairs p
            WHERE c.person_id IN (", slots!(), ") AND c.introductions = TRUE AND p.mentee_id = c.person_id
            AND p.state IN ('active', 'paused', 'ended')
        ) x CROSS JOIN profiles f CROSS JOIN profile_topics t
        WHERE f.person_id = x.far_id AND f.introductions = TRUE AND t.person_id = f.person_id AND t.kind = 'offered'");
    // $51 who asks, $52 the latest and $53 the earliest day that is today anywhere.
    SUITABLE = concat!("SELECT p.id, p.time_zone, d.first_day, d.last_day FROM people p
        LEFT JOIN days_off d ON d.person_id = p.id AND d.first_day <= $52 AND d.last_day >= $53
        WHERE p.id IN (", slots!(), ") AND p.id <> $51 AND p.deactivated = FALSE
        AND p.standing IN ('member', 'outsider') AND p.team_id <> '@outside'
        AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = p.id AND n.other_id = $51)
        AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = $51 AND n.other_id = p.id)");
    WITH_EMAIL = concat!("SELECT email, person_id FROM people_emails WHERE email IN (", slots!(), ")");
}

/// An entry of a mentor's network, with its topics opened.
#[derive(Debug)]
pub(super) struct Noted {
    pub(super) id: NetworkEntryId,
    pub(super) owner: PersonId,
    pub(super) person: Option<PersonId>,
    pub(super) topics: Vec<PrivateText>,
}

/// Somebody outside on a mentor's network.
#[derive(Clone, Debug)]
pub(super) struct Outside {
    pub(super) name: PrivateText,
    pub(super) email: EmailAddress,
}

/// Whose mentors, and peers, now and formerly.
pub(super) async fn mentors(tx: &mut Tx, asker: PersonId) -> Result<Vec<PersonId>, StoreFailure> {
    let ids: Vec<Uuid> = on!(tx, connection => sqlx::query_scalar(MENTORS).bind(asker.0).fetch_all(connection))?;
    Ok(ids.into_iter().map(PersonId).collect())
}

#[derive(FromRow)]
struct NotedRow {
    id: Uuid,
    owner_id: Uuid,
    person_id: Option<Uuid>,
    topics: Vec<u8>,
}

/// The networks of these people.
pub(super) async fn noted(
    tx: &mut Tx,
    keys: &HashMap<PersonId, OwnKey>,
    owners: &[PersonId],
) -> Result<Vec<Noted>, StoreFailure> {
    let mut found = Vec::new();
    for ids in slots::filled(owners.iter().map(|owner| owner.0)) {
        let rows: Vec<NotedRow> = rows!(tx, ENTRIES, ids)?;
        for row in rows {
            let key = keys.get(&PersonId(row.owner_id)).ok_or(StoreFailure::Sealed("person_keys"))?;
            let topics = network::topics_of(&key.open(network::place("topics", row.id), &row.topics)?);
            found.push(Noted {
                id: NetworkEntryId(row.id),
                owner: PersonId(row.owner_id),
                person: row.person_id.map(PersonId),
                topics,
            });
        }
    }
    Ok(found)
}

/// The keys of these people.
pub(super) async fn keys(tx: &mut Tx, owners: &[PersonId]) -> Result<HashMap<PersonId, OwnKey>, StoreFailure> {
    person_keys::of_many(tx, owners).await
}

/// Names and addresses of these entries, all of people outside.
pub(super) async fn outside(
    tx: &mut Tx,
    keys: &HashMap<PersonId, OwnKey>,
    entries: impl Iterator<Item = NetworkEntryId>,
) -> Result<HashMap<NetworkEntryId, Outside>, StoreFailure> {
    let mut found = HashMap::new();
    for ids in slots::filled(entries.map(|entry| entry.0)) {
        let rows: Vec<(Uuid, Uuid, Vec<u8>, Vec<u8>)> = rows!(tx, OUTSIDE, ids)?;
        for (id, owner, name, email) in rows {
            let key = keys.get(&PersonId(owner)).ok_or(StoreFailure::Sealed("person_keys"))?;
            let name = key.open(network::place("name", id), &name)?;
            let email = EmailAddress::kept(key.open(network::place("email", id), &email)?);
            found.insert(NetworkEntryId(id), Outside { name, email });
        }
    }
    Ok(found)
}

/// Who is known to Slack by these addresses, by the address in lower case.
pub(super) async fn known_by(
    tx: &mut Tx,
    addresses: &[String],
) -> Result<HashMap<String, Vec<PersonId>>, StoreFailure> {
    let mut found: HashMap<String, Vec<PersonId>> = HashMap::new();
    for texts in slots::filled(addresses.iter().map(String::as_str)) {
        let rows: Vec<(String, Uuid)> = rows!(tx, WITH_EMAIL, texts)?;
        for (email, person) in rows {
            found.entry(email).or_default().push(PersonId(person));
        }
    }
    Ok(found)
}

/// With whom each of these people is or was in a pair.
pub(super) async fn partners(
    tx: &mut Tx,
    people: &[PersonId],
) -> Result<HashMap<PersonId, BTreeSet<PersonId>>, StoreFailure> {
    let mut found: HashMap<PersonId, BTreeSet<PersonId>> = HashMap::new();
    for ids in slots::filled(people.iter().map(|person| person.0)) {
        let rows: Vec<(Uuid, Uuid)> = rows!(tx, PARTNERS, ids)?;
        for (of, other) in rows {
            found.entry(PersonId(of)).or_default().insert(PersonId(other));
        }
    }
    Ok(found)
}

/// What the profiles of these people offer, as everybody may read who finds them.
pub(super) async fn offered(
    tx: &mut Tx,
    people: impl Iterator<Item = PersonId>,
) -> Result<Vec<(PersonId, String)>, StoreFailure> {
    let mut found = Vec::new();
    for ids in slots::filled(people.map(|person| person.0)) {
        let rows: Vec<(Uuid, String)> = rows!(tx, OFFERED, ids)?;
        found.extend(rows.into_iter().map(|(person, topic)| (PersonId(person), topic)));
    }
    Ok(found)
}

/// What those offer with whom these contacts are or were in a pair: contact, who, topic.
pub(super) async fn further(
    tx: &mut Tx,
    contacts: impl Iterator<Item = PersonId>,
) -> Result<Vec<(PersonId, PersonId, String)>, StoreFailure> {
    let mut found = Vec::new();
    for ids in slots::filled(contacts.map(|contact| contact.0)) {
        let rows: Vec<(Uuid, Uuid, String)> = rows!(tx, FURTHER, ids)?;
        found.extend(rows.into_iter().map(|(contact, far, topic)| (PersonId(contact), PersonId(far), topic)));
    }
    Ok(found)
}

#[derive(FromRow)]
struct SuitableRow {
    id: Uuid,
    time_zone: Option<String>,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
}

/// Who of these could be brought together with whoever asks, as far as their accounts and lists say; and whether they have a
/// day off today.
pub(super) async fn suitable(
    tx: &mut Tx,
    people: &HashSet<PersonId>,
    asker: PersonId,
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, bool>, StoreFailure> {
    let today = now.date_naive();
    let (latest, earliest) = (today + Days::new(1), today - Days::new(1));
    let mut found: HashMap<PersonId, bool> = HashMap::new();
    for ids in slots::filled(people.iter().map(|person| person.0)) {
        let rows: Vec<SuitableRow> = rows!(tx, SUITABLE, ids, asker.0, latest, earliest)?;
        for row in rows {
            let zone: chrono_tz::Tz = row.time_zone.and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::Tz::UTC);
            let here = now.with_timezone(&zone).date_naive();
            let is_off =
                matches!((row.first_day, row.last_day), (Some(first), Some(last)) if first <= here && here <= last);
            *found.entry(PersonId(row.id)).or_default() |= is_off;
        }
    }
    Ok(found)
}
