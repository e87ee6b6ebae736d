//! Runs a sandbox until it is interrupted, and prints what a client needs to know, one fact a line.

use std::io::{ErrorKind, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use serde::de::DeserializeOwned;
use slack_sandbox::{AppManifest, NewPerson, Sandbox, SandboxOptions, TurnableClock};

/// A strict Slack workspace on this machine.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// TCP port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 3900)]
    port: u16,
    /// JSON list of people: [{"handle": "ada", "name": "Ada Lovelace", "tz": "Europe/London", "kind": "member"}].
    #[arg(long)]
    people: Option<PathBuf>,
    /// The app's manifest, YAML or JSON; without it everything is allowed.
    #[arg(long)]
    manifest: Option<PathBuf>,
    /// JSON list of steps that the page offers to follow.
    #[arg(long)]
    tour: Option<PathBuf>,
    /// Seed of every random choice.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Behave as an org-wide install of an Enterprise organisation.
    #[arg(long)]
    enterprise: bool,
}

fn default_people() -> Vec<NewPerson> {
    vec![
        NewPerson::member("ada", "Ada Lovelace", "Europe/London"),
        NewPerson::member("grace", "Grace Hopper", "America/New_York"),
        NewPerson::member("katherine", "Katherine Johnson", "America/Los_Angeles"),
        NewPerson::member("tu", "Tu Youyou", "Asia/Shanghai"),
        NewPerson::guest("alan", "Alan Turing", "Europe/London"),
    ]
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn list_of<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    serde_json::from_str(&read(path)?)
        .map_err(|error| anyhow::anyhow!("{}, line {}: {error}", path.display(), error.line()))
}

fn people_of(path: &Path) -> anyhow::Result<Vec<NewPerson>> {
    NewPerson::list_from_json(&read(path)?).map_err(|error| anyhow::anyhow!("{}, {error}", path.display()))
}

fn manifest_of(path: &Path) -> anyhow::Result<AppManifest> {
    AppManifest::from_yaml(&read(path)?).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
}

async fn start(options: SandboxOptions) -> anyhow::Result<Sandbox> {
    let port = options.port;
    Sandbox::start(options).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!("port {port} is taken: {error}; choose another with --port"),
        _ => anyhow::Error::new(error).context(format!("listening on port {port}")),
    })
}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the lines printed are this program's answer")]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()))
        .init();
    let arguments = Arguments::parse();
    let people = match &arguments.people {
        Some(path) => people_of(path)?,
        None => default_people(),
    };
    let options = SandboxOptions {
        port: arguments.port,
        seed: arguments.seed,
        enterprise_install: arguments.enterprise,
        clockwork: Some(Arc::new(TurnableClock::default())),
        tour: arguments.tour.as_deref().map(list_of).transpose()?.unwrap_or_default(),
        manifest: arguments.manifest.as_deref().map(manifest_of).transpose()?,
        ..SandboxOptions::default()
    };
    let sandbox = start(options).await?;
    println!("page {}/", sandbox.base_url());
    println!("api_url {}", sandbox.api_url());
    println!("control_url {}/control", sandbox.base_url());
    println!("app_token {}", sandbox.app_token());
    println!("bot_token {}", sandbox.bot_token());
    let handles: Vec<String> = people.iter().map(|person| person.handle.clone()).collect();
    for person in people {
        let hands = sandbox.add_person(person);
        println!("person {} {} {}", hands.id(), hands.handle(), hands.name());
    }
    // Somewhere to type.
    let handles: Vec<&str> = handles.iter().map(String::as_str).collect();
    println!("channel {} general", sandbox.add_channel("general", false, &handles));
    tokio::signal::ctrl_c().await.context("waiting for an interrupt")?;
    sandbox.stop().await;
    Ok(())
}
