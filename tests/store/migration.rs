//! Migrations on data: whatever an older version kept, this version reads.

use std::sync::Arc;

use chrono::{TimeDelta, Weekday};
use mentor::domain::agenda::Part;
use mentor::domain::agenda_items::Age;
use mentor::domain::agreements::AgreementState;
use mentor::domain::goals::GoalState;
use mentor::domain::homework::HomeworkState;
use mentor::domain::identifiers::{
    AgendaItemId, GoalId, HomeworkId, InquiryId, IntroductionId, KeptQuestionId, MeetingId, NominationId, PairId,
    PeerQuestionId, PersonId, WinId,
};
use mentor::domain::inquiry::InquiryState;
use mentor::domain::introductions::{FollowUp, IntroductionState, Nominee, RequestState as IntroductionRequestState};
use mentor::domain::meetings::MeetingState;
use mentor::domain::pairs::{PairKind, PairState, Role};
use mentor::domain::peers::PeerQuestionState;
use mentor::domain::people::Standing;
use mentor::domain::private_text::PrivateText;
use mentor::domain::profile::OpenTo;
use mentor::domain::reminders::MessageKind;
use mentor::domain::rhythm_proposals::ProposalState;
use mentor::domain::settings::{Hours, OffRange, Settings};
use mentor::domain::suggestion::RequestState;
use mentor::store::db::Db;
use mentor::store::migrate::{self, CannotMigrate, MIGRATIONS};
use mentor::store::outbox::{counts, doubt, queue};
use mentor::store::screens::{self, OnScreen};
use mentor::store::{
    agenda, agenda_items, agreements, coaching, finishes, goals, homework, inbox, inquiries, introductions,
    kept_questions, leases, meetings, overview, pairs, pauses, peer_questions, people, profiles, reviews,
    rhythm_proposals, suggestions, topic_aliases, topics, wins,
};
use sqlx::migrate::MigrateError;
use uuid::Uuid;

use crate::support::{Place, Store, at, both_empty, now, vault};

/// What a version adds to the data of those before it. A new migration adds a line.
macro_rules! data {
    ($($version:literal),+ $(,)?) => { &[$(include_str!(concat!("data/", $version, ".sql"))),+] };
}

const DATA: &[&str] = data![
    "0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014",
    "0015", "0016", "0017", "0018", "0019", "0020", "0021"
];

/// What a database of each version may hold: the data of all versions up to it.
fn versions() -> Vec<(i64, String)> {
    MIGRATIONS
        .iter()
        .zip(1..=DATA.len())
        .map(|(migration, count)| (migration.version, DATA[..count].concat()))
        .collect()
}

/// Data in the notation of PostgreSQL: `X'…'` is an identifier when it has sixteen bytes, else bytes.
pub(crate) fn for_postgres(sql: &str) -> String {
    let mut parts = sql.split("X'");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hexadecimal, rest) = part.split_once('\'').unwrap();
        written.push_str(if hexadecimal.len() == 32 { "'" } else { "'\\x" });
        written.push_str(hexadecimal);
        written.push('\'');
        written.push_str(rest);
    }
    written
}

#[test]
fn every_version_has_data() {
    let migrations: Vec<i64> = MIGRATIONS.iter().map(|migration| migration.version).collect();
    assert_eq!(DATA.len(), migrations.len(), "a line for each of {migrations:?}");
}

