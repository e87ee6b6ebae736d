//! The statement that writes many entries of a directory at once: its text is put together when the program is compiled.
//!
//! Owns: how many, and the placeholders. Must not: know what an entry is (see `directory`).

use std::str::from_utf8;

/// Entries written by one statement.
pub(super) const AT_ONCE: usize = 100;
/// Values of one entry.
const EACH: usize = 6;
/// Values that all of them share, before their own.
const SHARED: usize = 2;
/// Bytes the text has room for; what is left are blanks at its end.
const ROOM: usize = 8_000;

const BEFORE: &str = "INSERT INTO directory_entries
        (source, snapshot_id, listed, id, name, user_id, email, manager_id, department) VALUES ";

/// The statement: `$1` the source, `$2` the snapshot, then of each entry its identifier, name, user id, address,
/// manager and department.
pub(super) const INSERT_MANY: &str = match from_utf8(&TEXT) {
    Ok(text) => text,
    Err(_) => "",
};

static TEXT: [u8; ROOM] = text();

const fn text() -> [u8; ROOM] {
    let mut text = Text { bytes: [b' '; ROOM], length: 0 };
    text = text.and(BEFORE.as_bytes());
    let mut value = 0;
    while value < AT_ONCE * EACH {
        text = text.and(match (value % EACH, value) {
            (0, 0) => b"($1, $2, TRUE, $",
            (0, _) => b"), ($1, $2, TRUE, $",
            _ => b", $",
        });
        text = text.number(SHARED + 1 + value);
        value += 1;
    }
    text.and(b")").bytes
}

struct Text {
    bytes: [u8; ROOM],
    length: usize,
}

impl Text {
    const fn and(mut self, more: &[u8]) -> Self {
        let mut at = 0;
        while at < more.len() {
            self.bytes[self.length] = more[at];
            self.length += 1;
            at += 1;
        }
        self
    }

    /// Up to 999.
    const fn number(self, number: usize) -> Self {
        const DIGITS: &[u8; 10] = b"0123456789";
        let digits = [DIGITS[number / 100 % 10], DIGITS[number / 10 % 10], DIGITS[number % 10]];
        let [hundreds, tens, ones] = digits;
        match number {
            0..10 => self.and(&[ones]),
            10..100 => self.and(&[tens, ones]),
            _ => self.and(&[hundreds, tens, ones]),
        }
    }
}
