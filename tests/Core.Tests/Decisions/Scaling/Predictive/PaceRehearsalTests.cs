using CsCheck;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Core.Decisions.Scaling.Predictive;

namespace ScaleFunctions.Core.Tests.Decisions.Scaling.Predictive;

public sealed class PaceRehearsalTests
{
    private const int Lag = 2;

    private static readonly PredictiveSizingSettings Prices = new() { ShortagePrice = 10, ActionPrice = 0.01 };

    /// <summary>The rehearsal is a short form of the fleet model; it must come to the same.</summary>
    [Fact]
    public void Comes_to_what_the_fleet_model_comes_to() => Gen.Select(Gen.Int[1, 9].Array[20, 200], Gen.Int[1, 9].Array[200], Gen.Int[1, 9]).Sample((wishes, load, hold) =>
    {
        var pace = new SizingPace(hold, 0.2, 0.1);
        var needed = load.Take(wishes.Length).Select(count => (double)count).ToArray();
        var minutes = wishes.Length - Lag;
        var fleet = new FleetModel(wishes[0], ScalingProtocol.BootMinutes);
        var changes = 0;
        for (var i = 0; i < minutes; i++)
        {
            var next = pace.Next(fleet.Capacity, wishes[i], wishes[Math.Max(0, i - hold + 1)..(i + 1)].Max());
            changes += next == fleet.Capacity ? 0 : 1;
            fleet.Request(next);
            fleet.Step(needed[i + Lag]);
        }

        var expected = Math.Log((double)fleet.InstanceMinutes / minutes) + (10d * fleet.MinutesShort / minutes) + (0.01 * changes * 1440 / minutes);
        Assert.Equal(expected, new PaceRehearsal(Prices, 200).Rehearse(pace, wishes, needed, double.PositiveInfinity), 9);
    });

    [Fact]
    public void What_cannot_be_the_best_is_given_up() => Assert.Equal(
        double.PositiveInfinity, new PaceRehearsal(Prices, 10).Rehearse(SizingPace.Swift, [9, 9, 9, 9, 9, 9], [1, 1, 1, 1, 1, 1], best: -10));
}
