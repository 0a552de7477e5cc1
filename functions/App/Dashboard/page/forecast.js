// What is forecast of a target's load, as a chart shows it and as a sentence tells it.
import { clock, count, near, number, visible } from "./text.js";

const hour = 3600;

// Looks half as far ahead as the chart looks back, an hour at least. Nothing when there is no forecast.
export function ahead({ forecast, from, to }, now) {
  if (!forecast) return null;
  const [begin, end] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  const until = end + Math.max(hour, (end - begin) / 2);
  const all = forecast.at.map((at, index) => ({
    at, mean: forecast.meanInstances[index], instances: forecast.instances[index],
    upper: forecast.upper[index] == null ? null : forecast.upper[index] / forecast.loadPerInstance,
  }));
  // The step that has begun counts from now on; its first minutes are behind us.
  const begun = all.findLast(step => step.at <= end);
  const next = all.find(step => step.at > end);
  const steps = all.filter(step => step.at > end && step.at <= until);
  if (begun && next) steps.unshift({ ...begun, at: end });
  return {
    ...forecast, steps, from: end, until: steps.length ? Math.min(until, steps.at(-1).at) : end,
    isOver: forecast.isExpired || now >= new Date(forecast.expiresAt),
  };
}

export function captionOf(forecast, now) {
  const { steps, quantile } = forecast;
  const highest = steps.reduce((most, step) => (most && most.instances >= step.instances ? most : step), null);
  const use = forecast.isOver ? `expired at ${near(new Date(forecast.expiresAt), now)} and was not renewed, so it does not count`
    : forecast.acts ? "acts" : `shown only: ${forecast.forecastOnly}`;
  return visible([
    `Forecast by ${forecast.model} at ${near(new Date(forecast.madeAt), now)}, ${number(100 * quantile)} of 100 times below its upper end; ${use}.`,
    highest && !forecast.isOver && `Most needed until ${clock(new Date(forecast.until * 1000))}: ${count(highest.instances, "instance")}, at ${clock(new Date(highest.at * 1000))}.`,
  ].filter(Boolean).join(" "));
}
