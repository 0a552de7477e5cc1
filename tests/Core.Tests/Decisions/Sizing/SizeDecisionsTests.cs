using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling;
using ScaleFunctions.Core.Decisions.Sizing;
using ScaleFunctions.Core.Limits;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Sizing;

public sealed class SizeDecisionsTests
{
    private static readonly SizeUse Idle = SomeSizes.Use(10);

    private static readonly SizeUse Unknown = new SizeUse.Unknown("there are 12 of 288 samples of Percentage CPU");

    [Fact]
    public void Processors_that_were_short_for_the_whole_span_want_the_next_bigger_size()
    {
        var decision = SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(81), Idle));

        Assert.Equal(SomeSizes.Big, decision.Desired);
        Assert.Equal(new SizeReason.Scarce(UsedPart.Cpu, 81, 80, TimeSpan.FromHours(1)), decision.Reason);
        Assert.False(SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(80), Idle)).IsChange);
    }

    /// <summary>The size between has more cores and no more memory.</summary>
    [Fact]
    public void As_many_rungs_are_climbed_as_what_is_short_needs()
    {
        var context = SomeSizes.Context(Unknown, SomeSizes.Use(92));
        var offers = new[] { SomeSizes.Offer(SomeSizes.Middle, 4, 16), SomeSizes.Offer("Standard_F8s_v2", 8, 16), SomeSizes.Offer(SomeSizes.Big, 8, 32) }.ToDictionary(offer => offer.Name);
        var ladder = context with { Offers = offers, Policy = context.Policy with { Sizes = [SomeSizes.Middle, "Standard_F8s_v2", SomeSizes.Big] } };

        Assert.Equal(SomeSizes.Big, SizeDecisions.Decide(ladder).Desired);
        Assert.Equal("Standard_F8s_v2", SizeDecisions.Decide(ladder with { Uses = SomeSizes.Context(SomeSizes.Use(85), Idle).Uses }).Desired);
        Assert.IsType<SizeReason.AtTop>(SizeDecisions.Decide(ladder with { Policy = ladder.Policy with { Sizes = [SomeSizes.Middle, "Standard_F8s_v2"] } }).Reason);
    }

    [Fact]
    public void Memory_alone_is_reason_enough_to_grow_and_processors_that_nobody_can_read_do_not_hinder_it() =>
        Assert.Equal(SomeSizes.Big, SizeDecisions.Decide(SomeSizes.Context(Unknown, SomeSizes.Use(91))).Desired);

    [Fact]
    public void The_top_of_the_ladder_is_told_with_what_is_wanted() => Assert.IsType<SizeReason.Scarce>(
        Assert.IsType<SizeReason.AtTop>(SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(95), Idle, SomeSizes.Big)).Reason).Wish);

    /// <summary>34 % of 4 cores are 68 % of 2.</summary>
    [Fact]
    public void Idle_processors_and_memory_give_the_size_up_for_the_one_below()
    {
        var decision = SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(12, 25, 34), SomeSizes.Use(20, 30, 40)));

        Assert.Equal(SomeSizes.Small, decision.Desired);
        Assert.Equal(new SizeReason.Idle(25, 30, 68, 80, TimeSpan.FromDays(1)), decision.Reason);
    }

    [Fact]
    public void Either_of_them_in_use_keeps_it()
    {
        Assert.Equal(
            new SizeReason.Fits(UsedPart.Cpu, 30, 30, 80), SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(30), Idle)).Reason);
        Assert.Equal(
            new SizeReason.Fits(UsedPart.Memory, 50, 50, 90), SizeDecisions.Decide(SomeSizes.Context(Idle, SomeSizes.Use(50))).Reason);
    }

    /// <summary>41 % of 4 cores are 82 % of 2, above the 80 % that ask for 4 again; 46 % of 16 GiB are 92 % of 8.</summary>
    [Fact]
    public void One_busy_moment_that_the_smaller_size_could_not_carry_keeps_it()
    {
        Assert.Equal(
            new SizeReason.WouldBeShort(SomeSizes.Small, UsedPart.Cpu, 82, 80), SizeDecisions.Decide(SomeSizes.Context(SomeSizes.Use(10, 20, 41), Idle)).Reason);
        Assert.Equal(
            new SizeReason.WouldBeShort(SomeSizes.Small, UsedPart.Memory, 92, 90), SizeDecisions.Decide(SomeSizes.Context(Idle, SomeSizes.Use(10, 20, 46))).Reason);
    }

    /// <summary>Of 3 instances 2 carry it all: 30 × 2 × 3 / 2 = 90.</summary>
    [Fact]
    public void What_is_left_after_the_loss_to_survive_must_carry_it_too()
    {
        var context = SomeSizes.Context(SomeSizes.Use(10, 20, 30), Idle, instances: 3);

        Assert.True(SizeDecisions.Decide(context).IsChange);
        Assert.Equal(
            new SizeReason.WouldBeShort(SomeSizes.Small, UsedPart.Cpu, 90, 80),
            SizeDecisions.Decide(context with { Loss = LossToSurvive.Of(Core.Policies.SurvivableLoss.Zone, 3) }).Reason);
    }

    [Fact]
    public void What_cannot_be_read_never_makes_it_smaller()
    {
        Assert.Equal(new SizeReason.InDoubt("there are 12 of 288 samples of Percentage CPU"), SizeDecisions.Decide(SomeSizes.Context(Unknown, Idle)).Reason);
        Assert.IsType<SizeReason.InDoubt>(SizeDecisions.Decide(SomeSizes.Context(Idle, Unknown)).Reason);
        Assert.IsType<SizeReason.InDoubt>(SizeDecisions.Decide(SomeSizes.Context(Idle, Idle) with { Offers = new Dictionary<string, SizeOffer>() }).Reason);
        Assert.IsType<SizeReason.InDoubt>(SizeDecisions.Decide(SomeSizes.Context(Idle, Idle) with
        {
            Offers = new Dictionary<string, SizeOffer> { [SomeSizes.Middle] = SomeSizes.Offers[SomeSizes.Middle], [SomeSizes.Small] = SomeSizes.Offers[SomeSizes.Small] with { MemoryGiB = null } },
        }).Reason);
    }

    [Fact]
    public void A_size_that_is_not_on_the_ladder_is_left_alone() =>
        Assert.IsType<SizeReason.NotOnLadder>(SizeDecisions.Decide(SomeSizes.Context(Idle, Idle, "Standard_E4s_v5")).Reason);

    [Fact]
    public void The_smallest_stays() => Assert.IsType<SizeReason.AtBottom>(SizeDecisions.Decide(SomeSizes.Context(Idle, Idle, SomeSizes.Small)).Reason);

    /// <summary>Whatever is measured: on the size that is chosen, the busiest moment would not ask for the old one again.</summary>
    [Fact]
    public void Never_a_size_below_what_was_used_and_the_room_above_it() => Gen.Select(
            Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Double[0, 100], Gen.Int[1, 30], Gen.Int[0, 2], Gen.Int[0, 3])
        .Sample((cpu, highestCpu, memory, highestMemory, instances, step, zones) =>
        {
            var ladder = SomeSizes.Policy().Sizes;
            var loss = zones == 0 ? LossToSurvive.Nothing : LossToSurvive.Of(Core.Policies.SurvivableLoss.Zone, zones);
            var context = SomeSizes.Context(
                SomeSizes.Use(cpu, cpu, Math.Max(cpu, highestCpu)), SomeSizes.Use(memory, memory, Math.Max(memory, highestMemory)), ladder[step], instances) with
            { Loss = loss };
            var decision = SizeDecisions.Decide(context);
            if (decision.Reason is not SizeReason.Idle)
            {
                return Array.IndexOf([.. ladder], decision.Desired) >= step;
            }

            var (now, then) = (SomeSizes.Offers[decision.Current], SomeSizes.Offers[decision.Desired]);
            var usedCores = Math.Max(cpu, highestCpu) / 100 * now.Cores * instances;
            var survivors = loss.Survivors(instances) is > 0 and var left ? left : instances;
            return usedCores <= (0.8 * then.Cores * survivors) + 1e-9
                && Math.Max(memory, highestMemory) / 100 * now.MemoryGiB <= (0.9 * then.MemoryGiB) + 1e-9;
        });
}
