//! People and pairs to keep something about.

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use mentor::domain::identifiers::{MeetingId, PairId, PersonId};
use mentor::domain::meetings::{Meeting, MeetingState};
use mentor::domain::pairs::{Pair, PairKind, PairState};
use mentor::domain::people::{Person, SlackIdentity, Standing};
use mentor::domain::reminders::{MessageKind, Owed};
use mentor::domain::rhythm::{Frequency, Regular, Rhythm};
use mentor::domain::settings::Settings;
use mentor::store::outbox::queue::{self, Message};
use mentor::store::{meetings, pairs, people};
use uuid::Uuid;

use super::{Store, now, text};

/// Two people and their pair.
pub(crate) struct Couple {
    pub(crate) mentee: Person,
    pub(crate) mentor: Person,
    pub(crate) pair: Pair,
}

impl Store {
    /// Somebody who is not kept yet.
    pub(crate) fn somebody(&self, team: &str, user: &str) -> Person {
        Person {
            id: PersonId(self.ids.opaque()),
            slack: SlackIdentity { team_id: team.to_owned(), user_id: user.to_owned() },
            name: format!("Name of {user}"),
            time_zone: Some(Tz::Europe__London),
            standing: Standing::Member,
            deactivated: false,
            locale: None,
            settings: Settings::default(),
        }
    }

    /// A member of the usual workspace, kept.
    pub(crate) async fn person(&self, user: &str) -> Person {
        let mut tx = self.begin().await;
        let kept = people::keep(&mut tx, &self.somebody("T1", user)).await.unwrap();
        tx.commit().await.unwrap();
        kept
    }

    /// A question that is not kept yet.
    pub(crate) fn question(&self, mentee: &Person, mentor: &Person, asked_at: DateTime<Utc>) -> Pair {
        Pair {
            id: PairId(self.ids.opaque()),
            kind: PairKind::InOrg,
            state: PairState::Proposed,
            mentee: mentee.id,
            mentor: mentor.id,
            aim: text("to lead, one day"),
            asked_at,
            answer_by: asked_at + TimeDelta::days(3),
            rhythm: None,
        }
    }

    /// An open question between two new people.
    pub(crate) async fn asked(&self) -> Couple {
        let mentee = self.person(&format!("U{}", self.ids.nonce())).await;
        let mentor = self.person(&format!("U{}", self.ids.nonce())).await;
        let pair = self.question(&mentee, &mentor, now());
        let mut tx = self.begin().await;
        pairs::insert(&mut tx, &pair).await.unwrap();
        tx.commit().await.unwrap();
        Couple { mentee, mentor, pair }
    }

    /// Two new people who meet.
    pub(crate) async fn couple(&self) -> Couple {
        let asked = self.asked().await;
        let pair = asked.pair.accept(thursdays()).unwrap();
        let mut tx = self.begin().await;
        pairs::set_state(&mut tx, &pair, PairState::Proposed, now()).await.unwrap();
        tx.commit().await.unwrap();
        Couple { pair, ..asked }
    }

    /// Moves a pair to another state, whichever it is in.
    pub(crate) async fn put(&self, pair: &mut Pair, state: PairState) {
        let from = std::mem::replace(&mut pair.state, state);
        pair.rhythm = matches!(state, PairState::Active | PairState::Paused).then(thursdays);
        let mut tx = self.begin().await;
        pairs::set_state(&mut tx, pair, from, now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A meeting on the calendar.
    pub(crate) async fn meeting(&self, pair: &Pair, starts_at: DateTime<Utc>) -> Meeting {
        let meeting = self.plan_for(pair, starts_at);
        let mut tx = self.begin().await;
        meetings::plan(&mut tx, &meeting).await.unwrap();
        tx.commit().await.unwrap();
        meeting
    }

    /// A meeting that is not on the calendar yet.
    pub(crate) fn plan_for(&self, pair: &Pair, starts_at: DateTime<Utc>) -> Meeting {
        Meeting {
            id: MeetingId(self.ids.opaque()),
            pair: pair.id,
            slot_at: starts_at,
            starts_at,
            length_minutes: 30,
            state: MeetingState::Planned,
            planned_at: now(),
            not_yet_at: None,
            most_useful: None,
            revision: 0,
        }
    }

    /// A message that is owed to somebody, about something new, from now on and for a day.
    pub(crate) fn owed(&self, to: PersonId, due_at: DateTime<Utc>) -> Owed {
        Owed {
            kind: MessageKind::AgendaRequest,
            subject: self.ids.opaque(),
            occasion: None,
            to,
            due_at,
            until: now() + TimeDelta::days(1),
        }
    }

    /// Owes a message; the message.
    pub(crate) async fn enqueued(&self, owed: &Owed) -> Message {
        let mut tx = self.begin().await;
        assert!(queue::enqueue(&mut tx, owed, &self.ids, now()).await.unwrap(), "it is new");
        tx.commit().await.unwrap();
        let mut raw = self.raw().await;
        let id = raw.message_id(&owed.dedupe_key()).await;
        queue::get(&mut self.read().await, id).await.unwrap()
    }

    /// Owes a message and claims it at once, for a minute.
    pub(crate) async fn claimed(&self, owed: &Owed) -> Message {
        let message = self.enqueued(owed).await;
        let mut tx = self.begin().await;
        let claimed = queue::claim(&mut tx, &message, now(), TimeDelta::seconds(60)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        claimed
    }

    /// Where a message stands, in words.
    pub(crate) async fn stands(&self, message: Uuid) -> String {
        let sql = "SELECT state || COALESCE(' (' || reason || ')', '') || ', attempt ' || CAST(attempt AS TEXT)
            || CASE WHEN looks > 0 THEN ', looks ' || CAST(looks AS TEXT) ELSE '' END
            || CASE WHEN deaths > 0 THEN ', deaths ' || CAST(deaths AS TEXT) ELSE '' END
            || CASE WHEN lease_until IS NULL THEN '' ELSE ', leased' END
            || CASE WHEN settled_at IS NULL THEN '' ELSE ', settled' END FROM outbox WHERE id = $1";
        self.raw().await.one(sql, &[message]).await
    }
}

/// Every Thursday at 10:00 in New York, for 30 minutes.
pub(crate) fn thursdays() -> Rhythm {
    let time = "10:00:00".parse().unwrap();
    let regular = Regular { frequency: Frequency::Weekly, day: Weekday::Thu, time };
    Rhythm::regular(regular, now().date_naive(), Tz::America__New_York, 30).unwrap()
}