both_empty!(what_an_older_version_kept_is_read, |place: Arc<Place>| async move {
    for (version, data) in versions() {
        let place = if let Place::Sqlite(_) = &*place { Place::sqlite() } else { Place::empty_postgres().await };
        let place = Arc::new(place);
        let mut raw = place.raw().await;
        raw.migrate_to(&MIGRATIONS, version).await;
        if raw.is_sqlite() {
            raw.script(&data).await;
        } else {
            raw.script(&for_postgres(&data)).await;
        }
        let tables = if raw.is_sqlite() {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        } else {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        };
        for table in raw.rows(tables, &[]).await.into_iter().flatten() {
            let count = raw.one(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {table}"), &[]).await;
            assert_ne!(count, "0", "the data of version {version} has nothing in {table}");
        }
        drop(raw);
        let store = Store::ready(place).await;
        reads_everything(&store).await;
        if version >= 3 {
            reads_what_was_put_between(&store).await;
        }
        if version >= 4 {
            reads_goals(&store).await;
        }
        if version >= 6 {
            reads_settings(&store).await;
        }
        if version >= 7 {
            reads_proposals_and_pauses(&store).await;
        }
        if version >= 10 {
            reads_questions_about_peers(&store).await;
        }
        if version >= 8 {
            reads_agreements(&store).await;
        }
        if version >= 15 {
            reads_topics(&store).await;
        }
        if version >= 18 {
            reads_introductions(&store).await;
        }
        if version >= 20 {
            let aliases = topic_aliases::all(&mut store.read().await).await.unwrap();
            assert_eq!(aliases, ["OKR, objectives and key results"]);
        }
        if version >= 13 {
            reads_asking(&store).await;
        }
        store.db.close().await;
        store.place.remove().await;
    }
});

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_4000_8000_0000_0000_0000 + number)
}

async fn reads_everything(store: &Store) {
    reads_people(store).await;
    reads_pairs(store).await;
    reads_meetings(store).await;
    reads_homework_and_wins(store).await;
    reads_the_outbox(store).await;
    reads_the_rest(store).await;
}

async fn reads_settings(store: &Store) {
    let mut tx = store.read().await;
    let ada = people::get(&mut tx, PersonId(id(1))).await.unwrap();
    let time = |text: &str| text.parse().unwrap();
    let off = |first: &str, last: &str| OffRange { first: first.parse().unwrap(), last: last.parse().unwrap() };
    let expected = Settings {
        days: Some(vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Sat]),
        hours: Some(Hours::new(time("07:30:00"), time("15:30:00")).unwrap()),
        days_off: vec![off("2026-02-16", "2026-02-16"), off("2026-12-24", "2027-01-02")],
        agenda_days: Some(3),
        notice_days: Some(2),
        starting_soon_minutes: Some(10),
    };
    assert_eq!(ada.settings, expected);
    let grace = people::get(&mut tx, PersonId(id(2))).await.unwrap();
    assert_eq!(grace.settings, Settings { starting_soon_minutes: Some(0), ..Settings::default() });
    let lise = people::get(&mut tx, PersonId(id(3))).await.unwrap();
    assert_eq!((lise.locale.as_deref(), lise.settings), (Some("de-AT"), Settings::default()));
}

async fn reads_people(store: &Store) {
    let mut tx = store.read().await;
    let mut found = Vec::new();
    for number in 1..=7 {
        let person = people::get(&mut tx, PersonId(id(number))).await.unwrap();
        let zone = person.time_zone.map_or("nowhere", |zone| zone.name());
        found.push(format!(
            "{} {} {} {zone} {}{}",
            person.slack.team_id,
            person.slack.user_id,
            person.name,
            person.standing.word(),
            if person.deactivated { " deactivated" } else { "" }
        ));
    }
    let expected = [
        "T1 U_ADA Ada Lovelace Europe/London member",
        "T1 U_GRACE Grace Hopper America/New_York member",
        "T1 U_LISE Lise “L.” Meitner ✨ Europe/Vienna member",
        "T1 U_EMMY Emmy Noether nowhere member deactivated",
        "T1 U_HEDY Hedy Lamarr nowhere guest",
        "T2 U_ADA Another Ada Asia/Kathmandu outsider",
        "T1 U_POLLY Polly nowhere bot",
    ];
    assert_eq!(found, expected);
    assert!(Standing::ALL.iter().all(|standing| found.iter().any(|line| line.contains(standing.word()))));
    let conversation = people::conversation(&mut tx, PersonId(id(1))).await.unwrap();
    assert_eq!(conversation.as_deref(), Some("D_ADA"));
}

