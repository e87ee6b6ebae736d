//! The app manifest: what the app calls itself, which commands, shortcuts, tabs, scopes and events it has.
//! It reads, refuses nonsense and answers questions; whoever enforces the answers lives elsewhere.

use serde_json::Value;

use crate::options::SandboxOptions;

use super::part::{ManifestError, Part};

/// The parts of a manifest.
const ROOT: &[&str] = &[
    "_metadata",
    "display_information",
    "features",
    "oauth_config",
    "settings",
    "functions",
    "workflows",
    "types",
    "datastores",
    "events",
    "external_auth_providers",
    "outgoing_domains",
    "app_directory",
];
/// What `features` can hold.
const FEATURES: &[&str] = &[
    "agent_view",
    "app_home",
    "assistant_view",
    "bot_user",
    "rich_previews",
    "search",
    "shortcuts",
    "slash_commands",
    "unfurl_domains",
    "workflow_steps",
];
/// What `settings` can hold.
const SETTINGS: &[&str] = &[
    "allowed_ip_address_ranges",
    "event_subscriptions",
    "function_runtime",
    "hermes_app_type",
    "incoming_webhooks",
    "interactivity",
    "is_hosted",
    "is_mcp_enabled",
    "org_deploy_enabled",
    "siws_links",
    "socket_mode_enabled",
    "token_rotation_enabled",
];

/// A slash command of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlashCommand {
    /// With the slash.
    pub command: String,
    /// Shown while somebody types.
    pub description: String,
    /// What may follow the command.
    pub usage_hint: String,
    /// Whether mentions arrive as tokens with ids instead of as typed.
    pub should_escape: bool,
}

/// Where a shortcut is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortcutKind {
    /// Beside a message.
    Message,
    /// Everywhere.
    Global,
}

/// A shortcut of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// What people see.
    pub name: String,
    /// Where it is offered.
    pub kind: ShortcutKind,
    /// What the app is told.
    pub callback_id: String,
    /// Shown beside the name.
    pub description: String,
}

/// What an app says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppManifest {
    /// The app's display name.
    pub name: String,
    /// One line about it.
    pub description: String,
    /// `#rgb` or `#rrggbb`.
    pub background_color: Option<String>,
    /// The bot's display name; without one there is no bot of its own and the app's name serves.
    pub bot_name: Option<String>,
    /// Slash commands.
    pub commands: Vec<SlashCommand>,
    /// Shortcuts of both kinds.
    pub shortcuts: Vec<Shortcut>,
    /// Whether the app has a Home tab.
    pub home_tab: bool,
    /// Whether the app has a Messages tab.
    pub messages_tab: bool,
    /// Whether people can only read there.
    pub messages_tab_read_only: bool,
    /// Bot scopes, when the manifest names any.
    pub scopes: Option<Vec<String>>,
    /// Events the bot subscribes to.
    pub bot_events: Vec<String>,
    /// Whether Socket Mode is on, when the manifest says; without a word it is on here, as nothing else is spoken.
    pub socket_mode: Option<bool>,
}

impl AppManifest {
    /// Reads a manifest given as JSON.
    ///
    /// # Errors
    /// When a part is missing, unknown, too long, doubled or of the wrong kind.
    pub fn from_json(manifest: &Value) -> Result<Self, ManifestError> {
        let root = Part::of(manifest, String::new())?;
        check_parts(&root)?;
        let information = root.required_part("display_information")?;
        information.only(&["name", "description", "long_description", "background_color"])?;
        let features = root.part("features")?;
        let home = features.part("app_home")?;
        home.only(&["home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"])?;
        let bot = features.part("bot_user")?;
        bot.only(&["display_name", "always_online"])?;
        let color = information.text("background_color", 7)?;
        if color.as_deref().is_some_and(|color| !is_color(color)) {
            return Err(information.wrong("background_color", "must be #rgb or #rrggbb"));
        }
        let settings = root.part("settings")?;
        let scopes = root.part("oauth_config")?.part("scopes")?;
        let scopes = if scopes.has("bot") { Some(scopes.words("bot", 255)?) } else { None };
        Ok(Self {
            name: information.required_text("name", 35)?,
            description: information.text("description", 140)?.unwrap_or_default(),
            background_color: color,
            bot_name: if features.has("bot_user") { Some(bot.required_text("display_name", 80)?) } else { None },
            commands: commands(&features)?,
            shortcuts: shortcuts(&features)?,
            home_tab: home.flag("home_tab_enabled")?.unwrap_or(false),
            messages_tab: home.flag("messages_tab_enabled")?.unwrap_or(true),
            messages_tab_read_only: home.flag("messages_tab_read_only_enabled")?.unwrap_or(false),
            scopes,
            bot_events: settings.part("event_subscriptions")?.words("bot_events", 100)?,
            socket_mode: settings.flag("socket_mode_enabled")?,
        })
    }

