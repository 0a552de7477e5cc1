using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>
/// What policy files look like: the fields of each group, in the order a user should write them. The JSON Schema is made of
/// these types, and the reader takes the names it allows from them, so that the two cannot differ.
/// </summary>
internal static class PolicyShapes
{
    internal const string Name = @"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    internal const string Duration = @"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$";

    private const string Days = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?";

    internal const string When =
        $@"^({Days}(,{Days})*( \d\d:\d\d-\d\d:\d\d)?|\d\d:\d\d-\d\d:\d\d|\d{{4}}-\d\d-\d\d/\d{{4}}-\d\d-\d\d|\d{{4}}-\d\d-\d\dT\d\d:\d\d/\d{{4}}-\d\d-\d\dT\d\d:\d\d)$";

    private const string Local = @"^\d{4}-\d\d-\d\dT\d\d:\d\d$";

    internal sealed record Metadata
    {
        [Description("Name of the policy; others refer to it.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("Whom to ask.")]
        public string? Owner { get; init; }
    }

    internal sealed record Workload
    {
        [Description("Which resources belong to it. Everything given must hold.")]
        public required Selection Select { get; init; }

        [Description("Name of another Workload whose mode holds when none is given here. A Workload without select is a base that others extend.")]
        public string? Extends { get; init; }

        [Description("observe: decide and explain, but change nothing; act: carry decisions out. Default: observe.")]
        [AllowedValues("observe", "act")]
        public string? Mode { get; init; }

        [Description("auto: by a floor under Azure's own autoscale where that is on, directly elsewhere; direct; steer: only by such a floor. Default: auto.")]
        [AllowedValues("auto", "direct", "steer")]
        public string? Actuator { get; init; }

        [Description("Whether budgets leave it what its forecast needs, and do not stop it. Default: false.")]
        public bool? Critical { get; init; }
    }

    internal sealed record Selection
    {
        [Description("vmss (virtual machine scale sets), plan (App Service plans), vm (virtual machines), the name of a ResourceKind, or the ARM type.")]
        public string? Type { get; init; }

        [Description("Name of the resource itself.")]
        public string? Name { get; init; }

        public string? ResourceGroup { get; init; }

        [Description("Subscription id.")]
        [RegularExpression(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
        public string? Subscription { get; init; }

        [Description("Id of a management group, at any height above the resource.")]
        [RegularExpression(@"^[A-Za-z0-9_().-]{1,90}$")]
        public string? ManagementGroup { get; init; }

        [Description("Azure region without blanks, such as westeurope.")]
        [RegularExpression(@"^[A-Za-z0-9]{1,90}$")]
        public string? Region { get; init; }

        [Description("Tags the resource must have, each with one of the values.")]
        public IReadOnlyDictionary<string, TagValues>? Tags { get; init; }

        [Description("Each of these must hold too.")]
        public IReadOnlyList<Selection>? All { get; init; }

        [Description("One of these must hold.")]
        public IReadOnlyList<Selection>? Any { get; init; }

        [Description("None of these may hold.")]
        public IReadOnlyList<Selection>? Not { get; init; }
    }

    /// <summary>One text or a list of them.</summary>
    internal sealed record TagValues;

    /// <summary>A share written <c>10%</c> or <c>0.1</c>.</summary>
    internal sealed record Share;

    internal sealed record HorizontalScaling
    {
        [Description("Name of the workload. A policy without one is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("A preset (presets/strict, presets/balanced, presets/thrifty) or the name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        public required Instances Instances { get; init; }

        [Description("Pace of adding instances.")]
        public Direction? ScaleOut { get; init; }

        [Description("Pace of removing instances.")]
        public Direction? ScaleIn { get; init; }

        [Description("Higher minimums for times.")]
        public IReadOnlyList<Floor>? Floors { get; init; }

        [Description("How long a new instance takes to carry its share, such as 3m; nothing is lowered that long. Default: 0s.")]
        [RegularExpression(Duration)]
        public string? WarmUp { get; init; }

        [Description("Most changes in any 24 hours; at most half of them lower.")]
        [Range(HorizontalScalingBinding.FewestActions, HorizontalScalingBinding.MostActions)]
        public int? MaxActionsPerDay { get; init; }
    }

    internal sealed record Floor
    {
        [Description("Such as 'Mon-Fri 07:30-19:00', 'Sat,Sun', '2026-12-24/2026-12-26' or '2026-11-27T00:00/2026-11-30T23:59'.")]
        [RegularExpression(PolicyShapes.When)]
        public required string When { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public required int Minimum { get; init; }

        [Description("iCalendar file (.ics) of the days on which it does not begin.")]
        public string? ExceptOn { get; init; }

        public string? Reason { get; init; }
    }

    internal sealed record Instances
    {
        [Description("0 only with 'follow: schedule': without instances there is no load to read.")]
        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public required int Minimum { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public required int Maximum { get; init; }

        [Description("Raise to this many while the load cannot be read. Default: hold.")]
        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? WhenBlind { get; init; }

        [Description("load: as LoadBasedScaling says, else only the bounds count; schedule: the minimum in force, floors included, at any time. Default: load.")]
        [AllowedValues("load", "schedule")]
        public string? Follow { get; init; }

        [Description("What may be lost at any moment without the rest being above its targets. A minimum of 2 is needed then.")]
        [AllowedValues("instance", "zone")]
        public string? SurviveLossOf { get; init; }
    }

    internal sealed record Direction
    {
        [Description("How long the need must last, such as 5m.")]
        [RegularExpression(Duration)]
        public string? Stabilization { get; init; }

        [Description("Least time after a change, such as 5m.")]
        [RegularExpression(Duration)]
        public string? Cooldown { get; init; }

        [Description("Largest change in a period.")]
        public Rate? AtMost { get; init; }
    }

    internal sealed record Rate
    {
        [Description("Share of the count at the start of the period.")]
        [Range(double.Epsilon, 1000)]
        public double? Percent { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? Instances { get; init; }

        [AllowedValues("larger", "smaller")]
        public string? Choose { get; init; }

        [RegularExpression(Duration)]
        public string? Per { get; init; }
    }

    internal sealed record Guardrails
    {
        [Description("Names of the workloads they bound. Default: all.")]
        public IReadOnlyList<string>? Workloads { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? MaximumInstances { get; init; }

        [Range(HorizontalScalingBinding.FewestActions, HorizontalScalingBinding.MostActions)]
        public int? MaxActionsPerDay { get; init; }

        [Description("Percent of the instances of the fleet, a subscription or a region that unexpected lowerings may take away within an hour. Default: 30.")]
        [Range(1, 100)]
        public int? MaxLoweredPercentPerHour { get; init; }

        [Description("Kinds of policies that may be written.")]
        [AllowedValues(HorizontalScalingBinding.Kind, LoadBasedScalingBinding.Kind, PredictiveScalingBinding.Kind, VerticalScalingBinding.Kind, ResourceRightsizingBinding.Kind, UsageOptimizationBinding.Kind)]
        public IReadOnlyList<string>? Kinds { get; init; }

        [Description("Names of the declared kinds of resources that may be acted on. Kinds that none lists are only recommended.")]
        public IReadOnlyList<string>? ResourceKinds { get; init; }

        [Description("observe: nothing is carried out, whatever workloads say.")]
        [AllowedValues("observe", "act")]
        public string? Mode { get; init; }

        [Description("Sizes of which instances may be added, such as Standard_D4s_v5 or Standard_D*. Default: any.")]
        public IReadOnlyList<string>? Skus { get; init; }

        [Description("Regions in which instances may be added, such as westeurope. Default: any.")]
        public IReadOnlyList<string>? Regions { get; init; }

        [Description("What all resources of these workloads may have together.")]
        public Fleet? Fleet { get; init; }

        [Description("What an instance costs an hour, as you pay it; needed for fleet.spendPerHour. Sizes that are not listed have Azure's retail price.")]
        public Prices? Prices { get; init; }

        [Description("In which order a changed set of policies comes to count for the resources. Default: for all of them at once.")]
        public RingOrder? Rollout { get; init; }
    }

    internal sealed record RingOrder
    {
        [Description("The first ones, in their order; after the last of them a set counts for all.")]
        public required IReadOnlyList<Ring> Rings { get; init; }

        [Description("When a ring does well. A set that does not goes back to the one before it.")]
        public Criteria? Criteria { get; init; }
    }

    internal sealed record Ring
    {
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("Which resources: as in a Workload. Either this or share.")]
        public Selection? Select { get; init; }

        [Description("Which part of all resources, such as 25%; those of the rings before it are in it as well.")]
        public Share? Share { get; init; }

        [Description("How long a set must do well for the ring, from 5m to 14d. Default: 4h.")]
        [RegularExpression(Duration)]
        public string? Soak { get; init; }
    }

    internal sealed record Criteria
    {
        [Description("Resources with an action that failed for a reason that does not pass by itself. Default: 0.")]
        public Tally? Failed { get; init; }

        [Description("Resources on which what was asked for did not come about, or had to be taken back. Default: 0.")]
        public Tally? Breached { get; init; }

        [Description("Resources that the set cannot decide on for sure. Default: 10%.")]
        public Tally? Doubtful { get; init; }

        [Description("Resources that came into quarantine. Default: 0.")]
        public Tally? Quarantined { get; init; }

        [Description("Actions that must have ended before the set counts for more. Default: none.")]
        [Range(1, RingsBinding.MostResources)]
        public int? MinimumActions { get; init; }
    }

    /// <summary>A number of resources, or a share of them written <c>5%</c>.</summary>
    internal sealed record Tally;

    internal sealed record Fleet
    {
        [Range(1, 10_000_000)]
        public int? MaximumInstances { get; init; }

        [Description("In the currency of the prices.")]
        [Range(double.Epsilon, 1e9)]
        public double? SpendPerHour { get; init; }
    }

    internal sealed record Prices
    {
        [Description("Three capital letters, such as EUR.")]
        [RegularExpression("^[A-Z]{3}$")]
        public required string Currency { get; init; }

        [Description("The day the prices are of, such as 2026-11-01; needed with perHour.")]
        [RegularExpression(@"^\d{4}-\d\d-\d\d$")]
        public string? AsOf { get; init; }

        [Description("By size, or by the beginning of a size followed by *.")]
        public IReadOnlyDictionary<string, double>? PerHour { get; init; }
    }

    internal sealed record ChangeCalendar
    {
        [Description("Names of the workloads it holds. Default: all.")]
        public IReadOnlyList<string>? Workloads { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        public required IReadOnlyList<Freeze> Freezes { get; init; }
    }

    internal sealed record Freeze
    {
        [Description("Such as 'Mon-Fri 07:30-19:00', 'Sat,Sun', '2026-12-24/2026-12-26' or '2026-11-27T00:00/2026-11-30T23:59'.")]
        [RegularExpression(PolicyShapes.When)]
        public required string When { get; init; }

        public string? TimeZone { get; init; }

        public required string Reason { get; init; }

        [Description("What is held back. Default: scaleIn.")]
        [AllowedValues("scaleIn", "everything")]
        public string? Holds { get; init; }

        [Description("Lifted in an emergency.")]
        public BreakGlass? BreakGlass { get; init; }
    }

    internal sealed record BreakGlass
    {
        public required string By { get; init; }

        public required string Reason { get; init; }

        [RegularExpression(Local)]
        public required string Until { get; init; }
    }

    internal sealed record PolicyTest
    {
        [Description("What every case begins with; a case changes what it names itself.")]
        public Given? Given { get; init; }

        public required IReadOnlyList<Case> Cases { get; init; }
    }

    internal sealed record Case
    {
        public required string Name { get; init; }

        public Given? Given { get; init; }

        [Description("When it is decided, and what is seen then.")]
        public required Moment When { get; init; }

        [Description("What must come of it. At least one of these.")]
        public required Then Then { get; init; }
    }

    internal sealed record Given
    {
        public GivenTarget? Target { get; init; }

        [Description("Instances there are.")]
        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public int? Instances { get; init; }

        [Description("Changes made before.")]
        public IReadOnlyList<Change>? Changes { get; init; }

        public bool? Paused { get; init; }
    }

    /// <summary>The target as the inventory would show it; what is left out has a usual value.</summary>
    internal sealed record GivenTarget
    {
        public string? Name { get; init; }

        [Description("vmss, or the ARM type.")]
        public string? Type { get; init; }

        public string? ResourceGroup { get; init; }

        public string? Subscription { get; init; }

        public string? Region { get; init; }

        public string? Sku { get; init; }

        public IReadOnlyDictionary<string, string>? Tags { get; init; }
    }

    internal sealed record Change
    {
        [RegularExpression(Duration)]
        public required string Ago { get; init; }

        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public required int From { get; init; }

        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public required int To { get; init; }
    }

    internal sealed record Moment
    {
        [RegularExpression(Local)]
        public required string At { get; init; }

        [Description("IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Description("How long the signals have been as they are, such as 10m; at most a day.")]
        [RegularExpression(Duration)]
        public string? For { get; init; }

        [Description("By name: a value, missing, stale or suspiciousZero. What is not named cannot be read.")]
        public IReadOnlyDictionary<string, SignalValue>? Signals { get; init; }
    }

    /// <summary>A number, or a word for what a signal cannot say.</summary>
    internal sealed record SignalValue;

    internal sealed record Then
    {
        [Description("Instances asked for afterwards.")]
        [Range(0, HorizontalScalingBinding.MaximumInstances)]
        public int? Instances { get; init; }

        [AllowedValues("scale-out", "scale-in", "unchanged", "held")]
        public string? Outcome { get; init; }

        [Description("The guard that holds it back, such as CooldownGuard.")]
        [RegularExpression(PolicyShapes.Name)]
        public string? HeldBy { get; init; }

        [Description("What the reason must contain.")]
        public string? Because { get; init; }
    }
}
