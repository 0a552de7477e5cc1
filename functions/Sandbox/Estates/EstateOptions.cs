namespace ScaleFunctions.Sandbox.Estates;

/// <summary>How the simulated estate behaves.</summary>
public sealed record EstateOptions
{
    /// <summary>Simulated time a scale-out operation takes.</summary>
    public TimeSpan ScaleOutDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Simulated time a scale-in operation takes.</summary>
    public TimeSpan ScaleInDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a write is refused with 409 while an operation runs on the resource.</summary>
    public bool RefusesWhenBusy { get; init; } = true;

    public OperationForm OperationForm { get; init; } = OperationForm.AsyncOperation;

    /// <summary>
    /// How far back metrics exist at the start; as long as Azure keeps them unless told otherwise. Those minutes are as if the
    /// fleet had always been sized for 56 % CPU, within what it may have, and in the last hour had its initial capacity at least.
    /// </summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(93);
}
