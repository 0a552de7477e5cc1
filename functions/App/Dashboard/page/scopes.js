// What the monitored scopes cost this month, and where more is spent than usual.
import { make, foreign, replace } from "./elements.js";
import { count, lastPart, minute, visible } from "./text.js";
import { amount, money, percent } from "./money.js";

export function scopesPanel() {
  const body = make("tbody", { role: "rowgroup" });
  const odd = make("div", { class: "odd" });
  const table = make("table", { class: "scopes", role: "table", "aria-label": "Monitored scopes" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ["Scope", "So far", "At the end", "An hour", "Known"].map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  const nothing = make("p", { class: "empty small" }, "Nothing is monitored. A policy of the kind CostMonitoring asks for it.");
  const element = make("section", { class: "panel", hidden: true, "aria-label": "Monitored scopes" }, make("h2", {}, "Monitored scopes"), odd, table, nothing);

  return {
    element,
    update({ reports, anomalies }, now) {
      const signature = JSON.stringify([reports, anomalies]);
      if (element.dataset.shows === signature) return;
      element.dataset.shows = signature;
      element.hidden = false;
      table.hidden = reports.length === 0;
      nothing.hidden = reports.length > 0;
      replace(odd, anomalies.map(anomaly));
      replace(body, reports.map(row));
    },
  };
}

function anomaly(each) {
  return make("div", { class: "anomaly" },
    make("p", {}, make("b", {}, foreign(each.name), " spends more than usual: "), `${money(each.perHour, each.currency)} an hour, where ${amount(each.usualPerHour)} is usual and up to ${amount(each.mostPerHour)} would be; since ${minute(new Date(each.since))} UTC.`),
    each.causes.length ? make("ul", {}, each.causes.map(cause => make("li", {}, foreign(lastPart(cause.resource), { class: "name", title: visible(cause.resource) }), ` ${money(cause.perHour, each.currency)} an hour more: `, foreign(cause.what)))) : make("p", { class: "sub" }, "What it is spent for is not known."));
}

const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);
const sub = text => foreign(text, { class: "sub" });

function row(each) {
  const of = value => money(value, each.currency);
  return make("tr", { role: "row" },
    cell("Scope", foreign(each.name, { class: "name" }), sub(`${each.policy}${each.tags ? `, ${each.tags}` : ""}`), sub(each.scope)),
    cell("So far", make("span", { class: "sum" }, each.soFar == null ? "not known" : of(each.soFar)),
      each.why ? sub(each.why) : [
        sub(`${amount(each.billed)} billed${each.billedThrough ? ` through ${each.billedThrough}` : ""}, ${amount(each.counted)} counted since`),
        each.extrapolated ? sub(`${amount(each.extrapolated)} extrapolated for what is not counted`) : null,
      ]),
    cell("At the end", make("span", { class: "sum" }, each.endP50 == null ? "–" : `${amount(each.endP50)} to ${of(each.endP90)}`),
      each.endBy ? sub(`P50 to P90, by ${each.endBy}`) : null,
      sub(each.azureEnd != null ? `Azure expects ${of(each.azureEnd)}` : each.azureEndWhy ? `Azure's own figure is not known: ${each.azureEndWhy}` : "")),
    cell("An hour", make("span", { class: "sum" }, of(each.perHour)), sub(each.usualPerHour != null ? `${amount(each.usualPerHour)} is usual at this hour` : each.notJudged ?? "")),
    cell("Known", each.coverage == null ? "–" : make("span", {}, `${percent(each.coverage)} counted`), sub(each.pricesAsOf ? `${(each.priceBasis ?? "").toLowerCase()} prices of ${each.pricesAsOf}` : ""),
      each.uncountedCount > 0 ? make("details", {}, make("summary", {}, `${count(each.uncountedCount, "resource")} not counted`),
        make("ul", {}, each.uncounted.map(one => make("li", {}, foreign(lastPart(one.resource), { class: "name", title: visible(one.resource) }), " ", foreign(one.why, { class: "sub" }))))) : null));
}
