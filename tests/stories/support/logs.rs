//! Everything the app logs at its most talkative, kept to be searched.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};

use mentor::ops::logging;
use tracing_subscriber::fmt::MakeWriter;

static LOGS: OnceLock<Logs> = OnceLock::new();

#[derive(Clone, Default)]
pub(crate) struct Logs(Arc<Mutex<Vec<u8>>>);

/// The logs of all stories of this process, through the app's own filter at trace level.
pub(crate) fn logs() -> &'static Logs {
    LOGS.get_or_init(|| {
        let logs = Logs::default();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(logging::filter("trace"))
            .with_ansi(false)
            .with_writer(logs.clone());
        let _ = subscriber.try_init();
        logs
    })
}

impl Logs {
    pub(crate) fn contain(&self, needle: &str) -> bool {
        memchr::memmem::find(&self.0.lock().unwrap(), needle.as_bytes()).is_some()
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logs {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
