//! Contract tests of turning the clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use slack_sandbox::{Clockwork, SandboxOptions, Turn, TurnFailure, TurnableClock};

use crate::common::{Browser, http_client, sandbox};

fn turnable() -> SandboxOptions {
    SandboxOptions { clockwork: Some(Arc::new(TurnableClock::default())), ..SandboxOptions::default() }
}

/// A clock that stands still until it is turned.
struct Still(Mutex<DateTime<Utc>>);

impl Clockwork for Still {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn turn_to(&self, moment: DateTime<Utc>) -> BoxFuture<'_, ()> {
        *self.0.lock().unwrap() = moment;
        Box::pin(std::future::ready(()))
    }

    fn next(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        Box::pin(std::future::ready(None))
    }
}

#[tokio::test]
async fn scheduled_messages_come_at_their_own_moments() {
    let start: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
    let options = SandboxOptions { clockwork: Some(Arc::new(Still(Mutex::new(start)))), ..SandboxOptions::default() };
    let (sandbox, app) = sandbox(options).await;
    let ada = sandbox.person("ada").unwrap();
    let channel = app.call("conversations.open", json!({"users": ada.id()})).await["channel"]["id"].clone();
    let day = |days| start + TimeDelta::days(days);
    for (days, text) in [(3, "third day"), (1, "first day"), (9, "ninth day")] {
        let message = json!({"channel": channel, "post_at": day(days).timestamp(), "text": text});
        app.call("chat.scheduleMessage", message).await;
    }
    let turned = sandbox.turn(Turn::Next(true)).await.unwrap();
    assert_eq!((turned.from, turned.to), (start, day(1)));
    assert_eq!((turned.happened[0].at, turned.happened[0].text.as_str()), (day(1), "first day"));
    let turned = sandbox.turn(Turn::To(day(5))).await.unwrap();
    assert_eq!((turned.to, turned.next), (day(5), Some(day(9))));
    assert_eq!(turned.happened.iter().map(|one| one.at).collect::<Vec<_>>(), [day(3)], "not at the end of the turn");
    assert_eq!(sandbox.turn(Turn::Next(true)).await.unwrap().to, day(9));
    assert_eq!(sandbox.turn(Turn::Next(true)).await, Err(TurnFailure::NothingDue));
    sandbox.stop().await;
}

#[tokio::test]
async fn time_goes_forward_and_not_too_far() {
    let (sandbox, _) = sandbox(turnable()).await;
    let yesterday = TurnableClock::default().now() - TimeDelta::days(1);
    assert!(matches!(sandbox.turn(Turn::To(yesterday)).await, Err(TurnFailure::Backwards(_))));
    assert_eq!(sandbox.turn(Turn::Minutes(i64::MAX)).await, Err(TurnFailure::TooFar));
    assert_eq!(sandbox.turn(Turn::Minutes(400 * 24 * 60)).await, Err(TurnFailure::TooFar));
    sandbox.stop().await;
}

#[tokio::test]
async fn scripts_turn_it_over_http() {
    let (sandbox, _) = sandbox(turnable()).await;
    let address = format!("{}/control/clock", sandbox.base_url());
    let http = http_client();
    let before: Value = http.get(&address).send().await.unwrap().json().await.unwrap();
    assert_eq!(before["turns"], true);
    let turned: Value = http.post(&address).json(&json!({"minutes": 60})).send().await.unwrap().json().await.unwrap();
    let moment = |value: &Value| value.as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    assert_eq!((moment(&turned["to"]) - moment(&before["now"])).num_minutes(), 60);
    let refused = http.post(&address).json(&json!({"to": "2001-01-01T00:00:00Z"})).send().await.unwrap();
    assert_eq!(refused.status(), 409);
    sandbox.stop().await;
}

#[tokio::test]
async fn the_machines_clock_is_not_turned() {
    let (sandbox, _) = sandbox(SandboxOptions::default()).await;
    assert_eq!(sandbox.turn(Turn::Minutes(1)).await, Err(TurnFailure::NotTurnable));
    sandbox.stop().await;
}

/// A clock whose app has something to do every hour, for ever, and takes its time.
struct Hourly {
    at: Mutex<DateTime<Utc>>,
    pause: Duration,
    until: DateTime<Utc>,
}

impl Hourly {
    fn options(pause: Duration, hours: i64) -> SandboxOptions {
        let start: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
        let clockwork = Self { at: Mutex::new(start), pause, until: start + TimeDelta::hours(hours) };
        SandboxOptions { clockwork: Some(Arc::new(clockwork)), ..SandboxOptions::default() }
    }
}

impl Clockwork for Hourly {
    fn now(&self) -> DateTime<Utc> {
        *self.at.lock().unwrap()
    }

