//! Asks, whatever people do and whenever: names meet only after a yes, nobody can find out who declined, and every path ends.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::contacts::EmailAddress;
use mentor::domain::identifiers::{IntroductionId, IntroductionRequestId, NominationId, PersonId};
use mentor::domain::introductions::{
    AskText, FollowUp, Introduction, IntroductionState, NominationState, Nominee, RequestState,
};
use mentor::domain::message_kind::MessageKind;
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::reminders_introduction::{IntroductionOfPeople, answer_by};
use mentor::domain::settings::Settings;
use mentor::domain::working_time::WorkingTime;
use proptest::prelude::*;
use uuid::Uuid;

/// Who asks.
const ASKER: u128 = 1;
/// Mentors of the asker have the numbers 2 to 4, theirs 5 and 6, people who may be named 7 to 12, who offers the topic 13 and 14.
const MENTORS: std::ops::RangeInclusive<u128> = 2..=4;
const FURTHER: std::ops::RangeInclusive<u128> = 5..=6;
const NOMINEES: std::ops::RangeInclusive<u128> = 7..=12;
const OFFERING: std::ops::RangeInclusive<u128> = 13..=14;

fn id(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn person(number: u128) -> Person {
    Person {
        id: id(number),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: format!("person {number}"),
        time_zone: Some(chrono_tz::Europe::Berlin),
        standing: Standing::Member,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

/// What somebody does with the n-th thing of its kind.
#[derive(Clone, Debug)]
enum Deed {
    Nominate { request: usize, nominee: u128 },
    NominateOutside { request: usize },
    Help { request: usize },
    HelpWithoutAgenda { request: usize },
    PassOn { request: usize },
    DeclineRequest { request: usize },
    Agree { nomination: usize },
    Refuse { nomination: usize },
    Write { nomination: usize },
    Withdraw,
    FollowUp(FollowUp),
    Leave(u128),
    Wait { hours: i64 },
}

/// A yes of anybody: without one, the asker can be told of nobody.
fn is_yes(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Help { .. } | Deed::HelpWithoutAgenda { .. } | Deed::Agree { .. } | Deed::Write { .. } | Deed::Withdraw
    )
}

fn deeds() -> impl Strategy<Value = Deed> {
    let request = 0_usize..5;
    let nomination = 0_usize..8;
    prop_oneof![
        4 => (request.clone(), NOMINEES).prop_map(|(request, nominee)| Deed::Nominate { request, nominee }),
        1 => request.clone().prop_map(|request| Deed::NominateOutside { request }),
        1 => request.clone().prop_map(|request| Deed::Help { request }),
        1 => request.clone().prop_map(|request| Deed::HelpWithoutAgenda { request }),
        2 => request.clone().prop_map(|request| Deed::PassOn { request }),
        2 => request.prop_map(|request| Deed::DeclineRequest { request }),
        2 => nomination.clone().prop_map(|nomination| Deed::Agree { nomination }),
        3 => nomination.clone().prop_map(|nomination| Deed::Refuse { nomination }),
        1 => nomination.prop_map(|nomination| Deed::Write { nomination }),
        1 => Just(Deed::Withdraw),
        1 => prop_oneof![Just(FollowUp::Talked), Just(FollowUp::NotYet), Just(FollowUp::NoLongerNeeded)].prop_map(Deed::FollowUp),
        1 => (2_u128..15).prop_map(Deed::Leave),
        8 => (1_i64..60).prop_map(|hours| Deed::Wait { hours }),
    ]
}

/// An ask and everybody in it, with the planner's turn after every deed.
struct World {
    of: IntroductionOfPeople,
    now: DateTime<Utc>,
    made: u128,
    cannot_be_asked: BTreeSet<PersonId>,
    told: HashMap<(MessageKind, PersonId, Uuid), DateTime<Utc>>,
}

impl World {
    fn begin(mentors: usize, may_pass_on: bool, cannot_be_asked: BTreeSet<PersonId>) -> Self {
        let now: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
        let people: HashMap<PersonId, Person> = (1..15).map(|number| (id(number), person(number))).collect();
        let asked: Vec<Person> = MENTORS.take(mentors).map(person).collect();
        let requests = asked
            .iter()
            .enumerate()
            .map(|(n, mentor)| (IntroductionRequestId(Uuid::from_u128(100 + n as u128)), mentor));
        let introduction = Introduction::ask(
            IntroductionId(Uuid::from_u128(99)),
            &people[&id(ASKER)],
            requests,
            may_pass_on,
            &WorkingTime::default(),
            now,
        );
        let text =
            AskText { topic: PrivateText::typed("pricing").unwrap(), why: None, would_help: None, give_back: None };
        let of = IntroductionOfPeople { introduction, text, came_of_it: None, people, revision: 1 };
        let mut world = Self { of, now, made: 200, cannot_be_asked, told: HashMap::new() };
        world.turn();
        world
    }

    fn new_id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    fn ask(&mut self) -> &mut Introduction {
        &mut self.of.introduction
    }

    fn request(&self, n: usize) -> Option<IntroductionRequestId> {
        self.of.introduction.requests.get(n).map(|request| request.id)
    }

    fn nomination(&self, n: usize) -> Option<NominationId> {
        self.of.introduction.nominations.get(n).map(|nomination| nomination.id)
    }

    /// Does it; what cannot be done is refused and changes nothing.
    fn does(&mut self, deed: &Deed) {
        let (now, new) = (self.now, self.new_id());
        let before = self.of.introduction.clone();
        let refused = match deed {
            Deed::Nominate { request, nominee } => self.request(*request).is_some_and(|request| {
                let nominee = Nominee::Person(id(*nominee));
                self.ask().nominate(request, NominationId(new), nominee, None, now).is_err()
            }),
            Deed::NominateOutside { request } => self.request(*request).is_some_and(|request| {
                let name = PrivateText::typed("Jane").unwrap();
                let email = EmailAddress::typed("jane@example.org").unwrap();
                self.ask().nominate(request, NominationId(new), Nominee::Outside { name, email }, None, now).is_err()
            }),
            Deed::Help { request } => {
                self.request(*request).is_some_and(|request| self.ask().help(request, NominationId(new), now).is_err())
            }
            Deed::HelpWithoutAgenda { request } => self
                .request(*request)
                .is_some_and(|request| self.ask().help_without_agenda(request, NominationId(new), now).is_err()),
            Deed::PassOn { request } => self.request(*request).is_some_and(|request| {
                let to: Vec<_> = FURTHER
                    .map(|number| {
                        let by = answer_by(&self.of.people[&id(number)], &WorkingTime::default(), now);
                        (IntroductionRequestId(self.new_id()), id(number), by)
                    })
                    .collect();
                self.ask().pass_on(request, to, now).is_err()
            }),
            Deed::DeclineRequest { request } => {
                self.request(*request).is_some_and(|request| self.ask().decline(request).is_err())
            }
            Deed::Agree { nomination } => {
                self.nomination(*nomination).is_some_and(|nomination| self.ask().agree(nomination, now).is_err())
            }
            Deed::Refuse { nomination } => {
                self.nomination(*nomination).is_some_and(|nomination| self.ask().refuse(nomination).is_err())
            }
            Deed::Write { nomination } => {
                self.nomination(*nomination).is_some_and(|nomination| self.ask().written(nomination, now).is_err())
            }
            Deed::Withdraw => self.ask().withdraw(now).is_err(),
            Deed::FollowUp(answer) => self.ask().follow_up(*answer, now).is_err(),
            Deed::Leave(number) => {
                self.of.people.get_mut(&id(*number)).unwrap().deactivated = true;
                false
            }
            Deed::Wait { hours } => {
                self.now += TimeDelta::hours(*hours);
                false
            }
        };
        if refused {
            assert_eq!(self.of.introduction, before, "what is refused changes nothing");
        }
        self.turn();
    }

    /// What the planner does, without its tables.
    fn turn(&mut self) {
        let now = self.now;
        let people = self.of.people.clone();
        let cannot = self.cannot_be_asked.clone();
        self.ask().time_passes(|id| !people[&id].deactivated, now);
        loop {
            while let Some(turn) = self.ask().next_in_turn(|_| None) {
                let nominee = self.of.introduction.nomination(turn).unwrap().nominee.person();
                if nominee.is_some_and(|id| cannot.contains(&id) || people[&id].deactivated) {
                    self.ask().pass_over(turn);
                } else {
                    let by = answer_by(&people[&nominee.unwrap_or(id(2))], &WorkingTime::default(), now);
                    self.ask().ask_nominee(turn, by, now);
                }
            }
            self.ask().settle_for_help(now);
            if !self.ask().should_look_further(now) {
                break;
            }
            let found: Vec<_> = OFFERING.map(|number| (NominationId(self.new_id()), id(number))).collect();
            self.ask().look_further(found, now);
        }
        for owed in self.of.plan(&WorkingTime::default(), now).owed {
            self.told.entry((owed.kind, owed.to, owed.subject)).or_insert(owed.due_at);
        }
        self.holds();
    }

    /// What holds at every moment.
    fn holds(&self) {
        let ask = &self.of.introduction;
        let count = |state| ask.nominations.iter().filter(|named| named.state == state).count();
        let in_turn = count(NominationState::Asked) + count(NominationState::ToWrite);
        assert!(in_turn <= 1, "one is asked at a time");
        assert_eq!(ask.is_open(), ask.ended_at.is_none());
        if !ask.is_open() {
            assert_eq!(in_turn + count(NominationState::Waiting), 0, "nothing stays open in an ask that ended");
            assert!(ask.requests.iter().all(|request| request.state != RequestState::Asked));
        }
        let met = ask.state == IntroductionState::Met;
        assert_eq!(count(NominationState::Happy), usize::from(met), "names meet with one yes, and only with one");
        assert_eq!(count(NominationState::Written), usize::from(ask.state == IntroductionState::Written));
        if met {
            let found = ask.found().unwrap();
            assert!(found.asked_at.is_some(), "whoever is met was asked or offered to");
            match ask.through(found) {
                Some(request) => {
                    assert!(matches!(request.state, RequestState::Nominated | RequestState::Helping), "and was named");
                }
                None => assert!(ask.looked_further),
            }
        }
        for (kind, to, _) in self.told.keys() {
            if *kind == MessageKind::NomineeAsked {
                assert!(!self.cannot_be_asked.contains(to), "whoever cannot be asked never is");
            }
        }
        for asked_at in
            ask.nominations.iter().filter(|named| named.request.is_none()).filter_map(|named| named.asked_at)
        {
            let had_their_time = ask.requests.iter().all(|request| request.answer_by <= asked_at);
            assert!(had_their_time, "whoever the app finds would tell that a mentor said no");
        }
        for request in &ask.requests {
            assert!(request.passed_on_by.is_none() || ask.may_pass_on, "passed on only if the asker wants it");
            if let Some(passer) = request.passed_on_by {
                assert!(ask.request_of(passer).unwrap().passed_on_by.is_none(), "one step and not two");
            }
        }
    }

    /// Everything the asker can notice so far: what they are told and when, and what their Home can show of the ask.
    fn asker_notices(&self) -> (IntroductionState, Vec<(MessageKind, DateTime<Utc>)>) {
        let mine = self.told.iter().filter(|((_, to, _), _)| *to == id(ASKER));
        let mut told: Vec<_> = mine.map(|((kind, _, _), at)| (*kind, *at)).collect();
        told.sort();
        (self.of.introduction.state, told)
    }
}

fn unreachable_people() -> impl Strategy<Value = BTreeSet<PersonId>> {
    prop::collection::btree_set(prop_oneof![NOMINEES, OFFERING].prop_map(id), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever people do and whenever, it comes to its end, at its deadline at the latest, and then nothing is left to do.
    #[test]
    fn every_path_ends(
        mentors in 0_usize..4,
        may_pass_on: bool,
        cannot in unreachable_people(),
        deeds in prop::collection::vec(deeds(), 0..40),
    ) {
        let mut world = World::begin(mentors, may_pass_on, cannot);
        for deed in &deeds {
            world.does(deed);
        }
        for _ in 0..60 {
            world.does(&Deed::Wait { hours: 24 });
        }
        prop_assert!(!world.of.introduction.is_open());
        prop_assert!(world.of.introduction.ended_at.unwrap() <= world.of.introduction.answer_by + TimeDelta::hours(60));
        prop_assert_eq!(world.of.plan(&WorkingTime::default(), world.now).look_again_at, None);
    }

    /// Without anybody's yes, the asker notices the same as if everybody had been silent, at the same moments: not who declined,
    /// not that anybody did, not whether anybody was named at all.
    #[test]
    fn nobody_finds_out_who_declined(
        mentors in 0_usize..4,
        may_pass_on: bool,
        cannot in unreachable_people(),
        deeds in prop::collection::vec(deeds().prop_filter("without a yes", |deed| !is_yes(deed)), 0..40),
    ) {
        let mut world = World::begin(mentors, may_pass_on, cannot);
        let mut silent = World::begin(mentors, may_pass_on, BTreeSet::new());
        for deed in &deeds {
            world.does(deed);
            let passes = if let Deed::Wait { hours } = deed { *hours } else { 0 };
            silent.does(&Deed::Wait { hours: passes });
            prop_assert_eq!(world.asker_notices(), silent.asker_notices());
        }
        for _ in 0..30 {
            world.does(&Deed::Wait { hours: 24 });
            silent.does(&Deed::Wait { hours: 24 });
            prop_assert_eq!(world.asker_notices(), silent.asker_notices());
        }
        prop_assert_eq!(world.of.introduction.state, IntroductionState::Nobody);
    }

    /// Nobody in between finds out either: what a mentor can tell of their own request depends on what they did with it, and on the
    /// end of the ask, not on what became of whom they named.
    #[test]
    fn whoever_named_somebody_cannot_tell_what_they_said(
        refuses: bool,
        waits in 1_i64..100,
        second: bool,
    ) {
        let run = |refuses: bool| {
            let mut world = World::begin(2, false, BTreeSet::new());
            world.does(&Deed::Nominate { request: 0, nominee: 7 });
            if second {
                world.does(&Deed::Nominate { request: 1, nominee: 8 });
            }
            if refuses {
                world.does(&Deed::Refuse { nomination: 0 });
            }
            world.does(&Deed::Wait { hours: waits });
            let ask = &world.of.introduction;
            let told = world.told.keys().filter(|(_, to, _)| *to == id(2)).map(|(kind, ..)| *kind).collect::<BTreeSet<_>>();
            (ask.requests[0].state, ask.state, told)
        };
        prop_assert_eq!(run(refuses), run(false));
    }
}

#[test]
fn the_second_is_asked_only_after_the_first_has_answered() {
    let mut world = World::begin(2, false, BTreeSet::new());
    world.does(&Deed::Nominate { request: 0, nominee: 7 });
    world.does(&Deed::Nominate { request: 1, nominee: 8 });
    let states = |world: &World| world.of.introduction.nominations.iter().map(|named| named.state).collect::<Vec<_>>();
    assert_eq!(states(&world), [NominationState::Asked, NominationState::Waiting]);
    world.does(&Deed::Refuse { nomination: 0 });
    assert_eq!(states(&world), [NominationState::Declined, NominationState::Asked]);
    world.does(&Deed::Agree { nomination: 1 });
    assert_eq!(world.of.introduction.state, IntroductionState::Met);
    assert_eq!(world.of.introduction.links(), [id(3)]);
}

#[test]
fn who_offers_the_topic_is_asked_when_no_mentor_knows_anybody() {
    let mut world = World::begin(1, false, BTreeSet::new());
    assert!(world.of.introduction.nominations.is_empty(), "not before the mentor had their time");
    world.does(&Deed::DeclineRequest { request: 0 });
    assert!(world.of.introduction.nominations.is_empty(), "nor because they said no, which nobody can tell");
    world.does(&Deed::Wait { hours: 24 * 3 });
    let asked: Vec<_> =
        world.of.introduction.nominations.iter().map(|named| (named.nominee.person(), named.state)).collect();
    assert_eq!(asked, [(Some(id(13)), NominationState::Asked), (Some(id(14)), NominationState::Waiting)]);
    world.does(&Deed::Agree { nomination: 0 });
    assert!(world.of.introduction.links().is_empty(), "nobody stands in between");
}
