using ScaleFunctions.Core.Assessments;
using ScaleFunctions.Core.Prices;
using ScaleFunctions.Core.Targets;

namespace ScaleFunctions.App.Commands.Assessments;

/// <summary>A resource, and what <c>assess</c> says of it.</summary>
internal sealed record AssessLine
{
    private const int AuthorsTold = 3;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ResourceGroup { get; init; }

    public required string Subscription { get; init; }

    public required string Sku { get; init; }

    public required string Region { get; init; }

    /// <summary>Instances now.</summary>
    public required int Instances { get; init; }

    public double? MeanInstances { get; init; }

    /// <summary>Whether the mean is the count of now, because metrics do not tell what it was.</summary>
    public bool IsCountAssumed { get; init; }

    public double? MeanPercent { get; init; }

    public int? Needed { get; init; }

    public int? Surplus { get; init; }

    /// <summary>What the surplus costs; absent when nobody knows.</summary>
    public Money? PerMonth { get; init; }

    public double? ReversalsPerDay { get; init; }

    public double? ChangesPerDay { get; init; }

    /// <summary>Whether Azure's own autoscale scales it.</summary>
    public bool HasAutoscale { get; init; }

    /// <summary>Why it is not priced, not judged, or suspected.</summary>
    public string Why { get; init; } = "";

    public static AssessLine Of(SurplusLine line) => Of(line.Target, line.Use) with { PerMonth = line.PerMonth, Why = line.WhyNotPriced };

    public static AssessLine Of(AssessedTarget each)
    {
        var line = each.Use is CapacityUse.Judged use ? Of(each.Target, use) : Of(each.Target);
        return each.Use is CapacityUse.Judged { Jump: { } jump }
            ? line with { Why = $"it went to {jump.To} {jump.Times} times, from {string.Join(", ", jump.From)}; last at {jump.Last.UtcDateTime:yyyy-MM-dd HH:mm}{Authors(each.Authors, jump)}" }
            : line;
    }

    /// <summary>Who it was, as the activity log has it.</summary>
    private static string Authors(JumpAuthors? authors, RepeatedJump jump) => authors switch
    {
        null => "",
        { Problem.Length: > 0 } => "; the activity log, which would tell who did it, could not be read",
        { Callers.Count: 0 } => "; the activity log has nobody who wrote it then",
        _ => $"; written then by {string.Join(", ", authors.Callers.Take(AuthorsTold).Select(author => $"{author.Caller} ({author.Jumps} of {jump.Times})"))}",
    };

    public static AssessLine Of(ObservedTarget target) => new()
    {
        Id = target.Id.Value,
        Name = target.Id.Name,
        ResourceGroup = target.Id.ResourceGroup,
        Subscription = target.Id.Subscription,
        Sku = target.Sku,
        Region = target.Region,
        Instances = target.Capacity,
        HasAutoscale = target.Native is NativeAutoscale.Steerable or NativeAutoscale.Unsteerable,
    };

    private static AssessLine Of(ObservedTarget target, CapacityUse.Judged use) => Of(target) with
    {
        MeanInstances = Math.Round(use.MeanInstances, 2),
        IsCountAssumed = use.IsCountAssumed,
        MeanPercent = Math.Round(use.MeanPercent, 1),
        Needed = use.Needed,
        Surplus = use.Surplus,
        ReversalsPerDay = use.ReversalsPerDay is { } reversals ? Math.Round(reversals, 1) : null,
        ChangesPerDay = use.ChangesPerDay is { } changes ? Math.Round(changes, 1) : null,
    };
}
