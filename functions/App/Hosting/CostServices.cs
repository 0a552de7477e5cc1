using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Costs;
using ScaleFunctions.Core.Cycle;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires what counts and tells spend.</summary>
internal static class CostServices
{
    public static IServiceCollection AddCosts(this IServiceCollection services) => services
        .AddSingleton<ITriggerFunction, Functions.CostTick.Endpoint>()
        .AddSingleton<SpendLooks>()
        .AddSingleton<SpendDays>()
        .AddSingleton<SpendBook>()
        .AddSingleton<BillShelf>()
        .AddSingleton<ISpendSource, SpendSource>()
        .AddSingleton<CostReports>()
        .AddSingleton<SpendCauses>()
        .AddSingleton<SavingsStatements>()
        .AddSingleton<SavingsCycle>()
        .AddSingleton<AzureForecasts>()
        .AddSingleton<CostTeller>()
        .AddSingleton<CostCycle>()
        .AddSingleton<ApiCosts>();
}
