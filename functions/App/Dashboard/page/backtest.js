// Rehearses the policies in force on the load a target has had, and opens results from disk.
import { make, say, foreign, replace } from "./elements.js";
import { count, lastPart, minute, number, visible } from "./text.js";
import { amount, money } from "./money.js";
import { Problem, read } from "./live.js";
import { backtestChart } from "./backtestchart.js";
import { backtestOf, readBacktest } from "./backtestfile.js";

const dayChoices = [1, 3, 7, 14, 28];
// With forecasts made anew each quarter of an hour an answer would not come in time.
const mostDaysForecast = 7;
const shows = { Cpu: "the processors of the simulated fleet", Load: "the load, in the unit of the recording", Calculated: "what its formula made of the others" };
const mostChanges = 12;

export function backtestView(root, id) {
  const target = make("select", { name: "target", required: true, onchange: offerDays });
  const days = make("select", { name: "days" }, dayChoices.map(each => make("option", { value: each, selected: each === 3 }, count(each, "day"))));
  const go = make("button", { type: "submit", class: "main" }, "Rehearse");
  const file = make("input", { type: "file", accept: ".json,application/json", "aria-describedby": "file-told", onchange: open });
  const told = make("p", { class: "told", role: "status" });
  const result = make("div", {});
  let chart = null;
  let targets = [];
  let known = "";
  let isClosed = false;

  replace(root,
    make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Backtest"),
      make("p", { class: "lead" }, "What the policies in force would have cost on the load a target has had, and for how long instances would have been short. Nothing is changed by it.")),
    make("section", { class: "panel", "aria-label": "What is rehearsed" },
      make("form", { class: "tools wrap", onsubmit: event => { event.preventDefault(); rehearse(); } },
        make("label", { class: "field grow" }, make("span", {}, "Target"), target), make("label", { class: "field" }, make("span", {}, "The last"), days), go,
        make("label", { class: "field file" }, make("span", { id: "file-told" }, "or open what backtest --format json wrote"), file)), told),
    result);

  function offerDays() {
    const most = targets.find(each => each.id === target.value)?.isPredictive ? mostDaysForecast : Infinity;
    for (const each of days.options) each.hidden = each.disabled = Number(each.value) > most;
    if (Number(days.value) > most) days.value = String(most);
  }

  async function rehearse() {
    if (!target.value) return;
    go.disabled = true;
    say(told, "Rehearsing …");
    try {
      const path = target.value.replace(/^\//u, "").split("/").map(encodeURIComponent).join("/");
      const answer = await read(`backtest/${path}?days=${days.value}`, new Map());
      if (!isClosed) show(backtestOf(answer));
    } catch (failure) {
      if (!isClosed) refuse(failure instanceof Problem ? visible(failure.message) : "the app does not answer");
    } finally {
      go.disabled = false;
    }
  }

  async function open() {
    const [chosen] = file.files;
    if (!chosen) return;
    const { result: found, why } = await readBacktest(chosen);
    if (isClosed) return;
    if (found) {
      // What is shown is not of the target that was chosen before.
      target.selectedIndex = -1;
      days.value = "3";
      offerDays();
      show(found, chosen.name);
    } else refuse(`${visible(chosen.name)} cannot be shown: ${visible(why)}`);
    file.value = "";
  }

  function refuse(why) {
    chart?.close();
    chart = null;
    replace(result);
    replace(told, make("span", { class: "wrong" }, `${why}.`));
  }

  function show(of, name) {
    chart?.close();
    const box = make("div", {});
    chart = of.course ? backtestChart(box) : null;
    replace(told, foreign(`${name ? `${name}: ` : ""}${of.workload} on ${lastPart(of.trace)}, ${minute(new Date(of.from))} to ${minute(new Date(of.to))} UTC, after ${number(of.warmUpMinutes / 60)} h to warm up; ${number(of.meanInstances)} instances needed on the average.`));
    replace(result,
      of.notes.length ? make("section", { class: "panel lists", "aria-label": "Notes" }, make("h2", {}, "To be known"), make("ul", {}, of.notes.map(note => make("li", {}, foreign(note))))) : null,
      make("section", { class: "panel", "aria-labelledby": "came" }, make("h2", { id: "came" }, "What it came to"), rowsOf(of)),
      make("section", { class: "panel", "aria-labelledby": "went" }, make("h2", { id: "went" }, "Needed and serving"),
        of.course ? box : make("p", { class: "note" }, "The file has no course: it was made by an earlier version. The table above is all of it.")),
      make("section", { class: "panel", "aria-labelledby": "changed" }, make("h2", { id: "changed" }, "What the policies changed"), changesOf(of)),
      make("div", { class: "split even" },
        make("section", { class: "panel grow", "aria-labelledby": "held" }, make("h2", { id: "held" }, "Held back by guards"),
          of.held.length ? make("ul", { class: "plain" }, of.held.map(each => make("li", {}, foreign(each.guard), `: ${count(each.minutes, "minute")}`))) : make("p", { class: "empty small" }, "No guard held anything back.")),
        make("section", { class: "panel grow", "aria-labelledby": "showed" }, make("h2", { id: "showed" }, "What signals showed"),
          of.signals.length ? make("ul", { class: "plain" }, of.signals.map(each => make("li", {}, foreign(each.name), ": ", foreign(Object.hasOwn(shows, each.shows) ? shows[each.shows] : `nothing: ${each.why}`)))) : make("p", { class: "empty small" }, "Nothing follows the load: bounds and floors alone decide."))));
    chart?.show(of);
  }

  return {
    title: "Backtest",
    update(state) {
      const signature = state.targets.map(each => `${each.id} ${each.isPredictive}`).join();
      if (signature === known && known !== "") return;
      const chosen = known === "" ? id : target.value;
      const sorted = [...state.targets].sort((one, other) => one.name.localeCompare(other.name));
      replace(target, sorted.map(each => make("option", { value: each.id, selected: each.id === chosen }, visible(each.name))));
      if (chosen === "" && known !== "" && targets.length > 0) target.selectedIndex = -1;
      [known, targets] = [signature, state.targets];
      offerDays();
      go.disabled = sorted.length === 0;
    },
    close: () => { isClosed = true; chart?.close(); },
  };
}

