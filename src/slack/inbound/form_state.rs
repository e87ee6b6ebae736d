//! What the inputs of a modal, a Home tab or a message hold.
//!
//! Owns: Slack's many names for a chosen value. Must not: judge the values; `Debug` shows how many there are, not what.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Values by `block_id`, each block holding one input. An input left empty is absent.
#[derive(Clone, Default)]
pub struct FormState(BTreeMap<String, Input>);

#[derive(Clone)]
enum Input {
    Empty,
    Text(String),
    Choice(String),
    Choices(Vec<String>),
    User(String),
    Users(Vec<String>),
    Conversations(Vec<String>),
    Date(String),
    Time(String),
    Moment(i64),
    RichText(Value),
}

impl FormState {
    /// The text typed into a plain-text, e-mail, address or number input.
    pub fn text(&self, block_id: &str) -> Option<&str> {
        if let Input::Text(text) = self.0.get(block_id)? { Some(text) } else { None }
    }

    /// The value of the option chosen in a menu or among radio buttons.
    pub fn choice(&self, block_id: &str) -> Option<&str> {
        if let Input::Choice(choice) = self.0.get(block_id)? { Some(choice) } else { None }
    }

    /// The values of the options chosen in a menu of several or ticked in checkboxes.
    pub fn choices(&self, block_id: &str) -> Vec<&str> {
        match self.0.get(block_id) {
            Some(Input::Choices(choices)) => choices.iter().map(String::as_str).collect(),
            Some(Input::Choice(choice)) => vec![choice],
            _ => Vec::new(),
        }
    }

    /// The chosen date, `YYYY-MM-DD`.
    pub fn date(&self, block_id: &str) -> Option<&str> {
        if let Input::Date(date) = self.0.get(block_id)? { Some(date) } else { None }
    }

    /// The chosen time of day, `HH:MM`.
    pub fn time(&self, block_id: &str) -> Option<&str> {
        if let Input::Time(time) = self.0.get(block_id)? { Some(time) } else { None }
    }

    /// The chosen moment, in seconds since 1970 (UTC).
    pub fn moment(&self, block_id: &str) -> Option<i64> {
        if let Input::Moment(moment) = self.0.get(block_id)? { Some(*moment) } else { None }
    }

    /// The chosen person's id.
    pub fn user(&self, block_id: &str) -> Option<&str> {
        if let Input::User(user) = self.0.get(block_id)? { Some(user) } else { None }
    }

    /// The chosen people's ids.
    pub fn users(&self, block_id: &str) -> Vec<&str> {
        match self.0.get(block_id) {
            Some(Input::Users(users)) => users.iter().map(String::as_str).collect(),
            Some(Input::User(user)) => vec![user],
            _ => Vec::new(),
        }
    }

    /// The ids of the chosen conversations or channels.
    pub fn conversations(&self, block_id: &str) -> Vec<&str> {
        match self.0.get(block_id) {
            Some(Input::Conversations(ids)) => ids.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The `rich_text` block typed into a rich-text input.
    pub fn rich_text(&self, block_id: &str) -> Option<&Value> {
        if let Input::RichText(block) = self.0.get(block_id)? { Some(block) } else { None }
    }

    /// Whether there is such a block, filled or not.
    pub fn has(&self, block_id: &str) -> bool {
        self.0.contains_key(block_id)
    }
}

impl fmt::Debug for FormState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("FormState").field("blocks", &self.0.keys()).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct RawState {
    #[serde(default)]
    values: Option<BTreeMap<String, BTreeMap<String, RawInput>>>,
}

#[derive(Deserialize)]
struct RawInput {
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    selected_option: Option<RawOption>,
    #[serde(default)]
    selected_options: Option<Vec<RawOption>>,
    #[serde(default)]
    selected_user: Option<String>,
    #[serde(default)]
    selected_users: Option<Vec<String>>,
    #[serde(default)]
    selected_conversation: Option<String>,
    #[serde(default)]
    selected_conversations: Option<Vec<String>>,
    #[serde(default)]
    selected_channel: Option<String>,
    #[serde(default)]
    selected_channels: Option<Vec<String>>,
    #[serde(default)]
    selected_date: Option<String>,
    #[serde(default)]
    selected_time: Option<String>,
    #[serde(default)]
    selected_date_time: Option<i64>,
    #[serde(default)]
    rich_text_value: Option<Value>,
}

#[derive(Deserialize)]
struct RawOption {
    value: String,
}

impl<'de> Deserialize<'de> for FormState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let state = RawState::deserialize(deserializer)?;
        let blocks = state.values.unwrap_or_default().into_iter();
        Ok(Self(blocks.filter_map(|(id, inputs)| inputs.into_values().next().map(|raw| (id, raw.into()))).collect()))
    }
}

impl From<RawInput> for Input {
    fn from(raw: RawInput) -> Self {
        let values = |options: Vec<RawOption>| options.into_iter().map(|option| option.value).collect();
        let one = |id: String| vec![id];
        raw.value
            .map(Self::Text)
            .or(raw.selected_option.map(|option| Self::Choice(option.value)))
            .or(raw.selected_options.map(|options| Self::Choices(values(options))))
            .or(raw.selected_user.map(Self::User))
            .or(raw.selected_users.map(Self::Users))
            .or(raw.selected_conversation.map(one).map(Self::Conversations))
            .or(raw.selected_conversations.map(Self::Conversations))
            .or(raw.selected_channel.map(one).map(Self::Conversations))
            .or(raw.selected_channels.map(Self::Conversations))
            .or(raw.selected_date.map(Self::Date))
            .or(raw.selected_time.map(Self::Time))
            .or(raw.selected_date_time.map(Self::Moment))
            .or(raw.rich_text_value.map(Self::RichText))
            .unwrap_or(Self::Empty)
    }
}
