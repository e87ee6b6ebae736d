//! *Look back*, *Next page*, *Page before*, *Read*, *Read it*: what a finished pair wrote, for reading.

use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::domain::history::{Chapter, pages};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::permissions::{LookBack, Permit, ReadAgenda};
use crate::render::agenda_form::{self, OnAgenda};
use crate::render::finish_forms;
use crate::render::history::{Entries, PageOf, both, meeting, page};
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{agenda, agenda_items, agreements, finishes, goals, history, homework, meetings, wins};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows a page of what they wrote.
pub struct LookBackOn;

/// Shows one of their meetings.
pub struct ReadPastMeeting;

/// Shows the words they left each other.
pub struct ReadWords;

impl Handler for LookBackOn {
    type Action = LookBack;
    type Input = Option<usize>;
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<LookBack>, wanted: Option<usize>) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let pages = pages(history::counts(tx, of.pair.id).await?);
        let at = wanted.unwrap_or(0).min(pages.len().saturating_sub(1));
        let (chapter, offset) = pages.get(at).copied().unwrap_or((Chapter::Agreement, 0));
        let entries = entries(tx, &of, me.id, chapter, offset).await?;
        let ended = finishes::of_pair(tx, of.pair.id).await?.first().map(|finish| finish.finished_at);
        let view = page(&of, &me, ended, &entries, PageOf { page: at, pages: pages.len() });
        // A page turns in its place; the first opens on top of the list.
        Ok(if wanted.is_some() { Answer::Turned(view) } else { Answer::Modal(view) })
    }
}

async fn entries(
    tx: &mut Tx,
    of: &PairOfPeople,
    me: PersonId,
    chapter: Chapter,
    offset: i64,
) -> Result<Entries, StoreFailure> {
    let pair = of.pair.id;
    Ok(match chapter {
        Chapter::Agreement => {
            Entries::Agreement(agreements::standing(tx, pair).await?, finishes::of_pair(tx, pair).await?)
        }
        Chapter::Meetings => {
            let mut found = Vec::new();
            for id in history::meetings(tx, pair, offset).await? {
                found.extend(meetings::find(tx, id).await?.map(|of| of.meeting));
            }
            // What one put aside for a meeting that never came stands on the first page, for who wrote it.
            let mut put_aside = Vec::new();
            if offset == 0 {
                put_aside = agenda_items::waiting(tx, pair).await?.0;
                put_aside.retain(|item| item.author == me);
            }
            Entries::Meetings(found, put_aside)
        }
        Chapter::Goals => {
            let mut found = Vec::new();
            for id in history::goals(tx, pair, offset).await? {
                found.extend(goals::find(tx, id).await?.map(|of| of.goal));
            }
            Entries::Goals(found)
        }
        Chapter::Wins => {
            let mut found = Vec::new();
            for id in history::wins(tx, pair, offset).await? {
                found.extend(wins::find(tx, id).await?.map(|of| of.win));
            }
            Entries::Wins(found)
        }
        Chapter::Homework => {
            let mut found = Vec::new();
            for id in history::homework(tx, pair, offset).await? {
                found.extend(homework::find(tx, id).await?.map(|of| of.homework));
            }
            Entries::Homework(found)
        }
    })
}

impl Handler for ReadPastMeeting {
    type Action = ReadAgenda;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<ReadAgenda>, (): ()) -> Result<Answer, Failure> {
        let (me, of) = permit.take();
        let mut agendas = Vec::new();
        for (preparer, _) in of.of.agendas() {
            let whose = of.of.pair.preparer(preparer.id);
            let written = agenda::get(tx, &of.meeting, whose.role).await?;
            let entries = agenda_items::of_meeting(tx, &of.meeting).await?.on_agenda_of(whose.person);
            let on = OnAgenda { written: &written, entries: &entries, homework: &[] };
            agendas.push((preparer, agenda_form::read(&of, on, &BTreeMap::new(), me.id, false)));
        }
        Ok(Answer::Modal(meeting(both(agendas), &of.meeting)))
    }
}

impl Handler for ReadWords {
    type Action = LookBack;
    type Input = ();
    const CHANGES: bool = false;
    const AFTER_THE_END: bool = true;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<LookBack>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        let finishes = finishes::of_pair(tx, of.pair.id).await?;
        Ok(Answer::Modal(finish_forms::read(of, &finishes)))
    }
}
