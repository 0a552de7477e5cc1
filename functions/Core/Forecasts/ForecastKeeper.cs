using ScaleFunctions.Core.Forecasts.Loads;
using ScaleFunctions.Core.Forecasts.Trials;

namespace ScaleFunctions.Core.Forecasts;

/// <summary>
/// Keeps the forecasts of one resource up to date: takes in new loads at once, fits anew every hour, scores what it said two
/// hours ago, and chooses whom to follow.
/// </summary>
public static class ForecastKeeper
{
    /// <summary>Long enough to be looked up for a day until the next fit.</summary>
    private const int Horizon = 106;

    private static readonly TimeSpan FitEvery = TimeSpan.FromHours(1);

    /// <summary>What the models are worth changes from day to day, not from hour to hour, and costs ten times a fit.</summary>
    public static readonly TimeSpan CalibrateEvery = TimeSpan.FromHours(6);

    /// <summary>Days before the first use on which methods are tried, each from four origins.</summary>
    private const int RehearsedDays = 5;

    private static readonly TimeSpan[] OriginsOfDay = [TimeSpan.Zero, TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(18)];

    /// <summary>The state after new loads.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="bins">New quarters of an hour, in any order; those known already may be among them.</param>
    /// <param name="leadSteps">Steps over which the maximum of the load is asked, at least 1.</param>
    /// <param name="isDayOff">Whether nothing may be learned of the load at a time; absent: of all.</param>
    public static ForecastState Refresh(ForecastState state, IEnumerable<LoadBin> bins, int leadSteps, Func<DateTimeOffset, bool>? isDayOff = null)
    {
        var given = bins.ToList();
        var grid = state.Grid.Take(isDayOff is null ? given : given.Where(bin => !isDayOff(bin.At)));
        if (grid.Loads.Count == 0)
        {
            return state with { WhyNot = $"no load is known yet{Negative(given)}", IsAccepted = false };
        }

        var next = state with
        {
            Grid = grid,
            SeenUntil = given.Where(LoadGrid.IsLoad).Select(bin => bin.At + LoadBin.Length).Append(grid.End).Append(state.SeenUntil).Max(),
            Methods = [.. state.Methods.Select(method => Score(method, grid))],
        };
        var isDue = next.Methods.Count == 0 || grid.End - next.FittedAt >= FitEvery
            || next.Methods.Any(method => !Knows(method.Fit, leadSteps));
        return Judge(isDue ? Fit(next, leadSteps, isDayOff, Negative(given)) : next with { Methods = [.. next.Methods.Select(method => method with { Fit = Follow(method.Fit, grid) })] });
    }

    // What is left out is told where something is missing.
    private static string Negative(List<LoadBin> bins) => bins.Count(bin => bin.Mean < 0) is > 0 and var count
        ? $"; the load was below zero in {count} of the last {bins.Count} quarters of an hour, which counts as a gap"
        : "";

    private static MethodState Score(MethodState method, LoadGrid grid) => method with
    {
        Score = method.Issued.Where(issued => ForecastTrial.IsOver(issued, grid)).Aggregate(method.Score, (score, issued) => ForecastTrial.Score(score, issued, grid)),
        Issued = [.. method.Issued.Where(issued => !ForecastTrial.IsOver(issued, grid))],
    };

    /// <summary>Moves a fit on to the end of what is known.</summary>
    private static LoadForecast Follow(LoadForecast fit, LoadGrid grid)
    {
        var known = (int)((grid.End - fit.Origin).Ticks / LoadBin.Length.Ticks);
        while (fit.Seen < known && fit.Seen < fit.Horizon)
        {
            fit = grid.At(fit.Origin + (fit.Seen * LoadBin.Length)) is { } load ? fit.Observe(load) : fit.Skip();
        }

        return fit;
    }

