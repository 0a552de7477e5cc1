using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.State;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Functions;

/// <summary>From the call of an action group to a step that is in force, as the Functions host runs it.</summary>
public sealed class BudgetPathTests
{
    private const string Scope = $"/subscriptions/{EstateSpec.DefaultSubscription}";

    internal const string BudgetId = $"{Scope}/providers/Microsoft.Consumption/budgets/shop";

    private static readonly string Own = $$"""
        { "schemaId": "AIP Budget Notification", "data": { "SubscriptionName": "shop", "SubscriptionId": "{{EstateSpec.DefaultSubscription}}", "SpendingAmount": "99999", "BudgetStartDate": "1/1/2026",
          "Budget": "1", "Unit": "USD", "BudgetCreator": "a@b.c", "BudgetName": "shop", "BudgetType": "Cost", "ResourceGroup": "", "NotificationThresholdAmount": "0.8" } }
        """;

    internal static readonly string Common = $$"""
        { "schemaId": "azureMonitorCommonAlertSchema", "data": { "essentials": { "monitoringService": "CostAlerts", "alertRule": null }, "alertContext": { "AlertCategory": "budgets",
          "AlertData": { "Scope": "{{Scope}}/", "ThresholdType": "Actual", "BudgetThreshold": "$1.00", "NotificationThresholdAmount": "$0.80", "BudgetName": "shop", "BudgetId": "{{BudgetId}}", "BudgetStartDate": "2026-01-01", "Unit": "USD", "SpentAmount": "$99,999.00" } } } }
        """;

