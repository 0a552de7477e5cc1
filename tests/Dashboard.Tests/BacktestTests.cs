using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>The policies in force, rehearsed on the load a target has had; and results from disk, whoever wrote them.</summary>
public sealed class BacktestTests(Browsers browsers)
{
    private const string Markup = "<img src=x onerror=console.error('owned')>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_rehearses_a_target_and_shows_what_the_api_says()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);
        var version = (await world.RowAsync("web")).Version;

        await page.GetByRole(AriaRole.Link, new() { Name = "Rehearse its policies on its own load" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Backtest");
        await Expect(page.GetByLabel("Target")).ToHaveValueAsync(World.IdOf("web").Value);
        await page.GetByLabel("The last").SelectOptionAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" }).ClickAsync();

        await Expect(page.Locator(".came tbody tr")).ToHaveCountAsync(4);
        var told = await GetAsync(world, "backtest/web?days=1");
        await Expect(page.Locator(".came .name")).ToHaveTextAsync(["policies", "as it was", "no policy", "Azure 70/30"]);
        foreach (var row in told.GetProperty("rows").EnumerateArray())
        {
            var shown = page.Locator(".came tbody tr").Filter(new() { Has = page.Locator($".name:text-is('{row.GetProperty("policy").GetString()}')") });
            await Expect(shown).ToContainTextAsync($"{row.GetProperty("costOverOracle").GetDouble().ToString("0.000", CultureInfo.InvariantCulture)} ×");
            await Expect(shown).ToContainTextAsync($"{row.GetProperty("minutesShort").GetInt32()} minute");
            await Expect(shown).ToContainTextAsync(row.GetProperty("actionsPerDay").GetDouble().ToString("0.0", CultureInfo.InvariantCulture));
        }

        Assert.Contains(told.GetProperty("changes").EnumerateArray(), change => change.GetProperty("to").GetInt32() < change.GetProperty("from").GetInt32());
        await Expect(page.Locator(".lists")).ToContainTextAsync("days of load are kept: the first quarter warms up, the rest is scored");
        await Expect(page.Locator(".stage canvas")).ToHaveCountAsync(1);
        await Expect(page.Locator(".legend")).ToContainTextAsync("as it was");
        await page.Locator(".stage").FocusAsync();
        var before = await page.Locator(".readout").TextContentAsync();
        await page.Keyboard.PressAsync("PageUp");
        await Expect(page.Locator(".readout")).Not.ToHaveTextAsync(before!);
        Assert.Equal(version, (await world.RowAsync("web")).Version);
    }

    [Fact]
    public async Task What_cannot_be_rehearsed_is_said_in_the_words_of_the_api()
    {
        await using var world = await World.StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["404"];
        var page = await watched.GoAsync("#/backtest", "form");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" })).ToBeDisabledAsync();
        await world.TickAsync(1);
        await world.Rows.ChangeTargetAsync(World.IdOf("api"), row => row with { Standing = row.Standing! with { Workload = "gone" } }, Cancellation);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" })).ToBeEnabledAsync();

        await page.GetByLabel("Target").SelectOptionAsync(World.IdOf("api").Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" }).ClickAsync();

        await Expect(page.Locator(".told .wrong")).ToHaveTextAsync("no workload with bounds governs 'api' now, so there is nothing to rehearse.");
        using var response = await world.Client.GetAsync(new Uri("api/v1/backtest/web?days=29", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_file_from_disk_is_shown_like_an_answer_and_asks_nobody()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        var told = await GetAsync(world, "backtest/web?days=1");
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/backtest", "form");

        await OpenAsync(page, "yesterday.json", told.GetRawText());

        await Expect(page.Locator(".came tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator(".told")).ToContainTextAsync("yesterday.json: web-shop on load of web by Azure's metrics");
        await Expect(page.Locator(".stage canvas")).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Target")).ToHaveValueAsync("");
        Assert.DoesNotContain(watched.Requests, url => url.Contains("/api/v1/backtest", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no json at all", "it is no JSON")]
    [InlineData("[]", "it is no object")]
    [InlineData("{}", "it has no 'rows'")]
    [InlineData("""{ "rows": [ {} ], "workload": "w", "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z" }""", "rows[0].policy is no text")]
    [InlineData("""{ "rows": [ 1 ], "workload": { "toString": 1 }, "from": "x", "to": "y" }""", "workload is no text")]
    public async Task A_file_that_is_none_is_refused_with_the_place(string content, string why)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/backtest", "form");

        await OpenAsync(page, "bad.json", content);

        await Expect(page.Locator(".told .wrong")).ToContainTextAsync($"bad.json cannot be shown: {why}");
        await Expect(page.Locator(".came")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_hostile_file_is_text_on_a_small_phone(ColorScheme scheme)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        var file = JsonNode.Parse((await GetAsync(world, "backtest/web?days=1")).GetRawText())!;
        file["workload"] = Markup;
        file["trace"] = "safe\u202Egnp.exe";
        file["rows"]![0]!["policy"] = Markup + new string('x', 200);
        file["notes"] = new JsonArray(Markup, new string('n', 5_000));
        file["held"] = new JsonArray(new JsonObject { ["guard"] = Markup, ["minutes"] = 5 });
        file["signals"] = new JsonArray(new JsonObject { ["name"] = Markup, ["shows"] = "__proto__", ["why"] = Markup });
        file["changes"] = new JsonArray(new JsonObject { ["at"] = "2026-01-05T05:00:00Z", ["from"] = 1e9, ["to"] = -4, ["why"] = Markup });
        file["__proto__"] = new JsonObject { ["owned"] = true };
        await using var watched = await browsers.OpenAsync(world, scheme, width: 360, height: 740);
        var page = await watched.GoAsync("#/backtest", "form");

        await OpenAsync(page, $"{Markup.Replace("/", "", StringComparison.Ordinal)}.json", file.ToJsonString());

        await Expect(page.Locator(".came .name").Filter(new() { HasText = Markup })).ToHaveCountAsync(1);
        await Expect(page.Locator(".told")).ToContainTextAsync("safe⟨202E⟩gnp.exe");
        await Expect(page.Locator("#showed").Locator("..")).ToContainTextAsync($"{Markup}: nothing: {Markup}");
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.False(await page.EvaluateAsync<bool>("'owned' in {}"));
    }

    /// <summary>One from before there was a course, or a file of numbers without it.</summary>
    [Fact]
    public async Task A_result_without_a_course_has_its_table_and_says_what_is_missing()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        var file = JsonNode.Parse((await GetAsync(world, "backtest/web?days=1")).GetRawText())!.AsObject();
        file.Remove("course");
        file.Remove("changes");
        file.Remove("notes");
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/backtest", "form");

        await OpenAsync(page, "old.json", file.ToJsonString());

        await Expect(page.Locator(".came tbody tr")).ToHaveCountAsync(4);
        await Expect(page.Locator(".note")).ToContainTextAsync("The file has no course");
        await Expect(page.Locator("main canvas")).ToHaveCountAsync(0);
    }

    private static Task OpenAsync(IPage page, string name, string content) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(content) });

    private static async Task<JsonElement> GetAsync(World world, string path) =>
        await world.Client.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);
}
