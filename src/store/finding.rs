//! Searching for a mentor: candidates from the tables, in the order that [`crate::domain::finding`] gives them.
//!
//! What is searched for is compared with the topics that share a key with it; then who offers them is asked, the closest topic
//! first, and only as many as a ranking needs: of a topic that very many offer, everybody looks at others first. Who is left
//! out, and why, is known to the statement alone.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Timelike as _, Utc, Weekday};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::{org_chart, people, profiles, topics};
use crate::domain::finding::{Candidate, Closeness, Found, Match, NAMED, Named, Week, best_first, closest_first};
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::{Departments, SameManager};
use crate::domain::pairs::PairKind;
use crate::domain::people::Person;
use crate::domain::profile::TopicKind;
use crate::domain::topics::{KnownTopics, Reading, Topic, fit};
use crate::domain::working_time::WorkingTime;

statements! {
    // $1 the topic, $2 after whom to begin, $3 who looks, $4 now, $5 with room (else: full), $6 how many, $7 with whom to end.
    OFFERING = "SELECT c.person_id, c.most_mentees, c.mentees, c.time_zone, c.working_days, c.works_from, c.works_until,
        c.department, o.kind, o.topic FROM (
            SELECT t.person_id, f.most_mentees, p.time_zone, s.working_days, s.works_from, s.works_until,
            (SELECT COUNT(*) FROM pairs m WHERE m.mentor_id = t.person_id AND m.state IN ('active', 'paused')
                AND m.kind <> 'peer') AS mentees,
            (SELECT MIN(e.department) FROM directory_entries e JOIN directory_sources d ON d.snapshot_id = e.snapshot_id
                WHERE e.person_id = t.person_id AND e.listed = TRUE) AS department
            FROM profile_topics t JOIN profiles f ON f.person_id = t.person_id JOIN people p ON p.id = t.person_id
            LEFT JOIN person_settings s ON s.person_id = t.person_id
            WHERE t.topic = $1 AND t.kind = 'offered' AND t.person_id > $2 AND t.person_id <= $7 AND t.person_id <> $3
            AND f.open_to = 'anybody' AND p.standing = 'member' AND p.deactivated = FALSE
            AND ((SELECT COUNT(*) FROM pairs m WHERE m.mentor_id = t.person_id AND m.state IN ('active', 'paused')
                AND m.kind <> 'peer') < f.most_mentees) = $5
            AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = t.person_id AND n.other_id = $3)
            AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = $3 AND n.other_id = t.person_id)
            AND NOT EXISTS (SELECT 1 FROM pairs x WHERE x.mentor_id = t.person_id AND x.mentee_id = $3
                AND (x.state IN ('proposed', 'active', 'paused') OR (x.state = 'declined' AND x.answer_by > $4)))
            AND NOT EXISTS (SELECT 1 FROM pairs x WHERE x.mentor_id = $3 AND x.mentee_id = t.person_id
                AND x.state IN ('proposed', 'active', 'paused'))
            ORDER BY t.person_id LIMIT $6
        ) c JOIN profile_topics o ON o.person_id = c.person_id ORDER BY c.person_id, o.kind, o.place";
    DEPARTMENT = "SELECT MIN(e.department) FROM directory_entries e JOIN directory_sources d ON d.snapshot_id = e.snapshot_id
        WHERE e.person_id = $1 AND e.listed = TRUE";
    ABOUT = "SELECT about FROM profiles WHERE person_id = $1";
}

/// People looked at of one topic.
const OF_A_TOPIC: usize = 60;
/// People looked at in one search.
const IN_ALL: usize = 240;
/// Of somebody's own topics, how many are compared besides the one they search for.
const OWN_TOPICS: usize = 10;

/// Who looks, for what, and by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// Who looks.
    pub me: &'a Person,
    /// What for; without it, for what their profile says they want to grow in.
    pub topic: Option<&'a Topic>,
    /// Topics are read with this.
    pub known: &'a KnownTopics,
    /// What holds for two people with the same direct manager.
    pub same_manager: SameManager,
    /// Working days and hours of who has set none.
    pub programme: &'a WorkingTime,
    /// The time now.
    pub now: DateTime<Utc>,
}

#[derive(FromRow)]
struct OfferingRow {
    person_id: Uuid,
    most_mentees: i32,
    mentees: i64,
    time_zone: Option<String>,
    working_days: Option<String>,
    works_from: Option<i32>,
    works_until: Option<i32>,
    department: Option<String>,
    kind: String,
    topic: String,
}

/// What whoever looks says of themselves: what counts besides the topic.
struct Own<'a> {
    known: &'a KnownTopics,
    /// What they want to grow in, and what they offer.
    sought: Vec<(String, Arc<Reading>)>,
    offered: Vec<Arc<Reading>>,
    /// Of a topic that a candidate offers, which wish it meets; of one that they want to grow in, whether it is offered back.
    met: HashMap<String, Option<String>>,
    given_back: HashMap<String, bool>,
}

