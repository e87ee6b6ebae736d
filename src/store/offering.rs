//! Who offers topics and may be asked as far as the tables of pairs and profiles say.
//!
//! Owns: which topics are asked for together, and the statement that leaves people out, which alone knows why. Must not: know
//! why a topic fits, or who comes first. Rule 1 is looked at by [`super::finding`], for those who are to be named.

use std::collections::HashMap;

use chrono::{DateTime, NaiveTime, Timelike as _, Utc, Weekday};
use sqlx::FromRow;
use uuid::Uuid;

use super::db::{Tx, on};
use super::failure::StoreFailure;
use super::settings;
use super::slots::{self, rows, slots};
use super::statements::statements;
use super::topics::LINE;
use crate::domain::finding::{Match, Week};
use crate::domain::identifiers::PersonId;
use crate::domain::working_time::WorkingTime;

/// Everybody who offers certain topics. $1 after whom to begin, $2 with whom to end, $3 who looks, $4 now, $5 with room (else:
/// full), $6 how many, $7 what divides a person's own topics; those that are asked for from $8.
macro_rules! offering {
    ($topics:literal) => {
        concat!(
            "SELECT t.person_id, t.topic AS found_by, f.most_mentees, p.time_zone, s.working_days, s.works_from, s.works_until,
            (SELECT COUNT(*) FROM pairs m WHERE m.mentor_id = t.person_id AND m.state IN ('active', 'paused')
                AND m.kind <> 'peer') AS mentees,
            (SELECT MIN(e.department) FROM directory_entries e JOIN directory_sources d ON d.snapshot_id = e.snapshot_id
                WHERE e.person_id = t.person_id AND e.listed = TRUE) AS department,
            (SELECT string_agg(o.topic, $7 ORDER BY o.place) FROM profile_topics o
                WHERE o.person_id = t.person_id AND o.kind = 'offered') AS offered,
            (SELECT string_agg(o.topic, $7 ORDER BY o.place) FROM profile_topics o
                WHERE o.person_id = t.person_id AND o.kind = 'sought') AS sought
            FROM profile_topics t JOIN profiles f ON f.person_id = t.person_id JOIN people p ON p.id = t.person_id
            LEFT JOIN person_settings s ON s.person_id = t.person_id
            WHERE t.topic ", $topics, " AND t.kind = 'offered'
            AND t.person_id > $1 AND t.person_id <= $2 AND t.person_id <> $3
            AND f.open_to = 'anybody' AND p.standing = 'member' AND p.deactivated = FALSE
            AND ((SELECT COUNT(*) FROM pairs m WHERE m.mentor_id = t.person_id AND m.state IN ('active', 'paused')
                AND m.kind <> 'peer') < f.most_mentees) = $5
            AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = t.person_id AND n.other_id = $3)
            AND NOT EXISTS (SELECT 1 FROM profile_not_with n WHERE n.person_id = $3 AND n.other_id = t.person_id)
            AND NOT EXISTS (SELECT 1 FROM pairs x WHERE x.mentor_id = t.person_id AND x.mentee_id = $3
                AND (x.state IN ('proposed', 'active', 'paused') OR (x.state = 'declined' AND x.answer_by > $4)))
            AND NOT EXISTS (SELECT 1 FROM pairs x WHERE x.mentor_id = $3 AND x.mentee_id = t.person_id
                AND x.state IN ('proposed', 'active', 'paused'))
            ORDER BY t.person_id, t.topic LIMIT $6"
        )
    };
}

statements! {
    OF_ONE = offering!("= $8");
    OF_SOME = offering!("IN ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17)");
    // Counted up to $51 only.
    HOW_MANY = concat!("SELECT t.topic, (SELECT COUNT(*) FROM (SELECT 1 FROM profile_topics o
            WHERE o.topic = t.topic AND o.kind = 'offered' LIMIT $51) c)
        FROM topics t WHERE t.topic IN (", slots!(), ")");
}

/// People looked at of one topic, or of several that few offer.
const AT_ONCE: usize = 60;
/// Topics asked for together: the places of `OF_SOME`.
const TOGETHER: usize = 10;

/// Who looks, and for whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looking {
    /// Who looks.
    pub me: PersonId,
    /// The time now.
    pub now: DateTime<Utc>,
    /// For those who take another mentee, or for those who have as many as they take.
    pub with_room: bool,
}

/// Somebody who offers a topic.
#[derive(FromRow)]
pub(super) struct OfferingRow {
    /// Who.
    pub person_id: Uuid,
    /// The topic that was asked for.
    pub found_by: String,
    /// Mentees they take, and have.
    pub most_mentees: i32,
    pub mentees: i64,
    /// Their department, as the directory calls it.
    pub department: Option<String>,
    time_zone: Option<String>,
    working_days: Option<String>,
    works_from: Option<i32>,
    works_until: Option<i32>,
    // One text each, divided by lines.
    offered: Option<String>,
    sought: Option<String>,
}

