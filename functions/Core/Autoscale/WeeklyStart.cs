using NodaTime;

namespace ScaleFunctions.Core.Autoscale;

/// <summary>A time of the week, by the clock of some zone.</summary>
public readonly record struct WeeklyStart(IsoDayOfWeek Day, LocalTime At);