const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);

// The policies and what was, first; then what they are compared with.
function rowsOf(of) {
  const order = ["policies", "as it was"];
  const place = row => (order.includes(row.policy) ? order.indexOf(row.policy) : order.length);
  const hasCost = of.rows.some(row => row.cost != null);
  const heads = ["Way of scaling", "Over the best possible", "Instance hours", hasCost && "Cost", "Short", "Too many", "Actions a day", "Reversals a day"].filter(Boolean);
  return make("table", { class: "came", role: "table", "aria-label": "What it came to" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads.map(head => make("th", { scope: "col", role: "columnheader" }, head)))),
    make("tbody", { role: "rowgroup" }, [...of.rows].sort((one, other) => place(one) - place(other)).map(row => make("tr", { role: "row" },
      cell("Way of scaling", foreign(row.policy, { class: "name" })),
      cell("Over the best possible", make("span", { class: "sum" }, `${row.costOverOracle.toFixed(3)} ×`)),
      cell("Instance hours", amount(row.instanceHours)),
      hasCost ? cell("Cost", row.cost == null ? "–" : money(row.cost, of.currency).trim()) : null,
      cell("Short", make("span", { class: row.minutesShort > 0 ? "end bad" : "" }, count(row.minutesShort, "minute")), make("span", { class: "sub" }, `${row.shortPercent.toFixed(2)} % of the time`)),
      cell("Too many", `${row.surplusPercent.toFixed(1)} %`),
      cell("Actions a day", row.actionsPerDay.toFixed(1)),
      cell("Reversals a day", row.reversalsPerDay.toFixed(1))))));
}

function changesOf(of) {
  if (of.changes.length === 0) return make("p", { class: "empty small" }, of.course ? "Nothing was changed." : "The file does not tell.");
  const row = each => make("tr", { role: "row" },
    cell("When", make("time", { datetime: each.at }, minute(new Date(each.at)))),
    cell("Instances", make("span", { class: `change ${each.to > each.from ? "up" : "down"}` }, `${each.from} → ${each.to}`)), cell("Why", foreign(each.why)));
  const body = make("tbody", { role: "rowgroup" }, of.changes.slice(0, mostChanges).map(row));
  const more = make("button", { type: "button", class: "small", onclick: () => { replace(body, of.changes.map(row)); more.remove(); } }, `Show all ${of.changes.length}`);
  return [
    make("table", { class: "actions rehearsed", role: "table", "aria-label": "What the policies changed" },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ["When (UTC)", "Instances", "Why"].map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body),
    of.changes.length > mostChanges ? make("p", { class: "more" }, more) : null,
    of.changeCount > of.changes.length ? make("p", { class: "more muted" }, `The first ${of.changes.length} of ${of.changeCount}.`) : null,
  ];
}
