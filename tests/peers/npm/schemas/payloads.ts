// What Slack says, in the words of its own types: envelopes of Socket Mode as Bolt reads them, events, and the answers of
// the Web API. JSON schemas are made of the exported types by build.mjs.
//
// Owns: which types a pretend Slack is held against. Must not: describe any of them itself.

import type {
  BlockAction,
  BlockElementAction,
  BlockSuggestion,
  EnvelopedEvent,
  GlobalShortcut,
  MessageShortcut,
  SlashCommand,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { AppHomeOpenedEvent, GenericMessageEvent, TeamJoinEvent, UserChangeEvent } from '@slack/types';
import type {
  AppsConnectionsOpenResponse,
  AppsManifestValidateResponse,
  AuthTeamsListResponse,
  AuthTestResponse,
  BlocksValidateResponse,
  BotsInfoResponse,
  ChatDeleteResponse,
  ChatDeleteScheduledMessageResponse,
  ChatGetPermalinkResponse,
  ChatPostEphemeralResponse,
  ChatPostMessageResponse,
  ChatScheduleMessageResponse,
  ChatScheduledMessagesListResponse,
  ChatUpdateResponse,
  ConversationsCloseResponse,
  ConversationsHistoryResponse,
  ConversationsInfoResponse,
  ConversationsInviteResponse,
  ConversationsJoinResponse,
  ConversationsListResponse,
  ConversationsMembersResponse,
  ConversationsOpenResponse,
  ConversationsRepliesResponse,
  DndTeamInfoResponse,
  FilesCompleteUploadExternalResponse,
  FilesGetUploadURLExternalResponse,
  OauthV2AccessResponse,
  ReactionsAddResponse,
  TeamInfoResponse,
  TeamProfileGetResponse,
  UsergroupsUsersListResponse,
  UsersConversationsResponse,
  UsersGetPresenceResponse,
  UsersInfoResponse,
  UsersListResponse,
  UsersLookupByEmailResponse,
  UsersProfileGetResponse,
  ViewsOpenResponse,
  ViewsPublishResponse,
  ViewsPushResponse,
  ViewsUpdateResponse,
} from '@slack/web-api';

export type Command = SlashCommand;
export type BlockActions = BlockAction<BlockElementAction>;
export type ViewSubmission = ViewSubmitAction;
export type ViewClosed = ViewClosedAction;
export type Shortcut = GlobalShortcut;
export type MessageAction = MessageShortcut;
export type Suggestion = BlockSuggestion;
export type EventCallback = EnvelopedEvent<{ type: string }>;
export type EventAppHomeOpened = AppHomeOpenedEvent;
export type EventTeamJoin = TeamJoinEvent;
export type EventUserChange = UserChangeEvent;
export type EventMessage = GenericMessageEvent;

// The answer of every method the sandbox has, under a name made of the method's.
export type AppsConnectionsOpen = AppsConnectionsOpenResponse;
export type AppsManifestValidate = AppsManifestValidateResponse;
export type AuthTeamsList = AuthTeamsListResponse;
export type AuthTest = AuthTestResponse;
export type BlocksValidate = BlocksValidateResponse;
export type BotsInfo = BotsInfoResponse;
export type ChatDelete = ChatDeleteResponse;
export type ChatDeleteScheduledMessage = ChatDeleteScheduledMessageResponse;
export type ChatGetPermalink = ChatGetPermalinkResponse;
export type ChatPostEphemeral = ChatPostEphemeralResponse;
export type ChatPostMessage = ChatPostMessageResponse;
export type ChatScheduleMessage = ChatScheduleMessageResponse;
export type ChatScheduledMessagesList = ChatScheduledMessagesListResponse;
export type ChatUpdate = ChatUpdateResponse;
export type ConversationsClose = ConversationsCloseResponse;
export type ConversationsHistory = ConversationsHistoryResponse;
export type ConversationsInfo = ConversationsInfoResponse;
export type ConversationsInvite = ConversationsInviteResponse;
export type ConversationsJoin = ConversationsJoinResponse;
export type ConversationsList = ConversationsListResponse;
export type ConversationsMembers = ConversationsMembersResponse;
export type ConversationsOpen = ConversationsOpenResponse;
export type ConversationsReplies = ConversationsRepliesResponse;
export type DndTeamInfo = DndTeamInfoResponse;
export type FilesCompleteUploadExternal = FilesCompleteUploadExternalResponse;
export type FilesGetUploadURLExternal = FilesGetUploadURLExternalResponse;
export type OauthV2Access = OauthV2AccessResponse;
export type ReactionsAdd = ReactionsAddResponse;
export type TeamInfo = TeamInfoResponse;
export type TeamProfileGet = TeamProfileGetResponse;
export type UsergroupsUsersList = UsergroupsUsersListResponse;
export type UsersConversations = UsersConversationsResponse;
export type UsersGetPresence = UsersGetPresenceResponse;
export type UsersInfo = UsersInfoResponse;
export type UsersList = UsersListResponse;
export type UsersLookupByEmail = UsersLookupByEmailResponse;
export type UsersProfileGet = UsersProfileGetResponse;
export type ViewsOpen = ViewsOpenResponse;
export type ViewsPublish = ViewsPublishResponse;
export type ViewsPush = ViewsPushResponse;
export type ViewsUpdate = ViewsUpdateResponse;
