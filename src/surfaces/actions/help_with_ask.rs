//! *I can help myself*: it goes on the next agenda of the two; without one, names meet.

use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::{Spot, fit};
use crate::domain::identifiers::NominationId;
use crate::domain::introductions::Helping;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::permissions::{AnswerAsk, Permit};
use crate::domain::reminders::MessageKind;
use crate::domain::reminders_introduction::IntroductionOfPeople;
use crate::render::words::mention;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{carrying, held, may_be_introduced, org_chart, pairs};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::introducing::{Clicked, keep, to_holder, too_late_for_holder};
use crate::surfaces::parking::{Parked, park};

/// Helps.
pub struct HelpMyself;

impl Handler for HelpMyself {
    type Action = AnswerAsk;
    type Input = Clicked;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerAsk>, clicked: Clicked) -> Result<Answer, Failure> {
        let now = ctx.now();
        let (me, ask) = permit.take();
        let (mut of, request) = (ask.of, ask.request);
        if of.introduction.may_answer(request.id).is_err() {
            return Ok(too_late_for_holder(ctx, tx, &of, &request).await?);
        }
        let Some(asker) = of.asker().cloned() else { return Err(Failure::Refused) };
        let before = of.introduction.clone();
        let nomination = NominationId(ctx.ids.opaque());
        let pair = if request.passed_on_by.is_none() { pair_of(tx, &asker, &me).await? } else { None };
        let owed = if let Some(pair) = pair {
            if of.introduction.help(request.id, nomination, now) != Ok(Helping::OnTheAgenda) {
                return Err(Failure::Refused);
            }
            if !put_on_agenda(ctx, tx, &of, &asker, pair).await? {
                return Ok(Answer::notice(full(&asker)));
            }
            of.news(MessageKind::IntroductionHelped, request.id.0, now)
        } else {
            // The two would be brought together: rule 1 holds at this moment, too.
            org_chart::hold_still(tx).await?;
            let between: Vec<_> = request.passed_on_by.into_iter().collect();
            let everybody = [&[asker.id, me.id], &between[..]].concat();
            if !may_be_introduced::may_meet_all(tx, &everybody, ctx.same_manager).await? {
                return Ok(Answer::notice(not_possible(&asker)));
            }
            let helped = match request.passed_on_by {
                Some(_) => of.introduction.help(request.id, nomination, now).map(|_| ()),
                None => of.introduction.help_without_agenda(request.id, nomination, now),
            };
            if helped.is_err() {
                return Err(Failure::Refused);
            }
            of.news(MessageKind::NamesMeet, of.introduction.id.0, now)
        };
        keep(ctx, tx, &mut of, &before).await?;
        queue::enqueue(tx, &owed, &ctx.ids, now).await?;
        Ok(to_holder(&of, &request, clicked))
    }
}

/// The pair of the two in which the asker prepares and that meets, if there is one.
async fn pair_of(tx: &mut Tx, asker: &Person, me: &Person) -> Result<Option<PairOfPeople>, StoreFailure> {
    for of in pairs::of_person(tx, me.id).await? {
        let is_ours = of.pair.is_live() && of.pair.prepares(asker.id) && of.other(me.id).id == asker.id;
        if is_ours && !held::is_held(tx, of.pair.id).await? {
            return Ok(Some(of));
        }
    }
    Ok(None)
}

/// Puts what it is about on the asker's next agenda, as theirs. False when it is full.
async fn put_on_agenda(
    ctx: &Ctx,
    tx: &mut Tx,
    of: &IntroductionOfPeople,
    asker: &Person,
    pair: PairOfPeople,
) -> Result<bool, StoreFailure> {
    let Ok(body) = fit(Some(of.text.topic.clone())) else { return Ok(false) };
    let meeting = carrying::next_to_come(tx, pair.pair.id, ctx.now()).await?;
    let parked = Parked { body, source: None, part: Part::Topic };
    Ok(park(ctx, tx, asker, &Spot { of: pair, meeting }, parked).await?.is_ok())
}

fn full(asker: &Person) -> Markup {
    Markup::words("Your next agenda with ")
        .piece(&mention(asker))
        .and(" is full, so I could not put it there. Nothing was changed: tell them yourself and answer “Not this time”, or try again after you met.")
}

fn not_possible(asker: &Person) -> Markup {
    Markup::words("That does not work out between ")
        .piece(&mention(asker))
        .and(" and you any more. Nothing was changed, and nobody is told.")
}
