//! What happened in the pretend company before the demo opens: two pairs have met for some weeks.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use slack_sandbox::{Happening, Turn};

use super::stage::Stage;

/// A pair, and what its mentee says.
struct RunningPair {
    mentee: &'static str,
    mentor: &'static str,
    wish: &'static str,
    weekday: &'static str,
    time: &'static str,
    length: &'static str,
    agenda: &'static [(&'static str, &'static str)],
    homework: &'static str,
    useful: &'static str,
}

const PAIRS: [RunningPair; 2] = [
    RunningPair {
        mentee: "lise",
        mentor: "katherine",
        wish: "Explaining results to people who decide, not to people who measure",
        weekday: "Wednesday",
        time: "10:00",
        length: "45 minutes",
        agenda: &[
            ("Biggest challenge since last time", "The board asked for one number and I gave them four"),
            ("A topic I'm curious about", "How do you decide what to leave out of a report?"),
        ],
        homework: "Rewrite last month's summary in five sentences",
        useful: "Starting with the decision, then the reason",
    },
    RunningPair {
        mentee: "mary",
        mentor: "chien",
        wish: "Leading people who know more than I do",
        weekday: "Friday",
        time: "09:00",
        length: "30 minutes",
        agenda: &[
            ("Learn the why", "Why do we review designs before there is any code?"),
            ("Upcoming work", "The wind tunnel software: I would begin with the interface to the sensors"),
        ],
        homework: "Ask two of the team what they would do differently",
        useful: "That not knowing can be said aloud",
    },
];

/// Lets the weeks until a moment pass.
///
/// # Errors
/// When somebody does not see what they should.
pub(super) async fn happen(stage: &Stage, until: DateTime<Utc>) -> anyhow::Result<()> {
    for pair in &PAIRS {
        pair.begins(stage).await.with_context(|| format!("{} and {} become a pair", pair.mentee, pair.mentor))?;
    }
    while let Some(next) = stage.sandbox.next_due().await.filter(|next| *next < until) {
        let turned = stage.sandbox.turn(Turn::To(next)).await?;
        for happening in &turned.happened {
            react(stage, happening).await?;
        }
    }
    stage.sandbox.turn(Turn::To(until)).await?;
    Ok(())
}

/// What a mentee of the company does when a message comes.
async fn react(stage: &Stage, happening: &Happening) -> anyhow::Result<()> {
    for pair in &PAIRS {
        if stage.person(pair.mentee)?.id() == happening.person {
            if happening.text.contains("Prepare your agenda") {
                pair.prepares(stage).await.with_context(|| format!("{} prepares", pair.mentee))?;
            } else if happening.text.contains("Did you meet") {
                pair.met(stage).await.with_context(|| format!("{} tells that they met", pair.mentee))?;
            }
        }
    }
    Ok(())
}

impl RunningPair {
    async fn begins(&self, stage: &Stage) -> anyhow::Result<()> {
        let (mentee, mentor) = (stage.person(self.mentee)?, stage.person(self.mentor)?);
        mentee.types(&format!("/mentor ask @{}", self.mentor)).await?;
        mentee.wait_for_modal().await?;
        mentee.fills("What I want to work on", self.wish).await?;
        mentee.submits().await?;
        mentee.closes().await?;
        mentor.wait_for_dm("would like you as a mentor").await?;
        mentor.clicks("Accept").await?;
        mentor.wait_for_modal().await?;
        mentor.chooses("Weekday", self.weekday).await?;
        mentor.chooses("Time", self.time).await?;
        mentor.chooses("Length", self.length).await?;
        mentor.submits().await?;
        mentee.wait_for_dm("Good news").await?;
        Ok(())
    }

    async fn prepares(&self, stage: &Stage) -> anyhow::Result<()> {
        let mentee = stage.person(self.mentee)?;
        mentee.clicks("Prepare").await?;
        mentee.wait_for_modal().await?;
        for (part, text) in self.agenda {
            mentee.fills(part, text).await?;
        }
        mentee.submits().await?;
        Ok(())
    }

    async fn met(&self, stage: &Stage) -> anyhow::Result<()> {
        let mentee = stage.person(self.mentee)?;
        mentee.clicks("We met").await?;
        mentee.wait_for_modal().await?;
        mentee.fills("Homework", self.homework).await?;
        mentee.fills("What was most useful?", self.useful).await?;
        mentee.submits().await?;
        Ok(())
    }
}
