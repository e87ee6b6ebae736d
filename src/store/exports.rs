//! When somebody asked for their data; and everything of theirs, gathered at the moment it is sent.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::db::{Tx, changed, on};
use super::failure::StoreFailure;
use super::statements::statements;
use super::{
    agenda, agenda_items, agreements, finishes, goals, homework, introduction_rows, introductions, kept_questions,
    meetings, network, pairs, pauses, peer_questions, people, reviews, rhythm_proposals, wins,
};
use crate::domain::export::{Export, MeetingExport, PairExport};
use crate::domain::identifiers::{
    GoalId, HomeworkId, KeptQuestionId, MeetingId, PairId, PeerQuestionId, PersonId, WinId,
};
use crate::domain::pairs::{PairOfPeople, Role};
use crate::domain::reminders::MessageKind;

statements! {
    INSERT = "INSERT INTO exports (id, person_id, asked_at) VALUES ($1, $2, $3)";
    ASKED = "SELECT asked_at FROM exports WHERE person_id = $1 ORDER BY asked_at";
    PAIRS = "SELECT id FROM pairs WHERE mentee_id = $1 OR mentor_id = $1 ORDER BY asked_at, id";
    MEETINGS = "SELECT id FROM meetings WHERE pair_id = $1 ORDER BY starts_at, id";
    HOMEWORK = "SELECT id FROM homework WHERE pair_id = $1 ORDER BY set_at, id";
    GOALS = "SELECT id FROM goals WHERE pair_id = $1 ORDER BY set_at, id";
    WINS = "SELECT id FROM wins WHERE pair_id = $1 ORDER BY logged_at, id";
    PROPOSALS = "SELECT id FROM rhythm_proposals WHERE pair_id = $1 ORDER BY asked_at, id";
    PAUSES = "SELECT id FROM pauses WHERE pair_id = $1 ORDER BY set_at, id";
    PEER_QUESTIONS = "SELECT id FROM peer_questions WHERE pair_id = $1 ORDER BY asked_at, id";
    QUESTIONS = "SELECT id FROM kept_questions WHERE person_id = $1 ORDER BY asked_at, id";
    OWED = "SELECT kind, due_at FROM outbox WHERE person_id = $1 AND state = 'pending'
        AND kind NOT IN ('export_text', 'export_json') ORDER BY due_at, id";
}

/// Keeps that somebody asked for their data.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, id: Uuid, person: PersonId, now: DateTime<Utc>) -> Result<(), StoreFailure> {
    changed!(tx, sqlx::query(INSERT).bind(id).bind(person.0).bind(now))?;
    Ok(())
}

/// When somebody asked for their data, the earliest first.
///
/// # Errors
/// When the database fails.
pub async fn asked(tx: &mut Tx, person: PersonId) -> Result<Vec<DateTime<Utc>>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(ASKED).bind(person.0).fetch_all(connection))
}

async fn ids(tx: &mut Tx, sql: &'static str, of: Uuid) -> Result<Vec<Uuid>, StoreFailure> {
    on!(tx, connection => sqlx::query_scalar(sql).bind(of).fetch_all(connection))
}

/// The pairs and questions somebody is or was part of, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn pairs_of(tx: &mut Tx, person: PersonId) -> Result<Vec<PairId>, StoreFailure> {
    Ok(ids(tx, PAIRS, person.0).await?.into_iter().map(PairId).collect())
}

