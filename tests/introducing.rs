//! What people in between know of an ask: the same, whatever became of whom they named, unless names met.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId};
use mentor::domain::introducing::{HolderKnows, NomineeKnows};
use mentor::domain::introductions::{
    Introduction, IntroductionRequest, IntroductionState, Nomination, NominationState, Nominee, RequestState,
};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap())
}

/// An ask with one mentor who named these, and another who named nobody.
fn ask(state: IntroductionState, holder: RequestState, named: &[NominationState]) -> Introduction {
    let request = |number: usize, state| IntroductionRequest {
        id: IntroductionRequestId(id(10 + number)),
        person: PersonId(id(number)),
        passed_on_by: None,
        state,
        asked_at: now(),
        answer_by: now() + TimeDelta::days(3),
    };
    let nomination = |(number, state): (usize, &NominationState)| Nomination {
        id: NominationId(id(100 + number)),
        request: Some(IntroductionRequestId(id(12))),
        nominee: Nominee::Person(PersonId(id(50 + number))),
        note: None,
        state: *state,
        nominated_at: now(),
        asked_at: (!matches!(state, NominationState::Waiting)).then(now),
        answer_by: None,
    };
    Introduction {
        id: IntroductionId(id(1)),
        asker: PersonId(id(1)),
        state,
        may_pass_on: true,
        asked_at: now(),
        answer_by: now() + TimeDelta::days(14),
        ended_at: (state != IntroductionState::Open).then(now),
        looked_further: false,
        follow_up: None,
        requests: vec![request(2, holder), request(3, RequestState::Asked)],
        nominations: named.iter().enumerate().map(nomination).collect(),
    }
}

fn unmet() -> impl Strategy<Value = NominationState> {
    let met = |state: &NominationState| matches!(state, NominationState::Happy | NominationState::Written);
    select(NominationState::ALL.iter().copied().filter(|state| !met(state)).collect::<Vec<_>>())
}

/// Every ending in which whom this mentor named was not met, as the mentor reads it.
fn ended() -> impl Strategy<Value = IntroductionState> {
    select(vec![
        IntroductionState::Met,
        IntroductionState::Written,
        IntroductionState::Helped,
        IntroductionState::Nobody,
        IntroductionState::Withdrawn,
    ])
}

proptest! {
    /// Declined, silent, never asked, waiting: to whoever named them it is one and the same, while it goes on and after.
    #[test]
    fn whoever_named_somebody_cannot_tell(
        states in (1_usize..4).prop_flat_map(|count| (prop::collection::vec(unmet(), count), prop::collection::vec(unmet(), count))),
        end in ended(), other_end in ended(),
    ) {
        let (one, other) = states;
        let knows = |ask: Introduction| ask.as_holder_knows(&ask.requests[0]);
        let open = |named: &[NominationState]| knows(ask(IntroductionState::Open, RequestState::Nominated, named));
        prop_assert_eq!(open(&one), open(&other));
        prop_assert_eq!(open(&one), HolderKnows::Named(one.len()));
        let over = knows(ask(end, RequestState::Nominated, &one));
        prop_assert_eq!(over, knows(ask(other_end, RequestState::Nominated, &other)));
        prop_assert_eq!(over, HolderKnows::Over);
    }

    /// Whoever did not name them cannot tell either, whatever they answered themselves.
    #[test]
    fn nobody_else_can_tell(
        holder in select(RequestState::ALL), one in prop::collection::vec(unmet(), 0..4),
        other in prop::collection::vec(unmet(), 0..4), end in ended(),
    ) {
        for state in [IntroductionState::Open, end] {
            let knows = |named: &[NominationState]| {
                let ask = ask(state, holder, named);
                ask.as_holder_knows(&ask.requests[1])
            };
            prop_assert_eq!(knows(&one), knows(&other));
        }
    }

    /// What somebody who was named knows hangs on their own answer, and on whether it goes on.
    #[test]
    fn one_who_was_named_knows_of_themselves_alone(mine in unmet(), other in unmet(), another in unmet()) {
        let knows = |theirs| {
            let ask = ask(IntroductionState::Open, RequestState::Nominated, &[mine, theirs]);
            ask.as_nominee_knows(&ask.nominations[0])
        };
        prop_assert_eq!(knows(other), knows(another));
        if mine == NominationState::Waiting {
            prop_assert_eq!(knows(other), NomineeKnows::Nothing);
        }
    }

    /// What can be read is read by whoever still has something to do with it.
    #[test]
    fn who_said_no_reads_no_more(holder in select(RequestState::ALL), named in prop::collection::vec(unmet(), 0..4), end in ended()) {
        let ask = ask(end, holder, &named);
        let may = ask.holder_may_read(&ask.requests[0]);
        prop_assert_eq!(may, holder == RequestState::Helping);
        prop_assert!(ask.nominations.iter().all(|nomination| !ask.nominee_may_read(nomination)));
    }
}
