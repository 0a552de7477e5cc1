using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Usage;
using ScaleFunctions.Core.State;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What was taken away on purpose is no doubt: nothing runs that could show anything.</summary>
public sealed class RestTests(Browsers browsers)
{
    private const string Blind = "hold/InDoubt";

    [Fact]
    public async Task What_a_budget_holds_at_none_says_so_and_what_comes_back()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        var now = world.Sandbox.Clock.GetUtcNow();
        await DownAsync(world, row => row with { Budget = new BudgetStand("estate", "stop", 9, now.AddHours(-2)) { Left = 0, IsDown = true } });
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        var row = page.Locator("tr[role=row]").Filter(new() { HasText = "web" });
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Budget holds");
        await Expect(row.Locator(".c-state .sub")).ToHaveTextAsync("0 of 9 left");
        await Expect(page.Locator("h1")).ToContainTextAsync("1 held by a budget");
        await Expect(page.Locator("h1")).Not.ToContainTextAsync("in doubt");

        await row.Locator(".name").ClickAsync();
        await Expect(page.Locator(".verdict")).ToHaveTextAsync("Held at 0 instances by a budget; 9 before it");
        await Expect(page.Locator(".whynot")).ToContainTextAsync("the step stop of the budget estate, since 05:02; 9 instances come back once it is over");
    }

    [Fact]
    public async Task Off_hours_are_off_and_coming_back_is_said()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        var now = world.Sandbox.Clock.GetUtcNow();
        var memory = new OffMemory(now.AddHours(-9), 9, "Standard_D4s_v5", 0, now.AddHours(-9)) { IsLowered = true, DownAt = now.AddHours(-8), ReadyAt = now.AddHours(1) };
        await DownAsync(world, row => row with { Off = memory });
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        var row = page.Locator("tr[role=row]").Filter(new() { HasText = "web" });
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Off");
        await Expect(row.Locator(".c-state .sub")).ToHaveTextAsync("back by 08:02");

        await DownAsync(world, each => each with { Off = memory with { ReturningSince = now } });
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Coming back");

        // A budget beside it holds it once off-hours bring it back.
        await DownAsync(world, each => each with { Budget = new BudgetStand("estate", "stop", 9, now) });
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Budget holds");
    }

    /// <summary>What nobody took away and shows nothing stays in doubt; a lower maximum is told with it.</summary>
    [Fact]
    public async Task Doubt_stays_doubt_and_a_lowered_maximum_is_the_budgets()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        await DownAsync(world, row => row);
        await world.Rows.ChangeTargetAsync(World.IdOf("api"), row => row with { Spans = [.. row.Spans.Take(row.Spans.Count - 1), row.Spans[^1] with { Case = "hold/UnderBudget" }] }, TestContext.Current.CancellationToken);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await Expect(page.Locator("tr[role=row]").Filter(new() { HasText = "web" }).Locator(".chip")).ToHaveTextAsync("In doubt");
        await Expect(page.Locator("tr[role=row]").Filter(new() { HasText = "api" }).Locator(".chip")).ToHaveTextAsync("Budget holds");
    }

    /// <summary>Nothing runs, so that no signal can be read.</summary>
    private static async Task DownAsync(World world, Func<TargetRow, TargetRow> change) => await world.Rows.ChangeTargetAsync(
        World.IdOf("web"),
        row => change(row with
        {
            LastKnownCapacity = 0,
            Intent = null,
            Check = null,
            Spans = [.. row.Spans.Take(row.Spans.Count - 1), row.Spans[^1] with { Case = Blind, Current = 0, Desired = 0 }],
            Standing = row.Standing! with { Signals = [.. row.Standing!.Signals.Select(signal => signal with { Value = null, Doubt = "no samples" })] },
        }),
        TestContext.Current.CancellationToken);
}
