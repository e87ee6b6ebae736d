//! How homework, goals and wins are found by what a click or a form carries.

use super::failure::Failure;
use super::gate::Lookup;
use crate::domain::goals::GoalOfPair;
use crate::domain::homework::HomeworkOfPair;
use crate::domain::identifiers::{GoalId, HomeworkId, WinId};
use crate::domain::wins::WinOfPair;
use crate::store::db::Tx;
use crate::store::{goals, homework, wins};

impl Lookup for HomeworkOfPair {
    type Key = HomeworkId;
    async fn lookup(tx: &mut Tx, id: &HomeworkId) -> Result<Option<Self>, Failure> {
        Ok(homework::find(tx, *id).await?)
    }
}

impl Lookup for GoalOfPair {
    type Key = GoalId;
    async fn lookup(tx: &mut Tx, id: &GoalId) -> Result<Option<Self>, Failure> {
        Ok(goals::find(tx, *id).await?)
    }
}

impl Lookup for WinOfPair {
    type Key = WinId;
    async fn lookup(tx: &mut Tx, id: &WinId) -> Result<Option<Self>, Failure> {
        Ok(wins::find(tx, *id).await?)
    }
}
