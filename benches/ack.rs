//! How fast the app acknowledges, how much memory it needs, how soon it is there: `cargo bench --bench ack`.
//!
//! A Slack that does nothing but answer (an HTTP server and WebSocket connections on loopback) plays with the program
//! itself, as built for release, on SQLite on this machine's disk. Figures are printed beside their aims; none makes the
//! run fail. What does: an acknowledgement that is missing, or that says something else than it should.
//!
//! `-- --quick` takes a minute instead of six. `docs/benchmarks.md` has the last table and what it does not prove.

#![expect(clippy::print_stdout, reason = "the table is what this program is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time")]

mod parts;

use std::fs::{File, read_to_string};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};

use anyhow::Result;

use parts::app::{App, machine, processor};
use parts::cast::{Act, Cast};
use parts::echo::{self, Echo};
use parts::figures::{Latencies, Table, mebibytes, ratio, thousands};
use parts::hub::Hub;
use parts::load::{IN_FLIGHT, Load};
use parts::slack::Slack;
use parts::sources::{Sources, program_bytes};
use parts::stage::Stage;

/// Envelopes a second when latency is measured.
const A_SECOND: u32 = 50;
/// What a call to the slow Web API takes.
const SLOW: Duration = Duration::from_secs(2);

const READ_AIM: &str = "p99 ≤ 1 ms";
const CHANGE_AIM: &str = "p99 ≤ 5 ms";
const READS_AIM: &str = "≥ 21,000";

/// The reads that are measured.
const READS: [(Act, &str); 3] = [
    (Act::Help, "`/mentor help`"),
    (Act::Status, "`/mentor`, nobody's mentee"),
    (Act::PairedStatus, "`/mentor`, in an active pair"),
];

/// How long things are measured.
struct Effort {
    paced: Duration,
    closed: Duration,
    idle: Duration,
    starts: usize,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [argument, address] = arguments.as_slice()
        && argument == echo::ARGUMENT
    {
        return echo::run(address);
    }
    let seconds = Duration::from_secs;
    let effort = if arguments.iter().any(|argument| argument == "--quick") {
        Effort { paced: seconds(4), closed: seconds(2), idle: seconds(3), starts: 5 }
    } else {
        Effort { paced: seconds(20), closed: seconds(10), idle: seconds(10), starts: 20 }
    };
    let mut table = Table::new();
    measure(&effort, &mut table)?;
    println!("{}", method(&effort));
    println!("{}", table.text());
    Ok(())
}

fn method(effort: &Effort) -> String {
    let cores = available_parallelism().map_or(0, usize::from);
    let (paced, closed) = (effort.paced.as_secs(), effort.closed.as_secs());
    format!(
        "\nMethod: the release program on SQLite (WAL, synchronous=FULL) on this machine's disk, against a Slack on loopback; \
         the app, the load and that Slack share {cores} cores. Latency: {A_SECOND} envelopes a second for {paced} s, each \
         sent when it is due, from before its write to after the read that brought its acknowledgement. Reads a second: \
         {IN_FLIGHT} always under way on two connections for {closed} s. “The bare client” acknowledges without looking and \
         so shows what loopback and the load itself cost. Slow Web API: every call takes {} s longer, while people open \
         forms (five calls a second) in both runs. Every answer was checked to be the one that was asked for.\n",
        SLOW.as_secs(),
    )
}

fn measure(effort: &Effort, table: &mut Table) -> Result<()> {
    let hub = Hub::open()?;
    let slack = Slack::open(hub.address)?;
    // On a disk, as a real database: the system's temporary folder may be memory.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let stage = Stage { hub: hub.clone(), slack: slack.clone(), folder: folder.path() };
    let (began, busy) = (Instant::now(), machine()?);

    starts(effort, table, &stage)?;
    disk(effort, table, folder.path())?;
    let bare = bare_client(effort, table, &hub)?;

    let app = stage.start()?;
    sleep(effort.idle);
    let idle = app.memory()?;
    table.aimed(
        "Memory, idle",
        &format!("{} resident, {} of it its own", mebibytes(idle.resident), mebibytes(idle.anonymous)),
        "≤ 20 MiB",
    );
    stage.stop(app)?;

    let app = stage.start()?;
    let load = stage.set_mentors()?;
    reads(effort, table, &load, &app, &bare)?;
    changes(effort, table, &load)?;
    slow_calls(effort, table, &load, &slack)?;
    let peak = app.memory()?;
    let used = app.processor()? + processor(std::process::id())?;
    table.plain("Memory, the most under load", &format!("{} resident", mebibytes(peak.peak)));
    stage.stop(app)?;

    let after: Result<Vec<Duration>> = (0..effort.starts).map(|_| stage.start_to_first_ack("")).collect();
    table.plain("Start to first acknowledgement, with what the load left behind", &Latencies::of(after?).words());
    sizes(table)?;
    let (took, others) = (began.elapsed(), (machine()? - busy).saturating_sub(used));
    let (cores, share) = (available_parallelism()?, ratio(others, took) * 100.0);
    let load_average = read_to_string("/proc/loadavg")?;
    table.plain(
        "The machine meanwhile",
        &format!("{cores} cores; others used {share:.0} % of one; load average {}", load_average.trim()),
    );
    Ok(())
}

