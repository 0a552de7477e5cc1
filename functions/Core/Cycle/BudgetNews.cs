using ScaleFunctions.Core.Journal.Facts;

namespace ScaleFunctions.Core.Cycle;

/// <summary>Something of a budget that people have to know.</summary>
/// <param name="At">When it was found.</param>
/// <param name="Text">One sentence.</param>
/// <param name="Facts">The same for programs.</param>
public sealed record BudgetNews(DateTimeOffset At, string Text, BudgetFacts Facts);
