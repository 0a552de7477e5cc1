using Microsoft.Extensions.DependencyInjection.Extensions;
using ScaleFunctions.App.Hosting.Api;
using ScaleFunctions.Core.Notifications;

namespace ScaleFunctions.App.Hosting;

/// <summary>Wires what sends alerts. What sends to channels is registered beside it; without it, nothing is sent to them.</summary>
internal static class AlertServices
{
    public static IServiceCollection AddAlertTick(this IServiceCollection services)
    {
        services.TryAddSingleton<AlertOutbox>();
        services.TryAddSingleton<AlertSnoozes>();
        return services.AddSingleton<ITriggerFunction, Functions.AlertTick.Endpoint>().AddSingleton<ApiAlerts>();
    }
}
