//! From a method's name to what serves it. No method's own rules.

use crate::answer::Answer;
use crate::arguments::Arguments;
use crate::world::World;

use super::{apps, chat, conversations, files, history, scheduling, users, views};

/// Serves a call that has passed the gate.
pub(crate) fn dispatch(world: &mut World, method: &str, arguments: &Arguments) -> Answer {
    match method {
        "auth.test" => apps::auth_test(world),
        "auth.teams.list" => apps::teams_list(world),
        "apps.connections.open" => apps::connections_open(world),
        "apps.manifest.validate" => apps::manifest_validate(arguments),
        "blocks.validate" => apps::blocks_validate(arguments),
        "bots.info" => apps::bots_info(world, arguments),
        "team.info" => apps::team_info(world),
        "team.profile.get" => Ok(world.team_profile(&arguments.text_or_empty("visibility"))),
        "usergroups.users.list" => Err("no_such_subteam".into()),
        "users.info" => users::info(world, arguments),
        "users.list" => users::list(world, arguments),
        "users.lookupByEmail" => users::lookup_by_email(world, arguments),
        "users.profile.get" => users::profile_get(world, arguments),
        "users.getPresence" => Ok(serde_json::json!({"presence": "active"})),
        "dnd.teamInfo" => users::dnd_team_info(world, arguments),
        "users.conversations" => conversations::of_user(world, arguments),
        "conversations.open" => conversations::open(world, arguments),
        "conversations.info" => conversations::info(world, arguments),
        "conversations.list" => conversations::list(world, arguments),
        "conversations.members" => conversations::members(world, arguments),
        "conversations.close" => conversations::close(world, arguments),
        "conversations.join" => conversations::join(world, arguments),
        "conversations.invite" => conversations::invite(world, arguments),
        "conversations.history" => history::history(world, arguments),
        "conversations.replies" => history::replies(world, arguments),
        "chat.postMessage" => chat::post_message(world, arguments),
        "chat.update" => chat::update(world, arguments),
        "chat.delete" => chat::delete(world, arguments),
        "chat.postEphemeral" => chat::post_ephemeral(world, arguments),
        "chat.getPermalink" => chat::get_permalink(world, arguments),
        "reactions.add" => chat::add_reaction(world, arguments),
        "chat.scheduleMessage" => scheduling::schedule(world, arguments),
        "chat.deleteScheduledMessage" => scheduling::delete(world, arguments),
        "chat.scheduledMessages.list" => scheduling::list(world, arguments),
        "files.getUploadURLExternal" => files::get_upload_url(world, arguments),
        "files.completeUploadExternal" => files::complete(world, arguments),
        "views.open" => views::open(world, arguments),
        "views.push" => views::push(world, arguments),
        "views.update" => views::update(world, arguments),
        "views.publish" => views::publish(world, arguments),
        _ => {
            world.violation("not_in_sandbox", format!("{method} exists in Slack and not in this sandbox"));
            Err("unknown_method".into())
        }
    }
}
