// What every chart needs: the drawing library, asked for once, the colours of the theme, and a reason to draw anew.
import { make } from "./elements.js";

export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export const missing = () => make("p", { class: "note" }, "The charts are missing: this program was built without Node.js. The tables below have the same facts.");

let charts;

// Nothing when the program was built without them.
export function loadCharts() {
  charts ??= (async () => {
    const style = make("link", { rel: "stylesheet", href: "/dashboard/vendor/uPlot.min.css" });
    const styled = new Promise(done => { style.onload = style.onerror = done; });
    document.head.append(style);
    const [module] = await Promise.all([import("./vendor/uPlot.esm.js"), styled]);
    return module.default;
  })();
  return charts;
}

// Calls when the colours or the width of a stage change; answers what ends that.
export function redrawn(stage, draw, resize) {
  let width = stage.clientWidth;
  const resized = new ResizeObserver(() => {
    if (stage.clientWidth !== width) resize(width = stage.clientWidth);
  });
  resized.observe(stage);
  addEventListener("themechange", draw);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", draw);
  return () => {
    resized.disconnect();
    removeEventListener("themechange", draw);
    dark.removeEventListener("change", draw);
  };
}

export function axis(size, values) {
  const quiet = { stroke: colour("line-soft"), width: 1 };
  return { size, values, stroke: colour("muted"), font: "11px system-ui, sans-serif", grid: quiet, ticks: { show: false }, gap: 6 };
}

// A line above the charts that follows the pointer, or the arrow keys when the stage has the focus.
export function follow(stage, spoken, { count, at, tell, newest, stride = 10 }) {
  let index = null;
  stage.addEventListener("keydown", event => {
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -stride, PageDown: stride }[event.key];
    if (!move || count() === 0) return;
    event.preventDefault();
    index = Math.max(0, Math.min(count() - 1, (index ?? newest()) + move));
    at(index);
    spoken(tell(index));
  });
  stage.addEventListener("blur", () => {
    index = null;
    tell(null);
  });
  return { moved: plot => { tell(plot.cursor.idx ?? null); } };
}
