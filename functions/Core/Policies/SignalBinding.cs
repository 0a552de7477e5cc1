using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>spec.signals</c>.</summary>
internal static class SignalBinding
{
    /// <summary>Platform metrics have one sample a minute: a shorter span would often hold none.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.Signal);

    public static List<SignalPolicy> Bind(IReadOnlyList<PolicyField> items, MissingDataPolicy missingData)
    {
        List<SignalPolicy> signals = [];
        List<PolicyFields> written = [];
        foreach (var item in items)
        {
            if (item.Fields(Names) is { } fields)
            {
                signals.Add(Signal(item, fields, signals, missingData));
                written.Add(fields);
            }
        }

        return FormulaBinding.Complete(signals, written);
    }

    private static SignalPolicy Signal(PolicyField item, PolicyFields fields, List<SignalPolicy> others, MissingDataPolicy missingData)
    {
        var nameField = fields.Required("name");
        var name = nameField?.Name();
        if (name is not null && others.Any(other => other.Name == name))
        {
            nameField!.Fail($"is '{name}', which another signal of this policy is called already");
        }

        var source = SignalSourceBinding.Bind(item, fields);
        var measures = fields.Optional("measures")?.Choice(("perInstance", SignalMeasure.PerInstance), ("total", SignalMeasure.Total));
        CheckMeasures(fields, measures);
        var signal = new SignalPolicy
        {
            Name = name ?? "",
            From = source,
            Measures = measures ?? Usual(source, fields.Has("perInstance")),
            IsZeroUsual = (fields.Optional("zero")?.Choice(("suspicious", false), ("usual", true))) ?? source is SignalSource.Queue,
            MissingData = (fields.Optional("missingData") is { } fallback ? MissingDataBinding.Bind(fallback) : null) ?? missingData,
        };
        return signal with
        {
            SaturatedAt = fields.Optional("saturatedAt")?.PositiveNumber(LoadBasedScalingBinding.MaximumTarget) ?? SignalScale.SaturatedAt(signal),
            Window = fields.Optional("window")?.Duration(Shortest) ?? signal.Window,
            MaximumAge = fields.Optional("maximumAge")?.Duration(Shortest) ?? signal.MaximumAge,
        };
    }

    /// <summary>What a number is when nobody says it. Of a formula its signals tell.</summary>
    private static SignalMeasure Usual(SignalSource source, bool isPerInstance) => source switch
    {
        _ when isPerInstance => SignalMeasure.PerInstance,
        SignalSource.Metric { IsOwn: false } or SignalSource.Query or SignalSource.Queue { Measure: QueueMeasure.Length } => SignalMeasure.Total,
        SignalSource.Metric { Selector.Aggregation: MetricAggregation.Total or MetricAggregation.Count } => SignalMeasure.Total,
        _ => SignalMeasure.PerInstance,
    };

    private static void CheckMeasures(PolicyFields fields, SignalMeasure? measures)
    {
        if (measures == SignalMeasure.Total && fields.Has("perInstance"))
        {
            fields.Optional("perInstance")!.Fail("says how single instances make one value, but 'measures' says that the number is a total; remove one");
        }

        if (measures == SignalMeasure.Total && fields.Has("saturatedAt"))
        {
            fields.Optional("saturatedAt")!.Fail("is the end of the scale of one instance, but 'measures' says that the number is a total; remove one");
        }
    }
}
