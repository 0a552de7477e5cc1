namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What became of a change.</summary>
internal abstract record ChangeOutcome(int Before, int After, bool WasBusy)
{
    /// <param name="Before">Capacity before.</param>
    /// <param name="After">Capacity after.</param>
    /// <param name="WasBusy">Whether another operation was running.</param>
    /// <param name="Operation">The operation it started.</param>
    /// <param name="View">The resource afterwards.</param>
    /// <param name="IsEdited">Whether anything but the capacity changed.</param>
    public sealed record Accepted(int Before, int After, bool WasBusy, EstateOperation Operation, ResourceView View, bool IsEdited)
        : ChangeOutcome(Before, After, WasBusy);

    public sealed record Stale(int Before, bool WasBusy, string ETag) : ChangeOutcome(Before, Before, WasBusy);

    public sealed record Busy(int Before) : ChangeOutcome(Before, Before, true);

    public bool IsEffective => Before != After || this is Accepted { IsEdited: true };
}
