using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScaleFunctions.Core.Decisions.Rightsizing;
using ScaleFunctions.Core.Policies;
using ScaleFunctions.Core.Prices;

namespace ScaleFunctions.Core.Cycle;

/// <summary>A finding as it is kept and shown: numbers, and a sentence for people.</summary>
public sealed record RightsizingRecord
{
    private const int RefusedTold = 5;

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string ResourceGroup { get; init; }

    public required string Subscription { get; init; }

    public required string Region { get; init; }

    public required string Size { get; init; }

    public required int Instances { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Name of the policy whose terms were taken; empty for the usual ones.</summary>
    public required string Policy { get; init; }

    public required RightsizingVerb Verdict { get; init; }

    /// <summary>Why, or why not, for people.</summary>
    public required string Why { get; init; }

    public string? ToSize { get; init; }

    public int? ToInstances { get; init; }

    /// <summary>Instances there would be on the average, where the count follows the load.</summary>
    public double? ToMeanInstances { get; init; }

    /// <summary>What is paid a month now.</summary>
    public Money? CostNow { get; init; }

    public Money? CostThen { get; init; }

    /// <summary>What is saved a month at least and at most; below 0 where it costs more.</summary>
    public Money? SavingLow { get; init; }

    public Money? SavingHigh { get; init; }

    /// <summary>What is saved when nothing is paid in advance any more.</summary>
    public Money? SavingLater { get; init; }

    public DateOnly? CommittedUntil { get; init; }

    /// <summary>What the amounts rest on.</summary>
    public PriceBasis? PriceBasis { get; init; }

    public DateOnly? PricesAsOf { get; init; }

    public RiskLevel? Risk { get; init; }

    public IReadOnlyList<string> Risks { get; init; } = [];

    /// <summary>From 0.5 on it is worth the disturbance.</summary>
    public double? Score { get; init; }

    /// <summary>Of the history, in days.</summary>
    public double? ConfidenceDays { get; init; }

    /// <summary>Cores of all instances at the percentile, in bursts, and in the highest minute.</summary>
    public double? CoresUsed { get; init; }

    public double? CoresInBursts { get; init; }

    public double? CoresHighest { get; init; }

    /// <summary>GiB of an instance at the percentile, and the most.</summary>
    public double? MemoryUsed { get; init; }

    public double? MemoryHighest { get; init; }

    /// <summary>Names the finding in the journal; absent where there is nothing to change.</summary>
    public string? Finding { get; init; }

    /// <summary>Whether somebody scales its count by the load.</summary>
    public bool FollowsLoad { get; init; }

    /// <summary>What an instance costs an hour.</summary>
    public Money? PriceNow { get; init; }

    public Money? PriceThen { get; init; }

    /// <summary>See <see cref="ResourceRightsizingPolicy.JudgedBy"/>.</summary>
    public string JudgedBy { get; init; } = "";

    /// <summary>Why it is told only, for people; absent where it is carried out in the window.</summary>
    public string? WhyNotActed { get; init; }

    /// <summary>Cores there are, are left after the loss that must be survived, and have to be.</summary>
    public double? Cores { get; init; }

    public double? CoresAfterLoss { get; init; }

    public double? CoresNeeded { get; init; }

    /// <summary>GiB an instance has, and has to have.</summary>
    public double? Memory { get; init; }

    public double? MemoryNeeded { get; init; }

    /// <summary>What an instance moves at most in a minute, and what of disks and networks was not judged, for people.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    public IReadOnlyList<string> PartsNotJudged { get; init; } = [];

    /// <summary>What forbids the next smaller size and one instance fewer, for people.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    public NotJudgedReason? NotJudged { get; init; }

    public DateOnly? SuppressedUntil { get; init; }

    /// <summary>Sizes that could not be taken, and why.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    public static RightsizingRecord Of(RightsizingFinding finding)
    {
        var record = new RightsizingRecord
        {
            Id = finding.Target.Id.Value,
            Name = finding.Target.Id.Name,
            ResourceGroup = finding.Target.Id.ResourceGroup,
            Subscription = finding.Target.Id.Subscription,
            Region = finding.Target.Region,
            Size = finding.Target.Sku,
            Instances = finding.Target.Capacity,
            At = finding.At,
            Policy = finding.Policy.Source.Line == 0 ? "" : finding.Policy.Name,
            Verdict = RightsizingVerb.NotJudged,
            Why = "",
            FollowsLoad = finding.FollowsLoad,
            WhyNotActed = finding.WhyNotActed,
            JudgedBy = finding.Policy.JudgedBy,
            Cores = finding.Fit?.Cores,
            CoresAfterLoss = finding.Fit?.CoresAfterLoss,
            CoresNeeded = Rounded(finding.Fit?.CoresNeeded, 2),
            Memory = finding.Fit?.Memory,
            MemoryNeeded = Rounded(finding.Fit?.MemoryNeeded, 2),
            Moves = [.. (finding.Demand?.Channels ?? []).Select(Moved)],
            PartsNotJudged = finding.Demand?.NotJudged ?? [],
            Forbidden = finding.Fit is { } fit ? [fit.NextSize, .. fit.FewerInstances is { } fewer ? [fewer] : Array.Empty<string>()] : [],
            ConfidenceDays = Rounded(finding.Demand?.Confidence, 1),
            CoresUsed = Rounded(finding.Demand?.Processors.Typical, 2),
            CoresInBursts = Rounded(finding.Demand?.Processors.Burst, 2),
            CoresHighest = Rounded(finding.Demand?.Processors.Highest, 2),
            MemoryUsed = Rounded(finding.Demand?.Memory.Typical, 2),
            MemoryHighest = Rounded(finding.Demand?.Memory.Highest, 2),
        };
        return finding.Verdict switch
        {
            RightsizingVerdict.Recommended { Plan: var plan } recommended => Planned(record, plan) with
            {
                Verdict = plan.IsRaise ? RightsizingVerb.Raise : RightsizingVerb.Save,
                Why = Reason(finding, plan),
                Refused = Told(recommended.Refused),
            },
            RightsizingVerdict.Suppressed { Plan: var plan, By: var by } => Planned(record, plan) with
            {
                Verdict = RightsizingVerb.Suppressed,
                Why = $"suppressed until {by.Until:yyyy-MM-dd}: {by.Reason}",
                SuppressedUntil = by.Until,
            },
            RightsizingVerdict.Kept kept => record with { Verdict = RightsizingVerb.Keep, Why = kept.Why, Refused = Told(kept.Refused) },
            RightsizingVerdict.NotJudged not => record with { NotJudged = not.Reason, Why = not.Why },
            _ => throw new InvalidOperationException("no such verdict"),
        };
    }

    private static RightsizingRecord Planned(RightsizingRecord record, FleetPlan plan) => record with
    {
        Finding = IdOf(record, plan),
        PriceNow = plan.Now.Price.PerHour,
        PriceThen = plan.Then.Price.PerHour,
        ToSize = plan.Then.Size.Name,
        ToInstances = plan.Then.Instances,
        ToMeanInstances = Rounded(plan.Then.MeanInstances, 2),
        CostNow = Rounded(plan.CostNow),
        CostThen = Rounded(plan.CostThen),
        SavingLow = Rounded(plan.SavingLow),
        SavingHigh = Rounded(plan.SavingHigh),
        SavingLater = plan.SavingLater is { } later ? Rounded(later) : null,
        CommittedUntil = plan.CommittedUntil,
        PriceBasis = plan.Now.Price.Basis == plan.Then.Price.Basis ? plan.Now.Price.Basis : null,
        PricesAsOf = plan.Now.Price.AsOf < plan.Then.Price.AsOf ? plan.Now.Price.AsOf : plan.Then.Price.AsOf,
        Risk = plan.Risk,
        Risks = plan.Risks,
        Score = Rounded(plan.Score.Value, 2),
    };

    /// <summary>What is to be carried out; null when nothing is, or a record of before does not have all it takes.</summary>
    public KeptFinding? ToKept() =>
        Verdict is RightsizingVerb.Save or RightsizingVerb.Raise
        && this is { Finding: { } id, ToSize: { } toSize, ToInstances: { } toInstances, Risk: { } risk, SavingLow: { } low, SavingHigh: { } high, PriceNow: { } now, PriceThen: { } then, ConfidenceDays: { } days }
            ? new KeptFinding
            {
                Id = id,
                At = At,
                Size = Size,
                Instances = Instances,
                ToSize = toSize,
                ToInstances = toInstances,
                FollowsLoad = FollowsLoad,
                Risk = risk,
                ConfidenceDays = days,
                SavingLow = low,
                SavingHigh = high,
                PriceNow = now,
                PriceThen = then,
                JudgedBy = JudgedBy,
                Why = Why,
            }
            : null;

    private static string IdOf(RightsizingRecord record, FleetPlan plan) => "rs-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{record.Id.ToLowerInvariant()}|{record.At:O}|{record.Instances}x{record.Size}|{plan.Then.Instances}x{plan.Then.Size.Name}"))))[..10];

    private static string Reason(RightsizingFinding finding, FleetPlan plan)
    {
        var (demand, headroom, now, then) = (finding.Demand!, finding.Policy.Headroom, plan.Now, plan.Then);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"P{headroom.Percentile * 100:0.#} of {finding.Policy.LookBackDays} days: {demand.Processors.Typical:0.##} of {now.Cores:0} cores (bursts {demand.Processors.Burst:0.##}) and {demand.Memory.Typical:0.##} of {now.Size.MemoryGiB:0.##} GiB an instance; "
            + $"with headroom {headroom.Processors(demand.Processors.Typical):0.##} cores and {headroom.MemoryOf(demand.Memory.Typical):0.##} GiB are needed, {then.Cores:0} cores and {then.Size.MemoryGiB:0.##} GiB there would be");
    }

    private static IReadOnlyList<string> Told(IReadOnlyList<FleetOption.Refused> refused) =>
        [.. refused.Take(RefusedTold).Select(each => $"{each.Size}: {each.Why}"), .. refused.Count > RefusedTold ? [$"and {refused.Count - RefusedTold} more"] : Array.Empty<string>()];

    private static string Moved(ChannelDemand channel) => string.Create(
        CultureInfo.InvariantCulture, $"{channel.Channel.Name} {channel.Use.Typical:0.##} {channel.Channel.Unit}, at most {channel.Use.Highest:0.##}");

    private static double? Rounded(double? value, int digits) => value is { } number && double.IsFinite(number) ? Math.Round(number, digits) : null;

    private static Money Rounded(Money money) => money with { Amount = decimal.Round(money.Amount, 2) };
}
