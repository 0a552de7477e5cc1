using ScaleFunctions.Adapters.Arm;

namespace ScaleFunctions.Adapters.AppService;

/// <summary>What one read of a plan came to.</summary>
internal abstract record PlanReading
{
    private PlanReading()
    {
    }

    /// <param name="Plan">What it says.</param>
    /// <param name="Body">The answer as it came.</param>
    public sealed record Found(PlanAnswer Plan, BinaryData Body) : PlanReading;

    public sealed record Gone : PlanReading;

    /// <summary>Azure refused the read.</summary>
    public sealed record Refused(ArmError Error) : PlanReading;

    /// <summary>The way to Azure, or its answer, is at fault.</summary>
    public sealed record Unreadable(string Reason) : PlanReading;
}