fn starts(effort: &Effort, table: &mut Table, stage: &Stage<'_>) -> Result<()> {
    let mut first = Vec::new();
    for _ in 0..effort.starts {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let fresh = Stage { hub: stage.hub.clone(), slack: stage.slack.clone(), folder: folder.path() };
        first.push(fresh.start_to_first_ack("help")?);
    }
    table.plain("Start to first acknowledgement, no database yet, help", &Latencies::of(first).words());
    let app = stage.start()?;
    stage.set_pairs()?;
    stage.stop(app)?;
    for (text, what) in [("help", "help"), ("", "status")] {
        let again: Result<Vec<Duration>> = (0..effort.starts).map(|_| stage.start_to_first_ack(text)).collect();
        let what = format!("Start to first acknowledgement, database there, {what}");
        table.aimed(&what, &Latencies::of(again?).words(), "≤ 25 ms");
    }
    Ok(())
}

/// What one write that must last takes on this disk.
fn disk(effort: &Effort, table: &mut Table, folder: &Path) -> Result<()> {
    let mut file = File::create(folder.join("disk"))?;
    let mut all = Vec::new();
    for _ in 0..effort.paced.as_secs() * u64::from(A_SECOND) / 4 {
        let began = Instant::now();
        file.write_all(&[7; 8192])?;
        file.sync_data()?;
        all.push(began.elapsed());
        sleep(Duration::from_secs(1) / A_SECOND);
    }
    table.plain("The disk alone: 8 KiB appended and synced", &Latencies::of(all).words());
    Ok(())
}

/// The bare client's p50 and acknowledgements a second.
struct Bare {
    half: Duration,
    a_second: f64,
}

fn bare_client(effort: &Effort, table: &mut Table, hub: &Arc<Hub>) -> Result<Bare> {
    let client = Echo::start(hub)?;
    let load = Arc::new(Load { hub: hub.clone(), cast: Cast::default(), reads: false });
    let latencies = load.paced(Act::Help, A_SECOND, effort.paced)?;
    let a_second = load.closed(Act::Help, effort.closed)?;
    table.plain("The bare client, acknowledgement", &latencies.words());
    table.plain("The bare client, acknowledgements a second", &thousands(a_second));
    drop(client);
    hub.wait_until_empty()?;
    Ok(Bare { half: latencies.percentile(50), a_second })
}

fn reads(effort: &Effort, table: &mut Table, load: &Arc<Load>, app: &App, bare: &Bare) -> Result<()> {
    for (act, what) in READS {
        let latencies = load.paced(act, A_SECOND, effort.paced)?;
        let times = ratio(latencies.percentile(50), bare.half);
        let measured = format!("{}; p50 is {times:.1} × the bare client's", latencies.words());
        table.aimed(&format!("Acknowledgement, {what}"), &measured, READ_AIM);
    }
    for (act, what) in READS {
        let before = app.processor()?;
        let a_second = load.closed(act, effort.closed)?;
        let each = (app.processor()? - before).as_secs_f64() * 1e6 / (a_second * effort.closed.as_secs_f64());
        let (share, a_second) = (a_second / bare.a_second, thousands(a_second));
        let measured = format!("{a_second}; {share:.2} × the bare client's; {each:.0} µs of processor each");
        table.aimed(&format!("Reads a second, {what}"), &measured, READS_AIM);
    }
    Ok(())
}

fn changes(effort: &Effort, table: &mut Table, load: &Load) -> Result<()> {
    for (act, what) in [(Act::OpenHome, "Home is opened"), (Act::Ask, "a mentor is asked (form)")] {
        let latencies = load.paced(act, A_SECOND, effort.paced)?;
        table.aimed(&format!("Acknowledgement after a commit, {what}"), &latencies.words(), CHANGE_AIM);
    }
    Ok(())
}

fn slow_calls(effort: &Effort, table: &mut Table, load: &Arc<Load>, slack: &Slack) -> Result<()> {
    for (act, what) in READS {
        let [fast, slow] = both(slack, || load.among_calls(|| load.paced(act, A_SECOND, effort.paced)))?;
        let times = ratio(slow.percentile(99), fast.percentile(99));
        let measured = format!("{}; p99 is {times:.2} × that with a fast one ({})", slow.words(), fast.words());
        table.aimed(&format!("Acknowledgement with a slow Web API, {what}"), &measured, "no difference");
    }
    for (act, what) in READS {
        let [fast, slow] = both(slack, || load.among_calls(|| load.closed(act, effort.closed)))?;
        let times = slow / fast;
        let measured = format!("{}; {times:.2} × that with a fast one ({})", thousands(slow), thousands(fast));
        table.aimed(&format!("Reads a second with a slow Web API, {what}"), &measured, "no difference");
    }
    Ok(())
}

/// Measures with a fast Web API, then with a slow one.
fn both<T>(slack: &Slack, mut measure: impl FnMut() -> Result<T>) -> Result<[T; 2]> {
    let fast = measure()?;
    slack.slow_down(SLOW);
    let slow = measure();
    slack.slow_down(Duration::ZERO);
    Ok([fast, slow?])
}

fn sizes(table: &mut Table) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    table.plain("Size of the program", &mebibytes(program_bytes()?));
    table.plain("Sources", &Sources::of(&root.join("src"))?.words(root));
    Ok(())
}
