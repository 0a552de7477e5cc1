namespace ScaleFunctions.Core.Journal.Facts;

/// <summary>Spans that left the target's row.</summary>
public sealed record SpanFacts(IReadOnlyList<DecisionSpan> Spans);
