using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Tests.World;

namespace ScaleFunctions.Core.Tests.Cycle;

public sealed class JournalAnchorsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_hour_the_ends_of_all_chains_are_written_down_and_the_earlier_ones_forgotten()
    {
        var estate = await RaisedAsync(minutes: 125);

        var fleet = await estate.Store.ReadFleetAsync(Cancellation);
        Assert.Equal((2, 3), (fleet.Anchor!.Number, fleet.Anchor.Chains));
        var ends = await JournalAnchors.ReadAsync(estate.Documents, fleet.Anchor, Cancellation);
        Assert.Equal(["fleet", Estate.Target("a").Id.Key, Estate.Target("b").Id.Key], ends!.Select(end => end.Chain).OrderBy(chain => chain != "fleet").ThenBy(chain => chain, StringComparer.Ordinal));
        Assert.Equal(fleet.Anchor, await JournalAnchors.LatestAsync(estate.Documents, Cancellation));
        Assert.Single(estate.Documents.All, document => document.Partition.StartsWith("anchor/", StringComparison.Ordinal));
        Assert.Equal(2, (await estate.Store.ReadJournalAsync(new JournalQuery(JournalEntry.FleetChain), Cancellation)).Count(entry => entry.Kind == JournalKind.Anchor));
    }

    [Fact]
    public async Task A_chain_that_was_cut_is_told_at_the_next_hour()
    {
        var estate = await RaisedAsync(minutes: 65);
        var fleet = await estate.Store.ReadFleetAsync(Cancellation);
        var anchors = new JournalAnchors(new RowStore(estate.Store), estate.Documents, new CycleOptions { Worker = "w", ModeCeiling = Core.Policies.PolicyMode.Act });
        List<TargetRow> rows = [.. (await estate.Store.ReadTargetsAsync(Cancellation)).Where(row => row.Target.Name != "a")];

        var told = await anchors.TakeAsync(fleet, rows, estate.Now.AddHours(1), Cancellation);

        Assert.Contains("had come to entry", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(3, (await estate.Store.ReadFleetAsync(Cancellation)).Anchor!.Chains);
    }

    [Fact]
    public async Task Ends_that_somebody_has_been_at_are_told_at_the_next_hour()
    {
        var estate = await RaisedAsync(minutes: 65);
        var fleet = await estate.Store.ReadFleetAsync(Cancellation);
        var page = Assert.Single(estate.Documents.All, document => document.Partition.StartsWith("anchor/", StringComparison.Ordinal));
        var ends = await JournalAnchors.ReadAsync(estate.Documents, fleet.Anchor!, Cancellation);
        await estate.Documents.WriteDocumentAsync(page with { Json = page.Json.Replace(ends![0].Hash, new string('0', 64), StringComparison.Ordinal) }, Cancellation);
        var anchors = new JournalAnchors(new RowStore(estate.Store), estate.Documents, new CycleOptions { Worker = "w", ModeCeiling = Core.Policies.PolicyMode.Act });

        var told = await anchors.TakeAsync(fleet, await estate.Store.ReadTargetsAsync(Cancellation), estate.Now.AddHours(1), Cancellation);

        Assert.Equal($"the ends of chains of anchor 1 were changed or are missing: {fleet.Anchor!.Hash}", Assert.Single(told));
    }

    [Fact]
    public async Task Of_two_that_are_taken_at_once_one_stays_and_its_ends_are_whole()
    {
        var estate = await RaisedAsync(minutes: 65);
        var fleet = await estate.Store.ReadFleetAsync(Cancellation);
        var rows = await estate.Store.ReadTargetsAsync(Cancellation);
        var anchors = new JournalAnchors(new RowStore(estate.Store), estate.Documents, new CycleOptions { Worker = "w", ModeCeiling = Core.Policies.PolicyMode.Act });

        await anchors.TakeAsync(fleet, rows, estate.Now.AddHours(1), Cancellation);
        var first = (await estate.Store.ReadFleetAsync(Cancellation)).Anchor;
        await anchors.TakeAsync(fleet, [.. rows.Take(1)], estate.Now.AddHours(1), Cancellation);
        Assert.Equal(first, await JournalAnchors.LatestAsync(estate.Documents, Cancellation));
        await anchors.TakeAsync(fleet, rows, estate.Now.AddHours(1), Cancellation);

        var row = await estate.Store.ReadFleetAsync(Cancellation);
        Assert.Equal(2, row.Anchor!.Number);
        Assert.NotNull(await JournalAnchors.ReadAsync(estate.Documents, row.Anchor, Cancellation));
    }

    [Theory]
    [InlineData("{\"ends")]
    [InlineData("null")]
    [InlineData("{\"ends\":[null]}")]
    public async Task Pages_that_somebody_has_been_at_are_told_and_keep_no_tick_from_its_end(string json)
    {
        var estate = await RaisedAsync(minutes: 65);
        foreach (var page in estate.Documents.All.Where(document => document.Partition.StartsWith("anchor", StringComparison.Ordinal)).ToList())
        {
            await estate.Documents.WriteDocumentAsync(page with { Json = json }, Cancellation);
        }

        for (var minute = 0; minute < 61; minute++)
        {
            await estate.MinuteAsync();
        }

        var fleet = await estate.Store.ReadFleetAsync(Cancellation);
        Assert.Equal(2, fleet.Anchor!.Number);
        Assert.NotNull(await JournalAnchors.ReadAsync(estate.Documents, fleet.Anchor, Cancellation));
    }

    private static async Task<Estate> RaisedAsync(int minutes)
    {
        var estate = new Estate([Estate.Target("a"), Estate.Target("b")]);
        (estate.Set("a").Load, estate.Set("b").Load) = (400, 400);
        await new RowStore(estate.Store).ChangeFleetAsync(row => row.SetKillSwitch(false, "ann", "begin", estate.Now), Cancellation);
        for (var minute = 0; minute < minutes; minute++)
        {
            await estate.MinuteAsync();
        }

        return estate;
    }
}
