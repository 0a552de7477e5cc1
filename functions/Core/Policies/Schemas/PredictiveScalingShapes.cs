using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: PredictiveScaling</c> looks like.</summary>
internal static class PredictiveScalingShapes
{
    internal sealed record PredictiveScaling
    {
        [Description("Name of the workload, which needs a LoadBasedScaling policy with a target. A policy without a workload is a base that others extend.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Workload { get; init; }

        [Description("A preset (presets/strict, presets/balanced, presets/thrifty) or the name of another such policy; what stands here goes before it.")]
        public string? Extends { get; init; }

        [Description("forecastOnly: make, score and show forecasts; act: raise ahead of the load too, once they have proved good. Default: forecastOnly.")]
        [AllowedValues("forecastOnly", "act")]
        public string? Mode { get; init; }

        [Description("The signal whose load is forecast. Default: the first one with a target.")]
        [RegularExpression(PolicyShapes.Name)]
        public string? Signal { get; init; }

        [Description("How surely the load is carried: strict (98 of 100 times), balanced (90), thrifty (75), or in numbers. Default: balanced.")]
        public Risk? Risk { get; init; }

        [Description("Time from asking for an instance until it serves: measured (default), or fixed, from 1m to 2h.")]
        [RegularExpression(@"^(measured|(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?)$")]
        public string? Lead { get; init; }

        [Description("iCalendar file (.ics) of days that are not like others: nothing is learned of them, and nothing raised on them.")]
        public string? ExceptOn { get; init; }

        [Description("By which clock these days begin: IANA name, such as Europe/Zurich. Default: UTC.")]
        public string? TimeZone { get; init; }

        [Description("A maximum above that of HorizontalScaling, in force only while the forecast asks for it, within the guardrails.")]
        [Range(1, HorizontalScalingBinding.MaximumInstances)]
        public int? RaiseMaximumTo { get; init; }
    }

    /// <summary>One of these; or one word, which the schema adds.</summary>
    internal sealed record Risk
    {
        [Description("Probability that the load stays below what is prepared for, 0.5 to 0.999.")]
        [Range(double.Epsilon, ForecastRisk.Highest)]
        public double? Quantile { get; init; }

        [Description("Minutes of a month in which the load may be above what is prepared for.")]
        [Range(double.Epsilon, ForecastRisk.MostMinutes)]
        public double? MinutesShortPerMonth { get; init; }
    }
}
