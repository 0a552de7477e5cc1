using System.Net;
using Azure.Core.Pipeline;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Events;
using ScaleFunctions.Adapters.Notifications;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Notifications;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Connections;
using ScaleFunctions.Sandbox.Events;
using ScaleFunctions.Sandbox.Faults;

namespace ScaleFunctions.Adapters.Tests.Notifications;

/// <summary>The client of Azure's own library, as it is, to topics that the simulated Azure serves over HTTPS under their real host names.</summary>
public sealed class EventGridSenderTests : IAsyncLifetime
{
    private const string Topic = "https://alerts.westeurope-1.eventgrid.azure.net/api/events";

    private readonly Dictionary<string, string> _settings = new() { ["ALERT_TOPIC"] = Topic, ["ALERT_KEY"] = SimulatedTopics.Key };
    private SandboxServer _sandbox = null!;
    private HttpMessageHandler _handler = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpPipelineTransport Transport => AzureConnection.Over(_handler);

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), Cancellation);
        _handler = _sandbox.Connection.CreateHandler(_sandbox.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("ALERT_KEY")]
    public async Task An_alert_is_published_with_what_why_money_undo_and_snooze_under_a_key_or_with_the_identity(string key)
    {
        Assert.IsType<Delivery.Done>(await SendAsync(new AlertChannel("eventGrid", "ALERT_TOPIC", key)));

        var published = Assert.Single(_sandbox.Topics.TakeOut("alerts"));
        Assert.Equal(("ScaleFunctions.Alert", "/subscriptions/s/web", "1"), ($"{published["eventType"]}", $"{published["subject"]}", $"{published["dataVersion"]}"));
        Assert.Equal($"{published["data"]!["id"]}", $"{published["id"]}");
        Assert.Equal("scalefunctions.alert/v1", $"{published["data"]!["schema"]}");
        var alert = published["data"]!["alerts"]![0]!;
        Assert.Equal(
            ("'web' was stopped", "1234.5", "EUR", "sf rollback web", "sf snooze web"),
            ($"{alert["what"]}", $"{alert["amount"]}", $"{alert["currency"]}", $"{alert["undo"]}", $"{alert["snooze"]}"));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, false)]
    [InlineData(HttpStatusCode.TooManyRequests, false)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    [InlineData(HttpStatusCode.NotFound, true)]
    public async Task What_may_pass_is_tried_again_by_the_outbox_and_by_nobody_else(HttpStatusCode status, bool isFinal)
    {
        _sandbox.Faults.Set([new FaultRule { Target = "eventgrid", Effect = new AnswerWith((int)status, "Refused") }]);

        var failed = Assert.IsType<Delivery.Failed>(await SendAsync(new AlertChannel("eventGrid", "ALERT_TOPIC")));

        Assert.Equal(isFinal, failed.IsFinal);
        Assert.StartsWith($"{(int)status}", failed.Problem, StringComparison.Ordinal);
        Assert.Equal(1, _sandbox.Requests.Total);
    }

    [Theory]
    [InlineData("http://alerts.westeurope-1.eventgrid.azure.net/api/events")]
    [InlineData("https://alerts.example.com/api/events")]
    [InlineData("https://eventgrid.azure.net.example.com/api/events")]
    [InlineData("https://alerts.westeurope-1.eventgrid.azure.net:444/api/events")]
    [InlineData("https://user@alerts.westeurope-1.eventgrid.azure.net/api/events")]
    [InlineData("https://127.0.0.1/api/events")]
    public async Task No_token_and_no_key_goes_anywhere_else(string address)
    {
        _settings["ALERT_TOPIC"] = address;

        Assert.True(Assert.IsType<Delivery.Failed>(await SendAsync(new AlertChannel("eventGrid", "ALERT_TOPIC", "ALERT_KEY"))).IsFinal);
        Assert.True(Assert.IsType<Delivery.Failed>(await SendAsync(new AlertChannel("eventGrid", "ALERT_TOPIC"))).IsFinal);
        Assert.Empty(_sandbox.Topics.TakeOut("alerts"));
        Assert.Equal(0, _sandbox.Requests.Total);
    }

    [Fact]
    public async Task A_setting_or_an_identity_that_is_not_there_is_waited_for()
    {
        var sender = new EventGridSender(new AlertSettings(name => _settings.GetValueOrDefault(name)), credential: null, Transport);

        var failed = Assert.IsType<Delivery.Failed>(await sender.SendAsync(new AlertChannel("eventGrid", "ALERT_TOPIC"), Message(), Cancellation));
        Assert.Equal((false, true), (failed.IsFinal, failed.Problem.Contains("keySetting", StringComparison.Ordinal)));
        Assert.False(Assert.IsType<Delivery.Failed>(await SendAsync(new AlertChannel("eventGrid", "ALERT_GONE"))).IsFinal);
    }

    [Fact]
    public async Task What_is_said_of_a_budget_is_published_with_the_identity()
    {
        var events = new EventGridBudgetEvents(new Uri(Topic), new SandboxCredential(), Transport);

        await events.PublishAsync("e1", new BudgetSignal("shop", "fast-clock", "80"), _sandbox.Clock.GetUtcNow(), Cancellation);

        var published = Assert.Single(_sandbox.Topics.TakeOut("alerts"));
        Assert.Equal(("e1", BudgetSignal.EventType, "shop"), ($"{published["id"]}", $"{published["eventType"]}", $"{published["data"]!["budget"]}"));
        _sandbox.Faults.Set([new FaultRule { Target = "eventgrid", Effect = new AnswerWith(403, "Forbidden") }]);
        await Assert.ThrowsAsync<BudgetEventException>(() => events.PublishAsync("e2", new BudgetSignal("shop", "fast-clock", "80"), _sandbox.Clock.GetUtcNow(), Cancellation));
    }

    private Task<Delivery> SendAsync(AlertChannel channel) =>
        new EventGridSender(new AlertSettings(name => _settings.GetValueOrDefault(name)), new SandboxCredential(), Transport).SendAsync(channel, Message(), Cancellation);

    private static AlertMessage Message() => new("1", "shop", [new Alert
    {
        Fact = "stopped|web",
        Owner = "shop",
        Urgency = AlertUrgency.Warning,
        What = "'web' was stopped",
        Why = "the month would end at 1,200.00 EUR",
        About = "/subscriptions/s/web",
        Money = new AlertMoney(1234.5m, "EUR", "expected for the month", new DateTimeOffset(2026, 1, 5, 11, 45, 0, TimeSpan.Zero)),
        Undo = "sf rollback web",
        Snooze = "sf snooze web",
        At = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero),
    }]);
}
