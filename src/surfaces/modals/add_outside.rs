//! A mentee adds a mentor who has only an e-mail address: the pair begins, and its first meeting is on the calendar.

use crate::ctx::Ctx;
use crate::domain::contacts::{Contact, EmailAddress, NoAddress, OUTSIDE};
use crate::domain::identifiers::{MeetingId, PairId, PersonId};
use crate::domain::letters::about_pair;
use crate::domain::meetings::Meeting;
use crate::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use crate::domain::people::{Person, SlackIdentity, Standing};
use crate::domain::permissions::{AddOutside, Permit};
use crate::domain::private_text::PrivateText;
use crate::domain::reminders::{MessageKind, Owed};
use crate::domain::rhythm::Rhythm;
use crate::domain::settings::Settings;
use crate::render::outside_forms::{AGREED, AIM, EMAIL, NAME, REPLY_TO, SEND_AIM, YES};
use crate::slack::inbound::FormState;
use crate::store::db::Tx;
use crate::store::outbox::queue;
use crate::store::{calendars, contacts, meetings, pairs, people, reviews, screens};
use crate::surfaces::answer::Answer;
use crate::surfaces::commands::add_outside::{LONGEST_NAME, name_of};
use crate::surfaces::failure::Failure;
use crate::surfaces::gate::Handler;
use crate::surfaces::modals::rhythm;

/// The most mentors outside that one person has at a time: whoever writes to more is no mentee.
const MOST: usize = 5;

/// Adds them.
pub struct AddIt;

/// What the form says.
struct Filled {
    name: String,
    email: EmailAddress,
    reply_to: Option<EmailAddress>,
    aim: PrivateText,
    sends_aim: bool,
    rhythm: Rhythm,
}

impl Handler for AddIt {
    type Action = AddOutside;
    type Input = FormState;
    const CHANGES: bool = true;

    async fn run(ctx: &Ctx, tx: &mut Tx, permit: Permit<AddOutside>, form: FormState) -> Result<Answer, Failure> {
        let now = ctx.now();
        let me = permit.actor;
        let filled = match read(ctx, &form, &me) {
            Ok(filled) => filled,
            Err(answer) => return Ok(*answer),
        };
        if let Some(problem) = already(tx, &me, &filled.email).await? {
            return Ok(problem);
        }
        let of = begin(ctx, tx, me, filled).await?;
        reviews::begin_pair(tx, &of, &ctx.ids, now).await?;
        pairs::set_attention(tx, of.pair.id, Some(now)).await?;
        let accepted = Owed::pair_accepted(&of.pair, now);
        queue::enqueue(tx, &accepted, &ctx.ids, now).await?;
        let letter = about_pair(MessageKind::FirstLetter, &of.pair, of.pair.id.0, now);
        queue::enqueue(tx, &letter, &ctx.ids, now).await?;
        calendars::changed(tx, of.pair.id, &[&accepted], &ctx.programme(), &ctx.ids, now).await?;
        screens::refresh_home(tx, of.mentee.id).await?;
        Ok(Answer::Nothing)
    }
}

/// Keeps the person, the pair and the contact, and plans the first meeting.
async fn begin(ctx: &Ctx, tx: &mut Tx, me: Person, filled: Filled) -> Result<PairOfPeople, Failure> {
    let now = ctx.now();
    let id = PersonId(ctx.ids.opaque());
    let mentor = Person {
        id,
        slack: SlackIdentity { team_id: OUTSIDE.to_owned(), user_id: id.to_string() },
        name: filled.name,
        // Times are on the clock that the two have agreed on: the mentee's.
        time_zone: Some(me.zone()),
        locale: None,
        standing: Standing::Outsider,
        deactivated: false,
        settings: Settings::default(),
    };
    let mentor = people::keep(tx, &mentor).await?;
    let working = mentor.working_time(&ctx.programme());
    let asked = Pair::propose(PairId(ctx.ids.opaque()), PairKind::External, &me, &mentor, filled.aim, &working, now);
    pairs::insert(tx, &asked).await?;
    let contact = Contact {
        person: mentor.id,
        pair: asked.id,
        email: filled.email,
        reply_to: filled.reply_to,
        stop_token: ctx.ids.nonce(),
        sends_aim: filled.sends_aim,
        added_at: now,
        stopped_at: None,
        unreachable_at: None,
        refused_code: None,
    };
    contacts::insert(tx, &contact).await?;
    let both = [me.working_time(&ctx.programme()), working];
    let first = Meeting::first(MeetingId(ctx.ids.opaque()), asked.id, &filled.rhythm, &both, now);
    // They were asked personally, and cannot click here.
    let pair = asked.accept(filled.rhythm).map_err(|_| Failure::Refused)?;
    pairs::set_state(tx, &pair, PairState::Proposed, now).await?;
    if let Some(first) = &first {
        meetings::plan(tx, first).await?;
    }
    Ok(PairOfPeople { pair, mentee: me, mentor })
}

fn read(ctx: &Ctx, form: &FormState, me: &Person) -> Result<Filled, Box<Answer>> {
    let wrong = |field, words: &str| Box::new(Answer::error(field, words));
    let name = name_of(form.text(NAME).unwrap_or_default());
    if name.is_empty() {
        return Err(wrong(NAME, "Type their name."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(wrong(NAME, "That is too long for a name: at most 80 characters."));
    }
    let email = EmailAddress::typed(form.text(EMAIL).unwrap_or_default())
        .map_err(|problem| wrong(EMAIL, &problem.to_string()))?;
    if !form.choices(AGREED).contains(&YES) {
        return Err(wrong(AGREED, "Ask them first, and tick this when they have said yes. They get nothing before."));
    }
    let rhythm = rhythm::read(form, &me.working_time(&ctx.programme()).days, me.zone(), ctx.now())?;
    let aim = form.text(AIM).and_then(PrivateText::typed);
    let aim = aim.ok_or_else(|| wrong(AIM, "Write a sentence or two, for yourself if for nobody else."))?;
    let reply_to = answers_to(form)?;
    Ok(Filled { name, email, reply_to, aim, sends_aim: form.choices(SEND_AIM).contains(&YES), rhythm })
}

/// Where answers shall go, if the form says so.
///
/// # Errors
/// The answer at its field.
pub fn answers_to(form: &FormState) -> Result<Option<EmailAddress>, Box<Answer>> {
    match form.text(REPLY_TO).map(EmailAddress::typed) {
        None | Some(Err(NoAddress::Missing)) => Ok(None),
        Some(Ok(address)) => Ok(Some(address)),
        Some(Err(problem)) => Err(Box::new(Answer::error(REPLY_TO, problem.to_string()))),
    }
}

/// Whether this person has this mentor already, or too many.
async fn already(tx: &mut Tx, me: &Person, email: &EmailAddress) -> Result<Option<Answer>, Failure> {
    let mut outside = 0;
    for of in pairs::of_person(tx, me.id).await?.iter().filter(|of| of.pair.is_live() && of.mentor.is_contact()) {
        outside += 1;
        let known = contacts::find(tx, of.mentor.id).await?;
        if known.is_some_and(|known| known.email.reveal().eq_ignore_ascii_case(email.reveal())) {
            let words = format!(
                "{} has this address and mentors you already. Type /mentor to see when you meet.",
                of.mentor.name
            );
            return Ok(Some(Answer::error(EMAIL, words)));
        }
    }
    let full = "You have five mentors outside already. Finish with one of them first: /mentor end.";
    Ok((outside >= MOST).then(|| Answer::error(NAME, full)))
}
