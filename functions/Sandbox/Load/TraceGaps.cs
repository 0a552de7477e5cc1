namespace ScaleFunctions.Sandbox.Load;

/// <summary>Holes in a recording that were filled linearly: steps clearly longer than the usual one.</summary>
public sealed record TraceGaps(int Count, TimeSpan Longest);
