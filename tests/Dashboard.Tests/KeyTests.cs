using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Under the Functions host: the shell is public, everything it shows needs a key.</summary>
public sealed class KeyTests(Browsers browsers)
{
    private const string Key = "CANARY-of-this-test";

    [Fact]
    public async Task The_page_asks_for_the_key_keeps_it_in_the_tab_and_never_in_an_address()
    {
        await using var world = await World.StartAsync(key: Key);
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["401"];
        var page = await watched.GoAsync(until: "#key");
        await Expect(page.Locator("#key")).ToBeFocusedAsync();
        await Expect(page.Locator(".fleet")).ToHaveCountAsync(0);
        await Expect(page.Locator("#kill")).ToBeHiddenAsync();

        await page.Locator("#key").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".lock [role=alert]")).ToHaveTextAsync("This key is not accepted.");
        await page.Locator("#key").FillAsync(Key);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);

        await page.Locator("#kill").ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("incident");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-banner=kill]")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);
        Assert.DoesNotContain(watched.Requests, url => url.Contains(Key, StringComparison.Ordinal));
        Assert.DoesNotContain(Key, await page.EvaluateAsync<string>("JSON.stringify([location.href, document.cookie, { ...localStorage }])"), StringComparison.Ordinal);
        Assert.Contains(Key, await page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage })"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_only_read_is_asked_for_a_better_one_where_it_is_needed()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["401"];
        var page = await watched.GoAsync();
        await page.RouteAsync("**/kill-switch/set", async route =>
        {
            if (route.Request.Headers.GetValueOrDefault("x-functions-key") == Key)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FulfillAsync(new() { Status = 401 });
        });
        await page.Locator("#kill").ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("incident");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("not good for this");
        await page.GetByLabel("Function key that may do this").FillAsync(Key);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-banner=kill]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_key_typed_in_a_dialog_is_kept_when_it_was_good_and_never_takes_the_place_of_the_one_that_reads()
    {
        const string Better = "CANARY-that-operates";
        await using var world = await World.StartAsync(key: Key);
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        watched.Expected = ["401"];
        var page = await watched.GoAsync(until: "#key");
        await page.Locator("#key").FillAsync(Key);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(2);
        var sent = new List<string?>();
        await page.RouteAsync("**/kill-switch/set", async route =>
        {
            sent.Add(route.Request.Headers.GetValueOrDefault("x-functions-key"));
            if (sent[^1] != Better)
            {
                await route.FulfillAsync(new() { Status = 401 });
                return;
            }

            await route.ContinueAsync(new() { Headers = new Dictionary<string, string>(route.Request.Headers) { ["x-functions-key"] = Key } });
        });
        var typed = page.GetByLabel("Function key that may do this");
        await page.Locator("#kill").ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ann");
        await page.GetByLabel("Reason").FillAsync("incident");
        await page.Keyboard.PressAsync("Enter");
        await typed.FillAsync("guess");
        await page.Keyboard.PressAsync("Enter");
        await Expect(typed).ToBeFocusedAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("not good for this");
        Assert.DoesNotContain("guess", await page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage })"), StringComparison.Ordinal);

        await typed.FillAsync(Better);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("[data-banner=kill]")).ToBeVisibleAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Equal([Key, "guess", Better], sent);
        Assert.Equal([Key, Better], await page.EvaluateAsync<string[]>("['functions-key', 'functions-key-operate'].map(name => sessionStorage.getItem(name))"));
    }
}
