using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Targets;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What the daily look at sizes found, in the API and on the page.</summary>
public sealed class FindingsTests(Browsers browsers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_tells_them_a_page_at_a_time_in_the_order_of_their_ids()
    {
        await using var world = await World.StartAsync();
        await KeepAsync(world, SampleFindings.All(World.Start));

        var (names, after) = (new List<string>(), (string?)"");
        for (var pages = 0; after is not null; pages++)
        {
            Assert.True(pages < 3);
            var page = await GetAsync(world, $"findings?limit=2&after={Uri.EscapeDataString(after)}");
            Assert.Equal(6, page.GetProperty("total").GetInt32());
            names.AddRange(page.GetProperty("findings").EnumerateArray().Select(each => each.GetProperty("name").GetString()!));
            after = page.GetProperty("next").GetString();
        }

        Assert.Equal(["api", "ledger", "old-mail", "search", "trial", "web"], names);
        var web = Assert.Single((await GetAsync(world, "findings")).GetProperty("findings").EnumerateArray(), each => each.GetProperty("name").GetString() == "web");
        Assert.Equal(("Save", "rs-web", "Standard_D4s_v5", 6), (web.GetProperty("verdict").GetString(), web.GetProperty("finding").GetString(), web.GetProperty("toSize").GetString(), web.GetProperty("toInstances").GetInt32()));
        Assert.Equal((700m, 1007.4m, "USD"), (web.GetProperty("savingLow").GetProperty("amount").GetDecimal(), web.GetProperty("savingHigh").GetProperty("amount").GetDecimal(), web.GetProperty("savingHigh").GetProperty("currency").GetString()));
        Assert.Equal(JsonValueKind.Null, web.GetProperty("whyNotActed").ValueKind);
        Assert.Equal("old-mail", Assert.Single((await GetAsync(world, "findings?verdict=suppressed")).GetProperty("findings").EnumerateArray()).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("findings?limit=0")]
    [InlineData("findings?limit=501")]
    [InlineData("findings?verdict=good")]
    [InlineData("findings?verdict=3")]
    public async Task What_it_cannot_be_asked_is_a_problem(string path)
    {
        await using var world = await World.StartAsync();

        using var response = await world.Client.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_page_shows_what_is_to_change_with_its_saving_risk_and_reason_and_the_rest_when_asked()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await KeepAsync(world, SampleFindings.All(World.Start));
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");

        await Expect(page.Locator(".lead")).ToHaveTextAsync("5 of 6 resources could be judged. 2 should have another size or count, which saves 800 to 1,259 USD a month. 1 has too little.");
        await Expect(page.Locator(".findings .name")).ToHaveTextAsync(["web", "api", "search"]);
        var web = Row(page, "web");
        await Expect(web.Locator(".f-subscription")).ToHaveTextAsync(World.IdOf("web").Subscription);
        await Expect(web.Locator(".f-from")).ToHaveTextAsync("6 × Standard_D8s_v5");
        await Expect(web.Locator(".f-to")).ToHaveTextAsync("→ 6 × Standard_D4s_v5");
        await Expect(web.Locator(".change")).ToHaveTextAsync("700 to 1,007 USD");
        await Expect(web.Locator(".f-saves .sub")).ToHaveTextAsync("retail prices of 2026-01-04");
        await Expect(web.Locator(".f-days")).ToContainTextAsync("13.9 days");
        await Expect(web.Locator(".f-risk")).ToContainTextAsync("low risk");
        await Expect(web.Locator(".reason")).ToContainTextAsync("P95 of 14 days");
        await Expect(web.Locator(".f-why .sub")).ToHaveTextAsync("rs-web, carried out in the window");
        await Expect(Row(page, "api").Locator(".f-why .sub")).ToHaveTextAsync("rs-api, recommended only: the policy has 'mode: recommend'");
        await Expect(Row(page, "search").Locator(".change")).ToHaveTextAsync("costs 1,104 USD more");

        await page.GetByLabel("Show").SelectOptionAsync("Suppressed");
        await Expect(page.Locator(".findings .name")).ToHaveTextAsync(["old-mail"]);
        await Expect(Row(page, "old-mail").Locator(".f-saves .sub")).ToHaveTextAsync("suppressed until 2026-03-31");
        await page.GetByLabel("Show").SelectOptionAsync("NotJudged");
        await Expect(Row(page, "trial").Locator(".reason")).ToHaveTextAsync("no memory metric: it has no values");
        await page.GetByLabel("Show").SelectOptionAsync("all");
        await Expect(page.Locator(".found")).ToHaveTextAsync("6 findings");
        await page.GetByLabel("Search the findings").FillAsync("E8s");
        await Expect(page.Locator(".findings .name")).ToHaveTextAsync(["search"]);
        await page.GetByLabel("Search the findings").FillAsync(World.IdOf("web").Subscription);
        await Expect(page.Locator(".found")).ToHaveTextAsync("6 findings");
        await page.GetByLabel("Search the findings").FillAsync("nothing like this");
        await Expect(page.Locator(".empty")).ToHaveTextAsync("No finding fits. Change the filters.");

        await page.GetByLabel("Search the findings").FillAsync("");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        Assert.Equal(7, (await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation)).TrimEnd().Split("\r\n").Length);

        await Row(page, "web").Locator("a.name").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("web");
    }

    [Fact]
    public async Task Before_the_first_look_it_says_what_asks_for_one()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync("#/findings", null);

        await Expect(page.Locator(".lead")).ToContainTextAsync("Nothing was judged yet. A policy of the kind ResourceRightsizing asks for it");
        await Expect(page.Locator(".empty")).ToHaveTextAsync("There are no findings.");
    }

    [Fact]
    public async Task A_name_and_a_reason_are_text_and_nothing_is_wider_than_a_phone()
    {
        const string markup = "<img src=x onerror=alert(1)>";
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await KeepAsync(world, [SampleFindings.Change("web", World.Start, "Standard_D8s_v5", 6, "Standard_D4s_v5", 6, 1, 2, RiskLevel.Low) with { Name = markup, Why = new string('x', 300), ResourceGroup = new string('g', 90) }]);
        await using var watched = await browsers.OpenAsync(world, width: 390, height: 844);

        var page = await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");

        await Expect(page.Locator(".findings .name")).ToHaveTextAsync(markup);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390);
    }

    internal static async Task KeepAsync(World world, IEnumerable<RightsizingRecord> records)
    {
        foreach (var record in records)
        {
            await world.Findings.WriteAsync(TargetId.Parse(record.Id), record, Cancellation);
        }
    }

    private static async Task<JsonElement> GetAsync(World world, string path) =>
        await world.Client.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);

    private static ILocator Row(IPage page, string name) =>
        page.Locator(".findings tbody tr[role=row]").Filter(new() { Has = page.Locator(".name", new() { HasText = name }) });
}
