// What is spent against what may be: each budget with its ladder and the end of its period, then what is monitored and what was saved.
import { make, say, mark, foreign, replace } from "./elements.js";
import { count, near, visible } from "./text.js";
import { money, percent } from "./money.js";
import { read } from "./live.js";
import { spendChart } from "./spendchart.js";
import { ladderOf } from "./ladder.js";
import { scopesPanel } from "./scopes.js";
import { savingsPanel } from "./savings.js";

// Spend is looked at every quarter of an hour; a simulated one takes seconds.
const patience = simulated => (simulated ? 4000 : 60_000);

export function spendView(root) {
  const lead = make("p", { class: "lead" }, "Loading …");
  const list = make("div", {});
  const scopes = scopesPanel();
  const savings = savingsPanel();
  const etags = new Map();
  const shown = new Map();
  const answers = {};
  let current = null;
  let askedAt = 0;
  let isBusy = false;
  let isClosed = false;

  replace(root, make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Spend"), lead), list, scopes.element, savings.element);

  async function load() {
    if (isBusy) return;
    [isBusy, askedAt] = [true, performance.now()];
    try {
      await Promise.all(["budgets", "costs", "savings"].map(async path => { answers[path] = await read(path, etags) ?? answers[path]; }));
      if (!isClosed) draw();
    } catch {
      etags.clear();
      if (!answers.savings || !answers.costs || !answers.budgets) say(lead, "What is spent could not be read; the page asks again.");
      askedAt = performance.now() - patience(current.fleet.isSimulated) + 5000;
    } finally {
      isBusy = false;
    }
  }

  function draw() {
    const { budgets } = answers.budgets;
    say(lead, leadOf(budgets));
    for (const budget of budgets) {
      if (!shown.has(budget.name)) {
        const panel = budgetPanel(() => load());
        shown.set(budget.name, panel);
        list.append(panel.element);
      }
      shown.get(budget.name).update(budget, current.now);
    }
    for (const [name, panel] of shown) {
      if (budgets.some(budget => budget.name === name)) continue;
      panel.close();
      panel.element.remove();
      shown.delete(name);
    }
    scopes.update(answers.costs, current.now);
    savings.update(answers.savings, current.now);
  }

  return {
    title: "Spend",
    update(state) {
      current = state;
      if (askedAt === 0 || performance.now() - askedAt > patience(state.fleet.isSimulated)) load();
    },
    close: () => { isClosed = true; shown.forEach(panel => panel.close()); },
  };
}

function leadOf(budgets) {
  if (budgets.length === 0) return "No policy of the kind BudgetAlerts says what may be spent; what is monitored is below.";
  const over = budgets.filter(budget => budget.overspend > 0);
  const unknown = budgets.filter(budget => !budget.figures || budget.notJudged);
  return visible([
    over.length === 0 ? `${count(budgets.length, "budget")}; none is expected to be passed.`
      : `${count(budgets.length, "budget")}. ${over.map(budget => `${budget.name} is expected to be passed by ${money(budget.overspend, budget.currency)}`).join("; ")}.`,
    unknown.length > 0 && `${unknown.map(budget => budget.name).join(", ")}: not judged now.`,
  ].filter(Boolean).join(" "));
}

function standOf(budget) {
  if (!budget.figures) return ["Not known yet", "plain", "·"];
  if (budget.notJudged) return ["Not judged", "warn", "?"];
  if (budget.figures.spent > budget.figures.amount) return ["Passed", "bad", "■"];
  return budget.overspend > 0 ? ["Will be passed", "warn", "▲"] : ["Will do", "calm", "✓"];
}

let nextId = 0;

function budgetPanel(changed) {
  const id = `budget-${++nextId}`;
  const name = make("h2", { id });
  const chip = make("span", { class: "chip" });
  const scope = make("p", { class: "sub b-scope" });
  const tiles = make("dl", { class: "figures" });
  const told = make("div", { class: "told" });
  const chartBox = make("div", {});
  const chart = spendChart(chartBox);
  const ladder = ladderOf(changed);
  const element = make("section", { class: "panel budget", "aria-labelledby": id },
    make("div", { class: "tools" }, name, chip), scope, tiles, told, chartBox, ladder.element);

  return {
    element,
    update(budget, now) {
      if (name.textContent !== visible(budget.name)) replace(name, foreign(budget.name));
      const [word, tone, sign] = standOf(budget);
      say(chip, word);
      mark(chip, "data-sign", sign);
      mark(chip, "class", `chip tone-${tone}`);
      say(scope, visible(`${budget.period ? `${budget.period.start} until ${budget.period.end}, not included · ` : ""}${budget.scope}${budget.mode === "Act" ? "" : " · the policy observes: steps are told, nothing is changed"}`));
      const signature = JSON.stringify(budget);
      if (element.dataset.shows === signature) return;
      element.dataset.shows = signature;
      drawFigures(tiles, budget);
      replace(told, sentences(budget, now).map(([kind, text]) => make("p", { class: kind }, foreign(text))));
      chart.show(budget);
      ladder.update(budget, now);
    },
    close: () => chart.close(),
  };
}

function drawFigures(tiles, { figures, spentByAzure, currency }) {
  const tile = (term, value, note, kind) => make("div", { class: kind ?? null }, make("dt", {}, term), make("dd", {}, make("b", {}, value), note ? make("span", { class: "sub" }, note) : null));
  if (!figures) {
    replace(tiles, tile("Spent", "–", "nothing is known of it yet"));
    return;
  }
  const of = value => `${percent(value / figures.amount)} of the budget`;
  const kind = value => (value > figures.amount ? "over" : null);
  replace(tiles,
    tile("Budget", money(figures.amount, currency)),
    tile("Spent so far", money(figures.spent, currency), of(figures.spent), kind(figures.spent)),
    tile("Expected at the end", money(figures.expected, currency), `as likely more as less (P50), ${of(figures.expected)}`, kind(figures.expected)),
    tile("Pessimistic", money(figures.pessimistic, currency), "passed once in ten times (P90)", kind(figures.pessimistic)),
    spentByAzure == null ? null : tile("Azure says is spent", money(spentByAzure, currency), "hours to days late"),
    tile("Counted as it happens", percent(figures.coverage), figures.coverage < 0.6 ? "below 60 %: no step acts by the forecast" : "of the spend"));
}

// What a person has to know beside the figures, the worst first.
function sentences(budget, now) {
  const all = [];
  if (budget.notJudged) all.push(["wrong", `Not judged: ${budget.notJudged}. ${budget.figures ? `The figures are of ${near(new Date(budget.figures.at), now)}; nothing begins and nothing ends by them.` : "Nothing begins."}`]);
  if (budget.overspend > 0) {
    const reach = money(budget.reach, budget.currency);
    const least = budget.reachDoubt ? `${reach} or more (${budget.reachDoubt})` : reach;
    const isTooLittle = budget.isOutOfReach || (!budget.reachDoubt && budget.reach < budget.overspend);
    all.push([isTooLittle ? "wrong" : "", `Expected to be passed by ${money(budget.overspend, budget.currency)}; all steps together reach ${least}${isTooLittle ? ": call a human" : ""}.`]);
  }
  if (budget.figures && !budget.notJudged) all.push(["muted", `Looked at ${near(new Date(budget.lookedAt ?? budget.figures.at), now)} UTC.`]);
  return all;
}
