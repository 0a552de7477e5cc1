using CsCheck;
using ScaleFunctions.Core.Throttling;

namespace ScaleFunctions.Core.Tests.Throttling;

public sealed class CircuitTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Is_shut_by_faults_in_a_row()
    {
        Assert.IsType<Circuit.Flowing>(Faults(Circuit.New, Circuit.FaultsToShut - 1));
        var shut = Assert.IsType<Circuit.Shut>(Faults(Circuit.New, Circuit.FaultsToShut));
        Assert.Equal((Now.AddSeconds(10), false), (shut.Until, shut.IsTold));
    }

    [Fact]
    public void A_success_between_faults_keeps_it_open() => Assert.IsType<Circuit.Flowing>(
        Faults(Faults(Circuit.New, Circuit.FaultsToShut - 1).Succeed(isProbe: false), Circuit.FaultsToShut - 1));

    [Fact]
    public void Is_shut_at_once_for_as_long_as_it_is_told()
    {
        var shut = Assert.IsType<Circuit.Shut>(Told(Circuit.New, 17));
        Assert.Equal((Now.AddSeconds(17), true), (shut.Until, shut.IsTold));
    }

    [Fact]
    public void Of_two_answers_the_longer_wait_counts()
    {
        Assert.Equal(Now.AddSeconds(17), Assert.IsType<Circuit.Shut>(Told(Told(Circuit.New, 17), 3)).Until);
        Assert.Equal(Now.AddSeconds(30), Assert.IsType<Circuit.Shut>(Told(Told(Circuit.New, 17), 30)).Until);
    }

    [Fact]
    public void The_answer_to_the_one_that_goes_ahead_decides()
    {
        var probing = Assert.IsType<Circuit.Shut>(Told(Circuit.New, 1)).Probe();

        Assert.IsType<Circuit.Flowing>(probing.Succeed(isProbe: true));
        Assert.Equal(2, Assert.IsType<Circuit.Shut>(probing.Fail(Now, 0.5, isProbe: true, "")).Times);
        Assert.Equal(2, Assert.IsType<Circuit.Shut>(probing.Tell(Now.AddSeconds(5), isProbe: true, "")).Times);
        Assert.IsType<Circuit.Shut>(probing.Abandon(Now));
    }

    [Fact]
    public void What_an_older_request_met_does_not_decide()
    {
        var shut = Told(Circuit.New, 1);
        var probing = Assert.IsType<Circuit.Shut>(shut).Probe();

        Assert.Equal(shut, shut.Succeed(isProbe: false));
        Assert.Equal(shut, shut.Fail(Now, 0.5, isProbe: false, ""));
        Assert.Equal(probing, probing.Succeed(isProbe: false));
        Assert.Equal(probing, probing.Fail(Now, 0.5, isProbe: false, ""));
        Assert.Equal(probing, probing.Tell(Now.AddSeconds(5), isProbe: false, ""));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(9, 40)]
    [InlineData(int.MaxValue, 40)]
    public void Pauses_grow_and_stay_shorter_than_a_tick(int times, double seconds)
    {
        Assert.Equal(seconds, Circuit.Pause(times, 0.5).TotalSeconds);
        Assert.InRange(Circuit.Pause(times, 0).TotalSeconds, seconds * 0.75, 60);
        Assert.InRange(Circuit.Pause(times, 0.999).TotalSeconds, seconds, 60);
    }

    [Fact]
    public void Whatever_happens_it_opens_again_after_one_success() => Gen.Select(Gen.Int[0, 5].Array[0, 40], Gen.Bool.Array[40]).Sample((events, probes) =>
    {
        var circuit = Circuit.New;
        for (var index = 0; index < events.Length; index++)
        {
            circuit = (events[index], circuit) switch
            {
                (0, _) => circuit.Succeed(probes[index]),
                (1, _) => circuit.Fail(Now, 0.1, probes[index], ""),
                (2, _) => circuit.Tell(Now.AddSeconds(index), probes[index], ""),
                (3, _) => circuit.Abandon(Now),
                (_, Circuit.Shut shut) => shut.Probe(),
                _ => circuit,
            };
        }

        // A shut circuit lets one through when its time is over; nothing but the end of its time stands between it and that.
        var probed = circuit is Circuit.Shut last ? last.Probe() : circuit;
        return probed.Succeed(isProbe: true) == Circuit.New;
    });

    private static Circuit Told(Circuit circuit, int seconds) => circuit.Tell(Now.AddSeconds(seconds), isProbe: false, "told");

    private static Circuit Faults(Circuit circuit, int count) =>
        Enumerable.Range(0, count).Aggregate(circuit, (each, _) => each.Fail(Now, 0.5, isProbe: false, "fault"));
}
