//! From an envelope to the handler it is for, and from what the handler says to a reply.
//!
//! Owns: the list of everything that can be typed, clicked, submitted and opened. Must not: decide anything.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::actions::move_parked::Whither;
use super::answer::Answer;
use super::commands::change::Change;
use super::commands::find::Show;
use super::commands::guide::LookUp;
use super::commands::of_a_pair::Wanted;
use super::commands::parse::{Wish, parse};
use super::commands::win::{OpenWinForm, Prefilled};
use super::failure::Failure;
use super::gate::{Who, enter};
use super::request::{From, Request, identity};
use super::{
    actions, agreement, asking, asks, commands, events, finding, growth, home, introducing, leaving, modals, network,
    never_the_boss, outside, outside_introductions, peers, programme, rhythms, settings, shortcuts,
};
use crate::ctx::Ctx;
use crate::domain::agenda::Part;
use crate::domain::agenda_items::SourceLink;
use crate::domain::private_text::{PrivateText, cleaned};
use crate::render::controls::{self, forms};
use crate::render::{
    ask_form, change_forms, help, meeting_form, park_form, point_form, rhythm_inputs, suggestion_screens,
};
use crate::slack::blocks::Markup;
use crate::slack::inbound::{
    BlockAction, Event, EventEnvelope, Inbound, Sender, Shortcut, SlashCommand, ViewSubmission,
};
use crate::slack::readable;
use crate::slack::reply::Reply;

/// What a form says about somebody Slack has to be asked about.
const LOOKING_UP: &str = "I had to look that person up first. Please send this once more.";

/// What is said when somebody is new and Slack cannot be asked who that is.
const CANNOT_ASK: &str =
    "I could not find out who that is just now. Nothing was changed; please try again in a moment.";

/// What becomes of an envelope.
#[derive(Debug)]
pub enum Routed {
    /// Answer it with this.
    Reply(Reply),
    /// Somebody in it is new to us: ask Slack about this user.
    LearnFirst {
        /// The user to ask about.
        user_id: String,
        /// What to answer meanwhile. `None`: acknowledge, and route the envelope again once the user is known. A form is
        /// answered, because it closes with its acknowledgement and what was written would be gone.
        meanwhile: Option<Reply>,
    },
    /// It could not be carried out and must not be acknowledged: Slack will send it again.
    NotNow,
}

/// How long a handler may take: less than the three seconds after which Slack gives up, so that there is still an answer.
const PATIENCE: Duration = Duration::from_millis(2_300);

/// Whether Slack has been asked about somebody new in an envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Not yet.
    No,
    /// It has, and whoever is still unknown, Slack does not show.
    Yes,
    /// It could not be asked, or what it said could not be kept.
    InVain,
}

/// Carries out what an envelope asks for.
pub async fn route(ctx: &Ctx, inbound: &Inbound, asked: Asked) -> Routed {
    let dedupe_key = inbound.dedupe_key();
    let (request, result) = match inbound {
        Inbound::Command(said) => {
            let request = Request::of_command(said, dedupe_key);
            let result = in_time(command(ctx, &request, said)).await;
            (request, result)
        }
        Inbound::Action(clicked) => {
            let request = Request::of_button(clicked, dedupe_key);
            let result = in_time(button(ctx, &request, clicked)).await;
            (request, result)
        }
        Inbound::Submission(submitted) => {
            let request = Request::of_form(submitted, dedupe_key, first_field(&submitted.callback_id));
            let result = in_time(form(ctx, &request, submitted)).await;
            (request, result)
        }
        Inbound::Shortcut(used) => {
            let request = Request::of_shortcut(used, dedupe_key);
            let result = in_time(shortcut(ctx, &request, used)).await;
            (request, result)
        }
        Inbound::Event(told) => return event(ctx, told, dedupe_key, asked).await,
        Inbound::Closed(_) | Inbound::Unknown { .. } => return Routed::Reply(Reply::empty()),
    };
    match result {
        Ok(answer) => Routed::Reply(answer.into_reply(&request)),
        Err(Failure::Unknown(user_id)) if asked == Asked::No => {
            let meanwhile = match request.from {
                From::Form(field) => Some(Answer::error(field, LOOKING_UP).into_reply(&request)),
                From::Command | From::Button => None,
            };
            Routed::LearnFirst { user_id, meanwhile }
        }
        Err(Failure::Unknown(_)) if asked == Asked::InVain => {
            Routed::Reply(Answer::Trouble(CANNOT_ASK).into_reply(&request))
        }
        Err(failure) => {
            log(&failure);
            Routed::Reply(failure.answer().into_reply(&request))
        }
    }
}

