//! Where somebody stands, put together from the tables.

use chrono::DateTime;

use super::db::Tx;
use super::failure::StoreFailure;
use super::{
    agenda, agreements, asking, asks, goals, held, history, homework, introduction_rows, meetings, pairs, passing_on,
    pauses, peer_questions, people, reviews, rhythm_proposals, wins,
};
use crate::domain::identifiers::PersonId;
use crate::domain::introducing::{AskToAnswer, Introducing};
use crate::domain::overview::{MeetingOverview, Overview, PairOverview};
use crate::domain::pairs::PairState;
use crate::domain::pauses::Pauses;

/// Wins shown beside a pair.
const WINS_SHOWN: i64 = 3;
/// Asks read for a Home: no more than can be open, or have ended lately.
const ASKS_READ: i64 = 12;

/// Reads where somebody stands.
///
/// # Errors
/// When the database fails.
pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Overview, StoreFailure> {
    let me = people::get(tx, person).await?;
    let asking = asking::get(tx, person).await?;
    let asks = asks::latest(tx, person, ASKS_READ).await?;
    let finished = history::count_ended(tx, person).await?;
    let introducing = introducing(tx, person).await?;
    let mut overview = Overview { me, pairs: Vec::new(), asking, asks, introducing, finished, coordinates: false };
    for of in pairs::of_person(tx, person).await? {
        let id = of.pair.id;
        let live = matches!(of.pair.state, PairState::Active | PairState::Paused);
        let mut pair = PairOverview {
            of,
            meetings: Vec::new(),
            homework: Vec::new(),
            wins: Vec::new(),
            goals: Vec::new(),
            pauses: Pauses::default(),
            proposals: Vec::new(),
            peers: None,
            agreement: None,
            agreement_change: None,
            review: None,
            is_held: false,
        };
        if live {
            pair.is_held = held::is_held(tx, id).await?;
            let terms = pair.of.pair.clone();
            for meeting in meetings::without_outcome(tx, id).await? {
                let read = agenda::count(tx, meeting.id, terms.agenda_read_by(person)).await?;
                let own = match terms.prepares(person) {
                    true => agenda::count(tx, meeting.id, terms.preparer(person)).await?,
                    false => read,
                };
                let read_parts = if terms.reads(person) { read } else { 0 };
                let prepared = agenda::is_prepared(tx, meeting.id, terms.preparer(person)).await?;
                pair.meetings.push(MeetingOverview { meeting, agenda_parts: own, read_parts, prepared });
            }
            pair.homework = homework::carried(tx, id).await?;
            pair.goals = goals::open(tx, id).await?;
            pair.wins = wins::latest(tx, id, WINS_SHOWN).await?;
            pair.pauses = pauses::standing(tx, id).await?;
            pair.proposals = rhythm_proposals::unsettled(tx, id, DateTime::UNIX_EPOCH).await?;
            pair.peers = peer_questions::latest(tx, id).await?;
            pair.agreement = agreements::standing(tx, id).await?;
            pair.agreement_change = agreements::change(tx, id).await?;
            pair.review = reviews::open(tx, id).await?;
        }
        overview.pairs.push(pair);
    }
    Ok(overview)
}

/// What of other people's asks somebody is part of.
async fn introducing(tx: &mut Tx, person: PersonId) -> Result<Introducing, StoreFailure> {
    let mut to_answer = Vec::new();
    for ask in introduction_rows::asked_of(tx, person).await? {
        let can_pass_on = passing_on::is_possible(tx, &ask).await?;
        to_answer.push(AskToAnswer { ask, can_pass_on });
    }
    Ok(Introducing {
        to_answer,
        answered: introduction_rows::answered_by(tx, person).await?,
        to_meet: introduction_rows::named(tx, person).await?,
        to_write: introduction_rows::to_write(tx, person).await?,
        most_a_month: introduction_rows::most_a_month(tx, person).await?,
    })
}
