using System.Globalization;
using ScaleFunctions.App.Commands.Backtests;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.App.Commands.Forecasts;

/// <summary>Prints the forecast of a recorded load.</summary>
internal static class TraceForecast
{
    private static readonly TimeSpan UsualStep = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestHorizon = TimeSpan.FromDays(28);

    public static int Print(ForecastRequest request, OutputFormat format)
    {
        var (history, lines) = Of(TraceFiles.Read(request.File), request);
        Tell(history);
        Print(lines, request.Quantiles, format);
        return ExitCodes.Done;
    }

    /// <summary>The forecast, and what it was made from.</summary>
    internal static (LoadHistory History, IReadOnlyList<ForecastLine> Lines) Of(IReadOnlyList<LoadPoint> recording, ForecastRequest request)
    {
        // Nothing at or after the origin may have a say, not even by how far apart the values come.
        var points = request.At is { } origin ? [.. recording.Where(point => point.At < origin)] : recording;
        var recorded = RecordedStep(points);
        var step = request.Step ?? (recorded > UsualStep && recorded <= TimeSpan.FromHours(1) && TimeSpan.FromDays(1).Ticks % recorded.Ticks == 0 ? recorded : UsualStep);
        if (request.Horizon > LongestHorizon || request.Horizon < step)
        {
            throw new UserErrorException($"'{SpanText.Describe(request.Horizon)}' does not fit --horizon; expected {SpanText.Describe(step)} to 28 days");
        }

        var at = request.At ?? points[^1].At + recorded;
        var history = HistoryReader.Read(points, at, step) switch
        {
            HistoryReading.Ready ready => ready.History,
            HistoryReading.Unfit unfit => throw new UserErrorException($"{request.File}: {unfit.Reason}"),
            var other => throw new InvalidOperationException($"{other.GetType()} is not known"),
        };
        var forecast = Forecaster.Fit(history, Calibrator.Learn(history), (int)Math.Ceiling(request.Horizon / step));
        IReadOnlyList<ForecastLine> lines = [.. Lines(forecast, request.Quantiles)];
        if (lines.Any(line => !double.IsFinite(line.Mean) || line.Quantiles.Values.Any(value => !double.IsFinite(value))))
        {
            throw new UserErrorException($"{request.File}: the values differ so much in size that nothing can be calculated with them; scale them, or remove what is wrong");
        }

        return (history, lines);
    }

    // What was made up is told; a forecast of filled values looks like any other.
    private static void Tell(LoadHistory history)
    {
        if (history.Filled + history.PulledBack > 0)
        {
            Terminal.Note($"note: of {history.Values.Length} steps {history.Filled} had no value and were filled, {history.PulledBack} stood alone and were pulled back");
        }

        if (history.Rescaled > 0)
        {
            Terminal.Note($"note: the load stepped to another level at {history.End - ((history.Values.Length - history.Rescaled) * history.Step):yyyy-MM-ddTHH:mm:ssZ}; what was before it tells the shape, not the height");
        }
    }

    private static TimeSpan RecordedStep(IReadOnlyList<LoadPoint> points)
    {
        var steps = points.Zip(points.Skip(1), (left, right) => right.At - left.At).Order().ToArray();
        return steps.Length == 0 ? UsualStep : steps[(steps.Length - 1) / 2];
    }

    private static IEnumerable<ForecastLine> Lines(LoadForecast forecast, string[] quantiles) =>
        Enumerable.Range(1, forecast.Horizon).Select(step => new ForecastLine(
            forecast.Origin + ((step - 1) * forecast.Step),
            forecast.MeanAt(step),
            quantiles.Distinct().ToDictionary(text => text, text => forecast.QuantileAt(step, double.Parse(text, CultureInfo.InvariantCulture)))));

    private static void Print(IReadOnlyList<ForecastLine> lines, string[] quantiles, OutputFormat format)
    {
        // Programs get every digit, people six.
        var digits = format == OutputFormat.Csv ? "R" : "G6";
        var sheet = new Sheet(["timestamp", "mean", .. quantiles.Select(quantile => $"q{quantile}")]);
        foreach (var line in lines)
        {
            sheet.Add([
                $"{line.Timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}", line.Mean.ToString(digits),
                .. quantiles.Select(quantile => line.Quantiles[quantile].ToString(digits)),
            ]);
        }

        sheet.Print(format, lines, AppJson.Default.IReadOnlyListForecastLine, "no steps");
    }
}
