using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Tests.Builders;

/// <summary>Findings that may be carried out, and the policy that asks for it.</summary>
internal static class SomeFinding
{
    public static ResourceRightsizingPolicy Policy(SizeMode mode = SizeMode.Act, SizeWindow? window = null) => new()
    {
        Name = "sizes",
        Workload = "shop",
        Mode = mode,
        Window = window,
        Guard = SomeSizes.Guard,
        Source = Some.Source,
    };

    /// <summary>Found at noon: ten of the middle size should be ten of the small one.</summary>
    public static KeptFinding Kept(string toSize = SomeSizes.Small, int toInstances = 10, bool followsLoad = false) => new()
    {
        Id = "rs-0123456789",
        At = Some.Noon,
        Size = SomeSizes.Middle,
        Instances = 10,
        ToSize = toSize,
        ToInstances = toInstances,
        FollowsLoad = followsLoad,
        Risk = RiskLevel.Low,
        ConfidenceDays = 13.9,
        SavingLow = new Money(500, "USD"),
        SavingHigh = new Money(839.5m, "USD"),
        PriceNow = new Money(0.23m, "USD"),
        PriceThen = new Money(0.115m, "USD"),
        JudgedBy = Policy().JudgedBy,
        Why = "P95 of 14 days: 8 of 40 cores",
    };

    /// <summary>As the daily look keeps it.</summary>
    public static RightsizingRecord Record(KeptFinding finding) => new()
    {
        Id = Some.Id().Value,
        Name = "web",
        ResourceGroup = "shop",
        Subscription = "s-1",
        Region = "westeurope",
        Size = finding.Size,
        Instances = finding.Instances,
        At = finding.At,
        Policy = "sizes",
        Verdict = finding.SavingHigh.Amount < 0 ? RightsizingVerb.Raise : RightsizingVerb.Save,
        Why = finding.Why,
        Finding = finding.Id,
        FollowsLoad = finding.FollowsLoad,
        ToSize = finding.ToSize,
        ToInstances = finding.ToInstances,
        SavingLow = finding.SavingLow,
        SavingHigh = finding.SavingHigh,
        PriceNow = finding.PriceNow,
        PriceThen = new Money(0.0575m * SomeSizes.Offers[finding.ToSize].Cores, "USD"),
        JudgedBy = finding.JudgedBy,
        Risk = finding.Risk,
        ConfidenceDays = finding.ConfidenceDays,
    };

    public static FindingReading Reading(KeptFinding? finding = null, decimal now = 0.23m, decimal then = 0.115m) =>
        new FindingReading.Found(finding ?? Kept(), Price(now), Price(then));

    public static PriceReading Price(decimal perHour) => new PriceReading.Known(new Price(new Money(perHour, "USD"), PriceBasis.Retail, SomeFleet.Today, ""));

    /// <summary>An hour after it was found, and nothing was done yet.</summary>
    public static FindingContext Context(FindingReading? reading = null) =>
        new(reading ?? Reading(), Policy(), "web", SomeSizes.Middle, 10, SizeHistory.Empty, Some.At(60));
}