async fn reads_pairs(store: &Store) {
    let mut tx = store.read().await;
    let expected = [
        (0x11, PairKind::InOrg, PairState::Active, "to lead, one day 🎉"),
        (0x12, PairKind::Peer, PairState::Paused, "to listen"),
        (0x13, PairKind::InOrg, PairState::Proposed, "to measure"),
        (0x14, PairKind::InOrg, PairState::Declined, "to write"),
        (0x15, PairKind::External, PairState::Ended, "to begin"),
        (0x16, PairKind::InOrg, PairState::Expired, "to act"),
    ];
    for (number, kind, state, aim) in expected {
        let of = pairs::find(&mut tx, PairId(id(number))).await.unwrap().unwrap();
        assert_eq!((of.pair.kind, of.pair.state, of.pair.aim.reveal()), (kind, state, aim));
    }
    let first = pairs::find(&mut tx, PairId(id(0x11))).await.unwrap().unwrap();
    assert_eq!((first.mentee.name.as_str(), first.mentor.name.as_str()), ("Ada Lovelace", "Grace Hopper"));
    assert_eq!(first.pair.asked_at, at("2026-01-05T09:00:00.123456Z"));
    let rhythm = first.pair.rhythm.unwrap();
    assert_eq!(rhythm.next_after(at("2026-03-06T00:00:00Z")), Some(at("2026-03-12T14:00:00Z")));
    assert_eq!(rhythm.length_minutes, 30);
    let due = pairs::due(&mut tx, at("2026-01-09T10:00:00Z"), 10).await.unwrap();
    assert_eq!(due, [PairId(id(0x13)), PairId(id(0x14))]);
    let overview = overview::get(&mut tx, PersonId(id(1))).await.unwrap();
    let stands: Vec<_> = overview.pairs.iter().map(|pair| pair.of.pair.id).collect();
    assert_eq!(stands, [0x11, 0x12, 0x13].map(|number| PairId(id(number))));
    assert_eq!(overview.pairs[0].meetings[0].agenda_parts, 5);
}

async fn reads_meetings(store: &Store) {
    let mut tx = store.read().await;
    let states = [
        (0x21, MeetingState::Held),
        (0x22, MeetingState::Missed),
        (0x23, MeetingState::Skipped),
        (0x24, MeetingState::Moved),
        (0x25, MeetingState::Planned),
    ];
    for (number, state) in states {
        let of = meetings::find(&mut tx, MeetingId(id(number))).await.unwrap().unwrap();
        assert_eq!((of.meeting.state, of.meeting.length_minutes), (state, 30));
        let useful = of.meeting.most_useful.as_ref().map(PrivateText::reveal);
        assert_eq!(useful, (number == 0x21).then_some("hearing how she plans"));
        assert_eq!(of.meeting.not_yet_at, (number == 0x22).then(|| at("2026-01-15T15:50:00Z")));
    }
    let planned = meetings::without_outcome(&mut tx, PairId(id(0x11))).await.unwrap().remove(0);
    assert_eq!(planned.starts_at, at("2026-02-05T15:00:00Z"));
    let prepared = agenda::get(&mut tx, &planned, Role::Mentee).await.unwrap();
    for part in Part::ALL {
        assert_eq!(prepared.parts[part].reveal(), format!("the {}", part.word()));
    }
    assert_eq!(meetings::next_attention(&mut tx).await.unwrap(), Some(at("2026-02-03T15:00:00Z")));
}

async fn reads_what_was_put_between(store: &Store) {
    let mut tx = store.begin().await;
    let planned = meetings::find(&mut tx, MeetingId(id(0x25))).await.unwrap().unwrap().meeting;
    let [item, point] = agenda_items::of_meeting(&mut tx, &planned).await.unwrap().0.try_into().unwrap();
    assert_eq!((item.id, item.part, item.author), (AgendaItemId(id(0x71)), Some(Part::Topic), PersonId(id(1))));
    assert_eq!((item.body.reveal(), item.created_at), ("how do budgets grow?", at("2026-01-20T10:00:00.5Z")));
    let link = item.source.unwrap();
    assert_eq!(link.as_text().reveal(), "https://acme.slack.com/archives/C1/p1770130801000100");
    assert_eq!((point.part, point.body.reveal(), point.age), (None, "the talk in June", None));
    let [carried] = agenda_items::waiting(&mut tx, PairId(id(0x11))).await.unwrap().0.try_into().unwrap();
    let age = Some(Age { since: at("2026-01-08T15:00:00Z"), meetings: 2 });
    assert_eq!((carried.body.reveal(), carried.part, carried.age), ("why the freeze", Some(Part::Why), age));
    let question = kept_questions::find(&mut tx, KeptQuestionId(id(0x74))).await.unwrap().unwrap();
    assert_eq!((question.person, question.body.reveal()), (PersonId(id(1)), "what is next?"));
    let asked = coaching::of_meeting(&mut tx, &planned, &[Part::Why], &store.ids, now()).await.unwrap();
    assert_eq!(asked[&Part::Why].id, "why-1");
}

