using System.Globalization;
using ScaleFunctions.Core.Policies.Schemas;

namespace ScaleFunctions.Core.Policies;

/// <summary>Binds <c>kind: ResourceRightsizing</c>.</summary>
internal static class ResourceRightsizingBinding
{
    public const string Kind = "ResourceRightsizing";

    /// <summary>Below it more than every tenth minute would be too much.</summary>
    public const double LowestPercentile = 50;

    /// <summary>A fortnight of minutes holds 20,160: further out nothing is known of them.</summary>
    public const double HighestPercentile = 99.9;

    /// <summary>What has more free than this is not used at all.</summary>
    public const double MostHeadroom = 0.9;

    public const double MostPerMonth = 1e9;

    private static readonly TimeSpan ShortestHalfLife = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestBoot = TimeSpan.FromHours(4);

    private static readonly FieldNames Names = FieldNames.Of(PolicyShapesJson.Default.ResourceRightsizing);

    private static readonly FieldNames WorthNames = FieldNames.Of(PolicyShapesJson.Default.FindingWorth);

    private static readonly FieldNames HeadroomNames = FieldNames.Of(PolicyShapesJson.Default.HeadroomShares);

    private static readonly FieldNames BoundsNames = FieldNames.Of(PolicyShapesJson.Default.Bounds);

    private static readonly FieldNames CandidateNames = FieldNames.Of(PolicyShapesJson.Default.Candidates);

    private static readonly FieldNames SavingNames = FieldNames.Of(PolicyShapesJson.Default.MinimumSaving);

    private static readonly FieldNames SuppressionNames = FieldNames.Of(PolicyShapesJson.Default.SuppressionShape);

    private static readonly Headroom[] Named = [Headroom.Thrifty, Headroom.Balanced, Headroom.Strict];

    /// <summary>The headrooms that have a name.</summary>
    internal static IReadOnlyList<string> Words { get; } = [.. Named.Select(headroom => headroom.Text)];

    public static ResourceRightsizingPolicy? Bind(PolicyHeader header, PolicyField spec)
    {
        if (spec.Fields(Names) is not { } fields)
        {
            return null;
        }

        var usual = ResourceRightsizingPolicy.Usual;
        var headroom = WithPercentile(fields.Optional("headroom") is { } free ? Free(free) ?? Headroom.Balanced : Headroom.Balanced, fields.Optional("percentile"));
        var bounds = fields.Optional("bounds") is { } given ? Bounds(given, headroom.Percentile) : (usual.LowerPercentile, usual.UpperPercentile);
        var saving = fields.Optional("minimumSaving")?.Fields(SavingNames);
        var worth = fields.Optional("actOn")?.Fields(WorthNames);
        var mode = fields.Optional("mode")?.Choice(("recommend", SizeMode.Recommend), ("act", SizeMode.Act)) ?? usual.Mode;
        var window = fields.Optional("window") is { } when ? VerticalScalingBinding.Window(when, header) : null;
        if (mode == SizeMode.Act && !fields.Has("window"))
        {
            fields.Optional("mode")!.Fail("is act without a 'window'; instances restart by it, so say when they may, such as window: { when: \"Mon-Fri 01:00-05:00\" }");
        }

        return new ResourceRightsizingPolicy
        {
            Name = header.Name,
            Owner = header.Owner,
            Workload = fields.Required("workload")?.Name() ?? "",
            LookBackDays = fields.Optional("lookBackDays")?.WholeNumber(ResourceRightsizingPolicy.FewestDays, ResourceRightsizingPolicy.MostDays) ?? 14,
            HalfLife = fields.Optional("halfLife")?.Duration(ShortestHalfLife) ?? usual.HalfLife,
            Headroom = headroom,
            LowerPercentile = bounds.Item1,
            UpperPercentile = bounds.Item2,
            Candidates = fields.Optional("candidates") is { } sizes ? Candidates(sizes) : SizeSelection.SameFamily,
            LeastShare = saving?.Optional("share")?.Share() ?? usual.LeastShare,
            LeastPerMonth = (decimal)(saving?.Optional("perMonth")?.PositiveNumber(MostPerMonth) ?? 0),
            Currency = fields.Optional("currency")?.Currency() ?? ResourceRightsizingPolicy.Usual.Currency,
            SurvivesLossOf = fields.Optional("surviveLossOf")?.Choice(("none", SurvivableLoss.None), ("instance", SurvivableLoss.Instance), ("zone", SurvivableLoss.Zone)) ?? usual.SurvivesLossOf,
            BootTime = Boot(fields.Optional("bootTime")) ?? usual.BootTime,
            Suppressions = [.. (fields.Optional("suppress")?.Items() ?? []).Select(Suppressed).OfType<Suppression>()],
            Mode = mode,
            Window = window,
            RollOut = VerticalScalingBinding.RollOut(fields.Optional("rollOut")?.Fields(VerticalScalingBinding.RollOutNames)),
            Guard = fields.Optional("guard") is { } guard ? GuardTermsBinding.Bind(guard) : null,
            MayInterrupt = fields.Optional("onlyInstance")?.Choice(("keep", false), ("mayRestart", true)) ?? usual.MayInterrupt,
            Rest = fields.Optional("rest")?.Duration(VerticalScalingBinding.ShortestRest) ?? usual.Rest,
            LeastConfidenceDays = worth?.Optional("confidenceDays")?.PositiveNumber(ResourceRightsizingPolicy.MostDays) ?? usual.LeastConfidenceDays,
            MostRisk = worth?.Optional("risk")?.Choice(("low", RiskLevel.Low), ("medium", RiskLevel.Medium), ("high", RiskLevel.High)) ?? usual.MostRisk,
            Source = header.Source,
            Extends = header.Extends,
            Origins = header.Origins,
        };
    }

