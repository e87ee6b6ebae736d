//! Attaching files to file inputs, with the limits Slack's client enforces while somebody picks them.

use serde_json::{Value, json};

use crate::files::StoredFile;
use crate::state::current;
use crate::world::World;

use super::{Hands, HandsError, Place};

/// Most files of an input that does not say.
const MOST: u64 = 10;
/// Largest file of an input, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;

impl Hands {
    /// Uploads a file into the file input with this label of the top modal, beside those that are there.
    ///
    /// # Errors
    /// `NotSeen` without such an input; `Refused` for one file too many, another type than the input takes, an
    /// empty file or one over 10 MB; as `clicks` when the input tells the app at once.
    pub async fn attaches(&self, label: &str, filename: &str, bytes: &[u8]) -> Result<(), HandsError> {
        let what = format!("{} attached {filename:?} to {label:?}", self.name);
        let payload = {
            let mut world = self.shared.lock();
            self.check_active(&world)?;
            let found = self.find_input(&world, &Place::Modal, label, |placed| placed.kind() == "file_input")?;
            let before = current(&self.values_of(&world, &found), &found.placed());
            let mut files = before.and_then(|files| files.as_array().cloned()).unwrap_or_default();
            fits(&found.element, files.len(), filename, bytes)
                .map_err(|why| HandsError::Refused(format!("{what}: {why}")))?;
            let id = self.uploads(&mut world, filename, bytes.to_vec());
            files.extend(world.uploaded(&id, &self.id));
            let value = Some(Value::Array(files));
            self.keep(&mut world, &found, value.clone());
            self.action_for(&mut world, &found, value)
        };
        self.tell(&what, payload).await
    }

    /// Uploads a file that is in no conversation and no input yet. Returns its id.
    pub(crate) fn uploads(&self, world: &mut World, filename: &str, bytes: Vec<u8>) -> String {
        let id = world.id("F");
        let file = StoredFile {
            id: id.clone(),
            name: filename.to_owned(),
            title: filename.to_owned(),
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            bytes: Some(bytes),
            completed: true,
            user: self.id.clone(),
            created: world.now().timestamp(),
        };
        world.files.push(file);
        id
    }

    /// The objects of files this person has uploaded, as a file input holds them, or why it does not take them.
    pub(super) fn attachable(&self, world: &World, element: &Value, ids: &Value) -> Result<Value, String> {
        let mut files: Vec<Value> = Vec::new();
        for id in ids.as_array().into_iter().flatten().filter_map(Value::as_str) {
            let found = world.files.iter().find(|file| file.id == id && file.user == self.id);
            let file = found.ok_or_else(|| format!("{id} was not uploaded"))?;
            fits(element, files.len(), &file.name, file.bytes.as_deref().unwrap_or_default())?;
            files.push(world.file_object(file));
        }
        Ok(Value::Array(files))
    }
}

impl World {
    /// The object of a file somebody has uploaded.
    fn uploaded(&self, id: &str, user: &str) -> Option<Value> {
        self.files.iter().find(|file| file.id == id && file.user == user).map(|file| self.file_object(file))
    }
}

/// Why Slack's client does not take a file.
fn fits(element: &Value, already: usize, filename: &str, bytes: &[u8]) -> Result<(), String> {
    let most = element.get("max_files").and_then(Value::as_u64).unwrap_or(MOST);
    if u64::try_from(already).unwrap_or(u64::MAX) >= most {
        return Err(format!("no more than {most} files are taken"));
    }
    let kind = filename.rsplit_once('.').map(|(_, kind)| kind.to_lowercase()).unwrap_or_default();
    let wanted = element.get("filetypes").and_then(Value::as_array).cloned().unwrap_or_default();
    if !wanted.is_empty() && !wanted.contains(&json!(kind)) {
        return Err(format!("only these types are taken: {}", Value::Array(wanted)));
    }
    transferable(bytes.len())
}

/// Why Slack's client does not upload so many bytes.
pub(crate) fn transferable(length: usize) -> Result<(), String> {
    match length {
        0 => Err("the file is empty".to_owned()),
        length if length > LARGEST => Err("the file is over 10 MB".to_owned()),
        _ => Ok(()),
    }
}