async fn in_time(handling: impl Future<Output = Result<Answer, Failure>>) -> Result<Answer, Failure> {
    tokio::time::timeout(PATIENCE, handling).await.unwrap_or(Err(Failure::TooSlow))
}

async fn command(ctx: &Ctx, request: &Request, said: &SlashCommand) -> Result<Answer, Failure> {
    match parse(&said.text) {
        Wish::Help => Ok(Answer::Message(help::draw())),
        Wish::Status => enter::<commands::status::Status>(ctx, request, Some(()), ()).await,
        Wish::Agenda { text: Some(text) } => enter::<commands::park::ParkText>(ctx, request, Some(()), text).await,
        Wish::Agenda { text: None } => enter::<commands::agenda::NextAgenda>(ctx, request, Some(()), ()).await,
        Wish::Question(text) => enter::<commands::question::KeepQuestion>(ctx, request, Some(()), text).await,
        Wish::Settings => enter::<commands::settings::OpenSettings>(ctx, request, Some(()), ()).await,
        Wish::Move => enter::<commands::change::ChangeNext>(ctx, request, Some(()), Change::Move).await,
        Wish::Skip => enter::<commands::change::ChangeNext>(ctx, request, Some(()), Change::LeaveOut).await,
        Wish::Homework { text: None } => enter::<commands::homework::ListHomework>(ctx, request, Some(()), ()).await,
        Wish::Homework { text: Some(text) } => {
            enter::<commands::add_homework::AddTyped>(ctx, request, Some(()), text).await
        }
        Wish::Goal { text } => enter::<commands::goals::Goals>(ctx, request, Some(()), text).await,
        Wish::Win { text } => {
            let prefilled = text.map_or(Prefilled::Nothing, Prefilled::Typed);
            enter::<OpenWinForm>(ctx, request, Some(()), prefilled).await
        }
        Wish::Peers => enter::<commands::peers::OpenPeerForm>(ctx, request, Some(()), None).await,
        Wish::OfRhythm(wanted) => rhythms::command(ctx, request, wanted).await,
        Wish::AddOutside(understood) => {
            enter::<actions::open_outside_form::OpenOutsideForm>(ctx, request, Some(()), understood).await
        }
        Wish::End => enter::<commands::of_a_pair::OfAPair>(ctx, request, Some(()), Wanted::End).await,
        Wish::Agreement => enter::<commands::of_a_pair::OfAPair>(ctx, request, Some(()), Wanted::Agreement).await,
        Wish::History => enter::<commands::history::PastPairs>(ctx, request, Some(()), ()).await,
        Wish::Privacy => enter::<commands::privacy::ShowPrivacy>(ctx, request, Some(()), ()).await,
        Wish::Export => enter::<commands::export::ExportMine>(ctx, request, Some(()), ()).await,
        Wish::ForgetMe => enter::<commands::forget::OpenForgetForm>(ctx, request, Some(()), ()).await,
        Wish::Ask { user_id } => enter::<commands::ask::Ask>(ctx, request, Some(Who::User(user_id)), ()).await,
        Wish::AskWhom => Ok(Answer::Message(suggestion_screens::whom_to_ask())),
        Wish::AskManager => enter::<actions::ask_manager::OpenManagerForm>(ctx, request, Some(()), ()).await,
        Wish::Who { topic } => asks::begin(ctx, request, topic).await,
        Wish::Find { topic } => {
            let typed = topic.as_ref().map_or("", PrivateText::reveal);
            finding::search(ctx, request, typed, Show::Answer).await
        }
        Wish::Profile => enter::<commands::profile::MyProfile>(ctx, request, Some(()), ()).await,
        Wish::Guide { text } => {
            let look_up = text.map_or(LookUp::Nothing, LookUp::Typed);
            enter::<commands::guide::SeeGuide>(ctx, request, Some(()), look_up).await
        }
        Wish::AskOneAtATime => Ok(Answer::notice(Markup::words("One person at a time, please: `/mentor ask @name`."))),
        Wish::AskName(name) => Ok(Answer::notice(
            Markup::words("I can't tell who ")
                .text(&cleaned(&name))
                .and(" is. Type `@` and choose the person from Slack's list: `/mentor ask @name`."),
        )),
        Wish::Network(typed) => network::command(ctx, request, typed).await,
        Wish::OfProgramme { wanted, closest } => {
            Ok(programme::command(ctx, request, wanted).await?.unwrap_or_else(|| not_understood(said, &closest)))
        }
        Wish::Unknown { closest } => Ok(not_understood(said, &closest)),
    }
}

