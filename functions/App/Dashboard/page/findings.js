// Which sizes and counts resources should have by what they used: what the daily look kept.
import { make, say, mark, foreign, replace } from "./elements.js";
import { count, minute, number, visible } from "./text.js";
import { WindowedRows } from "./windowed.js";
import { csv, save } from "./csv.js";
import { address } from "./fleet.js";
import { read } from "./live.js";
import { leftoversPanel } from "./leftovers.js";

const patience = 60_000;

const verdicts = {
  change: ["To change", ["Save", "Raise"]],
  Save: ["Cheaper", ["Save"]],
  Raise: ["Too little", ["Raise"]],
  Suppressed: ["Suppressed", ["Suppressed"]],
  Keep: ["Stays", ["Keep"]],
  NotJudged: ["Not judged", ["NotJudged"]],
  all: ["Everything", null],
};

export const words = { Save: "cheaper", Raise: "too little", Suppressed: "suppressed", Keep: "stays", NotJudged: "not judged" };
export const tones = { Save: "tone-out", Raise: "tone-bad", Suppressed: "tone-warn", Keep: "tone-calm", NotJudged: "tone-plain" };
export const risks = { Low: "tone-calm", Medium: "tone-warn", High: "tone-bad" };
const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const amount = money => `${grouped.format(Math.abs(money.amount))} ${money.currency}`;

const subscription = each => /^\/subscriptions\/([^/]+)\//iu.exec(each.id)?.[1] ?? "";

export const now = each => `${each.instances} × ${each.size}`;

// Not named "then": a module that exports that is taken for a promise.
export function proposed(each) {
  if (!each.toSize) return "";
  const mean = each.toMeanInstances ?? each.toInstances;
  return each.followsLoad || Math.abs(mean - each.toInstances) > 0.01 ? `${each.toSize}, ${number(mean)} on average` : `${each.toInstances} × ${each.toSize}`;
}

export function saving(each) {
  const { savingLow: low, savingHigh: high } = each;
  if (!high) return "";
  if (high.amount < 0) return `costs ${amount(high)} more`;
  return Math.round(low.amount) === Math.round(high.amount) ? amount(high) : `${grouped.format(low.amount)} to ${amount(high)}`;
}

export function under(each) {
  if (each.suppressedUntil) return `suppressed until ${each.suppressedUntil}`;
  if (each.savingLater && each.committedUntil) return `${amount(each.savingLater)} after ${each.committedUntil}: paid in advance`;
  return each.pricesAsOf ? `${each.priceBasis === "Declared" ? "declared" : "retail"} prices of ${each.pricesAsOf}` : "";
}

// All of one currency together; amounts of two are never added.
function totals(findings) {
  const sums = Map.groupBy(findings.filter(each => each.verdict === "Save"), each => each.savingHigh.currency);
  return [...sums].map(([currency, list]) => {
    const sum = key => list.reduce((all, each) => all + each[key].amount, 0);
    return `${grouped.format(sum("savingLow"))} to ${grouped.format(sum("savingHigh"))} ${currency}`;
  }).join(" and ");
}

