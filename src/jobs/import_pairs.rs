//! Pairs that meet already, out of a list: they go on here, both are told, and nothing else is asked of them.
//!
//! Owns: who of a list may begin. Must not: read the file.

use std::collections::BTreeSet;

use crate::ctx::Ctx;
use crate::directory::pairs_file::{ListedPair, Name};
use crate::domain::directory::BadRows;
use crate::domain::identifiers::{MeetingId, PairId, PersonId};
use crate::domain::meetings::Meeting;
use crate::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use crate::domain::people::{Person, Standing};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::Owed;
use crate::domain::rhythm::Rhythm;
use crate::domain::rhythm_words;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::outbox::queue;
use crate::store::{calendars, meetings, org_chart, pairs, people, reviews, screens};

/// Brings pairs in; with `dry_run` nothing is changed. Returns how many come in; the others are noted.
///
/// # Errors
/// When the database fails; pairs brought in before stay.
pub async fn import(ctx: &Ctx, listed: &[ListedPair], bad: &mut BadRows, dry_run: bool) -> Result<usize, StoreFailure> {
    let mut taken: BTreeSet<(PersonId, PersonId)> = BTreeSet::new();
    for pair in listed {
        let mut tx = ctx.db.begin().await?;
        match begin(ctx, &mut tx, pair).await? {
            Ok((mentee, mentor)) if taken.insert((mentee.min(mentor), mentee.max(mentor))) => {
                if !dry_run {
                    tx.commit().await?;
                }
            }
            Ok(_) => bad.note(pair.line, "these two are in the list twice; the first counts"),
            Err(reason) => bad.note(pair.line, reason),
        }
    }
    ctx.bell.notify_one();
    Ok(taken.len())
}

async fn begin(
    ctx: &Ctx,
    tx: &mut Tx,
    listed: &ListedPair,
) -> Result<Result<(PersonId, PersonId), String>, StoreFailure> {
    let now = ctx.now();
    let (mentee, mentor) = match (find(tx, &listed.mentee).await?, find(tx, &listed.mentor).await?) {
        (Some(mentee), Some(mentor)) => (mentee, mentor),
        (None, _) => return Ok(Err("the mentee is not known in Slack".to_owned())),
        (_, None) => return Ok(Err("the mentor is not known in Slack".to_owned())),
    };
    if let Err(reason) = may_begin(&mentee, &mentor, listed.kind) {
        return Ok(Err(reason.to_owned()));
    }
    org_chart::hold_still(tx).await?;
    let chart = org_chart::around(tx, &[mentee.id, mentor.id]).await?;
    if chart.may_pair(mentee.id, mentor.id, listed.kind, ctx.same_manager).is_err() {
        let reason = "rule 1: one is above the other in the reporting line, or both have the same manager; \
                      `mentor check --people` says more";
        return Ok(Err(reason.to_owned()));
    }
    for (one, other) in [(mentee.id, mentor.id), (mentor.id, mentee.id)] {
        let latest = pairs::latest(tx, one, other).await?.map(|pair| pair.state);
        if matches!(latest, Some(PairState::Proposed | PairState::Active | PairState::Paused)) {
            return Ok(Err("these two are a pair already, or one has asked the other".to_owned()));
        }
    }
    let today = now.with_timezone(&mentor.zone()).date_naive();
    let first_day = listed.start.unwrap_or(today).max(today);
    // Every n-th week is counted from the day they began, though that may be long ago.
    let anchor = listed.start.unwrap_or(first_day);
    let rhythm = match rhythm_words::read(&listed.rhythm, listed.kind, anchor, mentor.zone()) {
        Ok(rhythm) => rhythm,
        Err(reason) => return Ok(Err(reason)),
    };
    keep(ctx, tx, (&mentee, &mentor), listed.kind, rhythm).await?;
    Ok(Ok((mentee.id, mentor.id)))
}

async fn find(tx: &mut Tx, name: &Name) -> Result<Option<Person>, StoreFailure> {
    match name {
        Name::User(user_id) => people::find_user(tx, user_id).await,
        Name::Email(email) => match org_chart::by_email(tx, email).await? {
            Some(id) => people::find_by_id(tx, id).await,
            None => Ok(None),
        },
    }
}

fn may_begin(mentee: &Person, mentor: &Person, kind: PairKind) -> Result<(), &'static str> {
    if mentee.id == mentor.id {
        return Err("mentee and mentor are one person");
    }
    if mentor.can_mentor().is_err() || (kind == PairKind::Peer && mentee.can_mentor().is_err()) {
        return Err("the mentor is no full member of the workspace");
    }
    if mentee.deactivated || matches!(mentee.standing, Standing::Bot | Standing::Outsider) {
        return Err("the mentee is no member of the workspace");
    }
    Ok(())
}

async fn keep(
    ctx: &Ctx,
    tx: &mut Tx,
    (mentee, mentor): (&Person, &Person),
    kind: PairKind,
    rhythm: Rhythm,
) -> Result<(), StoreFailure> {
    let (now, programme) = (ctx.now(), ctx.programme());
    let aim = PrivateText::kept("Brought in with the running programme.".to_owned());
    let working = mentor.working_time(&programme);
    let proposed = Pair::propose(PairId(ctx.ids.opaque()), kind, mentee, mentor, aim, &working, now);
    pairs::insert(tx, &proposed).await?;
    let both = [mentee.working_time(&programme), working];
    let first = Meeting::first(MeetingId(ctx.ids.opaque()), proposed.id, &rhythm, &both, now);
    let pair = proposed.accept(rhythm).map_err(|_| StoreFailure::Overtaken("a pair that is brought in"))?;
    pairs::set_state(tx, &pair, PairState::Proposed, now).await?;
    if let Some(first) = &first {
        meetings::plan(tx, first).await?;
    }
    let of = PairOfPeople { pair, mentee: mentee.clone(), mentor: mentor.clone() };
    reviews::begin_pair(tx, &of, &ctx.ids, now).await?;
    pairs::set_attention(tx, of.pair.id, Some(now)).await?;
    let told = [mentee, mentor].map(|person| Owed::pair_imported(&of.pair, person, &programme, now));
    for owed in &told {
        queue::enqueue(tx, owed, &ctx.ids, now).await?;
        screens::refresh_home(tx, owed.to).await?;
    }
    calendars::changed(tx, of.pair.id, &told.each_ref(), &ctx.programme(), &ctx.ids, now).await
}
