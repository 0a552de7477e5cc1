namespace ScaleFunctions.Core.State;

/// <summary>A person asked that a target be left alone.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends by itself; never when absent.</param>
public sealed record TargetPause(string By, string Reason, DateTimeOffset Since, DateTimeOffset? Until)
{
    public bool IsActive(DateTimeOffset now) => Until is null || now < Until;
}