impl OfferingRow {
    /// Everything they offer.
    pub(super) fn offered(&self) -> impl Iterator<Item = &str> {
        self.offered.iter().flat_map(|topics| topics.split(LINE))
    }

    /// What they want to grow in.
    pub(super) fn sought(&self) -> impl Iterator<Item = &str> {
        self.sought.iter().flat_map(|topics| topics.split(LINE))
    }

    /// Their usual week, as the clocks are at `at`; what they have not set is as the programme has it.
    pub(super) fn week(&self, programme: &WorkingTime, at: DateTime<Utc>) -> Week {
        let zone = self.time_zone.as_deref().and_then(|name| name.parse().ok()).unwrap_or(chrono_tz::Tz::UTC);
        let days: Option<Vec<Weekday>> =
            self.working_days.as_deref().map(|days| days.split(',').filter_map(|day| day.parse().ok()).collect());
        let time = |minutes: Option<i32>, usual: NaiveTime| minutes.and_then(settings::time).unwrap_or(usual);
        let (from, until) = (time(self.works_from, programme.from), time(self.works_until, programme.until));
        debug_assert!(
            from.num_seconds_from_midnight() <= until.num_seconds_from_midnight(),
            "a day ends after it begins"
        );
        Week::new(zone, days.as_deref().unwrap_or(&programme.days), from, until, at)
    }
}

/// Topics that are asked for at once: one that many offer, or several that few do.
pub(super) struct Together<'a> {
    /// The topics, the closest first.
    pub topics: Vec<&'a Match>,
    people: usize,
}

/// Which of these topics, the closest first, are asked for together; those that nobody offers are not.
///
/// # Errors
/// When the database fails.
pub(super) async fn together<'a>(tx: &mut Tx, topics: &'a [Match]) -> Result<Vec<Together<'a>>, StoreFailure> {
    let mut offered_by: HashMap<String, i64> = HashMap::new();
    for some in slots::filled(topics.iter().map(|topic| topic.offered.as_str())) {
        let counted: Vec<(String, i64)> = rows!(tx, HOW_MANY, some, limit(AT_ONCE + 1))?;
        offered_by.extend(counted);
    }
    let mut groups: Vec<Together<'a>> = Vec::new();
    for topic in topics {
        let people = offered_by.get(&topic.offered).and_then(|count| usize::try_from(*count).ok()).unwrap_or_default();
        match groups.last_mut() {
            _ if people == 0 => {}
            Some(group) if group.topics.len() < TOGETHER && group.people + people <= AT_ONCE => {
                group.people += people;
                group.topics.push(topic);
            }
            _ => groups.push(Together { topics: vec![topic], people }),
        }
    }
    Ok(groups)
}

/// Who offers these topics. Of a topic that more offer than are looked at, everybody looks at others first.
///
/// # Errors
/// When the database fails.
pub(super) async fn offering(
    tx: &mut Tx,
    looking: Looking,
    together: &Together<'_>,
) -> Result<Vec<OfferingRow>, StoreFailure> {
    let (first, me, last) = (Uuid::nil(), looking.me.0, Uuid::max());
    let topics: Vec<&str> = together.topics.iter().map(|topic| topic.offered.as_str()).collect();
    if together.people <= AT_ONCE {
        // A person may offer several of them.
        return people(tx, OF_SOME, looking, (first, last), TOGETHER * AT_ONCE, &slots::fill::<_, TOGETHER>(&topics))
            .await;
    }
    let mut rows = people(tx, OF_ONE, looking, (me, last), AT_ONCE, &topics).await?;
    if rows.len() < AT_ONCE {
        rows.extend(people(tx, OF_ONE, looking, (first, me), AT_ONCE - rows.len(), &topics).await?);
    }
    Ok(rows)
}

async fn people(
    tx: &mut Tx,
    statement: &'static str,
    looking: Looking,
    (after, until): (Uuid, Uuid),
    most: usize,
    topics: &[&str],
) -> Result<Vec<OfferingRow>, StoreFailure> {
    on!(tx, connection => topics
        .iter()
        .fold(
            sqlx::query_as(statement)
                .bind(after)
                .bind(until)
                .bind(looking.me.0)
                .bind(looking.now)
                .bind(looking.with_room)
                .bind(limit(most))
                .bind(LINE),
            |query, topic| query.bind(*topic),
        )
        .fetch_all(connection))
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