fn not_understood(said: &SlashCommand, closest: &[&'static str]) -> Answer {
    Answer::Message(help::not_understood(&cleaned(&readable::text(&said.text, &BTreeMap::new())), closest))
}

async fn button(ctx: &Ctx, request: &Request, clicked: &BlockAction) -> Result<Answer, Failure> {
    let on = clicked.value.as_deref().unwrap_or_default();
    let (pair, meeting) = (on.parse().ok(), on.parse().ok());
    match clicked.action_id.as_str() {
        id if id == controls::ASK_SOMEBODY.id => {
            enter::<actions::ask_somebody::OpenAskForm>(ctx, request, Some(()), ()).await
        }
        id if id == controls::ACCEPT.id => enter::<actions::accept::OpenAcceptForm>(ctx, request, pair, ()).await,
        id if id == controls::NOT_NOW.id => enter::<actions::decline::Decline>(ctx, request, pair, ()).await,
        id if id == controls::READ_REQUEST.id => {
            enter::<actions::read_request::ReadRequest>(ctx, request, pair, ()).await
        }
        id if id == controls::PREPARE.id => {
            enter::<actions::prepare_agenda::OpenAgendaForm>(ctx, request, meeting, ()).await
        }
        id if id == controls::OPEN_AGENDA.id => {
            enter::<actions::open_agenda::OpenAgenda>(ctx, request, meeting, ()).await
        }
        id if id == controls::WE_MET.id => enter::<actions::we_met::OpenMeetingForm>(ctx, request, meeting, ()).await,
        id if id == controls::NOT_YET.id => enter::<actions::not_yet::NotYet>(ctx, request, meeting, ()).await,
        id if id == controls::MOVE.id => enter::<actions::move_meeting::OpenMoveForm>(ctx, request, meeting, ()).await,
        id if id == controls::LEAVE_OUT.id => {
            enter::<actions::leave_out::OpenLeaveOutForm>(ctx, request, meeting, ()).await
        }
        id if id == controls::SKIPPED.id => enter::<actions::skipped::Skipped>(ctx, request, meeting, ()).await,
        id if id == controls::ADD_POINT.id => {
            enter::<actions::add_point::OpenPointForm>(ctx, request, meeting, ()).await
        }
        id if id == controls::PUT_ON_AGENDA.id => {
            match enter::<actions::put_on_agenda::PutOnAgenda>(ctx, request, on.parse().ok(), ()).await {
                // Used before, or a day old; somebody else's reads the same.
                Err(Failure::Refused) => Ok(Answer::notice(Markup::words(
                    "That question is not kept any more: it was used already, or is more than a day old. Type `/mentor agenda` to see yours.",
                ))),
                done => done,
            }
        }
        id if id == controls::PUT_UNDER.id || id == controls::PUT_WITH.id => {
            let chosen = actions::move_parked::chosen(on);
            let whither = chosen.and_then(|(_, word)| match id == controls::PUT_UNDER.id {
                true => Part::from_word(word).map(Whither::Under),
                false => word.parse().ok().map(Whither::With),
            });
            let item = chosen.map(|(item, _)| item);
            enter::<actions::move_parked::MoveItem>(ctx, request, item, whither).await
        }
        id if agreement::clicks(id) => agreement::button(ctx, request, clicked).await,
        id if growth::clicks(id) => growth::button(ctx, request, clicked).await,
        id if settings::clicks(id) => settings::button(ctx, request, clicked).await,
        // The page is open already; Slack only says so.
        id if id == controls::ADD_TO_GOOGLE.id || id == controls::ADD_TO_OUTLOOK.id => Ok(Answer::Nothing),
        id if peers::clicks(id) => peers::button(ctx, request, clicked).await,
        id if rhythms::clicks(id) => rhythms::button(ctx, request, clicked).await,
        id if never_the_boss::clicks(id) => never_the_boss::button(ctx, request, clicked).await,
        id if finding::clicks(id) => finding::button(ctx, request, clicked).await,
        id if asking::clicks(id) => asking::button(ctx, request, clicked).await,
        id if leaving::clicks(id) => leaving::button(ctx, request, clicked).await,
        id if outside::clicks(id) => outside::button(ctx, request, clicked).await,
        id if programme::clicks(id) => programme::button(ctx, request, clicked).await,
        id if asks::clicks(id) => asks::button(ctx, request, clicked).await,
        id if introducing::clicks(id) => introducing::button(ctx, request, clicked).await,
        id if outside_introductions::clicks(id) => outside_introductions::button(ctx, request, clicked).await,
        id if network::clicks(id) => network::button(ctx, request, clicked).await,
        _ => Ok(Answer::notice(Markup::words(
            "That button is from an older version of me, and nothing was changed. My newer messages have what works now.",
        ))),
    }
}

async fn form(ctx: &Ctx, request: &Request, submitted: &ViewSubmission) -> Result<Answer, Failure> {
    let (about, fields) = (submitted.private_metadata.as_str(), submitted.state.clone());
    match submitted.callback_id.as_str() {
        forms::ASK if about.is_empty() && fields.user(ask_form::MENTOR).is_none() => {
            Ok(Answer::error(ask_form::MENTOR, "Choose whom to ask."))
        }
        forms::ASK => {
            // Named in the command, or chosen in the form.
            let chosen = fields.user(ask_form::MENTOR).map(|user_id| Who::User(user_id.to_owned()));
            let whom = chosen.or_else(|| about.parse().ok().map(Who::Person));
            enter::<modals::ask::SendRequest>(ctx, request, whom, fields).await
        }
        forms::ACCEPT => enter::<modals::accept::Accept>(ctx, request, about.parse().ok(), fields).await,
        forms::AGENDA => enter::<modals::agenda::SaveAgenda>(ctx, request, about.parse().ok(), fields).await,
        forms::MOVE => enter::<modals::change_meeting::Move>(ctx, request, about.parse().ok(), fields).await,
        forms::LEAVE_OUT => enter::<modals::change_meeting::LeaveOut>(ctx, request, about.parse().ok(), fields).await,
        forms::WE_MET => enter::<modals::we_met::Met>(ctx, request, about.parse().ok(), fields).await,
        forms::PARK => {
            enter::<modals::park::ParkMessage>(ctx, request, Some(()), (fields, SourceLink::parse(about))).await
        }
        forms::ADD_POINT => enter::<modals::add_point::SavePoint>(ctx, request, about.parse().ok(), fields).await,
        id if agreement::first_field(id).is_some() => agreement::form(ctx, request, submitted).await,
        id if growth::first_field(id).is_some() => growth::form(ctx, request, submitted).await,
        id if settings::first_field(id).is_some() => settings::form(ctx, request, submitted).await,
        id if peers::first_field(id).is_some() => peers::form(ctx, request, submitted).await,
        id if rhythms::first_field(id).is_some() => rhythms::form(ctx, request, submitted).await,
        id if finding::first_field(id).is_some() => finding::form(ctx, request, submitted).await,
        id if asking::first_field(id).is_some() => asking::form(ctx, request, submitted).await,
        id if leaving::first_field(id).is_some() => leaving::form(ctx, request, submitted).await,
        id if outside::first_field(id).is_some() => outside::form(ctx, request, submitted).await,
        id if programme::first_field(id).is_some() => programme::form(ctx, request, submitted).await,
        id if asks::first_field(id).is_some() => asks::form(ctx, request, submitted).await,
        id if introducing::first_field(id).is_some() => introducing::form(ctx, request, submitted).await,
        id if network::first_field(id).is_some() => network::form(ctx, request, submitted).await,
        _ => Ok(Answer::notice(Markup::words(
            "That form is from an older version of me, and nothing was changed. My newer messages have what works now.",
        ))),
    }
}

async fn shortcut(ctx: &Ctx, request: &Request, used: &Shortcut) -> Result<Answer, Failure> {
    match used.callback_id.as_str() {
        controls::shortcuts::ADD_TO_AGENDA => {
            enter::<shortcuts::add_to_agenda::AddToAgenda>(ctx, request, Some(()), used.clone()).await
        }
        controls::shortcuts::WHO => asks::begin(ctx, request, None).await,
        controls::shortcuts::ADD_TO_NETWORK => {
            enter::<shortcuts::add_to_network::AddToNetwork>(ctx, request, Some(()), used.clone()).await
        }
        controls::shortcuts::LOG_A_WIN => enter::<OpenWinForm>(ctx, request, Some(()), Prefilled::Nothing).await,
        _ => Ok(Answer::notice(Markup::words(
            "That shortcut is from an older version of me, and nothing was changed. Type `/mentor` to see where you stand.",
        ))),
    }
}

/// Where a problem with a whole form is shown: its first field.
fn first_field(callback_id: &str) -> &'static str {
    match callback_id {
        forms::ASK => ask_form::AIM,
        forms::ACCEPT => rhythm_inputs::DAY,
        forms::WE_MET => meeting_form::HOMEWORK,
        forms::MOVE => change_forms::DATE,
        forms::PARK => park_form::TEXT,
        forms::ADD_POINT => point_form::POINT,
        other => {
            let families = [
                agreement::first_field,
                growth::first_field,
                settings::first_field,
                peers::first_field,
                rhythms::first_field,
                asking::first_field,
                finding::first_field,
                leaving::first_field,
                outside::first_field,
                programme::first_field,
                asks::first_field,
                introducing::first_field,
                network::first_field,
            ];
            families.into_iter().find_map(|first_field| first_field(other)).unwrap_or(Part::Why.word())
        }
    }
}

