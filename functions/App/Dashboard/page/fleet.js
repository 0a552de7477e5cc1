// The first view: what scales, why, and a hand on each target.
import { make, say, mark, foreign, replace } from "./elements.js";
import { clock, count, lastPart, near, number, placeOf, visible, kindWord } from "./text.js";
import { isHandled, changeOf, modeOf, note, reasonOf, signalOf, signalText, stateOf, states } from "./standing.js";
import { WindowedRows } from "./windowed.js";
import { openPause, openResume } from "./handles.js";
import { leftAloneList } from "./apart.js";

const columns = [
  { key: "name", title: "Target", of: target => target.name.toLowerCase() },
  { key: "state", title: "State", of: (target, fleet) => Object.keys(states).indexOf(stateOf(target, fleet)) },
  { key: "current", title: "Instances", of: target => target.current ?? -1 },
  { key: "signal", title: "Signal", of: target => signalOf(target)?.value ?? -1 },
  { key: "reason", title: "Why", of: target => target.reason },
  { key: "mode", title: "Mode, owner", of: target => `${modeOf(target)} ${target.owner}` },
  { key: "evaluated", title: "Evaluated", of: target => target.evaluatedAt ?? "" },
];

// Kept while the page is open, so that coming back from a target finds the table as it was left.
const wish = { words: "", sort: "name", falling: false, only: "" };

export function fleetView(root) {
  const headline = make("h1", { tabindex: "-1" });
  const lead = make("p", { class: "lead" });
  const tiles = make("div", { class: "tiles", role: "group", "aria-label": "Filter by state" });
  const search = make("input", {
    type: "search", id: "search", placeholder: "Name, group, reason …", autocomplete: "off", spellcheck: "false", value: wish.words,
    oninput: () => { wish.words = search.value; draw(); },
  });
  const order = make("select", { id: "order", onchange: () => { [wish.sort, wish.falling] = [order.value, false]; draw(); } },
    columns.map(column => make("option", { value: column.key, selected: column.key === wish.sort }, column.title)));
  const found = make("p", { class: "found", "aria-live": "polite" });
  const heads = columns.map(column => {
    const button = make("button", { type: "button", onclick: () => sortBy(column.key) }, column.title);
    return make("th", { scope: "col", role: "columnheader", class: `c-${column.key}` }, button);
  });
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { class: "fleet", role: "table", "aria-label": "Targets" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row", "aria-rowindex": "1" }, heads,
      make("th", { scope: "col", role: "columnheader", class: "c-do" }, make("span", { class: "unseen" }, "Handles")))),
    body);
  const nothing = make("p", { class: "empty", hidden: true });
  const latest = make("ol", { class: "latest" });
  const apart = leftAloneList();
  const rows = new WindowedRows(body, columns.length + 1, target => target.id, () => targetRow(() => current));
  let current = null;

  replace(root,
    make("section", { class: "intro" }, headline, lead, tiles),
    make("div", { class: "split" },
      make("section", { class: "panel grow", "aria-label": "Fleet" },
        make("div", { class: "tools" },
          make("label", { class: "field grow" }, make("span", { class: "unseen" }, "Search targets"), search),
          make("label", { class: "field narrow-only" }, make("span", {}, "Sort by"), order), found),
        table, nothing, apart.element),
      make("aside", { class: "panel side", "aria-label": "Latest events" },
        make("h2", {}, "Latest"), latest, make("p", { class: "more" }, make("a", { href: "#/journal" }, "Whole journal")))));

  function sortBy(key) {
    wish.falling = wish.sort === key && !wish.falling;
    wish.sort = key;
    draw();
  }

  function draw() {
    if (!current?.fleet) return;
    const { fleet, targets } = current;
    const words = wish.words.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    const column = columns.find(each => each.key === wish.sort);
    const chosen = targets
      .filter(target => (!wish.only || stateOf(target, fleet) === wish.only) && words.every(word =>
        `${target.id} ${target.reason} ${target.standing?.workload ?? ""}`.toLowerCase().includes(word)))
      .map(target => [column.of(target, fleet), target]);
    chosen.sort(([one, first], [other, second]) =>
      (one < other ? -1 : one > other ? 1 : 0) * (wish.falling ? -1 : 1) || (first.id < second.id ? -1 : 1));
    heads.forEach((head, index) => mark(head, "aria-sort", columns[index].key === wish.sort ? (wish.falling ? "descending" : "ascending") : null));
    mark(table, "aria-rowcount", chosen.length + 1);
    rows.show(chosen.map(([, target]) => target));
    say(found, chosen.length === targets.length ? count(targets.length, "target") : `${chosen.length} of ${count(targets.length, "target")}`);
    nothing.hidden = chosen.length > 0;
    table.hidden = chosen.length === 0;
    say(nothing, targets.length === 0
      ? "No targets yet. They appear with the first evaluation of what the policies select; without any, see policies/workloads.yml."
      : "No target fits. Clear the search or the filter.");
  }

  return {
    title: "Fleet",
    update(now) {
      current = now;
      if (!now.fleet) return;
      const by = Map.groupBy(now.targets, target => stateOf(target, now.fleet));
      if (wish.only && !by.has(wish.only)) wish.only = "";
      say(headline, headlineOf(now, by));
      replace(lead, leadOf(now, by));
      drawTiles(tiles, now, by, only => { wish.only = wish.only === only ? "" : only; this.update(current); });
      drawLatest(latest, now);
      apart.update(now.fleet);
      draw();
    },
    close: () => rows.close(),
  };
}

