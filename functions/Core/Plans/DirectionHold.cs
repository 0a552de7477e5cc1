namespace ScaleFunctions.Core.Plans;

/// <summary>One direction is held for a while, because a person has taken a change of that direction back.</summary>
/// <param name="OfRaises">Whether raises are held; lowerings when not.</param>
/// <param name="Epoch">The action that took it back.</param>
/// <param name="By">Who asked for that.</param>
/// <param name="Why">Why.</param>
/// <param name="Until">When it ends by itself.</param>
public sealed record DirectionHold(bool OfRaises, long Epoch, string By, string Why, DateTimeOffset Until)
{
    public bool IsActive(DateTimeOffset now) => now < Until;
}
