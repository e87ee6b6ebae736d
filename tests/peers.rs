//! Peers and mentors outside, as pure rules: who prepares, who may be asked, when who hears.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use chrono::{DateTime, Datelike as _, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use mentor::domain::identifiers::{MeetingId, PairId, PeerQuestionId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingOfPair};
use mentor::domain::pairs::{CannotAsk, Pair, PairKind, PairOfPeople, PairState, Role};
use mentor::domain::peers::{CannotBecomePeers, PeerQuestion, PeerQuestionOfPair, PeerQuestionState};
use mentor::domain::people::{CannotMentor, Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::reminders::{MessageKind, Timetable, about_meeting};
use mentor::domain::rhythm::{Frequency, Regular, Rhythm};
use mentor::domain::settings::Settings;
use mentor::domain::working_time::WorkingTime;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn person(number: u128, standing: Standing) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: format!("person {number}"),
        time_zone: Some(Tz::Europe__London),
        standing,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

fn rhythm(frequency: Frequency) -> Rhythm {
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let regular = Regular { frequency, day: Weekday::Thu, time };
    Rhythm::regular(regular, "2026-01-05".parse().unwrap(), Tz::Europe__London, 45).unwrap()
}

fn couple(kind: PairKind) -> PairOfPeople {
    let (mentee, mentor) = (person(1, Standing::Member), person(2, Standing::Member));
    let pair = Pair {
        id: PairId(Uuid::from_u128(3)),
        kind,
        state: PairState::Active,
        mentee: mentee.id,
        mentor: mentor.id,
        aim: PrivateText::typed("to learn").unwrap(),
        asked_at: at("2026-01-05T10:00:00Z"),
        answer_by: at("2026-01-08T10:00:00Z"),
        rhythm: Some(rhythm(Frequency::Weekly)),
    };
    PairOfPeople { pair, mentee, mentor }
}

fn asked(of: &PairOfPeople, by: PersonId, now: DateTime<Utc>) -> PeerQuestion {
    PeerQuestion::ask(PeerQuestionId(Uuid::from_u128(9)), of, by, true, &WorkingTime::default(), now)
}

#[test]
fn who_prepares_and_who_reads() {
    for kind in PairKind::ALL.iter().copied() {
        let of = couple(kind);
        let (mentee, mentor, stranger) = (of.mentee.id, of.mentor.id, PersonId(Uuid::from_u128(7)));
        let peers = kind == PairKind::Peer;
        assert_eq!([mentee, mentor, stranger].map(|one| of.pair.prepares(one)), [true, peers, false], "{kind:?}");
        assert_eq!([mentee, mentor, stranger].map(|one| of.pair.reads(one)), [peers, true, false], "{kind:?}");
        assert_eq!(of.agendas().len(), if peers { 2 } else { 1 });
        assert_eq!(of.pair.agenda_read_by(mentor).role, Role::Mentee);
        assert_eq!(of.pair.agenda_read_by(mentee).role, if peers { Role::Mentor } else { Role::Mentee });
    }
}

#[test]
fn who_is_asked_decides_the_kind_of_pair() {
    let me = person(1, Standing::Member);
    let now = at("2026-03-02T10:00:00Z");
    for (standing, as_peers, expected) in [
        (Standing::Member, false, Ok(PairKind::InOrg)),
        (Standing::Member, true, Ok(PairKind::Peer)),
        (Standing::Outsider, false, Ok(PairKind::External)),
        (Standing::Outsider, true, Err(CannotAsk::PeerOutside)),
        (Standing::Guest, false, Err(CannotAsk::Mentor(CannotMentor::Guest))),
        (Standing::Guest, true, Err(CannotAsk::Mentor(CannotMentor::Guest))),
        (Standing::Bot, false, Err(CannotAsk::Mentor(CannotMentor::Bot))),
    ] {
        let other = person(2, standing);
        let found = Pair::kind_with(&other, as_peers)
            .and_then(|kind| Pair::may_ask(&me, &other, kind, None, None, now).map(|()| kind));
        assert_eq!(found, expected, "{standing:?}, as peers: {as_peers}");
    }
    let left = Person { deactivated: true, ..person(2, Standing::Outsider) };
    let refused = Pair::may_ask(&me, &left, PairKind::External, None, None, now);
    assert_eq!(refused, Err(CannotAsk::Mentor(CannotMentor::Deactivated)));
}

#[test]
fn two_are_peers_once_but_may_mentor_each_other() {
    let now = at("2026-03-02T10:00:00Z");
    for (theirs, mine, fine) in [
        (PairKind::InOrg, PairKind::InOrg, true),
        (PairKind::InOrg, PairKind::Peer, false),
        (PairKind::Peer, PairKind::InOrg, false),
        (PairKind::Peer, PairKind::Peer, false),
    ] {
        let of = couple(theirs);
        let found = Pair::may_ask(&of.mentor, &of.mentee, mine, None, Some(&of.pair), now);
        assert_eq!(found, if fine { Ok(()) } else { Err(CannotAsk::AlreadyPaired(theirs)) });
        let ended = Pair { state: PairState::Ended, ..of.pair.clone() };
        assert_eq!(Pair::may_ask(&of.mentor, &of.mentee, mine, None, Some(&ended), now), Ok(()));
    }
}

#[test]
fn an_agenda_with_somebody_outside_is_asked_for_five_working_days_ahead() {
    let programme = WorkingTime::default();
    for (kind, expected) in [
        (PairKind::InOrg, "2026-04-02T10:00:00Z"),
        (PairKind::Peer, "2026-04-02T10:00:00Z"),
        (PairKind::External, "2026-03-30T10:00:00Z"),
    ] {
        let of = couple(kind);
        let meeting = Meeting {
            slot_at: at("2026-04-06T10:00:00Z"),
            starts_at: at("2026-04-06T10:00:00Z"),
            ..Meeting::first(
                MeetingId(Uuid::from_u128(4)),
                of.pair.id,
                &rhythm(Frequency::Weekly),
                &of.working_times(&WorkingTime::default()),
                of.pair.asked_at,
            )
            .unwrap()
        };
        let of = MeetingOfPair { meeting, of };
        let times = Timetable::between(&of, &of.of.mentee, &of.of.mentor, &programme);
        assert_eq!(times.request_at, at(expected), "{kind:?}");
        let plan = about_meeting(&of, |person| person == of.of.mentee.id, &programme, times.request_at);
        let requests: Vec<_> = plan.owed.iter().filter(|owed| owed.kind == MessageKind::AgendaRequest).collect();
        assert_eq!(
            requests.iter().map(|owed| owed.to).collect::<Vec<_>>(),
            [of.of.mentee.id],
            "who has prepared is not asked"
        );
    }
}

#[test]
fn the_question_about_peers() {
    let of = couple(PairKind::InOrg);
    let (me, other) = (of.mentee.id, of.mentor.id);
    let now = at("2026-03-02T10:00:00Z");
    let may = |of: &PairOfPeople, latest: Option<&PeerQuestion>, now| PeerQuestion::may_ask(of, me, latest, now);
    assert_eq!(may(&of, None, now), Ok(()));
    assert_eq!(may(&couple(PairKind::Peer), None, now), Err(CannotBecomePeers::ArePeers));
    assert_eq!(may(&couple(PairKind::External), None, now), Err(CannotBecomePeers::Outside));
    let mut left = of.clone();
    left.mentor.deactivated = true;
    assert_eq!(may(&left, None, now), Err(CannotBecomePeers::OtherLeft));

    let question = asked(&of, me, now);
    assert_eq!(question.answer_by, at("2026-03-05T10:00:00Z"));
    let waits = Err(CannotBecomePeers::AlreadyAsked { answer_by: question.answer_by });
    assert_eq!(may(&of, Some(&question), now), waits);
    // A no reads as silence until the time is over.
    let no = question.clone().answered(PeerQuestionState::Declined).unwrap();
    assert_eq!(may(&of, Some(&no), now), waits);
    assert_eq!(may(&of, Some(&no), question.answer_by), Ok(()));
    assert_eq!(no.answered(PeerQuestionState::Agreed), Err(PeerQuestionState::Declined));
    assert_eq!(may(&of, Some(&asked(&of, other, now)), now), Err(CannotBecomePeers::AskedByOther));
}

#[test]
fn what_is_owed_about_the_question_is_the_same_after_a_no_and_after_silence() {
    let programme = WorkingTime::default();
    let now = at("2026-03-02T10:00:00Z");
    let couple = couple(PairKind::InOrg);
    let open = PeerQuestionOfPair { question: asked(&couple, couple.mentee.id, now), of: couple };
    let state =
        |state| PeerQuestionOfPair { question: open.question.clone().answered(state).unwrap(), of: open.of.clone() };
    let (no, lapsed) = (state(PeerQuestionState::Declined), state(PeerQuestionState::Lapsed));
    let mut moment = now;
    while moment < now + TimeDelta::days(5) {
        let kinds = |of: &PeerQuestionOfPair| {
            let plan = of.plan(&programme, moment);
            assert!(
                plan.owed.iter().all(|owed| of.still_owed(owed.kind) || of.question.state == PeerQuestionState::Open)
            );
            plan.owed
                .iter()
                .filter(|owed| owed.to == of.question.asked_by)
                .map(|owed| (owed.kind, owed.due_at))
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds(&no), kinds(&lapsed), "at {moment}");
        assert_eq!(open.plan(&programme, moment).time_is_up, moment >= open.question.answer_by);
        moment += TimeDelta::hours(1);
    }
}

#[test]
fn every_two_weeks_is_counted_from_the_next_meeting() {
    let of = couple(PairKind::InOrg);
    let now = at("2026-03-02T10:00:00Z");
    let both = of.working_times(&WorkingTime::default());
    let first = Meeting::first(MeetingId(Uuid::from_u128(4)), of.pair.id, of.pair.rhythm.as_ref().unwrap(), &both, now)
        .unwrap();
    let question = asked(&of, of.mentee.id, now);
    let of = PeerQuestionOfPair { question, of };
    let pair = of.pair_of_peers(Some(&first), now);
    assert_eq!(pair.kind, PairKind::Peer);
    let next = first.following(first.id, pair.rhythm.as_ref().unwrap(), &both, now).unwrap();
    assert_eq!(next.starts_at - first.starts_at, TimeDelta::weeks(2));
    assert_eq!(next.starts_at.weekday(), Weekday::Thu);
    let unchanged = PeerQuestionOfPair {
        question: PeerQuestion { every_two_weeks: false, ..of.question.clone() },
        of: of.of.clone(),
    };
    assert_eq!(unchanged.pair_of_peers(Some(&first), now).rhythm, of.of.pair.rhythm);
}