async fn event(ctx: &Ctx, told: &EventEnvelope, dedupe_key: Option<String>, asked: Asked) -> Routed {
    let result = match &told.event {
        Event::HomeOpened { sender, .. } => {
            let request = request_of(sender, dedupe_key);
            enter::<home::OpenHome>(ctx, &request, Some(()), ()).await.map(|_| ())
        }
        Event::PersonChanged { user } | Event::PersonJoined { user } => {
            events::person_changed(ctx, dedupe_key.as_deref(), user.clone()).await
        }
        _ => Ok(()),
    };
    match result {
        Ok(()) | Err(Failure::SeenBefore | Failure::Refused) => Routed::Reply(Reply::empty()),
        Err(Failure::Unknown(user_id)) if asked == Asked::No => Routed::LearnFirst { user_id, meanwhile: None },
        Err(Failure::Unknown(_)) => Routed::Reply(Reply::empty()),
        Err(failure @ (Failure::Store(_) | Failure::TooSlow)) => {
            log(&failure);
            Routed::NotNow
        }
    }
}

fn request_of(sender: &Sender, dedupe_key: Option<String>) -> Request {
    Request {
        sender: identity(sender),
        dedupe_key,
        trigger_id: String::new(),
        response_url: None,
        modal: None,
        from: From::Button,
    }
}

fn log(failure: &Failure) {
    match failure {
        Failure::Store(failure) => tracing::error!(%failure, "not saved"),
        Failure::TooSlow => tracing::error!("the database did not answer in time"),
        Failure::Refused | Failure::SeenBefore | Failure::Unknown(_) => {}
    }
}

/// The reply to an envelope whose acknowledgement is gone already, because Slack had to be asked first: everything that
/// would have been in the acknowledgement goes another way, if there is one.
pub fn late(reply: Reply, inbound: &Inbound) -> Reply {
    use crate::slack::reply::{Ack, Follow};
    let respond = |response_url: &Option<String>, message: Value| {
        response_url.clone().map(|response_url| Follow::Respond { response_url, message })
    };
    let said = match (reply.ack, inbound) {
        (Ack::Message(message), Inbound::Command(SlashCommand { response_url, .. })) => respond(response_url, message),
        _ => None,
    };
    Reply { ack: Ack::Empty, follow: said.into_iter().chain(reply.follow).collect() }
}
