using ScaleFunctions.Core.Signals.Traces;

namespace ScaleFunctions.Core.Backtests;

/// <summary>How a fleet really went, by the instances that reported: what a replay of policies is held against.</summary>
public static class RecordedCourse
{
    /// <summary>
    /// Each number holds until the next one. What booted did not report, so that it is neither serving nor billed here: the real bill
    /// was a little higher.
    /// </summary>
    /// <param name="reported">Instances that reported, in the order of their times; at least one. Means over an interval need not be whole.</param>
    /// <param name="load">What is replayed, by whose minutes it is told.</param>
    public static FleetCourse Of(IReadOnlyList<TracePoint> reported, ReplayedLoad load)
    {
        var serving = new int[load.Demand.Minutes];
        var changes = new int[serving.Length];
        var next = 1;
        for (var minute = 0; minute < serving.Length; minute++)
        {
            while (next < reported.Count && reported[next].At <= load.At(minute))
            {
                next++;
            }

            serving[minute] = (int)Math.Round(reported[next - 1].Value, MidpointRounding.AwayFromZero);
            changes[minute] = minute == 0 ? 0 : serving[minute] - serving[minute - 1];
        }

        return new FleetCourse(serving, serving, changes);
    }
}
