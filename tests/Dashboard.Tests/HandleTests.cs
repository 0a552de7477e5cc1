using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

public sealed class HandleTests(Browsers browsers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_target_is_snoozed_by_somebody_for_a_reason_and_resumed()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause web" }).ClickAsync();
        await FillAsync(page, "Ann", "load test");
        await page.GetByLabel("For how long").SelectOptionAsync("30");
        await Expect(page.Locator("dialog")).ToContainTextAsync("Ends by itself at 07:32 UTC of the simulation.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync("web is paused");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        var pause = (await world.RowAsync("web")).Pause!;
        Assert.Equal(("Ann", "load test", World.Start.AddMinutes(32)), (pause.By, pause.Reason, pause.Until));
        var row = page.Locator("tr[role=row]").Filter(new() { HasText = "Paused" });
        await Expect(row).ToContainTextAsync("until 07:32");

        await row.Locator(".name").ClickAsync();
        await Expect(page.Locator(".whynot")).ToContainTextAsync("by Ann since 07:02, until 07:32: load test");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume …" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync("Paused by Ann since 2026-01-05 07:02 UTC: load test");
        await Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("test is over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume", Exact = true }).ClickAsync();

        await Expect(page.Locator("#said")).ToContainTextAsync("web is resumed");
        Assert.Null((await world.RowAsync("web")).Pause);
    }

    [Fact]
    public async Task A_pause_without_an_end_lasts_until_somebody_resumes()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("api").Value);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause …" }).ClickAsync();
        await FillAsync(page, "Ann", "migration");
        await page.GetByLabel("For how long").SelectOptionAsync("");
        await Expect(page.Locator("dialog")).ToContainTextAsync("Nothing ends it but a person.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();

        await Expect(page.Locator(".verdict")).ToContainTextAsync("Paused at");
        await Expect(page.Locator(".whynot")).ToContainTextAsync("until resumed");
        Assert.Null((await world.RowAsync("api")).Pause!.Until);
    }

    [Fact]
    public async Task The_kill_switch_stops_everything_says_who_did_it_and_is_cleared()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes …" }).ClickAsync();
        await FillAsync(page, "Ann", "incident 4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes", Exact = true }).ClickAsync();

        await Expect(page.Locator("[data-banner=kill]")).ToContainTextAsync("Set by Ann since 07:01 UTC, until somebody clears it: incident 4711");
        await Expect(page.Locator("h1")).ToHaveTextAsync("All writes are stopped");
        await Expect(page.Locator(".chip").First).ToHaveTextAsync("Stopped");
        Assert.True((await world.Store.ReadFleetAsync(Cancellation)).KillSwitch is { IsSet: true, By: "Ann", Reason: "incident 4711" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Clear kill switch …" }).ClickAsync();
        await Expect(page.Locator("dialog")).ToContainTextAsync("Set by Ann at 07:01 UTC: incident 4711");
        await FillAsync(page, "Bob", "over");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear and write again" }).ClickAsync();

        await Expect(page.Locator("[data-banner=kill]")).ToHaveCountAsync(0);
        Assert.False((await world.Store.ReadFleetAsync(Cancellation)).KillSwitch.IsSet);
    }

    [Fact]
    public async Task Nothing_happens_without_a_name_and_a_reason_or_when_cancelled()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await page.Locator("#kill").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").PressAsync("Enter");
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("#kill")).ToBeFocusedAsync();
        Assert.DoesNotContain(watched.Requests, url => url.Contains("kill-switch", StringComparison.Ordinal));
        Assert.False((await world.Store.ReadFleetAsync(Cancellation)).KillSwitch.IsSet);
    }

    [Fact]
    public async Task A_try_again_after_a_lost_answer_does_it_once()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["Failed to load resource"];
        var page = await watched.GoAsync();
        var keys = new List<string>();
        await page.RouteAsync("**/kill-switch/set", async route =>
        {
            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await page.Locator("#kill").ClickAsync();
        await FillAsync(page, "Ann", "incident");

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes", Exact = true }).ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("Not known whether it is done: the app does not answer. Asking again with the same key is safe.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes", Exact = true }).ClickAsync();

        await Expect(page.Locator("[data-banner=kill]")).ToBeVisibleAsync();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        var journal = await world.Store.ReadJournalAsync(new Core.State.JournalQuery("fleet"), Cancellation);
        Assert.Single(journal, entry => entry.Kind == Core.Journal.JournalKind.KillSwitch);
    }

    /// <summary>The first try is done, and told as under way: the app itself says so of a call whose answer it does not have yet.</summary>
    [Fact]
    public async Task What_may_be_done_yet_is_asked_for_under_the_same_key_and_what_was_refused_under_another()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["409", "422", "429", "503"];
        var page = await watched.GoAsync();
        var keys = new List<string>();
        Core.State.StoredDocument? done = null;
        await page.RouteAsync("**/kill-switch/set", async route =>
        {
            keys.Add(route.Request.Headers["idempotency-key"]);
            switch (keys.Count)
            {
                case 1:
                    await route.FetchAsync();
                    done = (await world.Documents.ReadDocumentAsync("idempotency", keys[0], Cancellation))!;
                    var open = JsonNode.Parse(done.Json)!.AsObject();
                    open["answer"] = null;
                    open["begunAt"] = DateTimeOffset.UtcNow;
                    Assert.IsType<Core.State.RowWrite.Written>(await world.Documents.WriteDocumentAsync(done with { Json = open.ToJsonString() }, Cancellation));
                    break;
                case 2:
                    await route.FulfillAsync(new() { Status = 429 });
                    return;
                case 3:
                    await route.FulfillAsync(new() { Status = 503 });
                    return;
                case 4:
                    await route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{ "type": "about:blank", "detail": "it is refused" }""" });
                    return;
            }

            await route.ContinueAsync();
        });
        await page.Locator("#kill").ClickAsync();
        await FillAsync(page, "Ann", "incident");
        var go = page.GetByRole(AriaRole.Button, new() { Name = "Stop all writes", Exact = true });
        var wrong = page.Locator("dialog [role=alert]");

        await go.ClickAsync();
        await Expect(wrong).ToHaveTextAsync("Not known whether it is done: a call with this Idempotency-Key is under way; ask again shortly. Asking again with the same key is safe.");
        await go.ClickAsync();
        await Expect(wrong).ToHaveTextAsync("Not done: the app answered 429.");
        await go.ClickAsync();
        await Expect(wrong).ToContainTextAsync("Not known whether it is done: the app answered 503.");
        await go.ClickAsync();
        await Expect(wrong).ToHaveTextAsync("Not done: it is refused.");
        await go.ClickAsync();

        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Equal(5, keys.Count);
        Assert.Single(keys.Take(4).Distinct());
        Assert.NotEqual(keys[0], keys[4]);
    }

    private static async Task FillAsync(IPage page, string by, string reason)
    {
        await page.GetByLabel("Your name").FillAsync(by);
        await page.GetByLabel("Reason").FillAsync(reason);
    }
}
