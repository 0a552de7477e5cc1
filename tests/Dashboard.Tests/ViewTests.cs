using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

public sealed partial class ViewTests(Browsers browsers)
{
    [Fact]
    public async Task The_fleet_tells_of_every_target_its_count_its_state_and_why()
    {
        await using var world = await World.StartAsync([World.Service("web", 9, 1), World.Service("api", 4, 2), World.Service("trial", 4, 3, app: "lab")]);
        await world.TickAsync(3);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync();

        await Expect(page.Locator(".fleet tbody tr[role=row]")).ToHaveCountAsync(3);
        foreach (var name in new[] { "web", "api", "trial" })
        {
            var row = await world.RowAsync(name);
            var shown = Row(page, name);
            await Expect(shown.Locator(".c-current .change")).ToHaveTextAsync(Pattern($"^{row.LastKnownCapacity}\\b"));
            await Expect(shown.Locator(".reason")).ToHaveTextAsync(row.Spans[^1].Reason);
            await Expect(shown.Locator(".counter")).ToHaveTextAsync(row.Spans[^1].Counterfactual);
            await Expect(shown.Locator(".mode")).ToHaveTextAsync(name == "trial" ? "observe" : "act");
            await Expect(shown.Locator(".c-mode .sub")).ToHaveTextAsync(name == "trial" ? "not us" : "ScaleFunctions");
            await Expect(shown.Locator(".c-evaluated")).ToContainTextAsync("next 07:04");
        }

        await Expect(page.Locator("#pulse-text")).ToContainTextAsync("simulated");
    }

    [Fact]
    public async Task The_fleet_is_searched_sorted_and_filtered_and_keeps_up_with_the_ticks()
    {
        await using var world = await World.StartAsync([World.Service("web", 9, 1), World.Service("api", 4, 2), World.Service("mail", 6, 3)]);
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();
        var names = page.Locator(".fleet tbody .name");

        await Expect(names).ToHaveTextAsync(["api", "mail", "web"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Instances" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Instances" }).ClickAsync();
        await Expect(page.Locator("th.c-current")).ToHaveAttributeAsync("aria-sort", "descending");
        var counts = (await page.Locator(".fleet .change").AllTextContentsAsync()).Select(text => int.Parse(Digits().Match(text).Value, null)).ToList();
        Assert.Equal(counts.OrderDescending(), counts);

        await page.GetByLabel("Search targets").FillAsync("MAI");
        await Expect(names).ToHaveTextAsync(["mail"]);
        await Expect(page.Locator(".found")).ToHaveTextAsync("1 of 3 targets");
        await page.GetByLabel("Search targets").FillAsync("nothing like this");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No target fits");
        await page.GetByLabel("Search targets").FillAsync("");

        await world.Rows.ChangeTargetAsync(
            World.IdOf("api"), row => Core.State.TargetTransitions.SetPause(row, new("ann", "a test", World.Start, null), "ann", "a test", World.Start), TestContext.Current.CancellationToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Paused" }).ClickAsync();
        await Expect(names).ToHaveTextAsync(["api"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Paused" }).ClickAsync();
        await Expect(names).ToHaveCountAsync(3);

        await world.TickAsync(2);
        await Expect(Row(page, "web").Locator(".c-evaluated time")).ToHaveTextAsync("07:03");
    }

    [Fact]
    public async Task A_target_shows_its_course_its_decisions_and_its_actions()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(40);
        var row = await world.RowAsync("web");
        Assert.True(row.Epoch > 0, "the load of this test makes it scale");
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);

        await Expect(page.Locator("h1")).ToHaveTextAsync("web");
        await Expect(page.Locator(".why")).ToHaveTextAsync(row.Spans[^1].Reason);
        await Expect(page.Locator(".whynot")).ToContainTextAsync(row.Spans[^1].Counterfactual);
        await Expect(page.Locator(".facts")).ToContainTextAsync("Next evaluation07:41");
        await Expect(page.Locator(".stage canvas")).ToHaveCountAsync(2);
        await Expect(page.Locator(".readout")).ToContainTextAsync(Pattern("needs [0-9].*capacity [0-9]+.*serving [0-9].*cpu [0-9]"));
        var actions = page.Locator(".actions tbody tr");
        await Expect(actions).ToHaveCountAsync((int)Math.Min(6, row.Epoch));
        await Expect(actions.Last.Locator("td").Nth(1)).ToHaveTextAsync(Pattern("^[0-9]+ → [0-9]+$"));
        await Expect(actions.Last.Locator("td").Nth(3)).ToContainTextAsync("Done");
        Assert.NotEqual(0, await page.Locator(".decisions tbody tr").CountAsync());
        await Expect(page.Locator(".decisions tbody tr").First.Locator("td").Nth(3)).ToHaveTextAsync(row.Spans[^1].Reason);

        // The marks, too, are there: something in the colour of scaling is painted on the chart.
        Assert.True(await page.EvaluateAsync<bool>(
            """
            () => {
              const canvas = document.querySelector(".stage canvas");
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const wanted = [[11, 87, 201], [107, 56, 196]];
              for (let at = 0; at < data.length; at += 4)
                if (wanted.some(([r, g, b]) => data[at] === r && data[at + 1] === g && data[at + 2] === b)) return true;
              return false;
            }
            """));
    }

    [Fact]
    public async Task The_chart_is_read_with_the_keys_and_shows_other_spans()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(10);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);
        await page.Locator(".stage").FocusAsync();
        var newest = await page.Locator(".readout .r-b").TextContentAsync();

        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");

