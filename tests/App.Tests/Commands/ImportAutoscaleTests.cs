namespace ScaleFunctions.App.Tests.Commands;

/// <summary>The verb <c>import-autoscale</c>.</summary>
public sealed class ImportAutoscaleTests
{
    /// <summary>That of the local mode.</summary>
    private const string Subscription = "00000000-0000-4000-8000-000000000001";

    [Fact]
    public async Task Writes_policies_that_are_valid_and_tells_what_they_do_not_say()
    {
        await using var place = new Workplace();
        place.Write("settings.json", $$"""{ "value": [ {{Setting("web", "ChangeCount")}}, {{Setting("api", "PercentChangeCount")}} ] }""");
        var all = (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(0).ShouldHideItsInside();
        var one = (await place.RunAsync("import-autoscale web --file settings.json")).ShouldBe(0);
        place.Write("imported/all.yml", all.Output);
        (await place.RunAsync("validate imported")).ShouldBe(0);
        place.Write("imported/all.yml", one.Output);
        (await place.RunAsync("validate imported")).ShouldBe(0);

        Assert.Contains("name: api-auto-load", all.Output, StringComparison.Ordinal);
        Assert.Contains("# note: rule 'Percentage CPU GreaterThan 70': a step here adds or removes a number of instances, not PercentChangeCount; it is not imported", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("api-auto", one.Output, StringComparison.Ordinal);
        Assert.Contains("    - { signal: percentage-cpu, above: 70, add: 2 }", one.Output, StringComparison.Ordinal);
        Assert.Contains("web-auto: 1 notes, in the comments", one.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_a_running_local_mode_are_steered_and_can_be_imported()
    {
        await using var place = new Workplace();
        place.Write("settings.json", Setting("web", "ChangeCount"));
        await place.ServeAsync("--autoscale", "settings.json", "--speed", "3600");
        var imported = (await place.RunAsync("import-autoscale web")).ShouldBe(0).ShouldHideItsInside();
        var plan = (await place.RunAsync("plan --format json")).Json();
        place.WriteWave();
        var rehearsed = (await place.RunAsync("backtest --policies policies --workload web-shop --trace wave.csv --in-instances --autoscale-of web --format csv")).ShouldBe(0);

        Assert.Contains("name: web-auto-load", imported.Output, StringComparison.Ordinal);
        Assert.Contains(plan.EnumerateArray(), line => line.GetProperty("target").GetString() == "web");
        Assert.StartsWith("its own autoscale,", rehearsed.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_the_simulated_azure_cannot_have_are_told()
    {
        await using var place = new Workplace();
        place.Write("settings.json", Setting("web", "ChangeCount").Replace("PT5M", "soon", StringComparison.Ordinal));

        (await place.RunAsync("serve --autoscale settings.json --port 0 --duration 1m")).ShouldRefuse("is no setting", "is 'soon', not a duration such as PT5M");
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "there is no autoscale setting")]
    [InlineData("{ \"name\": \"x\", \"properties\": {} }", "x: properties.targetResourceUri is missing")]
    [InlineData("{ \"value\": [ null, [], 1, \"x\", {} ] }", "imported-5: properties is missing")]
    [InlineData("{ \"properties\": { \"enabled\": true, \"profiles\": [ null ] } }", "imported: properties.targetResourceUri is missing; properties.profiles[0].capacity is missing")]
    public async Task A_file_that_is_none_is_told(string text, string error)
    {
        await using var place = new Workplace();
        place.Write("settings.json", text);

        Assert.Contains(error, (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(1).ShouldHideItsInside().Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Bytes { get; } = new()
    {
        { "no UTF-8", [.. "{\"name\": \""u8, 0xE9, .. "\"}"u8], "it is no text in UTF-8; save it so" },
        { "half a character", [.. "{\"name\": \"\\ud800\"}"u8], "a text in it holds half of a character" },
        { "half a character in a name", [.. "{\"\\udc00\": 1}"u8], "a text in it holds half of a character" },
        { "a list of nothing", [.. "[null, 1]"u8], "settings.json: imported-2: properties is missing" },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public async Task What_is_no_text_or_no_setting_is_told_with_its_place(string what, byte[] bytes, string error)
    {
        await using var place = new Workplace();
        File.WriteAllBytes(place.File("settings.json"), bytes);

        var told = (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(1).ShouldHideItsInside().Error;
        Assert.True(told.Contains(error, StringComparison.Ordinal), $"{what}: {told}");
    }

    [Fact]
    public async Task A_file_may_begin_with_a_mark_and_be_what_no_file_should_be()
    {
        await using var place = new Workplace();
        File.WriteAllText(place.File("utf8.json"), Setting("web", "ChangeCount"), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(place.File("utf16.json"), Setting("web", "ChangeCount"), System.Text.Encoding.Unicode);
        place.Write("a/x.json", "{}");

        Assert.Contains("name: web-auto", (await place.RunAsync("import-autoscale --file utf8.json")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.Contains("name: web-auto", (await place.RunAsync("import-autoscale --file utf16.json")).ShouldBe(0).Output, StringComparison.Ordinal);
        Assert.Contains("a is a directory", (await place.RunAsync("import-autoscale --file a")).ShouldBe(1).ShouldHideItsInside().Error, StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
        {
            Assert.Contains("larger than 16 MiB", (await place.RunAsync("import-autoscale --file /dev/zero")).ShouldBe(1).ShouldHideItsInside().Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_az_shows_is_read_like_what_the_api_answers()
    {
        await using var place = new Workplace();
        var setting = System.Text.Json.Nodes.JsonNode.Parse(Setting("web", "ChangeCount"))!.AsObject();
        place.Write("api.json", setting.ToJsonString());
        var shown = setting["properties"]!.DeepClone().AsObject();
        (shown["id"], shown["name"], shown["location"], shown["resourceGroup"]) = (setting["id"]!.DeepClone(), "web-auto", "westeurope", "shop");
        place.Write("show.json", shown.ToJsonString().Replace("PT5M", "0:05:00", StringComparison.Ordinal));
        place.Write("list.json", $"[{shown.ToJsonString()}]");

        var api = (await place.RunAsync("import-autoscale --file api.json")).ShouldBe(0).Output;
        Assert.Equal(api, (await place.RunAsync("import-autoscale --file show.json")).ShouldBe(0).Output);
        Assert.Equal(api, (await place.RunAsync("import-autoscale web --file list.json")).ShouldBe(0).Output);
    }

    [Fact]
    public async Task Errors_beyond_what_a_person_reads_are_counted()
    {
        await using var place = new Workplace();
        place.Write("settings.json", $"[{string.Join(',', Enumerable.Repeat("0", 100_000))}]");
        var many = (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(1).ShouldHideItsInside().Error;
        place.Write("settings.json", Setting("web", "ChangeCount").Replace("\"profiles\": [", $"\"profiles\": [ {string.Concat(Enumerable.Repeat("null, ", 100_000))}", StringComparison.Ordinal));
        var profiles = (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(1).ShouldHideItsInside().Error;

        Assert.EndsWith("and 99950 more", many.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("properties.profiles has 100001 profiles; a setting has at most 20", profiles, StringComparison.Ordinal);
        Assert.True(profiles.Length < 10_000 && many.Length < 10_000);
    }

    [Fact]
    public async Task A_file_without_a_name_is_told()
    {
        await using var place = new Workplace();

        Assert.Contains("the file of settings has no name", (await place.RunAsync("import-autoscale", "--file", "")).ShouldBe(1).ShouldHideItsInside().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_policy_can_select_is_left_out_and_the_rest_is_written()
    {
        await using var place = new Workplace();
        place.Write("settings.json", $"[ {Setting("web", "ChangeCount").Replace("Microsoft.Compute/virtualMachineScaleSets", "Microsoft.Kusto/clusters", StringComparison.Ordinal)}, {Setting("api", "ChangeCount")} ]");
        var imported = (await place.RunAsync("import-autoscale --file settings.json")).ShouldBe(1).ShouldHideItsInside();
        place.Write("imported/all.yml", imported.Output);

        (await place.RunAsync("validate imported")).ShouldBe(0);
        Assert.Contains("error: settings.json: web-auto: it is left out: no policy can select /subscriptions/", imported.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("web-auto", imported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_told_with_those_that_are()
    {
        await using var place = new Workplace();
        place.Write("settings.json", Setting("web", "ChangeCount"));

        Assert.Contains("there is no autoscale setting 'shop'; known are web-auto", (await place.RunAsync("import-autoscale shop --file settings.json")).ShouldBe(1).Error, StringComparison.Ordinal);
    }

    private static string Setting(string name, string change)
    {
        var target = $"/subscriptions/{Subscription}/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/{name}";
        return $$"""
            {
              "id": "/subscriptions/{{Subscription}}/resourceGroups/shop/providers/microsoft.insights/autoscalesettings/{{name}}-auto", "name": "{{name}}-auto", "location": "westeurope",
              "properties": {
                "enabled": true, "targetResourceUri": "{{target}}",
                "profiles": [ { "name": "default", "capacity": { "minimum": "2", "maximum": "10", "default": "3" }, "rules": [ {{Rule("GreaterThan", 70, "Increase", change)}}, {{Rule("LessThan", 40, "Decrease", "ChangeCount")}} ] } ]
              }
            }
            """;

        string Rule(string comparison, int threshold, string direction, string type) => $$"""
            {
              "metricTrigger": { "metricName": "Percentage CPU", "metricResourceUri": "{{target}}", "timeGrain": "PT1M", "statistic": "Average", "timeWindow": "PT5M",
                "timeAggregation": "Average", "operator": "{{comparison}}", "threshold": {{threshold}} },
              "scaleAction": { "direction": "{{direction}}", "type": "{{type}}", "value": "2", "cooldown": "PT5M" }
            }
            """;
    }
}
