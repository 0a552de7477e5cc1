// Load against capacity and what is forecast of it, the signal below, and what was decided and done in between.
import { make, say, mark, replace } from "./elements.js";
import { clock, day, number, visible } from "./text.js";
import { spanState, states } from "./standing.js";
import { ahead, captionOf } from "./forecast.js";
import { colour, loadCharts, missing } from "./plots.js";

const height = { top: 240, bottom: 150 };

export function chartOf(box) {
  const readout = make("p", { class: "readout", "aria-live": "off" });
  const stage = make("div", { class: "stage", tabindex: "0", role: "group", "aria-label": "Chart. Left and right arrow keys move through the minutes." });
  const spoken = make("p", { class: "unseen", "aria-live": "polite" });
  const caption = make("p", { class: "forecast", hidden: true });
  const keys = legend();
  let plots = [];
  let shown = null;
  let uPlot;
  let width = 0;

  replace(box, keys, caption, readout, stage, spoken);
  const resized = new ResizeObserver(() => {
    if (stage.clientWidth !== width && plots.length) plots.forEach(plot => plot.setSize({ width: width = stage.clientWidth, height: plot.height }));
  });
  resized.observe(stage);
  const redraw = () => shown && draw();
  addEventListener("themechange", redraw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", redraw);
  stage.addEventListener("keydown", step);
  stage.addEventListener("blur", () => tell(null));

  async function show(series, history, now) {
    const forecast = ahead(series, now);
    shown = { series, history, now, forecast, ...columns(series, forecast) };
    const key = keys.querySelector(".l-forecast");
    key.hidden = !forecast?.steps.length;
    mark(key, "class", forecast?.isOver ? "l-forecast over" : "l-forecast");
    caption.hidden = !forecast;
    mark(caption, "class", forecast?.isOver ? "forecast over" : "forecast");
    say(caption, forecast ? captionOf(forecast, now) : "");
    uPlot ??= await loadCharts();
    if (uPlot === null) {
      replace(box, missing(), caption);
      return;
    }
    draw();
  }

  function draw() {
    const { series, history, forecast, data } = shown;
    const times = data[0];
    const hasData = times.length > 0;
    stage.hidden = readout.hidden = !hasData;
    if (!hasData) return;
    const signal = series.signals[0];
    // A plot is made anew only when its shape changes; new minutes are put into the one that is there.
    const kind = forecast?.steps.length ? (forecast.isOver ? "over" : "ahead") : "";
    const shape = `${signal.signal} ${signal.target} ${kind} ${getComputedStyle(document.documentElement).getPropertyValue("--ink")}`;
    const span = { min: Date.parse(series.from) / 1000, max: kind ? forecast.until : Date.parse(series.to) / 1000 };
    if (plots.length && stage.dataset.shape === shape) {
      const views = [[times, data[1], data[2], data[3], data[5], data[6]], [times, data[4]]];
      plots.forEach((plot, index) => {
        plot.setData(views[index], false);
        plot.setScale("x", span);
      });
    } else {
      plots.forEach(plot => plot.destroy());
      stage.dataset.shape = shape;
      replace(stage);
      width = stage.clientWidth;
      plots = [top(signal, span), bottom(signal, span)];
    }
    mark(stage, "aria-label", visible(`Chart of ${signal.signal}, load and capacity, ${clock(new Date(series.from))} to ${clock(new Date(series.to))} UTC${kind ? `, forecast until ${clock(new Date(forecast.until * 1000))}` : ""}, ${history.actions.length} actions. Left and right arrow keys move through the minutes.`));
    if (stage.dataset.at === undefined) tell(null);
  }

  function axis(scale, size, values) {
    const quiet = { stroke: colour("line-soft"), width: 1 };
    return { scale, size, values, stroke: colour("muted"), font: "11px system-ui, sans-serif", grid: quiet, ticks: { show: false }, gap: 6 };
  }

  function common(size, span) {
    return {
      width, height: size, legend: { show: false }, padding: [10, 12, 0, 0],
      cursor: { sync: { key: "target" }, drag: { x: false, y: false }, points: { show: false }, y: false },
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
      scales: { x: { time: true, ...span } },
    };
  }

  const hours = (_, splits) => splits.map((at, index) => {
    const time = new Date(at * 1000);
    return index > 0 && clock(time) === "00:00" ? day(time).slice(5) : clock(time);
  });

  const steps = () => uPlot.paths.stepped({ align: 1 });

  function top(signal, span) {
    const { data } = shown;
    const options = common(height.top, span);
    options.axes = [{ ...axis("x", 24, hours), space: 70 }, { ...axis("n", 44, (_, splits) => splits.map(number)), incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500], space: 34 }];
    options.scales.n = { range: (_, low, high) => [0, Math.max(2, Math.ceil((high ?? 2) * 1.15))] };
    options.series = [{},
      { label: "needed", scale: "n", stroke: colour("load"), width: 1.75, fill: colour("load-fill"), show: Boolean(signal.target) },
      { label: "serving", scale: "n", stroke: colour("serving"), width: 1.25, dash: [3, 3], paths: steps(), points: { show: false } },
      { label: "capacity", scale: "n", stroke: colour("capacity"), width: 2.25, paths: steps(), points: { show: false } }];
    options.series[1].points = { show: false };
    const { forecast } = shown;
    if (forecast?.steps.length) {
      const stroke = colour(forecast.isOver ? "muted" : "load");
      options.series.push(
        { label: "forecast", scale: "n", stroke, width: 1.75, dash: [6, 4], points: { show: false } },
        { label: "upper end", scale: "n", stroke, width: 1, points: { show: false } });
      options.bands = [{ series: [5, 4], fill: colour(forecast.isOver ? "over-fill" : "forecast-fill") }];
    }
    options.hooks = { drawClear: [nowLine], draw: [ribbon, actions], setCursor: [moved] };
    return new uPlot(options, [data[0], data[1], data[2], data[3], data[5], data[6]].slice(0, options.series.length), stage);
  }

  function bottom(signal, span) {
    const { data } = shown;
    const options = common(height.bottom, span);
    const isShare = /percent/iu.test(signal.metric);
    options.axes = [{ ...axis("x", 24, hours), space: 70 }, { ...axis("v", 44, (_, splits) => splits.map(value => `${number(value)}${isShare ? " %" : ""}`)), space: 30 }];
    options.scales.v = { range: (_, low, high) => [0, isShare ? 100 : Math.max(1, (high ?? 1) * 1.15, (signal.outAbove ?? 0) * 1.15)] };
    options.series = [{}, { label: signal.signal, scale: "v", stroke: colour("signal"), width: 1.5, points: { show: false } }];
    options.hooks = { drawClear: [plot => edges(plot, signal), nowLine] };
    return new uPlot(options, [data[0], data[4]], stage);
  }

  // The band in which nothing changes, and the value to keep.
  function edges(plot, signal) {
    if (!signal.target) return;
    const { ctx, bbox } = plot;
    const at = value => plot.valToPos(value, "v", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const [high, low] = [at(signal.outAbove ?? signal.target), at(signal.inBelow ?? signal.target)];
    ctx.fillStyle = colour("band");
    ctx.fillRect(bbox.left, high, bbox.width, low - high);
    ctx.strokeStyle = colour("muted");
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, at(signal.target));
    ctx.lineTo(bbox.left + bbox.width, at(signal.target));
    ctx.stroke();
    ctx.restore();
  }

  // Where what was measured ends and what is forecast begins.
  function nowLine(plot) {
    if (!shown.forecast?.steps.length) return;
    const { ctx, bbox } = plot;
    const x = Math.round(plot.valToPos(shown.forecast.from, "x", true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = colour("serving");
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  }

  const tones = { calm: "ribbon-calm", warn: "warn", bad: "bad", out: "out", in: "in", plain: "muted" };

  // Decisions as a ribbon along the time axis: a colour for each kind.
  function ribbon(plot) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    const size = 7 * ratio;
    ctx.save();
    for (const decision of shown.history.decisions) {
      const left = Math.max(bbox.left, plot.valToPos(Date.parse(decision.from) / 1000, "x", true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(Date.parse(decision.until) / 1000 + 60, "x", true));
      if (right <= left) continue;
      ctx.fillStyle = colour(tones[states[spanState(decision)].tone]);
      ctx.fillRect(left, bbox.top + bbox.height - size, Math.max(2 * ratio, right - left - ratio), size);
    }
    ctx.restore();
  }

  // Actions as triangles where Azure took them; one that came to nothing as a cross.
  function actions(plot) {
    const { ctx, bbox } = plot;
    const ratio = devicePixelRatio;
    ctx.save();
    for (const action of shown.history.actions) {
      const x = plot.valToPos(Date.parse(action.acceptedAt ?? action.at) / 1000, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      const isOut = action.goal > action.from;
      const y = plot.valToPos(action.goal, "n", true);
      const size = 5.5 * ratio;
      ctx.fillStyle = ctx.strokeStyle = colour(action.end && action.end !== "Done" ? "bad" : isOut ? "out" : "in");
      ctx.lineWidth = 2 * ratio;
      ctx.beginPath();
      if (action.end && action.end !== "Done") {
        ctx.moveTo(x - size, y - size);
        ctx.lineTo(x + size, y + size);
        ctx.moveTo(x + size, y - size);
        ctx.lineTo(x - size, y + size);
        ctx.stroke();
      } else {
        const tip = isOut ? -1 : 1;
        const middle = y + tip * 9 * ratio;
        ctx.moveTo(x, middle + tip * size);
        ctx.lineTo(x - size, middle - tip * size * 0.7);
        ctx.lineTo(x + size, middle - tip * size * 0.7);
        ctx.closePath();
        ctx.fill();
        ctx.strokeStyle = colour("panel");
        ctx.lineWidth = ratio;
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  function moved(plot) {
    tell(plot.cursor.idx ?? null);
  }

  function step(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -15, PageDown: 15 }[event.key];
    if (!move || !plots.length) return;
    event.preventDefault();
    const last = shown.data[0].length - 1;
    const from = stage.dataset.at === undefined ? shown.newest : Number(stage.dataset.at);
    const index = Math.max(0, Math.min(last, from + move));
    const left = plots[0].valToPos(shown.data[0][index], "x");
    plots.forEach(plot => plot.setCursor({ left, top: 20 }, false));
    tell(index);
    say(spoken, readout.textContent);
  }

  // The line above the chart: the minute under the cursor, or the newest that was measured.
  function tell(index) {
    if (!shown || shown.data[0].length === 0) return;
    if (index === null) delete stage.dataset.at;
    else stage.dataset.at = index;
    const at = index ?? shown.newest;
    const [times, needed, serving, capacity, value, mean, upper] = shown.data.map(column => column[at]);
    const time = new Date(times * 1000);
    const decision = shown.history.decisions.find(each => Date.parse(each.from) <= times * 1000 + 59_999 && times * 1000 < Date.parse(each.until) + 60_000);
    const signal = shown.series.signals[0];
    const parts = [
      ["b", clock(time)], needed != null && ["load", `needs ${number(needed)}`], capacity != null && ["capacity", `capacity ${capacity}`],
      serving != null && ["serving", `serving ${number(serving)}`], value != null && ["signal", `${signal.signal} ${number(value)}`],
      mean != null && [shown.forecast.isOver ? "serving" : "load", `${shown.forecast.isOver ? "expired forecast" : "forecast"}: needs ${number(mean)}`],
      upper != null && [shown.forecast.isOver ? "serving" : "capacity", `at most ${number(upper)} in ${number(100 * shown.forecast.quantile)} of 100 cases`],
    ].filter(Boolean);
    const text = mean == null && decision ? `${states[spanState(decision)].word}: ${decision.reason}` : "";
    replace(readout, parts.map(([kind, word]) => make("span", { class: `r-${kind}` }, visible(word))), make("bdi", { class: "r-why" }, visible(text)));
  }

  // A forecast ends by itself, also while nothing new comes that would be a reason to draw.
  function look(now) {
    if (shown?.forecast && !shown.forecast.isOver && now >= new Date(shown.forecast.expiresAt)) show(shown.series, shown.history, now);
  }

  return {
    show,
    look,
    close() {
      resized.disconnect();
      removeEventListener("themechange", redraw);
      dark.removeEventListener("change", redraw);
      plots.forEach(plot => plot.destroy());
      plots = [];
    },
  };
}

function legend() {
  const entry = (kind, word) => make("span", { class: `l-${kind}` }, make("i", { "aria-hidden": "true" }), word);
  return make("p", { class: "legend" },
    entry("load", "instances the load needs"), entry("forecast", "forecast, with its upper end"), entry("capacity", "capacity"), entry("serving", "serving"), entry("signal", "signal, below"),
    entry("up", "scaled out"), entry("down", "scaled in"), entry("ribbon", "decisions"));
}

// Times, instances the load needs, instances that served, capacity asked for, value of the signal; then what is forecast of
// the load. After the newest minute measured come the steps ahead, with nothing but the forecast.
function columns({ signals, capacity }, forecast) {
  const signal = signals[0];
  if (!signal) return { data: [[], [], [], [], [], [], []], newest: 0 };
  const changes = capacity.map(step => [Date.parse(step.at) / 1000, step.count]);
  let next = 0;
  let count = null;
  const counts = signal.at.map(at => {
    while (next < changes.length && changes[next][0] < at + 60) count = changes[next++][1];
    return count;
  });
  const newest = signal.at.length - 1;
  const steps = (forecast?.steps ?? []).filter(step => newest < 0 || step.at > signal.at[newest]);
  const past = signal.at.map(() => null);
  const future = steps.map(() => null);
  return {
    data: [
      [...signal.at, ...steps.map(step => step.at)],
      [...signal.at.map((_, index) => (signal.target && signal.instances[index] != null ? (signal.value[index] * signal.instances[index]) / signal.target : null)), ...future],
      [...signal.instances, ...future], [...counts, ...future], [...signal.value, ...future],
      [...past, ...steps.map(step => step.mean)], [...past, ...steps.map(step => step.upper)],
    ],
    newest: Math.max(0, newest),
  };
}
