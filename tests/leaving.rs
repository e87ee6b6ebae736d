//! Leaving: how often data is given, which word is the word, and what an export may not tell.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use mentor::domain::export::known_state;
use mentor::domain::identifiers::{PairId, PersonId};
use mentor::domain::leaving::{EXPORT_EVERY, is_the_word, may_export};
use mentor::domain::pairs::{Pair, PairKind, PairState};
use mentor::domain::private_text::PrivateText;
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn pair(state: PairState) -> Pair {
    Pair {
        id: PairId(Uuid::from_u128(1)),
        kind: PairKind::InOrg,
        state,
        mentee: PersonId(Uuid::from_u128(2)),
        mentor: PersonId(Uuid::from_u128(3)),
        aim: PrivateText::kept("pricing".to_owned()),
        asked_at: now(),
        answer_by: now() + TimeDelta::days(3),
        rhythm: None,
    }
}

#[test]
fn the_word_is_the_word() {
    for typed in ["forget", "Forget", " FORGET ", "“forget”", "\"forget\"", "forget."] {
        assert!(is_the_word(typed), "{typed}");
    }
    for typed in ["", "forget me", "forgot", "yes", "f o r g e t", "don't forget"] {
        assert!(!is_the_word(typed), "{typed}");
    }
}

proptest! {
    /// "Not now" and silence look the same to who asked, at every moment.
    #[test]
    fn no_and_silence_read_the_same(minutes in 0_i64..20_000) {
        let at = now() + TimeDelta::minutes(minutes);
        let over = at >= now() + TimeDelta::days(3);
        let silent = pair(if over { PairState::Expired } else { PairState::Proposed });
        let declined = pair(PairState::Declined);
        prop_assert_eq!(known_state(&declined, declined.mentee, at), known_state(&silent, silent.mentee, at));
        prop_assert_eq!(known_state(&declined, declined.mentor, at), "declined");
    }

    /// Never twice within a day, and always possible when it said so.
    #[test]
    fn once_a_day(seconds in 0_i64..400_000) {
        let at = now() + TimeDelta::seconds(seconds);
        match may_export(Some(now()), at) {
            Ok(()) => prop_assert!(at - now() >= EXPORT_EVERY),
            Err(next) => {
                prop_assert!(next > at);
                prop_assert_eq!(may_export(Some(now()), next), Ok(()));
            }
        }
        prop_assert_eq!(may_export(None, at), Ok(()));
    }
}
