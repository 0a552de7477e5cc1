namespace ScaleFunctions.Core.Journal;

/// <summary>Evaluations in a row that came to the same kind of decision, told once.</summary>
public sealed record DecisionSpan
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset Until { get; init; }

    public required int Evaluations { get; init; }

    /// <summary>Instances at the last evaluation.</summary>
    public required int Current { get; init; }

    /// <summary>Instances wanted at the last evaluation.</summary>
    public required int Desired { get; init; }

    /// <summary>What makes evaluations "the same": the case of the reason, without its numbers.</summary>
    public required string Case { get; init; }

    /// <summary>Why, with the numbers of the last evaluation.</summary>
    public required string Reason { get; init; }

    /// <summary>What would have changed the decision.</summary>
    public required string Counterfactual { get; init; }
}
