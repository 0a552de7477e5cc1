// One finding: what it rests on, what would be done in which order, when, and why not.
import { make, say, foreign, replace } from "./elements.js";
import { lastPart, minute, near, number, visible } from "./text.js";
import { money } from "./money.js";
import { now as there, proposed, risks, saving, tones, under, words } from "./findings.js";
import { Problem, read, state as live } from "./live.js";

const patience = 60_000;

export function findingView(root, id) {
  const etags = new Map();
  const title = make("h1", { tabindex: "-1" }, foreign(lastPart(id)));
  const chips = make("span", {});
  const lead = make("p", { class: "lead" }, "Loading …");
  const stale = make("p", { class: "stale", role: "status" });
  const body = make("div", {});
  let answer = null;
  let current = null;
  let readAt = null;
  let askedAt = 0;
  let isClosed = false;

  replace(root,
    make("section", { class: "intro one" }, make("p", { class: "crumbs" }, make("a", { href: "#/findings" }, "Findings"), " / "), make("div", { class: "title" }, title, chips), lead, stale), body);

  async function load() {
    askedAt = performance.now();
    try {
      const newer = await read(`findings/${id.replace(/^\//u, "").split("/").map(encodeURIComponent).join("/")}`, etags);
      [answer, readAt] = [newer ?? answer, live.now];
      say(stale, "");
    } catch (failure) {
      if (isClosed) return;
      if (failure instanceof Problem && failure.status === 404) say(lead, `${visible(failure.message)}.`);
      else if (answer) say(stale, `Not up to date since ${near(readAt, live.now)} UTC; the page asks again.`);
      else say(lead, "The finding could not be read; the page asks again.");
      return;
    }
    if (!isClosed) draw();
  }

  function draw() {
    const { finding, evidence, plan } = answer;
    replace(title, foreign(finding.name));
    replace(chips, make("span", { class: `chip ${tones[finding.verdict]}` }, words[finding.verdict]), " ", finding.risk ? make("span", { class: `chip ${risks[finding.risk]}` }, `${finding.risk.toLowerCase()} risk`) : null);
    say(lead, visible(`${finding.resourceGroup} · ${finding.region} · found ${minute(new Date(finding.at))} UTC${finding.policy ? ` by ${finding.policy}` : ""}`));
    replace(body,
      make("section", { class: "panel answer plain", "aria-labelledby": "done" },
        make("h2", { id: "done" }, "What would be done"),
        make("p", { class: "verdict" }, foreign(plan ? `${there(finding)} → ${proposed(finding)}` : `${there(finding)} stays`)),
        make("p", { class: "why" }, foreign(finding.why)),
        plan ? [make("p", { class: "acts" }, foreign(actsOf(finding, plan))), make("ol", { class: "steps" }, plan.steps.map(step => make("li", {}, foreign(step))))] : null,
        pairs([
          saving(finding) && ["Saves a month", `${saving(finding)}${under(finding) ? `; ${under(finding)}` : ""}`],
          plan?.window && ["Window", windowOf(plan)],
          plan?.underWay && ["Under way", `${plan.underWay} is being brought to the instances`],
          finding.suppressedUntil && ["Suppressed until", finding.suppressedUntil],
          finding.finding && ["In the journal as", finding.finding],
        ])),
      make("section", { class: "panel", "aria-labelledby": "rests" },
        make("h2", { id: "rests" }, "What it rests on"),
        pairs([
          ["History", evidence.confidenceDays == null ? "not known" : `${number(evidence.confidenceDays)} days`],
          ["Processors", coresOf(evidence)],
          ["Memory of an instance", memoryOf(evidence)],
          evidence.priceNow && ["An hour of an instance", `${money(evidence.priceNow.amount, evidence.priceNow.currency)}${evidence.priceThen ? ` → ${money(evidence.priceThen.amount, evidence.priceThen.currency)}` : ""}`],
          evidence.score != null && ["Worth the disturbance", `${number(evidence.score * 10) / 10} where 0.5 is enough`],
        ])),
      lists([
        ["Risks", finding.risks], ["What forbids smaller ones", evidence.forbidden], ["Sizes that could not be taken", evidence.refused],
        ["Moved in a minute", evidence.moves], ["Not judged", evidence.partsNotJudged],
      ]));
  }

  // A finding that waits for its window is carried out; one that somebody has to read is not.
  function actsOf(finding, plan) {
    if (plan.acts && !plan.whyNot) return plan.openUntil ? "It is carried out now: the window is open." : "It is carried out in the window.";
    return plan.acts ? `It is carried out in the window, but not now: ${plan.whyNot}.` : `It is told only: ${plan.whyNot}.`;
  }

  const windowOf = plan => `${plan.window}${plan.openUntil ? `; open until ${near(new Date(plan.openUntil), current.now)} UTC` : plan.opensAt ? `; opens ${near(new Date(plan.opensAt), current.now)} UTC` : ""}`;

  return {
    title: visible(lastPart(id)),
    update(state) {
      current = state;
      if (askedAt === 0 || performance.now() - askedAt > patience) load();
    },
    close: () => { isClosed = true; },
  };
}

const pairs = list => make("dl", { class: "whynot" }, list.filter(Boolean).map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", {}, foreign(text)))));

const lists = all => {
  const some = all.filter(([, items]) => items.length > 0);
  return some.length === 0 ? null : make("section", { class: "panel lists", "aria-label": "What speaks for and against" }, some.map(([word, items]) => [make("h2", {}, word), make("ul", {}, items.map(item => make("li", {}, foreign(item))))]));
};

const coresOf = e => (e.coresUsed == null ? "not known"
  : `${number(e.coresUsed)} of ${number(e.cores)} cores in use at the percentile, ${number(e.coresInBursts)} in bursts, ${number(e.coresHighest)} at most${e.coresNeeded == null ? "" : `; with headroom ${number(e.coresNeeded)} are needed`}${e.coresAfterLoss == null ? "" : `, ${number(e.coresAfterLoss)} are left after the loss that must be survived`}`);

const memoryOf = e => (e.memoryUsed == null ? "not known"
  : `${number(e.memoryUsed)} of ${number(e.memory)} GiB in use at the percentile, ${number(e.memoryHighest)} at most${e.memoryNeeded == null ? "" : `; with headroom ${number(e.memoryNeeded)} are needed`}`);
