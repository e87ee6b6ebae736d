//! Whether there is room: who can be asked just now, who can accept, who can be suggested.
//!
//! Owns: what several handlers ask of profiles. Must not: give away who said "not with" whom; that is never an answer to
//! anybody but the one who said it.

use crate::ctx::Ctx;
use crate::domain::pairs::{Pair, PairKind, PairState};
use crate::domain::people::Person;
use crate::domain::profile::NoRoom;
use crate::domain::suggestion::may_be_suggested;
use crate::render::suggestion_screens;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{pairs, profiles};
use crate::surfaces::failure::Failure;
use crate::surfaces::never_the_boss::keeps_apart;

/// Why somebody who could be asked cannot be asked just now, in words that say what to do instead.
///
/// # Errors
/// When the database fails.
pub async fn why_not_now(
    tx: &mut Tx,
    me: &Person,
    mentor: &Person,
    kind: PairKind,
) -> Result<Option<String>, StoreFailure> {
    let name = &mentor.name;
    if profiles::said_not_with(tx, me.id, mentor.id).await? {
        return Ok(Some(format!(
            "{name} is on your own “not with” list, which nobody else sees. Take them off it with `/mentor profile`, or ask somebody else."
        )));
    }
    // Of peers neither has the other as a mentee.
    if kind == PairKind::Peer {
        return Ok(None);
    }
    Ok(no_room(tx, mentor).await?.map(|reason| match reason {
        NoRoom::Closed => format!(
            "{name} takes nobody on for the time being. Ask somebody else, or let your manager suggest someone: type `/mentor ask`."
        ),
        NoRoom::Full { .. } => format!(
            "{name} mentors as many people as they can at present. Ask somebody else, or let your manager suggest someone: type `/mentor ask`."
        ),
    }))
}

/// Why somebody takes nobody more, by what they say about themselves; nothing said is no limit.
async fn no_room(tx: &mut Tx, mentor: &Person) -> Result<Option<NoRoom>, StoreFailure> {
    let Some(profile) = profiles::find(tx, mentor.id).await? else { return Ok(None) };
    let mentees = profiles::mentees(tx, mentor.id).await?;
    Ok(profile.can_be_asked(mentees).err())
}

/// Why a mentor cannot accept one more, in words for them. In a transaction that [`profiles::hold`]s their profile, of two
/// who accept at once one waits for the other and counts it.
///
/// # Errors
/// When the database fails.
pub async fn cannot_take_more(tx: &mut Tx, mentor: &Person) -> Result<Option<String>, StoreFailure> {
    let Some(profile) = profiles::find(tx, mentor.id).await? else { return Ok(None) };
    let mentees = profiles::mentees(tx, mentor.id).await?;
    let Err(NoRoom::Full { most }) = profile.has_room(mentees) else { return Ok(None) };
    let many = if most == 1 { "mentee" } else { "mentees" };
    Ok(Some(format!(
        "You said that you take up to {most} {many}, and you mentor {mentees}. Nothing was changed, and the question is still open: raise the number with `/mentor profile` and accept again, wait, or answer “Not now”."
    )))
}

/// Why `by` cannot suggest `whom` to `asker`, in words.
///
/// # Errors
/// When the database fails.
pub async fn why_not_suggested(
    ctx: &Ctx,
    tx: &mut Tx,
    by: &Person,
    asker: &Person,
    whom: &Person,
) -> Result<Option<String>, Failure> {
    let paired = is_live(pairs::latest(tx, asker.id, whom.id).await?.as_ref())
        || is_live(pairs::latest(tx, whom.id, asker.id).await?.as_ref());
    if let Err(reason) = may_be_suggested(by, asker, whom, paired) {
        return Ok(Some(suggestion_screens::why_not(asker, whom, reason)));
    }
    let name = &whom.name;
    if keeps_apart(ctx, tx, &[asker, whom], PairKind::InOrg).await?.is_some() {
        return Ok(Some(format!(
            "{name} is in {}’s reporting line or next to it, and a mentor is never the boss. Choose somebody outside it, best of another department.",
            asker.name
        )));
    }
    Ok(no_room(tx, whom).await?.map(|_| format!("{name} takes nobody on at present. Choose somebody else.")))
}

fn is_live(pair: Option<&Pair>) -> bool {
    pair.is_some_and(|pair| matches!(pair.state, PairState::Active | PairState::Paused))
}
