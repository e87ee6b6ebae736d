//! *Tell me more*: opens the form for what the mentor would like to know, or says why not.

use crate::ctx::Ctx;
use crate::domain::inquiry::{CannotInquire, may_inquire};
use crate::domain::pairs::PairOfPeople;
use crate::domain::permissions::{AnswerProposal, Permit};
use crate::render::inquiry_screens;
use crate::slack::blocks::Markup;
use crate::store::db::Tx;
use crate::store::inquiries;
use crate::surfaces::actions::decline::already_answered;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Opens the form.
pub struct OpenInquiryForm;

impl Handler for OpenInquiryForm {
    type Action = AnswerProposal;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(_ctx: &Ctx, tx: &mut Tx, permit: Permit<AnswerProposal>, (): ()) -> Result<Answer, Failure> {
        let of = &permit.object;
        let before = inquiries::of_pair(tx, of.pair.id).await?;
        Ok(match may_inquire(of, &before) {
            Ok(()) => Answer::Modal(inquiry_screens::ask(of)),
            Err(reason) => Answer::notice(why_not(of, reason)),
        })
    }
}

/// Why a mentor cannot ask for more.
pub fn why_not(of: &PairOfPeople, reason: CannotInquire) -> Markup {
    match (reason, inquiry_screens::why_not(of, reason)) {
        (_, Some(words)) => words,
        (CannotInquire::Answered(already), None) => already_answered(of, already),
        (_, None) => Markup::words("That cannot be asked now. Nothing was changed."),
    }
}
