using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: LoadBasedScaling</c> looks like.</summary>
internal static class LoadBasedScalingShapes
{
    internal const string Account = "^[a-z0-9]{3,24}$";

    internal const string Queue = "^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$";

    internal const string Combination = @"^(average|minimum|maximum|p[1-9][0-9]?(\.[0-9]{1,3})?)$";

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

        [Description("What is wanted while a signal cannot be read, for every signal that does not say it itself. Default: hold.")]
        public MissingData? MissingData { get; init; }
    }

    internal sealed record Signal
    {
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("Name of a metric in Azure Monitor, such as Percentage CPU.")]
        public string? Metric { get; init; }

        [Description("Namespace of a guest or custom metric. Default: the type of the resource.")]
        public string? Namespace { get; init; }

        [Description("Which number of each minute counts. Default: average.")]
        [AllowedValues("average", "minimum", "maximum", "total", "count")]
        public string? Aggregation { get; init; }

        [Description("Only these values of the metric's dimensions; \"*\" reads each value by itself.")]
        public IReadOnlyDictionary<string, PolicyShapes.TagValues>? Dimensions { get; init; }

        [Description("How the values of single instances make one, with a dimension \"*\" of instances: average, minimum, maximum or a percentile such as p95. Default: average.")]
        [RegularExpression(Combination)]
        public string? PerInstance { get; init; }

        [Description("Id of another resource whose metric it is.")]
        [StringLength(SignalSourceBinding.LongestId)]
        public string? Resource { get; init; }

        [Description("Where the other resource is. Default: where the target is.")]
        [RegularExpression("^[A-Za-z0-9]{1,90}$")]
        public string? Region { get; init; }

        [Description("A storage queue: its length, or the age of its oldest message.")]
        public QueueOfAccount? Queue { get; init; }

        [Description("A log query (KQL) whose first number counts.")]
        [StringLength(SignalSourceBinding.LongestQuery)]
        public string? Query { get; init; }

        [Description("Id of the Log Analytics workspace of the query.")]
        public string? Workspace { get; init; }

        [Description("Calculated from other signals, such as (requests / 40) ?? (cpu * 2).")]
        public string? Formula { get; init; }

        [Description("What the number is: perInstance, or a total that is divided by the instances.")]
        [AllowedValues("perInstance", "total")]
        public string? Measures { get; init; }

        [Description("Span of samples that are averaged. Default: 3m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? Window { get; init; }

        [Description("Value from which on it hides how much is wanted, so that the count jumps. Default: 98 of a percentage.")]
        [Range(double.Epsilon, 1e12)]
        public double? SaturatedAt { get; init; }

        [Description("Age beyond which the newest sample does not count. Default: 8m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? MaximumAge { get; init; }

        [Description("usual: exactly zero is an ordinary value, as of errors. Default: suspicious, which takes a zero right after being busy for a broken source.")]
        [AllowedValues("suspicious", "usual")]
        public string? Zero { get; init; }

        [Description("What is wanted while it cannot be read. Default: that of the policy.")]
        public MissingData? MissingData { get; init; }
    }

    internal sealed record QueueOfAccount
    {
        [RegularExpression(LoadBasedScalingShapes.Account)]
        public required string Account { get; init; }

        [RegularExpression(Queue)]
        public required string Name { get; init; }

        [Description("Messages that wait, or how long the oldest has waited. Default: length.")]
        [AllowedValues("length", "age")]
        public string? Measure { get; init; }
    }

    /// <summary>Or one word, which the schema adds.</summary>
    internal sealed record MissingData
    {
        [Description("Default: static.")]
        [AllowedValues("hold", "static", "currentInstances", "currentInstancesIfHigher", "currentInstancesIfLower")]
        public string? Behavior { get; init; }

        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? Instances { get; init; }

        [Description("How long the signal must have been unreadable. Default: 3m.")]
        [RegularExpression(PolicyShapes.Duration)]
        public string? After { get; init; }
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
        public PolicyShapes.Share? Out { get; init; }

        public PolicyShapes.Share? In { get; init; }
    }
}
