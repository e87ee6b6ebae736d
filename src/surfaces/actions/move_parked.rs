//! The menus below what was put on an agenda: under another part, for another meeting.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{AgendaItem, AgendaItemOfPair, OPEN_PARTS, Spot};
use crate::domain::identifiers::{AgendaItemId, PairId};
use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::permissions::{MoveParked, Permit};
use crate::domain::preparing::Preparer;
use crate::render;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, meetings};
use crate::surfaces::actions::reported::too_late;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::{Handler, Lookup};
use crate::surfaces::parking::{put, spots, tell, whose};

/// Puts an entry somewhere else.
pub struct MoveItem;

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whither {
    /// Under another part of the same agenda.
    Under(Part),
    /// On the agenda of another pair's next meeting.
    With(PairId),
}

impl Lookup for AgendaItemOfPair {
    type Key = AgendaItemId;
    async fn lookup(tx: &mut Tx, id: &AgendaItemId) -> Result<Option<Self>, Failure> {
        Ok(agenda_items::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

/// What a menu's choice says: the entry, and the word behind it.
pub fn chosen(value: &str) -> Option<(AgendaItemId, &str)> {
    let (item, word) = value.split_once(':')?;
    Some((item.parse().ok()?, word))
}

impl Handler for MoveItem {
    type Action = MoveParked;
    type Input = Option<Whither>;
    const CHANGES: bool = true;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<MoveParked>,
        whither: Option<Whither>,
    ) -> Result<Answer, Failure> {
        let (me, AgendaItemOfPair { mut item, of }) = permit.take();
        let meeting = match item.meeting {
            Some(id) => meetings::find(tx, id).await?,
            None => None,
        };
        if let Some(of) = meeting.as_ref().filter(|of| !of.meeting.takes_agenda(ctx.now())) {
            return Ok(Answer::notice(too_late(of)));
        }
        let spots = spots(ctx, tx, &me).await?;
        let here = Spot { of, meeting: meeting.map(|of| of.meeting) };
        match whither {
            Some(Whither::Under(part)) if OPEN_PARTS.contains(&part) && item.part.is_some() => {
                agenda_items::set_part(tx, item.id, part).await?;
                item.part = Some(part);
                shown(ctx, tx, &here, whose(&here.of, &item)).await?;
                Ok(answer(&me, &item, &here, &spots))
            }
            Some(Whither::With(pair)) if pair == item.pair => Ok(answer(&me, &item, &here, &spots)),
            Some(Whither::With(pair)) => {
                let Some(there) = spots.iter().find(|spot| spot.of.pair.id == pair) else {
                    return Err(Failure::Refused);
                };
                if there.of.pair.prepares(me.id) != here.of.pair.prepares(me.id) {
                    return Err(Failure::Refused);
                }
                // Sealed with the one pair's key, it is sealed anew with the other's.
                agenda_items::delete(tx, item.id).await?;
                shown(ctx, tx, &here, whose(&here.of, &item)).await?;
                let meeting = there.meeting.as_ref().map(|meeting| meeting.id);
                let moved = AgendaItem { pair, meeting, age: None, ..item.clone() };
                match put(ctx, tx, there, moved).await? {
                    Ok(item) => Ok(answer(&me, &item, there, &spots)),
                    Err(reason) => {
                        agenda_items::insert(tx, &item).await?;
                        Ok(Answer::notice(Markup::default().text(&render::parked::why_not(reason))))
                    }
                }
            }
            Some(Whither::Under(_)) | None => Err(Failure::Refused),
        }
    }
}

fn answer(me: &Person, item: &AgendaItem, spot: &Spot, spots: &[Spot]) -> Answer {
    Answer::Instead(render::parked::draw(me, item, spot, spots))
}

async fn shown(ctx: &Ctx, tx: &mut Tx, spot: &Spot, by: Preparer) -> Result<(), Failure> {
    if let Some(meeting) = spot.meeting.clone() {
        let of = MeetingOfPair { meeting, of: spot.of.clone() };
        let was_prepared = agenda::is_prepared(tx, of.meeting.id, by).await?;
        tell(ctx, tx, &of, by, was_prepared).await?;
    }
    Ok(())
}
