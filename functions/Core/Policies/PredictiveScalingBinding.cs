using System.Globalization;
using NodaTime;
using ScaleFunctions.Core.Policies.Schedules;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: PredictiveScaling</c>.</summary>
internal static class PredictiveScalingBinding
{
    public const string Kind = "PredictiveScaling";

    /// <summary>Beyond this nothing boots, and the forecast of the maximum over so long a time is that of the day.</summary>
    public static readonly TimeSpan LongestLead = TimeSpan.FromHours(2);

    private static readonly TimeSpan ShortestLead = TimeSpan.FromMinutes(1);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.PredictiveScaling);

    private static readonly (string Word, PredictiveMode Value)[] Modes = [("forecastOnly", PredictiveMode.ForecastOnly), ("act", PredictiveMode.Act)];

    private static readonly ForecastRisk[] Named = [ForecastRisk.Strict, ForecastRisk.Balanced, ForecastRisk.Thrifty];

    private static readonly FieldNames RiskNames = FieldNames.Of(PolicyShapesJson.Default.Risk);

    /// <summary>The risks that have a name.</summary>
    internal static IReadOnlyList<string> Words { get; } = [.. Named.Select(risk => risk.Text)];

    public static PredictiveScalingPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        return new PredictiveScalingPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workload = fields.Required("workload")?.Name() ?? "",
            Mode = fields.Optional("mode")?.Choice(Modes) ?? PredictiveMode.ForecastOnly,
            Signal = fields.Optional("signal")?.Name(),
            Risk = fields.Optional("risk") is { } risk ? Risk(risk) ?? ForecastRisk.Balanced : ForecastRisk.Balanced,
            DaysOff = DaysOff(fields, header),
            Lead = Lead(fields.Optional("lead")),
            RaisedMaximum = fields.Optional("raiseMaximumTo")?.WholeNumber(1, HorizontalScalingBinding.MaximumInstances),
            Source = header.Source,
            Extends = header.Extends,
            Origins = header.Origins,
        };
    }

    private static ForecastRisk? Risk(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar)
        {
            return field.Choice([.. Words.Select((word, index) => (word, index))]) is { } index ? Named[index] : null;
        }

        if (field.Fields(RiskNames) is not { } fields)
        {
            return null;
        }

        if (fields.Has("quantile") == fields.Has("minutesShortPerMonth"))
        {
            field.Fail($"needs 'quantile' or 'minutesShortPerMonth', and not both; or one of the words {Quoted.List(Words)}");
            return null;
        }

        if (fields.Optional("minutesShortPerMonth") is { } minutes)
        {
            return minutes.PositiveNumber(ForecastRisk.MostMinutes) is { } most ? ForecastRisk.OfMinutesShort(most) : null;
        }

        var quantile = fields.Required("quantile")!;
        if (quantile.PositiveNumber(ForecastRisk.Highest) is not { } value)
        {
            return null;
        }

        if (value < ForecastRisk.Lowest)
        {
            quantile.MustBe(string.Create(CultureInfo.InvariantCulture, $"from {ForecastRisk.Lowest} to {ForecastRisk.Highest}"));
        }

        return ForecastRisk.OfQuantile(value);
    }

    private static DaysOff DaysOff(PolicyFields fields, PolicyHeader header)
    {
        var zone = fields.Optional("timeZone");
        var days = fields.Optional("exceptOn");
        if (zone is not null && days is null)
        {
            zone.Fail("says by which clock days off begin, but there is no 'exceptOn'; remove it, or name a calendar");
        }

        var (read, clock) = (days?.Holidays(header), zone?.Zone());
        return read is null ? Schedules.DaysOff.None : new DaysOff(read, clock ?? DateTimeZone.Utc);
    }

    /// <summary>Null when it is measured.</summary>
    private static TimeSpan? Lead(PolicyField? field)
    {
        if (field is null or { Node: PolicyNode.Scalar { Text: "measured" } })
        {
            return null;
        }

        var lead = field.Duration(ShortestLead);
        if (lead > LongestLead)
        {
            field.MustBe($"measured, or from {DurationText.Of(ShortestLead)} to {DurationText.Of(LongestLead)}");
        }

        return lead;
    }
}