    fn turn_to(&self, moment: DateTime<Utc>) -> BoxFuture<'_, ()> {
        *self.at.lock().unwrap() = moment;
        Box::pin(async {
            if !self.pause.is_zero() {
                tokio::time::sleep(self.pause).await;
            }
        })
    }

    fn next(&self) -> BoxFuture<'_, Option<DateTime<Utc>>> {
        let due = Some(self.now() + TimeDelta::hours(1)).filter(|due| *due <= self.until);
        Box::pin(std::future::ready(due))
    }
}

async fn clock(http: &reqwest::Client, base: &str) -> Value {
    http.get(format!("{base}/control/clock")).send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_turn_goes_on_when_who_asked_has_left_and_everybody_sees_it() {
    let (sandbox, _) = sandbox(Hourly::options(Duration::from_millis(40), 100)).await;
    let (mut browser, world) = Browser::opens(&sandbox).await;
    assert_eq!((&world["clock"]["now"], &world["clock"]["turning"]), (&json!("2026-03-02T10:00:00Z"), &json!(false)));
    let http = http_client();
    let base = sandbox.base_url();
    let asked = http.post(format!("{base}/page/clock")).timeout(Duration::from_millis(60));
    assert!(asked.json(&json!({"minutes": 600})).send().await.is_err(), "it left");
    let mut seen = Vec::new();
    loop {
        let clock = browser.hears("clock").await["clock"].clone();
        seen.push(clock["now"].clone());
        if clock["turning"] == false {
            break;
        }
    }
    assert!(seen.len() > 4, "on the way, too: {seen:?}");
    assert_eq!(seen.last().unwrap(), &json!("2026-03-02T20:00:00Z"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_turn_can_be_stopped_and_says_so() {
    let (sandbox, _) = sandbox(Hourly::options(Duration::from_millis(20), 10_000)).await;
    let (browser, _) = Browser::opens(&sandbox).await;
    let stop = async {
        tokio::time::sleep(Duration::from_millis(120)).await;
        browser.does("clock/stop", json!({})).await
    };
    let ((status, turned), stopped) = tokio::join!(browser.does("clock", json!({"minutes": 60 * 24 * 300})), stop);
    assert_eq!((status, &turned["cut"]), (200, &json!("Stopped on the way, as asked.")));
    assert_eq!(stopped, (200, json!({"stopping": true})));
    assert_eq!(browser.does("clock/stop", json!({})).await.1["stopping"], false);
    sandbox.stop().await;
}

#[tokio::test]
async fn moments_without_end_end_the_turn_with_a_sentence() {
    let (sandbox, _) = sandbox(Hourly::options(Duration::ZERO, 10_000)).await;
    let turned = sandbox.turn(Turn::Minutes(370 * 24 * 60)).await.unwrap();
    assert!(turned.cut.unwrap().starts_with("Stopped after 5000 steps"));
    sandbox.stop().await;
}

#[tokio::test]
async fn next_says_that_nobody_was_sent_anything() {
    let (sandbox, _) = sandbox(Hourly::options(Duration::ZERO, 3)).await;
    let turned = sandbox.turn(Turn::Next(true)).await.unwrap();
    assert_eq!((turned.to - turned.from, turned.happened), (TimeDelta::hours(3), Vec::new()));
    assert_eq!(sandbox.turn(Turn::Next(true)).await, Err(TurnFailure::NothingDue));
    sandbox.stop().await;
}

#[tokio::test]
async fn absurd_aims_are_refused() {
    let (sandbox, _) = sandbox(turnable()).await;
    let http = http_client();
    let minutes = |minutes: i64| json!({"minutes": minutes});
    for (aim, said) in [
        (minutes(i64::MAX), "at most 370 days"),
        (minutes(150_000_000_000_000), "at most 370 days"),
        (minutes(i64::MIN), "forward only"),
        (minutes(-150_000_000_000_000), "forward only"),
    ] {
        let answer = http.post(format!("{}/control/clock", sandbox.base_url())).json(&aim).send().await.unwrap();
        assert_eq!(answer.status(), 409, "{aim}");
        let body: Value = answer.json().await.unwrap();
        assert!(body["error"].as_str().unwrap().contains(said), "{aim}: {body}");
    }
    assert_eq!(clock(&http, &sandbox.base_url()).await["turns"], true);
    sandbox.stop().await;
}

#[test]
fn a_turn_is_one_word_with_a_value() {
    let read = |text| serde_json::from_str::<Turn>(text).ok();
    assert_eq!(read(r#"{"next": true}"#), Some(Turn::Next(true)));
    assert_eq!(read(r#"{"minutes": 60}"#), Some(Turn::Minutes(60)));
    assert_eq!(read(r#"{"days": 1}"#), None);
}
