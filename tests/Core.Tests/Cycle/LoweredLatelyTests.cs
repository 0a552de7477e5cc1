using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions;
using ScaleFunctions.Core.Plans;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class LoweredLatelyTests
{
    [Fact]
    public void An_unexpected_lowering_counts_for_an_hour()
    {
        var sudden = new PastChange(Some.Noon, 10, 6) { IsUnexpected = true };

        Assert.Equal(4, Of(Some.At(59), sudden).LoweredInHour);
        Assert.Equal(0, Of(Some.At(60), sudden).LoweredInHour);
    }

    [Fact]
    public void What_was_expected_and_what_was_added_count_for_nothing() => Assert.Equal(0, Of(
        Some.At(5), new PastChange(Some.Noon, 10, 6), new PastChange(Some.Noon, 6, 9) { IsUnexpected = true }).LoweredInHour);

    [Fact]
    public void The_most_instances_of_the_hour_are_what_a_share_is_of()
    {
        var sudden = new PastChange(Some.Noon, 10, 4) { IsUnexpected = true };

        Assert.Equal(10, Of(Some.At(59), sudden).Instances);
        Assert.Equal(4, Of(Some.At(60), sudden).Instances);
    }

    /// <summary>What workers lowered is in the ledger of ticks; what people lowered is in the rows alone.</summary>
    [Fact]
    public void What_a_person_lowered_within_the_tick_counts_among_its_lowerings()
    {
        var byHand = new PastChange(Some.Noon, 10, 4) { IsByHand = true };

        Assert.Equal(1, Of(Some.Noon.AddSeconds(59), byHand).Lowered);
        Assert.Equal(0, Of(Some.At(1), byHand).Lowered);
        Assert.Equal(0, Of(Some.Noon.AddSeconds(59), byHand with { IsByHand = false }).Lowered);
        Assert.Equal(0, Of(Some.Noon.AddSeconds(59), new PastChange(Some.Noon, 4, 10) { IsByHand = true }).Lowered);
    }

    private static FleetCount Of(DateTimeOffset now, params PastChange[] changes) => Assert.Single(LoweredLately.Of(
        [
            new TargetRow
            {
                Target = Some.Id(),
                EvaluatedAt = now,
                LastKnownCapacity = 4,
                Standing = new TargetStanding { Workload = "shop", Mode = PolicyMode.Act, Minimum = 1, Maximum = 20, Region = "westeurope", Sku = "Standard_D4s_v5", Signals = [] },
                History = Some.Changes(changes),
            },
        ],
        now,
        TimeSpan.FromMinutes(1)));
}
