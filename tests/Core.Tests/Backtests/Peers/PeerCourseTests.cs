using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Backtests.Peers;

namespace ScaleFunctions.Core.Tests.Backtests.Peers;

/// <summary>
/// What each peer does with a made-up load. The numbers were taken when the peers equalled the yardstick on every
/// recorded series; they hold where those series are not at hand. <c>UPDATE_GOLDEN=1</c> rewrites them.
/// </summary>
public sealed class PeerCourseTests
{
    private const string Golden = "Backtests/Peers/Golden/busy.csv";

    [Fact]
    public void Peers_do_on_a_made_up_load_what_they_did()
    {
        var card = new Scorecard(DemandSeries.Scale("busy", Waves.Busy(16), 20));

        // The variants of the reference policy differ in their settings only; the slow ones are left to the yardstick's test.
        var policies = PeerCatalogue.All.Concat(PeerCatalogue.Calmer).Where(policy => !policy.Name.StartsWith("ref2", StringComparison.Ordinal) || policy.Name is "ref2_q90" or "ref2_q85_60_5pct");
        var lines = policies.Select(policy => card.Score(policy, TestContext.Current.CancellationToken)).Prepend(card.Oracle)
            .Select(row => string.Join(',', row.Policy, Text(row.CostOverOracle), Text(row.Measures.ShortPercent), Text(row.Measures.SurplusPercent), Text(row.Measures.ActionsPerDay)))
            .Prepend("policy,cost_vs_oracle,under_pct,theta_o,actions_day")
            .ToArray();
        var file = Path.Combine(ArchitectureTests.Sources.Core, "../../tests/Core.Tests", Golden);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Join('\n', lines) + '\n');
        }

        Assert.Equal(File.ReadAllLines(file), lines);
    }

    private static string Text(double value) => $"{value:0.0000}";
}
