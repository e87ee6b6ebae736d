//! A year of a pair, told as the list of everything the two were sent: across both changes of the clocks, holidays, a pause
//! and a move. Whoever reads the snapshots reads what living with the app is like.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use insta::assert_snapshot;
use mentor::jobs::ahead;
use slack_sandbox::{NewPerson, SubmitOutcome};

use crate::support::{Someone, World, story};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The programme's holidays of that year.
const HOLIDAYS: [&str; 6] = ["2026-04-03", "2026-05-25", "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01"];

/// Somebody who lives through the year, and on whose clock their messages are told.
struct Living {
    someone: Someone,
    zone: Tz,
    /// Agendas asked of them, and meetings they were asked about.
    agendas: usize,
    reports: usize,
}

impl Living {
    fn new(someone: &Someone, zone: Tz) -> Self {
        Self { someone: someone.clone(), zone, agendas: 0, reports: 0 }
    }

    /// Reads what is new, writes it down and does what people do: prepares most agendas, reports most meetings.
    async fn acts(&mut self, world: &World, diary: &mut Vec<String>) {
        for message in self.someone.reads() {
            let local = world.now().with_timezone(&self.zone).format("%a %d %b %H:%M");
            let name = self.someone.hands.handle().to_owned();
            let said: Vec<&str> = message.lines().filter(|line| !line.starts_with('[')).collect();
            diary.push(format!("{local}  {name}: {}", said.join(" / ")));
            if message.contains("[Prepare]") && message.starts_with("Prepare your agenda") {
                self.agendas += 1;
                if !self.agendas.is_multiple_of(5) {
                    self.someone.prepares("Upcoming work", &world.secret("a plan")).await;
                }
            }
            if message.starts_with("Did you meet") {
                self.reports += 1;
                self.reports_on().await;
            }
        }
    }

    async fn reports_on(&self) {
        match self.reports {
            // Left without an answer, asked once more, and then it counts as missed.
            count if count % 13 == 6 || count % 13 == 7 => {}
            count if count % 9 == 4 => self.someone.clicks("Skipped").await,
            _ => {
                self.someone.clicks_and_sees("We met").await;
                let outcome = self.someone.submits().await;
                if !matches!(outcome, SubmitOutcome::Closed) {
                    self.someone.closes().await;
                }
            }
        }
    }
}

/// Turns the clock to a moment; at each at which something happens, everybody acts.
async fn live(world: &World, people: &mut [Living], until: DateTime<Utc>, diary: &mut Vec<String>) {
    let ctx = &world.app.speaker.ctx;
    loop {
        world.settle().await;
        for person in people.iter_mut() {
            person.acts(world, diary).await;
        }
        match ahead::next_moment(ctx).await.unwrap().filter(|at| *at <= until) {
            Some(at) if at > world.now() => world.clock.set(at),
            _ => break,
        }
    }
    world.advance_to(until).await;
}

fn take_the_holidays_off(world: &World) {
    let days = HOLIDAYS.into_iter().map(|day| day.parse::<NaiveDate>().unwrap()).collect();
    world.app.speaker.ctx.programme.take_off(&days);
}

/// When the two are away together.
async fn pause(world: &World, person: &Someone, until: &str) {
    let answer = person.types(&format!("/mentor pause until {until}")).await;
    assert!(answer.contains("pause"), "{answer}");
    world.settle().await;
}

/// The next meeting on another day.
async fn move_to(person: &Someone, day: &str) {
    person.types_and_sees("/mentor move").await;
    person.chooses("Day", day).await;
    assert_eq!(person.submits().await, SubmitOutcome::Closed);
}

story!(a_year_inside_the_organisation, |world: Arc<World>| async move {
    take_the_holidays_off(&world);
    let (ada, grace) = world.a_pair().await;
    let mut people = [Living::new(&ada, Tz::Europe__London), Living::new(&grace, Tz::America__New_York)];
    let mut diary = Vec::new();
    live(&world, &mut people, at("2026-07-20T10:00:00Z"), &mut diary).await;
    pause(&world, &ada, "10 August").await;
    live(&world, &mut people, at("2026-09-14T10:00:00Z"), &mut diary).await;
    move_to(&ada, "2026-09-18").await;
    live(&world, &mut people, at("2027-03-02T10:00:00Z"), &mut diary).await;
    assert_snapshot!("a_year_inside_the_organisation", diary.join("\n"));
});

story!(a_year_with_a_mentor_outside, |world: Arc<World>| async move {
    take_the_holidays_off(&world);
    let ada = world.joins(NewPerson::member("ada", "Ada Lovelace", "Europe/London")).await;
    let marie = crate::outside::marie(&world, true).await;
    ada.asks(&marie, &world.secret("research")).await;
    marie.reads_one();
    marie.accepts("Thursday", "16:00", "45 minutes").await;
    world.sign(&ada, &marie).await;
    let mut people = [Living::new(&ada, Tz::Europe__London), Living::new(&marie, Tz::Europe__Paris)];
    let mut diary = Vec::new();
    live(&world, &mut people, at("2026-06-20T10:00:00Z"), &mut diary).await;
    pause(&world, &ada, "10 August").await;
    live(&world, &mut people, at("2026-10-26T10:00:00Z"), &mut diary).await;
    move_to(&ada, "2026-11-17").await;
    live(&world, &mut people, at("2027-03-02T10:00:00Z"), &mut diary).await;
    assert_snapshot!("a_year_with_a_mentor_outside", diary.join("\n"));
});

story!(a_year_of_peers, |world: Arc<World>| async move {
    take_the_holidays_off(&world);
    let (ada, grace) = world.a_pair().await;
    ada.types_and_sees("/mentor peers").await;
    ada.submits().await;
    if ada.hands.modal().is_some() {
        ada.closes().await;
    }
    grace.reads();
    grace.clicks("Yes, peers").await;
    ada.reads();
    grace.reads();
    let mut people = [Living::new(&ada, Tz::Europe__London), Living::new(&grace, Tz::America__New_York)];
    let mut diary = Vec::new();
    live(&world, &mut people, at("2026-06-29T10:00:00Z"), &mut diary).await;
    pause(&world, &grace, "10 August").await;
    live(&world, &mut people, at("2026-10-05T10:00:00Z"), &mut diary).await;
    move_to(&grace, "2026-10-12").await;
    live(&world, &mut people, at("2027-03-02T10:00:00Z"), &mut diary).await;
    assert_snapshot!("a_year_of_peers", diary.join("\n"));
});
