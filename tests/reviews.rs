//! Review dates, three quarters of the way, missed meetings in a row, and who signs what.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;
use mentor::domain::agreements::{Agreement, AgreementState, CannotSign, Says};
use mentor::domain::history::{Chapter, Counts, pages};
use mentor::domain::identifiers::{AgreementId, PairId, PersonId, ReviewId};
use mentor::domain::pairs::Role;
use mentor::domain::private_text::PrivateText;
use mentor::domain::reviews::{
    BadReviewDate, CarryOn, Review, Streak, begins_at, months_after, three_quarters, usable,
};
use proptest::prelude::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn months_end_where_the_calendar_lets_them() {
    assert_eq!(months_after(day("2026-08-31"), 6), day("2027-02-28"));
    assert_eq!(months_after(day("2027-08-31"), 6), day("2028-02-29"));
    assert_eq!(months_after(day("2027-08-29"), 6), day("2028-02-29"));
    assert_eq!(months_after(day("2028-02-29"), 12), day("2029-02-28"));
    assert_eq!(months_after(day("2026-03-31"), 3), day("2026-06-30"));
    assert_eq!(months_after(day("2026-12-02"), 3), day("2027-03-02"));
}

#[test]
fn a_review_date_is_to_come_and_not_too_far() {
    let today = day("2026-03-02");
    assert_eq!(usable(None, today), Err(BadReviewDate::Missing));
    assert_eq!(usable(Some(today), today), Err(BadReviewDate::Past));
    assert_eq!(usable(Some(day("2026-03-03")), today), Ok(day("2026-03-03")));
    assert_eq!(usable(Some(day("2028-03-02")), today), Ok(day("2028-03-02")));
    assert_eq!(usable(Some(day("2028-03-03")), today), Err(BadReviewDate::TooFar));
}

#[test]
fn a_day_begins_where_it_begins() {
    assert_eq!(begins_at(day("2026-09-02"), Tz::Europe__London), at("2026-09-01T23:00:00Z"));
    // There is no midnight on this day in Cairo.
    assert_eq!(begins_at(day("2026-04-24"), Tz::Africa__Cairo), at("2026-04-23T22:00:00Z"));
    assert_eq!(three_quarters(at("2026-03-01T00:00:00Z"), at("2026-03-05T00:00:00Z")), at("2026-03-04T00:00:00Z"));
    assert_eq!(three_quarters(at("2026-03-05T00:00:00Z"), at("2026-03-01T00:00:00Z")), at("2026-03-05T00:00:00Z"));
}

fn review() -> Review {
    Review::begin(
        ReviewId(Uuid::from_u128(1)),
        PairId(Uuid::from_u128(2)),
        at("2026-03-02T10:00:00Z"),
        day("2026-09-02"),
    )
}

#[test]
fn nobody_who_is_asked_late_has_less_time() {
    let mut review = review();
    assert_eq!(review.ask_again_at(Tz::UTC), None, "nobody was asked at all");
    review.asked_at = Some(at("2026-07-18T18:00:00Z"));
    assert_eq!(review.ask_again_at(Tz::UTC), Some(at("2026-09-02T00:00:00Z")));
    assert_eq!(review.over_at(Tz::UTC), at("2026-09-09T00:00:00Z"));
    // The app was down over all of it: asked once, with a week to answer.
    review.asked_at = Some(at("2026-10-01T09:00:00Z"));
    assert_eq!(review.ask_again_at(Tz::UTC), None);
    assert_eq!(review.over_at(Tz::UTC), at("2026-10-08T09:00:00Z"));
}

#[test]
fn the_earlier_word_counts_and_silence_carries_on() {
    let (ada, grace) = (PersonId(Uuid::from_u128(3)), PersonId(Uuid::from_u128(4)));
    let mut review = review();
    let today = day("2026-09-09");
    assert_eq!(review.next_on(today), day("2027-03-09"));
    review.answers = vec![CarryOn { person: ada, next_review_on: day("2027-06-09") }];
    assert_eq!(review.next_on(today), day("2027-06-09"));
    review.answers.push(CarryOn { person: grace, next_review_on: day("2026-12-09") });
    assert_eq!(review.next_on(today), day("2026-12-09"));
    assert_eq!(review.next_on(day("2026-12-09")), day("2027-06-09"), "a day that is over is none");
}