    private static ForecastState Fit(ForecastState state, int leadSteps, Func<DateTimeOffset, bool>? isDayOff, string negative)
    {
        var grid = state.Grid;
        var reading = HistoryReader.Read([.. grid.Points], grid.End, LoadBin.Length, isLeftOut: isDayOff);
        if (reading is not HistoryReading.Ready { History: var history })
        {
            return state with
            {
                Methods = [],
                Earlier = state.Methods.Count == 0 ? state.Earlier : state.Methods.ToDictionary(method => method.Method, method => method.Score),
                IsAccepted = false,
                WhyNot = $"{((HistoryReading.Unfit)reading).Reason}{negative}",
            };
        }

        var isFirst = state.Methods.Count == 0 && state.Earlier.Count == 0;
        return state with
        {
            FittedAt = grid.End,
            Earlier = new Dictionary<ForecastMethod, ForecastScore>(),
            Methods = [.. Enum.GetValues<ForecastMethod>().Select(method =>
            {
                var before = state.Methods.FirstOrDefault(each => each.Method == method);
                var isItsTurn = before is not null && grid.End - before.CalibratedAt >= CalibrateEvery;
                var isCalibrated = before is not null && !isItsTurn && Knows(before.Fit, leadSteps);
                var fit = Forecaster.Fit(history, isCalibrated ? before!.Fit.Calibration : Learn(history, method, leadSteps), Horizon);
                return new MethodState
                {
                    Method = method,
                    Fit = fit,
                    CalibratedAt = isCalibrated ? before!.CalibratedAt : isItsTurn ? grid.End : grid.End - state.Spread,
                    Score = isFirst ? Rehearse(grid, method, isDayOff) : state.ScoreOf(method),
                    Issued = [.. before?.Issued ?? [], Issue(fit)],
                };
            })],
        };
    }

    private static bool Knows(LoadForecast fit, int leadSteps) => fit.Calibration.Leads.Any(lead => lead.Steps == leadSteps);

    private static Calibration Learn(LoadHistory history, ForecastMethod method, int leadSteps) =>
        Calibrator.Learn(history, [leadSteps], withSeasons: method == ForecastMethod.Combined);

    private static IssuedForecast Issue(LoadForecast fit) => new(
        fit.Origin + (fit.Seen * fit.Step),
        [.. Enumerable.Range(fit.Seen + 1, IssuedForecast.Steps).Select(fit.MeanAt)],
        [.. Enumerable.Range(fit.Seen + 1, IssuedForecast.Steps).Select(step => fit.QuantileAt(step, IssuedForecast.Quantile))]);

    /// <summary>What a method would have said on the last days, from nothing but what came before.</summary>
    private static ForecastScore Rehearse(LoadGrid grid, ForecastMethod method, Func<DateTimeOffset, bool>? isDayOff)
    {
        var score = ForecastScore.None;
        for (var day = RehearsedDays; day >= 1; day--)
        {
            var morning = grid.End - TimeSpan.FromDays(day);
            Calibration? learned = null;
            foreach (var origin in OriginsOfDay.Select(hours => morning + hours))
            {
                var known = grid.Points.TakeWhile(point => point.At < origin).ToList();
                if (HistoryReader.Read(known, origin, LoadBin.Length, isLeftOut: isDayOff) is HistoryReading.Ready { History: var history })
                {
                    learned ??= Learn(history, method, leadSteps: 1);
                    score = ForecastTrial.Score(score, Issue(Forecaster.Fit(history, learned, IssuedForecast.Steps)), grid);
                }
            }
        }

        return score;
    }

    private static ForecastState Judge(ForecastState state)
    {
        if (state.Methods.Count == 0)
        {
            return state with { IsAccepted = false };
        }

        var champion = ForecastGate.Champion(state.Methods, state.Champion);
        var whyNot = ForecastGate.WhyNot(state.Methods.First(method => method.Method == champion).Score, state.IsAccepted && champion == state.Champion);
        return state with { Champion = champion, WhyNot = whyNot, IsAccepted = whyNot.Length == 0 };
    }
}
