using Microsoft.Playwright;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What the page shows when there is nothing, not yet anything, nothing new, or no answer.</summary>
public sealed class SituationTests(Browsers browsers)
{
    [Fact]
    public async Task Before_the_first_tick_it_says_what_it_waits_for()
    {
        await using var world = await World.StartAsync();
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync(until: "h1");

        await Expect(page.Locator("h1")).ToHaveTextAsync("Waiting for the first evaluation");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No targets yet");
        await Expect(page.Locator("#pulse-text")).ToContainTextAsync("no tick yet");
        await page.GetByRole(AriaRole.Link, new() { Name = "Journal", Exact = true }).ClickAsync();
        await Expect(page.Locator(".empty")).ToContainTextAsync("The journal is empty");

        await world.TickAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Fleet", Exact = true }).ClickAsync();
        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_rollout_of_policies_is_told_and_so_is_its_halt()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var rings = new PolicyRings(
            [new PolicyRing("<i>canary", null, 0.1, TimeSpan.FromHours(1)), new PolicyRing("half", null, 0.5, TimeSpan.FromHours(4))], new RingCriteria(), new PolicySource("rings.yml", 1, 1));
        await world.Rows.ChangeFleetAsync(
            row => row.BeginRollout(new string('b', 64), row.PolicyVersion, rings, World.Start.AddMinutes(1), "policies"), TestContext.Current.CancellationToken);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync();
        var banner = page.Locator("[data-banner=rollout]");
        await Expect(banner).ToHaveTextAsync(
            "A changed policy set bbbbbbbbbbbb is on its way. It counts for the ring <i>canary, 1 of 2, since 07:01 UTC; the set before it decides on all others. rollout status tells what it has to do well.");
        await Expect(banner).ToHaveAttributeAsync("role", "status");

        // Another banner does not make this one anew: it would be read out again.
        await banner.EvaluateAsync("element => { element.dataset.kept = 'yes'; }");
        await ApprovalsTests.AskForLoweringsAsync(world);
        await Expect(page.Locator("[data-banner=approvals]")).ToContainTextAsync("tells what waits for a yes, and what counts without one.");
        await Expect(banner).ToHaveAttributeAsync("data-kept", "yes");

        await world.Rows.ChangeFleetAsync(row => row.HaltRollout("Ann", "it flaps", World.Start.AddMinutes(2)), TestContext.Current.CancellationToken);
        await Expect(banner).ToHaveTextAsync(
            "The rollout of policy set bbbbbbbbbbbb is halted. The set before it counts for all until somebody promotes it (rollout promote), or the files change. Halted in the ring <i>canary by Ann 07:02 UTC: it flaps");
        await Expect(banner).ToHaveAttributeAsync("role", "alert");
    }

    /// <summary>As one that no policy governs any more: its row stays as the last evaluation left it.</summary>
    [Fact]
    public async Task A_target_that_ticks_leave_out_is_not_steady()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        var row = await world.RowAsync("web");
        await world.Store.WriteTargetsAsync(
            [row with { Target = World.IdOf("orphan"), Version = 0, Journal = Core.Journal.JournalHead.Empty, Intent = null, Check = null }], TestContext.Current.CancellationToken);
        await world.TickAsync(4);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        var orphan = page.Locator(".fleet tr[role=row]").Filter(new() { Has = page.Locator(".name:text-is('orphan')") });
        await Expect(orphan.Locator(".c-evaluated")).ToContainTextAsync("07:01");
        await Expect(page.Locator(".chip:text-is('Not evaluated')")).ToHaveCountAsync(0);

        await world.TickAsync(2);

