//! Load: so many envelopes a second whatever comes back, or always so many under way.
//!
//! Owns: sending and counting. Latencies are measured from just before the write of an envelope to just after the read
//! that brought its acknowledgement; an envelope is sent when it is due, even if earlier ones are not acknowledged yet,
//! so a stall of the app is not hidden by waiting for it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use super::cast::{Act, Cast};
use super::figures::Latencies;
use super::hub::{Ack, Hear, Hub};
use super::wire::{Wire, text_frame};

/// How long a last acknowledgement may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// Envelopes under way in the closed loop.
pub(crate) const IN_FLIGHT: u64 = 16;
/// Bytes of the shortest answer that says anything.
const SHORTEST: usize = 200;
/// Numbers set aside for a closed loop.
const MOST: u64 = 100_000_000;

/// What is sent, by whom, over what.
pub(crate) struct Load {
    pub(crate) hub: Arc<Hub>,
    pub(crate) cast: Cast,
    /// Whether answers are looked at; a bare client says nothing worth reading.
    pub(crate) reads: bool,
}

/// Of paced sending: when each envelope was sent and acknowledged, in nanoseconds since the beginning.
struct Book {
    first: u64,
    began: Instant,
    sent: Vec<AtomicU64>,
    acked: Vec<AtomicU64>,
    acks: AtomicU64,
    shortest: usize,
    /// An answer that is not the wanted one.
    poor: Mutex<Option<String>>,
}

impl Hear for Book {
    fn acks(&self, _wire: &Wire, acks: &[Ack<'_>], at: Instant) {
        for ack in acks {
            let place = ack.number.checked_sub(self.first).and_then(|place| usize::try_from(place).ok());
            let Some(acked) = place.and_then(|place| self.acked.get(place)) else { continue };
            acked.store(nanos(at - self.began), Relaxed);
            look(ack, self.shortest, &self.poor);
            self.acks.fetch_add(1, Relaxed);
        }
    }
}

/// Of the closed loop.
struct Loop {
    load: Arc<Load>,
    act: Act,
    first: u64,
    until: Instant,
    turns: AtomicU64,
    acks: AtomicU64,
    under_way: AtomicU64,
    shortest: usize,
    /// An answer that is not the wanted one.
    poor: Mutex<Option<String>>,
}

impl Loop {
    fn next(&self, frames: &mut Vec<u8>) {
        let turn = self.turns.fetch_add(1, Relaxed);
        self.under_way.fetch_add(1, Relaxed);
        text_frame(frames, &self.load.cast.envelope(self.act, self.first + turn, turn));
    }
}

impl Hear for Loop {
    fn acks(&self, wire: &Wire, acks: &[Ack<'_>], at: Instant) {
        let mut frames = Vec::new();
        for ack in acks.iter().filter(|ack| (self.first..self.first + MOST).contains(&ack.number)) {
            look(ack, self.shortest, &self.poor);
            if at < self.until {
                self.acks.fetch_add(1, Relaxed);
                self.next(&mut frames);
            }
            self.under_way.fetch_sub(1, Relaxed);
        }
        // A connection that is gone shows in what stays under way.
        let _ = wire.send(&frames);
    }
}

struct One {
    number: u64,
    text: Mutex<Sender<String>>,
}

impl Hear for One {
    fn acks(&self, _wire: &Wire, acks: &[Ack<'_>], _at: Instant) {
        for ack in acks.iter().filter(|ack| ack.number == self.number) {
            let text = String::from_utf8_lossy(ack.text).into_owned();
            // Who no longer waits has reported it.
            let _ = self.text.lock().unwrap_or_else(PoisonError::into_inner).send(text);
        }
    }
}

/// An answer that is far too short says something else than was asked for; longer ones were looked at before.
fn look(ack: &Ack<'_>, shortest: usize, poor: &Mutex<Option<String>>) {
    if ack.text.len() < shortest {
        let text = String::from_utf8_lossy(ack.text).into_owned();
        *poor.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }
}

fn all_well(act: Act, poor: &Mutex<Option<String>>) -> Result<()> {
    let poor = poor.lock().unwrap_or_else(PoisonError::into_inner).take();
    ensure!(poor.is_none(), "{act:?} is answered with {}", poor.unwrap_or_default());
    Ok(())
}

fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

impl Load {
    /// Sends one envelope and waits for its acknowledgement.
    pub(crate) fn one(&self, envelope: impl FnOnce(u64) -> String) -> Result<String> {
        let wires = self.hub.connections()?;
        let number = self.hub.numbers(1);
        let (text, acknowledged) = channel();
        self.hub.tell(Arc::new(One { number, text: Mutex::new(text) }));
        let mut frame = Vec::new();
        text_frame(&mut frame, &envelope(number));
        wires[0].send(&frame)?;
        let text = acknowledged.recv_timeout(PATIENCE).context("no acknowledgement")?;
        self.hub.tell_nobody();
        Ok(text)
    }

