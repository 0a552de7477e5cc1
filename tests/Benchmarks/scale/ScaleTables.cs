using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Storage.Emulation;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>What a tick takes, as the fleet grows, as it is spread thinner, and as more workers share it.</summary>
internal static class ScaleTables
{
    private const int Subscriptions = 20;

    public static async Task GrowthAsync(Arguments arguments)
    {
        Head("Growth", $"scale sets and plans, 4 to 1, in {Subscriptions} subscriptions of two regions; one worker, SQLite");
        var table = Table(arguments, "targets");
        foreach (var targets in arguments.Numbers("--targets", 100, 1_000, 10_000))
        {
            await table.RowAsync(Count(targets), ScaleEstates.Concentrated(targets, Subscriptions), Mode(arguments));
        }
    }

    public static async Task TailAsync(Arguments arguments)
    {
        Head("Long tail", "1 to 8 targets in a group of subscription, region and type, in up to 300 subscriptions × 4 regions × 5 types; one worker, SQLite");
        var table = Table(arguments, "targets");
        foreach (var targets in arguments.Numbers("--targets", 10_000))
        {
            await table.RowAsync(Count(targets), ScaleEstates.LongTail(targets), Mode(arguments));
        }
    }

    public static async Task WorkersAsync(Arguments arguments)
    {
        if (AzuriteProcess.Missing is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var targets = arguments.Number("--targets", 1_000);
        Head("Workers", $"{Count(targets)} targets as in *growth*; tables and queues of one Azurite");
        var table = Table(arguments, "workers");
        foreach (var workers in arguments.Numbers("--workers", 1, 2, 4))
        {
            using var azurite = await AzuriteProcess.StartAsync(CancellationToken.None);
            await table.RowAsync(
                Count(workers), ScaleEstates.Concentrated(targets, Subscriptions), Mode(arguments),
                [.. Enumerable.Repeat(azurite.ConnectionString, workers)], azurite.ConnectionString);
        }
    }

    private static void Head(string title, string what) => Console.WriteLine($"\n### {title}\n\n{what}.\n");

    private static TickTable Table(Arguments arguments, string first)
    {
        var table = new TickTable(first, arguments.Number("--ticks", TickTable.Ticks), TickTable.WarmUp);
        table.Begin();
        return table;
    }

    private static PolicyMode Mode(Arguments arguments) => arguments.Has("--observe") ? PolicyMode.Observe : PolicyMode.Act;

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