async fn reads_homework_and_wins(store: &Store) {
    let mut tx = store.read().await;
    let carried = homework::carried(&mut tx, PairId(id(0x11))).await.unwrap();
    let said = |one: &mentor::domain::homework::Homework| one.findings.as_ref().map(|text| text.reveal().to_owned());
    assert_eq!(carried.len(), 2, "what is reviewed or dropped is over");
    assert_eq!(
        (carried[0].id, carried[0].task.reveal(), said(&carried[0])),
        (HomeworkId(id(0x31)), "read the runbook", None)
    );
    assert_eq!((carried[0].state, carried[0].due_on), (HomeworkState::Open, "2026-02-04".parse().ok()));
    assert_eq!((carried[1].state, carried[1].owner), (HomeworkState::Returned, PersonId(id(2))));
    assert_eq!(said(&carried[1]).as_deref(), Some("it was a full disk"));
    let logged = wins::latest(&mut tx, PairId(id(0x11)), 3).await.unwrap();
    assert_eq!(logged.iter().map(|(win, _)| win.reveal()).collect::<Vec<_>>(), ["first green week"]);
}

async fn reads_goals(store: &Store) {
    let mut tx = store.read().await;
    let worked_towards = goals::open(&mut tx, PairId(id(0x11))).await.unwrap();
    assert_eq!(worked_towards.len(), 1, "what is reached or dropped is over");
    let said = |text: &Option<PrivateText>| text.as_ref().map(|text| text.reveal().to_owned());
    let goal = &worked_towards[0];
    assert_eq!((goal.goal.reveal(), goal.due_on), ("to lead a project", "2026-06-30".parse().ok()));
    assert_eq!(
        (said(&goal.steps).as_deref(), said(&goal.measure).as_deref()),
        (Some("plan it\nrun it"), Some("the team says so"))
    );
    for (number, state, text) in
        [(0x72, GoalState::Reached, "to write a book"), (0x73, GoalState::Dropped, "to run a marathon")]
    {
        let of = goals::find(&mut tx, GoalId(id(number))).await.unwrap().unwrap();
        assert_eq!((of.goal.state, of.goal.goal.reveal(), of.goal.owner), (state, text, PersonId(id(1))));
    }
    let of = wins::find(&mut tx, WinId(id(0x41))).await.unwrap().unwrap();
    assert_eq!((of.win.text.reveal(), of.win.channel.as_deref()), ("first green week", Some("C_WINS")));
}

async fn reads_questions_about_peers(store: &Store) {
    let mut tx = store.read().await;
    let latest = peer_questions::latest(&mut tx, PairId(id(0x11))).await.unwrap().unwrap();
    assert_eq!(
        (latest.id, latest.asked_by, latest.state),
        (PeerQuestionId(id(0x92)), PersonId(id(2)), PeerQuestionState::Open)
    );
    assert_eq!((latest.every_two_weeks, latest.asked_at), (false, at("2026-02-02T09:00:00.5Z")));
    let before = peer_questions::find(&mut tx, PeerQuestionId(id(0x91))).await.unwrap().unwrap();
    assert_eq!((before.question.state, before.question.every_two_weeks), (PeerQuestionState::Lapsed, true));
    assert_eq!((before.asker().id, before.asked().id), (PersonId(id(1)), PersonId(id(2))));
    let due = peer_questions::due(&mut tx, at("2026-02-04T09:00:00Z"), 10).await.unwrap();
    assert_eq!(due, [PeerQuestionId(id(0x92))]);
}

