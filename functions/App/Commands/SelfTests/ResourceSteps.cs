using System.Globalization;
using ScaleFunctions.App.Local;
using ScaleFunctions.Core.Cycle;
using ScaleFunctions.Core.Decisions.Budgets;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.SelfTests;

/// <summary>A machine is put off and comes back, what stands about is found, sizes are judged, and a budget acts and is taken back.</summary>
internal static class ResourceSteps
{
    private const string Budget = "self-test";

    private const string Step = "lowerMaximum";

    /// <summary>By then every step has had its time twice.</summary>
    private static readonly DateTimeOffset Last = SelfTestEstate.On.AddMinutes(75);

    public static IReadOnlyList<SelfTestStep> All { get; } =
    [
        new("off-hours", RestAsync),
        new("findings", FindAsync),
        new("rightsizing", JudgeAsync),
        new("spend", CountAsync),
        new("budget", ClimbAsync),
        new("budget undo", UndoAsync),
    ];

    /// <summary>Judged by the simulated Azure's own log: stopped once, started once, in time, as it was.</summary>
    private static async Task<string> RestAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        await world.RunUntilAsync(SelfTestEstate.On.AddMinutes(2), cancellationToken);
        var writes = world.Effective(SelfTestEstate.Desk, SelfTestEstate.Off);
        if (writes is not [{ CapacityAfter: 0 } stop, { CapacityAfter: 1 } start])
        {
            throw new UserErrorException($"'desk' was to be stopped at {SelfTestEstate.Off:HH:mm} and started for {SelfTestEstate.On:HH:mm}; it had {writes.Count} writes: "
                + (writes.Count == 0 ? "none" : string.Join(", ", writes.Select(write => $"{write.At:HH:mm} {write.CapacityBefore} → {write.CapacityAfter}"))));
        }

        return start.At <= SelfTestEstate.On && start.SizeAfter == stop.SizeBefore
            ? $"'desk' stopped at {stop.At:HH:mm}, started at {start.At:HH:mm} for {SelfTestEstate.On:HH:mm}, as {start.SizeAfter} as before"
            : throw new UserErrorException($"'desk' was started at {start.At:HH:mm} as {start.SizeAfter}; it was {stop.SizeBefore}, and to be back by {SelfTestEstate.On:HH:mm}");
    }

    private static async Task<string> FindAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var found = await world.Get<LeftoverMarks>().ListAsync(cancellationToken);
        return found.FirstOrDefault(each => string.Equals(each.Id, SelfTestEstate.Disk.Value, StringComparison.OrdinalIgnoreCase)) switch
        {
            { PerMonth: > 0 and var amount } disk => string.Create(CultureInfo.InvariantCulture, $"{disk.What}: {amount:0.00} {disk.Currency} a month"),
            { } disk => throw new UserErrorException($"the disk 'left' was found, without a price: {disk.WhyNotPriced}"),
            null => throw new UserErrorException($"the disk 'left' is attached to nothing, and was not found; found were {found.Count} others"),
        };
    }

    private static async Task<string> JudgeAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var seen = await world.Get<ITargetInventory>().ListAsync(cancellationToken);
        var scope = RightsizingScope.Of(world.Policies, seen.Targets, world.Now);
        var findings = await new RightsizingSurvey(
            world.Get<UsageHistories>(), world.Get<SizeSources>(), world.Get<TimeProvider>()).JudgeAsync(scope.Targets, cancellationToken);
        return findings.FirstOrDefault(finding => finding.Target.Id == SelfTestEstate.Web)?.Verdict switch
        {
            null => throw new UserErrorException("the size of 'web' was not looked at"),
            RightsizingVerdict.NotJudged not => throw new UserErrorException($"the size of 'web' could not be judged: {not.Why}"),
            RightsizingVerdict.Recommended { Plan: var plan } => $"'web' should have {plan.Then.Size.Name} in place of {plan.Now.Size.Name}",
            RightsizingVerdict.Kept kept => $"'web' keeps its size: {kept.Why}",
            var other => $"'web' was judged: {other.GetType().Name.ToLowerInvariant()}",
        };
    }

    private static async Task<string> CountAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var record = (await world.Get<BudgetStates>().ReadAsync(Budget, cancellationToken)).Record;
        return record.Figures is { Spent: > 0 } figures
            ? string.Create(CultureInfo.InvariantCulture, $"{figures.Spent:0.00} {figures.Currency} this month, {figures.Expected:0.00} expected at its end, {100 * figures.Coverage:0} % of it counted as it happens")
            : throw new UserErrorException($"what the month has cost is not known{(record.NotJudged.Length > 0 ? $": {record.NotJudged}" : "")}");
    }

    /// <summary>The amount comes from the simulated Azure, and so does the count that the step leaves.</summary>
    private static async Task<string> ClimbAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var figures = (await world.Get<BudgetStates>().ReadAsync(Budget, cancellationToken)).Record.Figures;
        if (figures?.Amount != SelfTestEstate.Amount)
        {
            throw new UserErrorException($"the budget of Azure has {SelfTestEstate.Amount} USD, and {figures?.Amount} was read");
        }

        return await world.RunUntilAsync(async () => await PhaseAsync(world, cancellationToken) == BudgetPhase.Active && Instances(world) == 3, Last, cancellationToken)
            ? $"more is expected than its {figures.Amount} {figures.Currency}: the step {Step} is in force, 'batch' has 3 instances in place of 4"
            : throw new UserErrorException(
                $"until {Last:HH:mm} the step {Step} was to be in force and 'batch' to have 3 instances; it is {await PhaseAsync(world, cancellationToken)}, and there are {Instances(world)}");
    }

    private static async Task<string> UndoAsync(SelfTestWorld world, CancellationToken cancellationToken)
    {
        var policy = world.Policies.BudgetAlerts.Single(each => each.Name == Budget);
        if (await world.Get<BudgetBook>().UndoAsync(policy, Step, "self-test", "to try it", cancellationToken) is { } why)
        {
            throw new UserErrorException($"the step {Step} could not be undone: {why}");
        }

        var end = world.Now.AddMinutes(50);
        return await world.RunUntilAsync(async () => await PhaseAsync(world, cancellationToken) == BudgetPhase.Idle && Instances(world) == 4, end, cancellationToken)
            ? $"a person said no: the step {Step} is undone, 'batch' has 4 instances again"
            : throw new UserErrorException(
                $"the step {Step} was undone, and at {end:HH:mm} it is {await PhaseAsync(world, cancellationToken)} and 'batch' has {Instances(world)} instances in place of 4");
    }

    private static int Instances(SelfTestWorld world) => world.Sandbox.Estate.CapacityOf(SelfTestEstate.Batch);

    private static async Task<BudgetPhase> PhaseAsync(SelfTestWorld world, CancellationToken cancellationToken) =>
        (await world.Get<BudgetStates>().ReadAsync(Budget, cancellationToken)).Record.Ladder.Of(Step).Phase;
}
