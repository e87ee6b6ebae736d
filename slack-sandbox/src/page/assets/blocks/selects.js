// Selects: options of the block, options asked from the app, and people, channels and conversations.
import { useCallback, useMemo } from 'preact/hooks';
import { html } from '../html.js';
import { Combobox } from '../combobox.js';
import { deed } from '../deeds.js';
import { useWorld, world } from '../store.js';
import { conversationName, peopleOptions } from '../people.js';
import { plainText } from './text.js';
import { useField } from './field.js';
import { Trouble } from './buttons.js';

const listed = (options, group) => options.map((option) => ({
  value: option.value, text: plainText(option.text), description: option.description && plainText(option.description), group, option,
}));
const allListed = (holder) => [
  ...listed(holder.options ?? []),
  ...(holder.option_groups ?? []).flatMap((group) => listed(group.options ?? [], plainText(group.label))),
];

/** How each kind reads its state. */
const KINDS = {
  static_select: { one: 'selected_option', initial: 'initial_option', objects: true },
  multi_static_select: { many: 'selected_options', initial: 'initial_options', objects: true },
  external_select: { one: 'selected_option', initial: 'initial_option', objects: true, asked: true },
  multi_external_select: { many: 'selected_options', initial: 'initial_options', objects: true, asked: true },
  users_select: { one: 'selected_user', initial: 'initial_user', of: 'users' },
  multi_users_select: { many: 'selected_users', initial: 'initial_users', of: 'users' },
  conversations_select: { one: 'selected_conversation', initial: 'initial_conversation', of: 'conversations' },
  multi_conversations_select: { many: 'selected_conversations', initial: 'initial_conversations', of: 'conversations' },
  channels_select: { one: 'selected_channel', initial: 'initial_channel', of: 'channels' },
  multi_channels_select: { many: 'selected_channels', initial: 'initial_channels', of: 'channels' },
};
export const isSelect = (type) => Object.hasOwn(KINDS, type);

const PREFIX = { im: 'im', mpim: 'mpim', public_channel: 'public', private_channel: 'private' };

function placeOptions(kind, element, viewer) {
  if (kind === 'users') return peopleOptions((person) => person.kind !== 'deactivated');
  return [...world.conversations.values()]
    .filter((conversation) => (kind === 'channels' ? conversation.kind === 'public_channel'
      : conversation.kind === 'public_channel' || conversation.members.includes(viewer.id)))
    .filter((conversation) => !element.filter?.include || element.filter.include.includes(PREFIX[conversation.kind]))
    .filter((conversation) => !element.filter?.exclude_bot_users || conversation.kind !== 'im' || !conversation.members.some((id) => world.people.get(id)?.kind === 'bot'))
    .map((conversation) => {
      const name = conversationName(conversation, viewer);
      return { value: conversation.id, text: conversation.kind.endsWith('channel') ? `#${name}` : name };
    });
}

const asList = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]);

export function Select({ block, element, names, required }) {
  const kind = KINDS[element.type];
  const many = Boolean(kind.many);
  const { value, change, trouble, around } = useField(block, element, {
    read: (entry) => asList(entry[kind.one ?? kind.many]),
    initial: asList(element[kind.initial]),
    send: (list) => {
      const values = list.map((item) => (kind.objects ? item.value : item));
      return many ? values : values[0] ?? null;
    },
  });
  const { eye, target, surface } = around;
  const version = useWorld((state) => state.conversationsVersion);
  const options = useMemo(() => {
    if (kind.asked) return [];
    return kind.of ? placeOptions(kind.of, element, eye.viewer) : allListed(element);
  }, [element, eye, version]);
  const ask = useCallback(async (text) => {
    const answer = await deed('suggests', { person: eye.viewer.id, target, block_id: block.block_id, action_id: element.action_id, text });
    return allListed(answer);
  }, [eye.viewer.id, block.block_id, element.action_id, JSON.stringify(target)]);
  const selected = kind.objects ? listed(value)
    : value.map((id) => options.find((option) => option.value === id) ?? { value: id, text: kind.of === 'users' ? eye.mention(id) : eye.channel(id) });
  return html`<div class="select-field">
    <${Combobox} id=${names.id} label=${names.label} labelledBy=${names.labelId} describedBy=${names.describedBy} invalid=${names.invalid} required=${required}
      options=${options} selected=${selected} multi=${many} max=${element.max_selected_items} ask=${kind.asked ? ask : null}
      minimum=${element.min_query_length ?? (kind.asked ? 3 : 0)} clearable=${surface === 'modal' && !required}
      placeholder=${element.placeholder ? plainText(element.placeholder) : 'Choose'} focus=${names.focus}
      onChange=${(list) => change(list.map((item) => (kind.objects ? item.option : item.value)))} />
    <${Trouble} text=${trouble} />
  </div>`;
}
