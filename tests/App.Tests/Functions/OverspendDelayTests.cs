using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.App.Tests.Hosting;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Sandbox;
using ScaleFunctions.Sandbox.Billing;
using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.App.Tests.Functions;

/// <summary>
/// Simulated minutes from the moment the amount is spent to the event, to the step and to Azure having fewer instances: by our own
/// clock, and by a budget of Azure with the delays of its bills (8 to 24 hours) and its evaluation once a day. Run it with
/// <c>-showLiveOutput</c> for the numbers of docs/benchmarks.md.
/// </summary>
public sealed class OverspendDelayTests(ITestOutputHelper output)
{
    private const string Scope = $"/subscriptions/{EstateSpec.DefaultSubscription}";

    private const string Group = $"{Scope}/resourceGroups/finops/providers/Microsoft.Insights/actionGroups/finops";

    private const decimal PerHour = 4 * 0.230m;

    private static readonly DateTimeOffset Start = new(2026, 1, 20, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(9)]
    [InlineData(13.5)]
    [InlineData(17)]
    [InlineData(22.25)]
    public async Task Our_own_clock_is_hours_ahead_of_a_budget_of_Azure(double crossesAfterHours)
    {
        // Four instances at all times, so that the amount is spent at a moment that can be told beforehand.
        var crosses = Start.AddHours(crossesAfterHours);
        var amount = PerHour * ((19 * 24) + (decimal)crossesAfterHours);
        await using var handler = await RunningHandler.StartAsync(
            new SandboxOptions
            {
                Start = Start,
                Estate = new EstateSpec([RunningHandler.Spec(RunningHandler.Web, 2.4) with { InitialCapacity = 4, CountBefore = 4 }])
                {
                    Budgets = [new BudgetSpec(Scope, "shop", amount) { Thresholds = [new("all", 100, IsForecast: false, [Group])] }],
                    ActionGroups = [new ActionGroupSpec(Group, Webhook: null)],
                },
                Behavior = new EstateOptions { History = TimeSpan.FromDays(36) },
                Billing = new BillingOptions { Correction = 0 },
            },
            services => services.AddSingleton<IPolicySource>(new Budgeted(amount)));
        handler.Sandbox.ActionGroups.Set(new ActionGroupSpec(Group, new Uri(handler.Address, BudgetWebhookEndpoint.Address)));

        DateTimeOffset? stepped = null, fewer = null;
        for (var at = Start.AddMinutes(1); fewer is null && at < crosses.AddHours(2); at = at.AddMinutes(at < crosses.AddMinutes(-30) ? 15 : 1))
        {
            await TickAsync(handler, at);
            stepped ??= await PhaseAsync(handler) == BudgetPhase.Active ? handler.Sandbox.Clock.GetUtcNow() : null;
            fewer = handler.Sandbox.Writes.Effective is [var first, ..] ? first.At : null;
        }

        for (var hour = 1; handler.Sandbox.ActionGroups.All.Count == 0 && hour < 72; hour++)
        {
            await handler.Sandbox.Clock.AdvanceToAsync(crosses.AddHours(hour + 2), Cancellation);
            await handler.Sandbox.ActionGroups.SettleAsync(Cancellation);
        }

        var call = Assert.Single(handler.Sandbox.ActionGroups.All);
        Assert.NotNull(stepped);
        Assert.NotNull(fewer);
        var (toStep, toWrite, toCall) = (stepped.Value - crosses, fewer.Value - crosses, call.At - crosses);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"spent at {crosses:HH:mm}: step in force after {toStep.TotalMinutes:0} min, first write after {toWrite.TotalMinutes:0} min; Azure's call after {toCall.TotalHours:0.0} h"));
        Assert.InRange(toStep, TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(20));
        Assert.InRange(toWrite, TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(30));
        Assert.InRange(toCall, TimeSpan.FromHours(8), TimeSpan.FromHours(48));
    }

    private static async Task TickAsync(RunningHandler handler, DateTimeOffset at)
    {
        await handler.Sandbox.Clock.AdvanceToAsync(at, Cancellation);
        if ((at - Start.AddMinutes(1)).TotalMinutes % 15 == 0)
        {
            (await handler.PostAsync("CostTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        }

        (await handler.PostAsync("ScaleTick", HostPosts.Timer)).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
        var source = handler.Services.GetRequiredService<IWorkSource>();
        foreach (var kind in new[] { WorkKind.Budget, WorkKind.Evaluate, WorkKind.Verify })
        {
            foreach (var work in await source.ReceiveAsync(kind, 32, TimeSpan.FromMinutes(5), Cancellation))
            {
                (await handler.PostAsync($"{kind}", $$$$"""{"Data":{"item":{{{{JsonSerializer.Serialize(work.Body)}}}}},"Metadata":{"DequeueCount":"1","sys":{"MethodName":"{{{{kind}}}}","UtcNow":"2026-01-05T09:00:00Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""")).ShouldBe(HttpStatusCode.OK, handler.Log.Text);
                await source.CompleteAsync(work, Cancellation);
            }
        }
    }

    private static async Task<BudgetPhase> PhaseAsync(RunningHandler handler) =>
        (await handler.Services.GetRequiredService<BudgetStates>().ReadAsync("shop", Cancellation)).Record.Ladder.Of("lowerMaximum").Phase;

    private sealed class Budgeted(decimal amount) : IPolicySource
    {
        private readonly PolicySet _set = PolicyReader.Read([.. SamplePolicies.Files(), new PolicyFile("budget.yml", Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            apiVersion: scalefunctions/v1
            kind: CostMonitoring
            metadata: { name: costs }
            spec: { currency: USD }
            ---
            apiVersion: scalefunctions/v1
            kind: BudgetAlerts
            metadata: { name: shop }
            spec:
              scope: {{Scope}}
              amount: {{amount}}
              currency: USD
              mode: act
              ladder: [ { step: lowerMaximum, when: { actual: 100 }, select: { type: vmss }, maximum: 2 } ]
            """)))]);

        public Task<PolicySet> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(_set);
    }
}
