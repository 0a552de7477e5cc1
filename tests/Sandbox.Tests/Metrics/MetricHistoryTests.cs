using System.Globalization;
using System.Text.Json;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Metrics;

/// <summary>Metrics in longer grains, and of before the start.</summary>
public sealed class MetricHistoryTests
{
    private static readonly DateTimeOffset Start = SandboxHost.Start;

    private static readonly string[] Numbers = ["average", "minimum", "maximum", "total", "count"];

    [Theory]
    [InlineData("PT5M", 5)]
    [InlineData("PT15M", 15)]
    [InlineData("PT30M", 30)]
    [InlineData("PT1H", 60)]
    [InlineData("PT6H", 360)]
    [InlineData("PT12H", 720)]
    [InlineData("P1D", 1440)]
    public async Task A_longer_grain_is_made_of_its_minutes(string interval, int minutes)
    {
        await using var host = await StartAsync();
        var (from, to) = (Start.AddDays(-3), Start.AddDays(-2));

        var grains = await ReadAsync(host, from, to, interval);
        var parts = (await ReadAsync(host, from, to, "PT1M")).Chunk(minutes).ToList();

        Assert.Equal(1440 / minutes, grains.Count);
        Assert.All(grains.Zip(parts), pair =>
        {
            var (grain, part) = pair;
            Assert.Equal(
                (part[0].At, part.Min(each => each["minimum"]), part.Max(each => each["maximum"]), part.Sum(each => each["count"])),
                (grain.At, grain["minimum"], grain["maximum"], grain["count"]));
            Assert.Equal(part.Sum(each => each["average"] * each["count"]), grain["total"], grain["total"] * 1e-9);
            Assert.Equal(grain["total"] / grain["count"], grain["average"], 1e-9);
        });
    }

    /// <summary>Two weeks, a month and three months ago the service had its days and nights, and instances for them.</summary>
    [Theory]
    [InlineData(14)]
    [InlineData(30)]
    [InlineData(92)]
    public async Task Before_the_start_the_load_went_as_it_does_after(int daysAgo)
    {
        var load = new GeneratedLoad(new GeneratedLoadShape { Mean = 20, DailyAmplitude = 0.6, PeakHour = 14, WeekendFactor = 1 }, seed: 3);
        await using var host = await StartAsync(load);
        var from = Start.AddDays(-daysAgo);

        var hours = await ReadAsync(host, from, from.AddDays(1), "PT1H");

        Assert.Equal(24, hours.Count);
        var (night, day) = (Demand(hours[2]), Demand(hours[14]));
        Assert.InRange(day / night, 3, 5);
        Assert.Equal(load.DemandAt(from.AddHours(14.5)), day, tolerance: 4);
        Assert.All(hours, hour => Assert.InRange(hour["average"], 45, 56));
        Assert.InRange(hours[14]["count"] / hours[2]["count"], 3, 5);
    }

    [Fact]
    public async Task Before_the_start_a_fleet_had_no_more_than_it_may_have()
    {
        var plan = new PlanSpec { Id = PlanSpec.IdOf(SandboxHost.Subscription, "shop", "plan"), Load = new ConstantLoad(50), MaximumInstances = 10 };
        await using var host = await SandboxHost.StartAsync(options => options with { Estate = new EstateSpec([SandboxHost.Service("web", demand: 0)]) { Plans = [plan] } });

        Assert.All(host.Server.Estate.Minutes(plan.Id, Start.AddDays(-1), Start), minute => Assert.Equal(10, minute.Ready));
        Assert.All(host.Server.Estate.Minutes(SandboxHost.Web, Start.AddDays(-1), Start.AddHours(-1)), minute => Assert.Equal(1, minute.Ready));
    }

    /// <summary>What the first decisions rest on is of the fleet they see.</summary>
    [Fact]
    public async Task In_the_last_hour_before_the_start_a_fleet_had_what_it_begins_with()
    {
        await using var host = await SandboxHost.StartAsync(options => options with { Estate = new EstateSpec([SandboxHost.Service("web", demand: 1, capacity: 5)]) });

        Assert.Equal(
            [2, 5, 5],
            new[] { -61, -60, -1 }.Select(minute => Assert.Single(host.Server.Estate.Minutes(SandboxHost.Web, Start.AddMinutes(minute), Start.AddMinutes(minute + 1))).Ready));
    }