    /// Makes sure that an act is answered as it should be; returns the length below which a later answer cannot be one.
    fn shortest(&self, act: Act) -> Result<usize> {
        let text = self.one(|number| self.cast.envelope(act, number, 0))?;
        let wanted = match act {
            _ if !self.reads => return Ok(0),
            Act::OpenHome | Act::OpenAskForm => return Ok(0),
            Act::Help => "What you can type",
            Act::Status => "You have no mentor yet",
            Act::PairedStatus => "Next meeting",
            Act::Ask => "You will hear by",
        };
        ensure!(text.contains(wanted), "{act:?} is answered with {text}");
        Ok(SHORTEST)
    }

    /// So many a second.
    pub(crate) fn paced(&self, act: Act, a_second: u32, during: Duration) -> Result<Latencies> {
        let shortest = self.shortest(act)?;
        let wires = self.hub.connections()?;
        let gap = Duration::from_secs(1) / a_second;
        let count = (during.as_secs_f64() * f64::from(a_second)) as u64;
        let book = Arc::new(Book {
            first: self.hub.numbers(count),
            began: Instant::now(),
            sent: (0..count).map(|_| AtomicU64::new(0)).collect(),
            acked: (0..count).map(|_| AtomicU64::new(0)).collect(),
            acks: AtomicU64::new(0),
            shortest,
            poor: Mutex::default(),
        });
        self.hub.tell(book.clone());
        let mut frame = Vec::new();
        for (turn, sent) in (0..count).zip(&book.sent) {
            frame.clear();
            text_frame(&mut frame, &self.cast.envelope(act, book.first + turn, turn));
            let due = book.began + gap * u32::try_from(turn).unwrap_or(u32::MAX);
            thread::sleep(due.saturating_duration_since(Instant::now()));
            sent.store(nanos(book.began.elapsed()), Relaxed);
            wires[usize::from(turn % 2 == 1)].send(&frame)?;
        }
        let last = Instant::now();
        while book.acks.load(Relaxed) < count && last.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        self.hub.tell_nobody();
        ensure!(book.acks.load(Relaxed) == count, "{act:?}: {} of {count} acknowledged", book.acks.load(Relaxed));
        all_well(act, &book.poor)?;
        let times = book.sent.iter().zip(&book.acked);
        Ok(Latencies::new(times.map(|(sent, acked)| acked.load(Relaxed) - sent.load(Relaxed)).collect()))
    }

    /// Always [`IN_FLIGHT`] under way; returns acknowledgements a second.
    pub(crate) fn closed(self: &Arc<Self>, act: Act, during: Duration) -> Result<f64> {
        let shortest = self.shortest(act)?;
        let wires = self.hub.connections()?;
        let began = Instant::now();
        let running = Arc::new(Loop {
            load: self.clone(),
            act,
            first: self.hub.numbers(MOST),
            until: began + during,
            turns: AtomicU64::new(0),
            acks: AtomicU64::new(0),
            under_way: AtomicU64::new(0),
            shortest,
            poor: Mutex::default(),
        });
        self.hub.tell(running.clone());
        for (number, wire) in (0..IN_FLIGHT).zip(wires.iter().take(2).cycle()) {
            let mut frames = Vec::new();
            running.next(&mut frames);
            wire.send(&frames).with_context(|| format!("envelope {number}"))?;
        }
        thread::sleep(during);
        let last = Instant::now();
        while running.under_way.load(Relaxed) > 0 && last.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(1));
        }
        self.hub.tell_nobody();
        ensure!(running.under_way.load(Relaxed) == 0, "{act:?}: not everything was acknowledged");
        all_well(act, &running.poor)?;
        Ok(running.acks.load(Relaxed) as f64 / during.as_secs_f64())
    }

    /// Does something while people also ask for forms, five a second, each of which costs the app a call to the Web API.
    pub(crate) fn among_calls<T>(self: &Arc<Self>, measure: impl FnOnce() -> Result<T>) -> Result<T> {
        let wires = self.hub.connections()?;
        let over = Arc::new(AtomicBool::new(false));
        let (load, asked_to_stop) = (self.clone(), over.clone());
        let asking = thread::spawn(move || {
            let mut turn = 0;
            while !asked_to_stop.load(Relaxed) {
                let mut frame = Vec::new();
                text_frame(&mut frame, &load.cast.envelope(Act::OpenAskForm, load.hub.numbers(1), turn));
                if wires[1].send(&frame).is_err() {
                    return;
                }
                turn += 1;
                thread::sleep(Duration::from_millis(200));
            }
        });
        let measured = measure();
        over.store(true, Relaxed);
        ensure!(asking.join().is_ok(), "asking for forms failed");
        measured
    }
}
