using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Tests.Backtests.Peers;

public sealed class PeerCatalogueTests
{
    private static readonly DemandSeries Daily = DemandSeries.Scale("daily", Waves.Daily(8), 20);

    [Fact]
    public void Every_peer_is_in_the_catalogue() => Assert.Equal(
        typeof(PeerCatalogue).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PeerCatalogue).Namespace && type.IsAssignableTo(typeof(IFleetPolicy)))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
        PeerCatalogue.All.Concat(PeerCatalogue.Calmer).Select(peer => peer.Create(Daily).GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void No_name_is_there_twice()
    {
        var names = ScoredPolicies.All.Select(policy => policy.Name).Append(PeerCatalogue.Oracle).ToArray();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void A_run_leaves_nothing_behind_for_the_next() =>
        Assert.All(ScoredPolicies.All, policy => Assert.Equal(Replay(policy).Billed, Replay(policy).Billed));

    private static FleetCourse Replay(ScoredPolicy policy) => FleetReplay.Run(Daily, policy.Create(Daily), TestContext.Current.CancellationToken);
}
