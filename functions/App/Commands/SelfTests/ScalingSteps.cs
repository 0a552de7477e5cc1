using System.Text.Json;
using ScaleFunctions.App.Commands.Operations;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Checks;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Journal;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.App.Commands.SelfTests;

/// <summary>A fleet follows its load, a person takes an action back and stops everything, and the journal has all of it.</summary>
internal static class ScalingSteps
{
    private const string Person = "self-test";

    private static TargetId Web => SelfTestEstate.Web;

    public static IReadOnlyList<SelfTestStep> All { get; } =
    [
        new("raise", RaiseAsync),
        new("verify", VerifyAsync),
        new("lower", LowerAsync),
        new("roll back", RollBackAsync),
        new("kill switch", StopAsync),
        new("journal", ProveAsync),
        new("writes", CountAsync),
    ];

    private static async Task<string> RaiseAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        await world.RunUntilAsync(SelfTestEstate.Rises, cancellationToken);
        var before = world.Sandbox.Estate.CapacityOf(Web);
        var end = SelfTestEstate.Rises.AddMinutes(20);
        return await world.RunUntilAsync(() => Task.FromResult(Raises(world, SelfTestEstate.Rises).Count > 0), end, cancellationToken)
            ? $"load doubled, {before} → {world.Sandbox.Estate.CapacityOf(Web)} instances within {(world.Now - SelfTestEstate.Rises).TotalMinutes:0} minutes"
            : throw new UserErrorException($"the load of 'web' doubled at {SelfTestEstate.Rises:HH:mm}, and until {end:HH:mm} no write raised its {before} instances{await WhyAsync(world, cancellationToken)}");
    }

    /// <summary>The functions have seen that each instance came; nothing is taken from what the write answered.</summary>
    private static async Task<string> VerifyAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var arrived = 0;
        var end = SelfTestEstate.Falls;
        var isSo = await world.RunUntilAsync(
            async () =>
            {
                var journal = await world.JournalAsync(Web, cancellationToken);
                arrived = journal.Count(entry => entry.Kind == JournalKind.CheckEnded && EndOf(entry) == nameof(CheckEnd.Arrived));
                return arrived > 0 && journal.Any(entry => entry.Kind == JournalKind.IntentEnded && EndOf(entry) == nameof(IntentEnd.Done));
            },
            end, cancellationToken);
        return isSo
            ? arrived == 1 ? "1 action was followed until its instances served" : $"{arrived} actions were followed until their instances served"
            : throw new UserErrorException($"until {end:HH:mm} no action of 'web' was seen to its end, with its instances serving{await WhyAsync(world, cancellationToken)}");
    }

    private static async Task<string> LowerAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        await world.RunUntilAsync(SelfTestEstate.Falls, cancellationToken);
        var before = world.Sandbox.Estate.CapacityOf(Web);
        var end = SelfTestEstate.Falls.AddMinutes(40);
        return await world.RunUntilAsync(() => Task.FromResult(Lowerings(world).Count > 0), end, cancellationToken)
            ? $"load halved, {before} → {world.Sandbox.Estate.CapacityOf(Web)} instances, by way of the ledger"
            : throw new UserErrorException($"the load of 'web' halved at {SelfTestEstate.Falls:HH:mm}, and until {end:HH:mm} no write lowered its {before} instances{await WhyAsync(world, cancellationToken)}");
    }

    private static async Task<string> RollBackAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> reasons = ["no lowering was settled"];
        for (var attempt = 0; attempt < 15; attempt++)
        {
            await world.RunUntilAsync(world.Now.AddMinutes(1), cancellationToken);
            var row = await world.Get<RowStore>().ReadAsync(Web, cancellationToken);
            if (row.Intent is not null)
            {
                continue;
            }

            var was = Lowerings(world)[^1];
            switch (await world.Get<RollbackCycle>().RunAsync(world.Policies, Web, new RollbackRequest(row.Epoch, Person, "to try it"), cancellationToken))
            {
                case RollbackResult.Sent { Trouble: "" } sent:
                    await world.RunUntilAsync(world.Now.AddMinutes(3), cancellationToken);
                    var now = world.Sandbox.Estate.CapacityOf(Web);
                    return now == sent.Preview.Goal && now == was.CapacityBefore
                        ? $"the last lowering taken back, {was.CapacityAfter} → {now} instances"
                        : throw new UserErrorException($"the last lowering of 'web' was taken back to {was.CapacityBefore} instances, and there are {now}");
                case RollbackResult.Sent doubtful:
                    throw new UserErrorException($"taking the last lowering of 'web' back left for Azure, but: {doubtful.Trouble}");
                case RollbackResult.Refused refused:
                    reasons = refused.Reasons;
                    break;
                case RollbackResult.NotFound none:
                    reasons = [none.Why];
                    break;
            }
        }

        throw new UserErrorException($"the last lowering of 'web' could not be taken back: {string.Join("; ", reasons)}");
    }

    /// <summary>Load that wants instances comes while the switch is set, and only afterwards they come.</summary>
    private static async Task<string> StopAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        await world.RunUntilAsync(SelfTestEstate.RisesAgain.AddMinutes(-1), cancellationToken);
        await SetAsync(world, isSet: true, cancellationToken);
        var from = world.Sandbox.Writes.All.Count;
        await world.RunUntilAsync(SelfTestEstate.RisesAgain.AddMinutes(8), cancellationToken);
        if (world.Sandbox.Writes.All.Skip(from).FirstOrDefault(write => !write.IsForeign) is { } write)
        {
            throw new UserErrorException($"the kill switch was set, and {write.Method} {write.Path} was sent at {write.At:HH:mm}");
        }

        await SetAsync(world, isSet: false, cancellationToken);
        var off = world.Now;
        return await world.RunUntilAsync(() => Task.FromResult(Raises(world, off).Count > 0), off.AddMinutes(10), cancellationToken)
            ? $"load tripled for 8 minutes without a write, and was followed {SpanText.Describe(TimeSpan.FromMinutes(Math.Round((world.Now - off).TotalMinutes)))} after the switch was cleared"
            : throw new UserErrorException($"the kill switch was cleared at {off:HH:mm}, and ten minutes later nothing was raised{await WhyAsync(world, cancellationToken)}");
    }

    private static async Task<string> ProveAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var chains = await JournalProof.OfAsync(world.Store, world.Documents, chain: null, cancellationToken);
        return chains.FirstOrDefault(chain => chain.Fault is not null) is { Fault: { } fault } broken
            ? throw new UserErrorException($"the journal of {broken.Chain} is broken: {fault}")
            : chains.Count > 0 && chains.Sum(chain => chain.Entries) is > 0 and var entries
            ? $"{entries} entries in {chains.Count} chains, unbroken"
            : throw new UserErrorException("the journal is empty");
    }

    /// <summary>What was written down before it was sent, and what the simulated Azure was sent, are the same.</summary>
    private static async Task<string> CountAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        // The last raise may still be under way.
        await world.RunUntilAsync(world.Now.AddMinutes(4), cancellationToken);
        var journal = await world.JournalAsync(Web, cancellationToken);
        var sent = journal.Count(entry => entry.Kind == JournalKind.IntentSent);
        var done = journal.Count(entry => entry.Kind == JournalKind.IntentEnded && EndOf(entry) == nameof(IntentEnd.Done));
        var writes = world.Sandbox.Writes.Of(Web).Where(write => !write.IsForeign).ToList();
        var open = (await world.Get<RowStore>().ReadAsync(Web, cancellationToken)).Intent is null ? 0 : 1;
        var effective = writes.Count(write => write.IsEffective);
        return writes.Count != sent ? throw new UserErrorException($"{writes.Count} writes of 'web' reached Azure, and the journal knows of {sent}")
            : effective != done + open ? throw new UserErrorException($"{effective} writes of 'web' changed it, and the journal has {done} as done")
            : writes.Zip(writes.Skip(1)).FirstOrDefault(pair => pair.First.CapacityAfter != pair.Second.CapacityBefore) is { Second: { } second }
            ? throw new UserErrorException($"before the write of {second.At:HH:mm} somebody else changed 'web'")
            : $"{writes.Count} writes, each written down before it was sent, none twice";
    }

    private static Task SetAsync(SelfTestWorld world, bool isSet, CancellationToken cancellationToken) => world.Get<RowStore>().ChangeFleetAsync(
        row => row.SetKillSwitch(isSet, Person, "to try it", world.Now), cancellationToken);

    private static IReadOnlyList<WriteRecord> Raises(SelfTestWorld world, DateTimeOffset from) =>
        [.. world.Effective(Web, from).Where(write => write.CapacityAfter > write.CapacityBefore)];

    private static IReadOnlyList<WriteRecord> Lowerings(SelfTestWorld world) =>
        [.. world.Effective(Web, SelfTestEstate.Falls).Where(write => write.CapacityAfter < write.CapacityBefore)];

    private static string? EndOf(JournalEntry entry) =>
        entry.Facts.ValueKind == JsonValueKind.Object && entry.Facts.TryGetProperty("end", out var end) ? end.GetString() : null;

    /// <summary>What was decided last, as <c>why</c> would tell it.</summary>
    private static async Task<string> WhyAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var row = await world.Get<RowStore>().ReadAsync(Web, cancellationToken);
        var journal = await world.JournalAsync(Web, cancellationToken);
        var failed = journal.LastOrDefault(entry => entry.Kind is JournalKind.IntentEnded or JournalKind.CheckEnded or JournalKind.Refusal or JournalKind.Quarantine);
        return $"{(row.Spans.Count > 0 ? $"; decided last: {row.Spans[^1].Reason}" : "; nothing was decided")}{(failed is null ? "" : $"; journal: {failed.Text}")}";
    }
}
