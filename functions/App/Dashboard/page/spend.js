// What is spent against what may be: each budget with its ladder and the end of its period, then what is monitored and what was saved.
import { make, say, mark, foreign, replace } from "./elements.js";
import { count, near, visible } from "./text.js";
import { money, percent } from "./money.js";
import { Problem, read, state as live } from "./live.js";
import { spendChart } from "./spendchart.js";
import { ladderOf } from "./ladder.js";
import { scopesPanel } from "./scopes.js";
import { savingsPanel } from "./savings.js";

// Spend is looked at every quarter of an hour; a simulated one takes seconds.
const patience = simulated => (simulated ? 4000 : 60_000);
const parts = { budgets: "Budgets", costs: "Monitored scopes", savings: "Savings" };

export function spendView(root) {
  const lead = make("p", { class: "lead" }, "Loading …");
  const stale = make("p", { class: "stale", role: "status" });
  const list = make("div", {});
  const scopes = scopesPanel();
  const savings = savingsPanel();
  const etags = new Map();
  const shown = new Map();
  const answers = {};
  const readAt = {};
  const failures = {};
  let current = null;
  let askedAt = 0;
  let isBusy = false;
  let isClosed = false;

  replace(root, make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Spend"), lead, stale), list, scopes.element, savings.element);

  async function load() {
    if (isBusy) return;
    [isBusy, askedAt] = [true, performance.now()];
    await Promise.all(Object.keys(parts).map(readPart));
    isBusy = false;
    if (Object.keys(failures).length > 0) askedAt = performance.now() - patience(current.fleet.isSimulated) + 5000;
    if (!isClosed) draw();
  }

  // One that cannot be read takes nothing from the others.
  async function readPart(path) {
    try {
      answers[path] = await read(path, etags) ?? answers[path];
      readAt[path] = live.now;
      delete failures[path];
    } catch (failure) {
      failures[path] = failure instanceof Problem ? failure.message : "the app does not answer";
    }
  }

  function draw() {
    say(stale, visible(Object.entries(failures).map(([path, why]) => (answers[path]
      ? `${parts[path]}: not up to date since ${near(readAt[path], live.now)} UTC (${why}).` : `${parts[path]} could not be read (${why}); the page asks again.`)).join(" ")));
    if (answers.budgets) drawBudgets(answers.budgets);
    else say(lead, "What is spent could not be read; the page asks again.");
    if (answers.costs) scopes.update(answers.costs, current.now);
    if (answers.savings) savings.update(answers.savings, current.now);
  }

  function drawBudgets({ budgets }) {
    say(lead, leadOf(budgets, current.now));
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

function leadOf(budgets, now) {
  if (budgets.length === 0) return "No policy of the kind BudgetAlerts says what may be spent; what is monitored is below.";
  const over = budgets.filter(budget => budget.overspend > 0);
  const unknown = budgets.filter(budget => !budget.figures || budget.notJudged);
  return visible([
    over.length === 0 ? `${count(budgets.length, "budget")}; none is expected to be exceeded.`
      : `${count(budgets.length, "budget")}. ${over.map(budget => `${budget.name} is expected to be exceeded by ${money(budget.overspend, budget.currency)}`).join("; ")}.`,
    ...budgets.map(budget => stepsOf(budget, now)),
    ...budgets.filter(countsNothing).map(budget => `${budget.name}: nothing counts.`),
    unknown.length > 0 && `${unknown.map(budget => budget.name).join(", ")}: not judged now.`,
  ].filter(Boolean).join(" "));
}

// That people are told takes nothing, and a policy that observes takes nothing either.
const takes = (budget, step) => budget.mode === "Act" && step.kind !== "Notify";
const actingOf = budget => budget.steps.filter(step => takes(budget, step) && step.phase === "Active");

function stepsOf(budget, now) {
  const acting = actingOf(budget).length;
  const coming = budget.steps.filter(step => takes(budget, step) && (step.phase === "Announced" || step.phase === "InGrace"));
  const times = coming.filter(step => step.actsAt).map(step => step.actsAt).sort();
  const parts = [
    acting > 0 && `${count(acting, "step")} ${acting === 1 ? "acts" : "act"}`,
    coming.length > 0 && `${coming.length} ${coming.length === 1 ? "is" : "are"} announced${times.length ? `${coming.length === 1 ? "" : ", the first"} for ${near(new Date(times[0]), now)}` : ""}`,
  ].filter(Boolean);
  return parts.length > 0 && `${budget.name}: ${parts.join(", ")}.`;
}

// A zero that is none: what a budget counts is told by its scope and tags, and these may fit nothing.
const countsNothing = ({ figures, notJudged, course }) => Boolean(figures) && !notJudged
  && figures.spent === 0 && figures.expected === 0 && figures.pessimistic === 0 && !course?.days.some(day => day !== 0);

function standOf(budget) {
  if (!budget.figures) return ["Not known yet", "plain", "·"];
  if (budget.notJudged) return ["Not judged", "warn", "?"];
  if (budget.figures.spent > budget.figures.amount) return ["Exceeded", "bad", "■"];
  if (countsNothing(budget)) return ["Nothing counts", "warn", "?"];
  if (budget.overspend > 0) return ["Will be exceeded", "warn", "▲"];
  return actingOf(budget).length > 0 ? ["Steps act", "out", "●"] : ["Within", "calm", "✓"];
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
      say(scope, visible(`${budget.period ? `${budget.period.start} until ${budget.period.end}, not included · ` : ""}${budget.scope}${budget.tags ? ` · ${budget.tags}` : ""}${budget.mode === "Act" ? "" : " · the policy observes: steps are told, nothing is changed"}`));
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
    tile("Pessimistic", money(figures.pessimistic, currency), "exceeded once in ten times (P90)", kind(figures.pessimistic)),
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
    const isTooLittle = !budget.reachDoubt && budget.overspend > budget.reach;
    all.push([isTooLittle ? "wrong" : "", `Expected to be exceeded by ${money(budget.overspend, budget.currency)}; what is not taken yet reaches ${least}${isTooLittle ? ": call a human" : ""}.`]);
  }
  if (countsNothing(budget)) {
    all.push(["wrong", budget.tags
      ? "Nothing counts for it: no resource of the scope carries these tags, or those that do cost nothing." : "Nothing counts for it: no resource of the scope costs anything, or none is seen."]);
  }
  if (budget.figures && !budget.notJudged) all.push(["muted", `Looked at ${near(new Date(budget.lookedAt ?? budget.figures.at), now)} UTC.`]);
  return all;
}
