//! The pace never lets a call out that Slack would refuse.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use mentor::slack::method::Method;
use mentor::slack::pace::Pace;
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_900_000_000, 0).unwrap()
}

const POST: Method = Method::ChatPostMessage;

#[test]
fn one_message_a_second_in_a_conversation() {
    let (mut pace, now) = (Pace::new(), start());
    assert_eq!(pace.permit(POST, Some("D1"), now), Ok(()));
    assert_eq!(pace.permit(POST, Some("D1"), now), Err(now + TimeDelta::seconds(1)));
    assert_eq!(pace.permit(POST, Some("D2"), now), Ok(()));
    assert!(pace.permit(POST, Some("D1"), now + TimeDelta::milliseconds(999)).is_err());
    assert_eq!(pace.permit(POST, Some("D1"), now + TimeDelta::seconds(1)), Ok(()));
}

#[test]
fn too_fast_halves_the_rate_once_and_success_wins_it_back() {
    let (mut pace, now) = (Pace::new(), start());
    let before = pace.messages_a_minute();
    pace.rate_limited(POST, Duration::from_secs(7), now);
    pace.rate_limited(POST, Duration::from_secs(7), now + TimeDelta::milliseconds(20));
    assert!((pace.messages_a_minute() - before / 2.0).abs() < 0.01);
    let free = now + TimeDelta::milliseconds(7_020);
    assert_eq!(pace.permit(POST, Some("D1"), now + TimeDelta::milliseconds(20)), Err(free));
    assert_eq!(pace.permit(Method::ViewsOpen, None, now), Ok(()));
    assert!(pace.permit(POST, Some("D1"), free - TimeDelta::microseconds(1)).is_err());
    for second in 0..2_000 {
        pace.accepted(POST, free + TimeDelta::seconds(second));
    }
    assert!((pace.messages_a_minute() - 400.0).abs() < 0.01);
    for minute in 0..20 {
        pace.rate_limited(POST, Duration::from_secs(1), free + TimeDelta::hours(1) + TimeDelta::minutes(minute));
    }
    assert!((pace.messages_a_minute() - 30.0).abs() < 0.01);
}

#[test]
fn a_thousand_messages_are_out_as_fast_as_the_rate_allows() {
    let (mut pace, mut now) = (Pace::new(), start());
    for index in 0..1_000 {
        while let Err(not_before) = pace.permit(POST, Some(&format!("D{index}")), now) {
            assert!(not_before > now);
            now = not_before;
        }
        pace.accepted(POST, now);
    }
    // 300 a minute, growing to 400 with the first hundred: 2 min 32 s, never faster than 400 a minute and a burst of 3.
    let seconds = (now - start()).num_seconds();
    assert!((149..=156).contains(&seconds), "{seconds} s");
}

#[test]
fn a_clock_that_is_set_back_holds_nothing_for_long() {
    let (mut pace, now) = (Pace::new(), start());
    assert_eq!(pace.permit(POST, Some("D1"), now), Ok(()));
    pace.rate_limited(POST, Duration::from_secs(5), now);
    let earlier = now - TimeDelta::hours(1);
    assert_eq!(pace.permit(POST, Some("D1"), earlier), Err(earlier + TimeDelta::seconds(5)));
}

#[test]
fn idle_conversations_are_forgotten() {
    let (mut pace, mut now) = (Pace::new(), start());
    for index in 0..20_000 {
        now += TimeDelta::seconds(1);
        assert_eq!(pace.permit(POST, Some(&format!("D{index}")), now), Ok(()));
        assert!(pace.remembered_conversations() <= 128);
    }
}

#[derive(Clone, Debug)]
enum Step {
    Wait(i64),
    Ask { conversation: u8, accepted: bool },
    Limited(u64),
    View,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        2 => (0_i64..3_000_000).prop_map(Step::Wait),
        8 => (0_u8..6, any::<bool>()).prop_map(|(conversation, accepted)| Step::Ask { conversation, accepted }),
        1 => (0_u64..90).prop_map(Step::Limited),
        2 => Just(Step::View),
    ];
    prop::collection::vec(step, 1..300)
}

proptest! {
    #[test]
    fn never_two_in_a_second_never_inside_a_retry_after_never_above_a_tier(steps in steps()) {
        let (mut pace, mut now) = (Pace::new(), start());
        let mut last: HashMap<u8, DateTime<Utc>> = HashMap::new();
        let mut limited_until = now;
        let (mut sent, mut views) = (Vec::new(), Vec::new());
        for step in steps {
            match step {
                Step::Wait(micros) => now += TimeDelta::microseconds(micros),
                Step::Limited(seconds) => {
                    pace.rate_limited(POST, Duration::from_secs(seconds), now);
                    limited_until = limited_until.max(now + TimeDelta::seconds(seconds.try_into().unwrap()));
                }
                Step::Ask { conversation, accepted } => match pace.permit(POST, Some(&conversation.to_string()), now) {
                    Ok(()) => {
                        prop_assert!(now >= limited_until);
                        if let Some(before) = last.insert(conversation, now) {
                            prop_assert!(now - before >= TimeDelta::seconds(1));
                        }
                        sent.push(now);
                        if accepted {
                            pace.accepted(POST, now);
                        }
                    }
                    Err(not_before) => {
                        prop_assert!(not_before > now);
                        // Nothing is taken by a refusal: at that instant it is granted.
                        now = not_before;
                        prop_assert_eq!(pace.permit(POST, Some(&conversation.to_string()), now), Ok(()));
                        prop_assert!(now >= limited_until);
                        if let Some(before) = last.insert(conversation, now) {
                            prop_assert!(now - before >= TimeDelta::seconds(1));
                        }
                        sent.push(now);
                    }
                },
                Step::View => {
                    if pace.permit(Method::ViewsPublish, None, now).is_ok() {
                        views.push(now);
                    }
                }
            }
        }
        let in_any_minute = |times: &[DateTime<Utc>]| {
            let minute = |from: DateTime<Utc>| times.iter().filter(move |at| **at >= from && **at < from + TimeDelta::minutes(1));
            times.iter().map(|from| minute(*from).count()).max().unwrap_or(0)
        };
        prop_assert!(in_any_minute(&sent) <= 404);
        prop_assert!(in_any_minute(&views) <= 100);
    }
}
