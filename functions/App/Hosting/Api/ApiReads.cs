using System.Globalization;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.State;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What the API tells (<c>ApiRead</c>).</summary>
internal sealed class ApiReads(IStateStore store, IDocumentStore documents, IChangeFeed feed, CycleOptions options, TimeProvider time)
{
    private const int MostChanges = 500;
    private const int MostLines = 2000;

    public async Task<ApiAnswer> TargetsAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadTargetsAsync(cancellationToken);
        var fleet = await store.ReadFleetAsync(cancellationToken);
        var apart = await InventoryWatch.LeftAloneAsync(documents, cancellationToken);
        var owners = apart.Resources.ToDictionary(resource => resource.Id, resource => resource.Owner);
        var now = time.GetUtcNow();
        var list = new TargetList(now, fleet.LastTickAt, fleet.KillSwitch, [.. rows.Select(row => View(row, now, owners.GetValueOrDefault(row.Target)))])
        {
            Shrink = fleet.Shrink,
            PolicyTrouble = fleet.PolicyTrouble,
            Narrowing = fleet.Narrowing,
            Rollout = fleet.Rollout is { } open ? RolloutView.Of(open) : null,
            ApprovalsPending = fleet.Approvals.Count(each => each.IsPending(now)),
            LeftAlone = apart.Total,
            Mode = options.ModeCeiling,
            NextTickAt = fleet.LastTickAt + options.Interval,
            IsSimulated = !ReferenceEquals(time, TimeProvider.System),
            Approval = fleet.Approval is { } approval && now < approval.Until ? approval : null,
        };
        return ApiAnswer.Ok(list, list with { Now = default }, ApiJson.Default.TargetList);
    }

    /// <summary>What was seen and is not ours to scale, and whose it is.</summary>
    public async Task<ApiAnswer> LeftAloneAsync(CancellationToken cancellationToken)
    {
        var apart = await InventoryWatch.LeftAloneAsync(documents, cancellationToken);
        return ApiAnswer.Ok(new LeftAloneAnswer(apart.Total, [.. apart.Resources.Select(LeftAloneView.Of)]), ApiJson.Default.LeftAloneAnswer);
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
        if (await FindAsync(nameOrId, cancellationToken) is not { } row)
        {
            return NoTarget(nameOrId);
        }

        var apart = await InventoryWatch.LeftAloneAsync(documents, cancellationToken);
        var owner = apart.Resources.FirstOrDefault(resource => resource.Id == row.Target)?.Owner;
        return ApiAnswer.Ok(View(row, time.GetUtcNow(), owner) with { Decisions = row.Spans }, ApiJson.Default.TargetView);
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

    /// <summary>The newest entries first, without their facts: what a page shows before it polls the changes after <c>last</c>.</summary>
    public async Task<ApiAnswer> JournalAsync(string limit, CancellationToken cancellationToken)
    {
        if (!IsCount(limit, 500, MostLines, out var most))
        {
            return ApiAnswer.Of(ApiProblem.BadRequest($"'limit' is 1 to {MostLines}"));
        }

        var changes = await feed.ReadLatestAsync(most, cancellationToken);
        var last = changes.Count > 0 ? changes[0].Position : 0;
        return ApiAnswer.Ok(new JournalAnswer(last, [.. changes.Select(change => JournalLine.Of(change.Entry))]), ApiJson.Default.JournalAnswer);
    }

    /// <summary>What was done to one target and what was decided on it.</summary>
    public async Task<ApiAnswer> HistoryAsync(string nameOrId, CancellationToken cancellationToken)
    {
        if (await FindAsync(nameOrId, cancellationToken) is not { } row)
        {
            return NoTarget(nameOrId);
        }

        var journal = await store.ReadJournalAsync(new JournalQuery(row.Target.Key, Limit: MostChanges), cancellationToken);
        return ApiAnswer.Ok(HistoryAnswer.Of(row, journal), ApiJson.Default.HistoryAnswer);
    }

    /// <summary>A count from a query; the usual one when it is absent.</summary>
    internal static bool IsCount(string text, int usual, int most, out int count)
    {
        count = usual;
        return text.Length == 0
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= 1 && count <= most);
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

    private TargetView View(TargetRow row, DateTimeOffset now, CapacityOwner? owner) => TargetView.Of(row, now, options.Interval, owner);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
