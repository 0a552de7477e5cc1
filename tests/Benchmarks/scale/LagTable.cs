using System.Globalization;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Autoscale;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Scale.Benchmarks;

/// <summary>
/// How long after a load has changed who scales asks Azure for more: ours, beside Azure's autoscale as the sandbox runs it, on scale
/// sets alike whose load more than doubles at a random second. Both see a metric two minutes after its minute began.
/// </summary>
internal static class LagTable
{
    private const string Subscription = "00000000-0000-4000-8000-000000000001";
    private const int Instances = 5;

    /// <summary>What five instances carry at 50 %, and what seven carry at 80 %.</summary>
    private const double Before = 3.125, After = 7;

    private const int Enough = 7;
    private const int Minutes = 75;

    /// <summary>The scale sets of each row: with a setting of autoscale that looks at so many minutes or none, and looked after by us or not.</summary>
    private static readonly (string Name, int? Window, bool IsOurs)[] Rows =
    [
        ("ScaleFunctions, target tracking at 60 %", null, true),
        ("Azure autoscale, above 70 % over 10 min, one more, with our floor under it", 10, true),
        ("Azure autoscale, above 70 % over 5 min, one more", 5, false),
        ("Azure autoscale, above 70 % over 10 min, one more", 10, false),
    ];

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    public static async Task PrintAsync(Arguments arguments)
    {
        var each = arguments.Number("--targets", 100);
        var random = new Random(1);
        var all = Rows.SelectMany((row, index) => Enumerable.Range(0, each).Select(number =>
            new Stepped(row.Name, row.Window, row.IsOurs, ScaleSetSpec.IdOf(Subscription, "rg-lag", $"set-{index}-{number}"), Start.AddSeconds(random.Next(10 * 60, 30 * 60))))).ToList();
        await using var fleet = await Fleet.StartAsync(EstateOf([.. all.Where(stepped => stepped.IsOurs)]), PolicyMode.Act);
        await using var alone = await SandboxServer.StartAsync(
            new SandboxOptions { Estate = EstateOf([.. all.Where(stepped => !stepped.IsOurs)]), Behavior = new EstateOptions { History = TimeSpan.FromDays(1) }, Start = Start },
            CancellationToken.None);
        var ticks = new List<double>();
        for (var minute = 1; minute <= Minutes; minute++)
        {
            ticks.Add((await fleet.TickAsync()).Seconds);
            await alone.Clock.AdvanceToAsync(Start.AddMinutes(minute), CancellationToken.None);
            _ = alone.Estate.Report();
            if (minute % 10 == 0)
            {
                await Console.Error.WriteLineAsync($"load change to write: minute {minute} of {Minutes}");
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""

            ### Load change to write

            {each} scale sets each of five instances, whose load rises at a random second from 50 % to 112 % of them; metrics are readable two minutes after their minute began. Simulated time; our tick over {2 * each} of them, {Percentile.Of(ticks, 50):0.0} s in the median, comes on top.

            | who | first change p50 | p99 | seven instances asked for p50 | p99 | never |
            | --- | --- | --- | --- | --- | --- |
            """));
        foreach (var row in all.GroupBy(stepped => stepped.Row))
        {
            var log = row.First().IsOurs ? fleet.Azure.Writes : alone.Writes;
            var first = row.Select(stepped => Lag(log, stepped, 1)).ToList();
            var enough = row.Select(stepped => Lag(log, stepped, Enough)).ToList();
            Console.WriteLine($"| {row.Key} | {Span(first, 50)} | {Span(first, 99)} | {Span(enough, 50)} | {Span(enough, 99)} | {enough.Count(double.IsPositiveInfinity)} |");
        }
    }

    private static EstateSpec EstateOf(IReadOnlyList<Stepped> all) => new([.. all.Select(SpecOf)])
    {
        AutoscaleSettings = [.. all.Where(stepped => stepped.Window is not null).Select(SettingOf)],
    };

    private static string Span(IEnumerable<double> seconds, int percent) => Percentile.Of(seconds, percent) is var value && double.IsPositiveInfinity(value)
        ? "never"
        : TimeSpan.FromSeconds(Math.Round(value)).ToString(@"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>Seconds until the log has the first change to that many instances; infinite when it has none.</summary>
    private static double Lag(WriteLog log, Stepped stepped, int instances) => log.Of(stepped.Id)
        .Where(write => write.IsEffective && write.At >= stepped.At && write.CapacityAfter > write.CapacityBefore && write.CapacityAfter >= instances)
        .Select(write => (write.At - stepped.At).TotalSeconds)
        .DefaultIfEmpty(double.PositiveInfinity)
        .First();

    private static ScaleSetSpec SpecOf(Stepped stepped) => new()
    {
        Id = stepped.Id,
        Load = new SteppedLoad(Before, [(stepped.At, After)]),
        InitialCapacity = Instances,
        BootTime = TimeSpan.FromMinutes(1),
        Zones = ["1", "2", "3"],
        Tags = new Dictionary<string, string> { ["app"] = "lag" },
    };

    private static AutoscaleSettingSpec SettingOf(Stepped stepped)
    {
        return new AutoscaleSettingSpec(
            AutoscaleSettingSpec.IdOf(Subscription, "rg-lag", $"{stepped.Id.Name}-auto"),
            $$"""
            {
              "location": "westeurope",
              "properties": {
                "enabled": true, "targetResourceUri": "{{stepped.Id}}",
                "profiles": [ { "name": "default", "capacity": { "minimum": "2", "maximum": "40", "default": "2" }, "rules": [ {{Rule("GreaterThan", 70, "Increase")}}, {{Rule("LessThan", 30, "Decrease")}} ] } ]
              }
            }
            """);

        string Rule(string comparison, int threshold, string direction) => $$"""
            {
              "metricTrigger": { "metricName": "Percentage CPU", "metricResourceUri": "{{stepped.Id}}", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT{{stepped.Window}}M",
                "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}} },
              "scaleAction": { "direction": "{{direction}}", "type": "ChangeCount", "value": "1", "cooldown": "PT5M" }
            }
            """;
    }

    private sealed record Stepped(string Row, int? Window, bool IsOurs, TargetId Id, DateTimeOffset At);
}