function headlineOf({ fleet, targets }, by) {
  if (fleet.killSwitch.isSet) return "All writes are stopped";
  if (targets.length === 0) return "Waiting for the first evaluation";
  const many = key => by.get(key)?.length ?? 0;
  const scaling = many("out") + many("in");
  const parts = [
    scaling && `${scaling} scaling`, many("held") && `${many("held")} held back`, many("doubt") && `${many("doubt")} in doubt`, many("settling") && `${many("settling")} settling`,
    many("budget") && `${many("budget")} held by a budget`, many("off") && `${many("off")} off`, many("returning") && `${many("returning")} coming back`,
    many("paused") && `${many("paused")} paused`, many("unseen") && `${many("unseen")} not evaluated`, many("observed") && `${many("observed")} would scale`,
  ].filter(Boolean);
  const calm = targets.length === 1 ? "The target is steady" : `All ${targets.length} targets are steady`;
  return parts.length ? `${count(targets.length, "target")}: ${parts.join(", ")}` : calm;
}

// One sentence on what moves most: who opens the page at night wants exactly that.
function leadOf({ fleet, targets }, by) {
  if (fleet.killSwitch.isSet) return ["Decisions go on and are shown; nothing is written to Azure until the kill switch is cleared."];
  const moving = ["out", "in", "doubt", "unseen", "held", "budget", "returning", "settling"].flatMap(key => by.get(key) ?? [])[0];
  if (moving) {
    const [from, to] = changeOf(moving);
    const change = from === to ? ` ${from ?? "?"}` : ` ${from} → ${to}`;
    return [make("a", { href: address(moving) }, foreign(moving.name)), foreign(`${change}: ${reasonOf(moving, stateOf(moving, fleet))}`)];
  }
  const total = targets.reduce((sum, target) => sum + (target.current ?? 0), 0);
  return targets.length ? [`${count(total, "instance")} in all; nothing has to change.`] : ["The first tick comes at the next full minute."];
}

export const address = target => `#/target/${encodeURIComponent(target.id)}`;

function drawTiles(tiles, now, by, choose) {
  const instances = now.targets.reduce((sum, target) => sum + (target.current ?? 0), 0);
  const wanted = now.targets.reduce((sum, target) => sum + (target.desired ?? target.current ?? 0), 0);
  const facts = [["Targets", now.targets.length], ["Instances", instances], ["Wanted", wanted]];
  const filters = Object.keys(states).filter(key => by.has(key));
  const signature = JSON.stringify([facts, filters.map(key => [key, by.get(key).length]), wish.only]);
  if (tiles.dataset.shows === signature) return;
  const focused = tiles.contains(document.activeElement) ? document.activeElement.dataset.only : null;
  tiles.dataset.shows = signature;
  replace(tiles,
    facts.map(([word, value]) => make("div", { class: "tile" }, make("b", {}, value), make("span", {}, word))),
    filters.map(key => make("button", {
      type: "button", class: `tile tone-${states[key].tone}`, "aria-pressed": String(wish.only === key), "data-only": key, onclick: () => choose(key),
    }, make("b", {}, by.get(key).length), make("span", {}, make("i", { "aria-hidden": "true" }, states[key].sign), states[key].word))));
  if (focused) tiles.querySelector(`[data-only="${focused}"]`)?.focus();
}

const telling = new Set(["IntentOpened", "IntentEnded", "CheckEnded", "RollOutEnded", "OffHours", "Snooze", "Refusal", "Quarantine", "ForeignOperation", "Drift", "Pause", "KillSwitch", "Approval", "Policies", "Inventory"]);

function drawLatest(list, now) {
  // That an action ended well is told by the check after it.
  const entries = now.entries.filter(entry => telling.has(entry.kind) && !(entry.kind === "IntentEnded" && entry.text.startsWith("done:"))).slice(0, 8);
  const signature = entries.map(entry => entry.hash).join();
  if (list.dataset.shows === signature) return;
  list.dataset.shows = signature;
  const names = new Map(now.targets.map(target => [target.id.toLowerCase(), target]));
  replace(list, entries.length === 0 ? make("li", { class: "muted" }, "Nothing was done yet.") : entries.map(entry => {
    const target = names.get(entry.chain);
    return make("li", { class: `k-${entry.kind}` },
      make("span", { class: "what" },
        make("time", { datetime: entry.at }, near(new Date(entry.at), now.now)), " ",
        target ? make("a", { href: address(target) }, foreign(target.name)) : entry.chain === "fleet" ? "fleet" : foreign(lastPart(entry.chain)),
        make("span", { class: "kind" }, kindWord(entry.kind))),
      foreign(entry.text, { class: "text" }));
  }));
}

