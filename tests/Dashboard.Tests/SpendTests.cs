using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Decisions.Budgets;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Spend against budgets, in the API and on the page, and the hand that undoes a step.</summary>
public sealed class SpendTests(Browsers browsers)
{
    private const string Markup = "<img src=x onerror=console.error('owned')>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_tells_the_days_and_how_far_each_step_is()
    {
        await using var world = await StartAsync();

        var budget = await BudgetAsync(world);

        Assert.Equal([820.25m, 900, 1_100.84m, 1_300, 200], budget.GetProperty("course").GetProperty("days").EnumerateArray().Select(day => day.GetDecimal()));
        Assert.Equal(("2026-01-01", "2026-01-03"), (budget.GetProperty("course").GetProperty("from").GetString(), budget.GetProperty("course").GetProperty("billedThrough").GetString()));
        Assert.Equal(budget.GetProperty("figures").GetProperty("spent").GetDecimal(), budget.GetProperty("course").GetProperty("days").EnumerateArray().Sum(day => day.GetDecimal()));
        Assert.Equal(["Active", "Active", "Announced", "InGrace", "Idle"], budget.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("phase").GetString()));
        var lower = budget.GetProperty("steps")[2];
        Assert.True(lower.GetProperty("awaitsApproval").GetBoolean());
        Assert.Equal(World.Start.AddMinutes(1 - 10 + 30), lower.GetProperty("actsAt").GetDateTimeOffset());
        Assert.Equal("ann does not want it: the sale", budget.GetProperty("steps")[4].GetProperty("restsBecause").GetString());
    }

    /// <summary>The days of another period say nothing of this one.</summary>
    [Fact]
    public async Task The_days_of_a_period_that_is_over_are_not_told()
    {
        await using var world = await StartAsync(record => record with { Course = record.Course! with { From = new DateOnly(2025, 12, 1) } });

        Assert.Equal(JsonValueKind.Null, (await BudgetAsync(world)).GetProperty("course").ValueKind);
    }

    [Fact]
    public async Task The_page_shows_the_money_the_ladder_and_what_is_monitored_as_the_api_has_them()
    {
        await using var world = await StartAsync();
        var budget = await BudgetAsync(world);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        var figures = budget.GetProperty("figures");
        foreach (var (term, name) in new[] { ("Budget", "amount"), ("Spent so far", "spent"), ("Expected at the end", "expected"), ("Pessimistic", "pessimistic") })
        {
            await Expect(Figure(page, term).Locator("b")).ToHaveTextAsync($"{figures.GetProperty(name).GetDecimal().ToString("#,0", CultureInfo.InvariantCulture)} USD");
        }

        await Expect(Figure(page, "Spent so far")).ToContainTextAsync("36 % of the budget");
        await Expect(Figure(page, "Counted as it happens")).ToContainTextAsync("83 %");
        await Expect(page.Locator(".budget .told")).ToContainTextAsync("Expected to be exceeded by 1,251 USD; what is not taken yet reaches 525.90 USD: call a human.");
        await Expect(page.Locator(".budget .chip").First).ToHaveTextAsync("Will be exceeded");
        await Expect(page.Locator(".lead")).ToContainTextAsync("team-budget is expected to be exceeded by 1,251 USD. team-budget: 1 step acts, 2 are announced, the first for 07:21.");

        await Expect(page.Locator(".ladder .name")).ToHaveTextAsync(["notify", "nights", "lower", "stop", "freezeScaleOut"]);
        await Expect(page.Locator(".ladder .chip")).ToHaveTextAsync(["Told", "Acts", "Announced", "Told a last time", "Rests"]);
        await Expect(Step(page, "nights")).ToContainTextAsync("expected 96 %, 11,520 USD");
        await Expect(Step(page, "nights")).ToContainTextAsync("since 04:01 UTC");
        await Expect(Step(page, "nights")).ToContainTextAsync("acts; 310.40 USD more can be taken");
        await Expect(Step(page, "lower")).ToContainTextAsync("acts at 07:21 UTC at the earliest");
        await Expect(Step(page, "lower")).ToContainTextAsync("1 without a price, not in it");
        await Expect(Step(page, "lower").GetByRole(AriaRole.Link, new() { Name = "waits for a yes" })).ToHaveAttributeAsync("href", "#/approvals");
        await Expect(Step(page, "stop")).ToContainTextAsync("spent 90 %, 10,800 USD");
        await Expect(Step(page, "stop")).ToContainTextAsync("acts at 07:26 UTC at the earliest");
        await Expect(Step(page, "freezeScaleOut")).ToContainTextAsync("rests until the period ends: ann does not want it: the sale");
        await Expect(Step(page, "freezeScaleOut")).ToContainTextAsync("keeps up to 2,400 USD more from being spent");
        await Expect(page.Locator(".ladder button")).ToHaveTextAsync(["Undo …", "Undo …", "Withdraw …", "Withdraw …"]);

        await page.Locator(".days summary").ClickAsync();
        await Expect(page.Locator(".days tbody tr")).ToHaveCountAsync(5);
        await Expect(page.Locator(".days tbody tr").Nth(2)).ToHaveTextAsync("2026-01-031,1012,821the bill");
        await Expect(page.Locator(".days tbody tr").Nth(4)).ToContainTextAsync("our own count");

        await Expect(page.Locator(".scopes tbody tr")).ToContainTextAsync("4,321 USD");
        await Expect(page.Locator(".scopes tbody tr")).ToContainTextAsync("100.00 extrapolated for what is not counted");
        await Expect(page.Locator(".scopes tbody tr")).ToContainTextAsync("13,251 to 14,100 USD");
        await Expect(page.Locator(".scopes tbody tr")).ToContainTextAsync("the account may not read forecasts");
        await Expect(page.Locator(".anomaly")).ToContainTextAsync("production spends more than usual: 61.40 USD an hour, where 37.50 is usual");
        await Expect(page.Locator(".anomaly li")).ToContainTextAsync("web 22.10 USD an hour more: 19 → 30 instances, by ScaleFunctions");
        await Expect(page.Locator(".about-lead")).ToContainTextAsync("42.75 USD since 2026-01-01 by 2 lowerings, 40.25 USD of it reconciled");
        await Expect(page.Locator(".savings tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_step_is_undone_by_somebody_for_a_reason_and_rests_then()
    {
        await using var world = await StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the step stop of the budget team-budget" }).ClickAsync();
        await Expect(page.Locator("dialog h2")).ToHaveTextAsync("Withdraw stop of team-budget");
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("the release needs it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw", Exact = true }).ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync("the step stop of the budget team-budget is undone");
        await Expect(Step(page, "stop").Locator(".chip")).ToHaveTextAsync("Rests");
        await Expect(Step(page, "stop")).ToContainTextAsync("the release needs it");
        var kept = (await world.Budgets.ReadAsync(SampleSpend.Budget, Cancellation)).Record.Ladder.Of("stop");
        Assert.Equal((BudgetPhase.Idle, new DateOnly(2026, 2, 1)), (kept.Phase, kept.RestsUntil));
        Assert.Contains("Ann", kept.RestsBecause, StringComparison.Ordinal);
        Assert.Equal(BudgetPhase.Active, (await world.Budgets.ReadAsync(SampleSpend.Budget, Cancellation)).Record.Ladder.Of("nights").Phase);
    }

    [Fact]
    public async Task What_is_not_known_is_said_and_no_number_stands_for_it()
    {
        await using var world = await StartAsync(record => record with
        {
            NotJudged = "the bill could not be read: 503",
            ReachDoubt = "2 resources have no price",
            Figures = record.Figures! with { Coverage = 0.4 },
            Course = null,
        });
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await Expect(page.Locator(".budget .chip").First).ToHaveTextAsync("Not judged");
        await Expect(page.Locator(".budget .told")).ToContainTextAsync("Not judged: the bill could not be read: 503. The figures are of 07:01; nothing begins and nothing ends by them.");
        await Expect(page.Locator(".budget .told")).ToContainTextAsync("what is not taken yet reaches 525.90 USD or more (2 resources have no price).");
        await Expect(page.Locator(".budget .told")).Not.ToContainTextAsync("call a human");
        await Expect(Figure(page, "Counted as it happens")).ToContainTextAsync("below 60 %: no step acts by the forecast");
        await Expect(page.Locator(".budget canvas")).ToHaveCountAsync(0);
        await Expect(page.Locator(".lead")).ToContainTextAsync("team-budget: not judged now.");
    }

    [Fact]
    public async Task A_budget_that_holds_because_steps_act_says_so_and_calls_nobody_for_what_is_over()
    {
        await using var world = await StartAsync(record => record with
        {
            Ladder = record.Ladder with { IsOutOfReach = true },
            Figures = record.Figures! with { Expected = 12_300 },
        });
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");
        await Expect(page.Locator(".budget .told")).ToContainTextAsync("Expected to be exceeded by 300.00 USD; what is not taken yet reaches 525.90 USD.");
        await Expect(page.Locator(".budget .told")).Not.ToContainTextAsync("call a human");

        var record = SampleSpend.Record(world.Sandbox.Clock.GetUtcNow());
        await SampleSpend.KeepAsync(world, record with { Figures = record.Figures! with { Expected = 11_000 } });

        await Expect(page.Locator(".budget .chip").First).ToHaveTextAsync("Steps act");
        await Expect(page.Locator(".lead")).ToHaveTextAsync("1 budget; none is expected to be exceeded. team-budget: 1 step acts, 2 are announced, the first for 07:21.");
    }

    [Fact]
    public async Task A_budget_for_which_nothing_counts_is_not_within_its_amount()
    {
        await using var world = await World.StartAsync(
            policies: SampleSpend.Policies.Replace("  currency: USD", "  currency: USD\n  tags: { env: [prod, live] }", StringComparison.Ordinal));
        await world.TickAsync(1);
        var now = world.Sandbox.Clock.GetUtcNow();
        await SampleSpend.KeepAsync(world, SampleSpend.Record(now) with
        {
            Figures = new Core.Cycle.BudgetFigures(now, 12_000, "USD", 0, 0, 0, 1),
            Course = null,
            Reach = [],
            Ladder = new KeptLadder { Period = SampleSpend.January },
        });
        Assert.Equal("env: prod or live", (await BudgetAsync(world)).GetProperty("tags").GetString());
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await Expect(page.Locator(".budget .chip").First).ToHaveTextAsync("Nothing counts");
        await Expect(page.Locator(".b-scope")).ToContainTextAsync("env: prod or live");
        await Expect(page.Locator(".budget .told")).ToContainTextAsync("no resource of the scope carries these tags");
    }

    [Fact]
    public async Task One_part_that_cannot_be_read_takes_nothing_from_the_others()
    {
        await using var world = await StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["500"];
        await watched.Page.RouteAsync("**/api/v1/savings", route => route.FulfillAsync(new() { Status = 500 }));
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await Expect(page.Locator(".stale")).ToHaveTextAsync("Savings could not be read (the app answered 500); the page asks again.");
        await Expect(page.Locator(".scopes tbody tr")).ToHaveCountAsync(1);
        await page.UnrouteAllAsync();
        await Expect(page.Locator(".savings tbody tr")).ToHaveCountAsync(2);
        await Expect(page.Locator(".stale")).ToBeHiddenAsync();

        await page.RouteAsync("**/api/v1/costs", route => route.FulfillAsync(new() { Status = 500 }));

        await Expect(page.Locator(".stale")).ToHaveTextAsync("Monitored scopes: not up to date since 07:01 UTC (the app answered 500).");
        await Expect(page.Locator(".scopes tbody tr")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData("notify", "people were told, so nothing comes back")]
    [InlineData("nights", "what it took comes back in parts")]
    public async Task The_dialog_says_what_comes_back(string step, string told)
    {
        await using var world = await StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Undo the step {step} of the budget team-budget" }).ClickAsync();

        await Expect(page.Locator("dialog")).ToContainTextAsync($"The step ends: {told}. It rests until the period of the budget ends.");
    }

    [Fact]
    public async Task Before_the_first_look_it_says_that_nothing_is_known()
    {
        await using var world = await World.StartAsync(policies: SampleSpend.Policies);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await Expect(page.Locator(".budget .chip").First).ToHaveTextAsync("Not known yet");
        await Expect(Figure(page, "Spent")).ToContainTextAsync("nothing is known of it yet");
        await Expect(page.Locator(".scopes").Locator("..")).ToContainTextAsync("Nothing is monitored. A policy of the kind CostMonitoring asks for it.");
    }

    [Fact]
    public async Task The_chart_is_walked_with_the_keyboard_day_by_day_and_the_ladder_reached_by_tab()
    {
        await using var world = await StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/spend", ".budget canvas");

        await Expect(page.Locator(".budget canvas")).ToHaveCountAsync(2);
        await Expect(page.Locator(".readout")).ToContainTextAsync("2026-01-05");
        await page.Locator(".budget .stage").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator(".readout")).ToContainTextAsync("2026-01-03");
        await Expect(page.Locator(".readout")).ToContainTextAsync("1,101 USD that day, as billed");
        Assert.Contains("4,321 USD spent of 12,000 USD, expected 13,251 USD", await page.Locator(".budget .stage").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".days summary")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo the step notify of the budget team-budget" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog h2")).ToHaveTextAsync("Undo notify of team-budget");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo the step notify of the budget team-budget" })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Texts_from_elsewhere_are_text_and_nothing_is_wider_than_a_small_phone(ColorScheme scheme)
    {
        await using var world = await World.StartAsync(policies: SampleSpend.Policies);
        await world.TickAsync(1);
        var now = world.Sandbox.Clock.GetUtcNow();
        var record = SampleSpend.Record(now);
        record = record with
        {
            NotJudged = Markup + new string('x', 300),
            ReachDoubt = Markup,
            Ladder = record.Ladder with { Steps = [.. record.Ladder.Steps.Select(step => step.RestsUntil is null ? step : step with { RestsBecause = $"{Markup} safe\u202Egnp.exe" })] },
        };
        await SampleSpend.KeepAsync(
            world, record, SampleSpend.Report(now) with { Name = Markup, Tags = new string('t', 120), EndBy = Markup, AzureEndWhy = Markup, NotJudged = Markup, UsualPerHour = null },
            SampleSpend.Anomaly(now) with { Name = Markup, Causes = [new Core.Costs.SpendCause($"/x/{Markup.Replace("/", "", StringComparison.Ordinal)}", 1, Markup)] });
        await using var watched = await browsers.OpenAsync(world, scheme, width: 360, height: 740);
        var page = await watched.GoAsync("#/spend", ".ladder tbody tr");

        await Expect(page.Locator(".scopes .name").First).ToHaveTextAsync(Markup);
        await Expect(Step(page, "freezeScaleOut")).ToContainTextAsync($"{Markup} safe⟨202E⟩gnp.exe");
        await Expect(page.Locator(".anomaly li")).ToContainTextAsync(Markup);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Expect(page.Locator("#kill")).ToBeInViewportAsync();
        Assert.Equal(scheme == ColorScheme.Dark ? "rgb(12, 17, 23)" : "rgb(244, 246, 249)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    private static async Task<World> StartAsync(Func<Core.Cycle.BudgetRecord, Core.Cycle.BudgetRecord>? change = null)
    {
        var world = await World.StartAsync(policies: SampleSpend.Policies);
        await world.TickAsync(1);
        var record = SampleSpend.Record(world.Sandbox.Clock.GetUtcNow());
        await SampleSpend.KeepAsync(world, change?.Invoke(record) ?? record);
        return world;
    }

    private static async Task<JsonElement> BudgetAsync(World world) => Assert.Single(
        (await world.Client.GetFromJsonAsync<JsonElement>(new Uri("api/v1/budgets", UriKind.Relative), Cancellation)).GetProperty("budgets").EnumerateArray());

    private static ILocator Figure(IPage page, string term) => page.Locator(".figures > div").Filter(new() { Has = page.Locator("dt", new() { HasTextString = term }) }).First;

    private static ILocator Step(IPage page, string name) => page.Locator(".ladder tbody tr").Filter(new() { Has = page.Locator($".name:text-is('{name}')") });
}
