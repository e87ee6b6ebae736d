//! Messages about an agreement: that there is something to read and sign, never what it says.

use serde_json::{Value, json};

use crate::domain::agreements::{Agreement, AgreementOfPair, AgreementState};
use crate::domain::identifiers::PersonId;
use crate::domain::pairs::PairOfPeople;
use crate::domain::people::Person;
use crate::domain::reminders::MessageKind;
use crate::render::controls::{OPEN_AGREEMENT, OUR_AGREEMENT};
use crate::render::words::{mention, name, when};
use crate::slack::api::Outgoing;
use crate::slack::blocks::{Blocks, Button, Markup, actions, context, message, section};

/// The button that opens the agreement, with the words that fit whether it is signed.
pub fn button(of: &PairOfPeople, standing: &Agreement) -> Button {
    if standing.state == AgreementState::Draft { OPEN_AGREEMENT.on(of.pair.id) } else { OUR_AGREEMENT.on(of.pair.id) }
}

/// A message with the button below it.
pub fn with_button(mut outgoing: Outgoing, of: &PairOfPeople, standing: &Agreement) -> Outgoing {
    if let Value::Array(blocks) = &mut outgoing.blocks {
        blocks.push(json!(actions([button(of, standing)])));
    }
    outgoing
}

/// A form with a line below it: this agreement is not signed.
pub fn not_signed(mut view: Value, of: &PairOfPeople, reader: PersonId) -> Value {
    let line = Markup::words("The agreement between you and ")
        .piece(&mention(of.other(reader)))
        .and(if of.mentor.is_contact() { " is not signed yet." } else { " is not signed by both yet." })
        .and(" It stands on the Home tab.");
    if let Some(Value::Array(blocks)) = view.get_mut("blocks") {
        blocks.push(json!(context(&line)));
    }
    view
}

/// The reminder to sign a draft.
pub fn reminder(of: &PairOfPeople, standing: &Agreement, to: &Person) -> Outgoing {
    let other = of.other(to.id);
    let signed = of.pair.role_of(to.id).is_some_and(|role| standing.signed_at(role).is_some());
    let (line, button) = if signed {
        (Markup::words("You have signed your agreement with ").piece(&mention(other)).and("."), button(of, standing))
    } else {
        let line = Markup::words("Your agreement with ")
            .piece(&mention(other))
            .and(" waits for your signature. It says what you two can count on; you meet in any case.");
        (line, OPEN_AGREEMENT.primary_on(of.pair.id))
    };
    message(format!("Your agreement with {}", name(other)), vec![section(&line), actions([button])])
}

/// A message about one version.
pub fn draw(kind: MessageKind, found: &AgreementOfPair, to: &Person) -> Outgoing {
    let (version, of) = (&found.agreement, &found.of);
    let other = of.other(to.id);
    let signed = of.pair.role_of(to.id).is_some_and(|role| version.signed_at(role).is_some());
    let mut blocks: Blocks = vec![section(&line(kind, version, signed, other))];
    let wants = matches!(version.state, AgreementState::Draft | AgreementState::Proposed)
        && !signed
        && version.declined_at.is_none();
    let button = if wants { OPEN_AGREEMENT.primary_on(of.pair.id) } else { OUR_AGREEMENT.on(of.pair.id) };
    blocks.push(actions([button]));
    if let Some(by) = version.answer_by.filter(|_| wants && version.state == AgreementState::Proposed) {
        let words = "Until you sign it, what you agreed holds. Please answer by ";
        blocks.push(context(
            &Markup::words(words).piece(&when(by)).and(". “Not now” needs no reason, and reads the same as no answer."),
        ));
    }
    message(format!("Your agreement with {}", name(other)), blocks)
}

fn line(kind: MessageKind, version: &Agreement, signed: bool, other: &Person) -> Markup {
    let who = mention(other);
    match (kind, version.state) {
        (MessageKind::ChangeLapsed, _) => Markup::words("Your change of the agreement with ")
            .piece(&who)
            .and(" did not work out this time. What you two agreed holds as it was."),
        (_, AgreementState::Agreed | AgreementState::Replaced)
            if kind == MessageKind::AgreementSigned && other.is_contact() =>
        {
            Markup::words("You have signed your agreement with ")
                .piece(&who)
                .and(". Your signature is enough: they cannot sign here.")
        }
        (_, AgreementState::Agreed | AgreementState::Replaced) if kind == MessageKind::AgreementSigned => {
            Markup::words("You and ").piece(&who).and(" have both signed your agreement.")
        }
        (_, AgreementState::Agreed) => Markup::words("You have signed your agreement with ").piece(&who).and("."),
        (MessageKind::AgreementEdited, AgreementState::Draft) if signed => {
            Markup::words("You have signed your agreement with ").piece(&who).and(".")
        }
        (MessageKind::AgreementEdited, AgreementState::Draft) => {
            who.and(" changed your agreement. Your signature is taken back until you have read and signed it again.")
        }
        (_, AgreementState::Proposed) if version.declined_at.is_some() => {
            Markup::words("You answered “not now” to a change of your agreement with ").piece(&who).and(".")
        }
        (MessageKind::ChangeReminder, AgreementState::Proposed) => {
            Markup::words("A reminder: ").piece(&who).and(" would like to change your agreement.")
        }
        (_, AgreementState::Proposed) => who.and(" would like to change your agreement."),
        (_, AgreementState::Lapsed) => {
            Markup::words("The time to change your agreement with ").piece(&who).and(" is over. It holds as it was.")
        }
        _ => Markup::words("Your agreement with ").piece(&who).and(" was changed again since."),
    }
}