function targetRow(now) {
  let target = null;
  const name = make("a", { class: "name" });
  const place = make("bdi", { class: "sub" });
  const chip = make("span", { class: "chip" });
  const until = make("span", { class: "sub" });
  const instances = make("span", { class: "change" });
  const range = rangeBar();
  const signal = make("bdi", { class: "num" });
  const level = make("progress", { max: "1", class: "level", "aria-hidden": "true", tabindex: "-1" });
  const reason = make("bdi", { class: "reason" });
  const counter = make("bdi", { class: "sub counter" });
  const mode = make("span", { class: "mode" });
  const owner = make("span", { class: "sub" });
  const at = make("time", {});
  const next = make("span", { class: "sub" });
  const handle = make("button", { type: "button", class: "small", onclick: () => (isHandled(target) ? openResume : openPause)(target) });
  const cell = (key, ...children) => make("td", { role: "cell", class: `c-${key}` }, children);
  const element = make("tr", { role: "row" },
    make("th", { scope: "row", role: "rowheader", class: "c-name" }, name, place),
    cell("state", chip, until), cell("current", instances, range.element), cell("signal", signal, level), cell("reason", reason, counter),
    cell("mode", mode, owner), cell("evaluated", at, next), cell("do", handle));
  return {
    element,
    update(newer) {
      const { fleet, now: time } = now();
      target = newer;
      const key = stateOf(target, fleet);
      const { group, subscription } = placeOf(target.id);
      say(name, visible(target.name));
      mark(name, "href", address(target));
      say(place, visible(target.standing ? `${group} · ${target.standing.region}` : group));
      mark(place, "title", visible(`${group} · ${subscription}`));
      say(chip, states[key].word);
      mark(chip, "data-sign", states[key].sign);
      mark(chip, "class", `chip tone-${states[key].tone}`);
      say(until, note(target, key, time));
      mark(until, "title", until.textContent || null);
      const [from, to] = changeOf(target);
      say(instances, from === to ? String(from ?? "?") : `${from ?? "?"} → ${to}`);
      mark(instances, "class", `change${from === to ? "" : to > from ? " up" : " down"}`);
      range.update(target);
      say(signal, signalText(target));
      const reading = signalOf(target);
      level.hidden = !reading?.value || !reading.target;
      if (!level.hidden) level.value = Math.min(1, reading.value / (reading.target * 1.5));
      mark(level, "class", `level${reading?.outAbove && reading.value > reading.outAbove ? " high" : reading?.inBelow && reading.value < reading.inBelow ? " low" : ""}`);
      say(reason, visible(reasonOf(target, key)));
      mark(reason, "title", reason.textContent);
      say(counter, visible(target.counterfactual));
      say(mode, modeOf(target));
      mark(mode, "class", `mode ${modeOf(target)}`);
      say(owner, target.owner);
      mark(at, "datetime", target.evaluatedAt);
      say(at, target.evaluatedAt ? near(new Date(target.evaluatedAt), time) : "–");
      say(next, target.nextEvaluationAt ? `next ${clock(new Date(target.nextEvaluationAt))}` : "");
      say(handle, isHandled(target) ? "Resume …" : "Pause …");
      mark(handle, "aria-label", `${isHandled(target) ? "Resume" : "Pause"} ${visible(target.name)}`);
    },
  };
}

// Where the count lies between minimum and maximum; what is wanted as a mark beside it.
function rangeBar() {
  const fill = make("rect", { class: "r-fill", y: "1", height: "4", rx: "2", x: "0" });
  const wish = make("rect", { class: "r-wish", y: "0", height: "6", width: "2", rx: "1" });
  const words = make("title");
  const element = make("svg", { class: "range", viewBox: "0 0 100 6", width: "100", height: "6", role: "img" },
    words, make("rect", { class: "r-all", y: "1", width: "100", height: "4", rx: "2" }), fill, wish);
  return {
    element,
    update({ current, desired, standing }) {
      element.classList.toggle("gone", !standing || current == null);
      if (!standing || current == null) return;
      const of = value => Math.max(0, Math.min(100, (100 * value) / Math.max(1, standing.maximum)));
      mark(fill, "width", of(current));
      mark(wish, "x", Math.max(0, of(desired ?? current) - 2));
      const text = `${number(current)} of ${standing.minimum} to ${standing.maximum} instances`;
      say(words, text);
      mark(element, "aria-label", text);
    },
  };
}
