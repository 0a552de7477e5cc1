// What waits for a yes: what is asked, by whom, until when, what it is about, and how it was answered.
import { make, say, foreign, replace } from "./elements.js";
import { count, lastPart, minute, near, span, visible } from "./text.js";
import { read, state as live } from "./live.js";
import { openAnswer } from "./handles.js";

const patience = simulated => (simulated ? 2000 : 10_000);
const mostAnswered = 20;

const kinds = { Lowerings: "lowerings beyond the cap", LoweringWindow: "lowerings for a while", BudgetStep: "a step of a budget", Inventory: "what vanished is gone", Policies: "policies that govern far less" };
// Somebody asks because it looks like a mistake; it comes into force when nobody objects. Anything else is not done then.
const countsUnanswered = each => each.countsBySilence;

const tones = { Pending: "warn", Approved: "out", Denied: "bad", Expired: "calm", Void: "calm" };
const words = { Pending: "Waits", Approved: "Approved", Denied: "Denied", Expired: "Expired", Void: "Void" };

export function approvalsView(root) {
  const lead = make("p", { class: "lead" }, "Loading …");
  const waiting = make("div", { class: "waiting" });
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { class: "answered", role: "table", "aria-label": "Answered" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ["Request", "What", "Stands", "Answer"].map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  const before = make("section", { class: "panel", hidden: true, "aria-label": "Answered" }, make("h2", {}, "Before"), table);
  const etags = new Map();
  const details = new Map();
  let answer = null;
  let current = null;
  let askedAt = 0;
  let isClosed = false;

  replace(root, make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Approvals"), lead), waiting, before);

  async function load() {
    askedAt = performance.now();
    try {
      answer = await read("approvals", etags) ?? answer;
      for (const each of answer.approvals.filter(one => one.status === "Pending" && one.kind === "Lowerings" && !details.has(one.id))) {
        details.set(each.id, (await read(`approvals/${encodeURIComponent(each.id)}`, new Map())).lowerings ?? []);
      }
    } catch {
      etags.clear();
      if (!answer) say(lead, "What waits for an answer could not be read; the page asks again.");
      askedAt = performance.now() - patience(current.fleet.isSimulated) + 3000;
    }
    if (!isClosed && answer) draw();
  }

  function draw() {
    const pending = answer.approvals.filter(each => each.status === "Pending");
    const rest = answer.approvals.filter(each => each.status !== "Pending").slice(0, mostAnswered);
    say(lead, pending.length ? `${count(pending.length, "request")} ${pending.length === 1 ? "waits" : "wait"} for an answer. ${silenceOf(pending)}` : "Nothing waits for an answer.");
    const signature = JSON.stringify([pending, rest, pending.map(each => details.get(each.id))]);
    if (waiting.dataset.shows === signature) {
      waiting.querySelectorAll("[data-until]").forEach(element => say(element, leftOf(answer.approvals.find(each => each.id === element.dataset.until))));
      return;
    }
    waiting.dataset.shows = signature;
    const focused = waiting.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    replace(waiting, pending.map(each => card(each, details.get(each.id))));
    if (focused) [...waiting.querySelectorAll("button")].find(button => button.getAttribute("aria-label") === focused)?.focus();
    before.hidden = rest.length === 0;
    replace(body, rest.map(row));
  }

  const leftOf = each => {
    const until = new Date(each.expiresAt);
    return `until ${near(until, live.now)} UTC, ${span(until - live.now)} left; without an answer it ${countsUnanswered(each) ? `counts at ${near(until, live.now)}` : "is not done"}`;
  };

  // The button that was pressed is gone with its request.
  async function answered() {
    await load();
    if (!isClosed) root.querySelector("h1")?.focus({ preventScroll: true });
  }

  function card(each, lowerings) {
    const button = (isApproval, word, kind) => make("button", { type: "button", class: kind, "aria-label": visible(`${word} ${each.id}`), onclick: () => openAnswer(each, isApproval, answered) }, `${word} …`);
    return make("section", { class: "panel request", "aria-label": visible(each.id) },
      make("div", { class: "tools" }, make("h2", {}, foreign(each.id)), make("span", { class: "chip tone-warn", "data-sign": "◔" }, kinds[each.kind] ?? each.kind)),
      foreign(each.what, { class: "asked" }),
      make("p", { class: "sub" }, "Asked by ", foreign(each.requestedBy), ` at ${near(new Date(each.createdAt), live.now)} UTC, `, make("span", { "data-until": each.id }, leftOf(each))),
      lowerings?.length ? make("table", { "aria-label": visible(`Lowerings of ${each.id}`) },
        make("thead", {}, make("tr", {}, ["Target", "Instances", "No fewer than"].map(head => make("th", { scope: "col" }, head)))),
        make("tbody", {}, lowerings.map(one => make("tr", {}, make("td", {}, foreign(lastPart(one.target), { title: visible(one.target) })), make("td", {}, one.from), make("td", {}, one.least))))) : null,
      make("div", { class: "buttons" }, button(false, "Deny", null), button(true, "Approve", "main")));
  }

  return {
    title: "Approvals",
    update(state) {
      current = state;
      if (askedAt === 0 || performance.now() - askedAt > patience(state.fleet.isSimulated)) load();
    },
    close: () => { isClosed = true; },
  };
}

function silenceOf(pending) {
  const many = pending.filter(countsUnanswered).length;
  if (many === 0) return "Silence means no.";
  return many === pending.length ? "Silence means yes: without an answer it counts." : "What comes of silence each of them says.";
}

const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);

function row(each) {
  const { answer } = each;
  const isTaken = each.status === "Expired" && countsUnanswered(each);
  return make("tr", { role: "row" },
    cell("Request", foreign(each.id, { class: "name" }), make("span", { class: "sub" }, minute(new Date(each.createdAt)))),
    cell("What", foreign(each.what), make("span", { class: "sub" }, "asked by ", foreign(each.requestedBy))),
    cell("Stands", make("span", { class: `chip tone-${tones[each.status] ?? "plain"}` }, isTaken ? "Taken, nobody objected" : words[each.status] ?? each.status),
      answer?.isBreakGlass ? make("span", { class: "sub broken" }, "the glass was broken") : null,
      each.usableUntil ? make("span", { class: "sub" }, `may be done until ${minute(new Date(each.usableUntil))}`) : null),
    cell("Answer", answer ? [make("span", {}, foreign(answer.by), `, ${minute(new Date(answer.at))}`), foreign(answer.reason, { class: "sub" })] : foreign(each.void || (isTaken ? "nobody answered; it counts without" : "nobody answered in time"), { class: "sub" })));
}
