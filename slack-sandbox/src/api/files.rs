//! `files.*`: announcing an upload and sharing it. The bytes arrive in the files room.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::files::StoredFile;
use crate::messages::Draft;
use crate::residents::BOT_USER;
use crate::world::World;

use super::chat::{content, destination};

pub(crate) fn get_upload_url(world: &mut World, arguments: &Arguments) -> Answer {
    let length = arguments.integer("length").and_then(|length| u64::try_from(length).ok()).filter(|length| *length > 0);
    let Some(length) = length else {
        return Err("missing_argument".into());
    };
    let id = world.id("F");
    let name = arguments.text_or_empty("filename");
    world.files.push(StoredFile {
        id: id.clone(),
        title: name.clone(),
        name,
        length,
        bytes: None,
        completed: false,
        user: BOT_USER.to_owned(),
        created: world.now().timestamp(),
    });
    Ok(json!({"upload_url": format!("{}/upload/{id}", world.base_url), "file_id": id}))
}

pub(crate) fn complete(world: &mut World, arguments: &Arguments) -> Answer {
    let Ok(Some(Value::Array(wanted))) = arguments.structure("files") else {
        return Err("invalid_arguments".into());
    };
    let mut channels = arguments.list("channels");
    channels.extend(arguments.text("channel_id"));
    let mut destinations = Vec::new();
    for channel in channels {
        destinations.push(destination(world, &channel)?);
    }
    let thread_ts = arguments.text("thread_ts");
    if let Some(ts) = &thread_ts {
        // Slack documents both rules and no error for either.
        let [channel] = destinations.as_slice() else {
            world.violation("thread_of_a_file", "thread_ts needs exactly one channel".to_owned());
            return Err("invalid_arguments".into());
        };
        if world.thread_root(channel, ts).is_none() {
            world.violation("thread_of_a_file", format!("{ts} in {channel} is no message that can be replied to"));
            return Err("invalid_arguments".into());
        }
    }
    let (text, blocks) = if arguments.has("blocks") {
        content(world, "files.completeUploadExternal", arguments)?
    } else {
        (arguments.text_or_empty("initial_comment"), Value::Null)
    };
    let mut objects = Vec::new();
    for item in &wanted {
        let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
        let found = world.files.iter_mut().find(|file| file.id == id && file.bytes.is_some() && !file.completed);
        let Some(file) = found else {
            return Err("file_not_found".into());
        };
        if let Some(title) = item.get("title").and_then(Value::as_str) {
            title.clone_into(&mut file.title);
        }
        let file = file.clone();
        objects.push(world.file_object(&file));
    }
    for item in &wanted {
        let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
        if let Some(file) = world.files.iter_mut().find(|file| file.id == id) {
            file.completed = true;
        }
    }
    for channel in destinations {
        let draft = Draft {
            text: text.clone(),
            blocks: blocks.clone(),
            thread_ts: thread_ts.clone(),
            files: objects.clone(),
            ..Draft::default()
        };
        world.post(&channel, draft);
    }
    Ok(json!({"files": objects}))
}
