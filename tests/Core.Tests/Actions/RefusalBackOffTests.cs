using ScaleFunctions.Core.Actions;

namespace ScaleFunctions.Core.Tests.Actions;

public sealed class RefusalBackOffTests
{
    [Theory]
    [InlineData(FailureClass.Forbidden, new[] { 2, 4, 8, 16, 32, 60, 60 })]
    [InlineData(FailureClass.Invalid, new[] { 5, 10, 20, 40, 80, 160, 240, 240 })]
    [InlineData(FailureClass.Other, new[] { 2, 4, 8, 16, 30, 30 })]
    public void Doubles_up_to_a_cap(FailureClass failure, int[] minutes) =>
        Assert.Equal(minutes, Enumerable.Range(1, minutes.Length).Select(times => (int)RefusalBackOff.After(failure, times).TotalMinutes));

    [Fact]
    public void Never_gets_shorter_and_never_ends_trying()
    {
        foreach (var failure in Enum.GetValues<FailureClass>())
        {
            var waits = ((int[])[.. Enumerable.Range(1, 200), int.MaxValue]).Select(times => RefusalBackOff.After(failure, times)).ToList();

            Assert.Equal(waits.Order(), waits);
            Assert.True(waits[^1] <= TimeSpan.FromHours(4));
            Assert.Equal(RefusalBackOff.Applies(failure), waits[0] > TimeSpan.Zero);
        }
    }

    [Theory]
    [InlineData(FailureClass.Conflict), InlineData(FailureClass.Throttled), InlineData(FailureClass.Capacity), InlineData(FailureClass.Quota)]
    public void What_passes_by_itself_is_left_to_the_next_tick(FailureClass failure) => Assert.False(RefusalBackOff.Applies(failure));
}
