// Makes JSON schemas of Slack's own types and validators of the schemas. screens.ts names the types of what the app says,
// payloads.ts those of what Slack says.
//
// The types allow one of many shapes wherever a block or an element may stand. A schema that only lists the shapes says of
// a mistake that none of twenty fits; so the shapes are told apart by their `type` first, and the mistake is named.
//
// Owns: the schemas, their cache in target/peers, and how a mistake is told. Must not: know single blocks, nor soften what
// the types say.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';

const here = dirname(fileURLToPath(import.meta.url));
const sources = ['build.mjs', 'screens.ts', 'payloads.ts', 'tsconfig.json', '../package-lock.json'];
const cache = process.env.PEERS_CACHE ?? join(here, '../../../../target/peers');

/**
 * Every exported type's schema in one document, under `definitions`. What the app says may hold nothing the types do not
 * know; what Slack says holds more than they know.
 */
export async function schemas(source = 'screens') {
  const hash = createHash('sha256');
  for (const file of sources) hash.update(readFileSync(join(here, file)));
  const file = join(cache, `slack-${source}-${hash.digest('hex').slice(0, 16)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const made = improved(await generated(source), source === 'screens');
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache))
    if (old.startsWith(`slack-${source}-`)) rmSync(join(cache, old), { force: true });
  // Under its name only when it is whole.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(made));
  renameSync(`${file}.${process.pid}`, file);
  return made;
}

async function generated(source) {
  const { createGenerator } = await import('ts-json-schema-generator');
  const path = join(here, `${source}.ts`);
  const exported = [...readFileSync(path, 'utf8').matchAll(/^export type (\w+)/gm)].map((match) => match[1]);
  const generator = createGenerator({
    path,
    tsconfig: join(here, 'tsconfig.json'),
    expose: 'all',
    topRef: false,
    encodeRefs: false,
    jsDoc: 'none',
    additionalProperties: source !== 'screens',
  });
  const definitions = {};
  for (const name of exported) {
    const { definitions: own = {}, $schema, ...root } = generator.createSchema(name);
    Object.assign(definitions, own);
    definitions[`app:${name}`] = root;
  }
  return { definitions };
}

// ---------------------------------------------------------------------------------------------------------------------
// From a list of shapes to shapes that are told apart.

function improved({ definitions }, ofScreens) {
  const resolve = (schema) => {
    let found = schema;
    while (found.$ref) found = definitions[found.$ref.replace('#/definitions/', '')];
    return found;
  };
  /** The shapes behind a choice, choices within it included. */
  const shapes = (schema) => {
    const found = resolve(schema);
    return found.anyOf && Object.keys(found).length === 1
      ? found.anyOf.flatMap(shapes)
      : [schema.$ref ? schema : found];
  };
  const typeOf = (schema) => resolve(schema).properties?.type?.const;
  const unique = (list) => [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
  const choice = (list) => (unique(list).length === 1 ? list[0] : { anyOf: unique(list) });

  const byType = (all) => {
    const types = unique(all.map(typeOf));
    return {
      type: 'object',
      required: ['type'],
      properties: { type: { enum: types } },
      allOf: types.map((type) => ({
        if: { properties: { type: { const: type } }, required: ['type'] },
        then: choice(all.filter((one) => typeOf(one) === type)),
      })),
    };
  };
  /** Objects that differ in one property become one object with a choice there. */
  const merged = (all) => {
    const [first, ...others] = all.map(resolve);
    const keys = Object.keys(first.properties ?? {});
    const alike = others.every(
      (one) =>
        JSON.stringify([Object.keys(one.properties ?? {}), one.required]) === JSON.stringify([keys, first.required]),
    );
    if (!alike || keys.length === 0) return null;
    const different = keys.filter((key) =>
      others.some((one) => JSON.stringify(one.properties[key]) !== JSON.stringify(first.properties[key])),
    );
    if (different.length !== 1) return null;
    const [key] = different;
    return {
      ...first,
      properties: { ...first.properties, [key]: improve({ anyOf: all.map((one) => resolve(one).properties[key]) }) },
    };
  };
  const improve = (schema) => {
    if (Array.isArray(schema)) return schema.map(improve);
    if (schema === null || typeof schema !== 'object') return schema;
    if (schema.anyOf) {
      const all = unique(shapes({ anyOf: schema.anyOf }));
      if (all.length > 1 && all.every(typeOf)) return byType(all);
      const single = all.length > 1 && all.every((one) => resolve(one).type === 'object') && merged(all);
      if (single) return single;
    }
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, improve(value)]));
  };

  /** A message's arguments come in two dozen combinations; the app's always have a text, the rest may be there. */
  const message = (name, required) => {
    const all = shapes({ $ref: `#/definitions/app:${name}` }).map(resolve);
    const properties = {};
    for (const key of new Set(all.flatMap((one) => Object.keys(one.properties)))) {
      properties[key] = choice(all.map((one) => one.properties[key]).filter((one) => one && !one.not));
    }
    properties.blocks = { type: 'array', items: { $ref: '#/definitions/app:Block' } };
    return { type: 'object', properties, required, additionalProperties: false };
  };
  if (!ofScreens) return { definitions: improve(definitions) };
  const flat = {
    'app:ChatPostMessage': message('ChatPostMessage', ['channel', 'text']),
    'app:ChatUpdate': message('ChatUpdate', ['channel', 'ts', 'text']),
    'app:Response': message('Response', ['text']),
  };
  return { definitions: improve({ ...definitions, ...flat }) };
}

