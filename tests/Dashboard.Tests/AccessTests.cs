using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Whoever cannot see it well, cannot use a mouse, or holds a phone, gets the same page.</summary>
public sealed class AccessTests(Browsers browsers)
{
    private static readonly string Axe = Path.Combine(Repository.Root, "tests", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task No_view_has_a_serious_fault(ColorScheme scheme, int width)
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed; tests/run does it where there is Node.js");
        await using var world = await World.StartAsync([World.Service("web", 9, 1), World.Service("api", 4, 2), World.Service("trial", 4, 3, app: "lab")]);
        await world.TickAsync(20);
        await using var watched = await browsers.OpenAsync(world, scheme, width);
        var page = await watched.GoAsync();
        await ShouldBeFineAsync(page, "fleet");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause web" }).ClickAsync();
        await ShouldBeFineAsync(page, "pause dialog");
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("a test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync("paused");
        await world.WaitAsync(TimeSpan.FromMinutes(6));
        await Expect(page.Locator("[data-banner=stale]")).ToBeVisibleAsync();
        await ShouldBeFineAsync(page, "fleet with a pause, a message and a warning");

        await watched.GoToTargetAsync(World.IdOf("web").Value);
        await ShouldBeFineAsync(page, "target");
        await ForecastAsync(world, "");
        await page.ReloadAsync();
        await Expect(page.Locator("p.forecast")).ToContainTextAsync("acts");
        await ShouldBeFineAsync(page, "target with a forecast");
        await world.WaitAsync(TimeSpan.FromHours(3));
        await Expect(page.Locator("p.forecast")).ToContainTextAsync("expired");
        await ShouldBeFineAsync(page, "target with an expired forecast");
        await watched.GoAsync("#/journal", ".journal tbody tr[role=row]");
        await ShouldBeFineAsync(page, "journal");
        await FindingsTests.KeepAsync(world, SampleFindings.All(World.Start));
        await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");
        await ShouldBeFineAsync(page, "findings");
        await watched.GoAsync($"#/finding/{Uri.EscapeDataString(World.IdOf("web").Value)}", ".verdict");
        await ShouldBeFineAsync(page, "finding");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task No_view_of_money_approvals_or_rehearsals_has_a_serious_fault(ColorScheme scheme, int width)
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed; tests/run does it where there is Node.js");
        await using var world = await World.StartAsync(policies: SampleSpend.Policies);
        await world.TickAsync(2);
        await SampleSpend.KeepAsync(world, SampleSpend.Record(world.Sandbox.Clock.GetUtcNow()));
        await ApprovalsTests.AskForLoweringsAsync(world);
        await using var watched = await browsers.OpenAsync(world, scheme, width);

        var page = await watched.GoAsync("#/spend", ".budget canvas");
        await ShouldBeFineAsync(page, "spend");
        await page.Locator(".ladder button").First.ClickAsync();
        await ShouldBeFineAsync(page, "undo dialog");
        await page.Keyboard.PressAsync("Escape");
        await watched.GoAsync("#/approvals", ".request tbody tr");
        await ShouldBeFineAsync(page, "approvals");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await ShouldBeFineAsync(page, "approve dialog");
        await page.Keyboard.PressAsync("Escape");
        await watched.GoAsync("#/backtest", "form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" }).ClickAsync();
        await Expect(page.Locator("main canvas")).ToHaveCountAsync(1);
        await ShouldBeFineAsync(page, "backtest");
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_lock_has_no_serious_fault()
    {
        Assert.SkipUnless(File.Exists(Axe), "axe-core is not installed; tests/run does it where there is Node.js");
        await using var world = await World.StartAsync(key: "k");
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["401"];

        await ShouldBeFineAsync(await watched.GoAsync(until: "#key"), "lock");
    }

    [Theory]
    [InlineData("")]
    [InlineData("#/journal")]
    [InlineData("#/target/web")]
    public async Task Nothing_is_wider_than_a_phone(string route)
    {
        await using var world = await World.StartAsync([World.Service("web", 9, 1), World.Service("a-service-with-a-name-of-sixty-characters-as-azure-allows-it", 4, 2)]);
        await world.TickAsync(20);
        await ForecastAsync(world, new string('x', 200));
        await using var watched = await browsers.OpenAsync(world, width: 390, height: 844);

        var page = route.Contains("target", StringComparison.Ordinal)
            ? await watched.GoToTargetAsync(World.IdOf("web").Value)
            : await watched.GoAsync(route, "tbody tr[role=row]");

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(page.Locator("#kill")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Everything_is_reached_with_the_keyboard_alone()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await TabToAsync(page, page.GetByLabel("Search targets"));
        await page.Keyboard.TypeAsync("api");
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Target" }).First);
        await TabToAsync(page, page.Locator(".fleet .name"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("api");

        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Pause …" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Your name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Ann");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("by keyboard");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".verdict")).ToContainTextAsync("Paused at");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Resume …" })).ToBeFocusedAsync();
        Assert.Equal("by keyboard", (await world.RowAsync("api")).Pause!.Reason);
        await TabToAsync(page, page.Locator(".stage"));
    }

    [Fact]
    public async Task Focus_stays_where_it_is_while_the_page_keeps_itself_up_to_date()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Pause web" });
        await button.FocusAsync();

        await world.TickAsync(3);
        await Expect(page.Locator(".c-evaluated time").First).ToHaveTextAsync("07:04");

        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_reader_chooses_the_colours_and_the_page_remembers()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        var light = await GroundAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Auto: colours" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Light: colours" }).ClickAsync();
        var dark = await GroundAsync(page);
        await page.ReloadAsync();

        Assert.NotEqual(light, dark);
        Assert.Equal(dark, await GroundAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark: colours" }).ClickAsync();
        Assert.Equal(light, await GroundAsync(page));
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    private static async Task ForecastAsync(World world, string forecastOnly) => await world.Schedules.WriteAsync(
        World.IdOf("web"), SampleForecast.Of(world.Sandbox.Clock.GetUtcNow(), 9) with { ForecastOnly = forecastOnly }, TestContext.Current.CancellationToken);

    private static async Task TabToAsync(IPage page, ILocator wanted)
    {
        for (var press = 0; press < 40; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"the tab key does not reach {wanted}");
    }

    private static async Task ShouldBeFineAsync(IPage page, string view)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe, TestContext.Current.CancellationToken));
        var found = JsonElement.Parse(await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run(document, { resultTypes: ['violations'] })).violations.map(each => ({ id: each.id, impact: each.impact, nodes: each.nodes.map(node => node.html + ' ' + node.failureSummary) })))"));
        var serious = found.EnumerateArray().Where(each => each.GetProperty("impact").GetString() is "serious" or "critical").ToList();
        Assert.True(serious.Count == 0, $"{view}: {string.Join('\n', serious)}");
    }
}
