using CsCheck;
using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling.Predictive;

public sealed class RecentValuesTests
{
    [Fact]
    public void The_latest_are_kept_in_their_order() => Gen.Select(Gen.Int[1, 9], Gen.Int[0, 60]).Sample((kept, count) =>
    {
        var recent = new RecentValues(kept);
        for (var i = 0; i < count; i++)
        {
            recent.Add(i);
        }

        Assert.InRange(recent.Count, Math.Min(kept, count), Math.Max(0, (2 * kept)));
        Assert.Equal(Enumerable.Range(count - recent.Count, recent.Count).Select(i => (double)i), recent.All.ToArray());
    });
}
