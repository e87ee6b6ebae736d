//! From a click or a form to the handlers of rhythms and pauses.
//!
//! Owns: the list of them. Must not: decide anything.

use uuid::Uuid;

use super::answer::Answer;
use super::failure::Failure;
use super::gate::{Lookup, enter};
use super::request::Request;
use super::{actions, commands, modals};
use crate::ctx::Ctx;
use crate::domain::pairs::PairOfPeople;
use crate::domain::rhythm_proposals::ProposalOfPair;
use crate::render::controls::{self, forms};
use crate::render::{pause_forms, rhythm_inputs};
use crate::slack::inbound::{BlockAction, ViewSubmission};
use crate::store::db::Tx;
use crate::store::rhythm_proposals;

impl Lookup for ProposalOfPair {
    type Key = Uuid;
    async fn lookup(tx: &mut Tx, id: &Uuid) -> Result<Option<Self>, Failure> {
        Ok(rhythm_proposals::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}

/// Whether a button is one of these.
pub fn clicks(action_id: &str) -> bool {
    [controls::CHANGE_RHYTHM, controls::AGREE_RHYTHM, controls::KEEP_RHYTHM, controls::PAUSE, controls::RESUME]
        .iter()
        .any(|control| control.id == action_id)
}

/// Carries out a click.
///
/// # Errors
/// As the handler says.
pub async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    let (pair, proposal) = (on.parse().ok(), Uuid::parse_str(on).ok());
    match clicked.action_id.as_str() {
        id if id == controls::CHANGE_RHYTHM.id => {
            enter::<actions::change_rhythm::OpenRhythmForm>(ctx, request, pair, ()).await
        }
        id if id == controls::AGREE_RHYTHM.id => {
            enter::<actions::answer_rhythm::Agree>(ctx, request, proposal, request.modal.clone()).await
        }
        id if id == controls::KEEP_RHYTHM.id => {
            enter::<actions::answer_rhythm::Keep>(ctx, request, proposal, request.modal.clone()).await
        }
        id if id == controls::RESUME.id => enter::<modals::pause::Resume>(ctx, request, pair, ()).await,
        _ => enter::<actions::open_pause_form::OpenPauseForm>(ctx, request, pair, ()).await,
    }
}

/// The field under which a problem with a whole form is shown; `None` when the form is not one of these.
pub fn first_field(callback_id: &str) -> Option<&'static str> {
    match callback_id {
        forms::RHYTHM => Some(rhythm_inputs::FREQUENCY),
        forms::PAUSE => Some(pause_forms::UNTIL),
        forms::RESUME => Some(pause_forms::PAIR),
        _ => None,
    }
}

/// Carries out what a form asks for.
///
/// # Errors
/// As the handler says.
pub async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let fields = submitted.state.clone();
    let pair = fields.choice(pause_forms::PAIR).unwrap_or(&submitted.private_metadata).parse().ok();
    match submitted.callback_id.as_str() {
        forms::RHYTHM => enter::<modals::change_rhythm::Propose>(ctx, request, pair, fields).await,
        forms::RESUME => enter::<modals::pause::Resume>(ctx, request, pair, ()).await,
        _ => enter::<modals::pause::PauseIt>(ctx, request, pair, fields).await,
    }
}

/// Carries out a command.
///
/// # Errors
/// As the handler says.
pub async fn command(ctx: &Ctx, request: &Request, wish: commands::rhythms::Wanted) -> Result<Answer, Failure> {
    use commands::rhythms::Wanted;
    match wish {
        Wanted::Rhythm => enter::<commands::rhythms::ChangeRhythm>(ctx, request, Some(()), ()).await,
        Wanted::Pause(typed) => enter::<commands::rhythms::PauseTyped>(ctx, request, Some(()), typed).await,
        Wanted::Resume => enter::<commands::rhythms::ResumeMine>(ctx, request, Some(()), ()).await,
    }
}
