using ScaleFunctions.App.Commands.Rightsizing;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Advisories;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Sizes;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Commands;

/// <summary>
/// The page of <c>rightsize --format markdown</c>, of a week in which nothing changed, so that every figure can be checked by hand:
/// buckets end 5 % higher at most, a fifth stays free, one instance may be lost, 0.0575 USD a core and hour, 730 hours a month.
/// </summary>
public sealed class RightsizePageTests
{
    private const double Gib = 1024.0 * 1024 * 1024;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// <c>large</c>: 10 × 4 cores at 20 % are 8; D2 costs half. <c>tight</c>: 3 × 4 cores at 45 % are 5.4, 4 are left of a size less.
    /// <c>young</c>: a day of seven. The file is golden: UPDATE_GOLDEN=1 rewrites it.
    /// </summary>
    [Fact]
    public void A_team_lead_reads_what_to_change_and_why_the_rest_stays()
    {
        var view = RightsizeView.Of([Found("large", 10, 20, 12), Found("tight", 3, 45, 6), Found("young", 4, 20, 12, days: 1)], [], Now, "shop");
        var page = RightsizePage.Of(view).ReplaceLineEndings("\n") + "\n";
        var golden = Path.Combine(Repository.Root, "tests", "App.Tests", "Commands", "Golden", "rightsize.md");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, page);
        }

        Assert.Equal(File.ReadAllText(golden), page);
    }

    private static RightsizingFinding Found(string name, int instances, double percent, double freeGib, int days = 7)
    {
        var sizes = new[] { Size("Standard_D2s_v5", 2, 8), Size("Standard_D4s_v5", 4, 16), Size("Standard_D8s_v5", 8, 32) }.ToDictionary(size => size.Name);
        return RightsizingRule.Judge(new RightsizingFacts
        {
            Target = new ObservedTarget
            {
                Id = ScaleSetSpec.IdOf(EstateSpec.DefaultSubscription, "shop", name),
                Region = "westeurope",
                Sku = "Standard_D4s_v5",
                Capacity = instances,
                IsUpdating = false,
                Tags = new TargetTags.Known(new Dictionary<string, string>()),
                ReadAt = Now,
            },
            Policy = ResourceRightsizingPolicy.Usual,
            Now = Now,
            Processors = Series(TimeSpan.FromMinutes(1), days, percent, instances),
            Memory = Series(TimeSpan.FromHours(1), days, freeGib * Gib, 60 * instances),
            Size = new SizeReading.Read("Standard_D4s_v5", RollOutMode.ByHand, [], new SizeNeeds()),
            Sizes = new FactReading<IReadOnlyDictionary<string, SizeOffer>>.Known(sizes, Now),
            Quotas = new FactReading<IReadOnlyList<QuotaUsage>>.Known([new QuotaUsage(QuotaUsage.AllCores, 40, 1000), new QuotaUsage("standardDSv5Family", 40, 1000)], Now),
            Reservations = new FactReading<IReadOnlyList<Reservation>>.Known([], Now),
            Prices = sizes.Values.ToDictionary(size => size.Name, size => (PriceReading)new PriceReading.Known(
                new Price(new Money(0.0575m * size.Cores, "USD"), PriceBasis.Retail, new DateOnly(2026, 3, 2), ""))),
        });
    }

    private static MetricSeries.Received Series(TimeSpan grain, int days, double value, double count) =>
        new([.. Enumerable.Range(1, (int)(TimeSpan.FromDays(days) / grain)).Reverse().Select(ago => new MetricPoint(Now - (ago * grain), value, count))]);

    private static SizeOffer Size(string name, int cores, double memory) => new(name, "standardDSv5Family", cores) { MemoryGiB = memory };
}
