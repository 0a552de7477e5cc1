using ScaleFunctions.Core.Actions;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires the cycle: the same for the local mode and every verb, so that a dry run cannot drift from the real thing.</summary>
internal static class ScalingServices
{
    /// <summary>Registers the cycle. State, Azure and the time are registered beside it.</summary>
    public static IServiceCollection AddScaling(this IServiceCollection services, CycleOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(provider => new RowStore(provider.GetRequiredService<IStateStore>()));
        services.AddSingleton(provider => new ActionRunner(
            provider.GetRequiredService<RowStore>(),
            [.. provider.GetServices<ITargetKind>()],
            options,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PredictiveSchedules>();
        services.AddSingleton<RightsizingFindings>();
        services.AddSingleton<FindingSource>();
        services.AddSingleton<CapacityReadings>();
        services.AddSingleton<LeftoverSurvey>();
        services.AddSingleton<LeftoverMarks>();
        services.AddSingleton<BudgetStates>();
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<ScalingCycle>();
        services.AddSingleton<RollbackCycle>();
        return services;
    }
}
