using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using NSubstitute;
using ScaleFunctions.Adapters.Storage;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>What the webhook of budgets refuses, keeps and passes on, whoever calls it with whatever.</summary>
public sealed class BudgetWebhookEndpointTests : IBudgetEvents, IDisposable
{
    private const string Notice = """{ "schemaId": "AIP Budget Notification", "data": { "SubscriptionId": "s-1", "BudgetName": "shop" } }""";

    private readonly string _directory = Directory.CreateTempSubdirectory("scalefunctions-hook-").FullName;
    private readonly SqliteStateStore _store;
    private readonly MovedTime _time = new();
    private readonly CapturedLog _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly List<string> _published = [];
    private Func<CancellationToken, Task> _publish = _ => Task.CompletedTask;

    public BudgetWebhookEndpointTests() =>
        (_store, _loggers) = (SqliteStateStore.Open(_directory), LoggerFactory.Create(builder => builder.AddProvider(_log)));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_is_passed_on_and_nothing_is_kept()
    {
        Assert.Equal(StatusCodes.Status202Accepted, await CallAsync(Notice));

        Assert.Equal(["/subscriptions/s-1/providers/Microsoft.Consumption/budgets/shop"], _published);
        Assert.Empty(await KeptAsync());
    }

    [Theory]
    [InlineData(16 * 1024, StatusCodes.Status202Accepted)]
    [InlineData((16 * 1024) + 1, StatusCodes.Status413PayloadTooLarge)]
    public async Task A_body_of_unknown_length_is_read_to_its_limit(int length, int status)
    {
        Assert.Equal(status, await CallAsync(Notice.PadRight(length)));

        Assert.Equal(status == StatusCodes.Status202Accepted ? 1 : 0, _published.Count);
        Assert.Empty(await KeptAsync());
    }

    [Fact]
    public async Task One_that_says_it_is_too_large_is_not_read()
    {
        using var body = new Unreadable();
        var context = new DefaultHttpContext();
        (context.Request.Body, context.Request.ContentLength) = (body, (16 * 1024) + 1);

        Assert.Equal(StatusCodes.Status413PayloadTooLarge, await AnswerAsync(context));
    }

    [Fact]
    public async Task Who_calls_too_often_is_told_how_long_to_wait()
    {
        using var limits = new CallLimits(new TriggerOptions { CallsAtOnce = 2, CallsPerSecond = 1 });
        Assert.Equal(StatusCodes.Status202Accepted, await CallAsync(Notice, limits: limits));
        Assert.Equal(StatusCodes.Status202Accepted, await CallAsync(Notice, limits: limits));

        var context = Context(Notice);

        Assert.Equal(StatusCodes.Status429TooManyRequests, await AnswerAsync(context, limits: limits));
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.Equal(2, _published.Count);
    }

    /// <summary>An action group calls again after a 503.</summary>
    [Fact]
    public async Task What_could_not_be_passed_on_or_kept_is_called_for_again()
    {
        _publish = _ => throw new BudgetEventException("no topic", new IOException("gone"));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await CallAsync(Notice));

        var away = Substitute.For<IDocumentStore>();
        away.ListDocumentsAsync(Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns<IReadOnlyList<StoredDocument>>(_ => throw new StateStoreException("locked"));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await CallAsync("unknown", away));
        Assert.Equal(2, _log.Lines.Count(line => line.Contains("could not be passed on", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 60_000)]
    public async Task It_answers_after_ten_seconds_whatever_hangs()
    {
        _publish = cancellation => Task.Delay(Timeout.InfiniteTimeSpan, cancellation);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, await CallAsync(Notice).WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken));
        Assert.Contains("could not be passed on within 00:00:10", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_refused()
    {
        using var body = new Unreadable();
        var context = new DefaultHttpContext();
        context.Request.Body = body;

        Assert.Equal(StatusCodes.Status400BadRequest, await AnswerAsync(context));
    }

    [Fact]
    public async Task Bodies_nobody_understands_are_kept_once_twenty_of_them_for_two_weeks()
    {
        await CallAsync("unknown 0");
        for (var number = 0; number < 21; number++)
        {
            Assert.Equal(StatusCodes.Status202Accepted, await CallAsync($"unknown {number}"));
        }

        await CallAsync("unknown 3");
        var kept = await KeptAsync();
        Assert.Equal(20, kept.Count);
        Assert.DoesNotContain(kept, document => document.Json == "\"unknown 20\"");
        Assert.All(kept, document => Assert.Equal(1, document.Version));
        Assert.Empty(_published);

        // The same twice is kept already; one more is not.
        Assert.Equal((22, 1), (Lines("kept for two weeks as hook-"), Lines("20 such are kept already")));

        _time.Ahead = TimeSpan.FromDays(14) - TimeSpan.FromHours(1);
        await CallAsync("unknown 20");
        Assert.Equal(20, (await KeptAsync()).Count);
        _time.Ahead = TimeSpan.FromDays(14) + TimeSpan.FromHours(1);
        await CallAsync("unknown 20");
        Assert.Contains(await KeptAsync(), document => document.Json == "\"unknown 20\"");
    }

    async Task IBudgetEvents.PublishAsync(string id, BudgetSignal signal, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await _publish(cancellationToken);
        _published.Add(signal.Budget);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _store.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private int Lines(string text) => _log.Lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    private Task<IReadOnlyList<StoredDocument>> KeptAsync() => _store.ListDocumentsAsync("budget-hooks", Cancellation);

    private Task<int> CallAsync(string body, IDocumentStore? documents = null, CallLimits? limits = null) => AnswerAsync(Context(body), documents, limits);

    private static DefaultHttpContext Context(string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context;
    }

    private async Task<int> AnswerAsync(DefaultHttpContext context, IDocumentStore? documents = null, CallLimits? limits = null)
    {
        using var none = new CallLimits(new TriggerOptions { AreCallsLimited = false });
        await new BudgetWebhookEndpoint(this, documents ?? _store, limits ?? none, _time, _loggers.CreateLogger<BudgetWebhookEndpoint>()).AnswerAsync(context);
        return context.Response.StatusCode;
    }

    private sealed class Unreadable : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(new IOException("the client went"));
    }
}
