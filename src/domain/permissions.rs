//! Who may do what: the one place that turns an actor, an action and an object into a permit.
//!
//! Owns: the actions, their rules, and [`Permit`], which only a kept rule can make. Handlers take a permit and nothing
//! else, so a handler without a rule does not compile. Must not: know how people, pairs or clicks are found.

use super::agenda_items::{AgendaItemOfPair, KeptQuestion};
use super::agreements::AgreementOfPair;
use super::coordinators::Coordinators;
use super::goals::{GoalOfPair, sets_goals};
use super::homework::HomeworkOfPair;
use super::inquiry::InquiryOfPair;
use super::letters::ToForward;
use super::meetings::MeetingOfPair;
use super::network::NetworkEntry;
use super::pairs::{PairOfPeople, PairState, Role};
use super::peers::PeerQuestionOfPair;
use super::people::{Person, Standing};
use super::reminders_introduction::{IntroductionOfPeople, NominationOfIntroduction, RequestOfIntroduction};
use super::reviews::ReviewOfPair;
use super::rhythm_proposals::ProposalOfPair;
use super::suggestion::ManagerRequest;
use super::wins::WinOfPair;

/// Something people can do to something.
pub trait Action: Send + Sync + 'static {
    /// What it is done to.
    type Object: Send + Sync;

    /// Whether this person may do it. The person's account is known to be in order.
    ///
    /// # Errors
    /// [`Refused`], which says no more than that.
    fn rule(actor: &Person, object: &Self::Object) -> Result<(), Refused>;
}

/// "Not yours" and "does not exist" are the same answer: nothing to be learnt from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

/// Proof that `A`'s rule holds for this actor and this object. Nobody makes one by hand:
///
/// ```compile_fail,E0451
/// use mentor::domain::people::Person;
/// use mentor::domain::permissions::{Permit, SeeOwnStatus};
///
/// fn forge(actor: Person) -> Permit<SeeOwnStatus> {
///     Permit { actor, object: (), checked: todo!() }
/// }
/// ```
#[derive(Debug)]
pub struct Permit<A: Action> {
    /// Who acts.
    pub actor: Person,
    /// What is acted upon.
    pub object: A::Object,
    checked: Checked,
}

#[derive(Debug)]
struct Checked;

impl<A: Action> Permit<A> {
    /// The only way to a permit: the account is in order and the rule holds.
    ///
    /// # Errors
    /// [`Refused`] when there is no such object, or the actor may not do this to it.
    pub fn request(actor: Person, object: Option<A::Object>) -> Result<Self, Refused> {
        let object = object.ok_or(Refused)?;
        if actor.deactivated || actor.standing == Standing::Bot {
            return Err(Refused);
        }
        A::rule(&actor, &object)?;
        Ok(Self { actor, object, checked: Checked })
    }

    /// Takes the permit apart, once it is used.
    pub fn take(self) -> (Person, A::Object) {
        let Checked = self.checked;
        (self.actor, self.object)
    }
}

/// Declares actions: what they act upon and who may do them.
macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident($object:ty) if |$actor:ident, $thing:ident| $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;

        impl Action for $name {
            type Object = $object;
            fn rule($actor: &Person, $thing: &Self::Object) -> Result<(), Refused> {
                if $rule { Ok(()) } else { Err(Refused) }
            }
        }
    )+};
}

/// Somebody named in a command or a form.
pub type Somebody = Person;

