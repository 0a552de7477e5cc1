// The period of a budget: what is spent, added up and day by day, the amount, and where the end will lie.
import { make, mark, replace, say } from "./elements.js";
import { day, visible } from "./text.js";
import { amount, money, short } from "./money.js";
import { axis, colour, follow, loadCharts, missing, redrawn } from "./plots.js";

const height = { sum: 220, days: 96 };
const seconds = date => Date.parse(`${date}T00:00:00Z`) / 1000;
const aDay = 86_400;

// The spend of each day, and the sum at its end; the last one is not over.
export function daysOf({ course, figures }) {
  if (!course) return [];
  const from = seconds(course.from);
  let sum = 0;
  return course.days.map((spent, index) => {
    const date = day(new Date((from + index * aDay) * 1000));
    sum += spent;
    return { date, spent, sum, begin: from + index * aDay, end: Math.min(from + (index + 1) * aDay, Date.parse(course.at) / 1000), isBilled: course.billedThrough != null && date <= course.billedThrough };
  }).map((each, index, all) => (index === all.length - 1 && figures ? { ...each, sum: Math.max(each.sum, figures.spent) } : each));
}

export function spendChart(box) {
  const readout = make("p", { class: "readout", "aria-live": "off" });
  const stage = make("div", { class: "stage", tabindex: "0", role: "group" });
  const spoken = make("p", { class: "unseen", "aria-live": "polite" });
  const body = make("tbody", {});
  const table = make("details", { class: "days" }, make("summary", {}, "Day by day, as a table"),
    make("table", { "aria-label": "Spend day by day" }, make("thead", {}, make("tr", {}, ["Day", "Spent", "Added up", "Known by"].map(head => make("th", { scope: "col" }, head)))), body));
  const entry = (kind, word) => make("span", { class: `l-${kind}` }, make("i", { "aria-hidden": "true" }), word);
  const legend = make("p", { class: "legend" },
    entry("load", "spent, added up"), entry("limit", "the budget"), entry("forecast", "end of the period, P50 to P90"), entry("billed", "a day, as billed"), entry("counted", "a day, as counted"));
  let plots = [];
  let days = [];
  let budget = null;
  let uPlot;
  const end = redrawn(stage, () => draw(), width => plots.forEach(plot => plot.setSize({ width, height: plot.height })));
  const following = follow(stage, text => say(spoken, text), { count: () => days.length, at: index => point(index), tell, newest: () => days.length - 1, stride: 7 });

  async function show(newer) {
    budget = newer;
    days = daysOf(budget);
    const hasDays = days.length > 0 && Boolean(budget.figures && budget.period);
    box.hidden = !hasDays;
    if (!hasDays) return;
    replace(body, days.map(each => make("tr", {}, make("td", {}, each.date), make("td", {}, amount(each.spent)), make("td", {}, amount(each.sum)), make("td", {}, each.isBilled ? "the bill" : "our own count"))));
    if (!box.firstChild) replace(box, legend, readout, stage, spoken, table);
    uPlot ??= await loadCharts();
    if (uPlot === null) replace(box, missing(), table);
    else draw();
  }

  function draw() {
    if (!budget || days.length === 0 || !uPlot) return;
    plots.forEach(plot => plot.destroy());
    replace(stage);
    const width = stage.clientWidth;
    const { figures, period, currency } = budget;
    const span = { min: seconds(period.start), max: seconds(period.end) };
    plots = [sums(span, width), bars(span, width)];
    mark(stage, "aria-label", visible(`Chart of the budget ${budget.name}: ${money(figures.spent, currency)} spent of ${money(figures.amount, currency)}, expected ${money(figures.expected, currency)} and once in ten times more than ${money(figures.pessimistic, currency)} at the end. Left and right arrow keys move through the days.`));
    tell(null);
  }

  const common = (span, width, size) => ({
    width, height: size, legend: { show: false }, padding: [10, 12, 0, 0],
    cursor: { sync: { key: budget.name }, drag: { x: false, y: false }, points: { show: false }, y: false },
    tzDate: at => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
    scales: { x: { time: true, ...span } },
  });

  const dates = { ...{ space: 60, incrs: [aDay, 2 * aDay, 5 * aDay, 7 * aDay, 14 * aDay, 28 * aDay, 61 * aDay] } };
  const dateAxis = () => ({ ...axis(24, (_, splits) => splits.map(at => day(new Date(at * 1000)).slice(5))), ...dates });

  // The line to now, then the fan to the end: both are one row of times with gaps.
  function sums(span, width) {
    const { figures } = budget;
    const now = days.at(-1).end;
    const times = [span.min, ...days.map(each => each.end), span.max];
    const blank = days.slice(0, -1).map(() => null);
    const data = [
      times, [0, ...days.map(each => each.sum), null], times.map(() => figures.amount),
      [null, ...blank, days.at(-1).sum, figures.expected], [null, ...blank, days.at(-1).sum, figures.pessimistic],
    ];
    if (now >= span.max) data.forEach(column => column.pop());
    const options = common(span, width, height.sum);
    options.axes = [dateAxis(), { ...axis(64, (_, splits) => splits.map(short)), scale: "m", space: 40 }];
    options.scales.m = { range: (_, low, high) => [0, Math.max(1, (high ?? 1) * 1.1)] };
    options.series = [{},
      { scale: "m", stroke: colour("load"), width: 2, fill: colour("load-fill"), points: { show: false } },
      { scale: "m", stroke: colour("bad"), width: 1.5, dash: [6, 4], points: { show: false } },
      { scale: "m", stroke: colour("load"), width: 1.5, dash: [6, 4], points: { show: false } },
      { scale: "m", stroke: colour("load"), width: 1, points: { show: false } }];
    options.bands = [{ series: [4, 3], fill: colour("forecast-fill") }];
    options.hooks = { setCursor: [plot => following.moved({ cursor: { idx: plot.cursor.idx == null ? null : Math.min(days.length - 1, Math.max(0, plot.cursor.idx - 1)) } })] };
    return new uPlot(options, data, stage);
  }

  function bars(span, width) {
    const options = common(span, width, height.days);
    const half = uPlot.paths.bars({ size: [0.8, 60], align: 1 });
    options.axes = [dateAxis(), { ...axis(64, (_, splits) => splits.map(short)), scale: "d", space: 26 }];
    options.scales.d = { range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(1, (high ?? 1) * 1.1)] };
    const bar = name => ({ scale: "d", stroke: colour(name), fill: colour(name), width: 0, paths: half, points: { show: false } });
    options.series = [{}, bar("serving"), bar("signal")];
    // One more place after the last day: a bar is as wide as the way to the next one.
    return new uPlot(options, [
      [...days.map(each => each.begin), days.at(-1).begin + aDay], [...days.map(each => (each.isBilled ? each.spent : null)), null], [...days.map(each => (each.isBilled ? null : each.spent)), null],
    ], stage);
  }

  function point(index) {
    plots.forEach(plot => plot.setCursor({ left: plot.valToPos(days[index].end, "x"), top: 20 }, false));
  }

  function tell(index) {
    const each = days[index ?? days.length - 1];
    if (!each) return "";
    const { currency } = budget;
    replace(readout, make("span", { class: "r-b" }, each.date), make("span", { class: "r-signal" }, `${money(each.spent, currency)} that day${each === days.at(-1) ? " so far" : ""}, ${each.isBilled ? "as billed" : "as counted"}`),
      make("span", { class: "r-load" }, `${money(each.sum, currency)} added up`));
    return readout.textContent;
  }

  return {
    show,
    close() {
      end();
      plots.forEach(plot => plot.destroy());
      plots = [];
    },
  };
}
