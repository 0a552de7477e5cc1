using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>findings</c> of <c>kind: UsageOptimization</c>.</summary>
internal static class UsageFindingsBinding
{
    public const double MostPercent = 20;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(90);

    private static readonly TimeSpan LongestAge = TimeSpan.FromDays(3650);

    /// <summary>Azure keeps metrics for so long.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(93);

    /// <summary>Nobody reads mail at the weekend.</summary>
    private static readonly TimeSpan ShortestNotice = Day;

    private static readonly TimeSpan UsualNotice = TimeSpan.FromDays(7);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.Findings);

    private static readonly FieldNames ActNames = FieldNames.Of(PolicyShapesJson.Default.FindingsAct);

    public static UsageFindingsPolicy? Bind(PolicyField field, PolicyHeader header, string workload)
    {
        if (field.Fields(Names) is not { } fields)
        {
            return null;
        }

        var usual = new UsageFindingsPolicy { Name = header.Name, Owner = header.Owner, Workload = workload, Source = header.Source, Origins = header.Origins, Select = new TargetSelector() };
        return usual with
        {
            Select = fields.Required("select") is { } select ? WorkloadBinding.Selector(select, header.Kinds) : usual.Select,
            NotifyAfter = fields.Optional("notifyAfter")?.Duration(TimeSpan.Zero, LongestWait) ?? usual.NotifyAfter,
            DeallocatedAfter = fields.Optional("deallocatedAfter")?.Duration(Day, LongestAge) ?? usual.DeallocatedAfter,
            SnapshotsOlderThan = fields.Optional("snapshotsOlderThan")?.Duration(Day, LongestAge) ?? usual.SnapshotsOlderThan,
            IdleBelow = fields.Optional("idleBelow")?.PositiveNumber(MostPercent) ?? usual.IdleBelow,
            Within = fields.Optional("within")?.Duration(Day, LongestLook) ?? usual.Within,
            Currency = fields.Optional("currency")?.Currency() ?? usual.Currency,
            Act = fields.Optional("act") is { } act ? Act(act) : null,
        };
    }

    private static FindingsActTerms? Act(PolicyField field) => field.Fields(ActNames) is not { } fields ? null : new FindingsActTerms(
        fields.Optional("after")?.Duration(ShortestNotice, LongestWait) ?? UsualNotice,
        fields.Optional("inUse") is { } use ? UsageOptimizationBinding.InUse(use) : null);
}
