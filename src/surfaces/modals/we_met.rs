//! They met: homework is set, what was returned has been talked about, a win is logged.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::due::due_on;
use crate::domain::homework::{Homework, HomeworkState};
use crate::domain::identifiers::{HomeworkId, WinId};
use crate::domain::pairs::Role;
use crate::domain::permissions::{Permit, ReportMeeting};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::Owed;
use crate::domain::wins::Win;
use crate::render::meeting_form::{DUE, HOMEWORK, MOST_USEFUL, OWNER, POINTS, UNCOVERED, WIN};
use crate::slack::inbound::FormState;
use crate::store::carrying::{self, Uncovered};
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{homework, wins};
use crate::surfaces::actions::reported::{cannot_report, keep};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Pieces of homework that one meeting may set.
const MOST_HOMEWORK: usize = 10;

/// Keeps what came out of a meeting.
pub struct Met;

impl Handler for Met {
    type Action = ReportMeeting;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ReportMeeting>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, mut of) = permit.take();
        let text = |field| form.text(field).and_then(PrivateText::typed);
        let tasks = text(HOMEWORK).map(|text| text.lines()).unwrap_or_default();
        if tasks.len() > MOST_HOMEWORK {
            return Ok(Answer::error(
                HOMEWORK,
                format!("{} lines, and ten are the most: choose what matters.", tasks.len()),
            ));
        }
        let due_on = match due_on(form.date(DUE), now.with_timezone(&me.zone()).date_naive()) {
            Ok(day) => day,
            Err(bad) => return Ok(Answer::error(DUE, bad.to_string())),
        };
        match of.meeting.clone().held(text(MOST_USEFUL), now) {
            Ok(meeting) => of.meeting = meeting,
            Err(reason) => return Ok(Answer::notice(cannot_report(&of, me.id, reason))),
        }
        let owner = match form.choice(OWNER).and_then(Role::from_word) {
            Some(Role::Mentor) => of.of.mentor.id,
            Some(Role::Mentee) => of.of.mentee.id,
            None => me.id,
        };
        let uncovered = uncovered(&form);
        // What was not talked about comes back once more.
        if !uncovered.parts.contains(&Part::Homework) {
            homework::review_returned(tx, of.meeting.id).await?;
        }
        for task in tasks {
            let id = HomeworkId(ctx.ids.ordered(now));
            let (pair, state) = (of.meeting.pair, HomeworkState::Open);
            homework::insert(
                tx,
                &Homework { id, pair, owner, task, findings: None, state, due_on, set_at: now, carried: 0 },
            )
            .await?;
        }
        if let Some(win) = text(WIN) {
            let (id, person, channel) = (WinId(ctx.ids.ordered(now)), me.id, None);
            let win = Win { id, pair: of.meeting.pair, person, text: win, logged_at: now, channel };
            wins::keep(tx, &win).await?;
            queue::enqueue(tx, &Owed::win_shared(&win, of.of.other(me.id).id, now), &ctx.ids, now).await?;
        }
        keep(ctx, tx, &of).await?;
        carrying::carry(tx, &of, &uncovered, &ctx.ids, now).await?;
        Ok(Answer::Nothing)
    }
}

/// What was ticked as not covered.
fn uncovered(form: &FormState) -> Uncovered {
    let ticked = form.choices(UNCOVERED);
    Uncovered {
        parts: ticked.iter().filter_map(|word| Part::from_word(word)).collect(),
        points: ticked.contains(&POINTS),
    }
}
