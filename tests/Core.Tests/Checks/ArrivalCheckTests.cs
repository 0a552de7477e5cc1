using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Checks;

public sealed class ArrivalCheckTests
{
    /// <summary>From and goal × ready and total × minutes since the operation ended; "-" is "there is time".</summary>
    [Theory]
    [InlineData(4, 6, 6, 6, 0, "Arrived")]
    [InlineData(4, 6, 7, 9, 0, "Arrived")]
    [InlineData(4, 6, 5, 6, 14.9, "-")]
    [InlineData(4, 6, 5, 6, 15, "Incomplete")]
    [InlineData(4, 6, 6, 6, 60, "Arrived")]
    [InlineData(6, 4, 4, 4, 0, "Arrived")]
    [InlineData(6, 4, 0, 4, 0, "Arrived")]
    [InlineData(6, 4, 4, 5, 1, "-")]
    [InlineData(6, 4, 4, 5, 15, "Incomplete")]
    public void Waits_until_instances_arrived_or_left(int from, int goal, int ready, int total, double minutes, string end) =>
        Assert.Equal(end, Judge(from, goal, new InstancesReading.Read(ready, total), minutes)?.GetType().Name ?? "-");

    [Theory]
    [InlineData(14.9, "-")]
    [InlineData(15, "Unverified")]
    public void Instances_that_cannot_be_counted_are_not_counted_as_arrived(double minutes, string end) =>
        Assert.Equal(end, Judge(4, 6, new InstancesReading.Unreadable("429"), minutes)?.GetType().Name ?? "-");

    private static CheckEnd? Judge(int from, int goal, InstancesReading instances, double minutes) => ArrivalCheck.Judge(
        ArrivalCheck.Begin(Some.Intent(from, goal, IntentPhase.Accepted), Some.Noon), instances, Some.At(minutes));
}
