//! How fast networks are searched: `cargo bench --bench who`, or `-- --quick` for small organisations.
//!
//! Organisations of 1,000, 10,000 and 100,000 people in SQLite on this machine's disk, each person with ten people on their
//! network (eight in Slack, two outside, sealed with the owner's key as the app does it), five topics as common as words are
//! (Zipf), reporting lines and pairs. Who asks has 1, 5 or 20 mentors. A search is the whole of `store::who::who_search`. What it
//! costs must not grow with the organisation. No figure makes the run fail.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::SameManager;
use mentor::domain::private_text::PrivateText;
use mentor::domain::topics::{KnownTopics, Topic};
use mentor::ids::Ids;
use mentor::store::db::Db;
use mentor::store::migrate;
use mentor::store::vault::{Place, Vault};
use mentor::store::who::{WhoSearch, matches, who_search};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, Sqlite, SqliteConnection, Transaction};
use uuid::Uuid;

/// People on each network.
const EDGES: usize = 10;
/// Of them outside.
const OUTSIDE: usize = 2;
/// Distinct topics there are to choose from.
const DISTINCT: usize = 12_000;
/// Mentors of those who ask.
const MENTORS: [usize; 3] = [1, 5, 20];
/// People who ask, of each kind.
const ASKERS: usize = 100;
const OFFERED: &str = include_str!("../tests/topics/offered.txt");
const FIELDS: [&str; 24] = [
    "payments",
    "logistics",
    "retail",
    "healthcare",
    "games",
    "banking",
    "startups",
    "education",
    "robotics",
    "insurance",
    "media",
    "travel",
    "energy",
    "telecoms",
    "agriculture",
    "automotive",
    "aviation",
    "chemistry",
    "fashion",
    "housing",
    "law",
    "music",
    "sports",
    "tourism",
];

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(run())
}

async fn run() -> Result<()> {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (sizes, searches): (&[usize], usize) =
        if quick { (&[1_000, 4_000], 300) } else { (&[1_000, 10_000, 100_000], 2_000) };
    for people in sizes {
        measure(*people, searches).await?;
    }
    Ok(())
}

async fn measure(people: usize, searches: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("who.db");
    let ids = Arc::new(Ids::seeded(13));
    let vault = Arc::new(Vault::new("bench".to_owned(), b"a key for measuring nothing else", ids.clone()));
    let db = Db::open(&format!("sqlite:{}", file.display()), vault.clone()).await?;
    let now: DateTime<Utc> = "2026-03-02T10:00:00Z".parse()?;
    migrate::make_ready(&db, now).await?;
    let began = Instant::now();
    let distinct = distinct_topics();
    let common = Zipf::new(distinct.len());
    let mut filling = Filling { ids: &ids, vault: &vault, distinct: &distinct, common: &common, now };
    let askers = filling.fill(&file, people).await?;
    println!(
        "\n{people} people, {} on networks, {} distinct topics: filled in {:.0} s, {} MiB",
        people * EDGES,
        distinct.len(),
        began.elapsed().as_secs_f64(),
        std::fs::metadata(&file)?.len() >> 20
    );
    let known = KnownTopics::default();
    known.thesaurus();
    let (asked_lately, left_out) = (HashMap::new(), HashSet::new());
    for (mentors, askers) in MENTORS.iter().zip(&askers) {
        let mut took = Vec::new();
        let (mut named, mut one_mentor) = (0, Vec::new());
        for search in 0..searches {
            let (asker, mentor) = *askers.get(search % askers.len()).context("somebody")?;
            let topic = Topic::parse(&distinct[common.draw(&ids)])?;
            let looked = WhoSearch {
                asker,
                topic: &topic,
                known: &known,
                same_manager: SameManager::Refuse,
                now,
                asked_lately: &asked_lately,
                left_out: &left_out,
            };
            let began = Instant::now();
            let mut tx = db.read().await?;
            named += who_search(&mut tx, &looked).await?.len();
            drop(tx);
            took.push(began.elapsed());
            let began = Instant::now();
            let mut tx = db.read().await?;
            matches(&mut tx, &looked, mentor).await?;
            drop(tx);
            one_mentor.push(began.elapsed());
        }
        figures(&format!("{mentors} mentors, all of them"), &mut took);
        if *mentors == 1 {
            figures("what one mentor is shown", &mut one_mentor);
        }
        println!("    {:.1} found each time", named as f64 / searches as f64);
    }
    db.close().await;
    Ok(())
}

