using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// Connections to the storage account cut at each named point: before a request is passed on, and after it was carried out and before
/// its answer arrives. What the worker then believes must be what is in the table.
/// </summary>
public sealed class StoreCutTests
{
    private const int RoundsOfGround = 5;

    /// <summary>More than the client tries: the call fails, and the worker has to go on without knowing what became of it.</summary>
    private const int ForGood = 4;

    /// <summary>Ticks in which every point of a row's life comes about under the load there is.</summary>
    private const int FirstTicks = 8;

    private const int MostTicks = 40;

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_connection_cut_at_any_point_of_the_store_doubles_nothing_and_loses_nothing()
    {
        if (AzuriteProcess.Missing is { } missing)
        {
            Figures.Skip(missing);
        }

        var token = TestContext.Current.CancellationToken;
        using var azurite = await AzuriteProcess.StartAsync(token);
        await Trials.InSharesAsync(Trials.CountOr(1), RoundsOfGround, (rounds, inner) => RunAsync(azurite, rounds, inner), token);
    }

    private static async Task RunAsync(AzuriteProcess azurite, IReadOnlyList<int> rounds, CancellationToken cancellationToken)
    {
        await using var ground = await StoreGround.StartAsync(azurite, cancellationToken);
        for (var tick = 0; tick < FirstTicks; tick++)
        {
            Assert.True(await ground.TickAsync(cancellationToken), "the state could not be reached though nothing was cut");
        }

        // What happens once, as the making of the table, cannot be met again.
        var points = ground.Met.Where(each => each.Value > 1).Select(each => each.Key).OrderBy(point => point.ToString(), StringComparer.Ordinal).ToList();
        Assert.All(
            ["target row: replace", "fleet row: read", "fleet row: replace", "entities: query", "entity: insert"],
            request => Assert.Equal(2, points.Count(point => point.Request == request)));
        var cuts = 0;
        foreach (var round in rounds)
        {
            foreach (var (index, point) in points.Index())
            {
                await CutAsync(ground, point, passes: round % 7, times: (round + index) % 2 == 0 ? 1 : ForGood, cancellationToken);
                if ((round + index) % 3 == 0)
                {
                    await ground.RestartAsync();
                }

                cuts++;
            }
        }

        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        Figures.Add(cuts, verdict);
        verdict.RequireClean();
        Assert.True(verdict.Effective > 0, "nothing was ever written, so nothing was proved");
    }

    /// <summary>Lets a point pass a few times and then cuts there, as often in a row as told.</summary>
    private static async Task CutAsync(StoreGround ground, StoreMoment point, int passes, int times, CancellationToken cancellationToken)
    {
        var (toPass, toCut) = (passes, times);
        ground.IsCut = met => met == point && Interlocked.Decrement(ref toPass) < 0 && Interlocked.Decrement(ref toCut) >= 0;
        for (var tick = 0; Volatile.Read(ref toCut) == times; tick++)
        {
            Assert.True(tick < MostTicks, $"'{point}' was not met {passes + 1} times in {MostTicks} ticks");
            await ground.TickAsync(cancellationToken);
        }

        ground.IsCut = null;
    }
}
