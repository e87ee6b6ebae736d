//! The Web API methods this app calls, under Slack's names and with Slack's rate tiers.
//!
//! Owns: the closed list. Must not: call anything or hold time.

use std::fmt;

/// A Web API method, or the answer address of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `apps.connections.open`: an address for a Socket Mode connection.
    AppsConnectionsOpen,
    /// `auth.test`: who we are.
    AuthTest,
    /// `chat.delete`
    ChatDelete,
    /// `chat.postMessage`
    ChatPostMessage,
    /// `chat.update`
    ChatUpdate,
    /// `conversations.history`
    ConversationsHistory,
    /// `conversations.open`: the direct or group conversation with given people.
    ConversationsOpen,
    /// `conversations.replies`: a thread.
    ConversationsReplies,
    /// Not a method: the address for a file's bytes.
    FileUpload,
    /// `files.completeUploadExternal`: shares a file.
    FilesCompleteUploadExternal,
    /// `files.getUploadURLExternal`: an address for a file's bytes.
    FilesGetUploadUrlExternal,
    /// Not a method: a `response_url` of an interaction or a command.
    ResponseUrl,
    /// `team.profile.get`: which fields profiles have.
    TeamProfileGet,
    /// `users.info`
    UsersInfo,
    /// `users.list`
    UsersList,
    /// `users.profile.get`: what somebody has in those fields.
    UsersProfileGet,
    /// `views.open`
    ViewsOpen,
    /// `views.publish`: somebody's Home tab.
    ViewsPublish,
    /// `views.push`
    ViewsPush,
    /// `views.update`
    ViewsUpdate,
}

impl Method {
    /// Slack's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AppsConnectionsOpen => "apps.connections.open",
            Self::AuthTest => "auth.test",
            Self::ChatDelete => "chat.delete",
            Self::ChatPostMessage => "chat.postMessage",
            Self::ChatUpdate => "chat.update",
            Self::ConversationsHistory => "conversations.history",
            Self::ConversationsOpen => "conversations.open",
            Self::ConversationsReplies => "conversations.replies",
            Self::FileUpload => "file_upload",
            Self::FilesCompleteUploadExternal => "files.completeUploadExternal",
            Self::FilesGetUploadUrlExternal => "files.getUploadURLExternal",
            Self::ResponseUrl => "response_url",
            Self::TeamProfileGet => "team.profile.get",
            Self::UsersInfo => "users.info",
            Self::UsersList => "users.list",
            Self::UsersProfileGet => "users.profile.get",
            Self::ViewsOpen => "views.open",
            Self::ViewsPublish => "views.publish",
            Self::ViewsPush => "views.push",
            Self::ViewsUpdate => "views.update",
        }
    }

    /// Calls Slack promises to take in any minute (its tier 2, 3 or 4), or `None` where another rule holds:
    /// `chat.postMessage` has its own, and a `response_url` may be used five times in all.
    pub fn calls_a_minute(self) -> Option<u32> {
        match self {
            Self::UsersList => Some(20),
            Self::AppsConnectionsOpen
            | Self::ChatDelete
            | Self::ChatUpdate
            | Self::ConversationsHistory
            | Self::ConversationsOpen
            | Self::ConversationsReplies
            | Self::TeamProfileGet => Some(50),
            Self::AuthTest
            | Self::FilesCompleteUploadExternal
            | Self::FilesGetUploadUrlExternal
            | Self::UsersInfo
            | Self::UsersProfileGet
            | Self::ViewsOpen
            | Self::ViewsPublish
            | Self::ViewsPush
            | Self::ViewsUpdate => Some(100),
            Self::ChatPostMessage | Self::FileUpload | Self::ResponseUrl => None,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
