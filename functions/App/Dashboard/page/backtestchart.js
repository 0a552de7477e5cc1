// What was needed against what served under the policies, and as it was; short time in red below.
import { make, mark, replace, say } from "./elements.js";
import { clock, day, minute, number, visible } from "./text.js";
import { axis, colour, follow, loadCharts, missing, redrawn } from "./plots.js";

const height = 280;

export function backtestChart(box) {
  const readout = make("p", { class: "readout", "aria-live": "off" });
  const stage = make("div", { class: "stage", tabindex: "0", role: "group" });
  const spoken = make("p", { class: "unseen", "aria-live": "polite" });
  const keys = make("p", { class: "legend" });
  let plot = null;
  let shown = null;
  let times = [];
  let uPlot;
  const end = redrawn(stage, () => draw(), width => plot?.setSize({ width, height }));
  const following = follow(stage, text => say(spoken, text), {
    count: () => times.length, at: index => plot.setCursor({ left: plot.valToPos(times[index], "x"), top: 20 }, false), tell, newest: () => times.length - 1, stride: 24,
  });

  async function show(of) {
    shown = of;
    const begin = Date.parse(of.course.from) / 1000;
    times = of.course.needed.map((_, index) => begin + index * of.course.stepMinutes * 60);
    uPlot ??= await loadCharts();
    if (uPlot === null) {
      replace(box, missing());
      return;
    }
    const entry = (kind, word) => make("span", { class: `l-${kind}` }, make("i", { "aria-hidden": "true" }), word);
    replace(keys, [entry("load", "needed"), entry("capacity", "serving under the policies"), of.course.asItWas && entry("serving", "as it was"), of.course.predicted && entry("foreseen", "foreseen"),
      entry("up", "scaled out"), entry("down", "scaled in"), entry("short", "short under the policies")].filter(Boolean));
    replace(box, keys, readout, stage, spoken);
    draw();
  }

  function draw() {
    if (!shown || !uPlot) return;
    plot?.destroy();
    replace(stage);
    const { course } = shown;
    const stepped = uPlot.paths.stepped({ align: 1 });
    const blank = times.map(() => null);
    const plain = { points: { show: false }, scale: "n" };
    plot = new uPlot({
      width: stage.clientWidth, height, legend: { show: false }, padding: [10, 12, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
      tzDate: at => uPlot.tzDate(new Date(at * 1000), "Etc/UTC"),
      scales: { x: { time: true, min: times[0], max: times.at(-1) + course.stepMinutes * 60 }, n: { range: (_, low, high) => [0, Math.max(2, Math.ceil((high ?? 2) * 1.15))] } },
      axes: [{ ...axis(24, hours), space: 70 }, { ...axis(44, (_, splits) => splits.map(number)), scale: "n", incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], space: 34 }],
      series: [{},
        { ...plain, stroke: colour("load"), fill: colour("load-fill"), width: 1.25, paths: stepped },
        { ...plain, stroke: colour("signal"), width: 1.5, dash: [6, 4], show: Boolean(course.predicted) },
        { ...plain, stroke: colour("serving"), width: 1.5, dash: [3, 3], paths: stepped, show: Boolean(course.asItWas) },
        { ...plain, stroke: colour("capacity"), width: 2, paths: stepped }],
      hooks: { draw: [shortTime, changes], setCursor: [following.moved] },
    }, [times, course.needed, course.predicted ?? blank, course.asItWas ?? blank, course.serving], stage);
    const short = shown.rows.find(row => row.policy === "policies")?.minutesShort ?? 0;
    mark(stage, "aria-label", visible(`Chart of instances needed and serving, ${minute(new Date(shown.from))} to ${minute(new Date(shown.to))} UTC, ${short} minutes short, ${shown.changeCount} changes. Left and right arrow keys move through it.`));
    tell(null);
  }

  const hours = (_, splits) => splits.map((at, index) => {
    const time = new Date(at * 1000);
    return index > 0 && clock(time) === "00:00" ? day(time).slice(5) : clock(time);
  });

  function shortTime({ ctx, bbox, valToPos }) {
    const size = 7 * devicePixelRatio;
    ctx.save();
    ctx.fillStyle = colour("bad");
    shown.course.short.forEach((minutes, index) => {
      if (minutes === 0) return;
      const left = valToPos(times[index], "x", true);
      ctx.fillRect(left, bbox.top + bbox.height - size, Math.max(2 * devicePixelRatio, valToPos(times[index] + shown.course.stepMinutes * 60, "x", true) - left), size);
    });
    ctx.restore();
  }

  function changes({ ctx, bbox, valToPos }) {
    const size = 4.5 * devicePixelRatio;
    ctx.save();
    for (const change of shown.changes) {
      const x = valToPos(Date.parse(change.at) / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      const tip = change.to > change.from ? -1 : 1;
      const middle = valToPos(change.to, "n", true) + tip * 8 * devicePixelRatio;
      ctx.fillStyle = colour(change.to > change.from ? "out" : "in");
      ctx.beginPath();
      ctx.moveTo(x, middle + tip * size);
      ctx.lineTo(x - size, middle - tip * size * 0.7);
      ctx.lineTo(x + size, middle - tip * size * 0.7);
      ctx.closePath();
      ctx.fill();
    }
    ctx.restore();
  }

  function tell(index) {
    if (!shown || times.length === 0) return "";
    const at = Math.max(0, Math.min(times.length - 1, index ?? times.length - 1));
    const { course } = shown;
    replace(readout, [
      ["b", minute(new Date(times[at] * 1000))], ["load", `needs ${course.needed[at]}`], ["capacity", `${course.serving[at]} serving`],
      course.asItWas && ["serving", `${course.asItWas[at]} as it was`], course.predicted?.[at] != null && ["foreseen", `${number(course.predicted[at])} foreseen`],
      course.short[at] > 0 && ["short", `${course.short[at]} min short`],
    ].filter(Boolean).map(([kind, word]) => make("span", { class: `r-${kind}` }, word)));
    return readout.textContent;
  }

  return {
    show,
    close() {
      end();
      plot?.destroy();
      plot = null;
    },
  };
}