    private readonly Money _money = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("own")]
    [InlineData("common")]
    public async Task A_call_of_an_action_group_leads_to_a_look_and_the_look_decides(string schema)
    {
        await using var handler = await StartAsync();
        (_money.Spent, _money.Expected) = (400, 1_200);

        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, schema == "own" ? Own : Common));
        await WorkAsync(handler);

        var budget = await BudgetAsync(handler);
        Assert.Equal((400, 1_200, "Active"), (budget.GetProperty("figures").GetProperty("spent").GetDecimal(), budget.GetProperty("figures").GetProperty("expected").GetDecimal(), Phase(budget)));

        // It is frozen: 'web' has more load than it carries, and gets nothing.
        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await WorkAsync(handler);
        Assert.Empty(handler.Sandbox.Writes.All);
        Assert.Contains("the budget shop freezes scaling out, step freezeScaleOut, beyond", await handler.Client.GetStringAsync("api/v1/why/web", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_forged_changes_nothing()
    {
        await using var handler = await StartAsync();
        (_money.Spent, _money.Expected) = (10, 100);

        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, Own));
        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, Own));
        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, Own.Replace("\"shop\", \"BudgetType\"", "\"other\", \"BudgetType\"", StringComparison.Ordinal)));
        await WorkAsync(handler);

        Assert.Equal((1, "Idle"), (_money.Reads, Phase(await BudgetAsync(handler))));
        Assert.Empty(handler.Sandbox.Writes.All);
        Assert.Matches("SECURITY: something was said of a budget that no policy is about; .* It names '/subscriptions/[^']*/budgets/other' and says to come from 'action-group'", handler.Log.Text);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "schemaId": 5 }""")]
    [InlineData("""{ "schemaId": "AIP Budget Notification", "data": [] }""")]
    [InlineData("""{ "schemaId": "AIP Budget Notification", "data": { "SubscriptionId": 7, "BudgetName": "shop" } }""")]
    [InlineData("""{ "schemaId": "azureMonitorCommonAlertSchema", "data": { "alertContext": { "AlertData": { "BudgetName": "shop" } } } }""")]
    [InlineData("""{ "schemaId": "something new", "data": { } }""")]
    public async Task A_body_nobody_knows_is_kept_and_leads_to_nothing(string body)
    {
        await using var handler = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, body));
        Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, body));

        await WorkAsync(handler);
        Assert.Equal(0, _money.Reads);
        Assert.Single(await handler.Services.GetRequiredService<IDocumentStore>().ListDocumentsAsync("budget-hooks", Cancellation));
    }

    [Fact]
    public async Task A_body_is_never_large_and_few_are_kept()
    {
        await using var handler = await StartAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await HookAsync(handler, new string(' ', 20_000)));
        for (var number = 0; number < 30; number++)
        {
            Assert.Equal(HttpStatusCode.Accepted, await HookAsync(handler, $"unknown {number}"));
        }

        Assert.Equal(20, handler.Log.Text.Split("they are kept for two weeks as hook-").Length - 1);
        Assert.Equal(10, handler.Log.Text.Split("20 such are kept already, so these are not").Length - 1);
        Assert.Equal(20, (await handler.Services.GetRequiredService<IDocumentStore>().ListDocumentsAsync("budget-hooks", Cancellation)).Count);
    }

    [Theory]
    [InlineData("shop", "ScaleFunctions.BudgetSignal", 1)]
    [InlineData(BudgetId, "ScaleFunctions.BudgetSignal", 1)]
    [InlineData("nobody's", "ScaleFunctions.BudgetSignal", 0)]
    [InlineData("shop", "Microsoft.Resources.ResourceWriteSuccess", 0)]
    public async Task An_event_is_taken_in_once_and_only_of_a_budget_of_ours(string budget, string type, int reads)
    {
        await using var handler = await StartAsync();
        (_money.Spent, _money.Expected) = (10, 100);
        var body = Event(budget, type);

        (await handler.PostAsync("BudgetEvent", body)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        (await handler.PostAsync("BudgetEvent", body)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await WorkAsync(handler);

        Assert.Equal(reads, _money.Reads);
    }

    /// <summary>Event Grid would deliver the whole batch again for a day, good events included, and nothing makes these better.</summary>
    [Theory]
    [InlineData("7", "the event is not an object")]
    [InlineData("null", "the event is not an object")]
    [InlineData("[]", "the event is not an object")]
    [InlineData("{}", "the event has no id")]
    [InlineData("""{"eventType":"ScaleFunctions.BudgetSignal","data":{"budget":"shop"}}""", "the event has no id")]
    [InlineData("""{"id":7,"eventType":"ScaleFunctions.BudgetSignal","data":{"budget":"shop"}}""", "the event has no id")]
    [InlineData("""{"id":"e1"}""", "An event of an unknown type")]
    [InlineData("""{"id":"e1","eventType":"Microsoft.Resources.ResourceWriteSuccess","data":{"budget":"shop"}}""", "An event of an unknown type")]
    [InlineData("""{"id":"e1","eventType":"ScaleFunctions.BudgetSignal"}""", "no policy is about")]
    [InlineData("""{"id":"e1","eventType":"ScaleFunctions.BudgetSignal","data":7}""", "no policy is about")]
    [InlineData("""{"id":"e1","eventType":"ScaleFunctions.BudgetSignal","data":{"budget":"\ud800"}}""", "no Unicode text")]
    [InlineData("long", "the 'budget' of the event has 601 characters; at most 600 are read")]
    public async Task What_is_no_event_is_let_pass_and_leads_to_nothing(string element, string why)
    {
        await using var handler = await StartAsync();
        var sent = element == "long" ? $$$"""{"id":"e1","eventType":"ScaleFunctions.BudgetSignal","data":{"budget":"{{{new string('x', 601)}}}"}}""" : element;

        (await handler.PostAsync("BudgetEvent", $$$$"""{"Data":{"event":{{{{sent}}}}},"Metadata":{"sys":{"MethodName":"BudgetEvent","UtcNow":"2026-01-05T09:00:01Z","RandGuid":"c0ffee00-391d-4d3e-aa2d-a899a4cdfd5c"}}}"""))
            .ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await WorkAsync(handler);

        Assert.Equal(0, _money.Reads);
        Assert.Contains(why, handler.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>It was asked for before the policy went.</summary>
    [Fact]
    public async Task A_look_at_a_budget_that_no_policy_is_about_any_more_reads_nothing_and_is_done()
    {
        await using var handler = await StartAsync();
        await handler.Services.GetRequiredService<IWorkQueue>().SendAsync(
            new WorkMessage(WorkKind.Budget, """{"policy":"gone"}""", TimeSpan.Zero, TimeSpan.FromHours(1)), Cancellation);

        await WorkAsync(handler);

        Assert.Equal(0, _money.Reads);
        Assert.Contains("A budget was to be looked at that no policy is about any more", handler.Log.Text, StringComparison.Ordinal);
    }

    /// <summary>An action group calls again after a 503; who is gone, or sends half a body, is no bug of ours.</summary>
    [Theory]
    [InlineData("breaks off", StatusCodes.Status400BadRequest)]
    [InlineData("never comes", StatusCodes.Status503ServiceUnavailable)]
    public async Task A_body_that_cannot_be_read_is_answered(string body, int status)
    {
        await using var handler = await StartAsync();
        using var stream = new FailingStream(body == "breaks off" ? new IOException("the client went") : new OperationCanceledException());
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        context.Request.Body = stream;

        await handler.Services.GetRequiredService<BudgetWebhookEndpoint>().AnswerAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
    }

    [Fact]
    public async Task A_person_undoes_a_step_by_name()
    {
        await using var handler = await StartAsync();
        (_money.Spent, _money.Expected) = (400, 1_200);
        await HookAsync(handler, Own);
        await WorkAsync(handler);

        Assert.Equal(HttpStatusCode.NotFound, await UndoAsync(handler, "stop"));
        Assert.Equal(HttpStatusCode.OK, await UndoAsync(handler, "freezeScaleOut"));
        Assert.Equal("Undoing", Phase(await BudgetAsync(handler)));
    }

    [Fact]
    public async Task The_fast_clock_looks_without_anybody_saying_anything()
    {
        await using var handler = await StartAsync();
        (_money.Spent, _money.Expected) = (400, 1_200);

        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        await WorkAsync(handler);

        Assert.Equal((1, "Active"), (_money.Reads, Phase(await BudgetAsync(handler))));
    }

    private Task<RunningHandler> StartAsync() => RunningHandler.StartAsync(services => services
        .AddSingleton<ISpendSource>(_money).AddSingleton<IBudgetSource>(_money).AddSingleton<IPolicySource>(new Budgeted()));

    private static async Task<HttpStatusCode> HookAsync(RunningHandler handler, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await handler.Client.PostAsync("hooks/budget", content, Cancellation);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> UndoAsync(RunningHandler handler, string step)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/budgets/shop/undo/{step}")
        {
            Content = new StringContent("""{ "by": "ann", "reason": "a demo" }""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"undo-{step}");
        using var response = await handler.Client.SendAsync(request, Cancellation);
        return response.StatusCode;
    }

    /// <summary>Delivers what is in the queues, as the host does.</summary>
    internal static async Task WorkAsync(RunningHandler handler)
    {
        var source = handler.Services.GetRequiredService<IWorkSource>();
        foreach (var kind in new[] { WorkKind.Budget, WorkKind.Evaluate })
        {
            foreach (var work in await source.ReceiveAsync(kind, 32, TimeSpan.FromMinutes(5), Cancellation))
            {
                (await handler.PostAsync($"{kind}", $$$$"""{"Data":{"item":{{{{JsonSerializer.Serialize(work.Body)}}}}},"Metadata":{"DequeueCount":"1","sys":{"MethodName":"{{{{kind}}}}","UtcNow":"2026-01-05T09:00:00Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""")).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                await source.CompleteAsync(work, Cancellation);
            }
        }
    }

    private static async Task<JsonElement> BudgetAsync(RunningHandler handler) =>
        Assert.Single(JsonElement.Parse(await handler.Client.GetStringAsync("api/v1/budgets", Cancellation)).GetProperty("budgets").EnumerateArray());

    private static string? Phase(JsonElement budget) => Assert.Single(budget.GetProperty("steps").EnumerateArray()).GetProperty("phase").GetString();

    private static string Event(string budget, string type) =>
        $$$$"""{"Data":{"event":{"id":"e1","topic":"/topics/budgets","subject":"{{{{budget}}}}","eventType":"{{{{type}}}}","eventTime":"2026-01-05T09:00:00Z","data":{"budget":"{{{{budget}}}}","source":"action-group","meaning":"80"},"dataVersion":"1","metadataVersion":"1"}},"Metadata":{"sys":{"MethodName":"BudgetEvent","UtcNow":"2026-01-05T09:00:01Z","RandGuid":"c0ffee00-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    private sealed class FailingStream(Exception fails) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromException<int>(fails);
    }

    /// <summary>What is spent, as a test says, and how often somebody asked.</summary>
    internal sealed class Money : ISpendSource, IBudgetSource
    {
        private static readonly SpendPeriod January = new(new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1));

        public decimal Spent { get; set; }

        public decimal Expected { get; set; }

        public int Reads { get; private set; }

        public Task<BudgetReading> ReadAsync(string id, CancellationToken cancellationToken) =>
            Task.FromResult<BudgetReading>(new BudgetReading.Known(1_000, "USD", Spent, January));

        public Task<SpendReading> ReadAsync(SpendScope scope, SpendPeriod period, bool amortized, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult<SpendReading>(new SpendReading.Known
            {
                Currency = "USD",
                Billed = Spent,
                Counted = 0,
                Extrapolated = 0,
                Coverage = 0.95,
                EndP50 = Expected,
                EndP90 = Expected,
            });
        }
    }

    private sealed class Budgeted : IPolicySource
    {
        private static readonly PolicySet Set = PolicyReader.Read([.. SamplePolicies.Files(), new PolicyFile("budget.yml", Encoding.UTF8.GetBytes(
            $$"""
            apiVersion: scalefunctions/v1
            kind: BudgetAlerts
            metadata: { name: shop }
            spec:
              budget: {{BudgetId}}
              currency: USD
              mode: act
              ladder: [ { step: freezeScaleOut, when: { forecast: 110 }, select: { type: vmss } } ]
            """))]);

        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(Set);
    }
}
