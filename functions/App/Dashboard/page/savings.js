// What lowerings have saved this month, the largest first.
import { make, say, foreign, replace } from "./elements.js";
import { count, lastPart, minute, visible } from "./text.js";
import { money } from "./money.js";

const mostShown = 10;
const grounds = { Reconciled: "as billed", Estimated: "estimated", NotPriced: "no price" };

export function savingsPanel() {
  const lead = make("p", { class: "about-lead" });
  const body = make("tbody", { role: "rowgroup" });
  const table = make("table", { class: "savings", role: "table", "aria-label": "Savings" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ["Resource", "Change", "From, until (UTC)", "Saved"].map(head => make("th", { scope: "col", role: "columnheader" }, head)))), body);
  const element = make("section", { class: "panel", hidden: true, "aria-label": "Savings" }, make("h2", {}, "Saved this month"), lead, table);
  const cell = (label, ...children) => make("td", { role: "cell", "data-label": label }, children);

  return {
    element,
    update({ months }) {
      const signature = JSON.stringify(months);
      if (element.dataset.shows === signature) return;
      element.dataset.shows = signature;
      element.hidden = false;
      const [month] = months;
      table.hidden = !month?.lines.length;
      say(lead, month ? told(month) : "Nothing was saved yet, or not yet told: savings are looked at once a day.");
      replace(body, (month?.lines ?? []).slice(0, mostShown).map(line => make("tr", { role: "row" },
        cell("Resource", foreign(lastPart(line.resource), { class: "name", title: visible(line.resource) })),
        cell("Change", foreign(line.change), line.note ? foreign(line.note, { class: "sub" }) : null),
        cell("From, until", make("span", {}, minute(new Date(line.from))), make("span", { class: "sub" }, `until ${minute(new Date(line.until))}`)),
        cell("Saved", make("span", { class: "sum" }, line.amount == null ? "–" : money(line.amount, month.currency)), make("span", { class: "sub" }, grounds[line.confidence] ?? line.confidence)))));
    },
  };
}

function told(month) {
  const rest = month.lines.length - mostShown;
  return visible(`${money(month.total, month.currency)} since ${month.from} by ${count(month.actions, "lowering")}, ${money(month.reconciled, month.currency)} of it reconciled with the bill, as of ${minute(new Date(month.at))} UTC.${month.notPriced ? ` ${month.notPriced} without a price are not in it.` : ""}${rest > 0 ? ` The largest ${mostShown} are shown.` : ""}`);
}
