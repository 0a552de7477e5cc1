namespace ScaleFunctions.Core.Policies;

/// <summary>
/// What shall stay free above the percentile that was measured, as shares of what instances have. The presets are the choices of AWS
/// Compute Optimizer: percentiles of 90, 95 and 99.5, processors with 0, 20 and 30 % free, memory with 10, 20 and 30 %. Memory never
/// goes without: what has too little of it does not become slow, it dies.
/// </summary>
/// <param name="Text">As the policy says it.</param>
/// <param name="Percentile">Which percentile of the load has to fit, from 0 to 1.</param>
/// <param name="Processor">Share of the processors that stays free, 0 to less than 1.</param>
/// <param name="Memory">Share of the memory that stays free, 0 to less than 1.</param>
public sealed record Headroom(string Text, double Percentile, double Processor, double Memory)
{
    public static readonly Headroom Thrifty = new("thrifty", 0.9, 0, 0.1);

    public static readonly Headroom Balanced = new("balanced", 0.95, 0.2, 0.2);

    public static readonly Headroom Strict = new("strict", 0.995, 0.3, 0.3);

    /// <summary>What must be there so that an amount fits with the processors' headroom: 8 cores with 20 % free need 10.</summary>
    public double Processors(double cores) => cores / (1 - Processor);

    public double MemoryOf(double gib) => gib / (1 - Memory);
}
