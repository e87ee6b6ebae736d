//! A guided tour of whatever app is tried: plain data that whoever starts the sandbox gives and the page shows.

use serde::{Deserialize, Serialize};

/// One step of a tour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourStep {
    /// A few words.
    pub title: String,
    /// What to do and what to look at; may hold `*bold*` and `` `code` ``.
    pub text: String,
    /// Handle of the person who acts.
    pub person: String,
    /// What their pane shows when the step begins.
    #[serde(default)]
    pub place: Option<TourPlace>,
    /// What the page can type for the person.
    #[serde(default)]
    pub types: Option<String>,
    /// How the page can turn the clock.
    #[serde(default)]
    pub turns: Option<TourTurn>,
    /// The step is done when somebody sees this.
    #[serde(default)]
    pub done: Option<TourSight>,
}

/// A place of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TourPlace {
    /// Its Home.
    Home,
    /// Its messages.
    Messages,
}

/// A turn of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TourTurn {
    /// `"next"`: to the next thing that happens.
    Next(NextWord),
    /// Ahead by minutes.
    Minutes(i64),
}

/// The word `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NextWord {
    /// The next thing that happens.
    Next,
}

/// What somebody sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TourSight {
    /// Handle of whoever sees it.
    pub person: String,
    /// Text on their screen: in a message, a modal or Home.
    pub shows: String,
}
