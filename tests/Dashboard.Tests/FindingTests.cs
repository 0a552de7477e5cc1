using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>One finding: what it rests on and what would be done, in the API and on the page.</summary>
public sealed class FindingTests(Browsers browsers)
{
    private const string Markup = "<img src=x onerror=console.error('owned')>";

    /// <summary>On Sundays only: when the tests begin, on a Monday morning, the window is shut.</summary>
    private const string Sizes =
        """
        apiVersion: scalefunctions/v1
        kind: ResourceRightsizing
        metadata: { name: sizes }
        spec:
          workload: web-shop
          mode: act
          window: { when: "Sun 01:00-05:00", timeZone: UTC }
          actOn: { confidenceDays: 12, risk: low }
          guard: { signals: [ { name: cpu, metric: Percentage CPU } ], breachedWhen: [ { signal: cpu, above: 90 } ] }
          rollOut: { batch: 25%, pause: 5m, watch: 30m }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_tells_what_would_be_done_in_which_order_and_when()
    {
        await using var world = await StartAsync(Web());

        var found = await GetAsync(world, $"findings/{World.IdOf("web").Value.TrimStart('/')}");

        var plan = found.GetProperty("plan");
        Assert.Equal(
            [
                "more instances: 2 → 4", "the size: Standard_D8s_v5 → Standard_D4s_v5, 25 % of the instances at a time, 5 minutes between two batches",
                "a watch of 30 minutes: all instances have to be well and no signal of the guard may be beyond its bound (cpu above 90); else they get Standard_D8s_v5 back",
            ],
            plan.GetProperty("steps").EnumerateArray().Select(step => step.GetString()));
        Assert.True(plan.GetProperty("acts").GetBoolean());
        Assert.Equal(("Sun 01:00-05:00 (UTC)", JsonValueKind.Null), (plan.GetProperty("window").GetString(), plan.GetProperty("openUntil").ValueKind));
        Assert.Equal(new DateTimeOffset(2026, 1, 11, 1, 0, 0, TimeSpan.Zero), plan.GetProperty("opensAt").GetDateTimeOffset());
        Assert.Equal(5.88, found.GetProperty("evidence").GetProperty("coresUsed").GetDouble());
        Assert.Equal("Standard_D2s_v5: too little memory", Assert.Single(found.GetProperty("evidence").GetProperty("refused").EnumerateArray()).GetString());
    }

    /// <summary>As the evaluation would say: the resource has another size than the finding is of, here.</summary>
    [Fact]
    public async Task A_finding_that_does_not_hold_any_more_says_why()
    {
        await using var world = await StartAsync(Web() with { Size = "Standard_D16s_v5" });

        var plan = (await GetAsync(world, "findings/web")).GetProperty("plan");

        Assert.True(plan.GetProperty("acts").GetBoolean());
        Assert.Contains("it was found of 2 × Standard_D16s_v5", plan.GetProperty("whyNot").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_told_only_and_one_of_which_nothing_is_known_say_so()
    {
        await using var world = await StartAsync(SampleFindings.Change("api", World.Start, "Standard_D4s_v5", 4, "Standard_D2s_v5", 3, 1, 2, RiskLevel.Low), SampleFindings.Plain("ledger", World.Start, RightsizingVerb.Keep, "it fits"));

        var plan = (await GetAsync(world, "findings/api")).GetProperty("plan");
        Assert.Equal((false, "the policy has 'mode: recommend'"), (plan.GetProperty("acts").GetBoolean(), plan.GetProperty("whyNot").GetString()));
        Assert.Equal("fewer instances: 4 → 3", plan.GetProperty("steps").EnumerateArray().Last().GetString());
        Assert.Equal(JsonValueKind.Null, (await GetAsync(world, "findings/ledger")).GetProperty("plan").ValueKind);
        using var response = await world.Client.GetAsync(new Uri("api/v1/findings/nobody", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_page_opens_it_from_the_list_and_goes_back()
    {
        await using var world = await StartAsync(Web());
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");

        await page.GetByRole(AriaRole.Link, new() { Name = "What would be done about web" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("h1")).ToHaveTextAsync("web");
        await Expect(page.Locator("nav a[aria-current]")).ToHaveTextAsync("Findings");
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("2 × Standard_D8s_v5 → 4 × Standard_D4s_v5");
        await Expect(page.Locator(".acts")).ToHaveTextAsync("It is carried out in the window.");
        await Expect(page.Locator(".steps li")).ToHaveCountAsync(3);
        await Expect(page.Locator(".steps li").First).ToHaveTextAsync("more instances: 2 → 4");
        await Expect(page.Locator("main")).ToContainTextAsync("Sun 01:00-05:00 (UTC); opens 2026-01-11 01:00 UTC");
        await Expect(page.Locator("main")).ToContainTextAsync("700 to 1,007 USD; retail prices of 2026-01-04");
        await Expect(page.Locator("main")).ToContainTextAsync("5.9 of 16 cores in use at the percentile");
        await Expect(page.Locator(".lists")).ToContainTextAsync("the highest minute took 11.2 cores");
        await Expect(page.Locator(".lists")).ToContainTextAsync("Standard_D2s_v5: too little memory");
        await page.Locator(".crumbs a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Findings");
    }

    [Fact]
    public async Task What_it_holds_is_text_and_nothing_is_wider_than_a_small_phone()
    {
        await using var world = await StartAsync(Web() with { Why = Markup, Risks = [Markup + new string('x', 300)], Refused = [Markup], WhyNotActed = Markup, Moves = ["safe\u202Egnp"] });
        await using var watched = await browsers.OpenAsync(world, ColorScheme.Dark, width: 360, height: 740);
        var page = await watched.GoAsync($"#/finding/{Uri.EscapeDataString(World.IdOf("web").Value)}", ".verdict");

        await Expect(page.Locator(".why")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".lists")).ToContainTextAsync("safe⟨202E⟩gnp");
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>Of a scale set that is kept at two instances of its size.</summary>
    private static RightsizingRecord Web() => SampleFindings.Change("web", World.Start, "Standard_D8s_v5", 2, "Standard_D4s_v5", 4, 700, 1007.4m, RiskLevel.Low) with
    {
        WhyNotActed = null,
        JudgedBy = JudgedBy,
        PriceNow = new Money(0.4m, "USD"),
        PriceThen = new Money(0.2m, "USD"),
        Cores = 16,
        CoresUsed = 5.88,
        CoresInBursts = 8.1,
        CoresHighest = 11.2,
        Risks = ["the highest minute took 11.2 cores"],
        Refused = ["Standard_D2s_v5: too little memory"],
    };

    private static string JudgedBy { get; } = new ResourceRightsizingPolicy { Name = "sizes", Workload = "web-shop", Source = new PolicySource("", 0, 0) }.JudgedBy;

    private static async Task<World> StartAsync(params RightsizingRecord[] records)
    {
        var world = await World.StartAsync(policies: Sizes);
        await world.TickAsync(1);
        await world.Rows.ChangeTargetAsync(
            World.IdOf("web"), row => row with { LastKnownCapacity = 2, Standing = row.Standing! with { Sku = "Standard_D8s_v5" } }, Cancellation);
        await FindingsTests.KeepAsync(world, records);
        return world;
    }

    private static async Task<JsonElement> GetAsync(World world, string path) =>
        await world.Client.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);
}
