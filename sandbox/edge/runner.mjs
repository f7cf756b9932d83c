// Runs the functions as CloudFront would: each line of stdin is a batch of events as JSON, each line of stdout what the functions gave back.
//
// A batch is {code, cases: [{store, event}]}. A store maps keys to values as text; null stands for one that does not answer.
// An answer is {result, reads} or {error, reads}, with the keys that were read.

import { createInterface } from 'node:readline';
import { Script, createContext } from 'node:vm';

const IMPORT = "import cf from 'cloudfront';\n";
// What Node's engine has beyond the runtime's documentation, so that its use is an error here too.
const ABSENT = 'Atomics BigInt BigInt64Array BigUint64Array FinalizationRegistry Intl Map Proxy Reflect Set SharedArrayBuffer WeakMap WeakRef'
    + ' WeakSet WebAssembly console escape unescape globalThis';

// The store of the event that is running. A function keeps nothing between requests (a test says so), so it is loaded once.
let values;
let reads;

const store = {
    async get(key, options) {
        reads.push(key);
        if (values === null || !(key in values)) {
            throw new Error(`KeyNotFound: ${key}`);
        }
        return options && options.format === 'json' ? JSON.parse(values[key]) : values[key];
    },
};

const loaded = new Map();

function load(code) {
    if (!loaded.has(code)) {
        if (!code.startsWith(IMPORT)) {
            throw new Error('the function does not begin with the import of the store');
        }
        const context = createContext({ cf: { kvs: () => store } }, { codeGeneration: { strings: false, wasm: false } });
        new Script(ABSENT.split(' ').map((name) => `delete globalThis.${name};`).join('')).runInContext(context);
        new Script(`'use strict';${code.slice(IMPORT.length)}`).runInContext(context);
        loaded.set(code, context.handler);
    }
    return loaded.get(code);
}

async function run(code, event) {
    reads = [];
    try {
        return { result: await load(code)(event), reads };
    } catch (error) {
        return { error: String(error), reads };
    }
}

for await (const line of createInterface({ input: process.stdin })) {
    const { code, cases } = JSON.parse(line);
    const answers = [];
    for (const one of cases) {
        values = one.store;
        answers.push(await run(code, one.event));
    }
    process.stdout.write(`${JSON.stringify(answers)}\n`);
}
