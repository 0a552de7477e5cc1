using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using ScaleFunctions.Core.Assessments.Leftovers;
using ScaleFunctions.Core.Cycle;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What stands about, in the API and on the page.</summary>
public sealed class LeftoversTests(Browsers browsers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_api_tells_who_what_since_when_the_money_the_command_and_why_nothing_is_done()
    {
        await using var world = await World.StartAsync();
        await KeepAsync(world, [Disk("left"), Address("ip"), Machine("build")]);

        var first = await GetAsync(world, "leftovers?limit=2");
        Assert.Equal(3, first.GetProperty("total").GetInt32());
        var second = await GetAsync(world, $"leftovers?limit=2&after={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        var all = first.GetProperty("leftovers").EnumerateArray().Concat(second.GetProperty("leftovers").EnumerateArray()).ToDictionary(each => each.GetProperty("name").GetString()!);
        Assert.Equal(["build", "ip", "left"], all.Keys.Order());

        var disk = all["left"];
        Assert.Equal(("UnattachedDisk", "team-shop", "usage", "shop"), (disk.GetProperty("kind").GetString(), disk.GetProperty("owner").GetString(), disk.GetProperty("policy").GetString(), disk.GetProperty("resourceGroup").GetString()));
        Assert.Equal((World.Start.AddDays(-9), World.Start.AddDays(-2)), (disk.GetProperty("firstSeen").GetDateTimeOffset(), disk.GetProperty("toldAt").GetDateTimeOffset()));
        Assert.Equal((19.71m, "USD", "Retail", "2026-01-04"), (disk.GetProperty("cost").GetProperty("amount").GetDecimal(), disk.GetProperty("cost").GetProperty("currency").GetString(), disk.GetProperty("priceBasis").GetString(), disk.GetProperty("pricesAsOf").GetString()));
        Assert.StartsWith("az disk delete --ids '/subscriptions/", disk.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal("what is deleted a person deletes", disk.GetProperty("whyNotActed").GetString());
        Assert.Equal((JsonValueKind.Null, "Azure lists no price"), (all["ip"].GetProperty("cost").ValueKind, all["ip"].GetProperty("whyNotPriced").GetString()));
        Assert.Equal((JsonValueKind.Null, World.Start.AddDays(-1)), (all["build"].GetProperty("whyNotActed").ValueKind, all["build"].GetProperty("noticedAt").GetDateTimeOffset()));

        Assert.Equal("ip", Assert.Single((await GetAsync(world, "leftovers?kind=unusedAddress")).GetProperty("leftovers").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(0, (await GetAsync(world, "leftovers?owner=nobody")).GetProperty("total").GetInt32());
        Assert.Equal(3, (await GetAsync(world, "leftovers?owner=TEAM-shop")).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("leftovers?limit=0")]
    [InlineData("leftovers?limit=501")]
    [InlineData("leftovers?kind=disk")]
    [InlineData("leftovers?kind=3")]
    public async Task What_it_cannot_be_asked_is_a_problem(string path)
    {
        await using var world = await World.StartAsync();

        using var response = await world.Client.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task The_page_shows_the_dearest_first_with_what_ends_it()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await KeepAsync(world, [Disk("left"), Address("ip"), Machine("build")]);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync("#/findings", ".leftovers tbody tr");

        await Expect(page.Locator(".about-lead")).ToHaveTextAsync("3 resources, 159.87 USD a month at retail prices.");
        await Expect(page.Locator(".leftovers .what")).ToHaveTextAsync(["build", "left", "ip"]);
        var disk = Row(page, "left");
        await Expect(disk.Locator(".sum")).ToHaveTextAsync("19.71 USD");
        await Expect(disk.Locator(".l-cost .sub")).ToHaveTextAsync("retail prices of 2026-01-04");
        await Expect(disk.Locator(".l-what")).ToContainTextAsync("since 2025-12-27, told 2026-01-03");
        await Expect(disk.Locator("code")).ToContainTextAsync("az disk delete --ids '/subscriptions/");
        await Expect(disk.Locator(".l-ends .sub")).ToHaveTextAsync("what is deleted a person deletes");
        await Expect(Row(page, "ip").Locator(".l-cost")).ToContainTextAsync("no price");
        await Expect(Row(page, "build").Locator(".l-ends .sub")).ToContainTextAsync("the notice was given 2026-01-04");

        await page.GetByLabel("Kind").SelectOptionAsync("unusedAddress");
        await Expect(page.Locator(".leftovers .what")).ToHaveTextAsync(["ip"]);
        await page.GetByLabel("Kind").SelectOptionAsync("oldSnapshot");
        await Expect(page.Locator(".about-lead")).ToHaveTextAsync("There is none of these.");
    }

    [Fact]
    public async Task Text_of_others_is_text_and_nothing_is_wider_than_a_phone()
    {
        const string markup = "<img src=x onerror=alert(1)>";
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await KeepAsync(world, [Disk("left") with { What = markup, Owner = new string('o', 200), Command = $"az disk delete --ids '{new string('x', 400)}'", WhyNotActed = markup }]);
        await using var watched = await browsers.OpenAsync(world, width: 390, height: 844);

        var page = await watched.GoAsync("#/findings", ".leftovers tbody tr");

        await Expect(page.Locator(".l-what bdi").First).ToHaveTextAsync(markup);
        Assert.Equal(0, await page.Locator("main img").CountAsync());
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390);
    }

    [Fact]
    public async Task Where_nothing_stands_about_it_says_so()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(1);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoAsync("#/findings", null);

        await Expect(page.Locator(".about-lead")).ToContainTextAsync("Nothing stands about, or no policy");
        await Expect(page.Locator(".leftovers")).ToBeHiddenAsync();
    }

    private static LeftoverRecord Disk(string name) => new()
    {
        Id = $"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/disks/{name}",
        Kind = LeftoverKind.UnattachedDisk,
        Policy = "usage",
        Owner = "team-shop",
        FirstSeen = World.Start.AddDays(-9),
        LastSeen = World.Start,
        ToldAt = World.Start.AddDays(-2),
        What = "128 GB of Premium_LRS, no machine has it",
        PerMonth = 19.71m,
        Currency = "USD",
        PricesAsOf = new DateOnly(2026, 1, 4),
        WhyNotPriced = "",
        Command = $"az disk delete --ids '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/disks/{name}'",
        WhyNotActed = "what is deleted a person deletes",
    };

    private static LeftoverRecord Address(string name) => Disk(name) with
    {
        Id = $"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/{name}",
        Kind = LeftoverKind.UnusedAddress,
        ToldAt = null,
        PerMonth = null,
        PricesAsOf = null,
        WhyNotPriced = "Azure lists no price",
    };

    private static LeftoverRecord Machine(string name) => Disk(name) with
    {
        Id = $"/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachines/{name}",
        Kind = LeftoverKind.IdleMachine,
        PerMonth = 140.16m,
        NoticeFrom = World.Start.AddDays(-2),
        NoticedAt = World.Start.AddDays(-1),
        WhyNotActed = null,
    };

    private static async Task KeepAsync(World world, IEnumerable<LeftoverRecord> records)
    {
        foreach (var record in records)
        {
            await world.Leftovers.WriteAsync(record, Cancellation);
        }
    }

    private static async Task<JsonElement> GetAsync(World world, string path) =>
        await world.Client.GetFromJsonAsync<JsonElement>(new Uri($"api/v1/{path}", UriKind.Relative), Cancellation);

    private static ILocator Row(IPage page, string name) =>
        page.Locator(".leftovers tbody tr").Filter(new() { Has = page.Locator(".what", new() { HasText = name }) });
}
