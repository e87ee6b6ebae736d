//! Tables as people export them: commas, semicolons or tabs, UTF-8 or the Western European character set, columns in any
//! order.
//!
//! Owns: reading rows one by one within bounds, and words for what is not right. Must not: know what the columns mean.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The largest file that is read.
pub const LARGEST: u64 = 500_000_000;
/// The longest row: more is a quote that was never closed.
const LONGEST_ROW: usize = 20_000;

/// Why a file is not read at all.
#[derive(Debug, thiserror::Error)]
pub enum CannotRead {
    /// The file.
    #[error("the file cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// More than [`LARGEST`].
    #[error("the file is larger than 500 MB")]
    TooLarge,
    /// UTF-16, a spreadsheet, or no text at all.
    #[error("this is no text file: save it as “CSV UTF-8” (a spreadsheet or a “Unicode text” is something else)")]
    NotText,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The first line is not what it should be.
    #[error("{0}")]
    Columns(String),
}

/// A file with its columns found.
#[derive(Debug)]
pub struct Table {
    rows: csv::Reader<BufReader<File>>,
    encoding: &'static Encoding,
    places: BTreeMap<&'static str, usize>,
    width: usize,
    /// Columns that nobody asked for.
    pub ignored: Vec<String>,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    values: BTreeMap<&'static str, String>,
}

impl Row {
    /// What stands in a column; `None` when nothing does, or there is no such column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.values.get(column).map(String::as_str)
    }
}

impl Table {
    /// Opens a file and finds the columns: each with the names it may have. Capitals, blanks and dashes do not count.
    ///
    /// # Errors
    /// [`CannotRead`], in words for whoever exported it.
    pub fn open(path: &Path, columns: &[(&'static str, &[&str])]) -> Result<Self, CannotRead> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() > LARGEST {
            return Err(CannotRead::TooLarge);
        }
        let encoding = encoding(&mut file)?;
        let header = first_line(&mut file)?;
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|one| header.iter().filter(|byte| *byte == one).count());
        file.rewind()?;
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .flexible(true)
            .has_headers(false)
            .from_reader(BufReader::new(file));
        let mut first = csv::ByteRecord::new();
        if !rows.read_byte_record(&mut first).map_err(broken)? {
            return Err(CannotRead::Empty);
        }
        let names: Vec<String> = first.iter().map(|name| plain(&encoding.decode(name).0)).collect();
        let mut places = BTreeMap::new();
        for (column, spellings) in columns {
            let fits = |name: &String| name == column || spellings.contains(&name.as_str());
            let found: Vec<usize> = names.iter().enumerate().filter(|(_, name)| fits(name)).map(|(at, _)| at).collect();
            match found.as_slice() {
                [] => {}
                [place] => {
                    places.insert(*column, *place);
                }
                _ => return Err(CannotRead::Columns(format!("two columns are called {column}; leave one"))),
            }
        }
        if places.is_empty() {
            let known: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
            return Err(CannotRead::Columns(format!(
                "the first line must name the columns ({}); it has: {}",
                known.join(", "),
                shown(&names)
            )));
        }
        let ignored = names.iter().enumerate().filter(|(at, _)| !places.values().any(|place| place == at));
        let ignored = ignored.map(|(_, name)| name.clone()).filter(|name| !name.is_empty()).collect();
        Ok(Self { rows, encoding, places, width: names.len(), ignored })
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.places.contains_key(column)
    }

    /// The file's character set, for people; `None` for UTF-8, which needs no mention.
    pub fn character_set(&self) -> Option<&'static str> {
        (self.encoding != UTF_8).then_some("Western European (Latin-1)")
    }

    /// The next row that says anything, or what is wrong with its line. `None` at the end.
    ///
    /// # Errors
    /// The line, and what is wrong with it.
    pub fn next_row(&mut self) -> Option<Result<Row, (u64, String)>> {
        let mut record = csv::ByteRecord::new();
        loop {
            match self.rows.read_byte_record(&mut record) {
                Ok(false) => return None,
                Ok(true) if record.iter().all(|value| value.iter().all(u8::is_ascii_whitespace)) => {}
                Ok(true) => break,
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    // After this the reader cannot go on.
                    if error.is_io_error() {
                        return None;
                    }
                    return Some(Err((line, "the line cannot be read".to_owned())));
                }
            }
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.as_slice().len() > LONGEST_ROW {
            return Some(Err((line, "the line is far too long: perhaps a quotation mark is never closed".to_owned())));
        }
        if record.len() != self.width {
            let (has, first) = (record.len(), self.width);
            return Some(Err((line, format!("{has} columns where the first line has {first}"))));
        }
        let mut values = BTreeMap::new();
        for (column, place) in &self.places {
            let text = self.encoding.decode_without_bom_handling(record.get(*place).unwrap_or_default()).0;
            let text = text.trim();
            if !text.is_empty() {
                values.insert(*column, text.to_owned());
            }
        }
        Some(Ok(Row { line, values }))
    }
}

/// UTF-8 when all of it is; else the Western European set, in which every byte is a letter.
fn encoding(file: &mut File) -> Result<&'static Encoding, CannotRead> {
    let mut buffer = vec![0; 64 * 1024];
    let (mut kept, mut utf_8) = (0, true);
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let bytes = buffer.get(..kept + read).unwrap_or_default();
        if bytes.contains(&0) {
            return Err(CannotRead::NotText);
        }
        if read == 0 {
            // A letter that is cut off at the end of the file.
            file.rewind()?;
            return Ok(if utf_8 && kept == 0 { UTF_8 } else { WINDOWS_1252 });
        }
        if !utf_8 {
            continue;
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() => {
                let begun = error.valid_up_to();
                let end = bytes.len();
                buffer.copy_within(begun..end, 0);
                kept = end - begun;
            }
            Err(_) => {
                utf_8 = false;
                kept = 0;
            }
        }
    }
}

fn first_line(file: &mut File) -> Result<Vec<u8>, CannotRead> {
    file.rewind()?;
    let mut begin = vec![0; 16 * 1024];
    let read = file.read(&mut begin)?;
    begin.truncate(read);
    Ok(begin.into_iter().take_while(|byte| *byte != b'\n').collect())
}

fn broken(error: csv::Error) -> CannotRead {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => CannotRead::File(error),
        _ => CannotRead::NotText,
    }
}

/// A column's name as it is compared.
fn plain(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').trim().to_lowercase();
    name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).take(40).collect()
}

fn shown(names: &[String]) -> String {
    let named: Vec<&str> = names.iter().take(12).map(String::as_str).filter(|name| !name.is_empty()).collect();
    if named.is_empty() { "nothing".to_owned() } else { named.join(", ") }
}
