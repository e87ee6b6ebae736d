//! Where somebody stands, put together from the tables.

use super::db::Tx;
use super::failure::StoreFailure;
use super::{agenda, asking, goals, homework, meetings, pairs, people, wins};
use crate::domain::identifiers::PersonId;
use crate::domain::overview::{MeetingOverview, Overview, PairOverview};
use crate::domain::pairs::PairState;

/// Wins shown beside a pair.
const WINS_SHOWN: i64 = 3;

/// Reads where somebody stands.
///
/// # Errors
/// When the database fails.
pub async fn get(tx: &mut Tx, person: PersonId) -> Result<Overview, StoreFailure> {
    let me = people::get(tx, person).await?;
    let asking = asking::get(tx, person).await?;
    let mut overview = Overview { me, pairs: Vec::new(), asking };
    for of in pairs::of_person(tx, person).await? {
        let id = of.pair.id;
        let live = matches!(of.pair.state, PairState::Active | PairState::Paused);
        let mut pair =
            PairOverview { of, meetings: Vec::new(), homework: Vec::new(), wins: Vec::new(), goals: Vec::new() };
        if live {
            for meeting in meetings::without_outcome(tx, id).await? {
                let agenda_parts = agenda::count(tx, meeting.id).await?;
                let prepared = agenda::is_prepared(tx, meeting.id).await?;
                pair.meetings.push(MeetingOverview { meeting, agenda_parts, prepared });
            }
            pair.homework = homework::carried(tx, id).await?;
            pair.goals = goals::open(tx, id).await?;
            pair.wins = wins::latest(tx, id, WINS_SHOWN).await?;
        }
        overview.pairs.push(pair);
    }
    Ok(overview)
}
