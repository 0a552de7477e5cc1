namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>What a schedule of off-hours says at a moment.</summary>
/// <param name="IsOff">Whether it is off.</param>
/// <param name="From">The edge that made it so; absent where there was none in living memory.</param>
/// <param name="Until">The edge that ends it; absent where none comes.</param>
public sealed record OffSlot(bool IsOff, DateTimeOffset? From, DateTimeOffset? Until)
{
    /// <summary>On, as far as anybody knows: nothing is stopped on it.</summary>
    public static OffSlot AlwaysOn { get; } = new(IsOff: false, null, null);
}
