//! `/mentor find [topic]`, the form for it, and *Show more*. What is searched for is neither kept nor logged.

use crate::ctx::Ctx;
use crate::domain::permissions::{FindMentor, Permit};
use crate::domain::topics::{NotATopic, Topic};
use crate::render::find_screens::{self, Result as Drawn};
use crate::store::db::Tx;
use crate::store::finding::{Search, search};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Shows whom somebody could ask.
pub struct Find;

/// What is searched for, if anything was said. It is nobody's business: there is no `Debug`.
pub struct Wanted(Option<Topic>);

impl Wanted {
    /// What was typed.
    ///
    /// # Errors
    /// Why it is no topic.
    pub fn typed(typed: &str) -> Result<Self, NotATopic> {
        if typed.trim().is_empty() { Ok(Self(None)) } else { Topic::parse(typed).map(Some).map(Self) }
    }
}

/// How the result is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The first of them, as an answer.
    Answer,
    /// The first of them, on a screen.
    OnScreen,
    /// All of them, on the screen that shows the first.
    AllOnScreen,
    /// All of them, in the place of the answer that shows the first.
    AllInstead,
}

impl Handler for Find {
    type Action = FindMentor;
    type Input = (Wanted, Show);
    const CHANGES: bool = false;

    async fn run(
        ctx: &Ctx,
        tx: &mut Tx,
        permit: Permit<FindMentor>,
        (Wanted(topic), show): (Wanted, Show),
    ) -> Result<Answer, Failure> {
        let now = ctx.now();
        let wanted = Search {
            me: &permit.actor,
            topic: topic.as_ref(),
            known: &ctx.topics,
            same_manager: ctx.same_manager,
            programme: &ctx.programme(),
            now,
        };
        let found = search(tx, &wanted).await?;
        let all = matches!(show, Show::AllOnScreen | Show::AllInstead);
        let drawn = Drawn { topic: topic.as_ref(), found: &found, all, now };
        Ok(match show {
            Show::Answer => Answer::Message(find_screens::answer(drawn)),
            Show::OnScreen => Answer::Modal(find_screens::screen(drawn)),
            Show::AllOnScreen => Answer::Turned(find_screens::screen(drawn)),
            Show::AllInstead => Answer::Instead(find_screens::answer(drawn)),
        })
    }
}
