// One target: what it does now and why, how it got there, and the handles.
import { make, say, mark, foreign, replace } from "./elements.js";
import { clock, count, minute, near, number, placeOf, span, visible } from "./text.js";
import { isHandled, changeOf, modeOf, note, reasonOf, spanState, stateOf, states } from "./standing.js";
import { Problem, read } from "./live.js";
import { openPause, openResume } from "./handles.js";
import { chartOf } from "./chart.js";

// A chart costs a metric read at Azure; what is minutes old there need not be asked for more often.
const leastWait = simulated => (simulated ? 1500 : 30_000);
const [fewActions, fewDecisions] = [6, 8];
const ranges = [[1, "1 h"], [3, "3 h"], [6, "6 h"], [12, "12 h"], [24, "24 h"]];

export function targetView(root, id) {
  const etags = new Map();
  let hours = 3;
  let current = null;
  let target = null;
  let series = null;
  let history = null;
  let loaded = "";
  let loadedAt = 0;
  let busy = false;
  let closed = false;
  let isWhole = false;

  const name = make("h1", { tabindex: "-1" });
  const rehearse = make("a", { href: `#/backtest/${encodeURIComponent(id)}` }, "Rehearse its policies on its own load");
  const chip = make("span", { class: "chip" });
  const place = make("p", { class: "lead" });
  const handle = make("button", { type: "button", class: "main", onclick: () => (isHandled(target) ? openResume : openPause)(target) });
  const verdict = make("p", { class: "verdict" });
  const why = make("p", { class: "why" });
  const whyNot = make("dl", { class: "whynot" });
  const gauges = make("div", { class: "gauges" });
  const facts = make("dl", { class: "facts" });
  const chartBox = make("div", {});
  const rangeBox = make("div", { class: "ranges", role: "group", "aria-label": "Span of the chart" });
  const decisions = make("tbody", { role: "rowgroup" });
  const actions = make("tbody", { role: "rowgroup" });
  const more = make("button", { type: "button", class: "small", onclick: () => { isWhole = true; drawTables(); } }, "Show all");
  const noActions = make("p", { class: "empty small" }, "Nothing was done to this target yet.");
  const failed = make("p", { class: "wrong" });
  const chart = chartOf(chartBox);
  const gone = make("p", { class: "empty", hidden: true }, "There is no such target, or it was never evaluated. ", make("a", { href: "#/" }, "Back to the fleet"));

  const all = make("div", {},
    make("section", { class: "intro one" },
      make("p", { class: "crumbs" }, make("a", { href: "#/" }, "Fleet"), " / "),
      make("div", { class: "title" }, name, chip, handle), place),
    make("div", { class: "split even" },
      make("section", { class: "panel answer grow", "aria-labelledby": "now" },
        make("h2", { id: "now" }, "Now"), verdict, why, whyNot, gauges),
      make("aside", { class: "panel side", "aria-label": "Facts" }, make("h2", {}, "Facts"), facts)),
    make("section", { class: "panel", "aria-labelledby": "course" },
      make("div", { class: "tools" }, make("h2", { id: "course" }, "Load and capacity"), rehearse, rangeBox), failed, chartBox),
    make("section", { class: "panel", "aria-labelledby": "done" },
      make("h2", { id: "done" }, "Actions"), noActions,
      table("actions", "Actions", ["When (UTC)", "Instances", "Why", "Outcome", "Check after it"], actions)),
    make("section", { class: "panel", "aria-labelledby": "decided" },
      make("div", { class: "tools" }, make("h2", { id: "decided" }, "Decisions"), more),
      table("decisions", "Decisions", ["When (UTC)", "Instances", "Decision", "Why", "What would change it"], decisions)));
  replace(root, all, gone);
  drawRanges();

  function table(kind, label, heads, body) {
    return make("table", { class: kind, role: "table", "aria-label": label },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads.map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  }

  function drawRanges() {
    const at = [...rangeBox.children].indexOf(document.activeElement);
    replace(rangeBox, ranges.map(([value, word]) => make("button", {
      type: "button", class: "small", "aria-pressed": String(value === hours), onclick: () => { hours = value; drawRanges(); load(true); },
    }, word)));
    rangeBox.children[at]?.focus();
  }

  async function load(now = false) {
    const mark = `${target.evaluatedAt} ${current.last} ${hours}`;
    if (busy || closed || (!now && (loaded === mark || Date.now() - loadedAt < leastWait(current.fleet.isSimulated)))) return;
    busy = true;
    const wanted = hours;
    const path = target.id.replace(/^\//u, "").split("/").map(encodeURIComponent).join("/");
    try {
      const [newSeries, newHistory] = await Promise.all([read(`series/${path}?hours=${wanted}`, etags), read(`history/${path}`, etags)]);
      series = newSeries ?? series;
      history = newHistory ?? history;
      [loaded, loadedAt] = [mark, Date.now()];
      if (closed) return;
      say(failed, series.signals.filter(each => each.doubt).map(each => visible(`${each.signal} cannot be shown: ${each.doubt}.`)).join(" "));
      await chart.show(series, history, current.now);
      drawTables();
    } catch (failure) {
      if (!(failure instanceof Problem && failure.status === 401)) {
        say(failed, `The course cannot be read now: ${failure instanceof Problem ? visible(failure.message) : "the app does not answer"}.`);
      }
    } finally {
      busy = false;
    }
    if (wanted !== hours) {
      etags.clear();
      load(true);
    }
  }

  function drawTables() {
    if (!history) return;
    const now = current.now;
    noActions.hidden = history.actions.length > 0;
    actions.parentElement.hidden = history.actions.length === 0;
    fill(actions, history.actions.slice(0, isWhole ? Infinity : fewActions), actionRow, now);
    fill(decisions, history.decisions.slice(0, isWhole ? Infinity : fewDecisions), decisionRow, now);
    more.hidden = isWhole || (history.actions.length <= fewActions && history.decisions.length <= fewDecisions);
  }

  return {
    get title() { return target ? visible(target.name) : "Target"; },
    update(now) {
      current = now;
      target = now.targets.find(each => each.id === id) ?? null;
      all.hidden = !target;
      gone.hidden = Boolean(target);
      if (!target) return;
      drawHead();
      drawNow();
      chart.look(current.now);
      load();
    },
    close: () => { closed = true; chart.close(); },
  };

  function drawHead() {
    const key = stateOf(target, current.fleet);
    const { group, subscription, type } = placeOf(target.id);
    if (name.textContent !== visible(target.name)) replace(name, foreign(target.name));
    say(chip, states[key].word);
    mark(chip, "data-sign", states[key].sign);
    mark(chip, "class", `chip tone-${states[key].tone}`);
    say(place, visible(`${group} · ${target.standing ? `${target.standing.region} · ${target.standing.sku} · ` : ""}${type.split("/")[1] ?? type}`));
    mark(place, "title", visible(`${target.id} (${subscription})`));
    say(handle, isHandled(target) ? "Resume …" : "Pause …");
  }

  function drawNow() {
    const { fleet, now } = current;
    const key = stateOf(target, fleet);
    say(verdict, verdictOf(key));
    say(why, visible(reasonOf(target, key) || "Nothing was decided yet."));
    const standing = target.standing;
    const pairs = [
      ["Why not otherwise", target.counterfactual || "–"],
      target.openAction && ["Under way", target.openAction],
      target.check && ["Being checked", `action ${target.check.epoch}, ${target.check.from} → ${target.check.goal}: whether the instances serve, until ${clock(new Date(target.check.deadline))}`],
      target.rest && [target.rest.by === "budget" ? "Held by a budget" : "Off", restOf(target, now)],
      target.budgetSize && ["Cheaper size", `${target.budgetSize.low} in place of ${target.budgetSize.own}, by the step ${target.budgetSize.step} of the budget ${target.budgetSize.budget}; its own comes back when that ends`],
      target.rollsOut && ["Size under way", `${target.rollsOut} is being brought to the instances`],
      target.sizing && ["Size", `${visible(target.sizing.reason)} (${near(new Date(target.sizing.at), now)})`],
      target.override && ["Override", `${[target.override.minimum && `minimum ${target.override.minimum}`, target.override.maximum && `maximum ${target.override.maximum}`].filter(Boolean).join(" and ")} until ${near(new Date(target.override.until), now)}, by ${target.override.by}: ${target.override.reason}`],
      target.quarantine && ["In quarantine", `since ${near(new Date(target.quarantine.since), now)}, after actions ${target.quarantine.actions.join(", ")} failed; the last one ${target.quarantine.why}. Nothing is changed until somebody resumes it`],
      target.pause && ["Paused", `by ${target.pause.by} since ${near(new Date(target.pause.since), now)}, ${note(target, "paused", now)}: ${target.pause.reason}`],
    ].filter(Boolean);
    drawPairs(whyNot, pairs);
    drawPairs(facts, [
      ["Instances", `${changeOf(target)[0] ?? "?"}${changeOf(target)[0] === changeOf(target)[1] ? "" : `, wanted ${changeOf(target)[1]}`}`],
      standing && ["Bounds", `${standing.minimum} to ${standing.maximum}`],
      ["Mode", modeOf(target)],
      ["Owner", target.owner],
      standing && ["Workload", standing.workload],
      ["Evaluated", target.evaluatedAt ? near(new Date(target.evaluatedAt), now) : "–"],
      ["Next evaluation", target.nextEvaluationAt ? near(new Date(target.nextEvaluationAt), now) : "–"],
      ["Actions so far", String(target.actions)],
    ].filter(Boolean));
    drawGauges(standing?.signals ?? []);
  }

  function verdictOf(key) {
    const at = count(target.current ?? 0, "instance");
    const [from, to] = changeOf(target);
    const change = from === to ? `to ${to}` : `${from} → ${to}`;
    switch (key) {
      case "stopped": return `Stopped at ${at}${target.desired !== target.current ? `; ${target.desired} wanted` : ""}`;
      case "paused": return `Paused at ${at}${target.desired !== target.current ? `; ${target.desired} wanted` : ""}`;
      case "out": case "in": return `${states[key].word} ${change}`;
      case "held": return target.desired !== target.current ? `Held at ${target.current}; ${target.desired} wanted` : `Held at ${at}`;
      case "observed": return `Would scale ${change}`;
      case "doubt": return `Holding ${at}: not sure enough to change`;
      case "settling": return `Holding ${at}, new ones still starting`;
      case "budget": return `Held at ${at} by a budget${target.rest ? `; ${target.rest.instances} before it` : target.desired !== target.current ? `; ${target.desired} wanted` : ""}`;
      case "off": return `Off: ${at}; ${target.rest.instances} come back`;
      case "returning": return `Coming back: ${target.current} of ${count(target.rest.instances, "instance")}`;
      case "fresh": return "Not evaluated yet";
      case "unseen": return `Not evaluated since ${near(new Date(target.evaluatedAt), current.now)}`;
      default: return `Steady at ${at}`;
    }
  }

  function drawGauges(signals) {
    const signature = JSON.stringify(signals);
    if (gauges.dataset.shows === signature) return;
    gauges.dataset.shows = signature;
    replace(gauges, signals.filter(signal => signal.value != null && signal.target).map(gauge));
  }
}

// What was taken on purpose, by what, since when, and what brings it back.
function restOf({ rest }, now) {
  const before = `${count(rest.instances, "instance")}${rest.size ? ` of ${rest.size}` : ""}`;
  const end = rest.isComingBack ? `${before} being brought back` : `${before} come back ${rest.by === "budget" ? "once it is over" : "when its hours begin"}`;
  return `${rest.what}, since ${near(new Date(rest.since), now)}; ${end}${rest.readyAt ? `, by ${near(new Date(rest.readyAt), now)}` : ""}`;
}

function drawPairs(list, pairs) {
  const signature = JSON.stringify(pairs);
  if (list.dataset.shows === signature) return;
  list.dataset.shows = signature;
  replace(list, pairs.map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, foreign(text)))));
}

