namespace ScaleFunctions.Sandbox.Estates;

/// <summary>What became of a capacity change.</summary>
internal abstract record ChangeOutcome(int Before, int After, bool WasBusy)
{
    public sealed record Accepted(int Before, int After, bool WasBusy, EstateOperation Operation, ScaleSetView View)
        : ChangeOutcome(Before, After, WasBusy);

    public sealed record Stale(int Before, bool WasBusy, string ETag) : ChangeOutcome(Before, Before, WasBusy);

    public sealed record Busy(int Before) : ChangeOutcome(Before, Before, true);
}