actions! {
    /// See where one stands: one's own status, one's own Home.
    SeeOwnStatus(()) if |_actor, _nothing| true;
    /// See and change what one has set for oneself.
    ChangeOwnSettings(()) if |_actor, _nothing| true;
    /// Ask somebody to be one's mentor. Whether that somebody can be asked is answered in words, not here.
    AskToMentor(Somebody) if |actor, _somebody| actor.standing != Standing::Outsider;
    /// Read what the mentee wants to work on.
    ReadProposal(PairOfPeople) if |actor, of| of.pair.role_of(actor.id).is_some();
    /// Accept or decline.
    AnswerProposal(PairOfPeople) if |actor, of| of.pair.role_of(actor.id) == Some(Role::Mentor);
    /// Write the agenda.
    PrepareAgenda(MeetingOfPair) if |actor, of| of.of.pair.prepares(actor.id);
    /// Read the agenda.
    ReadAgenda(MeetingOfPair) if |actor, of| of.of.pair.role_of(actor.id).is_some();
    /// Move a meeting or leave it out, before it begins.
    ChangeMeeting(MeetingOfPair) if |actor, of| of.of.pair.role_of(actor.id).is_some();
    /// Say how a meeting turned out.
    ReportMeeting(MeetingOfPair) if |actor, of| of.of.pair.prepares(actor.id);
    /// Put something on one's own next agenda. Whether there is one is answered in words, not here.
    ParkOnAgenda(()) if |_actor, _nothing| true;
    /// Put what one put on an agenda somewhere else.
    MoveParked(AgendaItemOfPair) if |actor, found| {
        found.item.author == actor.id && found.of.pair.role_of(actor.id).is_some()
    };
    /// Say what shall become of a question one typed.
    UseQuestion(KeptQuestion) if |actor, question| question.person == actor.id;
    /// Add a point to the agenda that the other prepares.
    AddPoint(MeetingOfPair) if |actor, of| of.of.pair.reads(actor.id);
    /// Add homework, for oneself or for the other.
    AddHomework(PairOfPeople) if |actor, of| is_of_live(actor, of);
    /// Return or move homework.
    ReturnHomework(HomeworkOfPair) if |actor, of| is_of_live(actor, &of.of) && of.homework.owner == actor.id;
    /// Say that homework was talked about.
    ReviewHomework(HomeworkOfPair) if |actor, of| is_of_live(actor, &of.of);
    /// Drop homework.
    DropHomework(HomeworkOfPair) if |actor, of| is_of_live(actor, &of.of) && of.homework.owner == actor.id;
    /// Set a goal.
    SetGoal(PairOfPeople) if |actor, of| is_of_live(actor, of) && sets_goals(of, actor.id);
    /// Change a goal, reach it, drop it.
    ChangeGoal(GoalOfPair) if |actor, of| is_of_live(actor, &of.of) && of.goal.owner == actor.id;
    /// Decide about a pair that rule 1 holds back. Whether it is held is answered in words, not here.
    SettleHeldPair(PairOfPeople) if |actor, of| of.pair.role_of(actor.id).is_some();
    /// Say something about oneself, and who may ask one.
    EditProfile(()) if |actor, _nothing| actor.standing != Standing::Outsider;
    /// Look for a mentor inside the organisation.
    FindMentor(()) if |actor, _nothing| actor.standing != Standing::Outsider;
    /// Answer what a mentor would like to know first.
    AnswerInquiry(InquiryOfPair) if |actor, of| of.of.pair.role_of(actor.id) == Some(Role::Mentee);
    /// Ask somebody, as one's manager, to suggest a mentor. Whether that is possible is answered in words, not here.
    AskForSuggestion(Somebody) if |actor, _somebody| actor.standing != Standing::Outsider;
    /// As a manager, suggest somebody or nobody.
    AnswerRequest(ManagerRequest) if |actor, request| request.manager.id == actor.id;
    /// Read a win.
    ReadWin(WinOfPair) if |actor, of| of.of.pair.role_of(actor.id).is_some();
    /// Ask the other to become peers. Whether that makes sense is answered in words, not here.
    AskPeers(PairOfPeople) if |actor, of| is_of_live(actor, of);
    /// Say whether to become peers: who was asked does.
    AnswerPeers(PeerQuestionOfPair) if |actor, of| {
        of.of.pair.role_of(actor.id).is_some() && of.question.asked_by != actor.id
    };
    /// Propose another rhythm.
    ProposeRhythm(PairOfPeople) if |actor, of| is_of_live(actor, of);
    /// Agree to a proposed rhythm or keep the old one: the half that did not propose it.
    AnswerRhythm(ProposalOfPair) if |actor, about| {
        about.of.pair.role_of(actor.id).is_some() && about.proposal.by != actor.id
    };
    /// Pause a pair, or take one's own pause back.
    PausePair(PairOfPeople) if |actor, of| is_of_live(actor, of);
    /// Pause or go on with one's own pair, which a command leaves to be found. Whether there is one is answered in words.
    PauseOwn(()) if |_actor, _nothing| true;
    /// Read what two people agreed.
    ReadAgreement(PairOfPeople) if |actor, of| is_of_live(actor, of);
    /// Sign one version of an agreement, or write the next. Which of them is to be signed is answered in words, not here.
    WriteAgreement(AgreementOfPair) if |actor, of| is_of_live(actor, &of.of);
    /// Say how a pair goes on.
    AnswerReview(ReviewOfPair) if |actor, of| is_of_live(actor, &of.of);
    /// Finish, or add a few words after the other did.
    FinishPair(PairOfPeople) if |actor, of| {
        of.pair.role_of(actor.id).is_some()
            && matches!(of.pair.state, PairState::Active | PairState::Paused | PairState::Ended)
    };
    /// See who sees what of what one wrote.
    SeePrivacy(()) if |_actor, _nothing| true;
    /// Take one's own data along.
    ExportOwnData(()) if |_actor, _nothing| true;
    /// Be forgotten.
    BeForgotten(()) if |_actor, _nothing| true;
    /// Add a mentor who has only an e-mail address.
    AddOutside(()) if |actor, _nothing| actor.standing == Standing::Member;
    /// Say where letters to such a mentor go: their mentee does.
    CorrectAddress(PairOfPeople) if |actor, of| {
        is_of_live(actor, of) && of.mentee.id == actor.id && of.mentor.is_contact()
    };
    /// Copy a letter to such a mentor: their mentee does.
    CopyLetter(ToForward) if |actor, found| found.letter.of.mentee.id == actor.id;
    /// Run the programme: what a coordinator does.
    RunProgramme(Coordinators) if |actor, coordinators| coordinators.include(actor);
    /// Ask whom one can talk to.
    AskAround(()) if |actor, _nothing| matches!(actor.standing, Standing::Member | Standing::Guest);
    /// Read what one asked, and ask again.
    ReadOwnAsk(IntroductionOfPeople) if |actor, of| of.introduction.asker == actor.id;
    /// Take an ask back. Whether it is too late is answered in words, not here.
    WithdrawAsk(IntroductionOfPeople) if |actor, of| of.introduction.asker == actor.id;
    /// Say what came of an ask. Whether that is wanted is answered in words, not here.
    FollowUpAsk(IntroductionOfPeople) if |actor, of| of.introduction.asker == actor.id;
    /// Read what came of an ask: whoever brought the two together, or was met.
    ReadThanks(IntroductionOfPeople) if |actor, of| of.thanked().contains(&actor.id);
    /// Read an ask one was asked to name somebody for. Whether it is over is answered in words, not here.
    ReadAsk(RequestOfIntroduction) if |actor, ask| ask.request.person == actor.id;
    /// Name somebody, help, pass it on, or say "not this time".
    AnswerAsk(RequestOfIntroduction) if |actor, ask| ask.request.person == actor.id;
    /// Read what it is about as whoever was named. Before they are asked, it is not there.
    ReadNomination(NominationOfIntroduction) if |actor, named| is_named(actor, named);
    /// Say whether one would be introduced.
    AnswerNomination(NominationOfIntroduction) if |actor, named| is_named(actor, named);
    /// Keep a network of one's own.
    KeepNetwork(()) if |actor, _nothing| actor.standing != Standing::Outsider;
    /// Read or change what one noted of somebody on it.
    ChangeNetworkEntry(NetworkEntry) if |actor, entry| entry.owner == actor.id;
    /// Put the other half of a pair on it.
    NetworkFromPair(PairOfPeople) if |actor, of| {
        of.pair.role_of(actor.id).is_some()
            && actor.standing != Standing::Outsider
            && matches!(of.pair.state, PairState::Active | PairState::Paused | PairState::Ended)
    };
    /// Look back on a pair that is finished.
    LookBack(PairOfPeople) if |actor, of| of.pair.role_of(actor.id).is_some() && of.pair.state == PairState::Ended;
    /// Write to somebody outside: whoever named them does. Whether it is still needed is answered in words, not here.
    WriteOutside(NominationOfIntroduction) if |actor, found| {
        found.nomination.nominee.person().is_none()
            && found.of.writer(&found.nomination).is_some_and(|writer| writer.id == actor.id)
    };
}

/// Whether somebody is one of the two of a pair that goes on.
fn is_of_live(actor: &Person, of: &PairOfPeople) -> bool {
    of.pair.role_of(actor.id).is_some() && matches!(of.pair.state, PairState::Active | PairState::Paused)
}

/// Whether somebody was named and asked.
fn is_named(actor: &Person, named: &NominationOfIntroduction) -> bool {
    named.nomination.nominee.person() == Some(actor.id) && named.nomination.asked_at.is_some()
}
