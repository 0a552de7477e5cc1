using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: PolicyTest</c>.</summary>
internal static class PolicyTestBinding
{
    public const string Kind = "PolicyTest";

    /// <summary>A day of evaluations, one a minute; beyond it a case says less than a backtest.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>As high as a target may be.</summary>
    private const double HighestValue = 1e12;

    private static readonly string[] Outcomes = ["scale-out", "scale-in", "unchanged", "held"];

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.PolicyTest);

    private static readonly FieldNames CaseNames = FieldNames.Of(PolicyShapesJson.Default.Case);

    private static readonly FieldNames GivenNames = FieldNames.Of(PolicyShapesJson.Default.Given);

    private static readonly FieldNames TargetNames = FieldNames.Of(PolicyShapesJson.Default.GivenTarget);

    private static readonly FieldNames ChangeNames = FieldNames.Of(PolicyShapesJson.Default.Change);

    private static readonly FieldNames MomentNames = FieldNames.Of(PolicyShapesJson.Default.Moment);

    private static readonly FieldNames ThenNames = FieldNames.Of(PolicyShapesJson.Default.Then);

    public static PolicyTest? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var usual = fields.Optional("given");
        usual?.Fields(GivenNames);
        return new PolicyTest
        {
            Name = header.Name,
            Cases = [.. (fields.Required("cases")?.Items() ?? []).Select(item => Case(item, usual, header.Kinds)).OfType<PolicyCase>()],
            Source = header.Source,
        };
    }

    private static PolicyCase? Case(PolicyField item, PolicyField? usual, KindNames kinds)
    {
        if (item.Fields(CaseNames) is not { } fields)
        {
            return null;
        }

        var name = fields.Required("name")?.Text();
        var given = Given(item, fields.Optional("given"), usual)?.Fields(GivenNames);
        var when = fields.Required("when")?.Fields(MomentNames);
        var then = fields.Required("then") is { } expected ? Then(expected) : null;
        var at = At(when);
        var instances = given?.Required("instances")?.WholeNumber(0, HorizontalScalingPolicy.MostInstances);
        var target = instances is null || at is null ? null : Target(given!.Optional("target"), instances.Value, at.Value, kinds);
        return name is null || then is null || target is null
            ? null
            : new PolicyCase
            {
                Name = name,
                Target = target,
                At = at!.Value,
                For = when?.Optional("for") is { } span ? For(span) : TimeSpan.Zero,
                Signals = Signals(when?.Optional("signals")),
                Changes = [.. (given!.Optional("changes")?.Items() ?? []).Select(Change).OfType<GivenChange>()],
                IsPaused = given.Optional("paused")?.Choice(("true", true), ("false", false)) ?? false,
                Then = then,
                Source = item.Node.Source,
            };
    }

    /// <summary>What the case says over what all cases begin with.</summary>
    private static PolicyField? Given(PolicyField item, PolicyField? own, PolicyField? usual)
    {
        if (own is null && usual is null)
        {
            item.Fail("says nothing of the target; give 'given' here or in 'spec'");
        }

        return own is null || usual is null ? own ?? usual : own with { Node = NodeMerge.Over(own.Node, usual.Node) };
    }

    private static DateTimeOffset? At(PolicyFields? when)
    {
        var at = when?.Required("at")?.LocalTime();
        var zone = when?.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        return at is null ? null : zone.AtLeniently(at.Value).ToDateTimeOffset();
    }

    private static TimeSpan For(PolicyField field)
    {
        var span = field.Duration(TimeSpan.Zero) ?? TimeSpan.Zero;
        if (span > Longest)
        {
            field.MustBe($"at most {DurationText.Of(Longest)}");
        }

        return span;
    }

    private static ObservedTarget? Target(PolicyField? field, int capacity, DateTimeOffset at, KindNames kinds)
    {
        var fields = field?.Fields(TargetNames);
        var type = fields?.Optional("type") is { } typeField ? WorkloadBinding.ResourceType(typeField, kinds) : WorkloadBinding.ScaleSetType;
        var id = $"/subscriptions/{Text(fields, "subscription", "00000000-0000-0000-0000-000000000000")}/resourceGroups/{Text(fields, "resourceGroup", "test")}"
            + $"/providers/{Named(type, Text(fields, "name", "test"))}";
        if (!TargetId.TryParse(id, out var target))
        {
            field?.MustBe("a target with names that Azure would accept");
            return null;
        }

        return new ObservedTarget
        {
            Id = target,
            Region = Text(fields, "region", "westeurope"),
            Sku = Text(fields, "sku", "Standard_D4s_v5"),
            Capacity = capacity,
            IsUpdating = false,
            Tags = new TargetTags.Known(Tags(fields?.Optional("tags"))),
            ReadAt = at,
        };
    }

    /// <summary>A nested type takes a name for each of its types; a single one stands for all of them.</summary>
    /// <example><c>Microsoft.Sql/servers/databases</c> and <c>db-1/orders</c> are <c>Microsoft.Sql/servers/db-1/databases/orders</c>.</example>
    private static string Named(string type, string name)
    {
        var (types, names) = (type.Split('/'), name.Split('/'));
        return names.Length >= types.Length ? $"{type}/{name}" : string.Join('/', types.Skip(1).Select((each, index) => $"{each}/{names[Math.Min(index, names.Length - 1)]}").Prepend(types[0]));
    }

    private static string Text(PolicyFields? fields, string name, string usual) => fields?.Optional(name)?.Text() ?? usual;

    private static Dictionary<string, string> Tags(PolicyField? field)
    {
        if (field is not null && field.Node is not PolicyNode.Mapping { Fields.Count: > 0 })
        {
            field.MustBe("tag names with values, such as { app: shop }");
        }

        return ((field?.Node as PolicyNode.Mapping)?.Fields ?? [])
            .Select(tag => (tag.Key.Text, Value: new PolicyField(tag.Value, $"{field!.Path}.{tag.Key.Text}", field.Errors).Text()))
            .Where(tag => tag.Value is not null)
            .DistinctBy(tag => tag.Text)
            .ToDictionary(tag => tag.Text, tag => tag.Value!);
    }

    private static Dictionary<string, GivenSignal> Signals(PolicyField? field)
    {
        if (field is not null && field.Node is not PolicyNode.Mapping { Fields.Count: > 0 })
        {
            field.MustBe("names of signals with values, such as { cpu: 80 }");
        }

        return ((field?.Node as PolicyNode.Mapping)?.Fields ?? [])
            .Select(signal => (signal.Key.Text, Given: Signal(new PolicyField(signal.Value, $"{field!.Path}.{signal.Key.Text}", field.Errors))))
            .Where(signal => signal.Given is not null)
            .DistinctBy(signal => signal.Text)
            .ToDictionary(signal => signal.Text, signal => signal.Given!);
    }

    private static GivenSignal? Signal(PolicyField field)
    {
        switch ((field.Node as PolicyNode.Scalar)?.Text)
        {
            case "missing": return new GivenSignal.Missing();
            case "stale": return new GivenSignal.Stale();
            case "suspiciousZero": return new GivenSignal.SuspiciousZero();
            default:
                var number = field.NumberFromZero(HighestValue, " or 'missing', 'stale', 'suspiciousZero'");
                return number is { } value ? new GivenSignal.Value(value) : null;
        }
    }

    private static GivenChange? Change(PolicyField item)
    {
        var fields = item.Fields(ChangeNames);
        var ago = fields?.Required("ago")?.Duration(TimeSpan.Zero);
        var from = fields?.Required("from")?.WholeNumber(0, HorizontalScalingPolicy.MostInstances);
        var to = fields?.Required("to")?.WholeNumber(0, HorizontalScalingPolicy.MostInstances);
        return ago is null || from is null || to is null ? null : new GivenChange(ago.Value, from.Value, to.Value);
    }

    private static PolicyExpectation? Then(PolicyField field)
    {
        if (field.Fields(ThenNames) is not { } fields)
        {
            return null;
        }

        if (!ThenNames.Allowed.Any(fields.Has))
        {
            field.Fail($"expects nothing, so the case cannot fail; give at least one of {Quoted.List(ThenNames.Allowed)}");
        }

        var outcome = fields.Optional("outcome");
        var word = outcome?.Text();
        if (word is not null && !Outcomes.Contains(word))
        {
            outcome!.MustBe($"one of {Quoted.List(Outcomes)}");
        }

        return new PolicyExpectation(
            fields.Optional("instances")?.WholeNumber(0, HorizontalScalingPolicy.MostInstances), word,
            fields.Optional("heldBy")?.Name(), fields.Optional("because")?.Text());
    }
}
