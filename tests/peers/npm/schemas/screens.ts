// What the app says to Slack, in the words of Slack's own types. JSON schemas are made of the exported types by build.mjs.
//
// Owns: which types a screen, a message, a call and the manifest are held against. Must not: describe any of them itself.

import type { RespondArguments } from '@slack/bolt';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type {
  AppsConnectionsOpenArguments,
  AppsManifestValidateArguments,
  AuthTestArguments,
  ChatDeleteArguments,
  ChatPostMessageArguments,
  ChatUpdateArguments,
  ConversationsHistoryArguments,
  ConversationsOpenArguments,
  ConversationsRepliesArguments,
  FilesCompleteUploadExternalArguments,
  FilesGetUploadURLExternalArguments,
  TeamProfileGetArguments,
  UsersInfoArguments,
  UsersListArguments,
  UsersProfileGetArguments,
  ViewsOpenArguments,
  ViewsPublishArguments,
  ViewsPushArguments,
  ViewsUpdateArguments,
} from '@slack/web-api';

// Views take any block in Slack's types, so that apps may use blocks the types do not know; this app is to use known ones.
type WithKnownBlocks<View> = Omit<View, 'blocks'> & { blocks: KnownBlock[] };
export type Home = WithKnownBlocks<HomeView>;
export type Modal = WithKnownBlocks<ModalView>;
export type Block = KnownBlock;

// The manifest's type admits any further key; without that only the documented ones are left.
type Manifest = AppsManifestValidateArguments['manifest'];
export type AppManifest = { [Key in keyof Manifest as string extends Key ? never : Key]: Manifest[Key] };

// An answer to a command or at a response_url.
export type Response = RespondArguments;

// The arguments of every method the app calls, under a name made of the method's.
export type AppsConnectionsOpen = AppsConnectionsOpenArguments;
export type AuthTest = AuthTestArguments;
export type ChatDelete = ChatDeleteArguments;
export type ChatPostMessage = ChatPostMessageArguments;
export type ChatUpdate = ChatUpdateArguments;
export type ConversationsHistory = ConversationsHistoryArguments;
export type ConversationsOpen = ConversationsOpenArguments;
export type ConversationsReplies = ConversationsRepliesArguments;
export type FilesCompleteUploadExternal = FilesCompleteUploadExternalArguments;
export type FilesGetUploadURLExternal = FilesGetUploadURLExternalArguments;
export type TeamProfileGet = TeamProfileGetArguments;
export type UsersInfo = UsersInfoArguments;
export type UsersList = UsersListArguments;
export type UsersProfileGet = UsersProfileGetArguments;
export type ViewsOpen = ViewsOpenArguments;
export type ViewsPublish = ViewsPublishArguments;
export type ViewsPush = ViewsPushArguments;
export type ViewsUpdate = ViewsUpdateArguments;
