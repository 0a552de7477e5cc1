using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Commands.Assessments;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Rightsizing;

/// <summary>Opens an estate for reading, and judges the sizes of its resources. Nothing that could write is made.</summary>
internal static class RightsizedEstate
{
    /// <summary>What Azure's limits would have wait longer is not judged, and told.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static async Task<RightsizeView> LookAsync(RightsizeRequest request, CancellationToken cancellationToken)
    {
        var policies = request.Policies is { } directory ? Load(directory) : null;
        var (view, where) = await request.Place.UseAsync(connection => LookAsync(connection, policies, request, cancellationToken), cancellationToken);
        return view with { Where = where };
    }

    private static PolicySet Load(string directory)
    {
        var policies = PolicyDirectory.Load(directory);
        foreach (var error in policies.Errors)
        {
            Terminal.Note($"{error}");
        }

        return policies.ResourceRightsizing.Count > 0 ? policies : throw new UserErrorException($"{directory} holds no ResourceRightsizing policy; add one, or leave --policies out");
    }

    private static async Task<RightsizeView> LookAsync(AzureConnection connection, PolicySet? policies, RightsizeRequest request, CancellationToken cancellationToken)
    {
        await using var services = AssessedEstate.Services(connection, request.Place.Subscriptions);
        if (policies is not null)
        {
            services.GetRequiredService<ResourceKinds>().Use(policies);
        }

        using var turn = services.GetRequiredService<AzureTurns>().Begin(LongestWait);
        InventoryReading seen = new InventoryReading.Complete([]);
        await WorkBar.WhileAsync("listing resources", 1, async isDone =>
        {
            seen = await services.GetRequiredService<ITargetInventory>().ListAsync(cancellationToken);
            isDone();
        });
        var scope = policies is null
            ? RightsizingScope.All(request.Usual, seen.Targets.Where(EstateAssessment.IsOurs))
            : RightsizingScope.Of(policies, seen.Targets, connection.Time.GetUtcNow());
        var survey = new RightsizingSurvey(
            new UsageHistories(services.GetRequiredService<IMetricSource>(), connection.Time), services.GetRequiredService<SizeSources>(), connection.Time);
        var findings = new List<RightsizingFinding>(scope.Conflicts);
        var batches = scope.Targets.OrderBy(each => each.Target.Id.ResourceType, StringComparer.OrdinalIgnoreCase).ThenBy(each => each.Target.Id.Key, StringComparer.Ordinal).Chunk(RightsizingSurvey.BatchSize).ToList();
        await WorkBar.WhileAsync("looking at what they used", batches.Count, async isDone =>
        {
            foreach (var batch in batches)
            {
                findings.AddRange(await survey.JudgeAsync(batch, cancellationToken));
                isDone();
            }
        });
        return RightsizeView.Of(findings, seen is InventoryReading.Partial partial ? [partial.Reason] : [], connection.Time.GetUtcNow(), "");
    }
}
