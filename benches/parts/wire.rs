//! One Socket Mode connection from Slack's side: frames in and out, on a blocking socket.
//!
//! Owns: as little work a frame as possible, since the app under test shares the processor. Frames to the app are not
//! masked, as the protocol wants it, so that an envelope costs a copy; several go out in one write.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Bytes read at once.
const READ: usize = 256 * 1024;
/// How an acknowledgement begins; the number follows.
const BEGINNING: &[u8] = b"{\"envelope_id\":\"";
/// Digits of an envelope's number.
const DIGITS: usize = 16;

/// The writing side.
pub(crate) struct Wire(Mutex<TcpStream>);

impl Wire {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self(Mutex::new(stream))
    }

    /// Writes frames.
    pub(crate) fn send(&self, frames: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(frames)
    }

    pub(crate) fn hang_up(&self) {
        // It may be gone already.
        let _ = self.0.lock().unwrap_or_else(PoisonError::into_inner).shutdown(Shutdown::Both);
    }
}

/// Appends a frame that holds a text.
pub(crate) fn text_frame(frames: &mut Vec<u8>, text: &str) {
    frame(frames, 0x1, text.as_bytes());
}

/// Appends the answer to a ping.
pub(crate) fn pong_frame(frames: &mut Vec<u8>) {
    frame(frames, 0xA, &[]);
}

fn frame(frames: &mut Vec<u8>, kind: u8, payload: &[u8]) {
    frames.push(0x80 | kind);
    match payload.len() {
        length @ 0..126 => frames.push(length as u8),
        length @ 126..=0xFFFF => {
            frames.push(126);
            frames.extend_from_slice(&(length as u16).to_be_bytes());
        }
        length => {
            frames.push(127);
            frames.extend_from_slice(&(length as u64).to_be_bytes());
        }
    }
    frames.extend_from_slice(payload);
}

/// What a frame from the app is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Close,
    Ping,
    Other,
}

/// The reading side.
pub(crate) struct Frames {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

impl Frames {
    pub(crate) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: vec![0; READ], filled: 0 }
    }

    /// Waits for bytes and reads what is there, behind what is there already. False at the end.
    pub(crate) fn fill(&mut self) -> io::Result<bool> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.filled * 2, 0);
        }
        let read = self.stream.read(&mut self.buffer[self.filled..])?;
        self.filled += read;
        Ok(read > 0)
    }

    /// Unmasks the complete frames and says where they are. Call [`Frames::forget`] with the end of the last one before
    /// reading on.
    pub(crate) fn complete(&mut self, found: &mut Vec<(Kind, Range<usize>)>) -> usize {
        found.clear();
        let mut at = 0;
        while let Some((kind, payload)) = whole(&self.buffer[at..self.filled]) {
            let mask_at = at + payload.start - 4;
            let payload = at + payload.start..at + payload.end;
            let (head, body) = self.buffer.split_at_mut(payload.start);
            unmask(&head[mask_at..], &mut body[..payload.len()]);
            at = payload.end;
            found.push((kind, payload));
        }
        at
    }

    pub(crate) fn text(&self, payload: &Range<usize>) -> &[u8] {
        &self.buffer[payload.clone()]
    }

    pub(crate) fn forget(&mut self, until: usize) {
        self.buffer.copy_within(until..self.filled, 0);
        self.filled -= until;
    }
}

/// The first frame's kind and payload, if all of it is there. Frames from a client are masked: the mask is the four bytes
/// before the payload.
fn whole(bytes: &[u8]) -> Option<(Kind, Range<usize>)> {
    let kind = match bytes.first()? & 0x0F {
        0x1 => Kind::Text,
        0x8 => Kind::Close,
        0x9 => Kind::Ping,
        _ => Kind::Other,
    };
    let (length, head) = match bytes.get(1)? & 0x7F {
        126 => (u64::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?)), 4),
        127 => (u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?), 10),
        length => (u64::from(length), 2),
    };
    let start = head + 4;
    let end = start + usize::try_from(length).ok()?;
    (bytes.len() >= end).then_some((kind, start..end))
}

fn unmask(mask: &[u8], payload: &mut [u8]) {
    let Ok(mask) = <[u8; 4]>::try_from(mask) else { return };
    let wide = u64::from_ne_bytes([mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3]]);
    let (chunks, rest) = payload.as_chunks_mut::<8>();
    for chunk in chunks {
        *chunk = (u64::from_ne_bytes(*chunk) ^ wide).to_ne_bytes();
    }
    rest.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
}

/// An envelope's number as its id.
pub(crate) fn envelope_id(number: u64) -> String {
    format!("{number:0DIGITS$}")
}

/// The number of the envelope that is acknowledged.
pub(crate) fn acknowledged(text: &[u8]) -> Option<u64> {
    let digits = text.strip_prefix(BEGINNING)?.get(..DIGITS)?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}
