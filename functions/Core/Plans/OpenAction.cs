namespace ScaleFunctions.Core.Plans;

/// <summary>What planning has to know of an action under way.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Goal">Instances it asked for.</param>
public sealed record OpenAction(long Epoch, int Goal);
