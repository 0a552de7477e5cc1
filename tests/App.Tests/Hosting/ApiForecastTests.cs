using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Forecasts.Schedules;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

public sealed class ApiForecastTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_forecast_is_told_in_load_and_in_instances()
    {
        await using var handler = await KnownAsync();
        await WriteAsync(handler, Schedule(handler));

        var forecast = await GetAsync(handler, "api/v1/forecast/web");

        Assert.Equal(
            (RunningHandler.Web.Value, "cpu", "combined", 0.95, 60.0, "00:04:00"),
            (forecast.GetProperty("id").GetString(), forecast.GetProperty("signal").GetString(), forecast.GetProperty("model").GetString(),
                forecast.GetProperty("quantile").GetDouble(), forecast.GetProperty("loadPerInstance").GetDouble(), forecast.GetProperty("lead").GetString()));
        Assert.Equal(handler.Sandbox.Clock.GetUtcNow(), forecast.GetProperty("madeAt").GetDateTimeOffset());
        Assert.Equal((true, false, ""), (Is(forecast, "acts"), Is(forecast, "isExpired"), forecast.GetProperty("forecastOnly").GetString()));
        Assert.Equal([300.0, 330], Numbers(forecast, "mean"));
        Assert.Equal([360.0, 400.12], Numbers(forecast, "upper"));
        Assert.Equal([5, 5.5], Numbers(forecast, "meanInstances"));
        Assert.Equal([6.0, 7], Numbers(forecast, "instances"));
        Assert.Equal(300, Numbers(forecast, "at")[1] - Numbers(forecast, "at")[0]);
    }

    [Fact]
    public async Task One_that_is_only_shown_says_why()
    {
        await using var handler = await KnownAsync();
        await WriteAsync(handler, Schedule(handler) with { ForecastOnly = "the policy says forecastOnly" });

        var forecast = await GetAsync(handler, "api/v1/forecast/web");

        Assert.Equal((false, "the policy says forecastOnly"), (Is(forecast, "acts"), forecast.GetProperty("forecastOnly").GetString()));
    }

    [Fact]
    public async Task One_that_nobody_renews_is_told_as_expired_from_its_end_on()
    {
        await using var handler = await KnownAsync();
        await WriteAsync(handler, Schedule(handler));
        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(119), Cancellation);
        Assert.False(Is(await GetAsync(handler, "api/v1/forecast/web"), "isExpired"));

        await handler.Sandbox.Clock.SpendAsync(TimeSpan.FromMinutes(1), Cancellation);

        var forecast = await GetAsync(handler, "api/v1/forecast/web");
        Assert.Equal((false, true), (Is(forecast, "acts"), Is(forecast, "isExpired")));
    }

    [Fact]
    public async Task Where_there_is_none_the_answer_says_which_policy_asks_for_one()
    {
        await using var handler = await KnownAsync();

        var (status, body) = await AskAsync(handler, "api/v1/forecast/web");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("PredictiveScaling", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_nobody_knows_is_not_found()
    {
        await using var handler = await KnownAsync();

        var (status, body) = await AskAsync(handler, "api/v1/forecast/nobody");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("'nobody'", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_chart_is_drawn_from_has_the_forecast_with_it()
    {
        await using var handler = await KnownAsync();
        Assert.Equal(JsonValueKind.Null, (await GetAsync(handler, "api/v1/series/web")).GetProperty("forecast").ValueKind);

        await WriteAsync(handler, Schedule(handler));

        var alone = await GetAsync(handler, "api/v1/forecast/web");
        var inSeries = (await GetAsync(handler, "api/v1/series/web")).GetProperty("forecast");
        Assert.Equal(alone.GetRawText(), inSeries.GetRawText());
    }

    /// <summary>An app that has seen the target.</summary>
    private static async Task<RunningHandler> KnownAsync()
    {
        var handler = await RunningHandler.StartAsync();
        await handler.Services.GetRequiredService<IStateStore>().WriteTargetsAsync([new TargetRow { Target = RunningHandler.Web }], Cancellation);
        return handler;
    }

    private static PredictiveSchedule Schedule(RunningHandler handler)
    {
        var now = handler.Sandbox.Clock.GetUtcNow();
        return new PredictiveSchedule
        {
            Signal = "cpu",
            Model = "combined",
            Quantile = 0.95,
            LoadPerInstance = 60,
            Lead = TimeSpan.FromMinutes(4),
            MadeAt = now,
            ExpiresAt = now.AddHours(2),
            Steps = [new PredictedStep(now, 300, 360, 6), new PredictedStep(now + PredictiveSchedule.Step, 330, 400.123, 7)],
        };
    }

    private static async Task WriteAsync(RunningHandler handler, PredictiveSchedule schedule) =>
        Assert.True(await handler.Services.GetRequiredService<PredictiveSchedules>().WriteAsync(RunningHandler.Web, schedule, Cancellation));

    private static async Task<JsonElement> GetAsync(RunningHandler handler, string path)
    {
        var (status, body) = await AskAsync(handler, path);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(RunningHandler handler, string path)
    {
        using var answer = await handler.Client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return (answer.StatusCode, document.RootElement.Clone());
    }

    private static bool Is(JsonElement forecast, string name) => forecast.GetProperty(name).GetBoolean();

    private static List<double> Numbers(JsonElement forecast, string name) => [.. forecast.GetProperty(name).EnumerateArray().Select(each => each.GetDouble())];
}
