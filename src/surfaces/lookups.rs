//! How homework, goals, wins, agreements and reviews are found by what a click or a form carries; and the coordinators, who are
//! known without looking.

use super::failure::Failure;
use super::gate::Lookup;
use crate::domain::agreements::AgreementOfPair;
use crate::domain::coordinators::Coordinators;
use crate::domain::goals::GoalOfPair;
use crate::domain::homework::HomeworkOfPair;
use crate::domain::identifiers::{AgreementId, GoalId, HomeworkId, ReviewId, WinId};
use crate::domain::pairs::PairOfPeople;
use crate::domain::reviews::ReviewOfPair;
use crate::domain::wins::WinOfPair;
use crate::store::db::Tx;
use crate::store::{agreements, goals, homework, reviews, wins};

impl Lookup for HomeworkOfPair {
    type Key = HomeworkId;
    async fn lookup(tx: &mut Tx, id: &HomeworkId) -> Result<Option<Self>, Failure> {
        Ok(homework::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

impl Lookup for GoalOfPair {
    type Key = GoalId;
    async fn lookup(tx: &mut Tx, id: &GoalId) -> Result<Option<Self>, Failure> {
        Ok(goals::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

impl Lookup for WinOfPair {
    type Key = WinId;
    async fn lookup(tx: &mut Tx, id: &WinId) -> Result<Option<Self>, Failure> {
        Ok(wins::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

impl Lookup for AgreementOfPair {
    type Key = AgreementId;
    async fn lookup(tx: &mut Tx, id: &AgreementId) -> Result<Option<Self>, Failure> {
        Ok(agreements::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

impl Lookup for ReviewOfPair {
    type Key = ReviewId;
    async fn lookup(tx: &mut Tx, id: &ReviewId) -> Result<Option<Self>, Failure> {
        Ok(reviews::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

impl Lookup for Coordinators {
    type Key = Self;
    async fn lookup(_tx: &mut Tx, known: &Self) -> Result<Option<Self>, Failure> {
        Ok(Some(known.clone()))
    }
}
