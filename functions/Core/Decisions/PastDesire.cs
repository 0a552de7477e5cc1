namespace ScaleFunctions.Core.Decisions;

/// <summary>What an earlier evaluation wanted, before stabilization.</summary>
public readonly record struct PastDesire(DateTimeOffset At, int Instances);
