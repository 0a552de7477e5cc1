using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ScaleFunctions.Core.Policies.Schemas;

/// <summary>What <c>kind: CostMonitoring</c> looks like.</summary>
internal static class CostMonitoringShapes
{
    internal sealed record CostMonitoring
    {
        [Description("Parts of the estate whose spend is told by itself. Default: each subscription.")]
        public IReadOnlyList<CostScope>? Scopes { get; init; }

        [Description("ISO 4217 code that is counted in. It has to be the one you are billed in: nothing is converted. Default: USD.")]
        [RegularExpression(CostMonitoringBinding.CurrencyPattern)]
        public string? Currency { get; init; }

        [Description("What is billed is told as billed; what is not billed yet - retail: at the prices, declared or of the list; negotiated: as earlier bills corrected those; amortised: the same, reservations spread over what uses them. Default: negotiated.")]
        [AllowedValues("retail", "negotiated", "amortised")]
        public string? Basis { get; init; }

        [Description("More than usual at the same hour by this is told, with its cause.")]
        public CostBand? Anomaly { get; init; }
    }

    internal sealed record CostScope
    {
        [Description("As it is told.")]
        [RegularExpression(PolicyShapes.Name)]
        public required string Name { get; init; }

        [Description("Subscription id. Without it and managementGroup: each subscription by itself.")]
        [RegularExpression(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
        public string? Subscription { get; init; }

        [Description("Resource group in that subscription.")]
        public string? ResourceGroup { get; init; }

        [Description("Id of a management group.")]
        [RegularExpression(@"^[A-Za-z0-9_().-]{1,90}$")]
        public string? ManagementGroup { get; init; }

        [Description("Only what carries all these tags, each with one of the values.")]
        public IReadOnlyDictionary<string, PolicyShapes.TagValues>? Tags { get; init; }
    }

    internal sealed record CostBand
    {
        [Description("Part of the usual. Default: 30%.")]
        public PolicyShapes.Share? Above { get; init; }

        [Description("Amount an hour. Default: 1.")]
        [Range(double.Epsilon, CostMonitoringBinding.MostPerHour)]
        public double? PerHour { get; init; }
    }
}
