//! What happened in the pretend company before the demo opens: two pairs have met for some weeks.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use slack_sandbox::{Happening, Turn};

use super::stage::Stage;

/// A pair, and what its mentee says from week to week.
struct RunningPair {
    mentee: &'static str,
    mentor: &'static str,
    wish: &'static str,
    weekday: &'static str,
    time: &'static str,
    length: &'static str,
    weeks: [Week; 2],
}

/// One meeting.
struct Week {
    /// Parts and what stands in them.
    agenda: &'static [(&'static str, &'static str)],
    /// The homework of the week before that comes back.
    returns: Option<&'static str>,
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
        weeks: [
            Week {
                agenda: &[
                    ("Biggest challenge since last time", "The board asked for one number and I gave them four"),
                    ("A topic I'm curious about", "How do you decide what to leave out of a report?"),
                ],
                returns: None,
                homework: "Rewrite last month's summary in five sentences",
                useful: "Starting with the decision, then the reason",
            },
            Week {
                agenda: &[
                    ("Upcoming work", "The spring report: I would send the summary two days before the numbers"),
                    ("Homework I'm returning", "Five sentences were enough. The fourth was the one they asked about."),
                ],
                returns: Some("Rewrite last month's summary in five sentences"),
                homework: "Ask one reader what they did with the report",
                useful: "Being asked who reads it, and when",
            },
        ],
    },
    RunningPair {
        mentee: "mary",
        mentor: "chien",
        wish: "Leading people who know more than I do",
        weekday: "Friday",
        time: "09:00",
        length: "30 minutes",
        weeks: [
            Week {
                agenda: &[
                    ("Learn the why", "Why do we review designs before there is any code?"),
                    ("Upcoming work", "The wind tunnel software: I would begin with the interface to the sensors"),
                ],
                returns: None,
                homework: "Ask two of the team what they would do differently",
                useful: "That not knowing can be said aloud",
            },
            Week {
                agenda: &[("Biggest challenge since last time", "Two good plans, one team, and both looked at me")],
                returns: None,
                homework: "Let the team write down what would change their minds",
                useful: "That deciding late is deciding, too",
            },
        ],
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
    // How often each pair has met.
    let mut met = [0; PAIRS.len()];
    while let Some(next) = stage.sandbox.next_due().await.filter(|next| *next < until) {
        let turned = stage.sandbox.turn(Turn::To(next)).await?;
        for happening in &turned.happened {
            for (pair, met) in PAIRS.iter().zip(&mut met) {
                pair.reacts(stage, happening, met).await?;
            }
        }
    }
    stage.sandbox.turn(Turn::To(until)).await?;
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

    /// What the mentee does when a message comes. After the last of the weeks they leave it to whoever plays them.
    async fn reacts(&self, stage: &Stage, happening: &Happening, met: &mut usize) -> anyhow::Result<()> {
        let Some(week) = self
            .weeks
            .get(*met)
            .filter(|_| stage.person(self.mentee).is_ok_and(|mentee| mentee.id() == happening.person))
        else {
            return Ok(());
        };
        if happening.text.contains("Prepare your agenda") {
            self.prepares(stage, week).await.with_context(|| format!("{} prepares", self.mentee))?;
        } else if happening.text.contains("Did you meet") {
            self.met(stage, week).await.with_context(|| format!("{} tells that they met", self.mentee))?;
            *met += 1;
        }
        Ok(())
    }

    async fn prepares(&self, stage: &Stage, week: &Week) -> anyhow::Result<()> {
        let mentee = stage.person(self.mentee)?;
        mentee.clicks("Prepare").await?;
        mentee.wait_for_modal().await?;
        for (part, text) in week.agenda {
            mentee.fills(part, text).await?;
        }
        if let Some(homework) = week.returns {
            mentee.chooses("Coming back this time", homework).await?;
        }
        mentee.submits().await?;
        Ok(())
    }

    async fn met(&self, stage: &Stage, week: &Week) -> anyhow::Result<()> {
        let mentee = stage.person(self.mentee)?;
        mentee.clicks("We met").await?;
        mentee.wait_for_modal().await?;
        mentee.fills("Homework", week.homework).await?;
        mentee.fills("What was most useful?", week.useful).await?;
        mentee.submits().await?;
        Ok(())
    }
}
