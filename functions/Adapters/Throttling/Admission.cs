namespace ScaleFunctions.Adapters.Throttling;

/// <summary>Whether a request may leave now.</summary>
internal abstract record Admission
{
    private Admission()
    {
    }

    /// <param name="IsProbe">Whether it goes ahead for all others.</param>
    public sealed record Go(bool IsProbe) : Admission;

    /// <param name="Until">When to ask again.</param>
    /// <param name="HelpsToWait">Whether Azure said so itself; of an outage nobody knows the end.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Wait(DateTimeOffset Until, bool HelpsToWait, string Reason) : Admission;

    /// <summary>Another went ahead; its answer decides.</summary>
    public sealed record Behind(Task Answered, string Reason) : Admission;
}
