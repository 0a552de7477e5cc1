using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: HorizontalScaling</c>.</summary>
internal static class HorizontalScalingBinding
{
    public const string Kind = "HorizontalScaling";

    public const int MaximumInstances = HorizontalScalingPolicy.MostInstances;

    /// <summary>With fewer, nothing could be lowered: at most half of them may.</summary>
    public const int FewestActions = 2;

    /// <summary>One every five minutes; each is remembered for a day in the target's row.</summary>
    public const int MostActions = 288;

    /// <summary>From one instance to ten more of it in a period; larger shares are typing errors.</summary>
    private const double MaximumPercentOut = 1000;

    private const double MaximumPercentIn = 100;

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.HorizontalScaling);

    private static readonly FieldNames InstanceNames = FieldNames.Of(PolicyShapesJson.Default.Instances);

    private static readonly FieldNames FloorNames = FieldNames.Of(PolicyShapesJson.Default.Floor);

    private static readonly FieldNames DirectionNames = FieldNames.Of(PolicyShapesJson.Default.Direction);

    private static readonly FieldNames RateNames = FieldNames.Of(PolicyShapesJson.Default.Rate);

    public static HorizontalScalingPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var workload = fields.Required("workload")?.Name();
        var (minimum, maximum, whenBlind, followsSchedule, loss) = Instances(fields.Required("instances")?.Fields(InstanceNames));
        return new HorizontalScalingPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workload = workload ?? "",
            Minimum = minimum,
            Maximum = maximum,
            WhenBlind = whenBlind,
            FollowsSchedule = followsSchedule,
            SurvivesLossOf = loss,
            Floors = [.. (fields.Optional("floors")?.Items() ?? []).Select(item => Floor(item, maximum, header)).OfType<InstanceFloor>()],
            WarmUp = fields.Optional("warmUp")?.Duration(TimeSpan.Zero) ?? TimeSpan.Zero,
            MaxActionsPerDay = fields.Optional("maxActionsPerDay")?.WholeNumber(FewestActions, MostActions),
            ScaleOut = Direction(fields.Optional("scaleOut"), DirectionBehavior.DefaultOut, MaximumPercentOut),
            ScaleIn = Direction(fields.Optional("scaleIn"), DirectionBehavior.DefaultIn, MaximumPercentIn),
            Source = header.Source,
            Extends = header.Extends,
            Origins = header.Origins,
        };
    }

    private static (int Minimum, int Maximum, int? WhenBlind, bool FollowsSchedule, SurvivableLoss Loss) Instances(PolicyFields? fields)
    {
        var follow = fields?.Optional("follow");
        var followsSchedule = follow?.Choice(("load", false), ("schedule", true)) ?? false;
        var minimumField = fields?.Required("minimum");
        var minimum = minimumField is null ? null : Minimum(minimumField, followsSchedule);
        var maximum = fields?.Required("maximum")?.WholeNumber(1, MaximumInstances);
        var whenBlindField = fields?.Optional("whenBlind");
        var whenBlind = whenBlindField?.WholeNumber(1, MaximumInstances);
        if (minimum > maximum)
        {
            minimumField!.Fail($"is {minimum}, more than 'spec.instances.maximum', which is {maximum}");
        }
        else if (whenBlind < minimum || whenBlind > maximum)
        {
            whenBlindField!.Fail($"is {whenBlind}, outside the bounds from {minimum} to {maximum}");
        }

        if (followsSchedule && whenBlindField is not null)
        {
            whenBlindField.Fail("is for a load that cannot be read, but with 'follow: schedule' none is; remove one of them");
        }

        var lossField = fields?.Optional("surviveLossOf");
        var loss = lossField?.Choice(("instance", SurvivableLoss.Instance), ("zone", SurvivableLoss.Zone)) ?? SurvivableLoss.None;
        if (loss != SurvivableLoss.None && minimum <= 1)
        {
            lossField!.Fail("cannot be with a minimum of 1: when that one is lost, none is left; use at least 2");
        }

        return (minimum ?? 1, maximum ?? MaximumInstances, whenBlind, followsSchedule, loss);
    }

    private static InstanceFloor? Floor(PolicyField item, int maximum, PolicyHeader header)
    {
        if (item.Fields(FloorNames) is not { } fields)
        {
            return null;
        }

        var whenField = fields.Required("when");
        var window = whenField?.When();
        var zone = fields.Optional("timeZone")?.Zone() ?? DateTimeZone.Utc;
        var minimumField = fields.Required("minimum");
        var minimum = minimumField?.WholeNumber(1, MaximumInstances);
        if (minimum > maximum)
        {
            minimumField!.Fail($"is {minimum}, more than 'spec.instances.maximum', which is {maximum}");
        }

        var reason = fields.Optional("reason")?.Text();
        var exceptOn = fields.Optional("exceptOn");
        if (exceptOn is not null && window is TimeWindow.Once)
        {
            exceptOn.Fail("leaves days out of what holds every week; a floor between two dates has none to leave out");
        }

        var except = exceptOn is null ? null : exceptOn.Holidays(header);
        return window is null || minimum is null
            ? null
            : new InstanceFloor
            {
                When = new ZonedWindow(window, zone) { Except = except ?? new HashSet<LocalDate>() },
                Minimum = minimum.Value,
                Reason = reason ?? "",
                Source = item.Node.Source,
            };
    }

    /// <summary>None at all only where the clock, and no load, brings them back.</summary>
    private static int? Minimum(PolicyField field, bool followsSchedule)
    {
        if (!followsSchedule && field.Node is PolicyNode.Scalar { IsQuoted: false, Text: "0" })
        {
            field.Fail("is 0, but with no instance left there is no load to read and nothing would scale out again; use at least 1");
            return null;
        }

        return field.WholeNumber(followsSchedule ? 0 : 1, MaximumInstances);
    }

    /// <summary>A field that is absent takes the default of its direction; the others keep what the policy says.</summary>
    private static DirectionBehavior Direction(PolicyField? field, DirectionBehavior defaults, double maximumPercent)
    {
        if (field?.Fields(DirectionNames) is not { } fields)
        {
            return defaults;
        }

        return new DirectionBehavior
        {
            Stabilization = fields.Optional("stabilization")?.Duration(TimeSpan.Zero) ?? defaults.Stabilization,
            Cooldown = fields.Optional("cooldown")?.Duration(TimeSpan.Zero) ?? defaults.Cooldown,
            AtMost = fields.Optional("atMost") is { } atMost ? Rate(atMost, maximumPercent) : defaults.AtMost,
        };
    }

    private static RateLimit? Rate(PolicyField field, double maximumPercent)
    {
        if (field.Fields(RateNames) is not { } fields)
        {
            return null;
        }

        if (!fields.Has("percent") && !fields.Has("instances"))
        {
            field.Fail("needs 'percent' or 'instances', or both");
        }

        var choose = fields.Optional("choose");
        if (choose is not null && !(fields.Has("percent") && fields.Has("instances")))
        {
            choose.Fail("chooses between 'percent' and 'instances', but only one of them is given");
        }

        var limit = new RateLimit
        {
            Percent = fields.Optional("percent")?.PositiveNumber(maximumPercent),
            Instances = fields.Optional("instances")?.WholeNumber(1, MaximumInstances),
        };
        return limit with
        {
            Choose = choose?.Choice(("larger", RateChoice.Larger), ("smaller", RateChoice.Smaller)) ?? limit.Choose,
            Per = fields.Optional("per")?.Duration(TimeSpan.FromSeconds(1)) ?? limit.Per,
        };
    }
}
