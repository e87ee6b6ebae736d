//! Submitting and closing modals, and what the app's acknowledgement does to them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::api::{push_onto, settle_view};
use crate::block_kit::Surface;
use crate::seen::SeenView;
use crate::state::{current, elements, text};
use crate::views::View;
use crate::world::World;

use super::{Hands, HandsError};

/// What became of a submitted modal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmitOutcome {
    /// It closed (and with `clear` the modals below too).
    Closed,
    /// It stays, with complaints by the input's label.
    Errors(BTreeMap<String, String>),
    /// It shows something else now.
    Updated(SeenView),
    /// Another modal is on top of it.
    Pushed(SeenView),
}

impl Hands {
    /// Submits the top modal and returns what the app's acknowledgement made of it.
    ///
    /// # Errors
    /// `Refused` as Slack's client refuses (empty required inputs, no submit button) or when the answer is
    /// not one Slack takes; `NotSeen` without a modal; `OperationTimeout`, `NoConnection`.
    pub async fn submits(&self) -> Result<SubmitOutcome, HandsError> {
        let view = self.top(&self.shared.lock())?.id;
        self.submits_view(&view).await
    }

    /// Submits a modal that is on top. A client sends a modal once and waits for the answer, and it does so to the
    /// end, even when whoever asked has left.
    ///
    /// # Errors
    /// As `submits`; also `NotSeen` when another modal, or none, is on top and `Refused` while it is being sent.
    pub(crate) async fn submits_view(&self, id: &str) -> Result<SubmitOutcome, HandsError> {
        let (view, payload) = {
            let mut world = self.shared.lock();
            let top = self.top_view(&world, id)?;
            if top.in_flight {
                return Err(HandsError::Refused("This form is being sent already.".to_owned()));
            }
            let submission = self.submission(&mut world)?;
            if let Some(view) = world.view_mut(id) {
                view.in_flight = true;
            }
            submission
        };
        let hands = self.clone();
        let sending = tokio::spawn(async move {
            let answer = hands.interact(&hands.submitted(), payload, true).await;
            if let Some(view) = hands.shared.lock().view_mut(&view.id) {
                view.in_flight = false;
            }
            hands.outcome(&view, &answer?)
        });
        sending.await.unwrap_or_else(|_| Err(HandsError::WaitedInVain("the workspace was stopped".to_owned())))
    }

    /// Sends the same submission of the top modal twice at the same moment and returns both outcomes, the
    /// second as far as the modal was still there.
    ///
    /// # Errors
    /// As `submits`, when it cannot be sent at all; each sending has its own result.
    pub async fn submits_twice(&self) -> Result<[Result<SubmitOutcome, HandsError>; 2], HandsError> {
        let (view, payload) = self.submission(&mut self.shared.lock())?;
        let what = self.submitted();
        let (first, second) =
            tokio::join!(self.interact(&what, payload.clone(), true), self.interact(&what, payload, true),);
        let settle = |answer: Result<Value, HandsError>| answer.and_then(|answer| self.outcome(&view, &answer));
        Ok([settle(first), settle(second)])
    }

    /// Closes the top modal; the app hears of it when the view has `notify_on_close`.
    ///
    /// # Errors
    /// `NotSeen` without a modal; `OperationTimeout`, `NoConnection` when the app should hear and does not.
    pub async fn closes(&self) -> Result<(), HandsError> {
        let view = self.top(&self.shared.lock())?.id;
        self.closes_view(&view).await
    }

