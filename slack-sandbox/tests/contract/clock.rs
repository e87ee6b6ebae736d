//! Contract tests of turning the clock.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use slack_sandbox::{Clockwork, SandboxOptions, Turn, TurnFailure, TurnableClock};

use crate::common::sandbox;

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
    let http = reqwest::Client::new();
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
