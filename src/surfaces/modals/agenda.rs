//! The five parts are saved, and what comes back of the homework with them.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::AgendaItem;
use crate::domain::homework::Homework;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::domain::preparing::Preparer;
use crate::domain::private_text::PrivateText;
use crate::render::agenda_form::{RETURNED, entry_field};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::{agenda, agenda_items, homework};
use crate::surfaces::actions::reported::too_late;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::parking::tell;

/// Saves the agenda.
pub struct SaveAgenda;

impl Handler for SaveAgenda {
    type Action = PrepareAgenda;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PrepareAgenda>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let by = of.of.pair.preparer(me.id);
        if !of.meeting.takes_agenda(now) {
            return Ok(Answer::notice(too_late(&of)));
        }
        let was_prepared = agenda::is_prepared(tx, of.meeting.id, by).await?;
        let mut written = agenda::get(tx, &of.meeting, by.role).await?;
        for part in Part::ALL.iter().filter(|part| form.has(part.word())) {
            written.parts.remove(part);
            if let Some(text) = form.text(part.word()).and_then(PrivateText::typed) {
                written.parts.insert(*part, text);
            }
        }
        agenda::set(tx, &of.meeting, by.role, &written, now).await?;
        keep_entries(tx, &of, &form, by).await?;
        return_homework(tx, &of, &form, by, written.parts.get(&Part::Homework)).await?;
        tell(ctx, tx, &of, by, was_prepared).await?;
        Ok(Answer::Nothing)
    }
}

/// Keeps what was changed of the entries that the form showed, and takes off those that were emptied. What was put on the
/// agenda while the form was open, and what it had no room for, stays as it is.
async fn keep_entries(tx: &mut Tx, of: &MeetingOfPair, form: &FormState, by: Preparer) -> Result<(), Failure> {
    for item in agenda_items::of_meeting(tx, &of.meeting).await?.on_agenda_of(by.person).0 {
        let field = entry_field(item.id);
        if !form.has(&field) {
            continue;
        }
        match form.text(&field).and_then(PrivateText::typed) {
            Some(body) if body == item.body => {}
            Some(body) => agenda_items::set_body(tx, &AgendaItem { body, ..item }, of.meeting.id).await?,
            None => agenda_items::delete_of(tx, item.id, of.meeting.id).await?,
        }
    }
    Ok(())
}

/// Keeps which of the writer's homework comes back at this meeting: what is ticked, or the only one there is when findings
/// were written. What is not ticked stays open; findings written before are never lost. With several ticked, the findings
/// stand in the agenda alone, for all of them.
async fn return_homework(
    tx: &mut Tx,
    of: &MeetingOfPair,
    form: &FormState,
    by: Preparer,
    findings: Option<&PrivateText>,
) -> Result<(), Failure> {
    let carried = homework::carried(tx, of.meeting.pair).await?;
    let mine: Vec<Homework> = carried.into_iter().filter(|item| item.owner == by.person).collect();
    let ticked = form.choices(RETURNED);
    let only_one = mine.len() == 1 && findings.is_some();
    let back: Vec<bool> = mine.iter().map(|item| only_one || ticked.contains(&item.id.to_string().as_str())).collect();
    let one_comes_back = back.iter().filter(|comes_back| **comes_back).count() == 1;
    for (item, comes_back) in mine.into_iter().zip(back) {
        let item = match (comes_back, findings) {
            (true, Some(text)) if one_comes_back => item.returned(Some(text.clone())),
            (true, _) => item.returned(None),
            (false, _) => item.reopened(),
        };
        homework::set_findings(tx, &item, of.meeting.id).await?;
    }
    Ok(())
}
