using NodaTime;

namespace ScaleFunctions.Core.Policies.Schedules;

/// <summary>A time of each week at which something is put off, or on.</summary>
/// <param name="Day">The day of the week.</param>
/// <param name="At">By the clock on the wall.</param>
/// <param name="IsOff">Whether it is put off.</param>
public sealed record OffEdge(IsoDayOfWeek Day, LocalTime At, bool IsOff);