    /// Reads a manifest given as YAML or as the text of a JSON document.
    ///
    /// # Errors
    /// When it is neither, or as `from_json`.
    pub fn from_yaml(text: &str) -> Result<Self, ManifestError> {
        let whole = |message: String| ManifestError { message, pointer: "/".to_owned() };
        let read = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| whole(error.to_string()))
        } else {
            serde_saphyr::from_str(text).map_err(|error| whole(error.to_string()))
        };
        Self::from_json(&read?)
    }

    /// The command of that name, with the slash.
    pub(crate) fn command(&self, name: &str) -> Option<&SlashCommand> {
        self.commands.iter().find(|command| command.command == name)
    }

    /// Whether people can write to the app in its Messages tab.
    pub(crate) fn takes_messages(&self) -> bool {
        self.messages_tab && !self.messages_tab_read_only
    }

    /// Whether the bot subscribes to an event.
    pub(crate) fn subscribes(&self, event: &Value) -> bool {
        let text = |key: &str| event.get(key).and_then(Value::as_str).unwrap_or_default();
        let name = match (text("type"), text("channel_type")) {
            ("message", "channel") => "message.channels".to_owned(),
            ("message", "group") => "message.groups".to_owned(),
            ("message", kind) => format!("message.{kind}"),
            (kind, _) => kind.to_owned(),
        };
        self.bot_events.contains(&name)
    }

    /// The name people see beside the app's messages.
    pub(crate) fn shown_name(&self) -> &str {
        self.bot_name.as_deref().unwrap_or(&self.name)
    }

    /// The bot's handle: Slack makes it of the display name.
    pub(crate) fn handle(&self) -> String {
        let handle: String =
            self.shown_name().to_lowercase().split_whitespace().collect::<Vec<_>>().join("").chars().take(21).collect();
        handle.replace(['@', '#', '/', '<', '>', '&'], "")
    }
}

/// Refuses parts and settings that Slack's manifest reference does not name.
fn check_parts(root: &Part<'_>) -> Result<(), ManifestError> {
    root.only(ROOT)?;
    root.part("_metadata")?.only(&["major_version", "minor_version"])?;
    root.part("features")?.only(FEATURES)?;
    let oauth = root.part("oauth_config")?;
    oauth.only(&["redirect_urls", "scopes", "token_management_enabled", "pkce_enabled"])?;
    oauth.words("redirect_urls", 1000)?;
    let scopes = oauth.part("scopes")?;
    scopes.only(&["bot", "bot_optional", "user", "user_optional"])?;
    scopes.words("user", 255)?;
    let settings = root.part("settings")?;
    settings.only(SETTINGS)?;
    for flag in ["org_deploy_enabled", "token_rotation_enabled"] {
        settings.flag(flag)?;
    }
    let events = settings.part("event_subscriptions")?;
    events.only(&["request_url", "bot_events", "user_events", "metadata_subscriptions"])?;
    events.words("user_events", 100)?;
    let interactivity = settings.part("interactivity")?;
    interactivity.only(&["is_enabled", "request_url", "message_menu_options_url"])?;
    interactivity.flag("is_enabled").map(drop)
}

impl SandboxOptions {
    /// With the scopes of the manifest, when it names any.
    pub(crate) fn with_manifest_scopes(mut self) -> Self {
        if let Some(scopes) = self.manifest.as_ref().and_then(|manifest| manifest.scopes.clone()) {
            self.scopes = scopes;
        }
        self
    }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.chars().all(|character| character.is_ascii_hexdigit())
    })
}

fn commands(features: &Part<'_>) -> Result<Vec<SlashCommand>, ManifestError> {
    let mut found: Vec<SlashCommand> = Vec::new();
    for part in features.parts("slash_commands", 50)? {
        part.only(&["command", "description", "usage_hint", "should_escape", "url"])?;
        let command = part.required_text("command", 32)?;
        if !command.starts_with('/') || command.len() < 2 || command.contains(char::is_whitespace) {
            return Err(part.wrong("command", "must be one word that starts with /"));
        }
        if found.iter().any(|known| known.command == command) {
            return Err(part.wrong("command", &format!("{command} is there twice")));
        }
        found.push(SlashCommand {
            command,
            description: part.required_text("description", 2000)?,
            usage_hint: part.text("usage_hint", 1000)?.unwrap_or_default(),
            should_escape: part.flag("should_escape")?.unwrap_or(false),
        });
    }
    Ok(found)
}

fn shortcuts(features: &Part<'_>) -> Result<Vec<Shortcut>, ManifestError> {
    let mut found: Vec<Shortcut> = Vec::new();
    for part in features.parts("shortcuts", 10)? {
        part.only(&["name", "type", "callback_id", "description"])?;
        let kind = match part.required_text("type", 255)?.as_str() {
            "message" => ShortcutKind::Message,
            "global" => ShortcutKind::Global,
            other => return Err(part.wrong("type", &format!("must be message or global, not {other}"))),
        };
        let callback_id = part.required_text("callback_id", 255)?;
        if found.iter().any(|known| known.callback_id == callback_id) {
            return Err(part.wrong("callback_id", &format!("{callback_id} is there twice")));
        }
        found.push(Shortcut {
            name: part.required_text("name", 24)?,
            kind,
            callback_id,
            description: part.required_text("description", 150)?,
        });
    }
    Ok(found)
}
