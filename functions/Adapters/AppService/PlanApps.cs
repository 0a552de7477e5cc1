using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Generic;
using ScaleFunctions.Adapters.Inventory;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>
/// On how many instances the apps of a plan are to run, where the plan lets each app say that (<c>perSiteScaling</c>). A plan
/// with fewer would give an app fewer than its owner asked for.
/// </summary>
/// <param name="App">The app that is to run on most.</param>
/// <param name="Workers">On how many.</param>
internal sealed record PlanApps(string App, int Workers)
{
    /// <returns>What is asked for at most; or nothing, and why nobody knows.</returns>
    public static async Task<(PlanApps? Apps, string Problem)> ReadAsync(ArmPipelines arm, TargetId plan, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(ResourceAddress.Of(arm.Connection, plan, ApiVersions.Plans));
        address.Path = $"{address.Path}/sites";
        var most = new PlanApps("", 1);
        var untold = "";
        try
        {
            var problem = await ArmPages.ReadAsync(
                arm,
                address.Uri,
                "apps",
                (app, _) =>
                {
                    var name = BodyPath.Text(app, "name") ?? "an app";
                    if (BodyPath.Number(app, "properties.siteConfig.numberOfWorkers") is not { } workers)
                    {
                        untold = name;
                        return;
                    }

                    most = workers > most.Workers ? new PlanApps(name, workers) : most;
                },
                cancellationToken).ConfigureAwait(false);
            return problem is not null ? (null, problem)
                : untold.Length > 0 ? (null, $"nothing tells on how many instances {untold} is to run")
                : (most, "");
        }
        catch (Exception exception) when (AzureFaults.Cover(exception, cancellationToken))
        {
            return (null, AzureFaults.Describe(exception));
        }
    }
}
