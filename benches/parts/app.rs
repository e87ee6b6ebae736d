//! The app: the real program as a child process, with its database and key in one folder.
//!
//! Owns: starting, stopping, and what the kernel says about the process.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

/// The kernel counts processor time in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// A running app.
pub(crate) struct App {
    child: Child,
    /// Just before it was started.
    pub(crate) started: Instant,
}

/// What the kernel says about a process' memory, in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Memory {
    /// Resident now.
    pub(crate) resident: u64,
    /// Of that, not backed by a file: without the program's own pages.
    pub(crate) anonymous: u64,
    /// The most that was ever resident.
    pub(crate) peak: u64,
}

impl App {
    /// Starts `mentor serve` on the database in a folder.
    pub(crate) fn start(folder: &Path, api_url: &str) -> Result<Self> {
        let log = File::create(folder.join("log"))?;
        let started = Instant::now();
        let child = Command::new(env!("CARGO_BIN_EXE_mentor"))
            .arg("serve")
            .env_clear()
            .env("SLACK_APP_TOKEN", "xapp-bench")
            .env("SLACK_BOT_TOKEN", "xoxb-bench")
            .env("SLACK_API_URL", api_url)
            .env("DATABASE_URL", format!("sqlite:{}", folder.join("mentor.db").display()))
            .env("MENTOR_KEY_FILE", folder.join("mentor.key"))
            // People may be spoken to whenever the benchmark runs.
            .env("MENTOR_WORKING_DAYS", "Mon,Tue,Wed,Thu,Fri,Sat,Sun")
            .env("MENTOR_WORKING_HOURS", "00:00-23:59")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("the app cannot be started")?;
        Ok(Self { child, started })
    }

    pub(crate) fn memory(&self) -> Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let of = |name: &str| -> Result<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("no {name}"))?;
            let kibibytes: u64 = line.trim_start_matches(':').trim().trim_end_matches(" kB").parse()?;
            Ok(kibibytes * 1024)
        };
        Ok(Memory { resident: of("VmRSS")?, anonymous: of("RssAnon")?, peak: of("VmHWM")? })
    }

    /// Processor time used so far, in user and kernel mode.
    pub(crate) fn processor(&self) -> Result<Duration> {
        processor(self.child.id())
    }

    /// Asks it to stop and waits for its end.
    pub(crate) fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status()?;
        let ended = self.child.wait()?;
        ensure!(asked.success() && ended.success(), "the app ended with {ended}");
        Ok(())
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // Not after `stop`; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of a process.
pub(crate) fn processor(id: u32) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name, in parentheses, may hold anything; user and system time are the 12th and 13th field behind it.
    let (_, fields) = stat.rsplit_once(')').context("no name")?;
    let mut ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u32>);
    let (user, system) = (ticks.next().context("no user time")??, ticks.next().context("no system time")??);
    Ok(TICK * (user + system))
}

/// Processor time of everything on this machine together.
pub(crate) fn machine() -> Result<Duration> {
    let stat = fs::read_to_string("/proc/stat")?;
    let fields = stat.lines().next().context("nothing is counted")?.split_whitespace().skip(1);
    // In order: user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen.
    let busy = fields.take(8).enumerate().filter(|(place, _)| !matches!(place, 3 | 4));
    let ticks = busy.map(|(_, ticks)| ticks.parse::<u32>()).sum::<Result<u32, _>>()?;
    Ok(TICK * ticks)
}
