using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.Generic;

/// <summary>What one read of a resource of a declared kind came to.</summary>
internal abstract record DeclaredReading
{
    private DeclaredReading()
    {
    }

    /// <param name="Answer">What it says.</param>
    /// <param name="Body">The answer as it came.</param>
    public sealed record Found(DeclaredAnswer Answer, BinaryData Body) : DeclaredReading;

    public sealed record Gone : DeclaredReading;

    /// <summary>Azure refused the read.</summary>
    public sealed record Refused(ArmError Error) : DeclaredReading;

    /// <summary>The way to Azure, or its answer, is at fault.</summary>
    public sealed record Unreadable(string Reason) : DeclaredReading;
}
