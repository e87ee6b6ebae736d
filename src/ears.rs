//! The app behind the connections: what Slack tells goes to the router, what must wait for the acknowledgement is done after.
//!
//! Owns: the seam between socket and surfaces. Must not: decide anything.

use std::sync::Arc;

use serde_json::json;
use tokio_util::task::TaskTracker;

use crate::jobs::learn::{self, CannotLearn};
use crate::jobs::speaker::Speaker;
use crate::slack::api::CallFailure;
use crate::slack::inbound::{Envelope, Inbound};
use crate::slack::method::Method;
use crate::slack::reply::{Follow, Reply};
use crate::slack::socket::{Heard, Listener};
use crate::surfaces::router::{Asked, Routed, late, route};

/// People of one envelope who may be new at the same time: who acts, who is named, and one to spare.
const MOST_STRANGERS: usize = 3;

/// The app behind the connections.
#[derive(Debug)]
pub struct Ears {
    speaker: Arc<Speaker>,
    learning: TaskTracker,
}

impl Ears {
    /// Ears that hear for this speaker's database and answer through its client.
    pub fn new(speaker: Arc<Speaker>) -> Self {
        Self { speaker, learning: TaskTracker::new() }
    }

    /// Waits until everything that was begun after an acknowledgement has ended.
    pub async fn finish(&self) {
        self.learning.close();
        self.learning.wait().await;
        self.learning.reopen();
    }

    /// Somebody in the envelope is new: ask Slack who that is, then carry the envelope out. It may name more than one.
    fn learn_then_route(&self, user_id: String, inbound: Inbound) {
        let speaker = self.speaker.clone();
        self.learning.spawn(async move {
            let mut unknown = user_id;
            for _ in 0..MOST_STRANGERS {
                let asked = learn(&speaker, &unknown).await;
                if asked == Asked::InVain {
                    return carry_out(&speaker, &inbound, asked).await;
                }
                match route(&speaker.ctx, &inbound, Asked::No).await {
                    Routed::LearnFirst { user_id, .. } if user_id != unknown => unknown = user_id,
                    Routed::LearnFirst { .. } => return carry_out(&speaker, &inbound, asked).await,
                    Routed::Reply(reply) => return follow_late(&speaker, reply, &inbound).await,
                    Routed::NotNow => return,
                }
            }
        });
    }

    fn learn_only(&self, user_id: String) {
        let speaker = self.speaker.clone();
        self.learning.spawn(async move {
            learn(&speaker, &user_id).await;
        });
    }
}

/// Asks Slack about somebody; that Slack does not show them is an answer, too.
async fn learn(speaker: &Speaker, user_id: &str) -> Asked {
    match learn::person(speaker, user_id).await {
        Ok(()) | Err(CannotLearn::Slack(CallFailure::Refused { .. })) => Asked::Yes,
        Err(failure) => {
            tracing::warn!(%failure, "somebody new could not be learnt");
            Asked::InVain
        }
    }
}

async fn carry_out(speaker: &Speaker, inbound: &Inbound, asked: Asked) {
    if let Routed::Reply(reply) = route(&speaker.ctx, inbound, asked).await {
        follow_late(speaker, reply, inbound).await;
    }
}

async fn follow_late(speaker: &Speaker, reply: Reply, inbound: &Inbound) {
    for follow in late(reply, inbound).follow {
        act(speaker, follow).await;
    }
}

impl Listener for Ears {
    async fn hear(&self, envelope: Envelope) -> Heard {
        match route(&self.speaker.ctx, &envelope.inbound, Asked::No).await {
            Routed::Reply(reply) => Heard::Reply(reply),
            Routed::LearnFirst { user_id, meanwhile: Some(reply) } => {
                self.learn_only(user_id);
                Heard::Reply(reply)
            }
            Routed::LearnFirst { user_id, meanwhile: None } => {
                self.learn_then_route(user_id, envelope.inbound);
                Heard::Reply(Reply::empty())
            }
            Routed::NotNow => Heard::Unanswered,
        }
    }

    async fn follow(&self, follow: Follow) {
        act(&self.speaker, follow).await;
    }
}

/// Does what had to wait. What fails here is answered if there is still a way, and lost without harm if there is none:
/// nothing that must arrive goes this way.
async fn act(speaker: &Speaker, follow: Follow) {
    let method = method_of(&follow);
    if let Err(until) = speaker.open_to(method) {
        // A trigger does not live long enough to wait.
        tracing::warn!(%method, %until, "an answer was held back by Slack's limits");
        return apologise(speaker, follow).await;
    }
    let api = &speaker.api;
    let done = match &follow {
        Follow::OpenView { trigger_id, view, .. } => api.open_view(trigger_id, view).await.map(|_| ()),
        Follow::PushView { trigger_id, view } => api.push_view(trigger_id, view).await.map(|_| ()),
        Follow::UpdateView { view_id, hash, view } => api.update_view(view_id, view, hash.as_deref()).await.map(|_| ()),
        Follow::Respond { response_url, message } => api.respond(response_url, message).await,
    };
    speaker.learn_pace(method, &done);
    if let Err(failure) = done {
        tracing::warn!(%failure, "an answer did not reach its person");
        apologise(speaker, follow).await;
    }
}

fn method_of(follow: &Follow) -> Method {
    match follow {
        Follow::OpenView { .. } => Method::ViewsOpen,
        Follow::PushView { .. } => Method::ViewsPush,
        Follow::UpdateView { .. } => Method::ViewsUpdate,
        Follow::Respond { .. } => Method::ResponseUrl,
    }
}

/// Tells a person that something could not be opened, where that can still be told.
async fn apologise(speaker: &Speaker, follow: Follow) {
    if let Follow::OpenView { response_url: Some(response_url), .. } = follow
        && let Err(failure) = say_so(speaker, &response_url).await
    {
        tracing::warn!(%failure, "nor did the apology");
    }
}

async fn say_so(speaker: &Speaker, response_url: &str) -> Result<(), CallFailure> {
    let text = "I could not open that in Slack just now. Nothing was changed; please try again.";
    let message = json!({ "response_type": "ephemeral", "replace_original": false, "text": text });
    speaker.api.respond(response_url, &message).await
}
