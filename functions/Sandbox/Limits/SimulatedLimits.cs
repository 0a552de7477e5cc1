using ScaleFunctions.Core.Limits;
using ScaleFunctions.Sandbox.Estates;
using ScaleFunctions.Sandbox.Requests;

namespace ScaleFunctions.Sandbox.Limits;

/// <summary>What the simulated Azure allows: it tells it when asked, and refuses what is not.</summary>
internal sealed class SimulatedLimits(SimulatedEstate estate)
{
    private const int Plenty = 100_000;

    private readonly EstateSpec _spec = estate.Spec;

    public IEnumerable<LockSpec> LocksOf(string subscription) =>
        _spec.Locks.Where(each => IsIn(each.Scope, $"/subscriptions/{subscription}"));

    /// <summary>The roles of a principal in a scope.</summary>
    public IReadOnlyList<GrantSpec> GrantsOf(string principal, string scope) => _spec.Grants.Count == 0
        ? [new GrantSpec(principal, scope, ["*"], [])]
        : [.. _spec.Grants.Where(each => each.Principal == principal && IsIn(scope, each.Scope))];

    public IReadOnlyList<string> RestrictedSizes => _spec.RestrictedSizes;

    /// <summary>Every quota of a region, with what is in use of it.</summary>
    public IEnumerable<QuotaUsage> QuotasOf(string subscription, string region)
    {
        foreach (var name in MachineSize.All.Select(size => size.Family).Distinct().Prepend(QuotaUsage.AllCores))
        {
            var spec = _spec.Quotas.FirstOrDefault(each => Is(each.Region, region) && Is(each.Name, name));
            yield return new QuotaUsage(
                name, (spec?.UsedElsewhere ?? 0) + CoresOf(subscription, region, name), spec?.Limit ?? Plenty);
        }

        yield return new QuotaUsage(QuotaUsage.SpotCores, 0, Plenty);
    }

    /// <summary>The refusal of a write that a lock holds, or that nobody granted; nothing when it is fine.</summary>
    public SandboxAnswer? Refuse(RequestRoute route, string principal)
    {
        if (ActionOf(route) is not { } action)
        {
            return null;
        }

        var target = route.Target?.Value ?? route.Scope;
        if (!GrantsOf(principal, target).Any(grant =>
            grant.Actions.Any(each => ActionPattern.Fits(each, action)) && !grant.NotActions.Any(each => ActionPattern.Fits(each, action))))
        {
            return SandboxAnswer.Error(
                403, "AuthorizationFailed", $"The client '{principal}' does not have authorization to perform action '{action}' over scope '{target}'.");
        }

        return route.IsWrite && LocksOf(route.Subscription).FirstOrDefault(each => each.Level == "ReadOnly" && IsIn(target, each.Scope)) is { } held
            ? SandboxAnswer.Error(
                409, "ScopeLocked", $"The scope '{target}' cannot perform write operation because following scope(s) are locked: '{held.Scope}'.")
            : null;
    }

    /// <summary>What a role has to grant; nothing for reads that any role of ours does.</summary>
    private static string? ActionOf(RequestRoute route) => route switch
    {
        { Action.Length: > 0 } => $"{route.Target!.ResourceType}/{route.Action}/action",
        { Kind: RequestKind.ScaleSetInstances } => $"{route.Target!.ResourceType}/virtualMachines/read",
        { Kind: RequestKind.CostQuery } => "Microsoft.CostManagement/query/read",
        { Kind: RequestKind.CostForecast } => "Microsoft.CostManagement/forecast/read",
        { Kind: RequestKind.UsageDetails } => "Microsoft.Consumption/usageDetails/read",
        { Kind: RequestKind.BudgetList or RequestKind.Budget } => $"Microsoft.Consumption/budgets/{(route.IsWrite ? "write" : "read")}",
        { IsWrite: true } => $"{route.Target!.ResourceType}/write",
        _ => null,
    };

    /// <summary>The refusal of more machines than a quota has room for, or of a size that is not sold; nothing when they fit.</summary>
    /// <param name="spec">What they belong to.</param>
    /// <param name="name">The size they are to have.</param>
    /// <param name="more">How many more.</param>
    /// <param name="resized">Sizes of those there are that are to become of this one.</param>
    public SandboxAnswer? RefuseMore(ResourceSpec spec, string name, int more, IReadOnlyList<string> resized)
    {
        if ((more <= 0 && resized.Count == 0) || (_spec.Quotas.Count == 0 && _spec.RestrictedSizes.Count == 0) || MachineSize.Find(name) is not { } size)
        {
            return null;
        }

        if (RestrictedSizes.Contains(size.Name, StringComparer.OrdinalIgnoreCase))
        {
            return NotSold(size.Name, spec.Region);
        }

        // Cores of the old size are given back to its own family.
        var needed = (Math.Max(0, more) + resized.Count) * size.Cores;
        var freed = resized.Select(MachineSize.Find).OfType<MachineSize>().ToList();
        int Added(QuotaUsage quota) => needed - freed.Where(each => quota.Is(QuotaUsage.AllCores) || quota.Is(each.Family)).Sum(each => each.Cores);
        return QuotasOf(spec.Id.Subscription, spec.Region)
            .FirstOrDefault(quota => (quota.Is(QuotaUsage.AllCores) || quota.Is(size.Family)) && Added(quota) > 0 && quota.Left < Added(quota)) is { } full
            ? SandboxAnswer.Error(
                409, "OperationNotAllowed",
                $"Operation could not be completed as it results in exceeding approved {full.Name} quota. Current Limit: {full.Limit}, Current Usage: {full.Used}, Additional Required: {Added(full)}.")
            : null;
    }

    public static SandboxAnswer NotSold(string size, string region) =>
        SandboxAnswer.Error(409, "SkuNotAvailable", $"The requested size '{size}' is currently not available in location '{region}'.");

    // By the sizes that instances have, which their resource may have left behind.
    private long CoresOf(string subscription, string region, string name) => _spec.ScaleSets.Concat<ResourceSpec>(_spec.VirtualMachines)
        .Where(spec => Is(spec.Id.Subscription, subscription) && Is(spec.Region, region))
        .SelectMany(spec => estate.SizesOf(spec.Id))
        .Sum(size => MachineSize.Find(size) is { } known && (name == QuotaUsage.AllCores || Is(known.Family, name)) ? (long)known.Cores : 0);

    private static bool IsIn(string id, string scope) =>
        Is(id, scope.TrimEnd('/')) || id.StartsWith($"{scope.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
