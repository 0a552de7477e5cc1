using Microsoft.Extensions.DependencyInjection.Extensions;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires budgets. What counts spend, and what publishes events, is registered beside them, or stands in for itself here.</summary>
internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.TryAddSingleton<ISpendSource, UnknownSpend>();
        services.TryAddSingleton<IBudgetSource, UnknownSpend>();
        services.TryAddSingleton<IBudgetEvents, DirectBudgetEvents>();
        return services
            .AddSingleton<ITriggerFunction, Functions.BudgetEvent.Endpoint>()
            .AddSingleton<ITriggerFunction, Functions.Budget.Endpoint>()
            .AddSingleton<BudgetSources>()
            .AddSingleton<BudgetCycle>()
            .AddSingleton<BudgetSignals>()
            .AddSingleton<BudgetIntake>()
            .AddSingleton<BudgetClock>()
            .AddSingleton<BudgetWebhookEndpoint>()
            .AddSingleton<ApiBudgets>();
    }
}