        await Expect(orphan.Locator(".chip")).ToHaveTextAsync("Not evaluated");
        await Expect(orphan).ToContainTextAsync("last evaluated 07:01");
        await Expect(orphan).ToContainTextAsync("No policy may govern it any more. The last decision was:");
        await Expect(page.Locator(".chip:text-is('Not evaluated')")).ToHaveCountAsync(1);
        await Expect(page.Locator("h1")).ToContainTextAsync("1 not evaluated");
        await orphan.Locator(".name").ClickAsync();
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("Not evaluated since 07:01");
    }

    [Fact]
    public async Task While_it_loads_it_says_so()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var go = new TaskCompletionSource();
        await watched.Page.RouteAsync("**/api/v1/targets", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        });

        var page = await watched.GoAsync(until: "[aria-busy=true]");
        await Expect(page.Locator("main")).ToHaveTextAsync("Loading the fleet …");
        await Expect(page.Locator("#kill")).ToBeHiddenAsync();
        go.SetResult();

        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task After_four_minutes_of_the_apps_time_without_a_tick_it_warns_until_one_comes()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        await world.WaitAsync(TimeSpan.FromMinutes(4));
        await Expect(page.Locator("#pulse-text")).ToContainTextAsync("07:05 UTC");
        await Expect(page.Locator("[data-banner=stale]")).ToHaveCountAsync(0);

        await world.WaitAsync(TimeSpan.FromMinutes(2));

        await Expect(page.Locator("[data-banner=stale]")).ToContainTextAsync("No tick for 6 min. The last was at 07:01 UTC.");
        await world.TickAsync(1);
        await Expect(page.Locator("[data-banner=stale]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task When_the_app_does_not_answer_it_keeps_what_it_knows_says_so_and_recovers()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["Failed to load resource"];
        var page = await watched.GoAsync();

        await page.RouteAsync("**/api/v1/**", route => route.AbortAsync());
        await Expect(page.Locator("[data-banner=error]")).ToContainTextAsync("Not up to date. the app does not answer");
        await Expect(page.Locator("#pulse-text")).ToHaveTextAsync("No connection");
        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);

        await page.UnrouteAllAsync();
        await Expect(page.Locator("[data-banner=error]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task When_there_was_never_an_answer_it_says_what_to_look_at()
    {
        await using var world = await World.StartAsync();
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["Failed to load resource"];
        await watched.Page.RouteAsync("**/api/v1/**", route => route.AbortAsync());

        var page = await watched.GoAsync(until: "h1");

        await Expect(page.Locator("h1")).ToHaveTextAsync("The app does not answer");
        await page.UnrouteAllAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Waiting for the first evaluation");
    }

    [Fact]
    public async Task An_answer_that_is_a_fault_is_told_in_its_words()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["Failed to load resource"];
        var page = await watched.GoAsync();

        await page.RouteAsync("**/api/v1/**", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"type":"about:blank","title":"Service unavailable","status":503,"detail":"the state cannot be reached"}""",
        }));

        await Expect(page.Locator("[data-banner=error]")).ToContainTextAsync("the state cannot be reached");
    }

    [Fact]
    public async Task Without_charts_the_tables_are_there_and_it_says_why()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(3);
        await using var watched = await browsers.OpenAsync(world);
        await watched.Page.RouteAsync("**/vendor/uPlot.esm.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "export default null;\n" }));

        var page = await watched.GoAsync($"#/target/{Uri.EscapeDataString(World.IdOf("web").Value)}", ".note");

        await Expect(page.Locator(".note")).ToContainTextAsync("The charts are missing");
        await Expect(page.Locator(".decisions tbody tr")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator("canvas")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_a_hidden_page_does_not_ask()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var answers = new List<int>();
        watched.Page.Response += (_, response) =>
        {
            if (response.Url.Contains("/api/v1/changes", StringComparison.Ordinal))
            {
                lock (answers)
                {
                    answers.Add(response.Status);
                }
            }
        };
        var page = await watched.GoAsync();
        for (var poll = 0; poll < 3; poll++)
        {
            await page.WaitForResponseAsync(response => response.Url.Contains("/api/v1/changes", StringComparison.Ordinal));
        }

        lock (answers)
        {
            Assert.Equal(200, answers[0]);
            Assert.All(answers.Skip(1), status => Assert.Equal(304, status));
        }

        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var asked = watched.Requests.Count;
        await Task.Delay(5000, TestContext.Current.CancellationToken);
        Assert.Equal(asked, watched.Requests.Count);

        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: false, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");
        await page.WaitForResponseAsync(response => response.Url.Contains("/api/v1/changes", StringComparison.Ordinal));
    }
}
