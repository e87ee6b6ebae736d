// Drives a running slack-sandbox with Slack's official clients for Node (@slack/bolt, @slack/socket-mode,
// @slack/web-api), unchanged, and its people over /control.
//
//     node check.mjs [--url http://127.0.0.1:3900] [--modules FOLDER]      (or SLACK_SANDBOX_URL)
//
// FOLDER holds the node_modules with the clients; by default the one of tests/peers/npm. The sandbox must be fresh and
// have its own people (ada, grace, katherine). Prints PASS, FAIL or SKIP and a name for every fact, and exits with 1 if
// anything failed.
//
// Owns: what the official clients rely on. Must not: know the app, or work around what the sandbox does wrong.

import { app, heard } from './app.mjs';
import { counts, does, same, section } from './stage.mjs';

await import('./interactions.mjs');
await import('./web-api.mjs');
await import('./connections.mjs');
await import('./extras.mjs');

await section('the end', async () => {
  same(
    'no listener of the app failed',
    heard.errors.filter((error) => !/RespondError|404/.test(error)),
    [],
  );
  const planted = new Set([
    'invalid_blocks',
    'invalid_auth',
    'not_authed',
    'not_allowed_token_type',
    'unknown_method',
    'used_response_url',
    'exchanged_trigger',
    'invalid_trigger',
    'push_limit_reached',
    'ack_within_3s',
    'no_text',
    'invalid_arguments',
  ]);
  const violations = (await does('violations')).filter((violation) => !planted.has(violation.rule));
  same('only the planted violations are there', violations, []);
  await app.stop();
});

console.log(
  `${counts.FAIL === 0 ? 'PASS' : 'FAIL'} in all: ${counts.PASS} passed, ${counts.FAIL} failed, ${counts.SKIP} skipped`,
);
process.exit(counts.FAIL === 0 ? 0 : 1);
