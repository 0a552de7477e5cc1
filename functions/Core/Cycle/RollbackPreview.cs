namespace ScaleFunctions.Core.Cycle;

/// <summary>What taking an action back comes to.</summary>
/// <param name="From">Instances there are.</param>
/// <param name="Goal">Instances that are asked for.</param>
/// <param name="Before">Instances there were before the action; other than the goal where something limits it.</param>
/// <param name="Text">Why, and what limits it, in one sentence.</param>
/// <param name="Warnings">What a person should know first.</param>
/// <param name="HoldsRaises">Whether scaling out is held afterwards; scaling in when not.</param>
/// <param name="HeldUntil">Until when.</param>
public sealed record RollbackPreview(
    int From, int Goal, int Before, string Text, IReadOnlyList<string> Warnings, bool HoldsRaises, DateTimeOffset HeldUntil);