async fn reads_proposals_and_pauses(store: &Store) {
    let mut tx = store.read().await;
    let [open] = rhythm_proposals::unsettled(&mut tx, PairId(id(0x11)), at("2026-02-06T13:59:59Z"))
        .await
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!((open.id, open.by, open.state), (id(0x82), PersonId(id(1)), ProposalState::Open));
    assert_eq!(
        (open.old.cron.as_str(), open.new.cron.as_str(), open.new.every),
        ("0 0 10 * * Thu", "0 30 9 * * Tue", 2)
    );
    assert_eq!((open.new.zone, open.new.length_minutes), (chrono_tz::Tz::Europe__London, 45));
    let replaced = rhythm_proposals::find(&mut tx, id(0x81)).await.unwrap().unwrap().proposal;
    assert_eq!((replaced.state, replaced.settled_at), (ProposalState::Replaced, Some(at("2026-02-03T10:00:00Z"))));
    let [pause] = pauses::standing(&mut tx, PairId(id(0x12))).await.unwrap().0.try_into().unwrap();
    assert_eq!((pause.id, pause.person, pause.until.to_string()), (id(0x85), PersonId(id(1)), "2026-03-02".to_owned()));
    let (ended, of) = pauses::find(&mut tx, id(0x86)).await.unwrap().unwrap();
    assert_eq!((ended.ended_at, of.pair.state), (Some(at("2026-01-12T10:00:00Z")), PairState::Paused));
}

async fn reads_agreements(store: &Store) {
    let mut tx = store.read().await;
    let said = |text: &Option<PrivateText>| text.as_ref().map(|text| text.reveal().to_owned());
    let pair = PairId(id(0x11));
    let agreed = agreements::standing(&mut tx, pair).await.unwrap().unwrap();
    assert_eq!((agreed.state, agreed.says.review_on), (AgreementState::Agreed, "2026-07-06".parse().unwrap()));
    assert_eq!(said(&agreed.says.goals).as_deref(), Some("to lead a project"));
    assert_eq!(said(&agreed.says.more).as_deref(), Some("we answer within a day"));
    let change = agreements::change(&mut tx, pair).await.unwrap().unwrap();
    assert_eq!((change.written_by, change.declined_at), (Some(PersonId(id(2))), Some(at("2026-02-03T09:00:00Z"))));
    let review = reviews::open(&mut tx, pair).await.unwrap().unwrap();
    assert_eq!(
        (review.review_on, review.streak_from),
        ("2026-02-12".parse().unwrap(), Some(at("2026-01-15T15:00:00Z")))
    );
    assert!(review.awaits(PersonId(id(2))) && !review.awaits(PersonId(id(1))));
    let finished = finishes::of_pair(&mut tx, PairId(id(0x15))).await.unwrap();
    let words = &finished[0].words;
    assert_eq!((said(&words.got_out).as_deref(), words.stay_in_touch), (Some("I plan now"), Some(true)));
    assert_eq!(said(&words.thanks).as_deref(), Some("for your patience"));
    assert_eq!(said(&words.what_next).as_deref(), Some("a team"));
    assert!(finished[0].ended_it && !finished[1].words.say_something());
}

async fn reads_topics(store: &Store) {
    let known = mentor::domain::topics::KnownTopics::default();
    let mut tx = store.begin().await;
    let stale = topics::to_read(&mut tx, known.fingerprint(), 10).await.unwrap();
    assert_eq!(stale, ["compilers"], "first what another thesaurus has read");
    topics::know(&mut tx, &known, &stale).await.unwrap();
    let never = topics::to_read(&mut tx, known.fingerprint(), 10).await.unwrap();
    assert!(never.contains(&"public speaking".to_owned()), "then what was never read: {never:?}");
    let compiler = known.read("compiler").unwrap();
    assert_eq!(topics::alike(&mut tx, &compiler).await.unwrap(), ["compilers"]);
    tx.commit().await.unwrap();
}

