using Microsoft.Playwright;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>One browser for all tests: Debian's Chromium, found where its package puts it or where CHROMIUM names it.</summary>
public sealed class Browsers : IAsyncLifetime
{
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>No sandbox of its own, for containers; and no traffic of its own.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    /// <summary>How long a test waits for what it expects, in milliseconds.</summary>
    internal const int PatienceMs = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Chromium))
        {
            // Far longer than anything takes: what never comes is a failure, a busy machine is none.
            Assertions.SetDefaultExpectTimeout(PatienceMs);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
        }
    }

    /// <summary>Opens an empty page. Skips the test when there is no browser.</summary>
    internal Task<WatchedPage> OpenAsync(World world, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900) =>
        OpenAsync(world.Address, scheme, width, height);

    /// <summary>Opens an empty page for an app at an address.</summary>
    internal async Task<WatchedPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        Assert.SkipWhen(_browser is null, $"there is no Chromium at {Chromium}; tests/run installs it where it may");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            AcceptDownloads = true,
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Europe/Zurich",
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        return await WatchedPage.CreateAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
