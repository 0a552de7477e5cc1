using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.Builders;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class RestoredStateTests
{
    /// <summary>Of every row that was ever stored in a history of raises, lowerings and a rollback: whichever is restored later, nothing of it is sent again.</summary>
    [Fact]
    public async Task Whatever_moment_is_restored_nothing_of_it_is_done_again()
    {
        var world = new RollbackWorld(360);
        await world.TickAsync(6);
        await world.RollBackAsync(1);
        await world.TickAsync(4);
        world.Azure.Load = 120;
        await world.TickAsync(20);
        var moments = world.Store.Commits.Where(row => row.Target == Some.Id()).ToList();
        Assert.Contains(moments, row => row.Intent is { Phase: Core.Actions.IntentPhase.Opened });
        Assert.Contains(moments, row => row.Intent is { Phase: Core.Actions.IntentPhase.Sent });
        Assert.Contains(moments, row => row.Intent is { Phase: Core.Actions.IntentPhase.Accepted });

        // Two instances at a load of 120 are what is wanted: any write from here on were one of the past.
        Assert.Equal(2, world.Azure.Capacity);
        var writes = world.Writes.Count;
        foreach (var moment in moments)
        {
            var restored = (moment with { Journal = JournalHead.Empty, Pause = null }).Restored("ann", "disk lost", world.Now);
            await world.ReplaceAsync(restored);
            await world.TickAsync(4);

            Assert.Equal(writes, world.Writes.Count);
            Assert.Null(world.Row.Intent);
            Assert.True(world.Row.Epoch > RestoreTransitions.EpochsSkipped);
        }
    }

    /// <summary>A change since the backup may have been ours, so it is nobody's drift, and the count is not taken for one that we asked for.</summary>
    [Fact]
    public void What_a_backup_knows_of_capacities_is_forgotten()
    {
        var drift = new UnexplainedDrift(Some.At(-3), Some.At(-2), 9, 4, 0);
        var row = new TargetRow { Target = Some.Id(), LastKnownCapacity = 4, LastKnownAt = Some.Noon, OwnCapacity = 4, Unexplained = drift }.Restored("ann", "disk lost", Some.At(1));

        Assert.Equal((null, null, null, null), (row.LastKnownCapacity, row.LastKnownAt, row.OwnCapacity, row.Unexplained));
        Assert.DoesNotContain(row.See(9, Some.At(2), "worker-1").Journal.Outbox, entry => entry.Kind == JournalKind.Drift);
    }

    [Fact]
    public void A_restored_fleet_is_stopped_until_somebody_has_looked()
    {
        var fleet = new FleetRow().Restored("ann", "disk lost", Some.Noon);

        Assert.True(fleet.KillSwitch.IsSet);
        Assert.Contains("restored from a backup (disk lost)", fleet.KillSwitch.Reason, StringComparison.Ordinal);
    }
}
