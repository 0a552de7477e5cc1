namespace ScaleFunctions.Sandbox.Faults;

/// <summary>
/// There is no hardware for a size: what a write would make of it fails at its end, and instances stay, or come back, as they were.
/// </summary>
/// <param name="Size">Which size; any when absent.</param>
/// <param name="Zone">In which zone; in all when absent.</param>
/// <param name="Code">Azure's error code.</param>
public sealed record SizeNotAllocated(string? Size = null, string? Zone = null, string Code = "AllocationFailed") : FaultEffect;
