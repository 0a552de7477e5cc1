using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>
/// A page under watch. Closing it fails the test when a script failed, something was written to the console as an error, the
/// content security policy was violated, or a host other than the app's was asked for anything.
/// </summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private WatchedPage(IBrowserContext context, Uri address, IPage page) => (_context, _address, Page) = (context, address, page);

    public IPage Page { get; }

    /// <summary>Addresses asked for so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Console errors that a test brings about on purpose, by a part of their text.</summary>
    public IReadOnlyList<string> Expected { get; set; } = [];

    public static async Task<WatchedPage> CreateAsync(IBrowserContext context, Uri address)
    {
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Browsers.PatienceMs);
        var watched = new WatchedPage(context, address, page);
        page.PageError += (_, error) => watched._faults.Enqueue($"script: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                watched._faults.Enqueue($"console: {message.Text}");
            }
        };
        page.Request += (_, request) => watched.Note(request.Url);
        await page.AddInitScriptAsync("addEventListener('securitypolicyviolation', event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))");
        return watched;
    }

    /// <summary>Goes to a view and waits until it shows data.</summary>
    public async Task<IPage> GoAsync(string route = "", string? until = ".fleet tbody tr[role=row]")
    {
        await Page.GotoAsync($"{_address}dashboard/{route}");
        if (until is not null)
        {
            await Page.WaitForSelectorAsync(until);
        }

        return Page;
    }

    public Task<IPage> GoToTargetAsync(string id) => GoAsync($"#/target/{Uri.EscapeDataString(id)}", ".stage canvas");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        var unexpected = _faults.Where(fault => !Expected.Any(part => fault.Contains(part, StringComparison.Ordinal))).ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected));
    }

    private void Note(string url)
    {
        _requests.Enqueue(url);
        if (!url.StartsWith(_address.ToString(), StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal))
        {
            _faults.Enqueue($"request to another host: {url}");
        }
    }
}