fn figures(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(index).copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    println!("{what}: {} searches, p50 {:.2} ms, p99 {:.2} ms, max {:.2} ms", times.len(), at(0.5), at(0.99), at(1.0));
}

/// Everyday topics first, which are the most common, then ever more special ones.
fn distinct_topics() -> Vec<String> {
    let base: Vec<&str> = OFFERED.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).collect();
    let mut all: Vec<String> = base.iter().map(|topic| (*topic).to_owned()).collect();
    for field in FIELDS {
        all.extend(base.iter().map(|topic| format!("{topic} in {field}")));
    }
    for (one, field) in FIELDS.iter().enumerate() {
        for other in &FIELDS[one + 1..] {
            all.extend(base.iter().map(|topic| format!("{topic} for {field} and {other}")));
        }
    }
    let mut seen = HashSet::new();
    all.retain(|topic| Topic::parse(topic).is_ok() && seen.insert(topic.to_lowercase()));
    all.truncate(DISTINCT);
    all
}

/// Ranks as words have them: the second is half as common as the first.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new(count: usize) -> Self {
        let mut sum = 0.0;
        let add = |rank: usize| {
            sum += 1.0 / rank as f64;
            sum
        };
        Self((1..=count).map(add).collect())
    }

    fn draw(&self, ids: &Ids) -> usize {
        let all = self.0.last().copied().unwrap_or(1.0);
        let at = ids.below(1 << 52) as f64 / (1_u64 << 52) as f64 * all;
        self.0.partition_point(|sum| *sum < at).min(self.0.len() - 1)
    }
}

fn below(ids: &Ids, count: usize) -> usize {
    usize::try_from(ids.below(count as u64)).unwrap_or_default()
}

/// Writes an organisation past the store, which would take an hour.
struct Filling<'a> {
    ids: &'a Ids,
    vault: &'a Vault,
    distinct: &'a [String],
    common: &'a Zipf,
    now: DateTime<Utc>,
}

type Askers = Vec<Vec<(PersonId, PersonId)>>;

