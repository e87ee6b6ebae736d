//! What somebody says about themselves is saved; whom they want nothing to do with begins to hold at once.

use crate::ctx::Ctx;
use crate::domain::identifiers::PersonId;
use crate::domain::introductions::{self, USUAL_A_MONTH};
use crate::domain::pairs::PairState;
use crate::domain::people::{Person, Standing};
use crate::domain::permissions::{EditProfile, Permit};
use crate::domain::profile::{MOST_MENTEES, MOST_NOT_WITH, OpenTo, Profile, read_about, read_topics};
use crate::render::profile_form::{
    self, ABOUT, INTRODUCTIONS, MENTEES, MOST_A_MONTH, NOT_WITH, OFFERED, OPEN_TO, SOUGHT, YES, about_too_long,
    bad_topics,
};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::failure::StoreFailure;
use crate::store::{inquiries, introduction_rows, pairs, people, profiles, screens, topics};
use crate::surfaces::answer::Answer;
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;

/// Saves it.
pub struct SaveProfile;

impl Handler for SaveProfile {
    type Action = EditProfile;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<EditProfile>, form: FormState) -> Result<Answer, Failure> {
        let me = permit.actor;
        let (profile, most_a_month) = match read(&form, me.id) {
            Ok(read) => read,
            Err(problem) => return Ok(*problem),
        };
        let others = match read_not_with(tx, &form, &me).await? {
            Ok(others) => others,
            Err(problem) => return Ok(*problem),
        };
        profiles::hold(tx, me.id).await?;
        profiles::save(tx, &profile, ctx.now()).await?;
        let said = introduction_rows::most_a_month(tx, me.id).await?;
        // What is usual and was filled in is no choice that somebody made.
        if let Some(most) = most_a_month.filter(|most| said.unwrap_or(USUAL_A_MONTH) != *most) {
            introduction_rows::set_most_a_month(tx, me.id, most).await?;
        }
        topics::know(tx, &ctx.topics, profile.offered.iter().chain(&profile.sought)).await?;
        let before = profiles::not_with(tx, me.id).await?;
        let mut kept = others.clone();
        kept.extend(not_on_the_form(tx, &before).await?);
        kept.sort();
        kept.dedup();
        profiles::set_not_with(tx, me.id, &kept).await?;
        for other in others.iter().filter(|other| !before.contains(other)) {
            end_open_questions(ctx, tx, me.id, *other).await?;
        }
        screens::refresh_home(tx, me.id).await?;
        let live = live_with(tx, me.id, &others).await?;
        let said = introduction_rows::most_a_month(tx, me.id).await?;
        Ok(Answer::Modal(profile_form::saved(&profile, said, &live)))
    }
}

/// The profile, and how often a month they are asked to be introduced, if the form says so.
fn read(form: &FormState, me: PersonId) -> Result<(Profile, Option<u8>), Box<Answer>> {
    let topics = |field: &'static str| {
        read_topics(form.text(field).unwrap_or_default())
            .map_err(|bad| Box::new(Answer::error(field, bad_topics(&bad))))
    };
    let about = read_about(form.text(ABOUT).unwrap_or_default())
        .map_err(|length| Box::new(Answer::error(ABOUT, about_too_long(length))))?;
    let open_to = form.choice(OPEN_TO).and_then(OpenTo::from_word);
    let open_to = open_to.ok_or_else(|| Box::new(Answer::error(OPEN_TO, "Choose one of the three.")))?;
    let most = form.choice(MENTEES).and_then(|count| count.parse().ok());
    let most_mentees = most.filter(|count| (1..=MOST_MENTEES).contains(count));
    let often = match form.choice(MOST_A_MONTH).map(str::parse) {
        Some(Ok(most)) if most <= introductions::MOST_A_MONTH => Some(most),
        Some(_) => return Err(Box::new(Answer::error(MOST_A_MONTH, "Choose how often."))),
        // A form from before this was asked leaves it as it is.
        None => None,
    };
    let profile = Profile {
        person: me,
        offered: topics(OFFERED)?,
        sought: topics(SOUGHT)?,
        about,
        open_to,
        most_mentees: most_mentees.ok_or_else(|| Box::new(Answer::error(MENTEES, "Choose a number from 1 to 10.")))?,
        // Whoever is never asked is open to none.
        introductions: often != Some(0) && form.choices(INTRODUCTIONS).contains(&YES),
    };
    Ok((profile, often))
}

/// Whom the form names. Apps and oneself are left out without a word.
async fn read_not_with(
    tx: &mut Tx,
    form: &FormState,
    me: &Person,
) -> Result<Result<Vec<PersonId>, Box<Answer>>, Failure> {
    let named = form.users(NOT_WITH);
    if named.len() > MOST_NOT_WITH {
        return Ok(Err(Box::new(Answer::error(NOT_WITH, "Twenty people are the most."))));
    }
    let mut others = Vec::new();
    for user_id in named {
        let person = people::find_user(tx, user_id).await?.ok_or_else(|| Failure::Unknown(user_id.to_owned()))?;
        if person.id != me.id && person.standing != Standing::Bot {
            others.push(person.id);
        }
    }
    Ok(Ok(others))
}

/// Of those kept before, whom the form could not show: taking them off is no choice that somebody made.
async fn not_on_the_form(tx: &mut Tx, before: &[PersonId]) -> Result<Vec<PersonId>, StoreFailure> {
    let mut gone = Vec::new();
    for id in before {
        if people::get(tx, *id).await?.deactivated {
            gone.push(*id);
        }
    }
    Ok(gone)
}

/// Questions between the two that are open end as silence and "not now" do.
async fn end_open_questions(ctx: &Ctx, tx: &mut Tx, me: PersonId, other: PersonId) -> Result<(), StoreFailure> {
    let now = ctx.now();
    let mine = pairs::latest(tx, me, other).await?.and_then(|pair| pair.expire().ok());
    let theirs = pairs::latest(tx, other, me).await?.and_then(|pair| pair.decline().ok());
    for ended in [mine, theirs].into_iter().flatten() {
        pairs::set_state(tx, &ended, PairState::Proposed, now).await?;
        inquiries::refresh(tx, ended.id, now).await?;
        screens::refresh_home(tx, other).await?;
    }
    Ok(())
}

/// Those on the list with whom a pair goes on.
async fn live_with(tx: &mut Tx, me: PersonId, others: &[PersonId]) -> Result<Vec<Person>, StoreFailure> {
    let pairs = pairs::of_person(tx, me).await?;
    let live = pairs.iter().filter(|of| matches!(of.pair.state, PairState::Active | PairState::Paused));
    let mut found: Vec<Person> =
        live.map(|of| of.other(me)).filter(|other| others.contains(&other.id)).cloned().collect();
    found.dedup_by_key(|person| person.id);
    Ok(found)
}