// ---------------------------------------------------------------------------------------------------------------------
// Validating, and telling what is wrong.

/** Validators by the name of an exported type. `loose` reads numbers and truth values from text, as forms carry them. */
export async function validators({ loose = false, source = 'screens' } = {}) {
  const document = await schemas(source);
  const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: loose, verbose: true });
  ajv.addSchema({ $id: 'slack', ...document });
  const made = new Map();
  return (name) => {
    if (!made.has(name)) {
      if (!document.definitions[`app:${name}`]) return null;
      made.set(name, ajv.compile({ $ref: `slack#/definitions/app:${name}` }));
    }
    const validate = made.get(name);
    return (body) => (validate(body) ? [] : mistakes(validate.errors, body));
  };
}

/** Which of the known mistakes in bites.json the schemas do not find, or find elsewhere: a schema that admits all is none. */
export async function blunt() {
  const known = JSON.parse(readFileSync(join(here, 'bites.json'), 'utf8'));
  const find = await validators();
  return known.flatMap(({ name, body, pointer, says }) => {
    const found = find(name)(body);
    const fits =
      pointer === null ? found.length === 0 : found.some((one) => one.pointer === pointer && one.says.startsWith(says));
    return fits
      ? []
      : [`${name} should say of ${JSON.stringify(body)} at ${pointer}: ${says}; it says ${JSON.stringify(found)}`];
  });
}

/** Every mistake once: where it is, among what, and which property of what it is about. */
function mistakes(errors, body) {
  const told = errors.filter((error) => !['if', 'anyOf', 'oneOf', 'allOf'].includes(error.keyword));
  const found = (told.length ? told : errors).map((error) => {
    const { additionalProperty, missingProperty, allowedValue, allowedValues } = error.params;
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
    const property = additionalProperty ?? missingProperty ?? path.at(-1) ?? '';
    const owner = additionalProperty || missingProperty ? path : path.slice(0, -1);
    const wanted = allowedValues ? `one of ${allowedValues.join(', ')}` : allowedValue ? String(allowedValue) : '';
    const value = additionalProperty || missingProperty ? undefined : error.data;
    return {
      pointer: error.instancePath + (additionalProperty ? `/${additionalProperty}` : '') || '/',
      among: among(body, owner),
      property,
      keyword: error.keyword,
      says: `${error.message}${additionalProperty ? `: ${additionalProperty}` : ''}${wanted ? `: ${wanted}` : ''}`,
      value: value === undefined ? undefined : JSON.stringify(value)?.slice(0, 120),
    };
  });
  return [...new Map(found.map((one) => [`${one.pointer} ${one.says}`, one])).values()];
}

/** The `type` of the nearest object at or above a place, or the place's own name. */
function among(body, path) {
  let current = body;
  let type = body?.type ?? '';
  for (const part of path) {
    current = current?.[part];
    if (typeof current?.type === 'string') type = current.type;
  }
  return type;
}
