// Everything that was done and by whom, with filters and an export.
import { make, say, mark, foreign, replace } from "./elements.js";
import { count, kindWord, lastPart, minute, visible } from "./text.js";
import { WindowedRows } from "./windowed.js";
import { csv, save } from "./csv.js";
import { address } from "./fleet.js";

const groups = {
  all: ["Everything", null],
  actions: ["Actions", ["IntentOpened", "IntentSent", "IntentAccepted", "IntentUnknown", "IntentEnded"]],
  checks: ["Checks", ["CheckEnded", "RollOutEnded", "Refusal"]],
  handles: ["Pauses, kill switch, approvals", ["Pause", "KillSwitch", "Approval"]],
  drift: ["Changes by others", ["Drift"]],
  policies: ["Policies", ["Policies"]],
  decisions: ["Earlier decisions", ["Spans"]],
};

const ages = { all: "Any time", 1: "Last hour", 6: "Last 6 hours", 24: "Last day", 168: "Last week" };

export function journalView(root) {
  const wish = { words: "", group: "all", age: "all", target: "" };
  const pick = (name, options, key) => {
    const select = make("select", { onchange: () => { wish[key] = select.value; draw(); } }, Object.entries(options).map(([value, word]) => make("option", { value }, word)));
    return { select, label: make("label", { class: "field" }, make("span", {}, name), select) };
  };
  const search = make("input", { type: "search", placeholder: "Text, person, target …", autocomplete: "off", spellcheck: "false", oninput: () => { wish.words = search.value; draw(); } });
  const kind = pick("Kind", Object.fromEntries(Object.entries(groups).map(([key, [word]]) => [key, word])), "group");
  const age = pick("When", ages, "age");
  const target = pick("Target", { "": "All" }, "target");
  kind.select.value = wish.group;
  age.select.value = "all";
  wish.age = "all";
  const found = make("p", { class: "found", "aria-live": "polite" });
  const body = make("tbody", { role: "rowgroup" });
  const heads = ["When (UTC)", "Target", "Kind", "Who", "What"];
  const table = make("table", { class: "journal", role: "table", "aria-label": "Journal entries" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row", "aria-rowindex": "1" }, heads.map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  const nothing = make("p", { class: "empty", hidden: true });
  const rows = new WindowedRows(body, heads.length, entry => `${entry.chain} ${entry.sequence}`, () => entryRow(() => names));
  let current = null;
  let names = new Map();
  let shown = [];
  let chains = "";

  replace(root,
    make("section", { class: "intro" }, make("h1", { tabindex: "-1" }, "Journal"),
      make("p", { class: "lead" }, "Every action, check and handle, newest first. Entries are chained by hash; nothing is ever changed or removed.")),
    make("section", { class: "panel grow", "aria-label": "Journal" },
      make("div", { class: "tools" },
        make("label", { class: "field grow" }, make("span", { class: "unseen" }, "Search the journal"), search),
        kind.label, target.label, age.label,
        make("button", { type: "button", id: "export", onclick: exportRows }, "Export CSV"), found),
      table, nothing));

  function draw() {
    if (!current?.fleet) return;
    const words = wish.words.trim().toLowerCase().split(/\s+/u).filter(Boolean);
    const kinds = groups[wish.group][1];
    const since = wish.age === "all" ? "" : new Date(current.now.getTime() - Number(wish.age) * 3_600_000).toISOString();
    shown = current.entries.filter(entry => (!kinds || kinds.includes(entry.kind)) && (!wish.target || entry.chain === wish.target)
      && (!since || new Date(entry.at).toISOString() >= since)
      && words.every(word => `${entry.chain} ${entry.actor} ${entry.text} ${kindWord(entry.kind)}`.toLowerCase().includes(word)));
    mark(table, "aria-rowcount", shown.length + 1);
    rows.show(shown);
    say(found, count(shown.length, "entry", "entries"));
    nothing.hidden = shown.length > 0;
    table.hidden = shown.length === 0;
    say(nothing, current.entries.length === 0 ? "The journal is empty: nothing was done yet." : "No entry fits. Change the filters.");
  }

  function exportRows() {
    save(`scalefunctions-journal-${minute(current.now).replace(/[ :]/gu, "-")}.csv`, csv(
      ["at", "target", "sequence", "kind", "who", "what", "hash"],
      shown.map(entry => [entry.at, entry.chain, entry.sequence, entry.kind, entry.actor, entry.text, entry.hash])));
  }

  function drawTargets() {
    const now = [...new Set(current.entries.map(entry => entry.chain))].sort();
    if (chains === now.join()) return;
    chains = now.join();
    replace(target.select, make("option", { value: "" }, "All"), now.map(chain => make("option", { value: chain }, visible(names.get(chain)?.name ?? lastPart(chain)))));
    target.select.value = now.includes(wish.target) ? wish.target : wish.target = "";
  }

  return {
    title: "Journal",
    update(now) {
      current = now;
      if (!now.fleet) return;
      names = new Map(now.targets.map(each => [each.id.toLowerCase(), each]));
      drawTargets();
      draw();
    },
    close: () => rows.close(),
  };
}

function entryRow(names) {
  const at = make("time", {});
  const target = make("span", {});
  const kind = make("span", { class: "kind" });
  const who = make("bdi", {});
  const what = make("bdi", {});
  const cell = (name, child) => make("td", { role: "cell", class: `j-${name}` }, child);
  return {
    element: make("tr", { role: "row" }, cell("at", at), cell("target", target), cell("kind", kind), cell("who", who), cell("what", what)),
    update(entry) {
      mark(at, "datetime", entry.at);
      say(at, minute(new Date(entry.at)));
      if (target.dataset.chain !== entry.chain) {
        const known = names().get(entry.chain);
        target.dataset.chain = entry.chain;
        replace(target, known ? make("a", { href: address(known) }, foreign(known.name)) : foreign(lastPart(entry.chain)));
      }
      say(kind, kindWord(entry.kind));
      mark(kind, "class", `kind k-${entry.kind}`);
      say(who, visible(entry.actor));
      say(what, visible(entry.text));
      mark(what, "title", visible(entry.text));
    },
  };
}
