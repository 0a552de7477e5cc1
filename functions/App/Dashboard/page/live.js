// What the page knows, kept up to date by polling. Under the Functions host nothing can be streamed.

const keyName = "functions-key";
const mostEntries = 5000;
const patience = 25_000;

export const state = {
  phase: "loading", // loading, locked, live
  now: null, // the app's time, which may be simulated
  fleet: null,
  targets: [],
  entries: [], // newest first
  last: 0,
  failure: "", // why the last poll failed
  failedAt: null,
  keyRefused: false,
};

const listeners = new Set();
const etags = new Map();
let timer = 0;
let round = null;

export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const tell = () => listeners.forEach(listener => listener(state));

export class Problem extends Error {
  constructor(status, text, type = "") {
    super(text);
    this.status = status;
    this.type = type;
  }
}

export function storeKey(key) {
  sessionStorage.setItem(keyName, key);
  etags.clear();
  state.keyRefused = false;
}

// Under the Functions host each role has keys of its own: one that may change something need not be good for reading.
const keyNameFor = path => `${keyName}-${path.startsWith("approvals/") ? "approve" : "operate"}`;

// Never in the address: a key there would end up in logs and histories.
function headers(more, key = sessionStorage.getItem(keyName)) {
  return key ? { ...more, "x-functions-key": key } : more;
}

async function ask(path, options) {
  const answer = await fetch(`/api/v1/${path}`, {
    cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(patience), ...options,
  });
  const time = answer.headers.get("ScaleFunctions-Time");
  if (time) state.now = new Date(time);
  if (answer.status === 401) throw new Problem(401, "the key is missing, or not good for this");
  if (answer.ok || answer.status === 304) return answer;
  const problem = (answer.headers.get("content-type") ?? "").includes("json") ? await answer.json() : {};
  throw new Problem(answer.status, problem.detail ?? `the app answered ${answer.status}`, problem.type);
}

// The answer, or nothing when it is the same as the last time.
export async function read(path, known = etags) {
  const etag = known.get(path);
  const answer = await ask(path, { headers: headers(etag ? { "If-None-Match": etag } : {}) });
  if (answer.status === 304) return null;
  const value = await answer.json();
  if (answer.headers.get("ETag")) known.set(path, answer.headers.get("ETag"));
  return value;
}

// A key that was typed is for this call, and is kept for others like it only when it was good for this one.
export async function change(path, call, idempotencyKey, typed = "") {
  const key = typed || sessionStorage.getItem(keyNameFor(path)) || undefined;
  const answer = await ask(path, {
    method: "POST", body: JSON.stringify(call),
    headers: headers({ "Content-Type": "application/json", "Idempotency-Key": idempotencyKey }, key),
  });
  if (typed) sessionStorage.setItem(keyNameFor(path), typed);
  const done = await answer.json();
  await poll();
  return done;
}

const slim = ({ position, entry }) => ({
  chain: entry.chain, sequence: entry.sequence, at: entry.at, kind: entry.kind, actor: entry.actor, text: entry.text, hash: entry.hash, position,
});

function add(news) {
  const known = new Set(state.entries.slice(0, 1000).map(entry => entry.chain + entry.sequence));
  const fresh = news.filter(entry => !known.has(entry.chain + entry.sequence)).reverse();
  if (fresh.length) state.entries = [...fresh, ...state.entries].slice(0, mostEntries);
}

async function refresh() {
  if (state.phase !== "live") {
    etags.clear();
    const [fleet, journal] = await Promise.all([read("targets"), read("journal?limit=500")]);
    take(fleet);
    state.entries = journal.entries;
    state.last = journal.last;
    state.phase = "live";
    return;
  }
  const path = `changes?after=${state.last}`;
  const [fleet, changes] = await Promise.all([read("targets"), read(path)]);
  if (fleet) take(fleet);
  if (changes && changes.changes.length) {
    etags.delete(path);
    add(changes.changes.map(slim));
    state.last = changes.last;
  }
}

function take(fleet) {
  state.fleet = fleet;
  state.targets = fleet.targets;
}

async function pollOnce() {
  try {
    await refresh();
    state.failure = "";
    state.failedAt = null;
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) {
      state.keyRefused = sessionStorage.getItem(keyName) !== null;
      state.phase = "locked";
      state.failure = "";
    } else {
      state.failure = failure instanceof Problem ? failure.message : "the app does not answer";
      state.failedAt ??= new Date();
    }
  }
  tell();
}

export function poll() {
  clearTimeout(timer);
  round ??= pollOnce().finally(() => {
    round = null;
    later();
  });
  return round;
}

// A simulated minute takes a second; real ticks come once a minute, and every call costs.
function later() {
  clearTimeout(timer);
  if (document.hidden || state.phase === "locked") return;
  timer = setTimeout(poll, state.fleet?.isSimulated ? 2000 : state.phase === "loading" ? 3000 : 10_000);
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(timer);
  else if (state.phase !== "locked") poll();
});
