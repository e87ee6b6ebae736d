//! Being forgotten: which rows go, which stay with the other half, and a pair of which nobody is left.
//!
//! Every table that names a person, or a pair, is in a list here with what becomes of it; a test compares the lists with the
//! schema. A new table is one line. Owns: the lists and the order. Must not: end pairs (see `surfaces::forgetting`).

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::pair_keys;
use super::statements::statements;
use super::vault::Place;
use crate::domain::identifiers::{PairId, PersonId};
use crate::domain::leaving::{Erased, SOMEBODY_WHO_LEFT};
use crate::domain::people::Person;
use crate::domain::private_text::PrivateText;

statements! {
    // Of each: $1 is the person.
    SETTINGS = "DELETE FROM person_settings WHERE person_id = $1";
    DAYS_OFF = "DELETE FROM days_off WHERE person_id = $1";
    PARTS = "DELETE FROM agenda_parts WHERE
        (half = 'mentee' AND meeting_id IN (SELECT m.id FROM meetings m JOIN pairs p ON p.id = m.pair_id WHERE p.mentee_id = $1))
        OR (half = 'mentor' AND meeting_id IN (SELECT m.id FROM meetings m JOIN pairs p ON p.id = m.pair_id WHERE p.mentor_id = $1))";
    MOST_USEFUL = "UPDATE meetings SET most_useful = NULL WHERE pair_id IN (SELECT id FROM pairs WHERE mentee_id = $1)";
    ITEMS = "DELETE FROM agenda_items WHERE author_id = $1";
    QUESTIONS = "DELETE FROM kept_questions WHERE person_id = $1";
    HOMEWORK = "DELETE FROM homework WHERE owner_id = $1";
    GOALS = "DELETE FROM goals WHERE owner_id = $1";
    WINS = "DELETE FROM wins WHERE person_id = $1";
    REVIEW_ANSWERS = "DELETE FROM review_answers WHERE person_id = $1";
    NOT_WITH = "DELETE FROM profile_not_with WHERE person_id = $1 OR other_id = $1";
    TOPICS = "DELETE FROM profile_topics WHERE person_id = $1";
    PROFILE = "DELETE FROM profiles WHERE person_id = $1";
    REQUESTS = "DELETE FROM manager_requests WHERE asker_id = $1 OR manager_id = $1 OR suggested_id = $1";
    SUGGESTED = "DELETE FROM mentor_suggestions WHERE suggested_id = $1";
    INQUIRIES = "DELETE FROM inquiries WHERE pair_id IN (SELECT id FROM pairs WHERE mentee_id = $1 OR mentor_id = $1)";
    // Who asked takes the whole ask along; whoever was asked or named, what they were asked.
    NOMINATIONS = "DELETE FROM nominations WHERE nominee_id = $1
        OR request_id IN (SELECT id FROM introduction_requests WHERE person_id = $1)
        OR introduction_id IN (SELECT id FROM introductions WHERE asker_id = $1)";
    INTRODUCTION_REQUESTS = "DELETE FROM introduction_requests WHERE person_id = $1
        OR introduction_id IN (SELECT id FROM introductions WHERE asker_id = $1)";
    INTRODUCTION_THREADS = "DELETE FROM introduction_threads
        WHERE introduction_id IN (SELECT id FROM introductions WHERE asker_id = $1)";
    INTRODUCTION_KEYS = "DELETE FROM introduction_keys
        WHERE introduction_id IN (SELECT id FROM introductions WHERE asker_id = $1)";
    INTRODUCTIONS = "DELETE FROM introductions WHERE asker_id = $1";
    PREFERENCES = "DELETE FROM introduction_preferences WHERE person_id = $1";
    EMAIL = "DELETE FROM people_emails WHERE person_id = $1";
    // The organisation's own list says so again when it is read next, but of nobody who is known here.
    IN_DIRECTORY = "DELETE FROM directory_entries WHERE person_id = $1";
    // Whom a mentee brought along goes with them.
    CONTACT_NAMES = "UPDATE people SET name = 'somebody outside' WHERE id IN (
        SELECT c.person_id FROM contacts c JOIN pairs p ON p.id = c.pair_id WHERE p.mentee_id = $1)";
    CONTACTS = "DELETE FROM contacts WHERE pair_id IN (SELECT id FROM pairs WHERE mentee_id = $1)";
    // Their own list, and they on anybody else's.
    NETWORK = "DELETE FROM network_entries WHERE owner_id = $1";
    IN_NETWORKS = "DELETE FROM network_entries WHERE person_id = $1";
    PERSON_KEY = "DELETE FROM person_keys WHERE person_id = $1";
    EXPORTS = "DELETE FROM exports WHERE person_id = $1";
    CALENDAR_FILES = "DELETE FROM calendar_files WHERE person_id = $1";
    SCREENS = "DELETE FROM screens WHERE person_id = $1";
    SAID_ALONE = "UPDATE outbox SET said_with = NULL WHERE person_id = $1 AND said_with IS NOT NULL";
    // What is on its way settles by itself; what stands in a channel or a group is redrawn once more. Both go at the end.
    OUTBOX = "DELETE FROM outbox WHERE person_id = $1 AND state NOT IN ('claimed', 'doubt')
        AND NOT (kind IN ('win_to_channel', 'names_meet', 'names_meet_nudge') AND state = 'sent')";
    IN_CHANNELS = "INSERT INTO screens (id, kind, person_id, wanted, shown, not_before)
        SELECT id, 'message', person_id, 1, 0, $2 FROM outbox
        WHERE person_id = $1 AND kind IN ('win_to_channel', 'names_meet', 'names_meet_nudge')";
    ENVELOPES = "DELETE FROM inbox WHERE dedupe_key LIKE '%:' || $1 || ':%'";
    NOBODY = "UPDATE people SET team_id = $2, user_id = $3, name = $4, time_zone = NULL, locale = NULL, title = NULL, standing = 'member',
        deactivated = TRUE, gone_since = NULL WHERE id = $1";
    OF_MENTEE = "SELECT id FROM pairs WHERE mentee_id = $1";
    SET_AIM = "UPDATE pairs SET aim = $2 WHERE id = $1";
    // Everything sent to somebody else that may show the name.
    REDRAW = "INSERT INTO screens (id, kind, person_id, wanted, shown, not_before)
        SELECT id, 'message', person_id, 1, 0, $2 FROM outbox WHERE state IN ('claimed', 'sent', 'doubt') AND person_id <> $1
        AND kind NOT IN ('calendar_file', 'export_text', 'export_json') AND id IN (
            SELECT COALESCE(o.said_with, o.id) FROM outbox o WHERE o.subject_id IN (
                SELECT id FROM pairs WHERE mentee_id = $1 OR mentor_id = $1
                UNION SELECT m.id FROM meetings m JOIN pairs p ON p.id = m.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT r.id FROM reviews r JOIN pairs p ON p.id = r.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT a.id FROM agreements a JOIN pairs p ON p.id = a.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT w.id FROM wins w JOIN pairs p ON p.id = w.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT r.id FROM rhythm_proposals r JOIN pairs p ON p.id = r.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT s.id FROM pauses s JOIN pairs p ON p.id = s.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1
                UNION SELECT i.id FROM introductions i WHERE i.asker_id = $1
                    OR i.id IN (SELECT r.introduction_id FROM introduction_requests r WHERE r.person_id = $1)
                    OR i.id IN (SELECT n.introduction_id FROM nominations n WHERE n.nominee_id = $1)
                UNION SELECT r.id FROM introduction_requests r JOIN introductions i ON i.id = r.introduction_id WHERE i.asker_id = $1
                UNION SELECT n.id FROM nominations n JOIN introductions i ON i.id = n.introduction_id WHERE i.asker_id = $1
                    OR n.request_id IN (SELECT r.id FROM introduction_requests r WHERE r.person_id = $1 OR r.passed_on_by = $1)
                UNION SELECT r.id FROM introduction_requests r WHERE r.passed_on_by = $1
                UNION SELECT n.request_id FROM nominations n WHERE n.nominee_id = $1 AND n.request_id IS NOT NULL
                UNION SELECT q.id FROM peer_questions q JOIN pairs p ON p.id = q.pair_id WHERE p.mentee_id = $1 OR p.mentor_id = $1))
        ON CONFLICT (id) DO UPDATE SET wanted = screens.wanted + 1";
    BOTH_GONE = "SELECT id FROM pairs WHERE
        (mentee_id = $1 AND mentor_id IN (SELECT person_id FROM erasures))
        OR (mentor_id = $1 AND mentee_id IN (SELECT person_id FROM erasures)) ORDER BY id";
    STAYING = "SELECT COUNT(*) FROM pairs WHERE (mentee_id = $1 OR mentor_id = $1)
        AND state IN ('active', 'paused', 'ended')";

    // Of each: $1 is the pair.
    PAIR_PARTS = "DELETE FROM agenda_parts WHERE meeting_id IN (SELECT id FROM meetings WHERE pair_id = $1)";
    PAIR_COACHING = "DELETE FROM coaching_questions_asked WHERE pair_id = $1";
    PAIR_HOMEWORK = "DELETE FROM homework WHERE pair_id = $1";
    PAIR_ITEMS = "DELETE FROM agenda_items WHERE pair_id = $1";
    PAIR_QUESTIONS = "DELETE FROM kept_questions WHERE pair_id = $1";
    PAIR_GOALS = "DELETE FROM goals WHERE pair_id = $1";
    PAIR_WINS = "DELETE FROM wins WHERE pair_id = $1";
    PAIR_PROPOSALS = "DELETE FROM rhythm_proposals WHERE pair_id = $1";
    PAIR_PAUSES = "DELETE FROM pauses WHERE pair_id = $1";
    PAIR_AGREEMENTS = "DELETE FROM agreements WHERE pair_id = $1";
    PAIR_ANSWERS = "DELETE FROM review_answers WHERE review_id IN (SELECT id FROM reviews WHERE pair_id = $1)";
    PAIR_REVIEWS = "DELETE FROM reviews WHERE pair_id = $1";
    PAIR_FINISHES = "DELETE FROM finishes WHERE pair_id = $1";
    PAIR_FILES = "DELETE FROM calendar_files WHERE pair_id = $1";
    PAIR_ENTRIES = "DELETE FROM calendar_entries WHERE pair_id = $1";
    PAIR_PEERS = "DELETE FROM peer_questions WHERE pair_id = $1";
    PAIR_INQUIRIES = "DELETE FROM inquiries WHERE pair_id = $1";
    PAIR_SUGGESTIONS = "DELETE FROM mentor_suggestions WHERE pair_id = $1";
    PAIR_HELD = "DELETE FROM pairs_held WHERE pair_id = $1";
    PAIR_CONTACTS = "DELETE FROM contacts WHERE pair_id = $1";
    PAIR_MEETINGS = "DELETE FROM meetings WHERE pair_id = $1";
    PAIR_KEY = "DELETE FROM pair_keys WHERE pair_id = $1";
    PAIR = "DELETE FROM pairs WHERE id = $1";
}

