namespace ScaleFunctions.Core.Targets;

/// <summary>Our floor under Azure's own autoscale. It ends by itself, so it is renewed as long as somebody wants it.</summary>
/// <param name="Minimum">Fewest instances.</param>
/// <param name="Until">When it ends.</param>
/// <param name="IsCurrent">Whether it was copied from the profile that would hold now without it.</param>
public sealed record SteeredFloor(int Minimum, DateTimeOffset Until, bool IsCurrent);
