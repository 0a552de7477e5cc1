using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.State;

/// <summary>Which size is left alone after a way that did not lead there.</summary>
public sealed class SizeTransitionsTests
{
    /// <summary>Of a size that is only owed the one there is did well: it is the owed one that could not be had.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void What_could_not_be_had_rests_and_what_serves_does_not(bool isOwed, bool isSmallShunned)
    {
        var row = new TargetRow
        {
            Target = Some.Id(),
            RollOut = new RollOut(1, SomeSizes.Small, SomeSizes.Middle, RollOutTerms.Default, 0, Some.Noon) { IsUndo = true, IsOwed = isOwed, Why = "it is over" },
        };

        var sizes = row.EndRollOut(new RollOutEnd.NeverTaken(SomeSizes.Middle), Some.At(9), "worker-1").Sizes;

        Assert.Equal((isSmallShunned, !isSmallShunned), (sizes.Of(SomeSizes.Small) is not null, sizes.Of(SomeSizes.Middle) is not null));
    }
}
