using System.Text.Json.Serialization;
using ScaleFunctions.Core.Decisions.Budgets;

namespace ScaleFunctions.Core.Cycle;

/// <summary>What is kept of a budget.</summary>
public sealed record BudgetRecord
{
    public static BudgetRecord New { get; } = new();

    public KeptLadder Ladder { get => field ?? KeptLadder.New; init; } = KeptLadder.New;

    /// <summary>When it was looked at last; absent before the first time.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>Why it could not be judged then; empty when it was.</summary>
    public string NotJudged { get => field ?? ""; init; } = "";

    /// <summary>Since when it has not been judged, or too little of its spend is counted for its steps; absent while it is.</summary>
    public DateTimeOffset? BlindSince { get; init; }

    /// <summary>Whether people were told so.</summary>
    public bool IsBlindTold { get; init; }

    /// <summary>How spend compared with the amount when that was last known.</summary>
    public BudgetFigures? Figures { get; init; }

    /// <summary>What was spent day by day when that was last known; absent before.</summary>
    public SpendCourse? Course { get; init; }

    /// <summary>What Azure itself says is spent of its budget in this period, late; absent where the policy says the amount, or Azure does not tell.</summary>
    public decimal? SpentByAzure { get; init; }

    /// <summary>What each step could save then.</summary>
    public IReadOnlyList<StepReach> Reach { get => field ?? []; init; } = [];

    /// <summary>Why more may be reached than what is counted; empty when nothing is left out.</summary>
    public string ReachDoubt { get => field ?? ""; init; } = "";

    /// <summary>The requests for approvals of steps, by step.</summary>
    public IReadOnlyDictionary<string, string> Asked { get => field ?? new Dictionary<string, string>(); init; } = new Dictionary<string, string>();

    /// <summary>What the journal is not known to have yet.</summary>
    public IReadOnlyList<BudgetNews> Untold { get => field ?? []; init; } = [];

    /// <summary>Something was kept and cannot be read; never kept itself.</summary>
    [JsonIgnore]
    public bool IsForgotten { get; init; }
}
