// What stands about and costs: what the daily look marked, with the command that ends it. The page runs none of them.
import { make, say, foreign, replace } from "./elements.js";
import { count, day, placeOf, visible } from "./text.js";
import { read } from "./live.js";

const patience = 60_000;

// As many as a page of the interface; whoever has more asks the interface or the command line.
const mostShown = 200;

const words = {
  idleMachine: "idle machine", idlePlan: "idle plan", emptyPlan: "empty plan", unattachedDisk: "unattached disk", unusedAddress: "unused address",
  emptyLoadBalancer: "empty load balancer", deallocatedMachine: "deallocated machine", oldSnapshot: "old snapshot",
};
const word = kind => words[kind[0].toLowerCase() + kind.slice(1)] ?? kind;

const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 2, minimumFractionDigits: 2 });
const money = each => !each.cost ? "no price" : each.pricesAsOf ? `${each.isAtMost ? "at most " : ""}${grouped.format(each.cost.amount)} ${each.cost.currency}` : "nothing by itself";

// Amounts of two currencies are never added.
function totals(list) {
  const sums = Map.groupBy(list.filter(each => each.cost && each.pricesAsOf), each => each.cost.currency);
  return [...sums].map(([currency, some]) => `${grouped.format(some.reduce((sum, each) => sum + each.cost.amount, 0))} ${currency}`).join(" and ");
}

const told = each => `since ${day(new Date(each.firstSeen))}, ${each.toldAt ? `told ${day(new Date(each.toldAt))}` : "not told yet"}`;

const done = each => each.whyNotActed ? each.whyNotActed
  : each.noticedAt ? `the notice was given ${day(new Date(each.noticedAt))}; after it this is done, and can be taken back`
  : "the owner is told before this is done";

export function leftoversPanel() {
  const summary = make("p", { class: "about-lead" }, "Loading …");
  const kind = make("select", { onchange: () => draw() }, make("option", { value: "" }, "Everything"), Object.entries(words).map(([value, text]) => make("option", { value }, text)));
  const body = make("tbody", {});
  const table = make("table", { class: "leftovers", "aria-label": "What stands about", hidden: true },
    make("thead", {}, make("tr", {}, ["Resource", "What", "Costs a month", "What ends it"].map(head => make("th", { scope: "col" }, head)))), body);
  const element = make("section", { class: "panel about", "aria-label": "What stands about" },
    make("h2", {}, "What stands about"),
    make("div", { class: "tools" }, make("label", { class: "field" }, make("span", {}, "Kind"), kind)), summary, table);
  const etags = new Map();
  let answer = null;
  let askedAt = 0;
  let isClosed = false;

  async function load() {
    askedAt = performance.now();
    try {
      answer = await read(`leftovers?limit=${mostShown}`, etags) ?? answer;
    } catch {
      etags.clear();
      if (!answer) say(summary, "What stands about could not be read; the page asks again.");
      askedAt = performance.now() - patience + 5000;
    }
    if (!isClosed && answer) draw();
  }

  function draw() {
    const list = answer.leftovers.filter(each => !kind.value || each.kind.toLowerCase() === kind.value.toLowerCase())
      .sort((one, other) => (other.cost?.amount ?? 0) - (one.cost?.amount ?? 0) || one.id.localeCompare(other.id));
    const rest = answer.total - answer.leftovers.length;
    say(summary, answer.total === 0 ? "Nothing stands about, or no policy of the kind UsageOptimization has 'findings'."
      : list.length === 0 ? "There is none of these."
      : `${count(list.length, "resource")}${totals(list) ? `, ${totals(list)} a month at retail prices` : ""}.${rest > 0 ? ` ${rest} more are not shown; 'usage findings' lists all.` : ""}`);
    table.hidden = list.length === 0;
    replace(body, list.map(row));
  }

  return {
    element,
    update() {
      if (askedAt === 0 || performance.now() - askedAt > patience) load();
    },
    close: () => { isClosed = true; },
  };
}

const row = each => make("tr", {},
  make("td", { class: "l-name" }, foreign(each.name, { class: "what", title: visible(each.id) }), make("span", { class: "sub" }, word(each.kind)),
    foreign(`${each.resourceGroup}, ${placeOf(each.id).subscription}`, { class: "sub" })),
  make("td", { class: "l-what" }, foreign(each.what), make("span", { class: "sub" }, told(each)), each.owner ? foreign(each.owner, { class: "sub" }) : null),
  make("td", { class: "l-cost" }, make("span", { class: "sum" }, money(each)), foreign(each.pricesAsOf ? `retail prices of ${each.pricesAsOf}` : each.whyNotPriced ?? "", { class: "sub" })),
  make("td", { class: "l-ends" }, make("code", {}, visible(each.command)), foreign(done(each), { class: "sub" })));
