using CsCheck;
using ScaleFunctions.Core.Forecasts;

namespace ScaleFunctions.Core.Tests.Forecasts;

public sealed class SlidingMaximumTests
{
    [Fact]
    public void Is_the_largest_of_the_last_values() => Gen.Select(Gen.Int[1, 12], Gen.Int[0, 9].Array[1, 60]).Sample((length, values) =>
    {
        var maximum = new SlidingMaximum(length);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[Math.Max(0, i - length + 1)..(i + 1)].Max(), maximum.Add(values[i]));
        }
    });
}
