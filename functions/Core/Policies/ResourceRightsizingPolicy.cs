namespace ScaleFunctions.Core.Policies;

/// <summary>Which size and count a workload's resources should have by what they used (<c>kind: ResourceRightsizing</c>).</summary>
public sealed record ResourceRightsizingPolicy
{
    public const int FewestDays = 7;

    /// <summary>Azure keeps metrics so long.</summary>
    public const int MostDays = 93;

    public required string Name { get; init; }

    /// <summary>Whom to ask; empty when not said.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Name of the workload it applies to.</summary>
    public required string Workload { get; init; }

    /// <summary>How far back use is looked at.</summary>
    public int LookBackDays { get; init; } = 14;

    /// <summary>After this a value counts half.</summary>
    public TimeSpan HalfLife { get; init; } = TimeSpan.FromHours(24);

    public Headroom Headroom { get; init; } = Headroom.Balanced;

    /// <summary>Percentile of the lower bound, 0 to 1: what has less is too small for sure.</summary>
    public double LowerPercentile { get; init; } = 0.5;

    /// <summary>Percentile of the upper bound, 0 to 1: what has more is too large for sure.</summary>
    public double UpperPercentile { get; init; } = 0.95;

    public SizeSelection Candidates { get; init; } = SizeSelection.SameFamily;

    /// <summary>Share of what a resource costs that a change must save.</summary>
    public double LeastShare { get; init; } = 0.05;

    /// <summary>What a change must save a month, in the currency.</summary>
    public decimal LeastPerMonth { get; init; }

    /// <summary>ISO 4217 code of the prices.</summary>
    public string Currency { get; init; } = "USD";

    public SurvivableLoss SurvivesLossOf { get; init; } = SurvivableLoss.Instance;

    /// <summary>Time from a restart until an instance serves.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMinutes(5);

    public IReadOnlyList<Suppression> Suppressions { get; init; } = [];

    /// <summary>What is done about a finding.</summary>
    public SizeMode Mode { get; init; }

    /// <summary>When it may be done; there is always one where it is.</summary>
    public SizeWindow? Window { get; init; }

    public RollOutTerms RollOut { get; init; } = RollOutTerms.Default;

    /// <summary>What tells that a smaller size does not do. Absent: findings are only told.</summary>
    public GuardTerms? Guard { get; init; }

    /// <summary>Whether the only instance there is may be restarted.</summary>
    public bool MayInterrupt { get; init; }

    /// <summary>Time between two changes of the size.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Days of history a finding must rest on so that it is carried out.</summary>
    public double LeastConfidenceDays { get; init; } = FewestDays * 0.9;

    /// <summary>The most risk at which it is.</summary>
    public RiskLevel MostRisk { get; init; } = RiskLevel.Low;

    public SizeTerms Terms => new() { Mode = Mode, Window = Window, RollOut = RollOut, Guard = Guard, MayInterrupt = MayInterrupt, Rest = Rest };

    /// <summary>What a finding rests on beside what was measured: one that was made on other terms is not carried out.</summary>
    public string JudgedBy => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{LookBackDays}d {HalfLife} P{Headroom.Percentile} {Headroom.Processor}/{Headroom.Memory} [{LowerPercentile},{UpperPercentile}] {string.Join(',', Candidates.Sizes)};{string.Join(',', Candidates.Families)} {LeastShare} {LeastPerMonth} {Currency} {SurvivesLossOf} {BootTime}");

    public required PolicySource Source { get; init; }

    /// <summary>Names of the policies it is laid over, nearest first.</summary>
    public IReadOnlyList<string> Extends { get; init; } = [];

    public PolicyOrigins Origins { get; init; } = PolicyOrigins.None;

    /// <summary>That which is asked where no policy is: balanced, a week.</summary>
    public static ResourceRightsizingPolicy Usual { get; } = new()
    {
        Name = "usual",
        Workload = "",
        LookBackDays = FewestDays,
        Source = new PolicySource("", 0, 0),
    };
}
