using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>rollout</c> of guardrails: the rings of a changed set, and when a ring does well.</summary>
internal static class RingsBinding
{
    /// <summary>What people call the last step, in which nobody is left out.</summary>
    public const string All = "all";

    /// <summary>More steps than this take weeks, in which nothing else can be changed.</summary>
    public const int MostRings = 10;

    public const int MostResources = 10_000;

    /// <summary>Ticks come each minute, and what an action does shows some minutes later.</summary>
    public static readonly TimeSpan ShortestSoak = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan LongestSoak = TimeSpan.FromDays(14);

    public static readonly TimeSpan UsualSoak = TimeSpan.FromHours(4);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.RingOrder);

    private static readonly FieldNames RingNames = FieldNames.Of(PolicyShapesJson.Default.Ring);

    private static readonly FieldNames CriteriaNames = FieldNames.Of(PolicyShapesJson.Default.Criteria);

    public static PolicyRings? Bind(PolicyField field, PolicyHeader header, bool isOfSome)
    {
        if (isOfSome)
        {
            field.Fail("is about all policies, and these guardrails bound some 'workloads' only; give it in guardrails of their own");
        }

        if (field.Fields(Names) is not { } fields)
        {
            return null;
        }

        var items = fields.Required("rings")?.Items() ?? [];
        if (items.Count > MostRings)
        {
            field.Fail($"has {items.Count} rings; at most {MostRings} are allowed");
        }

        List<PolicyRing> rings = [];
        foreach (var item in items)
        {
            if (Ring(item, rings, header.Kinds) is { } ring)
            {
                rings.Add(ring);
            }
        }

        var criteria = fields.Optional("criteria") is { } given ? Criteria(given) : new RingCriteria();
        return rings.Count == 0 || rings.Count < items.Count ? null : new PolicyRings(rings, criteria, field.Node.Source);
    }

    private static PolicyRing? Ring(PolicyField item, List<PolicyRing> before, KindNames kinds)
    {
        if (item.Fields(RingNames) is not { } fields)
        {
            return null;
        }

        var field = fields.Required("name");
        var name = field?.Name();
        if (name is not null && (name.Equals(All, StringComparison.OrdinalIgnoreCase) || before.Exists(ring => ring.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            field!.Fail(name.Equals(All, StringComparison.OrdinalIgnoreCase)
                ? $"is '{name}', which is the last step and needs no ring; give another name, or remove the ring"
                : $"is '{name}', which is the name of a ring before it; each name is used once");
        }

        if (fields.Has("select") == fields.Has("share"))
        {
            item.Fail("needs either 'select' or 'share'");
            return null;
        }

        var select = fields.Optional("select") is { } selection ? WorkloadBinding.Selector(selection, kinds) : null;
        var share = fields.Optional("share") is { } part ? Share(part, before) : null;
        var soak = fields.Optional("soak") is { } time ? time.Duration(ShortestSoak, LongestSoak) : UsualSoak;
        return name is null || soak is null || (select is null && share is null) ? null : new PolicyRing(name, select, share, soak.Value);
    }

    private static double? Share(PolicyField field, List<PolicyRing> before)
    {
        if (field.Share() is not { } share)
        {
            return null;
        }

        if (share == 0)
        {
            field.MustBe("more than 0%, or the ring has nobody");
            return null;
        }

        if (before.Find(ring => ring.Share >= share) is { } larger)
        {
            field.Fail($"is no more than the share of the ring '{larger.Name}' before it, so it adds nobody; give a larger share");
            return null;
        }

        return share;
    }

    private static RingCriteria Criteria(PolicyField field)
    {
        var usual = new RingCriteria();
        return field.Fields(CriteriaNames) is not { } fields ? usual : new RingCriteria
        {
            Failed = Limit(fields, "failed") ?? usual.Failed,
            Breached = Limit(fields, "breached") ?? usual.Breached,
            Doubtful = Limit(fields, "doubtful") ?? usual.Doubtful,
            Quarantined = Limit(fields, "quarantined") ?? usual.Quarantined,
            MinimumActions = fields.Optional("minimumActions")?.WholeNumber(1, MostResources),
        };
    }

    /// <summary>A number of resources, or a share of the ring with its sign of percent: <c>0.1</c> of a resource is nothing.</summary>
    private static RingLimit? Limit(PolicyFields fields, string name)
    {
        if (fields.Optional(name) is not { } field)
        {
            return null;
        }

        if (field.Node is PolicyNode.Scalar scalar && scalar.Text.EndsWith('%'))
        {
            return field.Share() is { } share ? new RingLimit(share, IsShare: true) : null;
        }

        return field.WholeNumber(0, MostResources) is { } count ? new RingLimit(count, IsShare: false) : null;
    }
}