// The value between where it would scale in and where it would scale out: the "why not" as a picture.
function gauge(signal) {
  const edge = signal.outAbove ?? signal.target * 1.1;
  const full = Math.max(edge * 1.35, signal.value * 1.05);
  const of = value => Math.max(0, Math.min(300, (300 * value) / full));
  const text = `${signal.signal} ${number(signal.value)}; target ${number(signal.target)}${signal.inBelow ? `; scales in below ${number(signal.inBelow)}` : ""}${signal.outAbove ? `; scales out above ${number(signal.outAbove)}` : ""}`;
  const tick = (value, word, anchor, y) => [
    make("line", { class: "g-tick", x1: of(value), x2: of(value), y1: 13, y2: 29 }),
    make("text", { class: "g-word", x: of(value) + (anchor === "end" ? 6 : anchor === "start" ? -6 : 0), y, "text-anchor": anchor }, word),
  ];
  return make("svg", { class: "gauge", viewBox: "0 -2 300 46", role: "img", "aria-label": visible(text) },
    make("rect", { class: "g-in", x: 0, y: 16, width: signal.inBelow ? of(signal.inBelow) : 0, height: 10 }),
    make("rect", { class: "g-keep", x: of(signal.inBelow ?? 0), y: 16, width: of(edge) - of(signal.inBelow ?? 0), height: 10 }),
    make("rect", { class: "g-out", x: of(edge), y: 16, width: 300 - of(edge), height: 10 }),
    signal.inBelow ? tick(signal.inBelow, `in below ${number(signal.inBelow)}`, "end", 41) : [],
    tick(signal.target, `target ${number(signal.target)}`, "middle", 9),
    signal.outAbove ? tick(signal.outAbove, `out above ${number(signal.outAbove)}`, "start", 41) : [],
    make("circle", { class: "g-now", cx: Math.max(7, Math.min(293, of(signal.value))), cy: 21, r: 7 }));
}