export function findingsView(root) {
  const wish = { words: "", verdict: "change" };
  const search = make("input", { type: "search", placeholder: "Name, group, size, reason …", autocomplete: "off", spellcheck: "false", oninput: () => { wish.words = search.value; draw(); } });
  const kind = make("select", { onchange: () => { wish.verdict = kind.value; draw(); } }, Object.entries(verdicts).map(([value, [word]]) => make("option", { value }, word)));
  kind.value = wish.verdict;
  const lead = make("p", { class: "lead" }, "Loading …");
  const found = make("p", { class: "found", "aria-live": "polite" });
  const heads = ["Resource", "Now → proposed", "Saves a month", "History", "Risk", "Why"];
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { class: "findings", role: "table", "aria-label": "Findings", hidden: true },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row", "aria-rowindex": "1" }, heads.map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  const nothing = make("p", { class: "empty", hidden: true });
  const rows = new WindowedRows(body, heads.length, each => each.id, () => findingRow(() => known));
  const etags = new Map();
  const about = leftoversPanel();
  let known = new Set();
  let pages = [];
  let all = null;
  let askedAt = 0;
  let shown = [];
  let at = null;
  let isClosed = false;

  replace(root,
    make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Findings"), lead),
    make("section", { class: "panel grow", "aria-label": "Findings" },
      make("div", { class: "tools" },
        make("label", { class: "field grow" }, make("span", { class: "unseen" }, "Search the findings"), search),
        make("label", { class: "field" }, make("span", {}, "Show"), kind),
        make("button", { type: "button", onclick: exportRows }, "Export CSV"), found),
      table, nothing),
    about.element);

  // A page that has not changed is not sent again.
  async function load() {
    askedAt = performance.now();
    try {
      const next = [];
      for (let after = "", index = 0; after != null; index++) {
        const page = await read(`findings?limit=500&after=${encodeURIComponent(after)}`, etags) ?? pages[index];
        next.push(page);
        after = page.next;
      }
      pages = next;
      all = pages.flatMap(page => page.findings);
    } catch {
      etags.clear();
      if (!all) say(lead, "The findings could not be read; the page asks again.");
      askedAt = performance.now() - patience + 5000;
    }
    if (!isClosed) draw();
  }

  function draw() {
    if (!all) return;
    const listed = all.filter(each => each.verdict !== "NotJudged");
    const save = all.filter(each => each.verdict === "Save");
    const raise = all.filter(each => each.verdict === "Raise");
    say(lead, all.length === 0 ? "Nothing was judged yet. A policy of the kind ResourceRightsizing asks for it; each resource is looked at once a day."
      : `${listed.length} of ${count(all.length, "resource")} could be judged. ${save.length} should have another size or count${save.length ? `, which saves ${totals(all)} a month` : ""}.${raise.length ? ` ${raise.length} ${raise.length === 1 ? "has" : "have"} too little.` : ""}`);
    const parts = wish.words.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    const kinds = verdicts[wish.verdict][1];
    shown = all.filter(each => (!kinds || kinds.includes(each.verdict))
      && parts.every(part => `${each.name} ${each.resourceGroup} ${subscription(each)} ${each.size} ${each.toSize ?? ""} ${each.why} ${each.finding ?? ""}`.toLowerCase().includes(part)))
      .sort((one, other) => (other.savingHigh?.amount ?? 0) - (one.savingHigh?.amount ?? 0) || one.id.localeCompare(other.id));
    mark(table, "aria-rowcount", shown.length + 1);
    table.hidden = shown.length === 0;
    nothing.hidden = shown.length > 0;
    rows.show(shown);
    say(found, count(shown.length, "finding"));
    say(nothing, all.length === 0 ? "There are no findings." : wish.words ? "No finding fits. Change the filters." : "There is none of these.");
  }

  function exportRows() {
    save(`scalefunctions-findings-${minute(at).replace(/[ :]/gu, "-")}.csv`, csv(
      ["id", "finding", "verdict", "found", "size", "instances", "to size", "to instances", "saving low", "saving high", "currency", "confidence days", "risk", "why", "suppressed until", "recommended only"],
      shown.map(each => [each.id, each.finding, each.verdict, each.at, each.size, each.instances, each.toSize, each.toInstances, each.savingLow?.amount, each.savingHigh?.amount, each.savingHigh?.currency, each.confidenceDays, each.risk, each.why, each.suppressedUntil, each.whyNotActed])));
  }

  return {
    title: "Findings",
    update(state) {
      at = state.now;
      known = new Set(state.targets.map(each => each.id.toLowerCase()));
      if (askedAt === 0 || performance.now() - askedAt > patience) load();
      about.update();
    },
    close: () => { isClosed = true; rows.close(); about.close(); },
  };
}

function findingRow(known) {
  const name = make("span", { class: "f-link" });
  const group = make("bdi", { class: "sub" });
  const owner = make("bdi", { class: "sub f-subscription" });
  const from = make("bdi", { class: "f-from" });
  const to = make("bdi", { class: "f-to" });
  const saves = make("span", { class: "change" });
  const basis = make("bdi", { class: "sub" });
  const plan = make("a", { class: "f-plan" }, "What would be done");
  const days = make("span", {});
  const found = make("span", { class: "sub" });
  const risk = make("span", {});
  const verdict = make("span", {});
  const why = make("bdi", { class: "reason" });
  const acted = make("bdi", { class: "sub" });
  const cell = (key, ...children) => make("td", { role: "cell", class: `f-${key}` }, children);
  return {
    element: make("tr", { role: "row" },
      cell("name", name, group, owner), cell("size", from, to), cell("saves", saves, basis, plan), cell("days", days, found), cell("risk", risk, verdict), cell("why", why, acted)),
    update(each) {
      const link = known().has(each.id.toLowerCase()) ? "link" : "text";
      if (name.dataset.shows !== link + each.id) {
        name.dataset.shows = link + each.id;
        replace(name, link === "link" ? make("a", { class: "name", href: address(each) }, foreign(each.name)) : foreign(each.name, { class: "name" }));
      }
      mark(name, "title", visible(each.id));
      say(group, visible(`${each.resourceGroup}, ${each.region}`));
      say(owner, visible(subscription(each)));
      say(from, visible(now(each)));
      say(to, visible(proposed(each) && `→ ${proposed(each)}`));
      say(saves, saving(each));
      mark(saves, "class", each.verdict === "Raise" ? "change dearer" : "change");
      say(basis, under(each));
      mark(plan, "href", `#/finding/${encodeURIComponent(each.id)}`);
      mark(plan, "aria-label", `What would be done about ${visible(each.name)}`);
      say(plan, each.toSize ? "What would be done" : "What was measured");
      say(days, each.confidenceDays == null ? "" : `${number(each.confidenceDays)} days`);
      say(found, `found ${minute(new Date(each.at))}`);
      chip(risk, each.risk ? `${each.risk.toLowerCase()} risk` : "", risks[each.risk]);
      mark(risk, "title", each.risks.length ? visible(each.risks.join("; ")) : null);
      chip(verdict, words[each.verdict], tones[each.verdict]);
      say(why, visible(each.why));
      mark(why, "title", visible(each.why));
      say(acted, each.finding ? visible(each.whyNotActed ? `${each.finding}, recommended only: ${each.whyNotActed}` : `${each.finding}, carried out in the window`) : "");
    },
  };
}

function chip(element, text, tone) {
  say(element, text);
  mark(element, "class", text ? `chip ${tone}` : null);
}
