using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Reliability.Tests;

/// <summary>
/// The store is away for ten minutes, from a named point of an action on, and then comes back. Meanwhile nothing is written to Azure, for
/// what cannot be noted is not done; afterwards all goes on by itself.
/// </summary>
public sealed class StoreAwayTests
{
    private const int Minutes = 10;

    /// <summary>In which every point of a row's life comes about under the load there is.</summary>
    private const int FirstTicks = 8;

    private const int MostTicks = 40;

    /// <summary>Before and after an action is noted; before anything is known; and where what became of it would be told.</summary>
    private static readonly StoreMoment[] Points =
    [
        new("target row: replace", IsAnswered: false),
        new("target row: replace", IsAnswered: true),
        new("fleet row: read", IsAnswered: false),
        new("entity: insert", IsAnswered: true),
    ];

    [Fact(Timeout = Timeouts.Counted)]
    public async Task A_store_that_is_away_for_ten_minutes_stops_all_writes_and_all_goes_on_when_it_is_back()
    {
        if (AzuriteProcess.Missing is { } missing)
        {
            Figures.Skip(missing);
        }

        var token = TestContext.Current.CancellationToken;
        using var azurite = await AzuriteProcess.StartAsync(token);
        await Trials.InSharesAsync(Trials.CountOr(2), Points.Length, (rounds, inner) => RunAsync(azurite, rounds, inner), token);
    }

    private static async Task RunAsync(AzuriteProcess azurite, IReadOnlyList<int> rounds, CancellationToken cancellationToken)
    {
        await using var ground = await StoreGround.StartAsync(azurite, cancellationToken);
        for (var tick = 0; tick < FirstTicks; tick++)
        {
            Assert.True(await ground.TickAsync(cancellationToken), "the state could not be reached though nothing was cut");
        }

        foreach (var round in rounds)
        {
            await BeAwayAsync(ground, Points[round % Points.Length], passes: round % 5, isRestarted: round % 2 == 0, cancellationToken);
        }

        var verdict = Judge.Of(await ground.SettleAsync(cancellationToken));
        Figures.Add(rounds.Count, verdict);
        verdict.RequireClean();
    }

    /// <summary>Lets a point pass a few times; from then on no connection is of use, also not to a worker that is started meanwhile.</summary>
    private static async Task BeAwayAsync(StoreGround ground, StoreMoment point, int passes, bool isRestarted, CancellationToken cancellationToken)
    {
        var (toPass, isAway, sent) = (passes, false, 0);
        ground.IsCut = met =>
        {
            lock (ground)
            {
                if (!isAway && met == point && toPass-- <= 0)
                {
                    (isAway, sent) = (true, ground.Sent);
                }

                return isAway;
            }
        };
        for (var tick = 0; !Volatile.Read(ref isAway); tick++)
        {
            Assert.True(tick < MostTicks, $"'{point}' was not met {passes + 1} times in {MostTicks} ticks");
            await ground.TickAsync(cancellationToken);
        }

        for (var minute = 0; minute < Minutes; minute++)
        {
            if (isRestarted && minute == Minutes / 2)
            {
                await ground.RestartAsync();
            }

            Assert.False(await ground.TickAsync(cancellationToken), "a tick came to its end without the store");
        }

        Assert.Equal(sent, ground.Sent);
        ground.IsCut = null;
        for (var tick = 0; ground.Sent == sent; tick++)
        {
            Assert.True(tick < MostTicks, $"nothing was written in {MostTicks} ticks after the store was back");
            Assert.True(await ground.TickAsync(cancellationToken), "the state could not be reached though it was back");
        }
    }
}
