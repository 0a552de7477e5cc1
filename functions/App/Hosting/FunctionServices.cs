using ScaleFunctions.App.Dashboard;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.SelfCosts;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires the functions. A new one is one line here and a folder under <c>Functions</c>.</summary>
internal static class FunctionServices
{
    public static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton(new TriggerOptions())
        .AddSingleton<UsageCounter>()
        .AddSingleton<UsageDays>()
        .AddSingleton<UsageKeeper>()
        .AddSingleton<TriggerEndpoints>()
        .AddSingleton<ITriggerFunction, Functions.ScaleTick.Endpoint>()
        .AddSingleton<ITriggerFunction, Functions.Evaluate.Endpoint>()
        .AddSingleton<ITriggerFunction, Functions.Verify.Endpoint>()
        .AddSingleton<ITriggerFunction, Functions.ForecastRefresh.Endpoint>()
        .AddSingleton<ITriggerFunction, Functions.RightsizeDaily.Endpoint>()
        .AddCosts()
        .AddSingleton<ITriggerFunction, Functions.ResourceEvent.Endpoint>()
        .AddSingleton<TickLedger>()
        .AddSingleton<ResourceMarks>()
        .AddSingleton<TickCycle>()
        .AddSingleton<ForecastStates>()
        .AddSingleton<ForecastTurns>()
        .AddSingleton<ForecastCycle>()
        .AddSingleton<UsageStates>()
        .AddSingleton<UsageHistories>()
        .AddSingleton<RightsizingCycle>()
        .AddSingleton<LeftoverCycle>()
        .AddSingleton<LeftoverTeller>()
        .AddSingleton<PoisonWatch>()
        .AddSingleton<BatchCycle>()
        .AddSingleton(provider => new IdempotentCalls(
            provider.GetRequiredService<IDocumentStore>(), provider.GetRequiredService<TimeProvider>(), TimeProvider.System))
        .AddSingleton<ApiReads>()
        .AddSingleton<ApiForecasts>()
        .AddSingleton<ApiSeries>()
        .AddSingleton<ApiBacktests>()
        .AddSingleton<ApiFindings>()
        .AddSingleton<ApiLeftovers>()
        .AddSingleton<ApiSelfCosts>()
        .AddSingleton<ApiHandles>()
        .AddSingleton<ApiRollbacks>()
        .AddSingleton(CallerNames.FromEnvironment())
        .AddSingleton<ApprovalDesk>()
        .AddSingleton<ApiApprovals>()
        .AddSingleton(provider => new LastGoodPolicies(provider.GetRequiredService<IDocumentStore>()))
        .AddSingleton<PolicyDesk>()
        .AddSingleton<ApiPolicies>()
        .AddSingleton<RolloutDesk>()
        .AddSingleton<ApiRollouts>()
        .AddSingleton<CallLimits>()
        .AddSingleton<ApiEndpoints>()
        .AddSingleton<HealthEndpoint>()
        .AddBudgets()
        .AddAlertTick()
        .AddSingleton<DashboardEndpoints>();
}
