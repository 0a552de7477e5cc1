using System.Globalization;

namespace ScaleFunctions.App.Tests.Commands;

public sealed class BacktestTests
{
    private const string Usual = "backtest --policies shop --trace load.csv";

    [Fact]
    public async Task Tables_have_the_policies_beside_doing_nothing_and_azure()
    {
        await using var place = Place();

        var run = (await place.RunAsync($"{Usual} --price 0.10")).ShouldBe(0);
        var csv = (await place.RunAsync($"{Usual} --price 0.10 --format csv")).ShouldBe(0);

        Assert.Contains(run.Lines, line => line.Contains("Azure 70/30", StringComparison.Ordinal));
        Assert.Contains("shop, policies ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith(",cost over oracle,instance hours,cost,minutes short,% of time short,", csv.Lines[0], StringComparison.Ordinal);
        Assert.Equal(["policies", "no policy", "Azure 70/30"], csv.Lines.Skip(1).Select(line => line.Split(',')[0]));
        var cells = csv.Lines[1].Split(',');
        Assert.Equal(Number(cells[2]) * 0.10, Number(cells[3]), 1);
        run.ShouldHideItsInside();
    }

    [Fact]
    public async Task The_autoscale_setting_of_the_resource_is_a_row_of_its_own()
    {
        await using var place = Place();
        place.Write("settings.json", $$"""{ "value": [ {{Setting("web-auto", "Percentage CPU")}}, {{Setting("api-auto", "Network In Total")}} ] }""");
        var run = (await place.RunAsync($"{Usual} --autoscale settings.json --autoscale-of web-auto --format csv --report out.html")).ShouldBe(0).ShouldHideItsInside();
        var blind = (await place.RunAsync($"{Usual} --autoscale settings.json --autoscale-of api-auto")).ShouldBe(0);

        Assert.Equal(["policies", "no policy", "Azure 70/30", "its own autoscale"], run.Lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.NotEqual(run.Lines[2].Split(',')[2], run.Lines[4].Split(',')[2]);
        Assert.Contains("its own autoscale", File.ReadAllText(place.File("out.html")), StringComparison.Ordinal);
        Assert.Contains("note: the autoscale setting 'api-auto': its rules on 'Network In Total' cannot read it", blind.Error, StringComparison.Ordinal);
        (await place.RunAsync($"{Usual} --autoscale settings.json")).ShouldRefuse("there are 2 autoscale settings; choose with --autoscale-of: api-auto, web-auto");
        (await place.RunAsync($"{Usual} --autoscale-of web-auto")).ShouldRefuse("no local run is going on");
    }

    private static string Setting(string name, string metric)
    {
        const string Target = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web";
        return $$"""
            { "name": "{{name}}", "properties": { "enabled": true, "targetResourceUri": "{{Target}}", "profiles": [ { "name": "usual",
              "capacity": { "minimum": "2", "maximum": "100", "default": "2" }, "rules": [ {{Rule("GreaterThan", 60, "Increase")}}, {{Rule("LessThan", 30, "Decrease")}} ] } ] } }
            """;

        string Rule(string comparison, int threshold, string direction) => $$"""
            { "metricTrigger": { "metricName": "{{metric}}", "metricResourceUri": "{{Target}}", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
                "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}} },
              "scaleAction": { "direction": "{{direction}}", "type": "ChangeCount", "value": "3", "cooldown": "PT5M" } }
            """;
    }

    [Fact]
    public async Task Json_tells_what_it_rests_on()
    {
        await using var place = Place();

        var json = (await place.RunAsync($"{Usual} --format json --mean 10 --boot 90s")).ShouldBe(0).Json();

        Assert.Equal(("shop", 2, 10.0), (json.GetProperty("workload").GetString(), json.GetProperty("bootMinutes").GetInt32(), Math.Round(json.GetProperty("meanInstances").GetDouble(), 6)));
        Assert.Equal(64, json.GetProperty("policyVersion").GetString()!.Length);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, json.GetProperty("rows")[0].GetProperty("cost").ValueKind);
        Assert.Equal(("cpu", "Cpu"), (json.GetProperty("signals")[0].GetProperty("name").GetString(), json.GetProperty("signals")[0].GetProperty("shows").GetString()));
        Assert.True(json.GetProperty("held").EnumerateArray().Any());
    }

    [Fact]
    public async Task The_same_call_prints_the_same()
    {
        await using var place = Place();

        Assert.Equal((await place.RunAsync($"{Usual} --format json")).ShouldBe(0).Output, (await place.RunAsync($"{Usual} --format json")).ShouldBe(0).Output);
    }

    [Fact]
    public async Task Prices_come_from_guardrails_when_none_is_given()
    {
        await using var place = Place();
        place.Write("shop/guardrails.yml", """
            apiVersion: scalefunctions/v1
            kind: Guardrails
            metadata: { name: guardrails }
            spec: { prices: { currency: EUR, asOf: 2026-11-01, perHour: { Standard_D4s_v5: 0.2 } }, fleet: { spendPerHour: 60 } }
            """);

        Assert.Contains(",cost EUR,", (await place.RunAsync($"{Usual} --format csv")).ShouldBe(0).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_report_is_a_page_that_fetches_nothing()
    {
        await using var place = Place();
        place.Write("capped.csv", Text(2, (day, i) => day == 1 && i is > 100 and < 130 ? 100 : 20 + (i / 8.0)));

        (await place.RunAsync("backtest --policies shop --trace capped.csv --report out.html")).ShouldBe(0);

        var page = await File.ReadAllTextAsync(place.File("out.html"), TestContext.Current.CancellationToken);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.All(["http", "src=", "<script", "@import", "url("], word => Assert.DoesNotContain(word, page, StringComparison.OrdinalIgnoreCase));
        Assert.All(["class=\"need\"", "class=\"have\"", "class=\"short\"", "class=\"capped\"", "Policy version ", "Azure 70/30"], word => Assert.Contains(word, page, StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(place.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_in_a_report_are_text_and_no_markup()
    {
        await using var place = Place();
        place.Write("<b>load.csv", Text(2, Wave));

        (await place.RunAsync(["backtest", "--policies", "shop", "--trace", "<b>load.csv", "--report", "out.html"])).ShouldBe(0);

        Assert.DoesNotContain("<b>", await File.ReadAllTextAsync(place.File("out.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signal_that_one_load_does_not_tell_is_refused_until_somebody_says_what_the_load_stands_for()
    {
        await using var place = Place();
        place.Edit("shop/shop.yml", "targetTracking:", "  - { name: requests, metric: ByteCount, aggregation: total }\n  targetTracking:\n    - { signal: requests, target: 100 }");

        (await place.RunAsync(Usual)).ShouldRefuse("shop/shop.yml:22:15: ", "'requests'", "one load", "--signal");
        var asCpu = (await place.RunAsync($"{Usual} --signal cpu --format json")).ShouldBe(0);
        var asRequests = (await place.RunAsync($"{Usual} --signal requests --format json")).ShouldBe(0);

        Assert.Contains("'requests'", asCpu.Error, StringComparison.Ordinal);
        Assert.Equal("Missing", asCpu.Json().GetProperty("signals")[1].GetProperty("shows").GetString());
        Assert.Equal("Load", asRequests.Json().GetProperty("signals")[1].GetProperty("shows").GetString());
    }

    [Fact]
    public async Task A_workload_without_load_based_scaling_is_replayed_by_its_bounds()
    {
        await using var place = Place();
        var text = await File.ReadAllTextAsync(place.File("shop/shop.yml"), TestContext.Current.CancellationToken);
        place.Write("shop/shop.yml", text[..text.LastIndexOf("---", StringComparison.Ordinal)]);

        var run = (await place.RunAsync($"{Usual} --format json")).ShouldBe(0);

        Assert.Contains("has no LoadBasedScaling", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, run.Json().GetProperty("rows")[0].GetProperty("actionsPerDay").GetDouble());
    }

    [Fact]
    public async Task A_load_in_instances_is_not_scaled()
    {
        await using var place = Place();

        var json = (await place.RunAsync($"{Usual} --in-instances --days 2 --format json")).ShouldBe(0).Json();

        Assert.Equal(20.25, json.GetProperty("meanInstances").GetDouble(), 1);
    }

    [Fact]
    public async Task The_load_a_resource_has_had_is_recorded_replayed_and_kept()
    {
        await using var place = Place();

        var first = (await place.RunAsync("backtest --policies shop --resource web --history 3 --format json")).ShouldBe(0);
        var lines = await File.ReadAllLinesAsync(place.File("web.load.csv"), TestContext.Current.CancellationToken);
        var again = (await place.RunAsync("backtest --policies shop --resource web --format json")).ShouldBe(0);

        Assert.Equal(1 + (3 * 288), lines.Length);
        Assert.Contains("web.load.csv is there and is replayed as it is", again.Error, StringComparison.Ordinal);
        Assert.Equal(first.Output, again.Output);

        // The sandbox's web site needs six instances on the average of a week, and three days before a Monday fewer.
        Assert.InRange(first.Json().GetProperty("meanInstances").GetDouble(), 2, 8);
        first.ShouldHideItsInside();
    }

    [Fact]
    public async Task A_load_that_Azure_does_not_tell_is_refused_and_nothing_is_kept()
    {
        await using var place = Place();

        (await place.RunAsync("backtest --policies shop")).ShouldRefuse("--trace FILE", "--resource NAME");
        (await place.RunAsync("backtest --policies shop --resource web --mean 5")).ShouldRefuse("--mean", "--in-instances");
        (await place.RunAsync("backtest --policies shop --resource nowhere")).ShouldRefuse("'nowhere'", "--resource", "4 resources");
        (await place.RunAsync("backtest --policies shop --resource portal")).ShouldRefuse("no workload", "portal", "explain");
        place.Edit("shop/shop.yml", "type: vmss", "type: plan");
        place.Edit("shop/shop.yml", "Percentage CPU", "CpuPercentage");
        (await place.RunAsync("backtest --policies shop --resource portal --history 1")).ShouldRefuse("portal", "how many instances", "--trace");
        Assert.Empty(Directory.EnumerateFiles(place.Path, "*.load.csv*"));
    }

    [Fact]
    public async Task A_part_of_the_recording_is_scored_when_asked_for()
    {
        await using var place = Place();

        var days = (await place.RunAsync($"{Usual} --days 1 --format json")).ShouldBe(0).Json();
        var times = (await place.RunAsync($"{Usual} --from 2026-03-03T06:00 --to 2026-03-03T18:00 --format json")).ShouldBe(0).Json();

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), days.GetProperty("from").GetDateTimeOffset());
        Assert.Equal(
            (new DateTimeOffset(2026, 3, 3, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 3, 18, 0, 0, TimeSpan.Zero), 30 * 60),
            (times.GetProperty("from").GetDateTimeOffset(), times.GetProperty("to").GetDateTimeOffset(), times.GetProperty("warmUpMinutes").GetInt32()));
    }

    [Theory]
    [InlineData("--trace empty.csv", "empty.csv:1", "no rows")]
    [InlineData("--trace broken.csv", "broken.csv:3: ", "'many'", "a number")]
    [InlineData("--trace nan.csv", "nan.csv:3: ", "'NaN'", "finite")]
    [InlineData("--trace negative.csv", "negative.csv:3: ", "'-4'", "not negative")]
    [InlineData("--trace single.csv", "single.csv:2: ", "a single value")]
    [InlineData("--trace brief.csv", "brief.csv", "to score", "at least 2 hours")]
    [InlineData("--trace twice.csv", "twice.csv:4: ", "after 2026-10-25T02:30", "line 3")]
    [InlineData("--trace centuries.csv", "centuries.csv:3: ", "year")]
    [InlineData("--trace nothing.csv", "nothing.csv", "no load")]
    [InlineData("--trace nowhere.csv", "nowhere.csv", "does not exist")]
    [InlineData("--trace load.csv --workload shap", "'shap'", "--workload", "shop")]
    [InlineData("--trace load.csv --signal memory", "'memory'", "--signal", "cpu")]
    [InlineData("--trace load.csv --from 2027-01-01T00:00", "load.csv", "2026-03-05")]
    [InlineData("--trace load.csv --report nowhere/out.html", "nowhere", "directory")]
    [InlineData("--trace load.csv --mean 5 --in-instances", "--mean", "--in-instances")]
    [InlineData("--trace load.csv --mean 0", "'0'", "--mean", "above 0")]
    [InlineData("--trace load.csv --boot never", "'never'", "span of time")]
    public async Task What_cannot_be_replayed_is_told(string arguments, params string[] words)
    {
        await using var place = Place();
        place.Write("empty.csv", "");
        place.Write("broken.csv", "timestamp,value\n2026-03-02T00:00Z,1\n2026-03-02T00:05Z,many\n");
        place.Write("nan.csv", "timestamp,value\n2026-03-02T00:00Z,1\n2026-03-02T00:05Z,NaN\n");
        place.Write("negative.csv", "timestamp,value\n2026-03-02T00:00Z,1\n2026-03-02T00:05Z,-4\n");
        place.Write("single.csv", "timestamp,value\n2026-03-02T00:00Z,1\n");
        place.Write("brief.csv", "timestamp,value\n2026-03-02T00:00Z,1\n2026-03-02T00:05Z,2\n");
        place.Write("twice.csv", "timestamp,value\n2026-10-25T02:00,1\n2026-10-25T02:30,1\n2026-10-25T02:00,1\n");
        place.Write("centuries.csv", "timestamp,value\n1026-03-02T00:00Z,1\n2026-03-02T00:05Z,2\n");
        place.Write("nothing.csv", Text(2, (_, _) => 0));

        (await place.RunAsync($"backtest --policies shop {arguments}")).ShouldRefuse(words);
    }

    [Fact]
    public async Task Gaps_and_unequal_steps_are_bridged()
    {
        await using var place = Place();
        var lines = Text(3, Wave).Split('\n');
        place.Write("gaps.csv", string.Join('\n', lines.Where((_, i) => i < 100 || (i > 150 && i % 7 != 0))));

        (await place.RunAsync("backtest --policies shop --trace gaps.csv")).ShouldBe(0).ShouldHideItsInside();
    }

    [Fact]
    public async Task Policies_with_errors_are_not_replayed()
    {
        await using var place = Place();
        place.Edit("shop/shop.yml", "minimum: 2", "minimum: -2");

        var run = (await place.RunAsync(Usual)).ShouldBe(1);

        Assert.Empty(run.Output);
        Assert.Contains("shop/shop.yml:", run.Complaints[0], StringComparison.Ordinal);
        Assert.Contains("not replayed", run.Complaints[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_is_ended_prints_nothing_and_leaves_no_file()
    {
        await using var place = Place();
        place.Write("long.csv", Text(60, Wave));
        var running = place.Start("backtest", "--policies", "shop", "--trace", "long.csv", "--report", "out.html");

        await running.NoteAsync(line => line.StartsWith("shop, policies", StringComparison.Ordinal));
        var run = (await running.TerminateAsync()).ShouldBe(143);

        Assert.Empty(run.Output);
        Assert.DoesNotContain(Directory.EnumerateFiles(place.Path), file => file.Contains("out.html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_replayed_is_printed_even_when_its_report_cannot_be_written()
    {
        await using var place = Place();
        var running = place.Start("backtest", "--policies", "shop", "--trace", "load.csv", "--report", "out.html", "--format", "csv");

        await running.NoteAsync(line => line.StartsWith("shop, policies", StringComparison.Ordinal));
        Directory.CreateDirectory(place.File("out.html"));
        var run = (await running.EndAsync()).ShouldBe(1);

        Assert.Equal(4, run.Lines.Count);
        Assert.Contains("out.html cannot be written", Assert.Single(run.Complaints), StringComparison.Ordinal);
    }

    internal static Workplace Place()
    {
        var place = new Workplace();
        place.Write("shop/shop.yml", Policies);
        place.Write("load.csv", Text(3, Wave));
        return place;
    }

    internal static double Wave(int day, int i) => 20 - (12 * Math.Cos(2 * Math.PI * i / 288)) + (i % 36 == 0 ? 9 : 0);

    /// <summary>A value each five minutes from 2 March on.</summary>
    internal static string Text(int days, Func<int, int, double> value) => "timestamp,value\n" + string.Concat(Enumerable.Range(0, days * 288).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2026, 3, 2).AddMinutes(5 * i):yyyy-MM-ddTHH:mm}Z,{value(i / 288, i % 288):0.###}\n")));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private const string Policies = """
        apiVersion: scalefunctions/v1
        kind: Workload
        metadata: { name: shop }
        spec: { select: { type: vmss } }
        ---
        # A base for the bounds, to see that what is inherited counts.
        apiVersion: scalefunctions/v1
        kind: HorizontalScaling
        metadata: { name: bounds }
        spec:
          workload: shop
          extends: presets/balanced
          instances: { minimum: 2, maximum: 60 }
        ---
        apiVersion: scalefunctions/v1
        kind: LoadBasedScaling
        metadata: { name: load }
        spec:
          workload: shop
          signals:
            - { name: cpu, metric: Percentage CPU }
          targetTracking:
            - { signal: cpu, target: 60 }
        """;
}
