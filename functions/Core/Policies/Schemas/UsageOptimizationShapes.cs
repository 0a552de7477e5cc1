using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: UsageOptimization</c> looks like.</summary>
internal static class UsageOptimizationShapes
{
    internal sealed record UsageOptimization
    {
        [Description("Name of the workload, which needs a HorizontalScaling policy. A policy without a workload is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("Name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        [Description("When it is off, what it is then, and how it comes back. This, or 'findings', or both.")]
        public OffHours? OffHours { get; init; }

        [Description("What is told of resources that stand about and cost. Nothing is changed but by 'act'.")]
        public Findings? Findings { get; init; }
    }

    internal sealed record Findings
    {
        [Description("What is looked at: resources of any type that it fits, disks and addresses too.")]
        public required PolicyShapes.Selection Select { get; init; }

        [Description("How long after it was first seen something is told. Default: 7d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? NotifyAfter { get; init; }

        [Description("How long a machine has to be deallocated. Default: 30d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? DeallocatedAfter { get; init; }

        [Description("From which age on a snapshot is old. Default: 90d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? SnapshotsOlderThan { get; init; }

        [Description("Percent of its processors up to which a machine or a plan is idle. Default: 3.")]
        [Range(double.Epsilon, UsageFindingsBinding.MostPercent)]
        public double? IdleBelow { get; init; }

        [Description("How far back its processors are looked at. Default: 7d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Within { get; init; }

        [Description("ISO 4217 code of the amounts. Default: USD.")]
        [RegularExpression(CostMonitoringBinding.CurrencyPattern)]
        public string? Currency { get; init; }

        [Description("What is done about idle machines (deallocated) and idle plans (lowered to the minimum) that the workload governs and that have the tag 'scalefunctions:stop-idle: true'. Default: nothing, they are told.")]
        public FindingsAct? Act { get; init; }
    }

    internal sealed record FindingsAct
    {
        [Description("How long after its owner was told it is done, from 1d to 90d. Default: 7d.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? After { get; init; }

        [Description("What says that somebody works on it, so that it is not stopped yet. Default: its processors above 20 percent within 30m.")]
        public InUse? InUse { get; init; }
    }

    internal sealed record OffHours
    {
        [Description("The hours in which it is on, such as 'Mon-Fri 07:00-19:00'; it is off between them. This, or 'when'.")]
        public IReadOnlyList<string>? OnHours { get; init; }

        [Description("The hours in which it is off. This, or 'onHours'.")]
        public IReadOnlyList<string>? When { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Description("iCalendar file (.ics) of the days on which these hours do not begin.")]
        public string? ExceptOn { get; init; }

        [Description("iCalendar file (.ics) of further days on which they begin, which goes before exceptOn.")]
        public string? AlsoOn { get; init; }

        [Description("What is left of it in off-hours. It comes back exactly as it was, unless the load asks for more.")]
        public required OffTo To { get; init; }

        [Description("Time of day, in quotes, at which it must be back, at most four hours before the hours begin. Default: when they begin.")]
        [RegularExpression(@"^\d\d:\d\d$")]
        public string? ReadyBy { get; init; }

        [Description("How long it takes to come back: measured (default; 10m until it was measured), or fixed, from 1m to 4h.")]
        [RegularExpression(@"^(measured|(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?)$")]
        public string? Lead { get; init; }

        [Description("Starts of many resources are spread over so long, each earlier than it needs. Default: 5m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Spread { get; init; }

        [Description("A stop that was missed by more than this is left out until the next one; starts are always caught up. Default: 1h.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? StopExpires { get; init; }

        [Description("Name of the tag without which a resource is left alone. Its value may be hours of its own, as Cloud Custodian writes them. Default: all resources of the workload.")]
        public string? Tag { get; init; }

        [Description("Sizes a virtual machine is started with, or a plan gets, when Azure has none of its own, in this order.")]
        public IReadOnlyList<string>? Alternatives { get; init; }

        [Description("Groups that are started one after the other and stopped in reverse.")]
        public GroupOrder? Order { get; init; }

        [Description("What says that somebody works on it, so that it is not stopped yet.")]
        public InUse? InUse { get; init; }

        [Description("How long a person, or the tag scalefunctions:snooze, may keep it on at most. Default: 12h.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Snooze { get; init; }
    }

    internal sealed record OffTo
    {
        [Description("Instances that are left; 0 stops it (a virtual machine is deallocated). Left out: as many as there are. This, 'size' or both.")]
        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public int? Instances { get; init; }

        [Description("The size that an App Service plan has meanwhile, such as P0v3. Not with 'instances: 0'.")]
        public string? Size { get; init; }
    }

    internal sealed record GroupOrder
    {
        [Description("Names of resources, with * at most at the end; the first group is started first.")]
        public required IReadOnlyList<string> Groups { get; init; }

        [Description("From one group to the next. Default: 10m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Apart { get; init; }
    }

    internal sealed record InUse
    {
        [Description("A metric of the resource, such as Percentage CPU.")]
        public required string Metric { get; init; }

        [Description("More than this in any minute says that it is in use.")]
        [Range(double.Epsilon, 1e12)]
        public required double Above { get; init; }

        [Description("How far back is looked. Default: 15m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Within { get; init; }
    }
}
