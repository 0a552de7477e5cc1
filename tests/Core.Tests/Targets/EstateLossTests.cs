using CsCheck;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Tests.Targets;

public sealed class EstateLossTests
{
    private const int Cases = 10_000;

    private static readonly Gen<EstateCounts> Any = Gen.Int[0, 60].Array[4].Select(
        counts => Counts([.. counts.Select((count, part) => ($"s-{part}/vmss", count))]));

    [Theory]
    [InlineData(100, 80, false)]
    [InlineData(100, 79, true)]
    [InlineData(4, 3, false)]
    [InlineData(4, 2, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(50, 90, false)]
    public void More_than_a_fifth_and_more_than_one_is_a_loss(int known, int seen, bool isLoss) =>
        Assert.Equal(isLoss, EstateLoss.Between(Counts(("s-1/vmss", known)), Counts(("s-1/vmss", seen))) is not null);

    [Fact]
    public void Growth_elsewhere_does_not_hide_a_subscription_that_vanished()
    {
        var loss = EstateLoss.Between(Counts(("s-1/vmss", 30), ("s-2/vmss", 70)), Counts(("s-2/vmss", 100)));

        Assert.Equal(new EstateLoss(100, 30, "30 of s-1/vmss"), loss);
    }

    [Fact]
    public void A_loss_is_never_hidden_by_seeing_less() => Any.Select(Any, Gen.Int[0, 3], Gen.Int[1, 60]).Sample(
        (known, seen, part, fewer) =>
        {
            var key = $"s-{part}/vmss";
            var less = new EstateCounts(seen.ByPart.ToDictionary(each => each.Key, each => each.Key == key ? Math.Max(0, each.Value - fewer) : each.Value));
            return EstateLoss.Between(known, seen) is null || EstateLoss.Between(known, less) is not null;
        },
        iter: Cases);

    [Fact]
    public void Nothing_is_lost_of_what_is_all_there() => Any.Sample(counts => EstateLoss.Between(counts, counts) is null, iter: Cases);

    private static EstateCounts Counts(params (string Part, int Count)[] parts) => new(parts.ToDictionary(part => part.Part, part => part.Count));
}