/// Everything the app keeps of one person and may show them.
///
/// # Errors
/// When the database fails.
pub async fn gather(tx: &mut Tx, person: PersonId, now: DateTime<Utc>) -> Result<Export, StoreFailure> {
    let mut pairs = Vec::new();
    for id in pairs_of(tx, person).await? {
        if let Some(of) = pairs::find(tx, id).await? {
            pairs.push(pair(tx, of, person).await?);
        }
    }
    let asks = introductions::every_of_asker(tx, person).await?;
    let mut questions = Vec::new();
    for id in ids(tx, QUESTIONS, person.0).await? {
        questions.extend(kept_questions::find(tx, KeptQuestionId(id)).await?);
    }
    let rows: Vec<(String, DateTime<Utc>)> =
        on!(tx, connection => sqlx::query_as(OWED).bind(person.0).fetch_all(connection))?;
    let owed = rows.into_iter().filter_map(|(kind, due_at)| Some((MessageKind::from_word(&kind)?, due_at))).collect();
    let exports = asked(tx, person).await?;
    let introduced = introduction_rows::introduced(tx, person).await?;
    let network = network::of_owner(tx, person).await?;
    Ok(Export {
        at: now,
        me: people::get(tx, person).await?,
        pairs,
        asks,
        questions,
        introduced,
        network,
        owed,
        exports,
    })
}

async fn pair(tx: &mut Tx, of: PairOfPeople, person: PersonId) -> Result<PairExport, StoreFailure> {
    let id = of.pair.id;
    let mut kept = PairExport {
        of,
        meetings: Vec::new(),
        waiting: agenda_items::waiting(tx, id).await?.0,
        homework: Vec::new(),
        goals: Vec::new(),
        wins: Vec::new(),
        agreements: Vec::new(),
        reviews: Vec::new(),
        finishes: finishes::of_pair(tx, id).await?,
        proposals: Vec::new(),
        pauses: Vec::new(),
        peer_questions: Vec::new(),
    };
    for meeting in ids(tx, MEETINGS, id.0).await? {
        let Some(found) = meetings::find(tx, MeetingId(meeting)).await? else { continue };
        kept.meetings.push(meeting_of(tx, found.meeting, &kept.of).await?);
    }
    for homework in ids(tx, HOMEWORK, id.0).await? {
        kept.homework.extend(homework::find(tx, HomeworkId(homework)).await?.map(|found| found.homework));
    }
    for goal in ids(tx, GOALS, id.0).await? {
        kept.goals.extend(goals::find(tx, GoalId(goal)).await?.map(|found| found.goal));
    }
    for win in ids(tx, WINS, id.0).await? {
        kept.wins.extend(wins::find(tx, WinId(win)).await?.map(|found| found.win));
    }
    for version in agreements::versions(tx, id).await? {
        kept.agreements.extend(agreements::find(tx, version).await?.map(|found| found.agreement));
    }
    kept.agreements.sort_by_key(|version| (version.written_at, version.id));
    for review in reviews::of_pair(tx, id).await? {
        let Some(mut review) = reviews::find(tx, review).await?.map(|found| found.review) else { continue };
        // What the other answered is theirs alone: it does not leave this function.
        let mine = review.answer_of(person);
        review.answers.clear();
        kept.reviews.push((review, mine));
    }
    kept.reviews.sort_by_key(|(review, _)| (review.counts_from, review.id));
    for proposal in ids(tx, PROPOSALS, id.0).await? {
        kept.proposals.extend(rhythm_proposals::find(tx, proposal).await?.map(|found| found.proposal));
    }
    for pause in ids(tx, PAUSES, id.0).await? {
        kept.pauses.extend(pauses::find(tx, pause).await?.map(|(pause, _)| pause));
    }
    for question in ids(tx, PEER_QUESTIONS, id.0).await? {
        let found = peer_questions::find(tx, PeerQuestionId(question)).await?;
        kept.peer_questions.extend(found.map(|found| found.question));
    }
    Ok(kept)
}

async fn meeting_of(
    tx: &mut Tx,
    meeting: crate::domain::meetings::Meeting,
    of: &PairOfPeople,
) -> Result<MeetingExport, StoreFailure> {
    let mut agendas = Vec::new();
    for role in [Role::Mentee, Role::Mentor] {
        let written = agenda::get(tx, &meeting, role).await?;
        if !written.is_empty() {
            agendas.push((role, written));
        }
    }
    debug_assert!(meeting.pair == of.pair.id, "a meeting of this pair");
    let entries = agenda_items::of_meeting(tx, &meeting).await?.0;
    Ok(MeetingExport { meeting, agendas, entries })
}
