//! The five parts are saved, and what comes back of the homework with them.

use crate::ctx::Ctx;
use crate::domain::agenda::{Agenda, Part};
use crate::domain::homework::Homework;
use crate::domain::meetings::MeetingOfPair;
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::{MessageKind, Owed, Timetable};
use crate::render::agenda_form::RETURNED;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{agenda, homework, screens};
use crate::surfaces::actions::reported::too_late;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Saves the agenda.
pub struct SaveAgenda;

impl Handler for SaveAgenda {
    type Action = PrepareAgenda;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PrepareAgenda>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (_, of) = permit.take();
        if !of.meeting.takes_agenda(now) {
            return Ok(Answer::notice(too_late(&of)));
        }
        let mut written = Agenda::default();
        for part in Part::ALL {
            if let Some(text) = form.text(part.word()).and_then(PrivateText::typed) {
                written.parts.insert(*part, text);
            }
        }
        let was_empty = agenda::count(tx, of.meeting.id).await? == 0;
        agenda::set(tx, &of.meeting, &written, now).await?;
        return_homework(tx, &of, &form, written.parts.get(&Part::Homework)).await?;
        // The mentor was told that there is none, or could not be told; a notice still on its way will say what is now.
        let too_late_for_notice = now >= Timetable::of(&of, &ctx.programme()).notice_at
            && !queue::is_waiting(tx, of.meeting.id.0, MessageKind::AgendaNotice).await?;
        if was_empty && !written.is_empty() && too_late_for_notice {
            queue::enqueue(tx, &Owed::agenda_late(&of, now), &ctx.ids, now).await?;
        }
        screens::refresh_messages(tx, of.meeting.id.0, now).await?;
        screens::refresh_home(tx, of.of.mentee.id).await?;
        screens::refresh_home(tx, of.of.mentor.id).await?;
        Ok(Answer::Nothing)
    }
}

/// Keeps which of the mentee's homework comes back at this meeting: what is ticked, or the only one there is when findings
/// were written. What is not ticked stays open; findings written before are never lost. With several ticked, the findings
/// stand in the agenda alone, for all of them.
async fn return_homework(
    tx: &mut Tx,
    of: &MeetingOfPair,
    form: &FormState,
    findings: Option<&PrivateText>,
) -> Result<(), Failure> {
    let carried = homework::carried(tx, of.meeting.pair).await?;
    let mine: Vec<Homework> = carried.into_iter().filter(|item| item.owner == of.of.mentee.id).collect();
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
