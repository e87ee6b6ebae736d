//! How fast a mentor is found among very many: `cargo bench --bench find`, or `-- --quick` for fewer searches.
//!
//! An organisation of 100,000 people with five topics each, in SQLite on this machine's disk, with departments, reporting lines,
//! pairs and people who are full; topics are as common as words are (Zipf). Every search is the whole of what `/mentor find`
//! asks the database and judges. No figure makes the run fail.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use mentor::domain::finding::Found;
use mentor::domain::identifiers::PersonId;
use mentor::domain::org_chart::SameManager;
use mentor::domain::topics::{KnownTopics, Topic};
use mentor::domain::working_time::WorkingTime;
use mentor::ids::Ids;
use mentor::store::db::Db;
use mentor::store::finding::{Search, search};
use mentor::store::vault::Vault;
use mentor::store::{migrate, people, topics};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use uuid::Uuid;

const PEOPLE: usize = 100_000;
const TOPICS_EACH: usize = 5;
const PAIRS: usize = 40_000;
/// Distinct topics there are to choose from.
const DISTINCT: usize = 12_000;
/// Of those whose profile says something, so many in ten are listed.
const LISTED_IN_TEN: u64 = 7;
const ZONES: [&str; 6] =
    ["Europe/London", "Europe/Vienna", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney"];
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
    let searches = if quick { 1_000 } else { 5_000 };
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("find.db");
    let ids = Arc::new(Ids::seeded(11));
    let vault = Arc::new(Vault::new("bench".to_owned(), b"a key for measuring nothing else", ids.clone()));
    let db = Db::open(&format!("sqlite:{}", file.display()), vault).await?;
    let now: DateTime<Utc> = "2026-03-02T10:00:00Z".parse()?;
    migrate::make_ready(&db, now).await?;
    let began = Instant::now();
    let distinct = distinct_topics();
    let everybody = fill(&file, &ids, &distinct, now).await?;
    let known = KnownTopics::default();
    let keyed = Instant::now();
    for some in distinct.chunks(500) {
        let mut tx = db.begin().await?;
        topics::know(&mut tx, &known, some).await?;
        tx.commit().await?;
    }
    println!(
        "{PEOPLE} people, {TOPICS_EACH} topics each of {} distinct, {PAIRS} pairs: filled in {:.0} s, of which {:.1} s for the keys; {} MiB",
        distinct.len(),
        began.elapsed().as_secs_f64(),
        keyed.elapsed().as_secs_f64(),
        std::fs::metadata(&file)?.len() >> 20
    );
    let common = Zipf::new(distinct.len());
    let kinds: [(&str, u64); 3] = [("a topic as it is offered", 6), ("with a typing error", 2), ("without a topic", 2)];
    let mut took: Vec<Vec<Duration>> = vec![Vec::new(); kinds.len()];
    let mut empty = 0;
    for _ in 0..searches {
        let kind = match ids.below(10) {
            0..6 => 0,
            6..8 => 1,
            _ => 2,
        };
        let me = *everybody.get(below(&ids, PEOPLE)).context("somebody")?;
        let offered = &distinct[common.draw(&ids)];
        let wanted = if kind == 1 { mistyped(offered, &ids) } else { offered.clone() };
        let topic = Topic::parse(&wanted).ok().filter(|_| kind != 2);
        let began = Instant::now();
        let mut tx = db.read().await?;
        let person = people::get(&mut tx, me).await?;
        let looked = Search {
            me: &person,
            topic: topic.as_ref(),
            known: &known,
            same_manager: SameManager::Refuse,
            programme: &WorkingTime::default(),
            now,
        };
        let found = search(&mut tx, &looked).await?;
        drop(tx);
        took[kind].push(began.elapsed());
        empty += usize::from(!matches!(found, Found::People(_)));
    }
    for ((what, _), times) in kinds.iter().zip(&mut took) {
        figures(what, times);
    }
    let mut all = took.concat();
    figures("all", &mut all);
    println!("{empty} of {searches} searches named nobody");
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
        Self(
            (1..=count)
                .map(|rank| {
                    sum += 1.0 / rank as f64;
                    sum
                })
                .collect(),
        )
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

/// Two letters beside each other change places.
fn mistyped(topic: &str, ids: &Ids) -> String {
    let mut letters: Vec<char> = topic.chars().collect();
    if letters.len() > 4 {
        let at = 1 + below(ids, letters.len() - 3);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

/// Writes the organisation past the store, which would take minutes.
async fn fill(file: &std::path::Path, ids: &Ids, distinct: &[String], now: DateTime<Utc>) -> Result<Vec<PersonId>> {
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await?;
    let mut tx = connection.begin().await?;
    let common = Zipf::new(distinct.len());
    let people: Vec<Uuid> = (0..PEOPLE).map(|_| ids.opaque()).collect();
    let snapshot = ids.opaque();
    sqlx::query("INSERT INTO directory_sources (source, sync_at, snapshot_id) VALUES ('csv', $1, $2)")
        .bind(now)
        .bind(snapshot)
        .execute(&mut *tx)
        .await?;
    let entries: Vec<Uuid> = (0..PEOPLE).map(|_| ids.opaque()).collect();
    for (index, person) in people.iter().enumerate() {
        sqlx::query("INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated) VALUES ($1, 'T1', $2, $2, $3, 'member', FALSE)")
            .bind(person)
            .bind(format!("U{index}"))
            .bind(ZONES[below(ids, ZONES.len())])
            .execute(&mut *tx)
            .await?;
        let open_to = if ids.below(10) < LISTED_IN_TEN { "anybody" } else { "by_name" };
        sqlx::query("INSERT INTO profiles (person_id, about, open_to, most_mentees, introductions, saved_at) VALUES ($1, NULL, $2, $3, FALSE, $4)")
            .bind(person)
            .bind(open_to)
            .bind(i32::try_from(1 + ids.below(3))?)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let mut own: Vec<usize> = Vec::new();
        while own.len() < TOPICS_EACH {
            let topic = common.draw(ids);
            if !own.contains(&topic) {
                own.push(topic);
            }
        }
        for (place, topic) in own.iter().enumerate() {
            sqlx::query("INSERT INTO profile_topics (person_id, kind, place, topic) VALUES ($1, $2, $3, $4)")
                .bind(person)
                .bind(if place < 3 { "offered" } else { "sought" })
                .bind(i32::try_from(place)?)
                .bind(&distinct[*topic])
                .execute(&mut *tx)
                .await?;
        }
        // Seven report to one, and a department has some two hundred people.
        sqlx::query("INSERT INTO directory_entries (id, source, snapshot_id, name, person_id, manager_id, department, listed) VALUES ($1, 'csv', $2, $3, $4, $5, $6, TRUE)")
            .bind(entries[index])
            .bind(snapshot)
            .bind(format!("U{index}"))
            .bind(person)
            .bind((index > 0).then(|| entries[(index - 1) / 7]))
            .bind(format!("Department {}", index / 200))
            .execute(&mut *tx)
            .await?;
    }
    for _ in 0..PAIRS {
        let (mentee, mentor) = (people[below(ids, PEOPLE)], people[below(ids, PEOPLE)]);
        if mentee == mentor {
            continue;
        }
        sqlx::query("INSERT INTO pairs (id, kind, state, mentee_id, mentor_id, aim, asked_at, answer_by, rhythm_cron, rhythm_zone, length_minutes) VALUES ($1, 'in_org', 'active', $2, $3, X'00', $4, $4, '0 10 * * Thu', 'UTC', 30) ON CONFLICT DO NOTHING")
            .bind(ids.opaque())
            .bind(mentee)
            .bind(mentor)
            .bind(now)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    connection.close().await?;
    Ok(people.into_iter().map(PersonId).collect())
}
