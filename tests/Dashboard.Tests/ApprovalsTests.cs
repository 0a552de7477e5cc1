using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What waits for a yes, and that it is answered once, by somebody else.</summary>
public sealed class ApprovalsTests(Browsers browsers)
{
    private const string Markup = "<img src=x onerror=console.error('owned')>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_is_counted_in_the_navigation_and_told_with_what_it_is_about()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var id = await AskForLoweringsAsync(world);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await Expect(page.Locator("nav .badge")).ToHaveTextAsync("1");
        await page.Locator("[data-banner=approvals]").GetByRole(AriaRole.Link, new() { Name = "Approvals" }).ClickAsync();

        await Expect(page.Locator(".lead")).ToHaveTextAsync("1 request waits for an answer. Silence means no.");
        var request = page.Locator(".request");
        await Expect(request.Locator("h2")).ToHaveTextAsync(id);
        await Expect(request.Locator(".asked")).ToHaveTextAsync("2 lowerings beyond the cap: web 12 → 3, api 4 → 2");
        await Expect(request).ToContainTextAsync("Asked by worker-1 at 07:01 UTC, until 08:01 UTC, 60 min left; without an answer it is not done");
        await Expect(request.Locator("tbody tr").Nth(0)).ToHaveTextAsync("web123");
        await Expect(request.Locator("tbody tr").Nth(1)).ToHaveTextAsync("api42");
    }

    [Fact]
    public async Task Somebody_else_approves_it_and_the_number_goes()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var id = await AskAsync(world);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["409"];
        var page = await watched.GoAsync("#/approvals", ".request");

        await page.GetByRole(AriaRole.Button, new() { Name = $"Approve {id}" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync("Ann asks for: lowerings beyond the cap for 20 min");
        await Expect(page.Locator("dialog input[type=checkbox]")).Not.ToBeCheckedAsync();
        await FillAsync(page, "ann", "fine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync($"{id}: whoever asks for it does not approve it");
        Assert.Null((await FleetAsync(world)).Approval);

        await page.GetByLabel("Your name").FillAsync("Bob");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync($"{id} is approved");
        await Expect(page.Locator("nav .badge")).ToBeHiddenAsync();
        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Expect(page.Locator(".answered tbody tr")).ToContainTextAsync("Bob");
        await Expect(page.Locator(".answered .chip")).ToHaveTextAsync("Approved");
        Assert.True((await FleetAsync(world)).Approvals.Single().Answer is { IsApproved: true, By: "Bob", Reason: "fine", IsBreakGlass: false });
        Assert.NotNull((await FleetAsync(world)).Approval);
    }

    [Fact]
    public async Task Only_who_says_so_breaks_the_glass()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var id = await AskAsync(world);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["409"];
        var page = await watched.GoAsync("#/approvals", ".request");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Approve {id}" }).ClickAsync();
        await FillAsync(page, "Ann", "fire");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("Not done");

        await page.Locator("dialog input[type=checkbox]").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();

        await Expect(page.Locator(".answered .broken")).ToHaveTextAsync("the glass was broken");
        Assert.True((await FleetAsync(world)).Approvals.Single().Answer is { IsApproved: true, By: "Ann", IsBreakGlass: true });
    }

    [Fact]
    public async Task It_is_denied_and_an_expired_one_says_why_it_cannot_be_answered()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var (first, second) = (await AskAsync(world), await AskAsync(world, "Cay"));
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["409"];
        var page = await watched.GoAsync("#/approvals", ".request");

        // There is nothing of breaking the glass where somebody says no.
        await page.GetByRole(AriaRole.Button, new() { Name = $"Deny {first}" }).ClickAsync();
        await Expect(page.Locator("dialog input[type=checkbox]")).ToHaveCountAsync(0);
        await FillAsync(page, "Bob", "not before the release");
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny", Exact = true }).ClickAsync();
        await Expect(page.Locator(".answered tbody tr")).ToContainTextAsync("not before the release");
        Assert.True((await FleetAsync(world)).Approvals.Single(each => each.Id == first).Answer is { IsApproved: false, By: "Bob" });

        await page.GetByRole(AriaRole.Button, new() { Name = $"Approve {second}" }).ClickAsync();
        await world.WaitAsync(TimeSpan.FromMinutes(61));
        await FillAsync(page, "Bob", "late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("nobody answered before 2026-01-05 08:01, which means no");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".answered .chip")).ToHaveTextAsync(["Expired", "Denied"]);
        await Expect(page.Locator(".lead")).ToHaveTextAsync("Nothing waits for an answer.");
    }

    [Theory]
    [InlineData(ApprovalKind.Policies)]
    [InlineData(ApprovalKind.Inventory)]
    public async Task What_counts_without_an_answer_says_so_before_and_after(ApprovalKind kind)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var lowerings = await AskForLoweringsAsync(world);
        var request = ApprovalTransitions.Request(kind, "what looks like a mistake is meant", "worker-1", world.Sandbox.Clock.GetUtcNow());
        await world.Rows.ChangeFleetAsync(row => row.Ask(request), Cancellation);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/approvals", ".request");

        await Expect(page.Locator(".lead")).ToHaveTextAsync("2 requests wait for an answer. What comes of silence each of them says.");
        await Expect(page.GetByLabel(request.Id, new() { Exact = true })).ToContainTextAsync("60 min left; without an answer it counts at 08:01");
        await Expect(page.GetByLabel(lowerings, new() { Exact = true })).ToContainTextAsync("60 min left; without an answer it is not done");

        await world.WaitAsync(TimeSpan.FromMinutes(61));

        await Expect(page.Locator(".answered tbody tr").Filter(new() { HasText = request.Id }).Locator(".chip")).ToHaveTextAsync("Taken, nobody objected");
        await Expect(page.Locator(".answered tbody tr").Filter(new() { HasText = lowerings }).Locator(".chip")).ToHaveTextAsync("Expired");
    }

    [Fact]
    public async Task What_people_wrote_is_text_and_nothing_is_wider_than_a_small_phone()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await AskAsync(world, Markup, $"{Markup} {new string('x', 300)}");
        await using var watched = await browsers.OpenAsync(world, ColorScheme.Dark, width: 360, height: 740);
        var page = await watched.GoAsync("#/approvals", ".request");

        await Expect(page.Locator(".request .asked")).ToContainTextAsync(Markup);
        await Expect(page.Locator(".request")).ToContainTextAsync($"Asked by {Markup} at");
        await page.Locator(".request").GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync(Markup);
        Assert.Equal(0, await page.Locator("main img, dialog img").CountAsync());
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static async Task<string> AskAsync(World world, string by = "Ann", string reason = "the sale is over")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/requests/lowerings")
        {
            Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, object> { ["by"] = by, ["reason"] = reason, ["minutes"] = 20 })),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await world.Client.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    /// <summary>As a tick asks: the row with what is asked, and beside it what exactly it is about.</summary>
    internal static async Task<string> AskForLoweringsAsync(World world)
    {
        var now = world.Sandbox.Clock.GetUtcNow();
        var request = ApprovalTransitions.Request(ApprovalKind.Lowerings, "2 lowerings beyond the cap: web 12 → 3, api 4 → 2", "worker-1", now);
        var about = new ApprovedLowerings { Targets = [new ApprovedLowering(World.IdOf("web").Key, 3, 12), new ApprovedLowering(World.IdOf("api").Key, 2, 4)] };
        await world.Documents.WriteDocumentAsync(
            new StoredDocument("approvals", request.Id, 0, JsonSerializer.Serialize(about, CycleJson.Default.ApprovedLowerings), now.AddHours(3)), Cancellation);
        await world.Rows.ChangeFleetAsync(row => row.Ask(request), Cancellation);
        return request.Id;
    }

    private static async Task<FleetRow> FleetAsync(World world) => await world.Store.ReadFleetAsync(Cancellation);

    private static async Task FillAsync(IPage page, string by, string reason)
    {
        await page.GetByLabel("Your name").FillAsync(by);
        await page.GetByLabel("Reason").FillAsync(reason);
    }
}
