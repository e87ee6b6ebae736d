//! A mail server in miniature, and letters as mail programs read them.

use std::sync::{Arc, Mutex};

use mentor::mail::office::Office;
use mentor::mail::smtp::Postbox;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Takes it.
    Takes,
    /// There is no such mailbox: 550 to RCPT.
    Refuses,
    /// Come back later: 451 to RCPT.
    Greylists,
    /// Takes the letter and goes away before it says so.
    Vanishes,
    /// Lets nobody in.
    Closed,
    /// Takes the letter and never says so.
    Silent,
    /// Says nothing from the beginning.
    Deaf,
}

/// A letter that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrived {
    /// Whom the envelope names.
    pub(crate) to: String,
    /// As it travelled.
    pub(crate) raw: String,
}

#[derive(Debug)]
struct Server {
    mood: Mutex<Mood>,
    letters: Mutex<Vec<Arrived>>,
    calls: Mutex<usize>,
}

/// A mail server on this machine.
#[derive(Clone, Debug)]
pub(crate) struct MailServer {
    server: Arc<Server>,
    port: u16,
}

impl MailServer {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server =
            Arc::new(Server { mood: Mutex::new(Mood::Takes), letters: Mutex::default(), calls: Mutex::default() });
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                // A client that goes away is the client's matter.
                tokio::spawn(async move { drop(talk(&server, stream).await) });
            }
        });
        Self { server, port }
    }

    /// What the app is given to post letters by.
    pub(crate) fn office(&self, public: Option<&str>) -> Office {
        let address = format!("smtp://127.0.0.1:{}", self.port).into();
        let postbox = Postbox::open(&address, "Mentor <mentor@example.org>").unwrap();
        Office::new(postbox, public.map(|url| url.parse().unwrap()))
    }

    pub(crate) fn turns(&self, mood: Mood) {
        *self.server.mood.lock().unwrap() = mood;
    }

    /// How often somebody has called so far.
    pub(crate) fn calls(&self) -> usize {
        *self.server.calls.lock().unwrap()
    }

    /// Whether there are letters that are new.
    pub(crate) fn has_letters(&self) -> bool {
        !self.server.letters.lock().unwrap().is_empty()
    }

    /// The letters that are new.
    pub(crate) fn letters(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.server.letters.lock().unwrap())
    }

    /// The one letter that is new.
    pub(crate) fn letter(&self) -> Arrived {
        let letters = self.letters();
        assert_eq!(letters.len(), 1, "one letter: {letters:#?}");
        letters.into_iter().next().unwrap()
    }
}

async fn talk(server: &Server, stream: TcpStream) -> std::io::Result<()> {
    let mood = || *server.mood.lock().unwrap();
    *server.calls.lock().unwrap() += 1;
    let (reading, mut writing) = stream.into_split();
    if mood() == Mood::Deaf {
        return std::future::pending().await;
    }
    let mut lines = BufReader::new(reading).lines();
    if mood() == Mood::Closed {
        return writing.write_all(b"421 closed\r\n").await;
    }
    writing.write_all(b"220 mail.example.org\r\n").await?;
    let mut to = String::new();
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-mail.example.org\r\n250 8BITMIME\r\n",
            "RCPT" if mood() == Mood::Refuses => b"550 5.1.1 no such mailbox as <jane@example.org>\r\n",
            "RCPT" if mood() == Mood::Greylists => b"451 4.7.1 come back later\r\n",
            "RCPT" => {
                line["RCPT TO:<".len()..].split('>').next().unwrap_or_default().clone_into(&mut to);
                b"250 ok\r\n"
            }
            "DATA" => {
                writing.write_all(b"354 go ahead\r\n").await?;
                let mut raw = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    raw.push_str("\r\n");
                }
                if mood() == Mood::Vanishes {
                    return Ok(());
                }
                server.letters.lock().unwrap().push(Arrived { to: to.clone(), raw });
                if mood() == Mood::Silent {
                    return std::future::pending().await;
                }
                b"250 taken\r\n"
            }
            "QUIT" => return writing.write_all(b"221 bye\r\n").await,
            _ => b"250 ok\r\n",
        };
        writing.write_all(answer).await?;
    }
    Ok(())
}

impl Arrived {
    /// A header with its lines joined, as it travelled.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let head = self.raw.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
        let prefix = format!("{}:", name.to_lowercase());
        let found = head.lines().find(|line| line.to_lowercase().starts_with(&prefix))?;
        Some(found[prefix.len()..].trim().to_owned())
    }

    /// Every part that is no container: its content type, and what it says.
    pub(crate) fn parts(&self) -> Vec<(String, String)> {
        parts(&self.raw)
    }

    /// The text.
    pub(crate) fn text(&self) -> String {
        let found = self.parts().into_iter().find(|(kind, _)| kind.starts_with("text/plain"));
        found.unwrap().1.replace("\r\n", "\n").trim_end().to_owned()
    }

    /// The invitation: its content type and the file.
    pub(crate) fn invitation(&self) -> Option<(String, String)> {
        self.parts().into_iter().find(|(kind, _)| kind.starts_with("text/calendar"))
    }

    /// A property of the invitation.
    pub(crate) fn property(&self, name: &str) -> String {
        let (_, file) = self.invitation().unwrap();
        let file = file.replace("\r\n ", "");
        let prefix = format!("{name}:");
        file.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default().to_owned()
    }
}

fn parts(raw: &str) -> Vec<(String, String)> {
    let Some((head, body)) = raw.split_once("\r\n\r\n") else { return Vec::new() };
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let value = |name: &str| {
        let line = head.lines().find(|line| line.to_lowercase().starts_with(name));
        line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    let kind = value("content-type");
    if let Some((_, boundary)) = kind.split_once("boundary=\"") {
        let mark = format!("--{}", boundary.split('"').next().unwrap());
        let inner = body.split(&mark).skip(1).filter(|part| !part.starts_with("--"));
        return inner.flat_map(|part| parts(part.trim_start_matches("\r\n"))).collect();
    }
    let said = match value("content-transfer-encoding").as_str() {
        "base64" => String::from_utf8(base64(body)).unwrap(),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_owned(),
    };
    vec![(kind, said)]
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte)) {
        bits = bits << 6 | u32::try_from(letter).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xFF).unwrap());
        }
    }
    out
}

fn quoted_printable(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' && after.len() >= 2 {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap()
}
