// How a target stands, in a word: what the table, the filters and the headline go by.
import { clock, near, number, visible } from "./text.js";
import { state } from "./live.js";

// Ticks come once a minute; four that went by mean that something is wrong.
export const patience = 4 * 60_000;

export const states = {
  stopped: { word: "Stopped", sign: "■", tone: "bad" },
  paused: { word: "Paused", sign: "❙❙", tone: "warn" },
  out: { word: "Scaling out", sign: "▲", tone: "out" },
  in: { word: "Scaling in", sign: "▼", tone: "in" },
  returning: { word: "Coming back", sign: "▲", tone: "out" },
  settling: { word: "Settling", sign: "◔", tone: "out" },
  doubt: { word: "In doubt", sign: "?", tone: "warn" },
  held: { word: "Held", sign: "●", tone: "warn" },
  budget: { word: "Budget holds", sign: "●", tone: "warn" },
  off: { word: "Off", sign: "☾", tone: "plain" },
  observed: { word: "Would scale", sign: "○", tone: "plain" },
  steady: { word: "Steady", sign: "✓", tone: "calm" },
  unseen: { word: "Not evaluated", sign: "?", tone: "warn" },
  apart: { word: "Left alone", sign: "–", tone: "plain" },
  fresh: { word: "Not yet seen", sign: "·", tone: "plain" },
};

export function stateOf(target, fleet) {
  if (fleet.killSwitch.isSet) return "stopped";
  if (target.case === "left-alone") return "apart";
  if (target.pause) return "paused";
  if (target.openAction) return changeOf(target)[1] < changeOf(target)[0] ? "in" : "out";
  if (!target.case) return "fresh";
  if (isPassedOver(target, fleet)) return "unseen";
  if (target.case === "scale-out") return "out";
  if (target.case === "scale-in") return "in";
  // Nothing runs that could show anything: that is no doubt.
  if (target.rest) return target.rest.isComingBack ? "returning" : target.rest.by === "budget" ? "budget" : "off";
  if (isOfBudget(target.case)) return "budget";
  if (target.case.includes("InDoubt") || target.standing?.signals.some(signal => signal.doubt)) return "doubt";
  if (target.case.startsWith("held/mode") || target.case.includes("ObserveOnly")) return "observed";
  if (target.case.startsWith("held/")) return "held";
  return target.check ? "settling" : "steady";
}

// Ticks go on and leave it out: what was decided last says nothing of now.
const isPassedOver = (target, fleet) => Boolean(target.nextEvaluationAt && fleet.lastTickAt)
  && state.now - new Date(target.nextEvaluationAt) > patience && state.now - new Date(fleet.lastTickAt) <= patience;

// A lower maximum, or that nothing is added.
const isOfBudget = name => name === "hold/UnderBudget" || name.startsWith("held/BudgetFreeze");

// Whether only a person lets it be changed again: paused, or in quarantine after failed actions.
export const isHandled = target => Boolean(target.pause || target.quarantine);

// From and to of what is under way or wanted. Azure's count is the goal as soon as it took the action.
export function changeOf(target) {
  const [, from, to] = target.openAction?.match(/(\d+) → (\d+)/u) ?? [];
  return from ? [Number(from), Number(to)] : [target.current, target.desired ?? target.current];
}

export function spanState(decision) {
  if (decision.case === "scale-out") return "out";
  if (decision.case === "scale-in") return "in";
  if (decision.case.includes("InDoubt")) return "doubt";
  if (isOfBudget(decision.case)) return "budget";
  if (decision.case.includes("ObserveOnly")) return "observed";
  if (decision.case.includes("KillSwitch")) return "stopped";
  if (decision.case.includes("Paused")) return "paused";
  return decision.case.startsWith("held/") ? "held" : "steady";
}

export function note(target, key, now) {
  if (key === "paused") return target.pause.until ? `until ${near(new Date(target.pause.until), now)}` : "until resumed";
  if (target.rest && ["budget", "off", "returning"].includes(key)) {
    return target.rest.readyAt ? `back by ${near(new Date(target.rest.readyAt), now)}` : `${target.current ?? 0} of ${target.rest.instances} left`;
  }
  if (key === "unseen") return `last evaluated ${near(new Date(target.evaluatedAt), now)}`;
  if (key === "doubt") return visible(target.standing?.signals.find(signal => signal.doubt)?.doubt);
  if (key === "settling") return `until ${clock(new Date(target.check.deadline))}`;
  return "";
}

// The last reason is no reason any more where nothing is decided.
export const reasonOf = (target, key) => (key === "unseen" ? `No policy may govern it any more. The last decision was: ${target.reason}` : target.reason);

export const signalOf = target => target.standing?.signals[0] ?? null;

export function signalText(target) {
  const signal = signalOf(target);
  if (!signal) return "–";
  if (signal.value == null) return visible(`${signal.signal}: ${signal.doubt}`);
  return visible(`${signal.signal} ${number(signal.value)}${signal.target ? ` / ${number(signal.target)}` : ""}`);
}

export const modeOf = target => target.standing?.mode?.toLowerCase() ?? "–";
