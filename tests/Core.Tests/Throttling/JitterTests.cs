using CsCheck;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Core.Tests.Throttling;

public sealed class JitterTests
{
    [Fact]
    public void Is_from_zero_to_below_one_and_the_same_for_the_same() => Gen.Select(Gen.String, Gen.Long).Sample(
        (seed, turn) => Jitter.Of(seed, turn) is >= 0 and < 1 && Jitter.Of(seed, turn) == Jitter.Of(seed, turn));

    [Fact]
    public void Workers_are_spread_evenly()
    {
        var numbers = Enumerable.Range(0, 1000).Select(worker => Jitter.Of($"worker-{worker}", 1)).ToList();

        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(numbers.Count(number => (int)(number * 10) == tenth), 60, 140));
    }
}
