//! `/mentor rhythm`, `/mentor pause [until …]`, `/mentor resume`: about the one pair there is, or the one that is chosen.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ctx::Ctx;
use crate::domain::dates::{self, DateRefused};
use crate::domain::overview::{Overview, PairOverview};
use crate::domain::pauses::may_return_on;
use crate::domain::permissions::{PauseOwn, Permit, SeeOwnStatus};
use crate::domain::private_text::cleaned;
use crate::render::pause_forms;
use crate::slack::blocks::Markup;
use crate::slack::readable;
use crate::store::db::Tx;
use crate::store::overview;
use crate::surfaces::actions::change_rhythm;
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::pause;

/// What of a typed date is shown back.
const SHOWN_BACK: usize = 80;

/// What somebody wants of a pair's rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Another rhythm.
    Rhythm,
    /// A pause.
    Pause(Typed),
    /// To go on.
    Resume,
}

/// What was typed behind `pause`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Until when, in words; empty when nothing was typed.
    pub until: String,
    /// The user who was mentioned.
    pub with: Option<String>,
}

/// Reads what somebody typed as one of these: words in any order, the command among the first three.
pub fn read(text: &str, words: &[String]) -> Option<Wanted> {
    let few = words.len() <= 3;
    let at = words.iter().take(3).position(|word| word == "pause");
    match words.first().map(String::as_str) {
        Some("rhythm") => Some(Wanted::Rhythm),
        Some("resume") => Some(Wanted::Resume),
        Some("agenda" | "ask" | "homework" | "goal" | "goals" | "win" | "wins") => None,
        _ => match at {
            Some(at) => Some(Wanted::Pause(Typed::behind(text, at))),
            None if few && words.iter().any(|word| word == "rhythm") => Some(Wanted::Rhythm),
            None if few && words.iter().any(|word| word == "resume") => Some(Wanted::Resume),
            None => None,
        },
    }
}

impl Typed {
    fn behind(text: &str, at: usize) -> Self {
        let said = text.split_whitespace().skip(at + 1).filter(|word| !word.starts_with("<@") && *word != "with");
        let said: Vec<&str> = said.collect();
        // "for two weeks" is a length; dates are read "in two weeks".
        let until = match said.as_slice() {
            ["for", length @ ..] => format!("in {}", length.join(" ")),
            all => all.join(" "),
        };
        Self { until, with: readable::mentioned(text).into_iter().next() }
    }
}

/// Opens the form for another rhythm.
pub struct ChangeRhythm;

impl Handler for ChangeRhythm {
    type Action = SeeOwnStatus;
    type Input = ();
    const CHANGES: bool = false;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<SeeOwnStatus>, (): ()) -> Result<Answer, Failure> {
        let overview = overview::get(tx, permit.actor.id).await?;
        change_rhythm::form(ctx, tx, &overview, None).await
    }
}

/// Pauses at once when it is clear what and until when; else opens the form.
pub struct PauseTyped;

impl Handler for PauseTyped {
    type Action = PauseOwn;
    type Input = Typed;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PauseOwn>, typed: Typed) -> Result<Answer, Failure> {
        let now = ctx.now();
        let me = permit.actor;
        let overview = overview::get(tx, me.id).await?;
        let named = |pair: &&PairOverview| Some(&pair.of.other(me.id).slack.user_id) == typed.with.as_ref();
        let mut pairs: Vec<&PairOverview> = overview.active().collect();
        if let Some(named) = overview.active().find(named) {
            pairs = vec![named];
        }
        let Some(first) = nearest(&overview, &pairs, ctx) else { return Ok(Answer::notice(nobody())) };
        if typed.until.is_empty() {
            return Ok(Answer::Modal(pause_forms::pause(&overview, &pairs, first, None, now)));
        }
        let today = now.with_timezone(&me.zone()).date_naive();
        let until = match read_return(&typed.until, today) {
            Ok(day) => day,
            Err(why) => return Ok(Answer::notice(refused_date(&typed.until, &why))),
        };
        if pairs.len() > 1 {
            return Ok(Answer::Modal(pause_forms::pause(&overview, &pairs, first, Some(until), now)));
        }
        Ok(Answer::notice(pause::pause(ctx, tx, &me, first.of.clone(), until).await?))
    }
}

/// The day to go on, or why it is none.
fn read_return(text: &str, today: NaiveDate) -> Result<NaiveDate, String> {
    let day = match dates::read(text, today, None) {
        // A pause has its own limit, which is nearer.
        Ok(day) | Err(DateRefused::TooFar { date: day, .. }) => day,
        Err(refused) => return Err(refused.to_string()),
    };
    may_return_on(day, today).map(|()| day).map_err(|refused| refused.to_string())
}

/// What was wrong with a date, and what to type instead.
fn refused_date(typed: &str, why: &str) -> Markup {
    let said = cleaned(&readable::text(typed, &BTreeMap::new()));
    let shown: String = said.trim_start_matches("until ").chars().take(SHOWN_BACK).collect();
    let mut letters = why.trim_end_matches('.').chars();
    let why: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    Markup::words("I can't pause until “").text(&shown).and("”. ").text(&why).and(
        ". Nothing was paused. Type for example `/mentor pause until 3 January`, or `/mentor pause` to choose a day.",
    )
}

/// Takes the one pause back that there is, or asks which.
pub struct ResumeMine;

impl Handler for ResumeMine {
    type Action = PauseOwn;
    type Input = ();
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<PauseOwn>, (): ()) -> Result<Answer, Failure> {
        let now = ctx.now();
        let me = permit.actor;
        let overview = overview::get(tx, me.id).await?;
        let paused: Vec<&PairOverview> = overview.active().filter(|pair| !pair.meets()).collect();
        let mine =
            |pair: &&PairOverview| pair.pauses.of(&me, now).is_some() || pair.pauses.last(&pair.of, now).is_none();
        let pairs: Vec<&PairOverview> = paused.iter().copied().filter(|pair| mine(pair)).collect();
        match pairs.as_slice() {
            [] => Ok(Answer::notice(match paused.first() {
                Some(pair) => pause::paused_by_other(pair, &me, now),
                None => Markup::words("None of your meetings are paused. `/mentor` shows where you stand."),
            })),
            [one] => Ok(Answer::notice(pause::resume(ctx, tx, &me, one.of.clone()).await?)),
            [first, ..] => Ok(Answer::Modal(pause_forms::resume(&overview, &pairs, first, now))),
        }
    }
}

/// Of these pairs the one whose next meeting is the nearest; without any meeting, the first.
fn nearest<'a>(overview: &'a Overview, pairs: &[&'a PairOverview], ctx: &Ctx) -> Option<&'a PairOverview> {
    let nearest = overview.nearest(ctx.now()).map(|pair| pair.of.pair.id);
    pairs.iter().copied().find(|pair| Some(pair.of.pair.id) == nearest).or_else(|| pairs.first().copied())
}

/// What is answered to somebody without a pair.
pub fn nobody() -> Markup {
    Markup::words("You have no mentor or mentee yet. Type `/mentor ask @name` to ask somebody to be your mentor.")
}
