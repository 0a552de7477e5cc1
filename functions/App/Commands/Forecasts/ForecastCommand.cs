using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ScaleFunctions.App.Commands.Forecasts;

/// <summary>Forecasts a recorded load, or scores the forecasts on recordings.</summary>
internal static class ForecastCommand
{
    private static readonly TimeSpan LeastStep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    public static Command Create()
    {
        var trace = new Option<string?>("--trace") { Description = "Recorded load: CSV with lines timestamp,value.", HelpName = "FILE" };
        var at = SharedOptions.Time("--at", "Forecast from here; nothing at or after it is used. Default: the end of the recording.");
        var horizon = SharedOptions.Span("--horizon", "How far to forecast, at most 28d. Default: 24h.", LeastStep);
        var step = SharedOptions.Span("--step", "Length of a step, 1m to 1h, a whole part of a day. Default: 15m, or the recording's when coarser.", LeastStep);
        var quantiles = new Option<string[]>("--quantiles")
        {
            Description = "Bounds to give, each between 0 and 1. Default: 0.5,0.95.",
            HelpName = "Q,…",
            CustomParser = ParseQuantiles,
            DefaultValueFactory = _ => ["0.5", "0.95"],
        };
        var evaluate = new Option<bool>("--evaluate") { Description = "Score the forecasts on the recordings of --traces, beside naive ones." };
        var traces = new Option<string?>("--traces") { Description = "Directory of recordings, for --evaluate.", HelpName = "DIR" };
        var shift = new Option<double>("--shift")
        {
            Description = "With --evaluate: origins moved by this share of the distance between two, 0 to 1.",
            HelpName = "SHARE",
            CustomParser = result => SharedOptions.ParseNumber<double>(result, "a number from 0 to less than 1", share => share is >= 0 and < 1),
        };
        var format = SharedOptions.Format();
        var command = new Verb(
            "forecast", "Forecasts a recorded load with bounds; with --evaluate, how good that is on recordings.",
            "sf forecast --trace requests.csv",
            "sf forecast --trace requests.csv --horizon 48h --quantiles 0.5,0.99")
        {
            trace, at, horizon, step, quantiles, evaluate, traces, shift, format,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(parsed.GetValue(evaluate)
            ? ForecastScores.Print(Require(parsed.GetValue(traces), "--evaluate", "--traces DIR"), parsed.GetValue(shift), parsed.GetValue(format), cancellationToken)
            : TraceForecast.Print(
                new(Require(parsed.GetValue(trace), "forecast", "--trace FILE, or --evaluate"), parsed.GetValue(at),
                    parsed.GetValue(horizon) ?? TimeSpan.FromDays(1), WholePart(parsed.GetValue(step)), parsed.GetValue(quantiles)!),
                parsed.GetValue(format))));
        return command;
    }

    private static string Require(string? value, string asker, string option) =>
        value ?? throw new UserErrorException($"{asker} needs {option}");

    private static TimeSpan? WholePart(TimeSpan? step) => step is not { } given || (given <= LongestStep && TimeSpan.FromDays(1).Ticks % given.Ticks == 0)
        ? step
        : throw new UserErrorException($"'{SpanText.Describe(given)}' does not fit --step; expected 1m to 1h that divides a day, such as 5m, 15m or 1h");

    private static string[] ParseQuantiles(ArgumentResult result)
    {
        var texts = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
        foreach (var text in texts)
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quantile) || quantile is <= 0 or >= 1)
            {
                result.AddError($"'{text}' does not fit --quantiles; expected numbers between 0 and 1 such as 0.5,0.95");
            }
        }

        return texts;
    }
}
