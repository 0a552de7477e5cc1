using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>guard</c>: the signals of a load-based policy, and when they say that something is wrong.</summary>
internal static class GuardTermsBinding
{
    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.SizeGuard);

    private static readonly FieldNames BoundNames = FieldNames.Of(PolicyShapesJson.Default.GuardLimit);

    public static GuardTerms? Bind(PolicyField field)
    {
        if (field.Fields(Names) is not { } fields)
        {
            return null;
        }

        var items = fields.Required("signals")?.Items() ?? [];
        var bound = SignalBinding.Bind(items, MissingDataPolicy.Hold);
        var signals = bound.Select(GuardSignal.Of).ToList();
        foreach (var (item, signal) in items.Zip(signals).Where(each => each.Second is null))
        {
            item.Fail("has no past: a guard is looked at over minutes that are over, so it takes a metric, or a formula over metrics");
        }

        var names = bound.Select(signal => signal.Name).ToList();
        var bounds = (fields.Required("breachedWhen")?.Items() ?? []).Select(item => Bound(item, names)).OfType<GuardBound>().ToList();
        return bounds.Count == 0 || signals.Contains(null) ? null : new GuardTerms([.. signals.OfType<GuardSignal>()], bounds);
    }

    private static GuardBound? Bound(PolicyField item, List<string> names)
    {
        if (item.Fields(BoundNames) is not { } fields)
        {
            return null;
        }

        var field = fields.Required("signal");
        var name = field?.Name();
        if (name is not null && !names.Contains(name))
        {
            field!.Fail($"names the signal '{name}', which the guard's 'signals' do not define{NearName.Hint(name, names)}");
        }

        if (fields.Has("above") == fields.Has("below"))
        {
            item.Fail("needs either 'above' or 'below'");
            return null;
        }

        var above = fields.Optional("above")?.PositiveNumber(LoadBasedScalingBinding.MaximumTarget);
        var below = fields.Optional("below")?.PositiveNumber(LoadBasedScalingBinding.MaximumTarget);
        return name is null || (above ?? below) is null ? null : new GuardBound(name, above, below);
    }
}
