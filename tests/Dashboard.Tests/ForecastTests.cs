using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ScaleFunctions.Core.Forecasts.Schedules;
using static Microsoft.Playwright.Assertions;

namespace ScaleFunctions.Dashboard.Tests;

/// <summary>What a target's page tells of its forecast: drawn ahead of now, and said in words.</summary>
public sealed class ForecastTests(Browsers browsers)
{
    private const string Load = "load";
    private const string Muted = "muted";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_forecast_that_acts_is_drawn_ahead_of_now_and_told(ColorScheme scheme)
    {
        await using var world = await ForecastAsync(schedule => schedule);
        await using var watched = await browsers.OpenAsync(world, scheme);

        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);

        await Expect(Caption(page)).ToHaveTextAsync(Pattern(
            "^Forecast by combined at 07:10, 95 of 100 times below its upper end; acts[.] Most needed until 08:40: 1[0-9] instances, at 0[78]:[0-9]{2}[.]$"));
        await Expect(page.Locator(".l-forecast")).ToBeVisibleAsync();
        await Expect(page.Locator(".stage")).ToHaveAttributeAsync("aria-label", Pattern("forecast until 08:40"));
        Assert.Equal([Load], await PaintedAsync(page));
    }

    [Fact]
    public async Task One_that_is_only_shown_says_why_and_what_is_foreign_stays_visible()
    {
        await using var world = await ForecastAsync(schedule => schedule with { ForecastOnly = "the policy says\u202e forecastOnly" });
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);

        await Expect(Caption(page)).ToContainTextAsync("; shown only: the policy says⟨202E⟩ forecastOnly.");
        Assert.Equal([Load], await PaintedAsync(page));
    }

    [Fact]
    public async Task One_that_expired_is_told_and_drawn_as_such()
    {
        await using var world = await ForecastAsync(schedule => schedule with { ExpiresAt = schedule.MadeAt });
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);

        await Expect(Caption(page)).ToHaveTextAsync(
            "Forecast by combined at 07:10, 95 of 100 times below its upper end; expired at 07:10 and was not renewed, so it does not count.");
        await Expect(page.Locator("p.forecast.over")).ToHaveCountAsync(1);
        await Expect(page.Locator(".l-forecast.over")).ToBeVisibleAsync();
        Assert.Equal([Muted], await PaintedAsync(page));
    }

    [Fact]
    public async Task One_that_expires_while_one_looks_is_told_even_when_no_tick_comes()
    {
        await using var world = await ForecastAsync(schedule => schedule);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);
        await Expect(Caption(page)).ToContainTextAsync("acts");

        await world.WaitAsync(TimeSpan.FromHours(2));

        await Expect(Caption(page)).ToContainTextAsync("expired at 09:10");
        Assert.Equal([Muted], await PaintedAsync(page));
    }

    [Fact]
    public async Task The_keys_move_into_the_forecast_and_say_it()
    {
        await using var world = await ForecastAsync(schedule => schedule);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);
        await Expect(page.Locator(".readout")).ToContainTextAsync("capacity");
        await page.Locator(".stage").FocusAsync();

        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");

        await Expect(page.Locator(".readout .r-b")).ToHaveTextAsync("07:15");
        await Expect(page.Locator("[aria-live=polite].unseen")).ToContainTextAsync(Pattern("forecast: needs [0-9].*at most [0-9.]+ in 95 of 100 cases"));
        await page.Keyboard.PressAsync("PageDown");
        await page.Keyboard.PressAsync("PageDown");
        await Expect(page.Locator(".readout .r-b")).ToHaveTextAsync("08:40");
    }

    [Fact]
    public async Task Without_a_forecast_nothing_is_said_of_one()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(10);
        await using var watched = await browsers.OpenAsync(world);

        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);

        await Expect(page.Locator(".readout")).ToContainTextAsync("capacity");
        await Expect(Caption(page)).ToBeHiddenAsync();
        await Expect(page.Locator(".l-forecast")).ToBeHiddenAsync();
        await Expect(page.Locator(".stage")).ToHaveAttributeAsync("aria-label", Pattern("^Chart of cpu, load and capacity, [0-9:]+ to 07:1[0-9] UTC, [0-9]+ actions"));
    }

    [Fact]
    public async Task Without_charts_the_forecast_is_still_told()
    {
        await using var world = await ForecastAsync(schedule => schedule);
        await using var watched = await browsers.OpenAsync(world);
        await watched.Page.RouteAsync("**/vendor/uPlot.esm.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Body = "export default null;\n" }));

        var page = await watched.GoAsync($"#/target/{Uri.EscapeDataString(World.IdOf("web").Value)}", ".note");

        await Expect(Caption(page)).ToContainTextAsync("Forecast by combined");
    }

    [Fact]
    public async Task A_forecast_that_comes_while_one_looks_appears()
    {
        await using var world = await World.StartAsync();
        await world.TickAsync(10);
        await using var watched = await browsers.OpenAsync(world);
        var page = await watched.GoToTargetAsync(World.IdOf("web").Value);
        await Expect(Caption(page)).ToBeHiddenAsync();

        await WriteAsync(world, schedule => schedule);
        await world.TickAsync(1);

        await Expect(Caption(page)).ToContainTextAsync("acts");
        Assert.Equal([Load], await PaintedAsync(page));
    }

    /// <summary>The browser gets the pattern, so only flags that JavaScript has will do.</summary>
    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static ILocator Caption(IPage page) => page.Locator("p.forecast");

    private static async Task<World> ForecastAsync(Func<PredictiveSchedule, PredictiveSchedule> change)
    {
        var world = await World.StartAsync();
        await world.TickAsync(10);
        await WriteAsync(world, change);
        return world;
    }

    private static async Task WriteAsync(World world, Func<PredictiveSchedule, PredictiveSchedule> change) => Assert.True(await world.Schedules.WriteAsync(
        World.IdOf("web"), change(SampleForecast.Of(world.Sandbox.Clock.GetUtcNow(), 9)), TestContext.Current.CancellationToken));

    /// <summary>Which colours of a forecast are painted in the last quarter of the upper chart, where only a forecast can be.</summary>
    private static Task<string[]> PaintedAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        names => {
          const canvas = document.querySelector(".stage canvas");
          const left = Math.floor(canvas.width * 0.75);
          const { data } = canvas.getContext("2d").getImageData(left, 0, canvas.width - left, Math.floor(canvas.height * 0.85));
          const style = getComputedStyle(document.documentElement);
          return names.filter(name => {
            const hex = style.getPropertyValue(`--${name}`).trim();
            const wanted = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
            for (let at = 0; at < data.length; at += 4)
              if (wanted.every((value, channel) => data[at + channel] === value)) return true;
            return false;
          });
        }
        """,
        new[] { Load, Muted });
}
