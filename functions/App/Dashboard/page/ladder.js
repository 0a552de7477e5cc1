// The ladder of a budget: each step with how far it is, what it can save, what it waits for, and a hand that undoes it.
import { make, foreign, replace } from "./elements.js";
import { count, near, visible } from "./text.js";
import { money } from "./money.js";
import { openUndo } from "./handles.js";

const kinds = {
  Notify: "people are told", OffHours: "longer off-hours", LowerMaximum: "a lower maximum", Stop: "resources are stopped", CheaperSize: "a cheaper size", FreezeScaleOut: "nothing is added",
};

const phases = {
  Idle: ["Off", "plain", "·"], Announced: ["Announced", "warn", "◔"], InGrace: ["Told a last time", "warn", "◑"], Active: ["Acts", "out", "●"], Undoing: ["Being undone", "in", "▼"], Rests: ["Rests", "calm", "❙❙"],
};

const wordOf = (step, isObserved) => (step.phase === "Idle" && step.restsBecause != null ? "Rests" : step.phase === "Active" && (step.kind === "Notify" || isObserved) ? "Told" : step.phase);

export function ladderOf(changed) {
  const body = make("tbody", { role: "rowgroup" });
  const element = make("table", { class: "ladder", role: "table", "aria-label": "Ladder" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ["Step", "At", "Stands", "Can save", ""].map(head =>
      make("th", { scope: "col", role: "columnheader" }, head || make("span", { class: "unseen" }, "Handle"))))), body);

  return {
    element,
    update(budget, now) {
      element.hidden = budget.steps.length === 0;
      const focused = body.contains(document.activeElement) ? document.activeElement.dataset.step : null;
      replace(body, budget.steps.map(step => row(budget, step, now, changed)));
      if (focused) [...body.querySelectorAll("button")].find(button => button.dataset.step === focused)?.focus();
    },
  };
}

const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);

function row(budget, step, now, changed) {
  const key = wordOf(step, budget.mode !== "Act");
  const [word, tone, sign] = key === "Told" ? ["Told", "calm", "✓"] : phases[key];
  const mayUndo = ["Announced", "InGrace", "Active"].includes(step.phase);
  const verb = step.phase === "Active" ? "Undo" : "Withdraw";
  return make("tr", { role: "row" },
    cell("Step", foreign(step.name, { class: "name" }), make("span", { class: "sub" }, kinds[step.kind] ?? step.kind)),
    cell("At", limits(step.when, budget)),
    cell("Stands", make("span", { class: `chip tone-${tone}`, "data-sign": sign }, word), standing(budget, step, now)),
    cell("Can save", reach(step, budget)),
    cell("", mayUndo ? make("button", { type: "button", class: "small", "data-step": step.name, "aria-label": visible(`${verb} the step ${step.name} of the budget ${budget.name}`), onclick: () => openUndo(budget, step, changed) }, `${verb} …`) : ""));
}

// The limits in percent, and in money as far as the amount is known.
function limits({ actual, forecast }, { figures, currency }) {
  const text = (limit, word) => `${word} ${limit}\u00a0%${figures ? `, ${money(figures.amount * limit / 100, currency)}` : ""}`;
  return [actual != null && text(actual, "spent"), forecast != null && text(forecast, "expected")].filter(Boolean).map(each => make("span", {}, each));
}

function standing(budget, step, now) {
  const at = time => near(new Date(time), now);
  const lines = [];
  if (step.phase === "Active" && step.activeSince) lines.push(`since ${at(step.activeSince)} UTC`);
  if (step.actsAt) lines.push(`acts at ${at(step.actsAt)} UTC at the earliest, if the limit is reached then`);
  if (step.backAt) lines.push(`what is left comes back at ${at(step.backAt)} UTC`);
  if (step.restsBecause != null) lines.push(`rests until the period ends: ${step.restsBecause}`);
  return [
    lines.map(line => foreign(line, { class: "sub" })),
    step.awaitsApproval ? make("a", { class: "sub waits", href: "#/approvals" }, "waits for a yes") : null,
  ];
}

function reach({ kind, phase, reach: of }, { currency, mode }) {
  if (!of || kind === "Notify") return make("span", { class: "muted" }, kind === "Notify" ? "only tells" : "–");
  const acts = phase === "Active" && mode === "Act" && kind !== "FreezeScaleOut";
  return [
    acts ? make("span", { class: "sum" }, of.saves > 0 ? `acts; ${money(of.saves, currency)} more can be taken` : "acts; nothing more can be taken") : make("span", { class: "sum" }, kind === "FreezeScaleOut" ? "nothing of what runs" : money(of.saves, currency)),
    make("span", { class: "sub" }, count(of.resources, "resource")),
    of.prevents > 0 ? make("span", { class: "sub" }, `keeps up to ${money(of.prevents, currency)} more from being spent`) : null,
    of.notPriced > 0 ? make("span", { class: "sub" }, `${of.notPriced} without a price, not in it`) : null,
  ];
}
