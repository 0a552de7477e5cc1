using Microsoft.Playwright;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;
using ScaleFunctions.Sandbox.Estates;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Takes the pictures of the documents. UPDATE_GOLDEN=1 writes them to docs/images; otherwise they are taken and thrown away.</summary>
public sealed class PictureTests(Browsers browsers, ITestOutputHelper output)
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1"
        ? Path.Combine(Repository.Root, "docs", "images")
        : Directory.CreateTempSubdirectory("scalefunctions-pictures-").FullName;

    /// <summary>One service whose load doubles at the time of the picture, others at rest, held, paused, observed.</summary>
    private static readonly IReadOnlyList<ScaleSetSpec> Estate =
    [
        World.Service("checkout", 11, seed: 4), World.Service("web", 14, seed: 1), World.Service("catalog-api", 8, seed: 21, bursts: 0),
        World.Service("search", 9, seed: 31), World.Service("media-resize", 5, seed: 12, bursts: 6), World.Service("mail-worker", 3, seed: 13, bursts: 4),
        World.Service("ledger", 4, seed: 14, bursts: 0), World.Service("recommend", 6, seed: 15), World.Service("trial-ranking", 5, seed: 16, app: "lab"),
    ];

    [Fact]
    public async Task Takes_the_pictures()
    {
        await using var world = await World.StartAsync(Estate, policies: SampleSpend.Policies);
        await world.TickAsync(150);
        var now = world.Sandbox.Clock.GetUtcNow();
        await world.Rows.ChangeTargetAsync(
            World.IdOf("ledger"),
            row => row.SetPause(new TargetPause("Nora", "month-end close, do not touch", now, now.AddHours(2)), "Nora", "month-end close, do not touch", now),
            TestContext.Current.CancellationToken);
        for (var minute = 0; minute < 90 && !await IsBusyAsync(world); minute++)
        {
            await world.TickAsync(1);
        }

        await FindingsTests.KeepAsync(world, SampleFindings.All(now));
        await SampleSpend.KeepAsync(world, SampleSpend.Record(now));
        var mover = await MoverAsync(world);
        await ForecastAsync(world, TargetId.Parse(mover));
        foreach (var (name, scheme, width, height) in new[]
        {
            ("light", ColorScheme.Light, 1440, 900), ("dark", ColorScheme.Dark, 1440, 900), ("phone", ColorScheme.Light, 390, 844),
        })
        {
            await using var watched = await browsers.OpenAsync(world, scheme, width, height);
            var page = await watched.GoAsync();
            await Expect(page.Locator("#pulse-text")).ToContainTextAsync("simulated");
            await ShootAsync(page, $"fleet-{name}");
            await page.SetViewportSizeAsync(width, Math.Max(height, 1080));
            await watched.GoToTargetAsync(mover);
            await Expect(page.Locator(".decisions tbody tr")).Not.ToHaveCountAsync(0);
            await ShootAsync(page, $"target-{name}");
            await page.SetViewportSizeAsync(width, height);
            await watched.GoAsync("#/journal", ".journal tbody tr[role=row]");
            await ShootAsync(page, $"journal-{name}");
            await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");
            await ShootAsync(page, $"findings-{name}");
            await SpendAsync(watched, page, name, width, height, mover);
            await page.Locator("#kill").ClickAsync();
            await page.GetByLabel("Your name").FillAsync("Nora");
            await page.GetByLabel("Reason").FillAsync("incident 4711");
            await ShootAsync(page, $"kill-switch-{name}");
        }

        output.WriteLine($"pictures in {Folder}");
        Assert.Equal(18, Directory.GetFiles(Folder, "*.png").Length);
    }

    /// <summary>Spend by day, a rehearsal by night, and spend on a phone.</summary>
    private static async Task SpendAsync(WatchedPage watched, IPage page, string name, int width, int height, string target)
    {
        await page.SetViewportSizeAsync(width, Math.Max(height, 1140));
        if (name != "dark")
        {
            await watched.GoAsync("#/spend", ".budget canvas");
            await Expect(page.Locator(".savings tbody tr")).Not.ToHaveCountAsync(0);
            await ShootAsync(page, $"spend-{name}");
        }
        else
        {
            await watched.GoAsync($"#/backtest/{Uri.EscapeDataString(target)}", "form");
            await page.GetByLabel("The last").SelectOptionAsync("1");
            await page.GetByRole(AriaRole.Button, new() { Name = "Rehearse" }).ClickAsync();
            await Expect(page.Locator("main canvas")).ToHaveCountAsync(1);
            await ShootAsync(page, $"backtest-{name}");
        }

        await page.SetViewportSizeAsync(width, height);
        await watched.GoAsync("#/findings", ".findings tbody tr[role=row]");
    }

    /// <summary>A moment worth a picture: something scales out, something is held back.</summary>
    private static async Task<bool> IsBusyAsync(World world)
    {
        var cases = (await world.Store.ReadTargetsAsync(TestContext.Current.CancellationToken)).Select(row => row.Spans[^1].Case).ToList();
        return cases.Contains("scale-out") && cases.Exists(each => each.StartsWith("held/", StringComparison.Ordinal) && !each.Contains("mode", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string> MoverAsync(World world) =>
        (await world.Store.ReadTargetsAsync(TestContext.Current.CancellationToken)).OrderByDescending(row => row.Epoch).First().Target.Value;

    /// <summary>A load that goes on from what the instances carry now.</summary>
    private static async Task ForecastAsync(World world, TargetId target)
    {
        var signal = (await world.Store.ReadTargetAsync(target, TestContext.Current.CancellationToken)).Standing!.Signals[0];
        var needed = signal.Value!.Value * signal.Instances!.Value / signal.Target!.Value;
        await world.Schedules.WriteAsync(
            target, SampleForecast.Of(world.Sandbox.Clock.GetUtcNow(), needed), TestContext.Current.CancellationToken);
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"dashboard-{name}.png") });
        Assert.True(picture.Length > 5000, $"{name} is empty");
    }
}
