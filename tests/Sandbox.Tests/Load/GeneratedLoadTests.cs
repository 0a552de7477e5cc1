using CsCheck;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Load;

public sealed class GeneratedLoadTests
{
    private static readonly DateTimeOffset Monday = SandboxHost.Start;
    private static readonly GeneratedLoadShape Plain = new() { Mean = 10, Noise = 0 };

    [Fact]
    public void The_daily_wave_peaks_and_troughs_at_its_hours()
    {
        var load = new GeneratedLoad(Plain, seed: 1);

        Assert.Equal(16, load.DemandAt(Monday.AddHours(14)), 1e-9);
        Assert.Equal(4, load.DemandAt(Monday.AddHours(2)), 1e-9);
    }

    [Fact]
    public void The_weekend_is_lower_and_blends_in_over_two_hours()
    {
        var load = new GeneratedLoad(Plain with { DailyAmplitude = 0 }, seed: 1);

        Assert.Equal([10, 10, 8, 6, 6], new[] { 4 * 24, (4 * 24) + 22, (4 * 24) + 23, 5 * 24, (6 * 24) + 12 }
            .Select(hours => Math.Round(load.DemandAt(Monday.AddHours(hours)), 9)));
    }

    [Fact]
    public void A_launch_rises_in_half_an_hour_and_its_excess_halves_in_eight()
    {
        var load = new GeneratedLoad(Plain with { DailyAmplitude = 0, LaunchAt = Monday.AddHours(10) }, seed: 1);

        Assert.Equal([10, 20, 30, 20], new[] { 10, 10.25, 10.5, 18.5 }.Select(hours => Math.Round(load.DemandAt(Monday.AddHours(hours)), 9)));
    }

    [Fact]
    public void Bursts_come_about_as_often_as_asked()
    {
        var load = new GeneratedLoad(Plain with { DailyAmplitude = 0, WeekendFactor = 1, BurstsPerDay = 6 }, seed: 3);
        var minutes = Enumerable.Range(0, 28 * 1440).Select(minute => load.DemandAt(Monday.AddMinutes(minute))).ToArray();
        var begun = minutes.Zip(minutes.Skip(1)).Count(pair => pair.First == 10 && pair.Second > 10);

        Assert.InRange(begun / 28d, 4, 8);
        Assert.InRange(minutes.Max(), 17, 20);
    }

    [Fact]
    public void Noise_has_the_size_asked_for()
    {
        var load = new GeneratedLoad(Plain with { DailyAmplitude = 0, WeekendFactor = 1, Noise = 0.1 }, seed: 5);
        var knots = Enumerable.Range(0, 20_000).Select(i => load.DemandAt(Monday.AddMinutes(5 * i))).ToArray();
        var mean = knots.Average();

        Assert.Equal(10, mean, 0.1);
        Assert.Equal(1, Math.Sqrt(knots.Average(value => (value - mean) * (value - mean))), 0.1);
    }

    [Fact]
    public void Two_sources_of_one_seed_agree_in_any_order_and_another_seed_differs()
    {
        var shape = new GeneratedLoadShape { BurstsPerDay = 4 };
        var times = Enumerable.Range(0, 5000).Select(minute => Monday.AddMinutes(minute)).ToArray();
        var forward = times.Select(new GeneratedLoad(shape, 7).DemandAt).ToArray();
        var backward = times.Reverse().Select(new GeneratedLoad(shape, 7).DemandAt).Reverse().ToArray();

        Assert.Equal(forward, backward);
        Assert.NotEqual(forward, times.Select(new GeneratedLoad(shape, 8).DemandAt));
    }

    [Fact]
    public void Demand_is_finite_and_not_negative_for_every_shape() =>
        Gen.Select(Gen.Double[0, 2], Gen.Double[0, 1], Gen.Double[0, 30], Gen.Int, Gen.Int[0, 500_000]).Sample((amplitude, noise, bursts, seed, minute) =>
        {
            var shape = new GeneratedLoadShape { DailyAmplitude = amplitude, Noise = noise, BurstsPerDay = bursts, LaunchAt = Monday.AddDays(10) };
            Assert.InRange(new GeneratedLoad(shape, seed).DemandAt(Monday.AddMinutes(minute)), 0, 1000);
        });
}