    private static Headroom? Free(PolicyField field)
    {
        if (field.Node is PolicyNode.Scalar)
        {
            return field.Choice([.. Words.Select((word, index) => (word, index))]) is { } index ? Named[index] : null;
        }

        return field.Fields(HeadroomNames) is { } fields && Share(fields.Required("processor")) is { } processor && Share(fields.Required("memory")) is { } memory
            ? new Headroom(string.Create(CultureInfo.InvariantCulture, $"{processor * 100:0.###}% processor, {memory * 100:0.###}% memory"), Headroom.Balanced.Percentile, processor, memory)
            : null;
    }

    private static double? Share(PolicyField? field)
    {
        var share = field?.Share();
        if (share > MostHeadroom)
        {
            field!.MustBe(string.Create(CultureInfo.InvariantCulture, $"from 0% to {MostHeadroom * 100}%"));
            return null;
        }

        return share;
    }

    private static Headroom WithPercentile(Headroom headroom, PolicyField? field) =>
        Percentile(field) is { } percentile ? headroom with { Percentile = percentile } : headroom;

    private static double? Percentile(PolicyField? field, double lowest = LowestPercentile)
    {
        var percentile = field?.PositiveNumber(HighestPercentile);
        if (percentile < lowest)
        {
            field!.MustBe(string.Create(CultureInfo.InvariantCulture, $"from {lowest} to {HighestPercentile}"));
            return null;
        }

        return percentile / 100;
    }

    /// <summary>The estimate lies between its bounds, or what was just decided would be decided again.</summary>
    private static (double Lower, double Upper) Bounds(PolicyField field, double percentile)
    {
        var fields = field.Fields(BoundsNames);
        var (lowerField, upperField) = (fields?.Optional("lower"), fields?.Optional("upper"));
        var lower = Percentile(lowerField, lowest: 1) ?? Math.Min(0.5, percentile);
        var upper = Percentile(upperField) ?? Math.Max(0.95, percentile);
        if (lower > percentile)
        {
            lowerField!.Fail(string.Create(CultureInfo.InvariantCulture, $"is {lower * 100:0.###}, above the percentile of the estimate, {percentile * 100:0.###}"));
        }

        if (upper < percentile)
        {
            upperField!.Fail(string.Create(CultureInfo.InvariantCulture, $"is {upper * 100:0.###}, below the percentile of the estimate, {percentile * 100:0.###}"));
        }

        return (lower, upper);
    }

    private static SizeSelection Candidates(PolicyField field)
    {
        if (field.Fields(CandidateNames) is not { } fields)
        {
            return SizeSelection.SameFamily;
        }

        if (!CandidateNames.Allowed.Any(fields.Has))
        {
            field.Fail($"names nothing; give at least one of {Quoted.List(CandidateNames.Allowed)}, or leave it out for the family there is");
        }

        return new SizeSelection(
            [.. (fields.Optional("sizes")?.Items() ?? []).Select(NamePattern.Read).OfType<string>()],
            [.. (fields.Optional("families")?.Items() ?? []).Select(item => item.Name()).OfType<string>()]);
    }

    private static TimeSpan? Boot(PolicyField? field)
    {
        var boot = field?.Duration(TimeSpan.FromSeconds(1));
        if (boot > LongestBoot)
        {
            field!.MustBe($"from 1s to {DurationText.Of(LongestBoot)}");
        }

        return boot;
    }

    private static Suppression? Suppressed(PolicyField item)
    {
        if (item.Fields(SuppressionNames) is not { } fields)
        {
            return null;
        }

        var (nameField, untilField, reasonField) = (fields.Required("name"), fields.Required("until"), fields.Required("reason"));
        var name = nameField is null ? null : NamePattern.Read(nameField);
        var reason = reasonField?.Text();
        if (untilField?.Node is not PolicyNode.Scalar until || !DateOnly.TryParseExact(until.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            untilField?.MustBe("the last day, such as 2027-01-31: nothing is suppressed for ever");
            return null;
        }

        return name is null || reason is null ? null : new Suppression(name, day, reason);
    }
}