/// What becomes of a table's rows when somebody is forgotten.
#[derive(Clone, Copy, Debug)]
pub enum Fate {
    /// These statements, of which `$1` is the person.
    Goes(&'static [&'static str]),
    /// The rows stay, and the person's row in `people` has no name any more; why.
    Stays(&'static str),
}

use Fate::{Goes, Stays};

/// Every table with a column that names a person, its columns, and what becomes of it; in this order. A table of one's own is
/// one line.
pub const TABLES: &[(&str, &[&str], Fate)] = &[
    ("person_settings", &["person_id"], Goes(&[SETTINGS])),
    ("days_off", &["person_id"], Goes(&[DAYS_OFF])),
    ("agenda_parts", &[], Goes(&[PARTS])),
    ("meetings", &[], Goes(&[MOST_USEFUL])),
    ("agenda_items", &["author_id"], Goes(&[ITEMS])),
    ("kept_questions", &["person_id"], Goes(&[QUESTIONS])),
    ("homework", &["owner_id"], Goes(&[HOMEWORK])),
    ("goals", &["owner_id"], Goes(&[GOALS])),
    ("wins", &["person_id"], Goes(&[WINS])),
    ("review_answers", &["person_id"], Goes(&[REVIEW_ANSWERS])),
    ("profile_not_with", &["other_id"], Goes(&[NOT_WITH])),
    ("profile_topics", &[], Goes(&[TOPICS])),
    ("profiles", &["person_id"], Goes(&[PROFILE])),
    ("manager_requests", &["asker_id", "manager_id", "suggested_id"], Goes(&[REQUESTS])),
    ("mentor_suggestions", &["suggested_id"], Goes(&[SUGGESTED])),
    ("inquiries", &[], Goes(&[INQUIRIES])),
    ("nominations", &["nominee_id"], Goes(&[NOMINATIONS])),
    ("introduction_requests", &["person_id", "passed_on_by"], Goes(&[INTRODUCTION_REQUESTS])),
    ("introduction_threads", &[], Goes(&[INTRODUCTION_THREADS])),
    ("introduction_keys", &[], Goes(&[INTRODUCTION_KEYS])),
    ("introductions", &["asker_id"], Goes(&[INTRODUCTIONS])),
    ("introduction_preferences", &["person_id"], Goes(&[PREFERENCES])),
    ("people_emails", &["person_id"], Goes(&[EMAIL])),
    ("directory_entries", &["person_id"], Goes(&[IN_DIRECTORY])),
    ("contacts", &["person_id"], Goes(&[CONTACT_NAMES, CONTACTS])),
    ("pairs_held", &["settled_by"], Stays("the other half's, too; nothing is written in it")),
    ("network_entries", &["owner_id", "person_id"], Goes(&[NETWORK, IN_NETWORKS])),
    // Without it nothing they wrote for themselves can be read again, wherever a copy is.
    ("person_keys", &["person_id"], Goes(&[PERSON_KEY])),
    ("exports", &["person_id"], Goes(&[EXPORTS])),
    ("calendar_files", &["person_id"], Goes(&[CALENDAR_FILES])),
    ("screens", &["person_id"], Goes(&[SCREENS])),
    ("outbox", &["person_id"], Goes(&[SAID_ALONE, OUTBOX])),
    ("pairs", &["mentee_id", "mentor_id"], Stays("the other half's, too; what the mentee wanted to work on goes")),
    ("agreements", &["written_by"], Stays("both agreed to it")),
    ("finishes", &["person_id"], Stays("words that were left for the other half")),
    ("pauses", &["person_id"], Stays("the other half's, too; nothing is written in it")),
    ("rhythm_proposals", &["person_id"], Stays("the other half's, too; nothing is written in it")),
    ("peer_questions", &["asked_by"], Stays("the other half's, too; nothing is written in it")),
    ("erasures", &["person_id"], Stays("that somebody was forgotten, and not who")),
];