// Rows are few here; they are made anew only when something in them changed.
function fill(body, rows, create, now) {
  const signature = JSON.stringify(rows);
  if (body.dataset.shows === signature) return;
  body.dataset.shows = signature;
  replace(body, rows.map(row => create(row, now)));
}

const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);

const endTone = end => (end === "Done" || end === "Arrived" ? "good" : end == null || end === "Superseded" ? "" : "bad");

function actionRow(action, now) {
  const isOut = action.goal > action.from;
  return make("tr", { role: "row" },
    cell("When", make("time", { datetime: action.at }, minute(new Date(action.at)))),
    cell("Instances", make("span", { class: `change ${isOut ? "up" : "down"}` }, `${action.from} → ${action.goal}`)),
    cell("Why", foreign(action.cause)),
    cell("Outcome", make("span", { class: `end ${endTone(action.end)}` }, action.end === null ? "under way" : action.end), " ",
      foreign(action.end ? `${action.end === "Done" ? "" : action.endText} after ${span(new Date(action.endedAt) - new Date(action.at))}`.trim() : "", { class: "sub" })),
    cell("Check after it", make("span", { class: `end ${endTone(action.check)}` }, action.check ?? (action.end === "Done" ? "waiting" : "–")), " ",
      foreign(action.checkText, { class: "sub" })));
}

function decisionRow(decision, now) {
  const key = spanState(decision);
  const [from, until] = [new Date(decision.from), new Date(decision.until)];
  return make("tr", { role: "row" },
    cell("When", make("time", { datetime: decision.from }, minute(from)), decision.evaluations > 1 ? make("span", { class: "sub" }, ` to ${near(until, from)}, ${decision.evaluations} ×`) : ""),
    cell("Instances", make("span", { class: `change ${decision.desired > decision.current ? "up" : decision.desired < decision.current ? "down" : ""}` },
      decision.desired === decision.current ? String(decision.current) : `${decision.current} → ${decision.desired}`)),
    cell("Decision", make("span", { class: `chip tone-${states[key].tone}`, "data-sign": states[key].sign }, states[key].word)),
    cell("Why", foreign(decision.reason)),
    cell("What would change it", foreign(decision.counterfactual || "–")));
}
