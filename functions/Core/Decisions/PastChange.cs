namespace ScaleFunctions.Core.Decisions;

/// <summary>A capacity change that was sent to Azure.</summary>
public readonly record struct PastChange(DateTimeOffset At, int From, int To);
