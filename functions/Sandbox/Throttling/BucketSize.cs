namespace ScaleFunctions.Sandbox.Throttling;

/// <summary>A token bucket: how much it holds, and how much flows in each second.</summary>
public sealed record BucketSize(int Capacity, double RefillPerSecond);
