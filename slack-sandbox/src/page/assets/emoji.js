// Emoji by their short names: a small common list. A name that is not here stays as typed, with its colons.
const known = {
  wave: '👋', tada: '🎉', white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌', warning: '⚠️', bulb: '💡', rocket: '🚀',
  star: '⭐', star2: '🌟', sparkles: '✨', heart: '❤️', fire: '🔥', eyes: '👀', thumbsup: '👍', '+1': '👍', thumbsdown: '👎',
  '-1': '👎', clap: '👏', pray: '🙏', raised_hands: '🙌', ok_hand: '👌', muscle: '💪', point_right: '👉', point_left: '👈',
  smile: '😄', slightly_smiling_face: '🙂', grinning: '😀', blush: '😊', wink: '😉', joy: '😂', thinking_face: '🤔',
  sob: '😭', cry: '😢', confused: '😕', sunglasses: '😎', hugging_face: '🤗', partying_face: '🥳', relieved: '😌', zzz: '💤',
  calendar: '📅', date: '📅', spiral_calendar_pad: '🗓️', clock1: '🕐', clock3: '🕒', clock9: '🕘', hourglass: '⌛',
  hourglass_flowing_sand: '⏳', alarm_clock: '⏰', stopwatch: '⏱️', bell: '🔔', no_bell: '🔕', memo: '📝', pencil: '✏️',
  pencil2: '✏️', clipboard: '📋', pushpin: '📌', round_pushpin: '📍', books: '📚', book: '📖', open_book: '📖',
  bookmark: '🔖', link: '🔗', paperclip: '📎', email: '📧', envelope: '✉️', inbox_tray: '📥', outbox_tray: '📤',
  speech_balloon: '💬', thought_balloon: '💭', question: '❓', grey_question: '❔', exclamation: '❗', information_source: 'ℹ️',
  mag: '🔍', lock: '🔒', unlock: '🔓', key: '🔑', shield: '🛡️', gear: '⚙️', wrench: '🔧', hammer_and_wrench: '🛠️',
  chart_with_upwards_trend: '📈', chart_with_downwards_trend: '📉', bar_chart: '📊', trophy: '🏆', medal: '🏅', dart: '🎯',
  seedling: '🌱', herb: '🌿', four_leaf_clover: '🍀', deciduous_tree: '🌳', sunny: '☀️', rainbow: '🌈', coffee: '☕', tea: '🍵',
  cake: '🍰', balloon: '🎈', gift: '🎁', handshake: '🤝', busts_in_silhouette: '👥', bust_in_silhouette: '👤',
  people_holding_hands: '🧑‍🤝‍🧑', compass: '🧭', world_map: '🗺️', house: '🏠', door: '🚪', palm_tree: '🌴', airplane: '✈️',
  pause_button: '⏸️', double_vertical_bar: '⏸️', arrow_forward: '▶️', arrow_right: '➡️', arrow_left: '⬅️', arrow_up: '⬆️',
  arrow_down: '⬇️', arrows_counterclockwise: '🔄', repeat: '🔁', heavy_plus_sign: '➕', heavy_minus_sign: '➖',
  large_green_circle: '🟢', large_yellow_circle: '🟡', red_circle: '🔴', large_blue_circle: '🔵', white_circle: '⚪',
  black_circle: '⚫', small_blue_diamond: '🔹', small_orange_diamond: '🔸', one: '1️⃣', two: '2️⃣', three: '3️⃣', four: '4️⃣',
  five: '5️⃣', six: '6️⃣', '100': '💯', no_entry: '⛔', no_entry_sign: '🚫', construction: '🚧', party_popper: '🎉', mortar_board: '🎓',
  see_no_evil: '🙈', robot_face: '🤖', teacher: '🧑‍🏫', student: '🧑‍🎓', brain: '🧠', ear: '👂', hammer: '🔨', gem: '💎',
};

export const emojiOf = (name) => (Object.hasOwn(known, name) ? known[name] : null);

/** A text with its short names replaced by the characters. */
export function withEmoji(text) {
  if (!text.includes(':')) return text;
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emojiOf(name) ?? whole);
}
