namespace ScaleFunctions.Core.State;

/// <summary>The latch that stops every write. A switch that cannot be read counts as set.</summary>
/// <param name="IsSet">Whether writes are stopped.</param>
/// <param name="By">Who changed it last.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When; absent when it was never touched.</param>
public sealed record KillSwitch(bool IsSet, string By, string Reason, DateTimeOffset? At)
{
    public static KillSwitch NeverSet { get; } = new(false, "", "", null);
}