/// Every table that belongs to a pair, and the statement that empties it of one; in this order. A table of one's own is one
/// line.
pub const OF_A_PAIR: &[(&str, &str)] = &[
    ("agenda_parts", PAIR_PARTS),
    ("coaching_questions_asked", PAIR_COACHING),
    ("homework", PAIR_HOMEWORK),
    ("agenda_items", PAIR_ITEMS),
    ("kept_questions", PAIR_QUESTIONS),
    ("goals", PAIR_GOALS),
    ("wins", PAIR_WINS),
    ("rhythm_proposals", PAIR_PROPOSALS),
    ("pauses", PAIR_PAUSES),
    ("agreements", PAIR_AGREEMENTS),
    ("review_answers", PAIR_ANSWERS),
    ("reviews", PAIR_REVIEWS),
    ("finishes", PAIR_FINISHES),
    ("calendar_files", PAIR_FILES),
    ("calendar_entries", PAIR_ENTRIES),
    ("peer_questions", PAIR_PEERS),
    ("inquiries", PAIR_INQUIRIES),
    ("mentor_suggestions", PAIR_SUGGESTIONS),
    ("pairs_held", PAIR_HELD),
    ("contacts", PAIR_CONTACTS),
    ("meetings", PAIR_MEETINGS),
    // Without its key nothing of it can be read again, wherever a copy is.
    ("pair_keys", PAIR_KEY),
    ("pairs", PAIR),
];

