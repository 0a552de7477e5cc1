namespace ScaleFunctions.Adapters.Arm;

/// <summary>What one read of a resource came to, before anybody looks into its body.</summary>
internal abstract record BodyReading
{
    private BodyReading()
    {
    }

    /// <param name="Body">The answer as it came.</param>
    public sealed record Found(BinaryData Body) : BodyReading;

    public sealed record Gone : BodyReading;

    /// <summary>Azure refused the read.</summary>
    public sealed record Refused(ArmError Error) : BodyReading;

    /// <summary>The way to Azure is at fault.</summary>
    public sealed record Unreadable(string Reason) : BodyReading;
}
