using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Targets;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>Names, reasons and texts that want to be more than text. Any script they start ends the test through the console.</summary>
public sealed class HostileTests(Browsers browsers)
{
    private const string Markup = "<img src=x onerror=console.error('owned')>";
    private const string Reversed = "safe\u202Egnp.exe";
    private const string Broken = "one\r\ntwo\u0000three";
    private const string Formula = "=cmd|' !A0";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hostile_names_are_shown_as_text_in_every_view()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(2);
        await CopyAsync(world, Markup, Reversed, Formula, "a\u200Bb", "שלום", "very-long-name-" + new string('x', 200));
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        var names = await page.Locator(".fleet .name").AllTextContentsAsync();
        Assert.Contains(Markup, names);
        Assert.Contains("safe⟨202E⟩gnp.exe", names);
        Assert.Contains("a⟨200B⟩b", names);
        Assert.Contains("שלום", names);
        Assert.DoesNotContain(names, name => name.Contains('\u202E', StringComparison.Ordinal));
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 1440);

        await page.Locator(".fleet").GetByRole(AriaRole.Link, new() { Name = Markup }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(Markup);
        await Expect(page.Locator(".panel .wrong")).Not.ToBeEmptyAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause …" }).ClickAsync();
        await Expect(page.Locator("dialog h2")).ToHaveTextAsync($"Pause {Markup}");
        await page.GetByLabel("Your name").FillAsync(Markup);
        await page.GetByLabel("Reason").FillAsync(Reversed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await Expect(page.Locator("#said")).ToContainTextAsync($"{Markup} is paused");
        await Expect(page.Locator(".whynot")).ToContainTextAsync($"by {Markup} since");
        await Expect(page.Locator(".whynot")).ToContainTextAsync("safe⟨202E⟩gnp.exe");
        Assert.Equal(Reversed, (await world.RowAsync(Markup)).Pause!.Reason);
    }

    [Theory]
    [InlineData(Markup)]
    [InlineData("</script><script>console.error('owned')</script>")]
    [InlineData(Reversed)]
    [InlineData(Broken)]
    [InlineData("javascript:console.error('owned')")]
    public async Task A_hostile_reason_of_the_kill_switch_is_text_in_banner_dialog_and_journal(string reason)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await PostAsync(world, "kill-switch/set", reason);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        var shown = reason.Replace("\u202E", "⟨202E⟩", StringComparison.Ordinal).Replace("\r", "⟨000D⟩", StringComparison.Ordinal)
            .Replace("\n", "⟨000A⟩", StringComparison.Ordinal).Replace("\u0000", "⟨0000⟩", StringComparison.Ordinal);

        await Expect(page.Locator("[data-banner=kill] bdi").Last).ToHaveTextAsync(shown);
        await page.Locator("#kill").ClickAsync();
        await Expect(page.Locator("dialog bdi").Last).ToHaveTextAsync(shown);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".latest .k-KillSwitch .text")).ToContainTextAsync(shown);
        await page.GetByRole(AriaRole.Link, new() { Name = "Journal", Exact = true }).ClickAsync();
        await Expect(page.Locator(".journal .j-what").Filter(new() { HasText = shown })).ToHaveCountAsync(1);
        Assert.Equal(0, await page.Locator("img, main script, dialog script").CountAsync());
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("+1+1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("  =1+1")]
    [InlineData("＝1+1")]
    public async Task A_cell_of_the_export_that_begins_a_formula_is_made_text(string by)
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await PostAsync(world, "kill-switch/set", "quote \" comma , end", by);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/journal", ".journal tbody tr[role=row]");

        await page.GetByLabel("Kind").SelectOptionAsync("handles");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation);

        Assert.Contains($"\"'{by}\",\"kill switch set by {by}: quote \"\" comma , end\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{by}\"", text, StringComparison.Ordinal);
    }

    /// <summary>The simulated Azure names its scale sets by Azure's rules; rows of a store somebody else writes need not.</summary>
    private static async Task CopyAsync(World world, params string[] names)
    {
        var row = await world.RowAsync("web");
        await world.Store.WriteTargetsAsync(
            [.. names.Select(name => row with { Target = TargetId.Parse(World.IdOf("x").Value[..^1] + name), Version = 0, Journal = Core.Journal.JournalHead.Empty })], Cancellation);
    }

    private static async Task PostAsync(World world, string path, string reason, string by = "ann")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{path}")
        {
            Content = new StringContent(JsonSerializer.Serialize(new Dictionary<string, string> { ["by"] = by, ["reason"] = reason })),
        };
        request.Headers.Add("Idempotency-Key", "k");
        using var response = await world.Client.SendAsync(request, Cancellation);
        response.EnsureSuccessStatusCode();
    }
}