        await Expect(page.Locator(".readout .r-b")).Not.ToHaveTextAsync(newest!);
        await Expect(page.Locator("[aria-live=polite].unseen")).ToContainTextAsync("capacity");
        await page.GetByRole(AriaRole.Button, new() { Name = "24 h" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "24 h" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".stage")).ToHaveAttributeAsync("aria-label", Pattern("07:1[0-9] to 07:1[0-9]"));
    }

    [Fact]
    public async Task The_journal_is_filtered_and_exported()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(25);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync("#/journal", ".journal tbody tr[role=row]");
        var all = await page.Locator(".found").TextContentAsync();

        await page.GetByLabel("Kind").SelectOptionAsync("actions");
        await Expect(page.Locator(".found")).Not.ToHaveTextAsync(all!);
        var kinds = await page.Locator(".journal .kind").AllTextContentsAsync();
        Assert.Subset(new HashSet<string> { "Action", "Sent", "Accepted", "Ended", "No answer" }, kinds.ToHashSet());
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Target", Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "web" });
        await Expect(page.Locator(".journal .j-target a").First).ToHaveTextAsync("web");
        await page.GetByLabel("Search the journal").FillAsync("azure took");
        await Expect(page.Locator(".journal .kind").First).ToHaveTextAsync("Accepted");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export CSV" }).ClickAsync());
        var lines = (await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken)).TrimEnd().Split("\r\n");
        Assert.Equal("\"at\",\"target\",\"sequence\",\"kind\",\"who\",\"what\",\"hash\"", lines[0].TrimStart('\uFEFF'));
        Assert.All(lines.Skip(1), line => Assert.Contains("\"Azure took it\"", line, StringComparison.Ordinal));
        Assert.True(lines.Length > 1);

        await page.GetByLabel("Search the journal").FillAsync("no such words");
        await Expect(page.Locator(".empty")).ToContainTextAsync("No entry fits");
    }

    [Fact]
    public async Task Views_have_addresses_that_can_be_opened_and_gone_back_to()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoAsync();

        await Row(page, "api").Locator(".name").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("api");
        await Expect(page).ToHaveTitleAsync("api · ScaleFunctions");
        await page.GetByRole(AriaRole.Link, new() { Name = "Journal", Exact = true }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Journal");
        await page.GoBackAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("api");
        await page.GotoAsync($"{world.Address}dashboard/#/target/nobody");
        await Expect(page.Locator("main")).ToContainTextAsync("There is no such target");
    }

    private static ILocator Row(IPage page, string name) =>
        page.Locator(".fleet tbody tr[role=row]").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    /// <summary>The browser gets the pattern, so only flags that JavaScript has will do.</summary>
    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    [GeneratedRegex("^[0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Digits();
}
