// Holds the app's Web API calls, and slack-sandbox, against `emulate`: a pretend Slack Web API that others wrote.
//
//     node check-emulate.mjs [--calls FILE] [--sandbox URL] [--mentor PROGRAM]
//
// 1. Calls the app made in its tests (FILE: {"method", "arguments", "error"?} a line) are made again, as the app makes
//    them: the same arguments, as JSON where the app posts JSON. Ids are mapped to those of emulate. What comes back
//    must be what was sent, and hold what the app reads.
// 2. Slack's refusals: each is provoked in emulate, and in a running sandbox if there is one; both must say what Slack
//    documents.
// 3. The app itself, as a process: its `check` command, and two people who become a pair. It talks to emulate through a
//    door (door.mjs) that turns GET into POST and has the Socket Mode that emulate has not.
//
// emulate reads only by POST, where the app and Slack use GET; it has no Socket Mode, knows no Block Kit, takes any token
// it does not know for its first person's, and looks for a conversation before it looks at the scope.
//
// Owns: what is compared. Must not: know what the app's messages say.

import { parseArgs } from 'node:util';
import { counts, emulate, report } from './calls.mjs';
import { emulateStage, refusals, sandboxStage } from './refusals.mjs';
import { replay } from './replay.mjs';
import { theApp } from './story.mjs';

const { values: options } = parseArgs({
  options: { calls: { type: 'string' }, sandbox: { type: 'string' }, mentor: { type: 'string' } },
});

await replay(options.calls);
await refusals(emulateStage());
if (options.sandbox) await refusals(await sandboxStage(options.sandbox.replace(/\/$/, '')));
else report('SKIP', "the sandbox's refusals", 'no sandbox was given');
await theApp(options.mentor);
emulate.stop();
console.log(
  `${counts.FAIL ? 'FAIL' : 'PASS'} in all: ${counts.PASS} passed, ${counts.FAIL} failed, ${counts.SKIP} skipped`,
);
process.exit(counts.FAIL ? 1 : 0);
