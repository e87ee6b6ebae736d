//! Rules of homework, goals and typed words that no story reaches: peers, budgets, days that make no sense.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use mentor::domain::due::{BadDay, due_on};
use mentor::domain::goals::sets_goals;
use mentor::domain::homework::{Homework, HomeworkState};
use mentor::domain::identifiers::{HomeworkId, MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingOfPair, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairOfPeople, PairState};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::private_text::PrivateText;
use mentor::domain::reminders::{MessageKind, Plan};
use mentor::domain::reminders_homework::{Between, nudge};
use mentor::domain::settings::Settings;
use mentor::domain::working_time::WorkingTime;
use mentor::surfaces::commands::typed::readable;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn person(number: u128, zone: &str) -> Person {
    Person {
        id: PersonId(Uuid::from_u128(number)),
        slack: SlackIdentity { team_id: "T1".to_owned(), user_id: format!("U{number}") },
        name: format!("Person {number}"),
        time_zone: zone.parse().ok(),
        standing: Standing::Member,
        deactivated: false,
        locale: None,
        settings: Settings::default(),
    }
}

fn pair(kind: PairKind) -> PairOfPeople {
    let (mentee, mentor) = (person(1, "Europe/London"), person(2, "America/New_York"));
    let pair = Pair {
        id: PairId(Uuid::from_u128(3)),
        kind,
        state: PairState::Active,
        mentee: mentee.id,
        mentor: mentor.id,
        aim: PrivateText::typed("to lead").unwrap(),
        asked_at: at("2026-03-02T10:00:00Z"),
        answer_by: at("2026-03-05T10:00:00Z"),
        rhythm: None,
    };
    PairOfPeople { pair, mentee, mentor }
}

#[test]
fn the_mentee_sets_goals_and_so_does_each_of_two_peers() {
    let [mentee, mentor, stranger] = [1, 2, 9].map(|number| PersonId(Uuid::from_u128(number)));
    for (kind, mentor_does) in [(PairKind::InOrg, false), (PairKind::External, false), (PairKind::Peer, true)] {
        let of = pair(kind);
        let who = [mentee, mentor, stranger].map(|person| sets_goals(&of, person));
        assert_eq!(who, [true, mentor_does, false], "{kind:?}");
    }
}

#[test]
fn days_that_make_sense() {
    let today: NaiveDate = "2026-03-02".parse().unwrap();
    let read = |chosen| due_on(Some(chosen), today);
    assert_eq!(due_on(None, today), Ok(None));
    assert_eq!(read("2026-03-02"), Ok(Some(today)));
    assert_eq!(read("2028-02-29"), Ok("2028-02-29".parse().ok()));
    assert_eq!(read("2026-03-01"), Err(BadDay::Over));
    for nonsense in ["2026-02-30", "", "tomorrow", "2026-13-01", "+999999999-01-01"] {
        assert_eq!(read(nonsense), Err(BadDay::NoDay), "{nonsense}");
    }
    assert_eq!(read("9999-12-31"), Err(BadDay::TooFar));
}

/// Who is nudged at a moment about a meeting a week after the one before.
fn nudged(now: &str, mentor_got: i64, set_at: &str, owner: u128) -> (Vec<PersonId>, Option<DateTime<Utc>>) {
    let before = at("2026-03-05T15:00:00Z");
    let meeting = Meeting {
        id: MeetingId(Uuid::from_u128(4)),
        pair: PairId(Uuid::from_u128(3)),
        slot_at: before + TimeDelta::days(7),
        starts_at: before + TimeDelta::days(7),
        length_minutes: 30,
        state: MeetingState::Planned,
        planned_at: before,
        not_yet_at: None,
        most_useful: None,
        revision: 0,
    };
    let homework = Homework {
        id: HomeworkId(Uuid::from_u128(5)),
        pair: meeting.pair,
        owner: PersonId(Uuid::from_u128(owner)),
        task: PrivateText::typed("read").unwrap(),
        findings: None,
        state: HomeworkState::Open,
        due_on: None,
        set_at: at(set_at),
        carried: 0,
    };
    let of = MeetingOfPair { meeting, of: pair(PairKind::InOrg) };
    let mut plan = Plan::default();
    let between = Between { before: Some(before), homework: &[homework], mentor_got };
    nudge(&mut plan, &of, between, &WorkingTime::default(), at(now));
    assert!(plan.owed.iter().all(|owed| owed.kind == MessageKind::HomeworkNudge && owed.until <= of.meeting.starts_at));
    (plan.owed.iter().map(|owed| owed.to).collect(), plan.look_again_at)
}

#[test]
fn halfway_and_not_twice_too_many() {
    let [mentee, mentor] = [1, 2].map(|number| PersonId(Uuid::from_u128(number)));
    let set = "2026-03-05T16:00:00Z";
    // Halfway is Monday, 03:00 UTC; London opens at nine, New York (on summer time since Sunday) four hours later.
    assert_eq!(nudged("2026-03-06T10:00:00Z", 0, set, 1), (vec![], Some(at("2026-03-09T09:00:00Z"))));
    assert_eq!(nudged("2026-03-09T09:00:00Z", 0, set, 1), (vec![mentee], Some(at("2026-03-09T13:00:00Z"))));
    assert_eq!(nudged("2026-03-09T13:00:00Z", 1, set, 2), (vec![mentor], None));
    assert_eq!(nudged("2026-03-09T13:00:00Z", 2, set, 2), (vec![], None), "two messages a meeting, and no more");
    assert_eq!(nudged("2026-03-10T10:00:00Z", 0, "2026-03-09T20:00:00Z", 1), (vec![], None), "it is fresh");
    assert_eq!(nudged("2026-03-12T15:00:00Z", 0, set, 1), (vec![], None), "they meet");
}

#[test]
fn typed_words_read_as_they_were_typed() {
    for (typed, read) in [
        ("ask <@U1|ada> about <#C1|general>", "ask @ada about #general"),
        ("<@U1> and <#C1>", "@U1 and #C1"),
        ("see <https://example.org|the page> or <mailto:a@b.c|a@b.c>", "see https://example.org or mailto:a@b.c"),
        ("a < b and b > c", "a < b and b > c"),
        ("a <b", "a <b"),
        ("<b>bold</b> <<<>>>", "<b>bold</b> <<<>>>"),
        ("<!channel>", "<!channel>"),
    ] {
        assert_eq!(readable(&PrivateText::typed(typed).unwrap()).reveal(), read, "{typed}");
    }
}
