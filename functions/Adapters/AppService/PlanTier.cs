using System.Globalization;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>What a pricing tier says about the number of instances a plan may have.</summary>
/// <remarks>
/// The numbers are those of "App Service limits" in Azure's documentation of service limits. A newer Premium must not wait for
/// a release of ours, so the name of its version does not count, and what the plan says of itself goes before this table.
/// </remarks>
internal static class PlanTier
{
    private const int OfBasic = 3;
    private const int OfStandard = 10;
    private const int OfPremium = 30;

    /// <summary>The most instances of the tier, or nothing when its count is not ours to change.</summary>
    public static int? MostInstances(string tier) => tier.ToUpperInvariant() switch
    {
        "BASIC" => OfBasic,
        "STANDARD" => OfStandard,
        "PREMIUM" => OfPremium,

        // PremiumV2, PremiumV3, Premium0V3 (that of P0v3), PremiumMV3, … but not PremiumContainer.
        ['P', 'R', 'E', 'M', 'I', 'U', 'M', .. var version] when IsVersion(version) => OfPremium,
        _ => null,
    };

    /// <summary>Why nobody but Azure changes the number of instances in a tier that has no fixed one.</summary>
    public static string WhyLeftAlone(string tier) => tier.ToUpperInvariant() switch
    {
        "FREE" or "SHARED" => $"the tier {tier} has no instances of its own",
        "DYNAMIC" or "FLEXCONSUMPTION" => $"a consumption plan ({tier}) scales by itself",
        "ELASTICPREMIUM" or "WORKFLOWSTANDARD" => $"an elastic plan ({tier}) scales by itself",
        _ => string.Create(CultureInfo.InvariantCulture, $"nothing is known here about the tier '{tier}'"),
    };

    private static bool IsVersion(string text) => text switch
    {
        ['V', .. var version] => IsNumber(version),
        ['M', 'V', .. var version] => IsNumber(version),
        [var size, 'V', .. var version] => char.IsAsciiDigit(size) && IsNumber(version),
        _ => false,
    };

    private static bool IsNumber(string text) => text.Length is 1 or 2 && text.All(char.IsAsciiDigit);
}