/// Forgets somebody whose pairs are over: their rows go, their name goes, and so do the pairs of which nobody is left. Says how
/// much that was. The conversation stays known until the receipt is out.
///
/// # Errors
/// When the database fails.
pub async fn erase(tx: &mut Tx, person: &Person, now: DateTime<Utc>) -> Result<Erased, StoreFailure> {
    let id = person.id;
    changed!(tx, sqlx::query(REDRAW).bind(id.0).bind(now))?;
    let staying: i64 = on!(tx, connection => sqlx::query_scalar(STAYING).bind(id.0).fetch_one(connection))?;
    let mut erased = rows_of(tx, id).await?;
    changed!(tx, sqlx::query(IN_CHANNELS).bind(id.0).bind(now))?;
    changed!(tx, sqlx::query(ENVELOPES).bind(&person.slack.user_id))?;
    for pair in ids(tx, OF_MENTEE, id).await? {
        let place = Place { table: "pairs", column: "aim", row: pair };
        let nothing = pair_keys::get(tx, PairId(pair)).await?.seal(place, &PrivateText::kept(String::new()))?;
        changed!(tx, sqlx::query(SET_AIM).bind(pair).bind(&nothing))?;
    }
    let nobody = Person::nobody(id);
    changed!(tx, sqlx::query(NOBODY).bind(id.0).bind(&nobody.team_id).bind(&nobody.user_id).bind(SOMEBODY_WHO_LEFT))?;
    erased.pairs_erased = pairs_of_nobody(tx, id).await?;
    let left: i64 = on!(tx, connection => sqlx::query_scalar(STAYING).bind(id.0).fetch_one(connection))?;
    erased.pairs_kept = left.min(staying);
    Ok(erased)
}

