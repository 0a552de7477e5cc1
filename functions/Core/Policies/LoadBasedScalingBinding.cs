using System.Globalization;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: LoadBasedScaling</c>.</summary>
internal static class LoadBasedScalingBinding
{
    public const string Kind = "LoadBasedScaling";

    /// <summary>Far beyond any Azure metric; keeps sums of readings finite.</summary>
    public const double MaximumTarget = 1e12;

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.LoadBasedScaling);

    private static readonly FieldNames TrackingNames = FieldNames.Of(PolicyShapesJson.Default.Tracking);

    private static readonly FieldNames StepNames = FieldNames.Of(PolicyShapesJson.Default.Step);

    private static readonly FieldNames VetoNames = FieldNames.Of(PolicyShapesJson.Default.Veto);

    private static readonly FieldNames ToleranceNames = FieldNames.Of(PolicyShapesJson.Default.Tolerance);

    /// <summary>What the HPA takes when nothing is said.</summary>
    private static readonly (double Out, double In) Usual = (0.1, 0.1);

    public static LoadBasedScalingPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var workload = fields.Required("workload")?.Name();
        var missingData = fields.Optional("missingData") is { } fallback ? MissingDataBinding.Bind(fallback) : null;
        var signals = SignalBinding.Bind(fields.Required("signals")?.Items() ?? [], missingData ?? MissingDataPolicy.Hold);
        if (!fields.Has("targetTracking") && !fields.Has("steps"))
        {
            spec.Fail("needs 'targetTracking' or 'steps', or both; without them nothing follows the signals");
        }

        return new LoadBasedScalingPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workload = workload ?? "",
            Signals = signals,
            TargetTracking = Trackings(fields.Optional("targetTracking")?.Items() ?? [], signals, Tolerance(fields.Optional("tolerance"), Usual)),
            Steps = [.. (fields.Optional("steps")?.Items() ?? []).Select(item => Step(item, signals)).OfType<StepPolicy>()],
            Vetoes = [.. (fields.Optional("veto")?.Items() ?? []).Select(item => Veto(item, signals)).OfType<VetoPolicy>()],
            Source = header.Source,
            Extends = header.Extends,
            Origins = header.Origins,
        };
    }

    private static List<TargetTrackingPolicy> Trackings(
        IReadOnlyList<PolicyField> items, List<SignalPolicy> signals, (double Out, double In) tolerance)
    {
        List<TargetTrackingPolicy> trackings = [];
        foreach (var item in items)
        {
            if (item.Fields(TrackingNames) is { } fields)
            {
                trackings.Add(Tracking(fields, signals, trackings, tolerance));
            }
        }

        return trackings;
    }

    private static TargetTrackingPolicy Tracking(
        PolicyFields fields, List<SignalPolicy> signals, List<TargetTrackingPolicy> others, (double Out, double In) tolerance)
    {
        var (name, signal) = Named(fields, signals);
        if (signal is not null && others.Any(other => other.Signal == name))
        {
            fields.Optional("signal")!.Fail($"is '{name}', which another entry tracks already");
        }

        var targetField = fields.Required("target");
        var target = targetField?.PositiveNumber(MaximumTarget);
        var (toleranceOut, toleranceIn) = Tolerance(fields.Optional("tolerance"), tolerance);
        if (target is { } value && signal is not null)
        {
            CheckReachable(targetField!, value, toleranceOut, signal);
        }

        return new TargetTrackingPolicy
        {
            Signal = name ?? "",
            Target = target ?? 1,
            ToleranceOut = toleranceOut,
            ToleranceIn = toleranceIn,
        };
    }

    private static (string? Name, SignalPolicy? Signal) Named(PolicyFields fields, List<SignalPolicy> signals)
    {
        var field = fields.Required("signal");
        var name = field?.Name();
        var signal = signals.FirstOrDefault(each => each.Name == name);
        if (name is not null && signal is null)
        {
            var known = signals.Select(each => each.Name).Where(each => each.Length > 0).ToList();
            field!.Fail($"names the signal '{name}', which 'spec.signals' does not define{NearName.Hint(name, known)}");
        }

        return (name, signal);
    }

    private static StepPolicy? Step(PolicyField item, List<SignalPolicy> signals)
    {
        if (item.Fields(StepNames) is not { } fields)
        {
            return null;
        }

        var (name, _) = Named(fields, signals);
        var isOut = fields.Has("above") && fields.Has("add") && !fields.Has("below") && !fields.Has("remove");
        var isIn = fields.Has("below") && fields.Has("remove") && !fields.Has("above") && !fields.Has("add");
        if (!isOut && !isIn)
        {
            item.Fail("needs 'above' with 'add', or 'below' with 'remove'");
            return null;
        }

        var threshold = fields.Optional(isOut ? "above" : "below")?.PositiveNumber(MaximumTarget);
        var change = fields.Optional(isOut ? "add" : "remove")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances);
        return name is null || threshold is null || change is null
            ? null
            : new StepPolicy { Signal = name, Above = isOut ? threshold : null, Below = isOut ? null : threshold, Change = change.Value };
    }

    private static VetoPolicy? Veto(PolicyField item, List<SignalPolicy> signals)
    {
        if (item.Fields(VetoNames) is not { } fields)
        {
            return null;
        }

        var (name, _) = Named(fields, signals);
        var above = fields.Required("above")?.PositiveNumber(MaximumTarget);
        return name is null || above is null ? null : new VetoPolicy(name, above.Value);
    }

    private static (double Out, double In) Tolerance(PolicyField? field, (double Out, double In) defaults)
    {
        if (field?.Node is not PolicyNode.Mapping)
        {
            var both = field?.Share();
            return (both ?? defaults.Out, both ?? defaults.In);
        }

        var fields = field.Fields(ToleranceNames);
        return (fields?.Optional("out")?.Share() ?? defaults.Out, fields?.Optional("in")?.Share() ?? defaults.In);
    }

    /// <summary>A metric in percent never exceeds 100, so a target whose tolerance ends there never scales out.</summary>
    private static void CheckReachable(PolicyField field, double target, double tolerance, SignalPolicy signal)
    {
        if (SignalScale.Highest(signal) is { } highest && target * (1 + tolerance) >= highest)
        {
            field.Fail(string.Create(CultureInfo.InvariantCulture,
                $"scales out only above {target * (1 + tolerance):0.##}, which '{signal.From}' never exceeds"));
        }
    }
}
