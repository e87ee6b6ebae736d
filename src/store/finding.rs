//! Searching for a mentor: candidates from the tables, in the order that [`crate::domain::finding`] gives them.
//!
//! What is searched for is compared with the topics that have enough keys in common with it; then who offers them is asked
//! (`store::offering`), the closest topic first, and only as many as a ranking needs.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::offering::{Looking, OfferingRow, offering, together};
use super::statements::statements;
use super::{org_chart, people, profiles, topics};
use crate::domain::finding::{Candidate, Closeness, Found, Match, NAMED, Named, Week, best_first, closest_first};
use crate::domain::identifiers::PersonId;
use crate::domain::org_chart::{Departments, SameManager};
use crate::domain::pairs::PairKind;
use crate::domain::people::Person;
use crate::domain::topics::{KnownTopics, Reading, Topic, fit};
use crate::domain::working_time::WorkingTime;

statements! {
    DEPARTMENT = "SELECT MIN(e.department) FROM directory_entries e JOIN directory_sources d ON d.snapshot_id = e.snapshot_id
        WHERE e.person_id = $1 AND e.listed = TRUE";
    ABOUT = "SELECT about FROM profiles WHERE person_id = $1";
}

/// People looked at in one search.
const IN_ALL: usize = 15 * NAMED;
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
    let looking = Looking { me: search.me.id, now: search.now, with_room };
    let mine = my_side(tx, search).await?;
    let mut found: Vec<Candidate> = Vec::new();
    let mut seen = HashSet::new();
    for equally_close in matches.chunk_by(|one, other| Closeness::of(&one.fit) == Closeness::of(&other.fit)) {
        // Whoever comes after a topic less close is ranked after them all; a few more, for those whom rule 1 keeps apart.
        if found.len() >= 3 * NAMED {
            break;
        }
        for group in together(tx, equally_close).await? {
            if found.len() >= IN_ALL {
                break;
            }
            let rows = offering(tx, looking, &group).await?;
            // Of several topics that somebody offers, the closest says why them.
            for topic in &group.topics {
                for row in rows.iter().filter(|row| row.found_by == topic.offered) {
                    if seen.insert(row.person_id) {
                        found.push(candidate(topic, row, own, &mine, search)?);
                    }
                }
            }
        }
    }
    best_first(&mut found, search.me.id);
    Ok(found)
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
    own: &mut Own<'_>,
    mine: &Mine,
    search: &Search<'_>,
) -> Result<Candidate, StoreFailure> {
    let mut also: Vec<String> = Vec::new();
    let met = own.wish_met_by(&topic.offered);
    for wish in row.offered().filter_map(|offered| own.wish_met_by(offered)) {
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
        gives_back: row.sought().find(|sought| own.gives_back(sought)).map(str::to_owned),
        room: most.saturating_sub(mentees),
        departments: departments(mine.department.as_deref(), row.department.as_deref()),
        department: row.department.clone(),
        hours_in_common: mine.week.hours_in_common(&row.week(search.programme, search.now)),
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
        if named.len() == most {
            break;
        }
        let ids: Vec<PersonId> = some.iter().map(|candidate| candidate.person).chain([me]).collect();
        let chart = org_chart::around(tx, &ids).await?;
        for candidate in some {
            let may_pair = chart.may_pair(me, candidate.person, PairKind::InOrg, search.same_manager).is_ok();
            if named.len() == most || !may_pair {
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