impl Filling<'_> {
    /// Fills the file; who asks, with one of their mentors, by how many mentors they have.
    async fn fill(&mut self, file: &std::path::Path, count: usize) -> Result<Askers> {
        let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await?;
        let mut tx = connection.begin().await?;
        let people: Vec<Uuid> = (0..count).map(|_| self.ids.opaque()).collect();
        self.people(&mut tx, &people).await?;
        for person in &people {
            self.network(&mut tx, *person, &people).await?;
        }
        // Everybody has about one mentor; whoever asks has as many as shall be measured.
        for mentee in &people {
            let mentor = people[below(self.ids, count)];
            self.pair(&mut tx, *mentee, mentor).await?;
        }
        let mut askers = Askers::new();
        for mentors in MENTORS {
            let mut some = Vec::new();
            for _ in 0..ASKERS {
                let asker = people[below(self.ids, count)];
                sqlx::query("DELETE FROM pairs WHERE mentee_id = $1").bind(asker).execute(&mut *tx).await?;
                let mut last = asker;
                let mut met = HashSet::from([asker]);
                while met.len() <= mentors {
                    let mentor = people[below(self.ids, count)];
                    if met.insert(mentor) {
                        self.pair(&mut tx, asker, mentor).await?;
                        last = mentor;
                    }
                }
                some.push((PersonId(asker), PersonId(last)));
            }
            askers.push(some);
        }
        tx.commit().await?;
        connection.close().await?;
        Ok(askers)
    }

    async fn pair(&self, tx: &mut Transaction<'_, Sqlite>, mentee: Uuid, mentor: Uuid) -> Result<()> {
        if mentee == mentor {
            return Ok(());
        }
        sqlx::query("INSERT INTO pairs (id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_zone, length_minutes) VALUES ($1, 'in_org', $2, $3, $4, X'00', $5, $5, '0 10 * * Thu', 'UTC', 30) ON CONFLICT DO NOTHING")
            .bind(self.ids.opaque())
            .bind(if self.ids.below(2) == 0 { "active" } else { "ended" })
            .bind(mentee)
            .bind(mentor)
            .bind(self.now)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    async fn people(&self, tx: &mut Transaction<'_, Sqlite>, people: &[Uuid]) -> Result<()> {
        let snapshot = self.ids.opaque();
        sqlx::query("INSERT INTO directory_sources (source, sync_at, snapshot_id) VALUES ('csv', $1, $2)")
            .bind(self.now)
            .bind(snapshot)
            .execute(&mut **tx)
            .await?;
        let entries: Vec<Uuid> = people.iter().map(|_| self.ids.opaque()).collect();
        for (index, person) in people.iter().enumerate() {
            sqlx::query("INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated) VALUES ($1, 'T1', $2, $2, 'Europe/London', 'member', FALSE)")
                .bind(person)
                .bind(format!("U{index}"))
                .execute(&mut **tx)
                .await?;
            sqlx::query("INSERT INTO profiles (person_id, about, open_to, most_mentees, introductions, saved_at) VALUES ($1, NULL, $2, 3, $3, $4)")
                .bind(person)
                .bind(if self.ids.below(10) < 7 { "anybody" } else { "by_name" })
                .bind(self.ids.below(2) == 0)
                .bind(self.now)
                .execute(&mut **tx)
                .await?;
            for (place, topic) in self.topics(5).iter().enumerate() {
                sqlx::query("INSERT INTO profile_topics (person_id, kind, place, topic) VALUES ($1, $2, $3, $4)")
                    .bind(person)
                    .bind(if place < 3 { "offered" } else { "sought" })
                    .bind(i32::try_from(place)?)
                    .bind(&self.distinct[*topic])
                    .execute(&mut **tx)
                    .await?;
            }
            // Seven report to one.
            sqlx::query("INSERT INTO directory_entries (id, source, snapshot_id, name, person_id, manager_id, department, listed) VALUES ($1, 'csv', $2, $3, $4, $5, 'Sales', TRUE)")
                .bind(entries[index])
                .bind(snapshot)
                .bind(format!("U{index}"))
                .bind(person)
                .bind((index > 0).then(|| entries[(index - 1) / 7]))
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    fn topics(&self, count: usize) -> Vec<usize> {
        let mut own: Vec<usize> = Vec::new();
        while own.len() < count {
            let topic = self.common.draw(self.ids);
            if !own.contains(&topic) {
                own.push(topic);
            }
        }
        own
    }

    async fn network(&self, tx: &mut Transaction<'_, Sqlite>, owner: Uuid, people: &[Uuid]) -> Result<()> {
        let (key, wrapped) = self.vault.make_person_key(PersonId(owner))?;
        sqlx::query("INSERT INTO person_keys (person_id, master_key_id, wrapped) VALUES ($1, 'bench', $2)")
            .bind(owner)
            .bind(wrapped)
            .execute(&mut **tx)
            .await?;
        let mut met = HashSet::from([owner]);
        for number in 0..EDGES {
            let row = self.ids.opaque();
            let seal = |column, text: &str| {
                key.seal(Place { table: "network_entries", column, row }, &PrivateText::kept(text.to_owned()))
            };
            let topics: Vec<&str> = self.topics(2).into_iter().map(|topic| self.distinct[topic].as_str()).collect();
            let known =
                (number >= OUTSIDE).then(|| people[below(self.ids, people.len())]).filter(|person| met.insert(*person));
            let (name, email) = match known {
                Some(_) => (None, None),
                None => (Some(seal("name", "Jane Doe")?), Some(seal("email", &format!("jane{number}@example.org"))?)),
            };
            sqlx::query("INSERT INTO network_entries (id, owner_id, person_id, name, email, topics, note, added_at) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)")
                .bind(row)
                .bind(owner)
                .bind(known)
                .bind(name)
                .bind(email)
                .bind(seal("topics", &topics.join("\n"))?)
                .bind(self.now)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }
}
