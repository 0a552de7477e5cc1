namespace ScaleFunctions.Core.Policies;

/// <summary>When another size is wanted in one direction.</summary>
/// <param name="Cpu">Use of the processors.</param>
/// <param name="Memory">Use of the memory.</param>
public sealed record SizeThresholds(SizeThreshold Cpu, SizeThreshold Memory)
{
    /// <summary>Up when either is short: an hour of busy processors is no peak that more instances would have taken; memory kills sooner.</summary>
    public static SizeThresholds DefaultUp { get; } = new(new SizeThreshold(80, TimeSpan.FromHours(1)), new SizeThreshold(90, TimeSpan.FromMinutes(15)));

    /// <summary>Down when both have been idle for a whole day, the busiest hour of it included.</summary>
    public static SizeThresholds DefaultDown { get; } = new(new SizeThreshold(30, TimeSpan.FromDays(1)), new SizeThreshold(50, TimeSpan.FromDays(1)));
}