#[test]
fn three_in_a_row_bring_it_forward() {
    let first = Some(at("2026-03-05T15:00:00Z"));
    assert_eq!(Streak { misses: 2, first }.brings_forward(), None);
    assert_eq!(Streak { misses: 3, first }.brings_forward(), first);
    assert_eq!(Streak { misses: 0, first: None }.brings_forward(), None);
}

fn draft() -> Agreement {
    Agreement::begin(
        AgreementId(Uuid::from_u128(5)),
        PairId(Uuid::from_u128(2)),
        day("2026-09-02"),
        at("2026-03-02T10:00:00Z"),
    )
}

#[test]
fn both_sign_and_only_both() {
    let now = at("2026-03-02T11:00:00Z");
    let one = draft().sign(Role::Mentee, now).unwrap();
    assert_eq!((one.state, one.awaits(Role::Mentee), one.awaits(Role::Mentor)), (AgreementState::Draft, false, true));
    assert_eq!(one.clone().sign(Role::Mentee, now), Err(CannotSign::Already));
    let both = one.sign(Role::Mentor, now).unwrap();
    assert_eq!(both.state, AgreementState::Agreed);
    let over = Agreement { state: AgreementState::Replaced, ..draft() };
    assert_eq!(over.sign(Role::Mentee, now), Err(CannotSign::Over));
}

#[test]
fn writing_takes_back_the_others_signature_or_proposes() {
    let (now, ada) = (at("2026-03-02T11:00:00Z"), PersonId(Uuid::from_u128(3)));
    let id = AgreementId(Uuid::from_u128(6));
    let says = Says { goals: PrivateText::typed("to lead"), more: None, review_on: day("2026-09-02") };
    let grace_signed = draft().sign(Role::Mentor, now).unwrap();
    assert_eq!(grace_signed.rewritten(id, grace_signed.says.clone(), (ada, Role::Mentee), now, now), None);
    let next = grace_signed.rewritten(id, says.clone(), (ada, Role::Mentee), now, now).unwrap();
    assert_eq!((next.state, next.mentor_signed_at, next.mentee_signed_at), (AgreementState::Draft, None, None));
    let kept = grace_signed.rewritten(id, says.clone(), (ada, Role::Mentor), now, now).unwrap();
    assert_eq!(kept.mentor_signed_at, Some(now), "who writes it has read it");
    let agreed = grace_signed.sign(Role::Mentee, now).unwrap();
    let change = agreed.rewritten(id, says.clone(), (ada, Role::Mentee), now, now).unwrap();
    assert_eq!(
        (change.state, change.mentee_signed_at, change.answer_by),
        (AgreementState::Proposed, Some(now), Some(now))
    );
    assert_eq!(change.rewritten(id, agreed.says, (ada, Role::Mentee), now, now), None, "one change at a time");
}

#[test]
fn every_page_is_there_and_none_is_empty() {
    assert_eq!(pages(Counts::default()), [(Chapter::Agreement, 0)]);
    let counts = Counts { meetings: 81, goals: 10, wins: 0, homework: 19 };
    let expected = [
        (Chapter::Agreement, 0),
        (Chapter::Meetings, 0),
        (Chapter::Meetings, 40),
        (Chapter::Meetings, 80),
        (Chapter::Goals, 0),
        (Chapter::Homework, 0),
        (Chapter::Homework, 18),
    ];
    assert_eq!(pages(counts), expected);
}

proptest! {
    /// The same day of the month, or the last one there is; never the next month.
    #[test]
    fn so_many_months_later(days in 0_u64..20_000, months in 0_u32..=24) {
        let start = day("2000-01-01") + Days::new(days);
        let found = months_after(start, months);
        let of_the_month = day(&format!("{}-{:02}-01", start.year(), start.month())) + Months::new(months);
        prop_assert_eq!((found.year(), found.month()), (of_the_month.year(), of_the_month.month()));
        let is_last = (found + Days::new(1)).month() != found.month();
        prop_assert!(found.day() == start.day() || (is_last && found.day() < start.day()));
    }

    /// Nobody is asked before the way has begun, nor after the review date.
    #[test]
    fn three_quarters_lie_between(from in 0_i64..2_000_000_000, length in 0_i64..200_000_000) {
        let from = DateTime::from_timestamp(from, 0).unwrap();
        let until = from + chrono::TimeDelta::seconds(length);
        let found = three_quarters(from, until);
        prop_assert!(from <= found && found <= until);
        prop_assert!((until - found).num_seconds() * 4 - length <= 4);
    }
}
