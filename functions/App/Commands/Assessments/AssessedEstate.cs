using ScaleFunctions.Adapters;
using ScaleFunctions.Adapters.Arm;
using ScaleFunctions.Adapters.Throttling;
using ScaleFunctions.App.Hosting;
using ScaleFunctions.Core.ActivityLogs;
using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Autoscale;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Signals;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>Opens an estate for reading, and assesses it. Nothing that could write is made.</summary>
internal static class AssessedEstate
{
    /// <returns>What was found, and what was looked at, for people.</returns>
    public static Task<(EstateAssessment Assessment, string Where)> LookAsync(AssessRequest request, CancellationToken cancellationToken) =>
        new EstatePlace
        {
            IsAzure = request.IsAzure,
            Subscriptions = request.Subscriptions,
            Estate = request.Estate,
            Sandbox = request.Sandbox,
            Faults = request.Faults,
            State = request.State,
        }.UseAsync(connection => LookAsync(connection, request, cancellationToken), cancellationToken);

    private static async Task<EstateAssessment> LookAsync(AzureConnection connection, AssessRequest request, CancellationToken cancellationToken)
    {
        await using var services = Services(connection, request.Subscriptions);
        var kinds = services.GetRequiredService<ResourceKinds>();
        kinds.AreAllWanted = true;
        if (request.Policies is { } directory)
        {
            kinds.Use(PolicyDirectory.Load(directory));
        }

        var turns = services.GetRequiredService<AzureTurns>();
        using var turn = turns.BeginWork(request.Deadline);
        var survey = new AssessmentSurvey(
            services.GetRequiredService<ITargetInventory>(), services.GetRequiredService<IMetricSource>(),
            services.GetRequiredService<IAutoscaleSettings>(), services.GetService<IPriceSource>(),
            services.GetRequiredService<IActivityLog>(), kinds, connection.Time);
        var facts = await survey.ReadAsync(request.Terms, WorkBar.WhileAsync, cancellationToken);
        return EstateAssessment.Of(turns.IsOver
            ? facts with { Gaps = [$"the time was up after {SpanText.Describe(request.Deadline)}; --deadline gives it longer", .. facts.Gaps] }
            : facts);
    }

    /// <summary>All that is made for it.</summary>
    internal static ServiceProvider Services(AzureConnection connection, IReadOnlyList<string> subscriptions) => new ServiceCollection()
        .AddVerbLogging()
        .AddSingleton(connection.Time)
        .AddAzureReads(connection, subscriptions)
        .BuildServiceProvider();
}