impl Own<'_> {
    /// The first of the wishes that an offered topic would meet.
    fn wish_met_by(&mut self, offered: &str) -> Option<String> {
        let Self { known, sought, met, .. } = self;
        let find = || {
            let reading = known.read(offered)?;
            sought.iter().find(|(_, wish)| fit(wish, &reading).is_some()).map(|(wish, _)| wish.clone())
        };
        met.entry(offered.to_owned()).or_insert_with(find).clone()
    }

    /// Whether something is offered that somebody wants to grow in.
    fn gives_back(&mut self, sought: &str) -> bool {
        let Self { known, offered, given_back, .. } = self;
        let find = || known.read(sought).is_some_and(|reading| offered.iter().any(|own| fit(own, &reading).is_some()));
        *given_back.entry(sought.to_owned()).or_insert_with(find)
    }
}

/// Searches.
///
/// # Errors
/// When the database fails.
pub async fn search(tx: &mut Tx, search: &Search<'_>) -> Result<Found, StoreFailure> {
    let Some(mut own) = own(tx, search).await? else { return Ok(Found::NothingWanted) };
    let matches = matches(tx, search, &own).await?;
    let with_room = candidates(tx, search, &matches, &mut own, true).await?;
    let named = allowed(tx, search, with_room, NAMED).await?;
    if !named.is_empty() {
        return Ok(Found::People(named));
    }
    let full = candidates(tx, search, &matches, &mut own, false).await?;
    let is_anybody_full = !allowed(tx, search, full, 1).await?.is_empty();
    Ok(if is_anybody_full { Found::AllFull } else { Found::Nobody })
}

/// `None` when there is nothing to look for.
async fn own<'a>(tx: &mut Tx, search: &Search<'a>) -> Result<Option<Own<'a>>, StoreFailure> {
    let known = search.known;
    let profile = profiles::find(tx, search.me.id).await?;
    let (sought, offered) = profile.map(|profile| (profile.sought, profile.offered)).unwrap_or_default();
    if search.topic.is_none() && sought.is_empty() {
        return Ok(None);
    }
    let read = |topics: Vec<String>| {
        topics.into_iter().take(OWN_TOPICS).filter_map(|topic| known.read(&topic).map(|reading| (topic, reading)))
    };
    Ok(Some(Own {
        known,
        sought: read(sought).collect(),
        offered: read(offered).map(|(_, reading)| reading).collect(),
        met: HashMap::new(),
        given_back: HashMap::new(),
    }))
}

/// Topics that are offered and fit what is looked for, the closest first, each once.
async fn matches(tx: &mut Tx, search: &Search<'_>, own: &Own<'_>) -> Result<Vec<Match>, StoreFailure> {
    let mut matches = Vec::new();
    match search.topic {
        // Not remembered: what somebody searches for is nobody's business.
        Some(topic) => {
            let reading = search.known.thesaurus().read(topic);
            matches.extend(fitting(tx, search.known, topic.as_str(), &reading).await?);
        }
        None => {
            for (topic, reading) in &own.sought {
                matches.extend(fitting(tx, search.known, topic, reading).await?);
            }
        }
    }
    closest_first(&mut matches);
    let mut seen = HashSet::new();
    matches.retain(|found| seen.insert(found.offered.clone()));
    Ok(matches)
}

/// The topics of profiles that fit.
async fn fitting(
    tx: &mut Tx,
    known: &KnownTopics,
    wanted: &str,
    searched: &Reading,
) -> Result<Vec<Match>, StoreFailure> {
    let alike = topics::alike(tx, searched).await?;
    let fits = alike.into_iter().filter_map(|offered| {
        let fit = fit(searched, known.read(&offered)?.as_ref())?;
        Some(Match { offered, wanted: wanted.to_owned(), fit })
    });
    Ok(fits.collect())
}

/// Everybody of the closest topics who may be asked as far as the tables of pairs and profiles say, the best first.
async fn candidates(
    tx: &mut Tx,
    search: &Search<'_>,
    matches: &[Match],
    own: &mut Own<'_>,
    with_room: bool,
) -> Result<Vec<Candidate>, StoreFailure> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut seen = HashSet::new();
    let mine = my_side(tx, search).await?;
    let mut closeness = None;
    for topic in matches {
        let this = Closeness::of(&topic.fit);
        // Whoever comes after a topic less close is ranked after them all; a few more, for those whom rule 1 keeps apart.
        let is_enough = closeness.is_some_and(|before| before != this) && found.len() >= 3 * NAMED;
        if is_enough || found.len() >= IN_ALL {
            break;
        }
        closeness = Some(this);
        let me = search.me.id.0;
        let mut rows = offering(tx, search, &topic.offered, (me, Uuid::max()), with_room, OF_A_TOPIC).await?;
        let behind_me = rows.chunk_by(|one, other| one.person_id == other.person_id).count();
        if let Some(left) = OF_A_TOPIC.checked_sub(behind_me).filter(|left| *left > 0) {
            rows.extend(offering(tx, search, &topic.offered, (Uuid::nil(), me), with_room, left).await?);
        }
        for rows in rows.chunk_by(|one, other| one.person_id == other.person_id) {
            if let Some(first) = rows.first().filter(|row| seen.insert(row.person_id)) {
                found.push(candidate(topic, first, rows, own, &mine, search)?);
            }
        }
    }
    best_first(&mut found, search.me.id);
    Ok(found)
}

