using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Findings of every verdict, with round amounts.</summary>
internal static class SampleFindings
{
    public static IReadOnlyList<RightsizingRecord> All(DateTimeOffset at) =>
    [
        Change("web", at, "Standard_D8s_v5", 6, "Standard_D4s_v5", 6, 700, 1007.4m, RiskLevel.Low) with { WhyNotActed = null },
        Change("api", at, "Standard_D4s_v5", 4, "Standard_D2s_v5", 5, 100, 251.85m, RiskLevel.Medium) with { Risks = ["the highest minute took 11.2 cores, and there would be 10"] },
        Change("search", at, "Standard_E8s_v5", 3, "Standard_E16s_v5", 3, -1103.76m, -1103.76m, RiskLevel.Low) with { Verdict = RightsizingVerb.Raise, Why = "P95 of 14 days: 21.4 of 24 cores (bursts 24) and 61 of 64 GiB an instance" },
        Change("old-mail", at, "Standard_D4s_v5", 2, "Standard_D2s_v5", 2, 0, 167.9m, RiskLevel.High) with { Verdict = RightsizingVerb.Suppressed, Why = "suppressed until 2026-03-31: replaced by the end of March", SuppressedUntil = new DateOnly(2026, 3, 31) },
        Plain("ledger", at, RightsizingVerb.Keep, "it fits") with { ConfidenceDays = 13.9 },
        Plain("trial", at, RightsizingVerb.NotJudged, "no memory metric: it has no values") with { NotJudged = NotJudgedReason.NoMemoryMetric },
    ];

    public static RightsizingRecord Change(string name, DateTimeOffset at, string size, int instances, string toSize, int toInstances, decimal low, decimal high, RiskLevel risk) =>
        Plain(name, at, RightsizingVerb.Save, $"P95 of 14 days: 5.88 of {instances * 8} cores (bursts 8.1) and 6.2 of 32 GiB an instance; with headroom 7.35 cores and 7.75 GiB are needed") with
        {
            Finding = $"rs-{name}",
            Size = size,
            Instances = instances,
            ToSize = toSize,
            ToInstances = toInstances,
            ToMeanInstances = toInstances,
            SavingLow = new Money(low, "USD"),
            SavingHigh = new Money(high, "USD"),
            PriceBasis = PriceBasis.Retail,
            PricesAsOf = new DateOnly(2026, 1, 4),
            Risk = risk,
            ConfidenceDays = 13.9,
        };

    public static RightsizingRecord Plain(string name, DateTimeOffset at, RightsizingVerb verdict, string why) => new()
    {
        Id = World.IdOf(name).Value,
        Name = name,
        ResourceGroup = "shop",
        Subscription = "s",
        Region = "westeurope",
        Size = "Standard_D4s_v5",
        Instances = 4,
        At = at,
        Policy = "sizes",
        Verdict = verdict,
        Why = why,
        WhyNotActed = "the policy has 'mode: recommend'",
    };
}
