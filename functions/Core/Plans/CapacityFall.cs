namespace ScaleFunctions.Core.Plans;

/// <summary>That fewer instances were seen than before, and that it was not us.</summary>
/// <param name="From">Instances that were known before.</param>
/// <param name="To">Instances that were seen then.</param>
/// <param name="At">When that was seen first.</param>
public sealed record CapacityFall(int From, int To, DateTimeOffset At);
