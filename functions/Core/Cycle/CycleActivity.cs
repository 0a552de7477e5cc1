using System.Diagnostics;

namespace ScaleFunctions.Core.Cycle;

/// <summary>The spans of the cycle, for traces. Each step of an action is one, so a trace shows where an action stopped.</summary>
public static class CycleActivity
{
    public const string SourceName = "ScaleFunctions.Cycle";

    internal static ActivitySource Source { get; } = new(SourceName);
}