    /// Closes a modal that is on top.
    ///
    /// # Errors
    /// As `closes`; also `NotSeen` when another modal, or none, is on top.
    pub(crate) async fn closes_view(&self, id: &str) -> Result<(), HandsError> {
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let view = self.top_view(&world, id)?.clone();
            let all = view.flag("clear_on_close");
            world.close_modals(&self.id, all);
            view.flag("notify_on_close").then(|| world.view_closed(&view, all))
        };
        match payload {
            Some(payload) => self.interact(&format!("{} closed a modal", self.name), payload, false).await.map(drop),
            None => Ok(()),
        }
    }

    fn submitted(&self) -> String {
        format!("{} submitted a modal", self.name)
    }

    fn top(&self, world: &World) -> Result<View, HandsError> {
        world.top_modal(&self.id).cloned().ok_or_else(|| HandsError::NotSeen(format!("{} sees no modal", self.name)))
    }

    /// The top modal and the payload of its submission.
    fn submission(&self, world: &mut World) -> Result<(View, Value), HandsError> {
        self.check_active(world)?;
        let view = self.top(world)?;
        let title = text(&view.field("title"), "text").to_owned();
        if view.field("submit").is_null() {
            return Err(HandsError::Refused(format!("the modal {title:?} has no submit button")));
        }
        if view.flag("submit_disabled") {
            return Err(HandsError::Refused(format!("the submit button of {title:?} is disabled")));
        }
        let blocks = view.blocks();
        for placed in elements(&blocks) {
            let optional = placed.block.get("optional").and_then(Value::as_bool).unwrap_or(false);
            if placed.is_input() && !optional && current(&view.values, &placed).is_none() {
                let label = placed.block.get("label").map(|label| text(label, "text")).unwrap_or_default();
                return Err(HandsError::Refused(format!(
                    "{label:?} is required and empty; the client does not submit {title:?}"
                )));
            }
        }
        let payload = world.view_submission(&view);
        Ok((view, payload))
    }

    /// What an answer does. It is judged by the view as it was submitted, and has no effect on a modal that has been
    /// closed meanwhile, nor on those that have been opened since.
    fn outcome(&self, submitted: &View, answer: &Value) -> Result<SubmitOutcome, HandsError> {
        let mut world = self.shared.lock();
        let id = submitted.id.as_str();
        let on_top = world.top_modal(&self.id).is_some_and(|view| view.id == id);
        let stands = world.stands(&self.id, id);
        let action = answer.get("response_action").and_then(Value::as_str);
        match action {
            None => {
                if answer.as_object().is_some_and(|answer| !answer.is_empty()) {
                    world.violation("invalid_response_action", answer.to_string());
                    return Err(self.bad_answer("an acknowledgement payload without response_action"));
                }
                if on_top {
                    world.close_modals(&self.id, false);
                }
                Ok(SubmitOutcome::Closed)
            }
            Some("clear") => {
                if stands {
                    world.close_modals(&self.id, true);
                }
                Ok(SubmitOutcome::Closed)
            }
            Some("errors") => self.complaints(&mut world, submitted, answer),
            Some(kind @ ("update" | "push")) => {
                let view = answer.get("view").cloned().unwrap_or(Value::Null);
                let body = settle_view(&mut world, &format!("response_action {kind}"), view, Surface::Modal)
                    .map_err(|refusal| self.bad_answer(&refusal.error))?;
                if !stands || (kind == "push" && !on_top) {
                    return Ok(SubmitOutcome::Closed);
                }
                if kind == "update" {
                    world.replace_view(id, body);
                    return self.shown(&world, id).map(SubmitOutcome::Updated);
                }
                let pushed =
                    push_onto(&mut world, &self.id, body).map_err(|refusal| self.bad_answer(&refusal.error))?;
                self.shown(&world, &pushed).map(SubmitOutcome::Pushed)
            }
            Some(other) => {
                world.violation("invalid_response_action", other);
                Err(self.bad_answer(&format!("response_action {other:?}")))
            }
        }
    }

    fn bad_answer(&self, what: &str) -> HandsError {
        HandsError::BadAnswer(format!(
            "{} sees \"We had some trouble connecting. Try again?\": Slack refused {what}",
            self.name
        ))
    }

    fn shown(&self, world: &World, id: &str) -> Result<SeenView, HandsError> {
        let view = world.view(id).ok_or_else(|| HandsError::NotSeen(format!("{} sees no modal", self.name)))?;
        Ok(world.see_view(view))
    }

    fn complaints(&self, world: &mut World, submitted: &View, answer: &Value) -> Result<SubmitOutcome, HandsError> {
        let errors: Map<String, Value> = answer.get("errors").and_then(Value::as_object).cloned().unwrap_or_default();
        let blocks = submitted.blocks();
        let inputs: Vec<String> = blocks
            .as_array()
            .into_iter()
            .flatten()
            .filter(|block| text(block, "type") == "input")
            .map(|block| text(block, "block_id").to_owned())
            .collect();
        let wrong: Vec<&String> = errors
            .iter()
            .filter(|(block, complaint)| !inputs.contains(block) || complaint.as_str().is_none_or(str::is_empty))
            .map(|(block, _)| block)
            .collect();
        if errors.is_empty() || !wrong.is_empty() {
            world.violation(
                "invalid_error_block",
                format!("errors must name input blocks {inputs:?} and say something; wrong: {wrong:?}"),
            );
            return Err(self.bad_answer("errors that name no input block"));
        }
        // Another answer or the app itself may have put other inputs there since.
        if let Some(view) = world.view_mut(&submitted.id).filter(|view| view.hash == submitted.hash) {
            view.errors.clone_from(&errors);
        }
        let complained = View { errors, ..submitted.clone() };
        Ok(SubmitOutcome::Errors(world.see_view(&complained).errors))
    }
}
