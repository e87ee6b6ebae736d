//! The way in: every handler is entered here, with a permit, inside one transaction.
//!
//! Owns: dedupe, who acts, what is acted upon, the permit, the commit. Must not: know any handler.

use super::answer::Answer;
use super::failure::Failure;
use super::request::Request;
use crate::ctx::Ctx;
use crate::domain::identifiers::{MeetingId, PairId, PersonId};
use crate::domain::meetings::MeetingOfPair;
use crate::domain::pairs::{PairOfPeople, PairState};
use crate::domain::people::Person;
use crate::domain::permissions::{Action, Permit};
use crate::render::finish_forms::finished;
use crate::store::db::Tx;
use crate::store::{finishes, inbox, meetings, pairs, people};

/// One thing a person can do. Without an [`Action`], which carries the rule of who may, there is no handler:
///
/// ```compile_fail,E0046
/// use mentor::ctx::Ctx;
/// use mentor::domain::permissions::{Permit, SeeOwnStatus};
/// use mentor::store::db::Tx;
/// use mentor::surfaces::{answer::Answer, failure::Failure, gate::Handler};
///
/// struct WithoutRule;
///
/// impl Handler for WithoutRule {
///     // No `type Action = …;`
///     type Input = ();
///     const CHANGES: bool = false;
///     async fn run(_: &Ctx, _: &mut Tx, _: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
///         Ok(Answer::Nothing)
///     }
/// }
/// ```
pub trait Handler: Send + Sync + 'static {
    /// What is done, to what, by whom.
    type Action: Action<Object: Lookup>;
    /// What else the person said.
    type Input: Send;
    /// Whether it changes anything. What changes nothing is not deduplicated and never waits for a writer.
    const CHANGES: bool;
    /// Whether it can be done with a pair that is finished. Everything else answers that it is.
    const AFTER_THE_END: bool = false;
    /// Whether words may mean something else afterwards: then topics are read anew.
    const CHANGES_WORDS: bool = false;

    /// Decides, saves, enqueues, answers. The gate commits.
    fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<Self::Action>,
        input: Self::Input,
    ) -> impl Future<Output = Result<Answer, Failure>> + Send;
}

/// An object that can be found by what a click or a form carries.
pub trait Lookup: Sized + Send {
    /// What it is found by.
    type Key: Send + Sync;
    /// Finds it.
    fn lookup(tx: &mut Tx, key: &Self::Key) -> impl Future<Output = Result<Option<Self>, Failure>> + Send;
    /// The pair it belongs to, if it belongs to one.
    fn pair(&self) -> Option<&PairOfPeople> {
        None
    }
}

/// What finds the object a handler acts upon.
pub type KeyOf<H> = <<<H as Handler>::Action as Action>::Object as Lookup>::Key;

/// Enters a handler. `key` is `None` when what the click carried is no key at all, which reads as "not there".
///
/// # Errors
/// [`Failure`]; then nothing was changed.
pub async fn enter<H: Handler>(
    ctx: &Ctx,
    request: &Request,
    key: Option<KeyOf<H>>,
    input: H::Input,
) -> Result<Answer, Failure> {
    let mut tx = if H::CHANGES { ctx.db.begin().await? } else { ctx.db.read().await? };
    if let (true, Some(dedupe_key)) = (H::CHANGES, &request.dedupe_key)
        && !inbox::record(&mut tx, dedupe_key, ctx.now()).await?
    {
        return Err(Failure::SeenBefore);
    }
    let actor = people::find(&mut tx, &request.sender, ctx.installation.org_wide).await?;
    let actor = actor.ok_or_else(|| Failure::Unknown(request.sender.user_id.clone()))?;
    let object = match &key {
        Some(key) => <H::Action as Action>::Object::lookup(&mut tx, key).await?,
        None => None,
    };
    if !H::AFTER_THE_END
        && let Some(of) = object.as_ref().and_then(Lookup::pair)
        && of.pair.state == PairState::Ended
        && of.pair.role_of(actor.id).is_some()
    {
        let at = finishes::of_pair(&mut tx, of.pair.id).await?.first().map(|finish| finish.finished_at);
        return Ok(Answer::notice(finished(of, actor.id, at)));
    }
    let permit = Permit::<H::Action>::request(actor, object)?;
    let answer = H::run(ctx, &mut tx, permit, input).await?;
    // A form sent back with errors did nothing, and so its envelope is not remembered either.
    if H::CHANGES && !matches!(answer, Answer::Errors(_)) {
        tx.commit().await?;
        ctx.bell.notify_one();
        if H::CHANGES_WORDS {
            ctx.words_changed.notify_one();
        }
    }
    Ok(answer)
}

impl Lookup for () {
    type Key = ();
    async fn lookup(_tx: &mut Tx, (): &()) -> Result<Option<Self>, Failure> {
        Ok(Some(()))
    }
}

/// How somebody else is named.
#[derive(Debug)]
pub enum Who {
    /// By a mention in a command.
    User(String),
    /// By our own identifier, in a form we made.
    Person(PersonId),
}

impl Lookup for Person {
    type Key = Who;
    async fn lookup(tx: &mut Tx, who: &Who) -> Result<Option<Self>, Failure> {
        match who {
            Who::User(user_id) => match people::find_user(tx, user_id).await? {
                Some(person) => Ok(Some(person)),
                None => Err(Failure::Unknown(user_id.clone())),
            },
            // Somebody without Slack cannot be asked anything here.
            Who::Person(id) => Ok(people::find_by_id(tx, *id).await?.filter(|person| !person.is_contact())),
        }
    }
}

impl Lookup for PairOfPeople {
    type Key = PairId;
    async fn lookup(tx: &mut Tx, id: &PairId) -> Result<Option<Self>, Failure> {
        Ok(pairs::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(self)
    }
}

impl Lookup for MeetingOfPair {
    type Key = MeetingId;
    async fn lookup(tx: &mut Tx, id: &MeetingId) -> Result<Option<Self>, Failure> {
        Ok(meetings::find(tx, *id).await?)
    }
    fn pair(&self) -> Option<&PairOfPeople> {
        Some(&self.of)
    }
}
