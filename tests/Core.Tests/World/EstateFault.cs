namespace ScaleFunctions.Core.Tests.World;

/// <summary>How the store or the queue fails at one call.</summary>
public enum EstateFault
{
    /// <summary>Nothing was done.</summary>
    Before,

    /// <summary>It was done, and the answer was lost.</summary>
    After,

    /// <summary>The process ends before the call.</summary>
    Crash,
}
