using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// Workers that are all given the same messages at the same time, while connections to the store are cut and workers are stopped and
/// go on; judged by what the simulated Azure has in its log.
/// </summary>
internal static class ContentionTable
{
    private const int Targets = 250;
    private const int Subscriptions = 5;
    private const int StopEvery = 3;

    /// <summary>Minutes without faults and without new actions: what is open is settled in them.</summary>
    private const int QuietTicks = 6;

    /// <exception cref="InvalidOperationException">There is no storage emulator; or a write was wrong or a duplicate.</exception>
    public static async Task PrintAsync(Arguments arguments)
    {
        if (AzuriteProcess.Missing is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var decisions = arguments.Number("--decisions", 10_000);
        Console.WriteLine(
            $"""

            ### Contention

            Each worker is given every message of every tick at the same time, over {Targets} targets; then the kill switch is set and what is open is settled.

            | workers | contended decisions | actions begun | writes that took effect | refused by Azure | cuts | stops | duplicate | wrong |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """);
        var faults = 0;
        foreach (var workers in arguments.Numbers("--workers", 2, 3))
        {
            faults += await RowAsync(workers, decisions, arguments.Number("--seed", 1));
        }

        if (faults > 0)
        {
            throw new InvalidOperationException($"{faults} duplicate or wrong, told above");
        }
    }

    /// <returns>How many duplicate or wrong writes there were.</returns>
    private static async Task<int> RowAsync(int workers, int decisions, int seed)
    {
        using var azurite = await AzuriteProcess.StartAsync(CancellationToken.None);
        var chaos = new Chaos(seed);
        var all = new List<WorkerProcess>();
        var proxies = Enumerable.Range(0, workers).Select(number =>
        {
            var (table, queue) = (new StoreProxy(azurite.TablePort, Meets), new StoreProxy(azurite.QueuePort, Meets));
            table.Start();
            queue.Start();
            return (Table: table, Queue: queue);

            bool Meets(StoreMoment moment) => all.Count > number && chaos.Meets(all[number], moment);
        }).ToList();
        var stores = proxies.Select(proxy => AzuriteProcess.ConnectionStringOver(azurite.BlobPort, proxy.Queue.Port, proxy.Table.Port)).ToList();
        await using var fleet = await Fleet.StartAsync(ScaleEstates.SetsUnderChange(Targets, Subscriptions), PolicyMode.Act, stores, azurite.ConnectionString);
        all.AddRange(fleet.Workers);
        var contention = new Contention(fleet, chaos, seed);
        for (var tick = 0; tick * Targets < decisions; tick++)
        {
            if (tick % StopEvery == 0)
            {
                contention.ArmStop(tick / StopEvery);
            }

            await contention.TickAsync();
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{workers} workers: {Math.Min(decisions, (tick + 1) * Targets)} of {decisions} contended decisions, {fleet.Azure.Writes.Effective.Count} writes, {chaos.Cuts.Values.Sum()} cuts, {chaos.StopCounts.Values.Sum()} stops"));
        }

        chaos.IsOn = false;
        await contention.ResumeAsync();
        await StopActionsAsync(fleet.State, fleet.Azure.Clock);
        for (var tick = 0; tick < QuietTicks; tick++)
        {
            await fleet.TickAsync();
        }

        var verdict = await ContentionJudge.JudgeAsync(fleet);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {workers} | {decisions:N0} | {verdict.Actions:N0} | {verdict.Effective:N0} | {verdict.Refused:N0} | {chaos.Cuts.Values.Sum()} | {chaos.StopCounts.Values.Sum()} | {verdict.Duplicates.Count} | {verdict.Wrong.Count} |"));
        foreach (var complaint in verdict.Duplicates.Concat(verdict.Wrong))
        {
            await Console.Error.WriteLineAsync(complaint);
        }

        foreach (var (moment, count) in chaos.Cuts.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync($"cut at {moment}: {count}");
        }

        foreach (var (moment, count) in chaos.StopCounts.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            await Console.Error.WriteLineAsync($"stopped at {moment}: {count}");
        }

        proxies.ForEach(proxy =>
        {
            proxy.Table.Dispose();
            proxy.Queue.Dispose();
        });
        return verdict.Duplicates.Count + verdict.Wrong.Count;
    }

    private static async Task StopActionsAsync(IStateStore state, TimeProvider time)
    {
        RowWrite answer = new RowWrite.Conflict();
        while (answer is RowWrite.Conflict)
        {
            var row = await state.ReadFleetAsync(CancellationToken.None);
            answer = await state.WriteFleetAsync(row with { KillSwitch = new KillSwitch(true, "benchmark", "to settle what is open", time.GetUtcNow()) }, CancellationToken.None);
        }
    }
}
