namespace ScaleFunctions.Core.Decisions.Sizing;

/// <summary>A change of the size that was sent to Azure.</summary>
/// <param name="At">When.</param>
/// <param name="From">The size before.</param>
/// <param name="To">The size asked for.</param>
/// <param name="IsUndo">Whether it took an earlier one back.</param>
public sealed record PastSize(DateTimeOffset At, string From, string To, bool IsUndo);
