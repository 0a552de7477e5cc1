using System.Globalization;
using ScaleFunctions.Core.State;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What the API tells (<c>ApiRead</c>).</summary>
internal sealed class ApiReads(IStateStore store, IChangeFeed feed, TimeProvider time)
{
    private const int MostChanges = 500;

    public async Task<ApiAnswer> TargetsAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var fleet = await store.ReadFleetAsync(cancellationToken);
        var now = time.GetUtcNow();
        var list = new TargetList(now, fleet.LastTickAt, fleet.KillSwitch, [.. rows.Select(row => TargetView.Of(row, now))]);
        return ApiAnswer.Ok(list, list with { Now = default }, ApiJson.Default.TargetList);
    }

    public async Task<ApiAnswer> DecisionsAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var list = new DecisionList(time.GetUtcNow(), [.. rows
            .Where(row => row.Spans.Count > 0)
            .Select(row => new TargetDecision(row.Target.Value, row.Target.Name, row.Spans[^1]))]);
        return ApiAnswer.Ok(list, list with { Now = default }, ApiJson.Default.DecisionList);
    }

    public async Task<ApiAnswer> WhyAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var row = await FindAsync(nameOrId, cancellationToken);
        return row is null
            ? NoTarget(nameOrId)
            : ApiAnswer.Ok(TargetView.Of(row, time.GetUtcNow()) with { Decisions = row.Spans }, ApiJson.Default.TargetView);
    }

    public async Task<ApiAnswer> ChangesAsync(string after, CancellationToken cancellationToken)
    {
        if (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest("'after' is the 'last' of the answer before, 0 for the beginning"));
        }

        var changes = await feed.ReadChangesAsync(position, MostChanges, cancellationToken);
        return ApiAnswer.Ok(new ChangeList(changes.Count > 0 ? changes[^1].Position : position, changes), ApiJson.Default.ChangeList);
    }

    /// <summary>A target by its id, or by its name when only one has it.</summary>
    public async Task<TargetRow?> FindAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var wanted = nameOrId.Trim('/');
        var fitting = rows.Where(row => Is(row.Target.Value.Trim('/'), wanted) || Is(row.Target.Name, wanted)).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    public static ApiAnswer NoTarget(string nameOrId) => ApiAnswer.Of(ApiProblem.NotFound(
        $"no target, or more than one, is called '{nameOrId}'; GET api/v1/targets lists them with their ids"));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
