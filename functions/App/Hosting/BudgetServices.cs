using Microsoft.Extensions.DependencyInjection.Extensions;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires budgets. What counts spend is registered beside them; what publishes events may be, or stands in for itself here.</summary>
internal static class BudgetServices
{
    public static IServiceCollection AddBudgets(this IServiceCollection services)
    {
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