/// Whatever somebody else was just writing for them while they were forgotten goes, too; and so does a pair whose two halves
/// were forgotten at the same moment.
///
/// # Errors
/// When the database fails.
pub(super) async fn sweep(tx: &mut Tx, person: PersonId) -> Result<(), StoreFailure> {
    rows_of(tx, person).await?;
    pairs_of_nobody(tx, person).await?;
    Ok(())
}

async fn rows_of(tx: &mut Tx, person: PersonId) -> Result<Erased, StoreFailure> {
    let mut erased = Erased::default();
    for (table, _, fate) in TABLES {
        let Goes(statements) = fate else { continue };
        for statement in *statements {
            let rows = changed!(tx, sqlx::query(*statement).bind(person.0))?;
            let rows = i64::try_from(rows).unwrap_or(i64::MAX);
            match *table {
                "agenda_parts" | "agenda_items" => erased.agendas += rows,
                "homework" => erased.homework += rows,
                "goals" => erased.goals += rows,
                "wins" => erased.wins += rows,
                _ => {}
            }
        }
    }
    Ok(erased)
}

async fn pairs_of_nobody(tx: &mut Tx, person: PersonId) -> Result<i64, StoreFailure> {
    let mut count = 0;
    for pair in ids(tx, BOTH_GONE, person).await? {
        for (_, statement) in OF_A_PAIR {
            changed!(tx, sqlx::query(*statement).bind(pair))?;
        }
        count += 1;
    }
    Ok(count)
}

async fn ids(tx: &mut Tx, sql: &'static str, person: PersonId) -> Result<Vec<Uuid>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(sql).bind(person.0).fetch_all(connection))
}
