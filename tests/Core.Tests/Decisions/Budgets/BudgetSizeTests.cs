using CsCheck;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Decisions.Budgets;

/// <summary>What is remembered of a size while a budget holds a cheaper one.</summary>
public sealed class BudgetSizeTests
{
    private static readonly BudgetMeasure.CheaperSize Step = new("team", "cheaperSize", "", "EUR");

    private static readonly BudgetSize Asked = new("team", "cheaperSize", "P2v3", "P1v3", Some.Noon);

    private static readonly BudgetSize Lowered = Asked with { LoweredAt = Some.Noon.AddMinutes(2) };

    [Fact]
    public void It_is_forgotten_once_the_step_is_over_and_its_own_size_is_back()
    {
        Assert.Equal(Lowered, See(Asked, Step, "P1v3", minutes: 2));
        Assert.Equal(Lowered, See(Lowered, Step, "P1v3", minutes: 9));
        Assert.Equal(Lowered, See(Lowered, null, "P1v3"));
        Assert.Null(See(Lowered, null, "P2v3"));
    }

    [Fact]
    public void What_is_under_way_says_nothing() => Assert.Equal(Lowered, BudgetSize.See(Lowered, null, "P2v3", isSettled: false, Some.Noon));

    [Fact]
    public void What_Azure_refused_is_asked_for_again_after_a_while()
    {
        Assert.Equal(Asked, See(Asked, Step, "P2v3"));
        Assert.False(Asked.IsDue(Some.At(4)));
        Assert.True(Asked.IsDue(Some.At(5)));
        Assert.True(Asked.IsDue(Some.At(-1)), "the clock was put back");
    }

    [Theory]
    [InlineData("P3v3")]
    [InlineData("P2v3")]
    public void What_somebody_changes_meanwhile_is_left_alone_until_the_step_ends(string size)
    {
        var released = See(Lowered, Step, size);
        Assert.True(released!.IsReleased);
        Assert.Equal(released, See(released, Step, size));
        Assert.Null(See(released, null, size));
    }

    [Fact]
    public void What_was_lowered_and_nobody_touched_keeps_what_it_comes_back_to_whatever_the_step_does() =>
        Gen.Select(Gen.Bool, Gen.Bool).Array[1, 60].Sample(turns =>
        {
            BudgetSize? kept = Lowered;
            foreach (var (index, (isActive, isSettled)) in turns.Index())
            {
                kept = BudgetSize.See(kept, isActive ? Step : null, "P1v3", isSettled, Some.At(index));
            }

            return kept is { Own: "P2v3", Low: "P1v3", IsReleased: false };
        });

    private static BudgetSize? See(BudgetSize? before, BudgetMeasure.CheaperSize? measure, string size, int minutes = 20) =>
        BudgetSize.See(before, measure, size, isSettled: true, Some.At(minutes));
}
