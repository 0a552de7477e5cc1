using ScaleFunctions.Core.Spending;

namespace ScaleFunctions.App.Hosting.Api;

/// <summary>What was saved, by month.</summary>
/// <param name="Months">Latest first.</param>
internal sealed record SavingsAnswer(IReadOnlyList<SavingsStatement> Months);