    /// <summary>A recording repeats after its end; what it would repeat before its begin never was.</summary>
    [Fact]
    public async Task A_recording_has_the_history_it_holds_and_no_other()
    {
        var lines = Enumerable.Range(0, 72).Select(hour => $"{Start.AddHours(hour - 48):yyyy-MM-ddTHH:mm:ssZ},{10 + (hour % 24)}");
        var trace = TraceLoad.Parse(string.Join('\n', lines), "trace.csv", meanInstances: 5);
        await using var host = await StartAsync(new ScaledLoad(trace, 0.5));

        var hours = await ReadAsync(host, Start.AddHours(-60), Start, "PT1H");

        Assert.All(hours.Take(12), hour => Assert.False(hour.HasNumbers));
        Assert.All(hours.Skip(12), hour => Assert.True(hour.HasNumbers));
        Assert.Equal(60, hours.Count);
    }

    /// <summary>The demand of long spans is remembered: the second answer, and one after time went on, are those of a service that was asked the first time.</summary>
    [Fact]
    public async Task What_is_remembered_of_a_long_span_is_what_would_be_computed_anew()
    {
        await using var host = await StartAsync();
        await using var other = await StartAsync();
        var first = await ReadAsync(host, Start.AddDays(-3), Start, "PT1H");
        await host.Server.Clock.SpendAsync(TimeSpan.FromMinutes(90), TestContext.Current.CancellationToken);
        await other.Server.Clock.SpendAsync(TimeSpan.FromMinutes(90), TestContext.Current.CancellationToken);

        var again = await ReadAsync(host, Start.AddDays(-2), Start.AddHours(1), "PT1M");

        Assert.Equal(await ReadTextAsync(other, Start.AddDays(-2), Start.AddHours(1), "PT1M"), await ReadTextAsync(host, Start.AddDays(-2), Start.AddHours(1), "PT1M"));
        Assert.Equal((72, 49 * 60), (first.Count, again.Count));
        Assert.Equal(first[30]["total"], again.Where(minute => minute.At >= first[30].At && minute.At < first[31].At).Sum(minute => minute["total"]), 1e-6 * first[30]["total"]);
    }

    [Fact]
    public async Task What_Azure_no_longer_keeps_is_refused()
    {
        await using var host = await StartAsync();

        Assert.Equal(200, (await host.GetAsync(Url(Start.AddDays(-94), Start.AddDays(-93), "P1D"))).Status);
        Assert.Contains("retention", (await host.GetAsync(Url(Start.AddDays(-95), Start.AddDays(-94), "P1D"))).Text, StringComparison.Ordinal);
    }

    /// <summary>Without a word, as Azure does.</summary>
    [Fact]
    public async Task Of_a_very_long_span_only_the_end_is_answered()
    {
        await using var host = await StartAsync();

        var days = await ReadAsync(host, Start.AddDays(-60), Start, "P1D");

        Assert.Equal((31, Start.AddDays(-31)), (days.Count, days[0].At));
    }

    /// <summary>One instance carries a demand of 1 at 80 %.</summary>
    private static double Demand(Grain hour) => hour["total"] / 80 / 60;

    private static Task<SandboxHost> StartAsync(ILoadSource? load = null) => SandboxHost.StartAsync(options => options with
    {
        Estate = new EstateSpec([SandboxHost.Service("web") with { Load = load ?? new GeneratedLoad(new GeneratedLoadShape { BurstsPerDay = 4 }, seed: 1) }]),
    });

    private static async Task<string> ReadTextAsync(SandboxHost host, DateTimeOffset from, DateTimeOffset to, string interval) => (await host.GetAsync(Url(from, to, interval))).Text;

    private static string Url(DateTimeOffset from, DateTimeOffset to, string interval) =>
        SandboxHost.Url(SandboxHost.Web, "/providers/Microsoft.Insights/metrics", "2024-02-01")
        + $"&metricnames=Percentage%20CPU&aggregation={string.Join(',', Numbers)}&interval={interval}&timespan={from:yyyy-MM-ddTHH:mm:ssZ}/{to:yyyy-MM-ddTHH:mm:ssZ}";

    private static async Task<List<Grain>> ReadAsync(SandboxHost host, DateTimeOffset from, DateTimeOffset to, string interval)
    {
        var answer = await host.GetAsync(Url(from, to, interval));
        Assert.Equal((200, interval), (answer.Status, answer.Json.GetProperty("interval").GetString()));
        return [.. answer.Json.GetProperty("value")[0].GetProperty("timeseries")[0].GetProperty("data").EnumerateArray().Select(point => new Grain(point))];
    }

    private sealed class Grain(JsonElement json)
    {
        public DateTimeOffset At { get; } = DateTimeOffset.Parse(json.GetProperty("timeStamp").GetString()!, CultureInfo.InvariantCulture);

        public bool HasNumbers => json.TryGetProperty("average", out _);

        public double this[string number] => json.GetProperty(number).GetDouble();
    }
}
