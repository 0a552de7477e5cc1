using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: VerticalScaling</c> looks like.</summary>
internal static class VerticalScalingShapes
{
    internal sealed record VerticalScaling
    {
        [Description("Name of the workload. A policy without one is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("The name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        [Description("recommend: tell which size is wanted and why; act: change it. Default: recommend.")]
        [AllowedValues("recommend", "act")]
        public string? Mode { get; init; }

        [Description("The ladder of sizes, the smallest first, as Azure names them: Standard_D4s_v5, P1v3. A change is one step on it.")]
        public IReadOnlyList<string>? Sizes { get; init; }

        [Description("In place of 'sizes': all sizes of a family that Azure has where the resource is, as its quotas name it: standardDSv5Family. The ladder goes by processors, then by memory.")]
        public string? Family { get; init; }

        [Description("A bigger size is wanted when either holds.")]
        public SizeUp? Up { get; init; }

        [Description("A smaller size is wanted when both hold, and it would not be asked to grow again.")]
        public SizeDown? Down { get; init; }

        [Description("Sizes are changed only then. Default: at any time.")]
        public ChangeWindow? Window { get; init; }

        [Description("How a new size is brought to the instances.")]
        public RollOut? RollOut { get; init; }

        [Description("Metrics that tell that a smaller size does not do. Without them sizes are only recommended.")]
        public SizeGuard? Guard { get; init; }

        [Description("mayRestart: a machine, or the only instance of a set, may be restarted for it; mayStop: a machine also deallocated, where the hardware it runs on does not have the size. Default: keep.")]
        [AllowedValues("keep", "mayRestart", "mayStop")]
        public string? OnlyInstance { get; init; }

        [Description("Time between two changes of the size, at least 1h. Default: 1d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Rest { get; init; }
    }

    internal sealed record SizeUp
    {
        [Description("Default: above 80 percent for 1h.")]
        public UseAbove? Cpu { get; init; }

        [Description("Default: above 90 percent for 15m.")]
        public UseAbove? Memory { get; init; }
    }

    internal sealed record SizeDown
    {
        [Description("Default: below 30 percent for 1d.")]
        public UseBelow? Cpu { get; init; }

        [Description("Default: below 50 percent for 1d.")]
        public UseBelow? Memory { get; init; }
    }

    internal sealed record UseAbove
    {
        [Description("Percent of what an instance has, as the mean of the span.")]
        [Range(double.Epsilon, 99d)]
        public double? Above { get; init; }

        [Description("How far back it is looked at, from 10m to 2d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? For { get; init; }
    }

    internal sealed record UseBelow
    {
        [Description("Percent of what an instance has, in 95 of 100 samples of the span.")]
        [Range(double.Epsilon, 99d)]
        public double? Below { get; init; }

        [Description("How far back it is looked at, from 10m to 2d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? For { get; init; }
    }

    internal sealed record ChangeWindow
    {
        [Description("Days and times of a week, such as Mon-Fri 01:00-05:00.")]
        [RegularExpression(PolicyShapes.When)]
        public required string When { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Description("iCalendar file (.ics) of days on which it does not begin.")]
        public string? ExceptOn { get; init; }

        [Description("both: bigger sizes wait for it, too; down: only smaller ones. Default: both.")]
        [AllowedValues("down", "both")]
        public string? Holds { get; init; }
    }

    internal sealed record SizeGuard
    {
        [Description("As in LoadBasedScaling: metrics, and formulas over them.")]
        public required IReadOnlyList<LoadBasedScalingShapes.Signal> Signals { get; init; }

        [Description("What says that the size does not do, when it lasts for as long as a pause of the roll-out.")]
        public required IReadOnlyList<GuardLimit> BreachedWhen { get; init; }
    }

    internal sealed record GuardLimit
    {
        [Description("Name of a signal of this guard.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Signal { get; init; }

        [Description("In the unit of the metric; this, or below.")]
        [Range(double.Epsilon, 1e12)]
        public double? Above { get; init; }

        [Description("In the unit of the metric; this, or above.")]
        [Range(double.Epsilon, 1e12)]
        public double? Below { get; init; }
    }

    internal sealed record RollOut
    {
        [Description("Share of the instances that are replaced at a time, at least one. Default: 20%.")]
        public PolicyShapes.Share? Batch { get; init; }

        [Description("Time from one batch to the next. Default: 5m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Pause { get; init; }

        [Description("How long all instances must have been well before it is done. Default: 30m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Watch { get; init; }
    }
}