async fn reads_asking(store: &Store) {
    let mut tx = store.read().await;
    let profile = profiles::find(&mut tx, PersonId(id(2))).await.unwrap().unwrap();
    assert_eq!(
        (profile.offered.join("|"), profile.sought.join("|")),
        ("compilers|public speaking".into(), "hiring".into())
    );
    assert_eq!(profile.about.as_deref(), Some("Compilers, and how to explain them"));
    assert_eq!((profile.open_to, profile.most_mentees, profile.introductions), (OpenTo::Anybody, 4, true));
    for (number, open_to) in [(1, OpenTo::ByName), (3, OpenTo::Nobody)] {
        assert_eq!(profiles::find(&mut tx, PersonId(id(number))).await.unwrap().unwrap().open_to, open_to);
    }
    assert!(profiles::said_not_with(&mut tx, PersonId(id(2)), PersonId(id(3))).await.unwrap());
    assert!(!profiles::said_not_with(&mut tx, PersonId(id(3)), PersonId(id(2))).await.unwrap());
    assert_eq!(profiles::not_with(&mut tx, PersonId(id(2))).await.unwrap(), [PersonId(id(3))]);
    assert_eq!(people::title(&mut tx, PersonId(id(1))).await.unwrap().as_deref(), Some("Engineer"));
    let asking = overview::get(&mut tx, PersonId(id(1))).await.unwrap().asking;
    assert_eq!(asking.inquiries[0].inquiry.question.reveal(), "what have you measured so far?");
    assert_eq!(asking.requested.unwrap().state, RequestState::Nobody);
    let [answered] = inquiries::of_pair(&mut tx, PairId(id(0x14))).await.unwrap().try_into().unwrap();
    assert_eq!((answered.state, answered.question.reveal()), (InquiryState::Answered, "for whom do you write?"));
    assert_eq!(answered.answer.unwrap().reveal(), "for who comes after me ✍");
    assert_eq!(inquiries::due(&mut tx, at("2026-01-08T09:00:00Z"), 10).await.unwrap(), [InquiryId(id(0x81))]);
    let suggestion = suggestions::of_pair(&mut tx, PairId(id(0x14))).await.unwrap().unwrap();
    assert_eq!(
        (suggestion.suggested.id, suggestion.note.unwrap().reveal()),
        (PersonId(id(1)), "she has written two books")
    );
    let with_manager = suggestions::with_manager(&mut tx, PersonId(id(2))).await.unwrap();
    assert_eq!(with_manager.iter().map(|request| request.asker.id).collect::<Vec<_>>(), [PersonId(id(3))]);
    let suggested = suggestions::latest_request(&mut tx, PersonId(id(5))).await.unwrap().unwrap();
    assert_eq!((suggested.state, suggested.suggested.unwrap().id), (RequestState::Suggested, PersonId(id(3))));
}

async fn reads_the_outbox(store: &Store) {
    let mut tx = store.begin().await;
    let kinds = [
        (0x51, MessageKind::PairProposal),
        (0x52, MessageKind::AgendaNotice),
        (0x53, MessageKind::AgendaRequest),
        (0x54, MessageKind::PairNotNow),
        (0x55, MessageKind::AgendaNudge),
        (0x56, MessageKind::DidYouMeet),
    ];
    for (number, kind) in kinds {
        assert_eq!(queue::get(&mut tx, id(number)).await.unwrap().kind, kind);
    }
    let states = counts::by_state(&mut tx).await.unwrap();
    assert_eq!(states.values().copied().collect::<Vec<_>>(), [1; 6], "{states:?}");
    let due = queue::due(&mut tx, at("2026-02-03T16:00:00Z"), 10).await.unwrap();
    assert_eq!(due.iter().map(|message| message.id).collect::<Vec<_>>(), [id(0x51)]);
    let doubts = doubt::due(&mut tx, at("2026-02-03T16:00:00Z"), 10).await.unwrap();
    assert_eq!((doubts[0].id, doubts[0].looks, doubts[0].attempt), (id(0x54), 1, 1));
    let sent = queue::sent_as(&mut tx, id(0x53)).await.unwrap().unwrap();
    assert_eq!(sent, ("D_ADA".to_owned(), "1770130801.000100".to_owned()));
    assert_eq!(doubt::abandoned(&mut tx, at("2026-02-03T15:01:01Z"), now(), now()).await.unwrap(), 0);
    assert_eq!(doubt::abandoned(&mut tx, at("2026-02-03T15:01:02Z"), now(), now()).await.unwrap(), 1);
}

