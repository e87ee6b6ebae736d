//! The story of the demo, told in the terminal: two people become a pair and meet.

use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Days, NaiveTime, TimeDelta, Utc, Weekday};
use slack_sandbox::{Hands, SubmitOutcome};

use super::stage::Stage;
use crate::cli::say;

/// For whoever watches on the page.
const BETWEEN_SCENES: Duration = Duration::from_millis(2_500);

/// Tells the story.
///
/// # Errors
/// When somebody does not see what they should.
pub(super) async fn tell(stage: &Stage) -> anyhow::Result<()> {
    let teller = Teller { stage, ada: stage.person("ada")?, grace: stage.person("grace")? };
    say("Ada works in London, Grace in New York.\n");
    teller.ada_asks().await?;
    teller.grace_accepts().await?;
    let meeting = teller.first_meeting();
    teller.ada_prepares(meeting).await?;
    teller.grace_reads(meeting).await?;
    teller.they_meet(meeting).await?;
    teller.the_next_agenda(meeting + TimeDelta::days(7)).await?;
    say("That was one round. Nobody had to remember anything.\n");
    Ok(())
}

struct Teller<'a> {
    stage: &'a Stage,
    ada: Hands,
    grace: Hands,
}

impl Teller<'_> {
    async fn scene(&self, what: &str) {
        if self.stage.watched {
            tokio::time::sleep(BETWEEN_SCENES).await;
        }
        say(format!("■ {}  {what}", self.stage.now().format("%A %-d %B, %H:%M UTC")));
    }

    fn shows(&self, who: &Hands, what: &impl ToString) {
        say(format!("    {} sees", who.name()));
        for line in what.to_string().lines() {
            say(format!("      │ {line}"));
        }
        say("");
    }

    async fn ada_asks(&self) -> anyhow::Result<()> {
        self.scene("Ada types /mentor ask @grace").await;
        self.ada.types("/mentor ask @grace").await?;
        let form = self.ada.wait_for_modal().await?;
        self.shows(&self.ada, &form);
        self.ada.fills("What I want to work on", "Leading my first project without doing everything myself").await?;
        if let SubmitOutcome::Updated(sent) = self.ada.submits().await? {
            self.shows(&self.ada, &sent);
        }
        self.ada.closes().await?;
        Ok(())
    }

    async fn grace_accepts(&self) -> anyhow::Result<()> {
        let asked = self.grace.wait_for_dm("would like you as a mentor").await?;
        self.scene("Grace gets a direct message").await;
        self.shows(&self.grace, &asked);
        self.scene("Grace clicks Accept, chooses Thursday at 10:00, 30 minutes").await;
        self.grace.clicks("Accept").await?;
        let form = self.grace.wait_for_modal().await?;
        self.shows(&self.grace, &form);
        self.grace.chooses("Weekday", "Thursday").await?;
        self.grace.chooses("Time", "10:00").await?;
        self.grace.chooses("Length", "30 minutes").await?;
        self.grace.submits().await?;
        let news = self.ada.wait_for_dm("Good news").await?;
        self.shows(&self.ada, &news);
        Ok(())
    }

    /// The Thursday of this week, 10:00 in New York.
    fn first_meeting(&self) -> DateTime<Utc> {
        let today = self.stage.now().date_naive();
        let to_thursday = u64::from(Weekday::Thu.days_since(today.weekday()));
        let day = today.checked_add_days(Days::new(to_thursday)).unwrap_or(today);
        let local = day.and_time(NaiveTime::MIN + TimeDelta::hours(10));
        crate::domain::working_time::instant(chrono_tz::America::New_York, local)
    }

    async fn ada_prepares(&self, meeting: DateTime<Utc>) -> anyhow::Result<()> {
        self.stage.turn_to(meeting - TimeDelta::days(2)).await?;
        let request = self.ada.wait_for_dm("Prepare your agenda").await.context("two working days before")?;
        self.scene("Two working days before the meeting").await;
        self.shows(&self.ada, &request);
        self.ada.clicks("Prepare").await?;
        self.ada.wait_for_modal().await?;
        self.ada.fills("Learn the why", "Why does every release wait for a second approval?").await?;
        self.ada.fills("Upcoming work", "Splitting the billing service; I would begin with the invoices").await?;
        self.ada.submits().await?;
        let ready = self.ada.wait_for_dm("is ready").await?;
        self.scene("Ada fills in two of the five parts; the message turns into the outcome").await;
        self.shows(&self.ada, &ready);
        Ok(())
    }

    async fn grace_reads(&self, meeting: DateTime<Utc>) -> anyhow::Result<()> {
        self.stage.turn_to(meeting - TimeDelta::days(1)).await?;
        let notice = self.grace.wait_for_dm("is ready").await.context("one working day before")?;
        self.scene("One working day before the meeting").await;
        self.shows(&self.grace, &notice);
        self.grace.clicks("Open agenda").await?;
        let agenda = self.grace.wait_for_modal().await?;
        self.scene("Grace opens it; each part carries a question to ask").await;
        self.shows(&self.grace, &agenda);
        self.grace.closes().await?;
        Ok(())
    }

    async fn they_meet(&self, meeting: DateTime<Utc>) -> anyhow::Result<()> {
        self.stage.turn_to(meeting + TimeDelta::minutes(45)).await?;
        let question = self.ada.wait_for_dm("Did you meet").await.context("after the meeting")?;
        self.scene("A quarter of an hour after the meeting").await;
        self.shows(&self.ada, &question);
        self.ada.clicks("We met").await?;
        self.ada.wait_for_modal().await?;
        self.ada.fills("Homework", "Ask Lise how her team approves releases").await?;
        self.ada.fills("What was most useful?", "Being asked what would make me change the plan").await?;
        self.ada.submits().await?;
        let met = self.ada.wait_for_dm("You met").await?;
        self.shows(&self.ada, &met);
        Ok(())
    }

    async fn the_next_agenda(&self, next: DateTime<Utc>) -> anyhow::Result<()> {
        self.stage.turn_to(next - TimeDelta::days(2)).await?;
        let request = self.ada.wait_for_dm("Coming back").await.context("the next agenda")?;
        self.scene("The next week, two working days before").await;
        self.shows(&self.ada, &request);
        self.ada.clicks("Prepare").await?;
        let form = self.ada.wait_for_modal().await?;
        self.scene("The next agenda opens with the homework").await;
        self.shows(&self.ada, &form);
        self.ada.closes().await?;
        let home = self.ada.opens_home().await?;
        self.scene("Ada opens her Home tab").await;
        self.shows(&self.ada, &home);
        Ok(())
    }
}
