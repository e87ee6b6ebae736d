//! How long `mentor import people` takes with a million lines: `cargo bench --bench import`, or `-- 100000` for fewer.
//!
//! The program itself, as whoever runs the app would start it, beside a pretend Slack; SQLite on this machine's disk. Time is the
//! whole process, from its start to its end, and what it had of a processor meanwhile; memory the most that was resident. No
//! figure makes the run fail.

#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use slack_sandbox::{Sandbox, SandboxOptions};
use tokio::process::Command;

const LINES: u32 = 1_000_000;
/// One line in so many is not right.
const WRONG: u32 = 10_000;
/// People who report to one manager.
const REPORTS: u32 = 8;

fn main() -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(run())
}

async fn run() -> Result<()> {
    let lines = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(LINES);
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("people.csv");
    write(&file, lines)?;
    let sandbox = Sandbox::start(SandboxOptions::default()).await.context("the pretend Slack")?;
    println!("| what | time, whole process | of a processor | memory, at most | |\n|---|---|---|---|---|");
    for (what, more) in [("the first time", None), ("again, in its place", None), ("`--dry-run`", Some("--dry-run"))] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mentor"));
        command.args(["import", "people"]).arg(&file).args(more);
        command.env_clear().current_dir(folder.path()).kill_on_drop(true).stdout(std::process::Stdio::piped());
        command.envs([
            ("SLACK_API_URL", sandbox.api_url()),
            ("SLACK_APP_TOKEN", sandbox.app_token()),
            ("SLACK_BOT_TOKEN", sandbox.bot_token()),
            ("DATABASE_URL", "sqlite:import.db".to_owned()),
            ("MENTOR_KEY_FILE", "import.key".to_owned()),
        ]);
        let began = Instant::now();
        let child = command.spawn().context("mentor")?;
        let process = format!("/proc/{}", child.id().unwrap_or_default());
        let ending = child.wait_with_output();
        tokio::pin!(ending);
        let (mut most, mut worked) = (0, 0);
        let output = loop {
            tokio::select! {
                ended = &mut ending => break ended?,
                () = tokio::time::sleep(Duration::from_millis(20)) => {
                    most = most.max(resident(&process));
                    worked = worked.max(ticks(&process));
                }
            }
        };
        let took = began.elapsed();
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            bail!("it failed: {said}");
        }
        let said = said.lines().find(|line| line.starts_with("csv:")).unwrap_or_default();
        let (took, worked, most) = (took.as_secs_f64(), worked as f64 / 100.0, most as f64 / 1_024.0);
        println!("| {lines} lines, {what} | {took:.1} s | {worked:.1} s | {most:.0} MiB | {said} |");
    }
    Ok(())
}

fn write(file: &Path, lines: u32) -> Result<()> {
    let mut file = BufWriter::new(std::fs::File::create(file)?);
    writeln!(file, "email,manager_email,department")?;
    for number in 0..lines {
        if number % WRONG == WRONG - 1 {
            writeln!(file, "not an address,,")?;
        } else {
            let manager = number.checked_sub(1).map(|before| format!("person{}@example.com", before / REPORTS));
            writeln!(file, "person{number}@example.com,{},Department {}", manager.unwrap_or_default(), number % 200)?;
        }
    }
    Ok(file.flush()?)
}

/// The most memory that was resident so far, in KiB.
fn resident(process: &str) -> u64 {
    let status = std::fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

/// The processor's time so far, the system's for it included, in hundredths of a second.
fn ticks(process: &str) -> u64 {
    let stat = std::fs::read_to_string(format!("{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}