async fn reads_the_rest(store: &Store) {
    let mut tx = store.begin().await;
    let shown = screens::due(&mut tx, at("2026-02-03T15:00:00Z"), 10).await.unwrap();
    let shown: Vec<_> = shown.iter().map(|screen| (screen.on, screen.wanted, screen.failures)).collect();
    assert_eq!(shown, [(OnScreen::Home, 7, 2), (OnScreen::Message(id(0x53)), 1, 0)]);
    assert!(!inbox::record(&mut tx, "event:Ev1", now()).await.unwrap());
    let until = at("2026-02-03T15:00:15Z");
    let mut take =
        async |moment| leases::take(&mut tx, "plan_and_deliver", id(0x62), moment, TimeDelta::seconds(15)).await;
    assert!(!take(until).await.unwrap());
    assert!(take(until + TimeDelta::seconds(1)).await.unwrap());
}

/// Opens the database and tries to bring it to this version.
async fn made_ready(place: &Place) -> Result<(), CannotMigrate> {
    let db = Db::open(&place.url(), vault()).await.unwrap();
    let done = migrate::make_ready(&db, now()).await;
    db.close().await;
    done
}

both_empty!(a_migration_that_was_changed_after_it_ran_is_refused, |place: Arc<Place>| async move {
    made_ready(&place).await.unwrap();
    place
        .raw()
        .await
        .change_one("UPDATE _sqlx_migrations SET checksum = (SELECT proof FROM master_keys) WHERE version = 1", &[])
        .await;
    let refused = made_ready(&place).await.unwrap_err();
    assert!(matches!(refused, CannotMigrate::Migration(MigrateError::VersionMismatch(1))), "{refused}");
});

both_empty!(a_database_of_a_later_version_is_refused, |place: Arc<Place>| async move {
    made_ready(&place).await.unwrap();
    let later = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        SELECT 9999, 'later', TRUE, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
    place.raw().await.change_one(later, &[]).await;
    let refused = made_ready(&place).await.unwrap_err();
    assert!(matches!(refused, CannotMigrate::Migration(MigrateError::VersionMissing(9999))), "{refused}");
});

/// Two replicas start for the first time in the same moment: the second waits for the first one's word and agrees with it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_may_start_at_once_on_postgres() {
    let place = Arc::new(Place::empty_postgres().await);
    let mut first = place.raw().await;
    first.migrate_to(&MIGRATIONS, i64::MAX).await;
    let proof: String = vault().proof().unwrap().iter().map(|byte| format!("{byte:02x}")).collect();
    first.script("BEGIN").await;
    let insert = format!("INSERT INTO master_keys VALUES ('testkey1', '\\x{proof}', '2026-03-02T10:00:00+00:00')");
    first.change_one(&insert, &[]).await;
    let second = tokio::spawn({
        let place = place.clone();
        async move { made_ready(&place).await }
    });
    let waiting = "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let mut watching = place.raw().await;
    while watching.one(waiting, &[]).await == "0" {
        assert!(!second.is_finished(), "it did not wait");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    first.script("COMMIT").await;
    second.await.unwrap().unwrap();
    place.remove().await;
}

async fn reads_introductions(store: &Store) {
    let mut tx = store.read().await;
    let open = introductions::find(&mut tx, IntroductionId(id(0x91))).await.unwrap().unwrap();
    assert_eq!((open.introduction.state, open.text.topic.reveal()), (IntroductionState::Open, "pricing experiments"));
    let requests: Vec<_> =
        open.introduction.requests.iter().map(|request| (request.passed_on_by, request.state)).collect();
    let passed = (None, IntroductionRequestState::PassedOn);
    assert_eq!(requests, [passed, (Some(PersonId(id(2))), IntroductionRequestState::Nominated)]);
    let outside = open.introduction.nomination(NominationId(id(0x96))).unwrap();
    assert!(matches!(&outside.nominee, Nominee::Outside { name, .. } if name.reveal() == "Jane Doe"));
    let met = introductions::find(&mut tx, IntroductionId(id(0x92))).await.unwrap().unwrap();
    assert_eq!(met.introduction.follow_up.map(|(answer, _)| answer), Some(FollowUp::Talked));
    assert_eq!(met.came_of_it.unwrap().reveal(), "A first experiment");
}
