using ScaleFunctions.Core.Backtests;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>How the fleet went in scored time, in columns of equal steps. A step stands for several minutes of a long replay.</summary>
/// <param name="From">When the first step begins.</param>
/// <param name="StepMinutes">How long a step is.</param>
/// <param name="Needed">The most instances that were needed in it.</param>
/// <param name="Serving">The fewest that served.</param>
/// <param name="Billed">The most that were paid.</param>
/// <param name="Short">Minutes of it with fewer instances than needed.</param>
internal sealed record BacktestCourse(
    DateTimeOffset From, int StepMinutes, IReadOnlyList<int> Needed, IReadOnlyList<int> Serving, IReadOnlyList<int> Billed, IReadOnlyList<int> Short)
{
    /// <summary>More than a screen has columns.</summary>
    public const int MostSteps = 2016;

    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60];

    /// <summary>The fewest instances that reported then; absent where nobody knows.</summary>
    public IReadOnlyList<int>? AsItWas { get; init; }

    /// <summary>The most that forecasts foresaw for it; absent without forecasts.</summary>
    public IReadOnlyList<int?>? Predicted { get; init; }

    public static BacktestCourse Of(BacktestResult result)
    {
        var (load, demand) = (result.Load, result.Load.Demand);
        var scored = demand.Minutes - demand.ScoredFrom;
        var step = Steps.FirstOrDefault(each => scored <= each * MostSteps, Steps[^1]);
        var needed = demand.Needed.ToArray();
        return new BacktestCourse(
            load.At(demand.ScoredFrom), step, Column(needed, Enumerable.Max), Column(result.Course.Serving, Enumerable.Min), Column(result.Course.Billed, Enumerable.Max),
            Column([.. needed.Select((count, minute) => result.Course.Serving[minute] < count ? 1 : 0)], Enumerable.Sum))
        {
            AsItWas = result.Recorded is { } recorded ? Column(recorded.Serving, Enumerable.Min) : null,
            Predicted = result.Predicted.Any(each => each is not null) ? [.. Minutes(result.Predicted).Select(each => each.Max())] : null,
        };

        IReadOnlyList<int> Column(IReadOnlyList<int> values, Func<IEnumerable<int>, int> of) => [.. Minutes(values).Select(of)];

        IEnumerable<T[]> Minutes<T>(IReadOnlyList<T> values) => values.Skip(demand.ScoredFrom).Chunk(step);
    }
}
