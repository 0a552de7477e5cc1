using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>The forecasts that decisions look up: one stored document, nothing is calculated here.</summary>
internal sealed class ApiForecasts(ApiReads reads, PredictiveSchedules schedules, TimeProvider time)
{
    public async Task<ApiAnswer> ReadAsync(string nameOrId, CancellationToken cancellationToken)
    {
        if (await reads.FindAsync(nameOrId, cancellationToken) is not { } row)
        {
            return ApiReads.NoTarget(nameOrId);
        }

        return await FindAsync(row.Target, cancellationToken) is { } view
            ? ApiAnswer.Ok(view, ApiJson.Default.ForecastView)
            : ApiAnswer.Of(ApiProblem.NotFound(
                $"there is no forecast of '{row.Target.Name}'. A policy of the kind PredictiveScaling for its workload asks for one; the first comes once enough of its load was seen"));
    }

    /// <summary>The forecast of a target; null when there is none.</summary>
    public async Task<ForecastView?> FindAsync(TargetId target, CancellationToken cancellationToken) =>
        await schedules.ReadAsync(target, cancellationToken) is { } schedule ? ForecastView.Of(target, schedule, time.GetUtcNow()) : null;
}