async fn offering(
    tx: &mut Tx,
    search: &Search<'_>,
    topic: &str,
    (after, until): (Uuid, Uuid),
    with_room: bool,
    most: usize,
) -> Result<Vec<OfferingRow>, StoreFailure> {
    on!(tx, connection => sqlx::query_as(OFFERING)
        .bind(topic)
        .bind(after)
        .bind(search.me.id.0)
        .bind(search.now)
        .bind(with_room)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .bind(until)
        .fetch_all(connection))
}

/// What candidates are compared with.
struct Mine {
    week: Week,
    department: Option<String>,
}

async fn my_side(tx: &mut Tx, search: &Search<'_>) -> Result<Mine, StoreFailure> {
    let working = search.me.working_time(search.programme);
    let week = Week::new(working.zone, &working.days, working.from, working.until, search.now);
    let department: Option<String> =
        on!(tx, connection => sqlx::query_scalar(DEPARTMENT).bind(search.me.id.0).fetch_one(connection))?;
    Ok(Mine { week, department })
}

fn candidate(
    topic: &Match,
    row: &OfferingRow,
    rows: &[OfferingRow],
    own: &mut Own<'_>,
    mine: &Mine,
    search: &Search<'_>,
) -> Result<Candidate, StoreFailure> {
    let of = |kind: TopicKind| rows.iter().filter(move |row| row.kind == kind.word()).map(|row| &row.topic);
    let mut also: Vec<String> = Vec::new();
    let met = own.wish_met_by(&topic.offered);
    for wish in of(TopicKind::Offered).filter_map(|offered| own.wish_met_by(offered)) {
        if wish != topic.wanted && !also.contains(&wish) && met.as_ref() != Some(&wish) {
            also.push(wish);
        }
    }
    let most = usize::try_from(row.most_mentees).map_err(|_| StoreFailure::Unexpected("profiles.most_mentees"))?;
    let mentees = usize::try_from(row.mentees).unwrap_or_default();
    Ok(Candidate {
        person: PersonId(row.person_id),
        best: topic.clone(),
        also,
        gives_back: of(TopicKind::Sought).find(|sought| own.gives_back(sought)).cloned(),
        room: most.saturating_sub(mentees),
        departments: departments(mine.department.as_deref(), row.department.as_deref()),
        department: row.department.clone(),
        hours_in_common: mine.week.hours_in_common(&week(row, search)),
    })
}

fn departments(mine: Option<&str>, theirs: Option<&str>) -> Departments {
    let name =
        |department: Option<&str>| department.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty());
    match (name(mine), name(theirs)) {
        (Some(mine), Some(theirs)) if mine == theirs => Departments::Same,
        (Some(_), Some(_)) => Departments::Different,
        _ => Departments::Unknown,
    }
}

/// The usual week of a candidate, for whom no more is read than this needs.
fn week(row: &OfferingRow, search: &Search<'_>) -> Week {
    let programme = search.programme;
    let zone = row.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::Tz::UTC);
    let days: Option<Vec<Weekday>> =
        row.working_days.as_deref().map(|days| days.split(',').filter_map(|day| day.parse().ok()).collect());
    let time = |minutes: Option<i32>, usual: NaiveTime| {
        let seconds = minutes.and_then(|minutes| u32::try_from(minutes).ok()).map(|minutes| minutes * 60);
        seconds.and_then(|seconds| NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)).unwrap_or(usual)
    };
    let (from, until) = (time(row.works_from, programme.from), time(row.works_until, programme.until));
    debug_assert!(from.num_seconds_from_midnight() <= until.num_seconds_from_midnight(), "a day ends after it begins");
    Week::new(zone, days.as_deref().unwrap_or(&programme.days), from, until, search.now)
}

/// The first of them whom rule 1 does not keep apart from who looks, with what there is to say of them.
async fn allowed(
    tx: &mut Tx,
    search: &Search<'_>,
    candidates: Vec<Candidate>,
    most: usize,
) -> Result<Vec<Named>, StoreFailure> {
    let me = search.me.id;
    let mut named = Vec::new();
    for some in candidates.chunks(most.max(1)) {
        let ids: Vec<PersonId> = some.iter().map(|candidate| candidate.person).chain([me]).collect();
        let chart = org_chart::around(tx, &ids).await?;
        for candidate in some {
            if named.len() == most {
                return Ok(named);
            }
            if chart.may_pair(me, candidate.person, PairKind::InOrg, search.same_manager).is_err() {
                continue;
            }
            let person = people::get(tx, candidate.person).await?;
            let about: Option<String> =
                on!(tx, connection => sqlx::query_scalar(ABOUT).bind(candidate.person.0).fetch_one(connection))?;
            named.push(Named { person, about, why: candidate.clone() });
        }
    }
    Ok(named)
}
