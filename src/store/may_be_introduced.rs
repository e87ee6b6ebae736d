//! Whether somebody who was named may be introduced: rule 1 for everybody who would meet, "not with" either way, how often a month
//! they are asked, and whether they are here.
//!
//! Owns: the one answer, which says no more than yes or no, so that nothing can be learnt from it. Must not: change anything.

use chrono::{DateTime, TimeDelta, Utc};

use super::db::Tx;
use super::failure::StoreFailure;
use super::{introduction_rows, org_chart, profiles};
use crate::domain::identifiers::{NominationId, PersonId};
use crate::domain::introductions::{LATELY_DAYS, USUAL_A_MONTH};
use crate::domain::org_chart::SameManager;
use crate::domain::pairs::PairKind;
use crate::domain::people::{Person, Standing};
use crate::domain::reminders_introduction::IntroductionOfPeople;

/// Whether whoever was named may be asked now.
///
/// # Errors
/// When the database fails.
pub async fn may_be_asked(
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    id: NominationId,
    same_manager: SameManager,
    now: DateTime<Utc>,
) -> Result<bool, StoreFailure> {
    let Some(nominee) = of.introduction.nomination(id).and_then(|named| of.person(named.nominee.person()?)) else {
        return Ok(false);
    };
    Ok(has_room(tx, nominee, now).await? && may_meet(tx, of, id, same_manager).await?)
}

/// Whether somebody is here, has not opted out, and was not asked as often this month as they want to be.
///
/// # Errors
/// When the database fails.
pub async fn has_room(tx: &mut Tx, person: &Person, now: DateTime<Utc>) -> Result<bool, StoreFailure> {
    if person.deactivated || person.standing == Standing::Bot || person.is_contact() || person.is_forgotten() {
        return Ok(false);
    }
    let most = introduction_rows::most_a_month(tx, person.id).await?.unwrap_or(USUAL_A_MONTH);
    let lately = introduction_rows::asked_since(tx, person.id, now - TimeDelta::days(LATELY_DAYS)).await?;
    Ok(lately < usize::from(most))
}

/// Whether whoever was named may meet the asker: rule 1 holds between them and everybody in between, and neither of the two said
/// "not with" the other.
///
/// # Errors
/// When the database fails.
pub async fn may_meet(
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    id: NominationId,
    same_manager: SameManager,
) -> Result<bool, StoreFailure> {
    let introduction = &of.introduction;
    let Some(nomination) = introduction.nomination(id) else { return Ok(false) };
    let Some(nominee) = nomination.nominee.person() else { return Ok(false) };
    let through = introduction.through(nomination);
    let between = through.into_iter().flat_map(|request| request.passed_on_by.into_iter().chain([request.person]));
    let mut ids: Vec<PersonId> = vec![introduction.asker, nominee];
    ids.extend(between.filter(|id| *id != nominee));
    may_meet_all(tx, &ids, same_manager).await
}

/// Whether these may be introduced to each other; the first two would be.
///
/// # Errors
/// When the database fails.
pub async fn may_meet_all(tx: &mut Tx, people: &[PersonId], same_manager: SameManager) -> Result<bool, StoreFailure> {
    let [asker, nominee, between @ ..] = people else { return Ok(true) };
    if keeps_apart(tx, *asker, *nominee, between, same_manager).await? {
        return Ok(false);
    }
    Ok(!profiles::said_not_with(tx, *asker, *nominee).await? && !profiles::said_not_with(tx, *nominee, *asker).await?)
}

/// Whether rule 1 stands between whoever would be met and the asker or anybody in between, or between these: they are mentors
/// and peers already, of whom peers may have the same manager.
///
/// # Errors
/// When the database fails.
pub async fn keeps_apart(
    tx: &mut Tx,
    asker: PersonId,
    met: PersonId,
    between: &[PersonId],
    same_manager: SameManager,
) -> Result<bool, StoreFailure> {
    let mut those: Vec<PersonId> = vec![asker];
    those.extend(between);
    let chart = org_chart::around(tx, &[&those[..], &[met]].concat()).await?;
    let may_meet = |other: &PersonId| chart.may_pair(met, *other, PairKind::InOrg, same_manager).is_ok();
    Ok(!those.iter().all(may_meet) || chart.may_meet(&those, PairKind::Peer, same_manager).is_err())
}
