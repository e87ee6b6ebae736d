//! From a click or a form to the handlers of mentors outside who have only an e-mail address.
//!
//! Owns: the list of them. Must not: decide anything.

use uuid::Uuid;

use super::answer::Answer;
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::request::Request;
use super::{actions, modals};
use crate::ctx::Ctx;
use crate::domain::letters::ToForward;
use crate::domain::pairs::PairOfPeople;
use crate::render::controls::{self, forms};
use crate::render::outside_forms::{EMAIL, NAME, Understood};
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::letters;

/// A letter by its row, read at this moment.
#[derive(Clone, Copy, Debug)]
pub struct LetterRow {
    /// The row.
    pub id: Uuid,
    /// Now.
    pub now: chrono::DateTime<chrono::Utc>,
}

impl Lookup for ToForward {
    type Key = LetterRow;
    async fn lookup(tx: &mut Tx, row: &LetterRow) -> Result<Option<Self>, Failure> {
        Ok(letters::find(tx, row.id, row.now).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.letter.of)
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    let all = [controls::ADD_OUTSIDE, controls::CORRECT_ADDRESS, controls::SEND_IT_MYSELF];
    all.iter().any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    match clicked.action_id.as_str() {
        id if id == controls::ADD_OUTSIDE.id => {
            let nothing = Understood::default();
            enter::<actions::open_outside_form::OpenOutsideForm>(ctx, request, Some(()), nothing).await
        }
        id if id == controls::CORRECT_ADDRESS.id => {
            enter::<actions::correct_address::OpenAddresses>(ctx, request, on.parse().ok(), ()).await
        }
        _ => {
            let row = on.parse().ok().map(|id| LetterRow { id, now: ctx.now() });
            enter::<actions::copy_letter::CopyIt>(ctx, request, row, ()).await
        }
    }
}

/// The field under which a problem with the whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::ADD_OUTSIDE => Some(NAME),
        forms::OUTSIDE_ADDRESS => Some(EMAIL),
        _ => None,
    }
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let fields = submitted.state.clone();
    match submitted.callback_id.as_str() {
        forms::ADD_OUTSIDE => enter::<modals::add_outside::AddIt>(ctx, request, Some(()), fields).await,
        _ => {
            let pair = submitted.private_metadata.parse().ok();
            enter::<modals::outside_address::SaveAddresses>(ctx, request, pair, fields).await
        }
    }
}
