using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>
/// What policy files look like: the fields of each group, in the order a user should write them. The JSON Schema is made of
/// these types, and the reader takes the names it allows from them, so that the two cannot differ.
/// </summary>
internal static class PolicyShapes
{
    private const string Name = @"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    private const string Duration = @"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$";

    private const string Days = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)(-(Mon|Tue|Wed|Thu|Fri|Sat|Sun))?";

    private const string When =
        $@"^({Days}(,{Days})*( \d\d:\d\d-\d\d:\d\d)?|\d\d:\d\d-\d\d:\d\d|\d{{4}}-\d\d-\d\d/\d{{4}}-\d\d-\d\d|\d{{4}}-\d\d-\d\dT\d\d:\d\d/\d{{4}}-\d\d-\d\dT\d\d:\d\d)$";

    private const string Moment = @"^\d{4}-\d\d-\d\dT\d\d:\d\d$";

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

        [Description("observe: decide and explain, but change nothing; act: carry decisions out. Default: observe.")]
        [AllowedValues("observe", "act")]
        public string? Mode { get; init; }
    }

    internal sealed record Selection
    {
        [Description("vmss (virtual machine scale sets), plan (App Service plans), or the ARM type.")]
        public string? Type { get; init; }

        public string? ResourceGroup { get; init; }

        [Description("Subscription id.")]
        [RegularExpression(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
        public string? Subscription { get; init; }

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
        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public required int Minimum { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public required int Maximum { get; init; }

        [Description("Raise to this many while the load cannot be read. Default: hold.")]
        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? WhenBlind { get; init; }
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

    internal sealed record LoadBasedScaling
    {
        [Description("Name of the workload. A policy without one is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("A preset (presets/strict, presets/balanced, presets/thrifty) or the name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        public required IReadOnlyList<Signal> Signals { get; init; }

        [Description("Values to keep signals at. This, steps, or both.")]
        public IReadOnlyList<Tracking>? TargetTracking { get; init; }

        [Description("Add or remove instances when a signal crosses a value.")]
        public IReadOnlyList<Step>? Steps { get; init; }

        [Description("Nothing is scaled in while one of these is up or cannot be read.")]
        public IReadOnlyList<Veto>? Veto { get; init; }

        [Description("Tolerance of every entry that has none of its own. Default: 10%.")]
        public Tolerance? Tolerance { get; init; }
    }

    internal sealed record Signal
    {
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("Name of a metric in Azure Monitor, such as Percentage CPU.")]
        public required string Metric { get; init; }

        [Description("Span of samples that are averaged. Default: 3m.")]
        [RegularExpression(Duration)]
        public string? Window { get; init; }

        [Description("Value from which on it hides how much is wanted, so that the count jumps. Default: 98 of a percentage.")]
        [Range(double.Epsilon, 1e12)]
        public double? SaturatedAt { get; init; }

        [Description("Age beyond which the newest sample does not count. Default: 8m.")]
        [RegularExpression(Duration)]
        public string? MaximumAge { get; init; }
    }

    internal sealed record Step
    {
        [Description("Name of a signal of this policy.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Signal { get; init; }

        [Description("With add: above this value.")]
        [Range(double.Epsilon, 1e12)]
        public double? Above { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? Add { get; init; }

        [Description("With remove: below this value.")]
        [Range(double.Epsilon, 1e12)]
        public double? Below { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? Remove { get; init; }
    }

    internal sealed record Veto
    {
        [Description("Name of a signal of this policy.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Signal { get; init; }

        [Description("Nothing is scaled in above this value.")]
        [Range(double.Epsilon, 1e12)]
        public required double Above { get; init; }
    }

    internal sealed record Tracking
    {
        [Description("Name of a signal of this policy.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Signal { get; init; }

        [Description("The value to keep, in the unit of the metric.")]
        [Range(double.Epsilon, 1e12)]
        public required double Target { get; init; }

        public Tolerance? Tolerance { get; init; }
    }

    /// <summary>Per direction; or one share for both, which the schema adds.</summary>
    internal sealed record Tolerance
    {
        public Share? Out { get; init; }

        public Share? In { get; init; }
    }

    internal sealed record Guardrails
    {
        [Description("Names of the workloads they bound. Default: all.")]
        public IReadOnlyList<string>? Workloads { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? MaximumInstances { get; init; }

        [Range(HorizontalScalingBinding.FewestActions, HorizontalScalingBinding.MostActions)]
        public int? MaxActionsPerDay { get; init; }

        [Description("Kinds of policies that may be written.")]
        [AllowedValues(HorizontalScalingBinding.Kind, LoadBasedScalingBinding.Kind)]
        public IReadOnlyList<string>? Kinds { get; init; }

        [Description("observe: nothing is carried out, whatever workloads say.")]
        [AllowedValues("observe", "act")]
        public string? Mode { get; init; }
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

        [RegularExpression(Moment)]
        public required string Until { get; init; }
    }
}
