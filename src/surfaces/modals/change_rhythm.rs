//! Somebody proposes another rhythm for a pair; the other half is asked, and until they agree everything stays.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::ctx::Ctx;
use crate::domain::letters::about_pair;
use crate::domain::pairs::PairOfPeople;
use crate::domain::permissions::{Permit, ProposeRhythm};
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_rhythm::rhythm_proposed;
use crate::domain::rhythm::{Rhythm, RhythmRefused};
use crate::domain::rhythm_proposals::{CannotPropose, ProposalOfPair, ProposalState, RhythmProposal};
use crate::render::outside_messages::rhythm_changed;
use crate::render::rhythm_form::{EXPRESSION, ZONE, zones};
use crate::render::rhythm_inputs::{FREQUENCY, LENGTH};
use crate::render::rhythm_messages;
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, carrying, changeover, pausing, rhythm_proposals, screens};
use crate::surfaces::actions::change_rhythm::to_be_answered;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::rhythm;

/// Proposes.
pub struct Propose;

impl Handler for Propose {
    type Action = ProposeRhythm;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<ProposeRhythm>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, of) = permit.take();
        let unsettled = rhythm_proposals::unsettled(tx, of.pair.id, DateTime::UNIX_EPOCH).await?;
        if let Some(theirs) = unsettled.iter().find(|one| one.state == ProposalState::Open && one.by != me.id) {
            return to_be_answered(ctx, tx, &of, theirs).await;
        }
        let new = match read(ctx, &form, &of, now) {
            Ok(new) => new,
            Err(answer) => return Ok(*answer),
        };
        let made = RhythmProposal::make(ctx.ids.opaque(), &of, me.id, new, &ctx.programme(), now);
        let proposal = match made {
            Ok(proposal) => proposal,
            Err(CannotPropose::NothingNew) => {
                return Ok(Answer::error(FREQUENCY, "That is how you meet already. Choose something else, or cancel."));
            }
            Err(CannotPropose::NotMeeting) => return Ok(Answer::notice(not_meeting(&of, me.id))),
        };
        for earlier in unsettled.into_iter().filter(|one| one.by == me.id) {
            if earlier.state == ProposalState::Open || earlier.looks_open_to_its_maker(now) {
                let from = earlier.state;
                let replaced = earlier.settled(ProposalState::Replaced, now);
                rhythm_proposals::settle(tx, &replaced, from).await?;
                queue::drop_waiting(tx, replaced.id, now).await?;
                screens::refresh_messages(tx, replaced.id, now).await?;
            }
        }
        rhythm_proposals::insert(tx, &proposal).await?;
        let about = ProposalOfPair { proposal, of };
        if about.of.other(me.id).is_contact() {
            return change_at_once(ctx, tx, about).await;
        }
        queue::enqueue(tx, &rhythm_proposed(&about, now), &ctx.ids, now).await?;
        pausing::refresh(tx, &about.of, now).await?;
        Ok(Answer::notice(rhythm_messages::sent(&about)))
    }
}

/// A mentor outside without Slack is not asked here: the two have agreed personally. The old invitation is taken back and
/// another comes.
async fn change_at_once(ctx: &Ctx, tx: &mut Tx, mut about: ProposalOfPair) -> Result<Answer, Failure> {
    let now = ctx.now();
    about.proposal = about.proposal.settled(ProposalState::Agreed, now);
    rhythm_proposals::settle(tx, &about.proposal, ProposalState::Open).await?;
    changeover::change(tx, &mut about.of, &about.proposal.new, &ctx.programme(), &ctx.ids, now).await?;
    for kind in [MessageKind::WithdrawalLetter, MessageKind::RhythmLetter] {
        queue::enqueue(tx, &about_pair(kind, &about.of.pair, about.proposal.id, now), &ctx.ids, now).await?;
    }
    calendars::changed(tx, about.of.pair.id, &[], &ctx.programme(), &ctx.ids, now).await?;
    pausing::refresh(tx, &about.of, now).await?;
    let next = carrying::next_to_come(tx, about.of.pair.id, now).await?.map(|meeting| meeting.starts_at);
    Ok(Answer::notice(rhythm_changed(&about.of, next)))
}

fn not_meeting(of: &PairOfPeople, me: crate::domain::identifiers::PersonId) -> Markup {
    Markup::words("Your meetings with ")
        .piece(&mention(of.other(me)))
        .and(" are paused or over. The rhythm can be changed when you go on.")
}

/// The rhythm in the form: by expression when one stands there, else as chosen.
fn read(ctx: &Ctx, form: &FormState, of: &PairOfPeople, now: DateTime<Utc>) -> Result<Rhythm, Box<Answer>> {
    let zone = zone(form, of)?;
    let expression = form.text(EXPRESSION).map(str::trim).filter(|text| !text.is_empty());
    let Some(expression) = expression else { return rhythm::read(form, &ctx.programme().days, zone, now) };
    let length = rhythm::length(form)?;
    let today = now.with_timezone(&zone).date_naive();
    Rhythm::by_expression(expression, today, zone, length).map_err(|refused| {
        let field = if refused == RhythmRefused::Length { LENGTH } else { EXPRESSION };
        Box::new(Answer::error(field, refused.to_string().replace('`', "")))
    })
}

/// On whose clock: one of the two, or the one it is counted on now.
fn zone(form: &FormState, of: &PairOfPeople) -> Result<Tz, Box<Answer>> {
    let known = zones(of);
    let chosen = match form.choice(ZONE) {
        Some(name) => known.iter().find(|zone| zone.name() == name),
        // There was nothing to choose from.
        None => known.first(),
    };
    chosen.copied().ok_or_else(|| Box::new(Answer::error(ZONE, "Choose the clock of one of you two.")))
}
