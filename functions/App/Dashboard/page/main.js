// Routes, the bar on top, and what concerns the whole page.
import { make, say, mark, foreign, replace, announce } from "./elements.js";
import { clock, near, span } from "./text.js";
import { onChange, poll, state, storeKey } from "./live.js";
import { fleetView } from "./fleet.js";
import { heldSince, openKillSwitch } from "./handles.js";
import { patience } from "./standing.js";

const main = document.getElementById("main");
const banners = document.getElementById("banners");
const bannersShown = new Map();
let view = null;
let wanted = null;
let opening = 0;
let isFirst = true;

async function open() {
  const [, name = "", argument = ""] = location.hash.match(/^#\/?(\w*)\/?(.*)$/u) ?? [];
  const mine = ++opening;
  const create = await viewOf(name);
  if (mine !== opening) return;
  view?.close();
  view = null;
  wanted = () => create(main, decode(argument));
  for (const link of document.querySelectorAll("nav a")) mark(link, "aria-current", link.dataset.view === (partOf[name] ?? (name || "fleet")) ? "page" : null);
  if (state.phase === "live") show();
}

// What the first view does not need is loaded when it is asked for.
const views = {
  target: async () => (await import("./target.js")).targetView,
  spend: async () => (await import("./spend.js")).spendView,
  findings: async () => (await import("./findings.js")).findingsView,
  finding: async () => (await import("./finding.js")).findingView,
  backtest: async () => (await import("./backtest.js")).backtestView,
  approvals: async () => (await import("./approvals.js")).approvalsView,
  journal: async () => (await import("./journal.js")).journalView,
};

const viewOf = async name => (Object.hasOwn(views, name) ? views[name]() : fleetView);

// Views that belong to one of the navigation.
const partOf = { finding: "findings", target: "fleet" };

function decode(argument) {
  try {
    return decodeURIComponent(argument);
  } catch {
    return "";
  }
}

function show() {
  view = wanted();
  delete main.dataset.shows;
  view.update(state);
  document.title = `${view.title} · ScaleFunctions`;
  scrollTo(0, 0);
  // Whoever reads by ear learns that another view is there; on the first one nothing was left behind.
  if (!isFirst) main.querySelector("h1")?.focus({ preventScroll: true });
  isFirst = false;
}

function update() {
  drawBar();
  drawBanners();
  if (state.phase === "locked") {
    view?.close();
    view = null;
    drawLock();
  } else if (state.phase === "loading") {
    drawLoading();
  } else if (view) {
    view.update(state);
  } else if (wanted) {
    show();
  }
}

function drawLoading() {
  if (main.dataset.shows === "loading" && !state.failure) return;
  main.dataset.shows = "loading";
  replace(main, state.failure
    ? make("div", { class: "empty" }, make("h1", { tabindex: "-1" }, "The app does not answer"), make("p", {}, "The page asks again every few seconds. If this lasts: does the app run, and is the network there?"))
    : make("div", { class: "empty", "aria-busy": "true" }, make("p", {}, "Loading the fleet …")));
}

function drawLock() {
  if (main.querySelector("#key")) {
    say(main.querySelector(".wrong"), state.keyRefused ? "This key is not accepted." : "");
    return;
  }
  const key = make("input", { id: "key", type: "password", autocomplete: "off", required: true });
  replace(main, make("form", { class: "lock panel", onsubmit: event => { event.preventDefault(); storeKey(key.value); poll(); } },
    make("h1", { tabindex: "-1" }, "Function key"),
    make("p", {}, "The page itself is public, its data is not. The key is kept in this tab until you close it and is sent in a header, never in an address."),
    make("label", { class: "field" }, make("span", {}, "Key"), key),
    make("p", { class: "wrong", role: "alert" }, state.keyRefused ? "This key is not accepted." : ""),
    make("div", { class: "buttons" }, make("button", { type: "submit", class: "main" }, "Open"))));
  key.focus();
}

const late = () => state.fleet?.lastTickAt && state.now - new Date(state.fleet.lastTickAt) > patience;

function drawBar() {
  const pulse = document.getElementById("pulse");
  const kill = document.getElementById("kill");
  const isSet = state.fleet?.killSwitch.isSet ?? false;
  kill.hidden = state.phase !== "live";
  say(kill, isSet ? "Clear kill switch …" : "Stop all writes …");
  mark(kill, "class", isSet ? "stop set" : "stop");
  const kind = state.failure ? "bad" : late() ? "warn" : state.phase === "live" ? "good" : "plain";
  mark(pulse, "class", `pulse ${kind}`);
  say(document.getElementById("pulse-text"), pulseText());
  const waiting = state.phase === "live" ? state.fleet.approvalsPending : 0;
  const badge = document.getElementById("waiting");
  badge.hidden = waiting === 0;
  say(badge.firstElementChild, String(waiting));
}

function pulseText() {
  if (state.failure) return "No connection";
  if (state.phase !== "live") return state.phase === "locked" ? "Locked" : "Connecting …";
  const { lastTickAt, nextTickAt, isSimulated, mode } = state.fleet;
  const tick = lastTickAt ? `tick ${clock(new Date(lastTickAt))}, next ${clock(new Date(nextTickAt))}` : "no tick yet";
  return `${clock(state.now)} UTC${isSimulated ? ", simulated" : ""} · ${tick}${mode === "Observe" ? " · observes only" : ""}`;
}

function drawBanners() {
  const shown = [];
  const fleet = state.fleet;
  if (state.failure) {
    shown.push(["bad", "error", [make("b", {}, "Not up to date. "), foreign(state.failure), ` since ${state.failedAt.toTimeString().slice(0, 5)} on your clock; asking again.${fleet ? " What you see is the last that is known." : ""}`]]);
  }
  if (fleet?.killSwitch.isSet && state.phase === "live") {
    const { by, reason } = fleet.killSwitch;
    shown.push(["bad", "kill", [make("b", {}, "Kill switch is set. "), "Nothing is written to Azure. Set by ", foreign(by), ` ${heldSince(fleet.killSwitch, state.now)}, until somebody clears it: `, foreign(reason)]]);
  }
  if (state.phase === "live" && late()) {
    const last = new Date(fleet.lastTickAt);
    shown.push(["warn", "stale", [make("b", {}, `No tick for ${span(state.now - last)}. `), `The last was at ${near(last, state.now)} UTC. Nothing is decided or done meanwhile; capacity stays as it is. Look at the timer of the function ScaleTick and at its log.`]]);
  }
  if (state.phase === "live" && fleet.policyTrouble) {
    shown.push(["warn", "policies", [make("b", {}, "The policy files cannot be used; the last good set is in force. "), foreign(fleet.policyTrouble.why)]]);
  }
  if (state.phase === "live" && fleet.narrowing) {
    const { chosenBy, deniedBy, acceptedAt, loss } = fleet.narrowing;
    const subject = chosenBy ? ["The policies that ", foreign(chosenBy), " chose"] : ["The policy files"];
    shown.push(["warn", "narrowing", [make("b", {}, subject, " would take away far more than an edit does. "), "The set before them stays in force until somebody approves (", make("a", { href: "#/approvals" }, "Approvals"), `)${deniedBy ? "" : `, or ${near(new Date(acceptedAt), state.now)} UTC`}. They would `, foreign(loss.text)]]);
  }
  if (state.phase === "live" && fleet.rollout) {
    shown.push(rolloutBanner(fleet.rollout));
  }
  if (state.phase === "live" && fleet.approvalsPending > 0) {
    shown.push(["warn", "approvals", [make("b", {}, `${fleet.approvalsPending} ${fleet.approvalsPending === 1 ? "request waits" : "requests wait"} for a person. `), make("a", { href: "#/approvals" }, "Approvals"), " tells what waits for a yes, and what counts without one."]]);
  }
  if (state.phase === "live" && fleet.shrink) {
    shown.push(["warn", "inventory", [make("b", {}, `${fleet.shrink.loss.missing} of ${fleet.shrink.loss.known} resources vanished from the inventory. `), "Nothing is lowered until they are back, somebody confirms that they are gone (", make("code", {}, "inventory accept"), `), or ${near(new Date(fleet.shrink.acceptedAt), state.now)} UTC. Missing: `, foreign(fleet.shrink.loss.where)]]);
  }
  if (state.phase === "live" && fleet.approval) {
    shown.push(["warn", "approval", [make("b", {}, "Lowerings beyond the cap are approved "), `until ${near(new Date(fleet.approval.until), state.now)} UTC by `, foreign(fleet.approval.by), ": ", foreign(fleet.approval.reason)]]);
  }
  showBanners(shown);
}

// Only what changed is made anew: an alert that is put there again is read out again, and a link in it would lose the focus.
function showBanners(shown) {
  for (const [name, { element }] of bannersShown) {
    if (shown.some(([, each]) => each === name)) continue;
    element.remove();
    bannersShown.delete(name);
  }
  let before = null;
  for (const [kind, name, parts] of shown) {
    const signature = kind + parts.map(part => part.textContent ?? part).join("");
    const known = bannersShown.get(name);
    if (known?.signature !== signature) {
      const element = make("p", { class: `banner ${kind}`, role: kind === "info" ? "status" : "alert", "data-banner": name }, parts);
      if (known) known.element.replaceWith(element);
      else if (before) before.after(element);
      else banners.prepend(element);
      bannersShown.set(name, { element, signature });
    }
    before = bannersShown.get(name).element;
  }
}

function rolloutBanner({ next, ring, rings, since, halt }) {
  const set = `policy set ${next.slice(0, 12)}`;
  return halt
    ? ["warn", "rollout", [make("b", {}, `The rollout of ${set} is halted. `), "The set before it counts for all until somebody promotes it (", make("code", {}, "rollout promote"), "), or the files change. Halted in the ring ", foreign(ring), " by ", foreign(halt.by), ` ${near(new Date(halt.at), state.now)} UTC: `, foreign(halt.why)]]
    : ["info", "rollout", [make("b", {}, `A changed ${set} is on its way. `), "It counts for the ring ", foreign(ring), `, ${rings.findIndex(each => each.name === ring) + 1} of ${rings.length}, since ${near(new Date(since), state.now)} UTC; the set before it decides on all others. `, make("code", {}, "rollout status"), " tells what it has to do well."]];
}

const themes = { "": ["Auto", "as the system has them"], light: ["Light", "light"], dark: ["Dark", "dark"] };

function drawTheme() {
  const [word, told] = themes[document.documentElement.dataset.theme ?? ""];
  const button = document.getElementById("theme");
  say(button, word);
  mark(button, "aria-label", `${word}: colours ${told}`);
}

document.getElementById("theme").addEventListener("click", () => {
  const names = Object.keys(themes);
  const next = names[(names.indexOf(document.documentElement.dataset.theme ?? "") + 1) % names.length];
  if (next) document.documentElement.dataset.theme = next;
  else delete document.documentElement.dataset.theme;
  localStorage.setItem("theme", next);
  drawTheme();
  dispatchEvent(new Event("themechange"));
});

document.getElementById("kill").addEventListener("click", () => openKillSwitch(state.fleet));

// The address is the page's route, so this one link must not change it.
document.getElementById("skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});

addEventListener("hashchange", () => open().catch(() => announce("This view could not be loaded; reload the page.", "bad")));
onChange(update);
drawTheme();
drawLoading();
open();
poll();
