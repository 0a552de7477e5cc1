using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

/// <summary>Whose turn it is with the size of a plan: a budget's, off-hours', or nobody's.</summary>
public sealed class BudgetSizesTests
{
    private static readonly BudgetMeasure.CheaperSize Step = new("team", "cheaperSize", "", "EUR");

    private static readonly BudgetSize Kept = new("team", "cheaperSize", "P2v3", "P1v3", Some.At(-60)) { LoweredAt = Some.At(-58) };

    private static readonly OffMemory Night = new(Some.At(-30), 4, "P1v3", 1, Some.At(-30)) { IsLowered = true, LowSize = "P0v3" };

    [Fact]
    public void It_is_lowered_held_and_given_back()
    {
        Assert.Equal(new BudgetSizeTurn.Lower(Step), Turn(null, Step, "P2v3"));
        Assert.Equal(new BudgetSizeTurn.Hold(Kept), Turn(Kept, Step, "P1v3"));
        Assert.Equal(new BudgetSizeTurn.Return(Kept), Turn(Kept, null, "P1v3"));
        Assert.Null(Turn(null, null, "P2v3"));
        Assert.Null(Turn(Kept with { IsReleased = true }, Step, "P3v3"));
    }

    [Fact]
    public void It_is_not_given_back_while_something_is_under_way_nor_right_after_a_try()
    {
        Assert.Equal(new BudgetSizeTurn.Hold(Kept), BudgetSizes.Turn([], Row(Kept) with { Intent = Some.Intent(4, 4) }, OffStep.None, Plan("P1v3"), Some.Noon));
        var tried = Kept with { AskedAt = Some.At(-4) };
        Assert.Equal(new BudgetSizeTurn.Hold(tried), Turn(tried, null, "P1v3"));
    }

    /// <summary>Tags that cannot be read for a minute are no reason to restart what runs.</summary>
    [Fact]
    public void What_nobody_can_read_the_tags_of_keeps_its_size()
    {
        var unread = Plan("P1v3") with { Tags = new TargetTags.Unknown("403") };

        Assert.Equal(new BudgetSizeTurn.Hold(Kept), BudgetSizes.Turn([], Row(Kept), OffStep.None, unread, Some.Noon));
        Assert.Equal(Kept, BudgetSizes.See(Row(Kept), null, unread, Some.Noon).BudgetSize);
    }

    [Fact]
    public void Off_hours_that_keep_it_small_when_the_step_ends_bring_its_own_size_back_at_once()
    {
        var row = Row(Kept) with { Off = Night };
        Assert.Null(BudgetSizes.Turn([Step], row, new OffStep(null, Night), Plan("P0v3"), Some.Noon));
        Assert.Equal(row, BudgetSizes.See(row, Step, Plan("P0v3"), Some.Noon));

        var over = BudgetSizes.See(row, null, Plan("P0v3"), Some.Noon);
        Assert.Null(over.BudgetSize);
        Assert.Equal(Night with { Size = "P2v3" }, over.Off);
    }

    /// <summary>Whoever resizes what is down wants it to come back so: neither with the cheaper size nor with the one before.</summary>
    [Fact]
    public void A_size_that_a_person_gives_while_off_hours_keep_it_down_is_the_one_it_comes_back_with()
    {
        var row = Row(Kept) with { Off = Night with { LowSize = null, Size = "P1v3" } };

        var seen = BudgetSizes.See(row, Step, Plan("P3v3"), Some.Noon);
        Assert.True(seen.BudgetSize!.IsReleased);
        Assert.Equal("P3v3", seen.Off!.Size);

        // What off-hours had to start it with is owed: nobody wanted that.
        Assert.Equal("P1v3", BudgetSizes.See(row with { Off = row.Off! with { OwesSize = true } }, Step, Plan("P3v3"), Some.Noon).Off!.Size);
    }

    private static BudgetSizeTurn? Turn(BudgetSize? kept, BudgetMeasure.CheaperSize? measure, string size) =>
        BudgetSizes.Turn(measure is null ? [] : [measure], Row(kept), OffStep.None, Plan(size), Some.Noon);

    private static TargetRow Row(BudgetSize? kept) => new() { Target = Plan("P2v3").Id, BudgetSize = kept };

    private static ObservedTarget Plan(string size) => Some.Target(4, tags: SomeBudget.Tags()) with
    {
        Id = TargetId.Parse($"/subscriptions/s-1/resourceGroups/shop/providers/{SomeBudget.Plan}/web"),
        Sku = size,
    };
}
