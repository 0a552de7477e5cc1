using System.Text.Json;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Faults;
using ScaleFunctions.Sandbox.Load;

namespace ScaleFunctions.Sandbox.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    private const string All = "&aggregation=average,count,minimum,maximum,total";

    [Fact]
    public async Task A_minute_appears_when_its_delay_has_passed()
    {
        await using var host = await SandboxHost.StartAsync(options => options with { Behavior = new EstateOptions { History = TimeSpan.Zero } });
        await host.AdvanceAsync(TimeSpan.FromMinutes(1.5));
        var early = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:10:00Z", All);
        await host.AdvanceAsync(TimeSpan.FromMinutes(0.5));
        var late = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:10:00Z", All);

        Assert.Equal(["""{"timeStamp":"2026-01-05T00:00:00Z"}""", """{"timeStamp":"2026-01-05T00:01:00Z"}"""], early);
        Assert.Equal(
            """{"timeStamp":"2026-01-05T00:00:00Z","average":64,"minimum":64,"maximum":64,"total":320,"count":5}""", late[0]);
        Assert.Equal(["""{"timeStamp":"2026-01-05T00:01:00Z"}""", """{"timeStamp":"2026-01-05T00:02:00Z"}"""], late[1..]);
    }

    [Fact]
    public async Task The_count_is_the_instances_that_reported()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.PatchAsync(SandboxHost.Web, 8);
        await host.AdvanceAsync(TimeSpan.FromMinutes(7));
        var points = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:06:00Z", "&aggregation=count");

        Assert.Equal([5, 5, 5, 5, 8, 8], points.Select(point => JsonDocument.Parse(point).RootElement.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task A_longer_grain_is_weighed_by_instances()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec(
            [
                SandboxHost.Service("web", capacity: 10) with { Load = new SteppedLoad(10, [(SandboxHost.Start.AddMinutes(4), 5)]) },
            ]),
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));
        await host.PatchAsync(SandboxHost.Web, 5);
        await host.AdvanceAsync(TimeSpan.FromMinutes(4));
        var points = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:05:00Z", $"{All}&interval=PT5M");

        Assert.Equal(["""{"timeStamp":"2026-01-05T00:00:00Z","average":80,"minimum":80,"maximum":80,"total":3600,"count":45}"""], points);
    }

    [Fact]
    public async Task There_is_history_before_the_start()
    {
        await using var host = await SandboxHost.StartAsync(options => options with { Behavior = new EstateOptions { History = TimeSpan.FromDays(1) } });
        var points = await PointsAsync(host, "2026-01-03T00:00:00Z/2026-01-05T00:00:00Z", "&interval=P1D&aggregation=count");

        Assert.Equal(["""{"timeStamp":"2026-01-03T00:00:00Z"}""", """{"timeStamp":"2026-01-04T00:00:00Z","count":8634}"""], points);
    }

    [Theory]
    [InlineData("&metricnames=Percentage%20Memory", "Percentage Memory")]
    [InlineData("&metricnamespace=microsoft.web/serverfarms", "microsoft.web/serverfarms")]
    [InlineData("&interval=PT2M", "PT2M")]
    [InlineData("&aggregation=median", "median")]
    [InlineData("&timespan=yesterday/today", "today")]
    [InlineData("&timespan=2026-01-05T00:00:00Z", "start/end")]
    [InlineData("&timespan=2026-01-05T01:00:00Z/2026-01-05T00:00:00Z", "2026-01-05T01:00:00Z")]
    public async Task What_is_not_known_is_refused_by_name(string query, string named)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.GetAsync(Url(query));

        Assert.Equal((400, "BadRequest"), (answer.Status, answer.Json.GetProperty("code").GetString()));
        Assert.Contains(named, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_answers_for_each_resource()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("a", demand: 1), SandboxHost.Service("b", demand: 2)]),
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var answer = await BatchAsync(host, [Id("a"), Id("b"), Id("gone")]);
        var values = answer.Json.GetProperty("values").EnumerateArray().ToList();

        Assert.Equal([Id("a").Value, Id("b").Value], values.Select(value => value.GetProperty("resourceid").GetString()));
        Assert.Equal([16, 32], values.Select(value => value.GetProperty("value")[0].GetProperty("timeseries")[0]
            .GetProperty("data")[0].GetProperty("average").GetDouble()));
        Assert.Equal("2026-01-05T00:00:00Z", values[0].GetProperty("starttime").GetString());
        Assert.Empty(host.Server.Writes.All);
    }

    [Fact]
    public async Task A_batch_holds_at_most_fifty_resources()
    {
        await using var host = await SandboxHost.StartAsync();

        Assert.Equal(400, (await BatchAsync(host, [])).Status);
        Assert.Equal(200, (await BatchAsync(host, [.. Enumerable.Repeat(SandboxHost.Web, 50)])).Status);
        Assert.Equal(400, (await BatchAsync(host, [.. Enumerable.Repeat(SandboxHost.Web, 51)])).Status);
    }

    [Fact]
    public async Task A_batch_is_of_one_region_subscription_and_type()
    {
        await using var host = await SandboxHost.StartAsync();
        var elsewhere = ScaleSetSpec.IdOf("00000000-0000-4000-8000-0000000000bb", "shop", "web");
        var plan = TargetId.Parse($"/subscriptions/{SandboxHost.Subscription}/resourceGroups/shop/providers/Microsoft.Web/serverfarms/plan");

        Assert.Equal(200, (await BatchAsync(host, [SandboxHost.Web])).Status);
        Assert.Contains("region", (await BatchAsync(host, [SandboxHost.Web], region: "northeurope")).Text, StringComparison.Ordinal);
        Assert.Contains("subscription", (await BatchAsync(host, [SandboxHost.Web, elsewhere])).Text, StringComparison.Ordinal);
        Assert.Contains("type", (await BatchAsync(host, [SandboxHost.Web, plan])).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceids":"text"}""")]
    [InlineData("""{"resourceids":[1]}""")]
    [InlineData("""{"resourceids":["/not/an/id"]}""")]
    [InlineData("no json")]
    public async Task A_batch_with_a_wrong_body_is_refused(string body)
    {
        await using var host = await SandboxHost.StartAsync();

        Assert.Equal(400, (await host.SendAsync(HttpMethod.Post, BatchUrl("westeurope"), body)).Status);
    }

    [Fact]
    public async Task Empty_metrics_have_no_series_or_points_without_numbers()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        host.Server.Faults.Set(new EmptyMetrics());
        var without = await host.GetAsync(Url(""));
        host.Server.Faults.Set(new EmptyMetrics(KeepsPoints: true));
        var bare = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:01:00Z", All);

        Assert.Equal(0, without.Json.GetProperty("value")[0].GetProperty("timeseries").GetArrayLength());
        Assert.Equal(["""{"timeStamp":"2026-01-05T00:00:00Z"}"""], bare);
    }

    [Fact]
    public async Task Metrics_can_be_exactly_zero_and_shifted()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        host.Server.Faults.Set(new ConstantMetrics(0), new ShiftMetrics(TimeSpan.FromHours(1)));
        var points = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:01:00Z", All);

        Assert.Equal(["""{"timeStamp":"2026-01-05T01:00:00Z","average":0,"minimum":0,"maximum":0,"total":0,"count":5}"""], points);
    }

    [Fact]
    public async Task A_filter_tells_instances_apart()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        host.Server.Faults.Set(new HotInstance(95));

        Assert.Equal(["web_0", "web_1", "web_2", "web_3", "web_4"], await InstancesAsync(host, "VMName eq '*'"));
        Assert.Equal(["web_1", "web_4"], await InstancesAsync(host, "vmname eq 'web_1' or VMName eq 'WEB_4' or VMName eq 'gone'"));
        Assert.Equal(["web_0", "web_1"], await InstancesAsync(host, "VMName eq '*'", "&top=2"));
        var whole = await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:01:00Z", All);

        Assert.Equal(["""{"timeStamp":"2026-01-05T00:00:00Z","average":70.2,"minimum":64,"maximum":95,"total":351,"count":5}"""], whole);
    }

    [Fact]
    public async Task An_instance_can_be_silent()
    {
        await using var host = await SandboxHost.StartAsync();
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        host.Server.Faults.Set(new SilentInstance());

        Assert.Equal(["web_1", "web_2", "web_3", "web_4"], await InstancesAsync(host, "VMName eq '*'"));
        Assert.Contains("\"count\":4", (await PointsAsync(host, "2026-01-05T00:00:00Z/2026-01-05T00:01:00Z", All))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_arrives_on_the_network_does_not_end_where_cpu_does()
    {
        await using var host = await SandboxHost.StartAsync(options => options with
        {
            Estate = new EstateSpec([SandboxHost.Service("web", demand: 30)]),
        });
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var answer = await host.GetAsync(Url("&metricnames=Network%20In%20Total,Percentage%20CPU&aggregation=total,maximum&timespan=2026-01-05T00:00:00Z/2026-01-05T00:01:00Z"));
        var values = answer.Json.GetProperty("value").EnumerateArray().Select(metric => metric.GetProperty("timeseries")[0].GetProperty("data")[0]).ToList();

        Assert.Equal(1_800_000_000, values[0].GetProperty("total").GetDouble(), 1e-3);
        Assert.Equal(100, values[1].GetProperty("maximum").GetDouble());
    }

    [Theory]
    [InlineData("&$filter=Status%20eq%20'500'", "Status")]
    [InlineData("&$filter=VMName%20ne%20'a'", "VMName ne")]
    [InlineData("&$filter=VMName%20eq%20'a", "VMName eq")]
    [InlineData("&$filter=VMName%20eq%20'*'%20or%20x", "cannot be read")]
    [InlineData("&$filter=VMName%20eq%20'*'&top=0", "'0'")]
    [InlineData("&top=5", "only with a filter")]
    public async Task A_filter_that_is_none_is_refused(string query, string named)
    {
        await using var host = await SandboxHost.StartAsync();
        var answer = await host.GetAsync(Url(query));

        Assert.Equal(400, answer.Status);
        Assert.Contains(named, answer.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string?>> InstancesAsync(SandboxHost host, string filter, string more = "")
    {
        var answer = await host.GetAsync(Url($"&timespan=2026-01-05T00:00:00Z/2026-01-05T00:01:00Z&$filter={Uri.EscapeDataString(filter)}{more}"));
        return answer.Json.GetProperty("value")[0].GetProperty("timeseries").EnumerateArray()
            .Select(series => series.GetProperty("metadatavalues")[0].GetProperty("value").GetString());
    }

    private static TargetId Id(string name) => ScaleSetSpec.IdOf(SandboxHost.Subscription, "shop", name);

    private static string Url(string query) =>
        SandboxHost.Url(SandboxHost.Web, "/providers/Microsoft.Insights/metrics", "2024-02-01") + query;

    private static string BatchUrl(string region) =>
        $"https://{region}.metrics.monitor.azure.com/subscriptions/{SandboxHost.Subscription}/metrics:getBatch?api-version=2024-02-01"
        + "&metricnamespace=microsoft.compute/virtualmachinescalesets&metricnames=Percentage%20CPU&aggregation=average,count"
        + "&starttime=2026-01-05T00:00:00.000Z&endtime=2026-01-05T00:01:00.000Z&interval=PT1M";

    private static Task<SandboxHost.Answer> BatchAsync(SandboxHost host, IReadOnlyList<TargetId> targets, string region = "westeurope") =>
        host.SendAsync(
            HttpMethod.Post, BatchUrl(region),
            JsonSerializer.Serialize(new Dictionary<string, string[]> { ["resourceids"] = [.. targets.Select(target => target.Value)] }));

    private static async Task<string[]> PointsAsync(SandboxHost host, string span, string query)
    {
        var answer = await host.GetAsync(Url($"&metricnames=Percentage%20CPU&timespan={span}{query}"));
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("value")[0].GetProperty("timeseries")[0].GetProperty("data").EnumerateArray()
            .Select(point => point.GetRawText())];
    }
}
