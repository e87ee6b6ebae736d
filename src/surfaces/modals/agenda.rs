//! The five parts are saved, and what comes back of the homework with them.

use crate::ctx::Ctx;
use crate::domain::agenda::{Agenda, Part};
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::permissions::{Permit, PrepareAgenda};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::{MessageKind, Owed};
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
        agenda::set(tx, &of.meeting, &written, now).await?;
        let findings = written.parts.get(&Part::Homework);
        let carried = homework::carried(tx, of.meeting.pair).await?;
        let mine: Vec<Homework> = carried.into_iter().filter(|item| item.owner == of.of.mentee.id).collect();
        for item in returned(&mine, &form, findings) {
            homework::set_findings(tx, &item).await?;
        }
        let said_there_was_none = queue::is_out(tx, of.meeting.id.0, MessageKind::AgendaNotice).await?;
        if said_there_was_none && !written.is_empty() {
            queue::enqueue(tx, &Owed::agenda_late(&of, now), &ctx.ids, now).await?;
        }
        screens::refresh_messages(tx, of.meeting.id.0, now).await?;
        screens::refresh_home(tx, of.of.mentee.id).await?;
        screens::refresh_home(tx, of.of.mentor.id).await?;
        Ok(Answer::Nothing)
    }
}

/// The homework whose state changes: what is ticked comes back, what is not stays open. With one piece only, findings say
/// that it comes back without a tick.
fn returned(mine: &[Homework], form: &FormState, findings: Option<&PrivateText>) -> Vec<Homework> {
    let ticked = form.choices(RETURNED);
    let only_one = mine.len() == 1 && findings.is_some();
    let comes_back = |item: &Homework| only_one || ticked.contains(&item.id.to_string().as_str());
    mine.iter()
        .map(|item| match (comes_back(item), findings) {
            (true, Some(text)) => item.clone().with_findings(Some(text.clone())),
            (true, None) => Homework { state: HomeworkState::Returned, ..item.clone() },
            (false, _) => item.clone().with_findings(None),
        })
        .collect()
}
