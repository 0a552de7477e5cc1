using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Journal;

namespace ScaleFunctions.App.Commands.Backtests;

/// <summary>A change that the policies made in a replay.</summary>
/// <param name="At">When.</param>
/// <param name="From">Instances before.</param>
/// <param name="To">Instances after.</param>
/// <param name="Why">The reason, as a sentence.</param>
internal sealed record BacktestChange(DateTimeOffset At, int From, int To, string Why)
{
    public static BacktestChange Of(ReplayedChange change, ReplayedLoad load) =>
        new(load.At(change.Minute), change.Plan.From, change.Plan.Goal, ReasonText.Of(change.Plan.Decision.Reason));
}
