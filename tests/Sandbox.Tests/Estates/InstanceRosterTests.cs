using CsCheck;
using ScaleFunctions.Core.Backtests;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Tests.Estates;

public sealed class InstanceRosterTests
{
    private const string Size = "Standard_D4s_v5";

    private static readonly string[] Sizes = ["Standard_D2s_v5", Size, "Standard_D8s_v5", "Standard_E4s_v5"];

    [Fact]
    public void Agrees_with_the_fleet_whatever_is_asked_of_both() => Gen.Select(Gen.Int[0, 6], Gen.Int[0, 4], Moves).Sample((first, boot, moves) =>
    {
        var fleet = new FleetModel(first, boot);
        var roster = new InstanceRoster(fleet, Size, boot);
        foreach (var (goal, restarted, size, minutes) in moves)
        {
            fleet.Request(goal);
            roster.Follow(Sizes[size], isHealthy: true);
            roster.Upgrade(roster.Of(Enumerable.Range(0, restarted).Select(number => $"{number}")), Sizes[size], isHealthy: true);
            for (var minute = 0; minute < minutes; minute++)
            {
                Check(fleet, roster);
                fleet.Step(1);
            }

            Check(fleet, roster);
        }
    });

    [Theory]
    [InlineData("Standard_D8s_v5", 2, 2)]
    [InlineData("Standard_D2s_v5", 0.5, 0.5)]
    [InlineData("Standard_E4s_v5", 1, 2)]
    [InlineData("Standard_F4s_v2", 1, 0.5)]
    [InlineData("Standard_of_another_world", 1, 1)]
    public void An_instance_is_worth_its_cores_and_its_memory(string size, double power, double memory)
    {
        var roster = new InstanceRoster(new FleetModel(3, 0), Size, 0);
        roster.Upgrade(roster.OtherThan(size), size, isHealthy: true);

        Assert.Equal(new FleetStrength(power, memory), roster.Strength());
    }

    [Fact]
    public void What_is_not_well_carries_nothing_and_a_mixture_is_worth_its_mean()
    {
        var roster = new InstanceRoster(new FleetModel(4, 0), Size, 0);
        roster.Upgrade(roster.Of(["0"]), "Standard_D8s_v5", isHealthy: true);
        Assert.Equal(1.25, roster.Strength().Power);

        roster.Upgrade(roster.Of(["0"]), "Standard_D8s_v5", isHealthy: false);
        Assert.Equal(0.75, roster.Strength().Power);
    }

    private static Gen<(int Goal, int Restarted, int Size, int Minutes)[]> Moves =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, 8], Gen.Int[0, 3], Gen.Int[0, 5]).Array[1, 12];

    private static void Check(FleetModel fleet, InstanceRoster roster)
    {
        var views = roster.Views();
        Assert.Equal((fleet.Capacity, fleet.Ready), (views.Count, views.Count(each => each.IsReady)));
        Assert.Equal(views.Select(each => each.Number).Distinct().Order(), views.Select(each => each.Number));
    }
}
