namespace ScaleFunctions.Core.Cycle;

/// <summary>That a person wants an action taken back.</summary>
/// <param name="Epoch">The action.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record RollbackRequest(long Epoch, string By, string Reason)
{
    /// <summary>How long nothing automatic does the same again; as usual when absent.</summary>
    public TimeSpan? Hold { get; init; }

    /// <summary>Whether it is only told what would be done.</summary>
    public bool IsDryRun { get; init; }
}
